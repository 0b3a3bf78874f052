/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-number.h"
#include "lessons/mill-lesson-values.h"
#include "result/mill-comparison.h"
#include "result/mill-statistics.h"
#include "result/mill-summary.h"
#include "result/mill-table.h"

/* The model of an operand in its document, or NULL. */
static const MillModelResult *
find_model (const MillOperand *operand, const MillLessonStep *step, const MillResult *result)
{
  const MillExperiment *measured = result->experiment;
  const MillModelResult *model;
  g_autofree char *name = NULL;
  MillModelSpec spec;
  double value;

  if (operand->sweep_index < 0)
    return mill_result_find_model (result, operand->model, NAN);
  if (measured->sweep != step->experiment->sweep ||
      measured->sweep_values->len != step->experiment->sweep_values->len ||
      !mill_model_spec_parse (operand->model, measured->workload, &spec, NULL))
    return NULL;
  value = g_array_index (measured->sweep_values, double, (guint) operand->sweep_index);
  if (measured->sweep == MILL_SWEEP_CONCURRENCY)
    mill_model_spec_set_concurrency (&spec, (int) value, NULL);
  name = mill_model_spec_to_string (&spec, measured->workload);
  model = mill_result_find_model (result, name, value);
  /* A model without the swept parameter runs once. */
  return model != NULL ? model : mill_result_find_model (result, name, NAN);
}

/* One figure of one trial that no MillFigure stands for; NAN where it is absent. */
static double
trial_value (const MillTrialResult *trial, const MillSourceSpec *source)
{
  const MillLatency *uncorrected = &trial->latency_uncorrected_ms;

  switch (source->source) {
  case MILL_SOURCE_ERRORS:
    return trial->requests_failed < 0 ? NAN : (double) MAX (trial->errors[source->outcome], 0);
  case MILL_SOURCE_FAILED_SHARE:
    return trial->requests_failed < 0 || trial->requests_ok + trial->requests_failed <= 0
               ? NAN
               : 100.0 * (double) trial->requests_failed /
                     (double) (trial->requests_ok + trial->requests_failed);
  case MILL_SOURCE_SENT_LATE:
    return trial->sent_late < 0 ? NAN : (double) trial->sent_late;
  case MILL_SOURCE_UNCORRECTED_MEAN:
    return uncorrected->mean;
  case MILL_SOURCE_UNCORRECTED_P50:
    return uncorrected->p50;
  case MILL_SOURCE_UNCORRECTED_P90:
    return uncorrected->p90;
  case MILL_SOURCE_UNCORRECTED_P99:
    return uncorrected->p99;
  case MILL_SOURCE_UNCORRECTED_MAX:
    return uncorrected->max;
  case MILL_SOURCE_CORES:
    return trial->cores > 0 ? trial->cores : NAN;
  case MILL_SOURCE_FIGURE:
  default:
    return mill_trial_result_get_figure (trial, source->figure);
  }
}

/* One value for each complete trial. */
static GArray *
get_values (const MillResult *result,
            const MillModelResult *model,
            const MillSourceSpec *source,
            gboolean *projected)
{
  g_autoptr (GPtrArray) trials = NULL;
  GArray *values;

  if (source->source == MILL_SOURCE_FIGURE)
    return mill_result_get_values (result, model, source->figure, projected);
  *projected = FALSE;
  values = g_array_new (FALSE, FALSE, sizeof (double));
  trials = mill_result_get_trials (result, model);
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);
    double value = trial_value (trial, source);

    if (trial->status == MILL_TRIAL_COMPLETE && !isnan (value))
      g_array_append_val (values, value);
  }
  return values;
}

/* The median of an operand. */
static double
get_median (const MillOperand *operand,
            const MillSourceSpec *source,
            const MillLessonData *data,
            gboolean *projected)
{
  const MillResult *result = operand->from_lesson ? data->first : data->result;
  const MillLessonStep *step = operand->from_lesson ? data->first_step : data->step;
  const MillModelResult *model = result != NULL ? find_model (operand, step, result) : NULL;
  g_autoptr (GArray) values = NULL;
  gboolean value_projected = FALSE;

  if (model == NULL)
    return NAN;
  values = get_values (result, model, source, &value_projected);
  *projected |= value_projected || result->published;
  return values->len > 0 ? mill_median ((const double *) (gpointer) values->data, values->len)
                         : NAN;
}

static gboolean
lower_is_better (const MillSourceSpec *source)
{
  return source->source != MILL_SOURCE_FIGURE || mill_figure_info (source->figure)->lower_is_better;
}

static gboolean
is_plain_comparison (const MillLessonFigure *figure)
{
  return figure->source.source == MILL_SOURCE_FIGURE &&
         figure->over_source.source == MILL_SOURCE_FIGURE &&
         figure->source.figure == figure->over_source.figure;
}

/* The verdict of one figure over another: mill_compare_models_verdict() judges all that it
 * knows, and the rest goes by the same rule. */
static MillVerdict
judge (const MillLessonFigure *figure,
       const MillResult *result,
       const MillModelResult *model,
       const MillResult *over_result,
       const MillModelResult *over,
       double *ratio)
{
  gboolean projected, over_projected;
  g_autoptr (GArray) a = get_values (result, model, &figure->source, &projected);
  g_autoptr (GArray) b = get_values (over_result, over, &figure->over_source, &over_projected);
  const double *first = (const double *) (gpointer) a->data;
  const double *second = (const double *) (gpointer) b->data;

  if (a->len == 0 || b->len == 0)
    return MILL_VERDICT_NONE;
  *ratio = mill_median (first, a->len) / mill_median (second, b->len);
  if (!isfinite (*ratio))
    *ratio = NAN;
  if (is_plain_comparison (figure))
    return mill_compare_models_verdict (result, model, over_result, over, figure->source.figure);
  if (projected || over_projected || result->published || over_result->published)
    return MILL_VERDICT_NONE;
  return mill_compare_samples (first, a->len, second, b->len, lower_is_better (&figure->source))
      .verdict;
}

static guint
name_verdict (MillVerdict verdict, const MillSourceSpec *source)
{
  switch (verdict) {
  case MILL_VERDICT_FASTER:
    return lower_is_better (source) ? MILL_RATIO_LOWER : MILL_RATIO_HIGHER;
  case MILL_VERDICT_SLOWER:
    return lower_is_better (source) ? MILL_RATIO_HIGHER : MILL_RATIO_LOWER;
  case MILL_VERDICT_NO_CLEAR_DIFFERENCE:
    return MILL_RATIO_NO_CLEAR_DIFFERENCE;
  case MILL_VERDICT_TOO_FEW:
    return MILL_RATIO_TOO_FEW;
  case MILL_VERDICT_NONE:
  default:
    return MILL_RATIO_NOT_JUDGED;
  }
}

static void
evaluate_ratio (const MillLessonFigure *figure, const MillLessonData *data, MillLessonValue *value)
{
  const MillResult *result = figure->of.from_lesson ? data->first : data->result;
  const MillResult *over_result = figure->over.from_lesson ? data->first : data->result;
  const MillModelResult *model = NULL;
  const MillModelResult *over = NULL;
  MillVerdict verdict;

  value->ratio = TRUE;
  value->verdict = MILL_RATIO_NOT_JUDGED;
  if (result != NULL)
    model =
        find_model (&figure->of, figure->of.from_lesson ? data->first_step : data->step, result);
  if (over_result != NULL)
    over = find_model (&figure->over, figure->over.from_lesson ? data->first_step : data->step,
                       over_result);
  if (model == NULL || over == NULL)
    return;
  verdict = judge (figure, result, model, over_result, over, &value->value);
  value->value /= figure->per;
  value->verdict = name_verdict (verdict, &figure->source);
}

/* Between the values of the sweep at which the two operands of a difference were measured; NAN in
 * a document of other values. */
static double
get_swept_distance (const MillLessonFigure *figure, const MillLessonData *data)
{
  const MillResult *result = figure->of.from_lesson ? data->first : data->result;
  const GArray *values = result != NULL ? result->experiment->sweep_values : NULL;

  if (values == NULL ||
      MAX (figure->of.sweep_index, figure->minus.sweep_index) >= (int) values->len)
    return NAN;
  return g_array_index (values, double, figure->of.sweep_index) -
         g_array_index (values, double, figure->minus.sweep_index);
}

MillLessonValue
mill_lesson_evaluate (const MillLessonFigure *figure, const MillLessonData *data)
{
  MillLessonValue value = { .value = NAN };

  if (figure->over.model != NULL) {
    evaluate_ratio (figure, data, &value);
    return value;
  }
  value.value = get_median (&figure->of, &figure->source, data, &value.projected);
  if (figure->minus.model != NULL)
    value.value -= get_median (&figure->minus, &figure->source, data, &value.projected);
  value.value /= figure->per_sweep ? get_swept_distance (figure, data) : figure->per;
  return value;
}

gboolean
mill_lesson_value_carries (const MillLessonValue *value)
{
  if (isnan (value->value) || value->projected)
    return FALSE;
  return !value->ratio || (value->verdict & (MILL_RATIO_HIGHER | MILL_RATIO_LOWER |
                                             MILL_RATIO_NO_CLEAR_DIFFERENCE)) != 0;
}

gboolean
mill_lesson_condition_holds (const MillCondition *condition, const MillLessonValue *value)
{
  gboolean bounded = !isnan (condition->above) || !isnan (condition->below);

  if (condition->verdict != 0 && (condition->verdict & value->verdict) == 0)
    return FALSE;
  if (!bounded)
    return TRUE;
  if (!mill_lesson_value_carries (value) ||
      (value->ratio && (value->verdict & (MILL_RATIO_HIGHER | MILL_RATIO_LOWER)) == 0))
    return FALSE;
  return !(value->value <= condition->above) && !(value->value >= condition->below);
}

static char *
ratio_to_text (double ratio)
{
  if (ratio >= 9.95)
    return g_strdup_printf ("%.0f", ratio);
  return g_strdup_printf (ratio >= 1.95 ? "%.1f" : "%.2f", ratio);
}

/* The median of an even number of repetitions may lie between two counts: nobody sends half a
 * request. */
static char *
count_to_text (double value)
{
  return mill_number_group ((gint64) round (value));
}

/* A few in a thousand are not none. */
static char *
percent_to_text (double percent)
{
  gboolean whole = percent >= 9.95 || fabs (percent - round (percent)) < 0.05;

  return g_strdup_printf (whole ? _ ("%.0f %%") : _ ("%.1f %%"), percent);
}

static char *
memory_to_text (double mib)
{
  g_autofree char *number = mill_format_number (fabs (mib) < 1 ? mib * 1024 : mib);

  return g_strdup_printf (fabs (mib) < 1 ? _ ("%s KiB") : _ ("%s MiB"), number);
}

/* In the unit of the chart's axis, so that two values of a sentence can be compared: not 95 µs and
 * 0.12 ms. */
static char *
milliseconds_to_text (double value_ms)
{
  g_autofree char *number = NULL;

  if (value_ms < 0.0995 || value_ms >= 999.5)
    return mill_format_duration (value_ms / 1e3);
  number = mill_format_number (value_ms);
  return g_strdup_printf (_ ("%s ms"), number);
}

static char *
microseconds_to_text (double value_us)
{
  g_autofree char *number = NULL;

  if (value_us >= 999.5)
    return milliseconds_to_text (value_us / 1e3);
  number = mill_format_number (value_us);
  return g_strdup_printf (_ ("%s µs"), number);
}

static char *
figure_to_text (MillFigure figure, double value)
{
  const char *unit = mill_figure_info (figure)->unit;
  g_autofree char *number = NULL;

  if (g_str_equal (unit, "s"))
    return mill_format_duration (value);
  if (g_str_equal (unit, "ms"))
    return milliseconds_to_text (value);
  if (g_str_equal (unit, "µs"))
    return microseconds_to_text (value);
  if (g_str_equal (unit, "MiB"))
    return memory_to_text (value);
  if (g_str_equal (unit, "%"))
    return percent_to_text (value);
  if (*unit == '\0')
    return count_to_text (value);
  number = mill_format_number (value);
  return g_strdup_printf ("%s %s", number, unit);
}

char *
mill_lesson_value_to_text (const MillLessonFigure *figure, const MillLessonValue *value)
{
  if (isnan (value->value))
    return NULL;
  if (value->ratio)
    return ratio_to_text (value->value);
  switch (figure->source.source) {
  case MILL_SOURCE_FIGURE:
    return figure_to_text (figure->source.figure, value->value);
  case MILL_SOURCE_FAILED_SHARE:
    return percent_to_text (value->value);
  case MILL_SOURCE_ERRORS:
  case MILL_SOURCE_SENT_LATE:
  case MILL_SOURCE_CORES:
    return count_to_text (value->value);
  case MILL_SOURCE_UNCORRECTED_MEAN:
  case MILL_SOURCE_UNCORRECTED_P50:
  case MILL_SOURCE_UNCORRECTED_P90:
  case MILL_SOURCE_UNCORRECTED_P99:
  case MILL_SOURCE_UNCORRECTED_MAX:
  default:
    return milliseconds_to_text (value->value);
  }
}
