/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* What the settings hold for one request. */
typedef struct {
  double delay_s; /* of the settings' distribution; never negative */
  gboolean error; /* answer with status 500 */
  gboolean drop;  /* close the connection without an answer */
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

G_END_DECLS
