/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-percentile-curve.h"

#include <math.h>

/* Points in each decade: at 300 pixels a decade, one in about eight pixels. */
#define POINTS_PER_DECADE 40
/* 1 / (1 - p) of the highest percentile that is looked for: 99.9999 %. */
#define MAX_ODDS 1e6

static gboolean
has_status (const MillTrialResult *trial, gboolean complete)
{
  return complete ? trial->status == MILL_TRIAL_COMPLETE : trial->status == MILL_TRIAL_PARTIAL;
}

static MillHistogram *
pool (const MillResult *result,
      const char *model,
      double sweep_value,
      gboolean uncorrected,
      gboolean complete)
{
  g_autoptr (MillHistogram) pooled = mill_histogram_new ();

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    const MillHistogram *part = uncorrected ? trial->histogram_uncorrected : trial->histogram;

    if (part != NULL && has_status (trial, complete) && g_strcmp0 (trial->model, model) == 0 &&
        mill_sweep_value_equal (trial->sweep_value, sweep_value))
      mill_histogram_merge (pooled, part);
  }
  return mill_histogram_count (pooled) > 0 ? g_steal_pointer (&pooled) : NULL;
}

MillHistogram *
mill_result_pool_histograms (const MillResult *result,
                             const char *model,
                             double sweep_value,
                             gboolean uncorrected)
{
  MillHistogram *pooled = pool (result, model, sweep_value, uncorrected, TRUE);

  return pooled != NULL ? pooled : pool (result, model, sweep_value, uncorrected, FALSE);
}

double
mill_percentile_position (double percent)
{
  return -log10 (1.0 - CLAMP (percent, 0.0, 99.99999) / 100.0);
}

static double
percent_of_odds (double odds)
{
  /* Rounded, so that 1 / (1 - p) = 10 gives 90 and not 89.99999999999999. */
  return round ((100.0 - 100.0 / odds) * 1e6) / 1e6;
}

double
mill_percentile_last_carried (gint64 count)
{
  static const double steps[] = { 1, 2, 5 };
  double last = 0.0;

  for (double decade = 1; decade < MAX_ODDS; decade *= 10) {
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
      double percent = percent_of_odds (decade * steps[i]);

      if (percent > 0.0 && mill_percentile_is_carried (count, percent))
        last = percent;
    }
  }
  return last;
}

static void
append_point (GArray *points, const MillHistogram *histogram, double percent)
{
  gint64 latency_us = percent > 0.0 ? mill_histogram_percentile (histogram, percent)
                                    : mill_histogram_min (histogram);
  MillPercentilePoint point = { percent, (double) latency_us / 1000.0 };

  g_array_append_val (points, point);
}

GArray *
mill_percentile_curve_new (const MillHistogram *histogram)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (MillPercentilePoint));
  double last = mill_percentile_last_carried (mill_histogram_count (histogram));
  double end = mill_percentile_position (last);
  gboolean has_median = FALSE;

  if (last <= 0.0)
    return points;
  append_point (points, histogram, 0.0);
  for (int i = 1; (double) i / POINTS_PER_DECADE < end - 1e-9; i++) {
    double position = (double) i / POINTS_PER_DECADE;
    double percent = percent_of_odds (pow (10.0, position));

    /* The median is no whole step of the axis, yet it carries a marker. */
    if (!has_median && percent > 50.0) {
      append_point (points, histogram, 50.0);
      has_median = TRUE;
    }
    append_point (points, histogram, percent);
  }
  append_point (points, histogram, last);
  return points;
}
