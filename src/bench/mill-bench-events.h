/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "bench/mill-plan.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* The events of a run as JSON lines, for programs that follow it (`run --events`). Each has a
 * member "event"; those of a trial have "order", "model" and "repetition". All are
 * (transfer full). */

/* {"event": "plan", "trials": N, "total_s": S, "first_round_s": S} */
char *mill_event_plan (const MillPlan *plan);
/* {"event": "trial-started", ..., "requests": N} */
char *mill_event_trial_started (const MillTrial *trial);
/* "progress" and "sample" as the worker wrote them, with the members of a trial added. */
char *mill_event_of_worker (const MillTrial *trial, JsonObject *object);
/* {"event": "trial-finished", ..., "status": "complete", "verified": true, ...figures} */
char *mill_event_trial_finished (const MillTrialResult *result);
/* {"event": "warning", "code": ..., "model": ..., "message": ...} */
char *mill_event_warning (const MillWarning *warning);
/* {"event": "finished", "trials": N, "partial": false} */
char *mill_event_finished (const MillResult *result, gboolean partial);

G_END_DECLS
