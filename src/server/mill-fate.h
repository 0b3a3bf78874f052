/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* What the settings hold for one request. */
typedef struct {
  double delay_s;  /* of the settings' distribution; never negative */
  gint64 pause_us; /* length of the server's pauses; 0 where it makes none */
  gboolean error;  /* answer with status 500 */
  gboolean drop;   /* close the connection without an answer */
} MillFate;

/**
 * mill_fate_draw:
 * @settings: rates and distribution
 * @seed: makes a run repeatable
 * @number: of the request, from 0
 *
 * Draws what happens to request number @number. A pure function: the same seed and number meet
 * the same fate, whatever came before.
 */
void
mill_fate_draw (const MillServerSettings *settings, guint64 seed, guint64 number, MillFate *fate);

/**
 * mill_fate_due_us:
 * @fate: of a request
 * @now_us: time of the monotonic clock, in microseconds
 *
 * When the answer to a request that comes now is due: after its delay, and not within a pause. A
 * pause takes the last tenth of a period of ten pauses, the same one for all requests, as where a
 * program collects garbage or waits for its disk.
 *
 * Returns: the time of the monotonic clock, in microseconds
 */
gint64 mill_fate_due_us (const MillFate *fate, gint64 now_us);

G_END_DECLS
