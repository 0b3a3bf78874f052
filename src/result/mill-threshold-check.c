/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "result/mill-summary.h"
#include "result/mill-table.h"
#include "result/mill-threshold-check.h"

static void
check_free (gpointer data)
{
  MillThresholdCheck *check = data;

  g_free (check->model);
  g_free (check->message);
  g_free (check);
}

/* The latency of all complete trials together. */
static MillHistogram *
merge_latencies (const GPtrArray *trials)
{
  MillHistogram *merged = mill_histogram_new ();

  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    if (trial->status == MILL_TRIAL_COMPLETE)
      mill_histogram_merge (merged, trial->histogram);
  }
  return merged;
}

static double
latency_ms (const MillThreshold *threshold, const GPtrArray *trials)
{
  g_autoptr (MillHistogram) merged = merge_latencies (trials);
  gint64 count = mill_histogram_count (merged);

  if (count == 0)
    return NAN;
  if (threshold->figure == MILL_THRESHOLD_MIN)
    return (double) mill_histogram_min (merged) / 1000.0;
  if (threshold->figure == MILL_THRESHOLD_MAX)
    return (double) mill_histogram_max (merged) / 1000.0;
  if (threshold->figure == MILL_THRESHOLD_MEAN)
    return mill_histogram_mean (merged) / 1000.0;
  if (!mill_percentile_is_carried (count, threshold->percentile))
    return NAN;
  return (double) mill_histogram_percentile (merged, threshold->percentile) / 1000.0;
}

static double
failed_percent (const GPtrArray *trials)
{
  gint64 failed = 0;
  gint64 all = 0;

  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    failed += MAX (trial->requests_failed, 0);
    all += MAX (trial->requests_failed, 0) + MAX (trial->requests_ok, 0);
  }
  return all == 0 ? NAN : (double) failed * 100.0 / (double) all;
}

static double
measured_value (const MillThreshold *threshold,
                const MillModelResult *model,
                const GPtrArray *trials)
{
  const MillEstimate *time = &model->figures[MILL_FIGURE_WALL_TIME];

  switch (threshold->figure) {
  case MILL_THRESHOLD_TIME:
    return time->projected ? NAN : time->median;
  case MILL_THRESHOLD_THROUGHPUT:
    return model->figures[MILL_FIGURE_THROUGHPUT].median;
  case MILL_THRESHOLD_FAILED:
    return failed_percent (trials);
  case MILL_THRESHOLD_MIN:
  case MILL_THRESHOLD_MEAN:
  case MILL_THRESHOLD_MAX:
  case MILL_THRESHOLD_PERCENTILE:
  default:
    return latency_ms (threshold, trials);
  }
}

static char *
format_value (MillThresholdFigure figure, double value)
{
  g_autofree char *number = mill_format_number (value);

  switch (figure) {
  case MILL_THRESHOLD_TIME:
    return mill_format_duration (value);
  case MILL_THRESHOLD_THROUGHPUT:
    return g_strdup_printf (_ ("%s requests/s"), number);
  case MILL_THRESHOLD_FAILED:
    return g_strdup_printf (_ ("%s %%"), number);
  case MILL_THRESHOLD_MIN:
  case MILL_THRESHOLD_MEAN:
  case MILL_THRESHOLD_MAX:
  case MILL_THRESHOLD_PERCENTILE:
  default:
    return mill_format_duration (value / 1000.0);
  }
}

static char *
describe (const MillThresholdCheck *check, const MillModelResult *model)
{
  const char *bound = check->threshold->text;
  g_autofree char *value = NULL;

  if (isnan (check->value)) {
    if (check->threshold->figure == MILL_THRESHOLD_TIME &&
        model->figures[MILL_FIGURE_WALL_TIME].projected)
      return g_strdup_printf (_ ("%s: %s cannot be judged: its time is projected, not measured"),
                              check->model, bound);
    return g_strdup_printf (_ ("%s: %s cannot be judged: too few requests were measured"),
                            check->model, bound);
  }
  value = format_value (check->threshold->figure, check->value);
  return g_strdup_printf (check->holds ? _ ("%s: %s holds: %s") : _ ("%s: %s is missed: %s"),
                          check->model, bound, value);
}

static void
check_threshold (GPtrArray *checks, const MillResult *result, const MillThreshold *threshold)
{
  gboolean found = FALSE;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    MillThresholdCheck *check;
    g_autoptr (GPtrArray) trials = NULL;

    if (threshold->model != NULL && !g_str_equal (threshold->model, model->model))
      continue;
    found = TRUE;
    trials = mill_result_get_trials (result, model);
    check = g_new0 (MillThresholdCheck, 1);
    check->threshold = threshold;
    check->model = mill_model_result_to_label (model);
    check->value = measured_value (threshold, model, trials);
    check->holds = mill_threshold_holds (threshold, check->value);
    check->message = describe (check, model);
    g_ptr_array_add (checks, check);
  }
  if (!found) {
    MillThresholdCheck *check = g_new0 (MillThresholdCheck, 1);

    check->threshold = threshold;
    check->value = NAN;
    check->message =
        g_strdup_printf (_ ("%s cannot be judged: no such model was measured"), threshold->text);
    g_ptr_array_add (checks, check);
  }
}

GPtrArray *
mill_thresholds_check (const MillResult *result, const GPtrArray *thresholds)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);

  for (guint i = 0; i < thresholds->len; i++)
    check_threshold (checks, result, g_ptr_array_index (thresholds, i));
  return checks;
}

gboolean
mill_thresholds_hold (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++) {
    const MillThresholdCheck *check = g_ptr_array_index (checks, i);

    if (!check->holds)
      return FALSE;
  }
  return TRUE;
}
