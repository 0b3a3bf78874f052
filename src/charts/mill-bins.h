/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-histogram.h"

G_BEGIN_DECLS

/* The bins that several histograms share, so that their bars compare. */
typedef struct {
  double low_ms;  /* lower edge of the first bin */
  double high_ms; /* upper edge of the last */
  gboolean logarithmic;
  guint n;
} MillBins;

/* A point of a cumulative curve. */
typedef struct {
  double latency_ms;
  double share; /* of the values that are at most latency_ms, 0 to 1 */
} MillCumulativePoint;

/**
 * mill_bins_choose:
 * @histograms: (array length=n_histograms): microseconds; empty ones are skipped
 * @max_bins: what the width of the chart can show, at least 1
 *
 * Chooses a linear or logarithmic axis (logarithmic where the largest value is more than twenty
 * times the smallest) and the width of the bins: that of Freedman and Diaconis (1981),
 * 2 IQR n^(-1/3), of the histogram that needs the finest.
 *
 * Returns: the bins; one bin around the value where all are equal, and n = 0 without any value
 */
MillBins
mill_bins_choose (const MillHistogram *const *histograms, guint n_histograms, guint max_bins);

/**
 * mill_bins_edge:
 * @index: 0 to bins->n
 *
 * Returns: the lower edge of bin @index in milliseconds
 */
double mill_bins_edge (const MillBins *bins, guint index);

/**
 * mill_bins_count:
 *
 * Returns: (transfer full) (array length=bins->n): how many values fall into each bin; their
 *   sum is the histogram's count
 */
gint64 *mill_bins_count (const MillBins *bins, const MillHistogram *histogram);

/**
 * mill_cumulative_curve_new:
 * @bins: gives the axis
 * @max_points: more are thinned out by distance on the axis
 *
 * Returns: (transfer full) (element-type MillCumulativePoint): rising to a share of 1
 */
GArray *
mill_cumulative_curve_new (const MillBins *bins, const MillHistogram *histogram, guint max_points);

G_END_DECLS
