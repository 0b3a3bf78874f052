/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-threshold.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* Whether one model keeps one bound. Owned strings. */
typedef struct {
  const MillThreshold *threshold; /* not owned */
  char *model;                    /* its label; NULL where no model has the bound's name */
  double value;                   /* what was measured, in the unit of the figure; NAN: nothing */
  gboolean holds;
  char *message; /* one line in the user's language: "main-loop:80: p95<200ms holds: 101 ms" */
} MillThresholdCheck;

/**
 * mill_thresholds_check:
 * @result: summarised before
 * @thresholds: of MillThreshold; must outlive the array
 *
 * Judges every model that a bound names, or all. Times and throughput are medians over the
 * complete trials; latency comes from all their requests together, and a percentile that these do
 * not carry cannot be judged, so it is missed. The failed share counts every trial. A projected
 * time is no measurement: such a bound is missed too, and the message says why.
 *
 * Returns: (transfer full): an array of MillThresholdCheck in the order of the bounds
 */
GPtrArray *mill_thresholds_check (const MillResult *result, const GPtrArray *thresholds);

/* Whether all of them hold: the exit status of a run hangs on it. */
gboolean mill_thresholds_hold (const GPtrArray *checks);

G_END_DECLS
