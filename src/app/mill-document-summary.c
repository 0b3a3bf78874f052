/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "app/mill-document-summary.h"
#include "result/mill-findings.h"

static void
summary_model_free (gpointer data)
{
  MillSummaryModel *model = data;

  g_free (model->model);
  g_free (model->corresponds_to);
  g_free (model);
}

static MillSummaryModel *
summary_model_new (const MillModelResult *result, gboolean comparable)
{
  MillSummaryModel *model = g_new0 (MillSummaryModel, 1);

  model->model = g_strdup (result->model);
  model->sweep_value = result->sweep_value;
  model->wall_time_s = result->figures[MILL_FIGURE_WALL_TIME].median;
  model->projected = result->figures[MILL_FIGURE_WALL_TIME].projected;
  model->incomparable = !comparable;
  model->corresponds_to = g_strdup (result->corresponds_to);
  return model;
}

MillResultSummary *
mill_document_summary_new (const MillResult *result)
{
  MillResultSummary *summary = g_new0 (MillResultSummary, 1);
  const MillExperiment *experiment = result->experiment;
  double sweep_value = mill_findings_sweep_value (result);

  summary->id = g_strdup (result->id);
  summary->name = g_strdup (result->name);
  summary->notes = g_strdup (result->notes);
  summary->started = g_strdup (result->started);
  summary->published = result->published;
  summary->source = g_strdup (result->source);
  summary->workload = g_strdup (mill_workload_to_string (experiment->workload));
  summary->preset = g_strdup (experiment->preset);
  summary->requests = experiment->requests;
  summary->repetitions = experiment->repetitions;
  summary->warnings = (int) result->warnings->len;
  summary->trials = (int) result->trials->len;
  summary->models = g_ptr_array_new_with_free_func (summary_model_free);
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    summary->incomplete_trials += trial->status != MILL_TRIAL_COMPLETE;
  }
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    g_ptr_array_add (summary->models, summary_model_new (model, mill_findings_compares_time (
                                                                    result, model, sweep_value)));
  }
  return summary;
}

/* More lines than these cannot be told apart in a preview. */
#define MAX_PREVIEW_MODELS 60

MillChartSpec *
mill_document_summary_preview (const MillResultSummary *summary)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  MillResult *result = mill_result_new (experiment);
  gboolean sweep = FALSE, any = FALSE;

  g_ptr_array_add (results, result);
  result->published = summary->published;
  for (guint i = 0; i < MIN (summary->models->len, MAX_PREVIEW_MODELS); i++) {
    const MillSummaryModel *model = g_ptr_array_index (summary->models, i);
    MillModelResult *copy = mill_model_result_new (model->model, model->sweep_value);
    MillEstimate *time = &copy->figures[MILL_FIGURE_WALL_TIME];

    time->median = model->wall_time_s;
    time->projected = model->projected;
    time->n = isnan (model->wall_time_s) ? 0 : 1;
    copy->corresponds_to = g_strdup (model->corresponds_to);
    g_ptr_array_add (result->models, copy);
    sweep |= !isnan (model->sweep_value);
    any |= !isnan (model->wall_time_s);
  }
  if (!any)
    return NULL;

  g_auto (MillChartOptions) options;
  mill_chart_options_init (&options);
  options.plain = TRUE;
  options.figure = MILL_FIGURE_WALL_TIME;
  return mill_chart_spec_new (sweep ? MILL_CHART_SCALING : MILL_CHART_TIME, results, &options);
}
