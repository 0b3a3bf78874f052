/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "bench/mill-server-process.h"
#include "experiment/mill-trial.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* What is heard while a trial runs: "ready", "progress", "sample" as the worker wrote them. */
typedef void (*MillTrialEventFunc) (const char *event, JsonObject *object, gpointer data);

/* A trial and what belongs to it besides its own figures. */
typedef struct {
  MillTrialResult *result;
  double parent_cpu_percent; /* of a core, by the program that measures; NAN: too short to say */
  gint64 left_in_flight;     /* requests that the server still holds */
} MillTrialOutcome;

void mill_trial_outcome_free (MillTrialOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTrialOutcome, mill_trial_outcome_free)

#define MILL_TYPE_TRIAL_RUN (mill_trial_run_get_type ())
G_DECLARE_FINAL_TYPE (MillTrialRun, mill_trial_run, MILL, TRIAL_RUN, GObject)

/**
 * mill_trial_run_new:
 * @trial: what to run, with complete URLs; copied
 * @server: (nullable): the built-in server when it is the target
 * @settings: (nullable): how that answers
 * @folder: where the record file goes
 * @on_event: (nullable): hears the worker
 * @data: for it
 *
 * Returns: (transfer full): a trial that has not begun
 */
MillTrialRun *mill_trial_run_new (const MillTrial *trial,
                                  MillServerProcess *server,
                                  const MillServerSettings *settings,
                                  const char *folder,
                                  MillTrialEventFunc on_event,
                                  gpointer data);

/**
 * mill_trial_run_async:
 *
 * Runs it: a fresh worker, the counters of the server at zero, figures from the records, and the
 * comparison of both. A worker that dies gives a result that is partial or failed and says why;
 * only what was stopped before anything was measured has no result.
 */
void mill_trial_run_async (MillTrialRun *self, GAsyncReadyCallback callback, gpointer data);

/**
 * mill_trial_run_finish:
 * @error: %MILL_ERROR_STOPPED
 *
 * Returns: (transfer full): what was measured
 */
MillTrialOutcome *mill_trial_run_finish (MillTrialRun *self, GAsyncResult *result, GError **error);

/* Asks for the end; what was measured is kept. */
void mill_trial_run_stop (MillTrialRun *self);

const MillTrial *mill_trial_run_get_trial (MillTrialRun *self);
/* The worker's process id as the system writes it, or NULL when there is none. */
const char *mill_trial_run_get_worker_identifier (MillTrialRun *self);

G_END_DECLS
