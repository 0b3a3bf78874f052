/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "result/mill-comparison.h"
#include "result/mill-findings.h"

/* Up to this much apart one value stands for several. */
#define SAME_FRACTION 0.1

MillFigure
mill_findings_figure (const MillExperiment *experiment)
{
  if (experiment->rate > 0 || experiment->sweep == MILL_SWEEP_RATE)
    return MILL_FIGURE_LATENCY_P50;
  return experiment->duration_s > 0 ? MILL_FIGURE_THROUGHPUT : MILL_FIGURE_WALL_TIME;
}

static int
compare_medians (gconstpointer a, gconstpointer b, gpointer data)
{
  MillFigure figure = *(MillFigure *) data;
  double x = (*(const MillModelResult *const *) a)->figures[figure].median;
  double y = (*(const MillModelResult *const *) b)->figures[figure].median;
  int order = (x > y) - (x < y);

  return mill_figure_info (figure)->lower_is_better ? order : -order;
}

double
mill_findings_sweep_value (const MillResult *result)
{
  double largest = NAN;

  if (result->experiment->sweep == MILL_SWEEP_CONCURRENCY ||
      result->experiment->sweep == MILL_SWEEP_NONE)
    return NAN;
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    largest = fmax (largest, model->sweep_value);
  }
  return largest;
}

/* Models without a single failure come first: a time with failures is the time of less work. */
static gboolean
is_judged (const MillFindings *findings, const MillModelResult *model, double sweep_value)
{
  const MillEstimate *estimate = &model->figures[findings->figure];

  return isfinite (estimate->median) && !estimate->projected &&
         !mill_model_result_has_failures (model) &&
         (isnan (sweep_value) || mill_sweep_value_equal (model->sweep_value, sweep_value));
}

void
mill_findings_init (MillFindings *findings, const MillResult *result)
{
  double sweep_value = mill_findings_sweep_value (result);

  *findings = (MillFindings){ result, mill_findings_figure (result->experiment), g_ptr_array_new (),
                              g_ptr_array_new (), FALSE };
  for (guint i = 0; i < result->models->len; i++) {
    MillModelResult *model = g_ptr_array_index (result->models, i);

    if (is_judged (findings, model, sweep_value))
      g_ptr_array_add (findings->models, model);
  }
  g_ptr_array_sort_with_data (findings->models, compare_medians, &findings->figure);

  for (guint i = 0; i < findings->models->len; i++) {
    MillModelResult *model = g_ptr_array_index (findings->models, i);
    MillVerdict verdict = MILL_VERDICT_NO_CLEAR_DIFFERENCE;

    if (i > 0)
      verdict = mill_compare_models_verdict (
          result, model, result, g_ptr_array_index (findings->models, 0), findings->figure);
    if (verdict == MILL_VERDICT_TOO_FEW)
      findings->too_few = TRUE;
    if (verdict == MILL_VERDICT_NO_CLEAR_DIFFERENCE)
      g_ptr_array_add (findings->leaders, model);
  }
}

const MillModelResult *
mill_findings_reference (const MillFindings *findings)
{
  for (guint i = 0; i < findings->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (findings->models, i);
    const char *name = model->corresponds_to != NULL ? model->corresponds_to : model->model;

    if (g_str_equal (name, mill_model_info (MILL_MODEL_SYNC)->id) &&
        !g_ptr_array_find (findings->leaders, model, NULL))
      return model;
  }
  /* Without sync, the slowest is what the best is measured by. */
  const MillModelResult *last = g_ptr_array_index (findings->models, findings->models->len - 1);

  return g_ptr_array_find (findings->leaders, last, NULL) ? NULL : last;
}

gboolean
mill_findings_are_alike (const MillFindings *findings, double *least, double *most)
{
  *least = INFINITY;
  *most = 0;
  for (guint i = 0; i < findings->leaders->len; i++) {
    const MillModelResult *leader = g_ptr_array_index (findings->leaders, i);

    *least = MIN (*least, leader->figures[findings->figure].median);
    *most = MAX (*most, leader->figures[findings->figure].median);
  }
  return *most <= *least * (1 + SAME_FRACTION);
}

guint
mill_findings_repetitions (const MillFindings *findings)
{
  int least = G_MAXINT;

  for (guint i = 0; i < findings->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (findings->models, i);

    least = MIN (least, model->figures[findings->figure].n);
  }
  return (guint) least;
}

void
mill_findings_clear (MillFindings *findings)
{
  g_clear_pointer (&findings->models, g_ptr_array_unref);
  g_clear_pointer (&findings->leaders, g_ptr_array_unref);
}

gboolean
mill_findings_compares_time (const MillResult *result,
                             const MillModelResult *model,
                             double sweep_value)
{
  return mill_findings_figure (result->experiment) == MILL_FIGURE_WALL_TIME &&
         !mill_model_result_has_failures (model) &&
         (isnan (sweep_value) || mill_sweep_value_equal (model->sweep_value, sweep_value));
}
