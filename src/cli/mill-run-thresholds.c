/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-run-thresholds.h"
#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "result/mill-histogram.h"

/* The most requests that a model makes over its repetitions; warm-up and projection left out. */
static gint64
most_requests (const MillExperiment *experiment, const MillTrial *trial)
{
  double requests = (double) trial->requests;

  if (trial->rate > 0 && trial->duration_s > 0)
    requests = MIN (requests, ceil (trial->rate * trial->duration_s) + 1);
  return (gint64) requests * experiment->repetitions;
}

static gboolean
check_percentile (const MillThreshold *threshold,
                  const MillExperiment *experiment,
                  const MillTrial *trial,
                  GError **error)
{
  gint64 made = most_requests (experiment, trial);

  if (threshold->figure != MILL_THRESHOLD_PERCENTILE ||
      mill_percentile_is_carried (made, threshold->percentile))
    return TRUE;
  g_autofree char *needed_text =
      mill_number_group (mill_percentile_needed_count (threshold->percentile));
  g_autofree char *made_text = mill_number_group (made);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("--threshold “%s” needs %s requests, and %s makes only %s in all. Raise "
                  "--requests or --repeat, or bound another percentile."),
               threshold->text, needed_text, trial->model_name, made_text);
  return FALSE;
}

static gboolean
check_time (const MillThreshold *threshold, const MillTrial *trial, GError **error)
{
  if (threshold->figure != MILL_THRESHOLD_TIME || trial->requests >= trial->requests_asked)
    return TRUE;
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("--threshold “%s”: the time of %s is projected, not measured, so it cannot be "
                  "judged. Leave --project out, or bound another figure."),
               threshold->text, trial->model_name);
  return FALSE;
}

static gboolean
check_threshold (const MillThreshold *threshold,
                 const MillExperiment *experiment,
                 const MillPlan *plan,
                 GError **error)
{
  gboolean runs = threshold->model == NULL;

  for (guint i = 0; i < plan->trials->len; i++) {
    const MillTrial *trial = g_ptr_array_index (plan->trials, i);

    if (trial->repetition > 1 ||
        (threshold->model != NULL && !g_str_equal (threshold->model, trial->model_name)))
      continue;
    runs = TRUE;
    if (!check_percentile (threshold, experiment, trial, error) ||
        !check_time (threshold, trial, error))
      return FALSE;
  }
  if (!runs)
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("--threshold “%s”: %s is not among the models of this run."), threshold->text,
                 threshold->model);
  return runs;
}

gboolean
mill_run_thresholds_foresee (const MillRunOptions *options,
                             const MillExperiment *experiment,
                             const MillPlan *plan,
                             GError **error)
{
  for (guint i = 0; i < options->thresholds->len; i++) {
    if (!check_threshold (g_ptr_array_index (options->thresholds, i), experiment, plan, error))
      return FALSE;
  }
  return TRUE;
}
