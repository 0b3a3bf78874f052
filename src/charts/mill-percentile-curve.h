/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* A point of a percentile curve. */
typedef struct {
  double percent; /* 0 is the smallest value */
  double latency_ms;
} MillPercentilePoint;

/**
 * mill_result_pool_histograms:
 * @sweep_value: NAN without a sweep
 * @uncorrected: the latency from the true instead of the planned send time (open loop)
 *
 * The latencies of one model over all its complete repetitions in one histogram; of its partial
 * ones where none is complete.
 *
 * Returns: (transfer full) (nullable): NULL where nothing was measured
 */
MillHistogram *mill_result_pool_histograms (const MillResult *result,
                                            const char *model,
                                            double sweep_value,
                                            gboolean uncorrected);

/**
 * mill_percentile_position:
 * @percent: 0 to below 100
 *
 * The place of a percentile on an axis on which each further decade of 1 / (1 - p) takes the same
 * room (G. Tene, HdrHistogram): 0 for the minimum, 1 for 90 %, 2 for 99 %.
 */
double mill_percentile_position (double percent);

/**
 * mill_percentile_last_carried:
 * @count: number of samples
 *
 * The highest of 50, 80, 90, 95, 98, 99, 99.5 … % (1 / (1 - p) in steps of 1, 2 and 5) that @count
 * samples carry (see mill_percentile_is_carried()).
 *
 * Returns: percent; 0 where not even the median is carried
 */
double mill_percentile_last_carried (gint64 count);

/**
 * mill_percentile_curve_new:
 * @histogram: microseconds
 *
 * Returns: (transfer full) (element-type MillPercentilePoint): from the minimum to the last
 *   percentile that the samples carry, 50, 90, 99, 99.9 … among them, never falling; empty
 *   where not even the median is carried
 */
GArray *mill_percentile_curve_new (const MillHistogram *histogram);

G_END_DECLS
