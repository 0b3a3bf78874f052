/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-bins.h"

#include <math.h>

/* From this ratio of the largest to the smallest value on, an axis is logarithmic. */
#define LOG_RATIO 20.0
/* Fewer bins hide the shape, even where the rule asks for so few. */
#define MIN_BINS 8

static double
to_axis (gboolean logarithmic, double value_ms)
{
  return logarithmic ? log10 (value_ms) : value_ms;
}

static double
from_axis (gboolean logarithmic, double place)
{
  return logarithmic ? pow (10.0, place) : place;
}

static double
freedman_diaconis_width (const MillHistogram *histogram, gboolean logarithmic)
{
  double q1 = (double) mill_histogram_percentile (histogram, 25.0) / 1000.0;
  double q3 = (double) mill_histogram_percentile (histogram, 75.0) / 1000.0;
  double range = to_axis (logarithmic, q3) - to_axis (logarithmic, q1);

  return 2.0 * range / cbrt ((double) mill_histogram_count (histogram));
}

/* The range of all histograms in milliseconds; FALSE without any value. */
static gboolean
find_range (const MillHistogram *const *histograms, guint n, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < n; i++) {
    if (mill_histogram_count (histograms[i]) == 0)
      continue;
    *low = MIN (*low, (double) mill_histogram_min (histograms[i]) / 1000.0);
    *high = MAX (*high, (double) mill_histogram_max (histograms[i]) / 1000.0);
  }
  return *low <= *high;
}

MillBins
mill_bins_choose (const MillHistogram *const *histograms, guint n_histograms, guint max_bins)
{
  MillBins bins = { .n = 0 };
  double low, high, width = INFINITY, span;

  if (!find_range (histograms, n_histograms, &low, &high))
    return bins;
  if (low >= high) {
    double margin = MAX (low * 0.05, 0.0005);

    return (MillBins){ .low_ms = low - margin, .high_ms = high + margin, .n = 1 };
  }
  bins.logarithmic = low > 0.0 && high > LOG_RATIO * low;
  for (guint i = 0; i < n_histograms; i++) {
    double own = mill_histogram_count (histograms[i]) > 0
                     ? freedman_diaconis_width (histograms[i], bins.logarithmic)
                     : 0.0;

    if (own > 0.0)
      width = MIN (width, own);
  }
  span = to_axis (bins.logarithmic, high) - to_axis (bins.logarithmic, low);
  bins.low_ms = low;
  bins.high_ms = high;
  bins.n = (guint) CLAMP (ceil (span / width), MIN (MIN_BINS, max_bins), MAX (max_bins, 1));
  return bins;
}

double
mill_bins_edge (const MillBins *bins, guint index)
{
  double low = to_axis (bins->logarithmic, bins->low_ms);
  double high = to_axis (bins->logarithmic, bins->high_ms);

  if (index == 0)
    return bins->low_ms;
  if (index >= bins->n)
    return bins->high_ms;
  return from_axis (bins->logarithmic, low + (high - low) * index / bins->n);
}

typedef struct {
  const MillBins *bins;
  double low, span; /* on the axis */
  gint64 *counts;
  GArray *points;
  double step; /* least distance of two points on the axis */
  double last;
  gint64 seen, total;
} Walk;

static Walk
begin_walk (const MillBins *bins)
{
  double low = to_axis (bins->logarithmic, bins->low_ms);

  return (Walk){
    .bins = bins,
    .low = low,
    .span = to_axis (bins->logarithmic, bins->high_ms) - low,
    .last = -INFINITY,
  };
}

static void
count_bucket (gint64 low_us, gint64 high_us, gint64 count, gpointer data)
{
  Walk *walk = data;
  double middle_ms = ((double) low_us + (double) high_us) / 2000.0;
  double place = (to_axis (walk->bins->logarithmic, middle_ms) - walk->low) / walk->span;
  double index = CLAMP (floor (place * walk->bins->n), 0.0, walk->bins->n - 1.0);

  walk->counts[(guint) index] += count;
}

gint64 *
mill_bins_count (const MillBins *bins, const MillHistogram *histogram)
{
  Walk walk = begin_walk (bins);

  walk.counts = g_new0 (gint64, MAX (bins->n, 1));
  if (bins->n > 0)
    mill_histogram_foreach (histogram, count_bucket, &walk);
  return walk.counts;
}

static void
append_cumulative (gint64 low_us, gint64 high_us, gint64 count, gpointer data)
{
  Walk *walk = data;
  MillCumulativePoint point;
  double place;

  walk->seen += count;
  point.latency_ms = MIN ((double) high_us / 1000.0, walk->bins->high_ms);
  point.share = (double) walk->seen / (double) walk->total;
  place = to_axis (walk->bins->logarithmic, point.latency_ms);
  if (place - walk->last < walk->step && walk->seen < walk->total)
    return;
  walk->last = place;
  g_array_append_val (walk->points, point);
}

GArray *
mill_cumulative_curve_new (const MillBins *bins, const MillHistogram *histogram, guint max_points)
{
  Walk walk = begin_walk (bins);

  walk.points = g_array_new (FALSE, FALSE, sizeof (MillCumulativePoint));
  walk.total = mill_histogram_count (histogram);
  walk.step = walk.span / MAX (max_points, 1);
  mill_histogram_foreach (histogram, append_cumulative, &walk);
  return walk.points;
}
