/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "result/mill-comparison.h"

#include <math.h>

static const MillEstimate *
get_estimate (const MillModelResult *model, MillFigure figure)
{
  return figure == MILL_N_FIGURES ? &model->speedup_vs_sync : &model->figures[figure];
}

gboolean
mill_figure_bars_available (const MillChartSpec *spec, MillFigure figure, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);

    if (isfinite (get_estimate (one->model, figure)->median))
      return TRUE;
  }
  *reason = g_strdup (mill_chart_spec_is_incomplete (spec) ? _ ("No complete trial")
                                                           : _ ("Nothing measured"));
  return FALSE;
}

/* The sync model that the speed-up of a model refers to. */
static const MillModelResult *
find_sync (const MillSeries *series)
{
  const MillModelResult *sync =
      mill_result_find_model (series->result, "sync", series->model->sweep_value);

  return sync ? sync : mill_result_find_model (series->result, "sync", NAN);
}

/* What the test of the repetitions says about the time, beside sync's. "Faster" is said only
 * where it does; a projected value is not compared. */
static void
add_comparison (MillBar *bar, const MillSeries *series, const MillNumberFormat *numbers)
{
  const MillModelResult *sync = find_sync (series);
  const MillEstimate *speedup = &series->model->speedup_vs_sync;

  if (!sync || sync == series->model || !isfinite (speedup->median) || !(speedup->median > 0.0) ||
      speedup->projected || mill_model_result_has_failures (sync) ||
      mill_model_result_has_failures (series->model))
    return;
  MillVerdict verdict = mill_compare_models_verdict (series->result, series->model, series->result,
                                                     sync, MILL_FIGURE_WALL_TIME);
  double ratio = speedup->median >= 1.0 ? speedup->median : 1.0 / speedup->median;
  g_autofree char *times = mill_quantity_to_string (numbers, ratio, MILL_UNIT_RATIO);
  g_autofree char *as_fast = mill_quantity_to_string (numbers, speedup->median, MILL_UNIT_RATIO);

  switch (verdict) {
  case MILL_VERDICT_FASTER:
    bar->words = g_strdup_printf (_ ("%s faster than sync"), times);
    bar->words_short = g_strdup_printf (_ ("%s faster"), times);
    break;
  case MILL_VERDICT_SLOWER:
    bar->words = g_strdup_printf (_ ("%s slower than sync"), times);
    bar->words_short = g_strdup_printf (_ ("%s slower"), times);
    break;
  case MILL_VERDICT_NO_CLEAR_DIFFERENCE:
    bar->words = g_strdup (_ ("no clear difference from sync"));
    bar->words_short = g_strdup (_ ("no clear difference"));
    break;
  case MILL_VERDICT_NONE:
  case MILL_VERDICT_TOO_FEW:
  default:
    bar->words = g_strdup_printf (_ ("%s as fast as sync"), as_fast);
    break;
  }
}

static void
append_line (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "\n%s\t%s", name, value);
}

/* Whether the figure means little where some of the work failed. */
static gboolean
is_of_work (const MillFigureBars *kind)
{
  return kind->figure == MILL_FIGURE_WALL_TIME || kind->figure == MILL_FIGURE_THROUGHPUT ||
         kind->figure == MILL_N_FIGURES;
}

/* "20 of 80 failed" */
static char *
failed_text (const MillModelResult *model, const MillNumberFormat *numbers)
{
  double failed = model->figures[MILL_FIGURE_REQUESTS_FAILED].median;
  double ok = model->figures[MILL_FIGURE_REQUESTS_OK].median;
  g_autofree char *count = mill_quantity_number_to_string (numbers, failed, 0);
  g_autofree char *all =
      mill_quantity_number_to_string (numbers, failed + (isfinite (ok) ? ok : 0.0), 0);

  /* Translators: so many of so many requests. */
  return g_strdup_printf (_ ("%s of %s failed"), count, all);
}

static char *
readout_text (const MillBar *bar,
              const MillSeries *series,
              const MillEstimate *estimate,
              const MillFigureBars *kind,
              const MillNumberFormat *numbers)
{
  GString *text = g_string_new (series->label);
  g_autofree char *value = mill_quantity_to_string (numbers, bar->value, kind->unit);
  g_autofree char *repetitions = mill_quantity_number_to_string (numbers, estimate->n, 0);

  if (series->published || estimate->projected ||
      (is_of_work (kind) && mill_model_result_has_failures (series->model)))
    g_string_append_printf (text, "\n%s", bar->tag);
  append_line (text, estimate->n > 1 ? _ ("median") : _ ("value"), value);
  if (isfinite (bar->low) && isfinite (bar->high)) {
    g_autofree char *interval =
        mill_quantity_range_to_string (numbers, bar->low, bar->high, kind->unit);

    /* xgettext:no-c-format */
    append_line (text, _ ("95 % interval"), interval);
  }
  if (isfinite (bar->most)) {
    g_autofree char *most = mill_quantity_to_string (numbers, bar->most, kind->unit);

    append_line (text, _ ("highest"), most);
  }
  if (!series->published)
    append_line (text, _ ("repetitions"), repetitions);
  if (estimate->outliers > 0) {
    g_autofree char *outliers = mill_quantity_number_to_string (numbers, estimate->outliers, 0);

    append_line (text, _ ("outliers, kept"), outliers);
  }
  if (bar->words)
    g_string_append_printf (text, "\n%s", bar->words);
  return g_string_free (text, FALSE);
}

static void
add_series (GPtrArray *bars,
            const MillLayout *layout,
            const MillFigureBars *kind,
            const MillSeries *series)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  const MillEstimate *estimate = get_estimate (series->model, kind->figure);
  MillSeriesStyle style = series->style;

  /* What others did not publish is nothing that could be measured better. */
  if (series->published && !isfinite (estimate->median))
    return;
  if (estimate->projected && !series->published)
    mill_series_style_projected (layout->theme, &series->style, &style);
  MillBar *bar = mill_bars_add (bars, series->label, &style);
  bar->value = estimate->median * kind->base_units;
  bar->low = estimate->low * kind->base_units;
  bar->high = estimate->high * kind->base_units;
  if (kind->most != MILL_N_FIGURES)
    bar->most = series->model->figures[kind->most].median * kind->base_units;
  bar->value_text = mill_quantity_to_string (numbers, bar->value, kind->unit);
  if (series->published)
    bar->tag = g_strdup (_ ("published"));
  else if (estimate->projected)
    bar->tag = g_strdup (_ ("projected"));
  else if (is_of_work (kind) && mill_model_result_has_failures (series->model))
    bar->tag = failed_text (series->model, numbers);
  else if (isfinite (bar->most) && bar->most > bar->value) {
    g_autofree char *most = mill_quantity_to_string (numbers, bar->most, kind->unit);

    bar->tag = g_strdup_printf (_ ("%s at most"), most);
  }
  if (kind->compared && !series->published)
    add_comparison (bar, series, numbers);
  bar->readout = readout_text (bar, series, estimate, kind, numbers);
}

static char *
subtitle_text (const MillFigureBars *kind, const char *repetitions)
{
  if (!kind->better)
    return *repetitions ? g_strdup_printf ("%s, %s", kind->words, repetitions)
                        : g_strdup (kind->words);
  return *repetitions ? g_strdup_printf (_ ("%s, %s; %s"), kind->words, repetitions, kind->better)
                      : g_strdup_printf (_ ("%s; %s"), kind->words, kind->better);
}

void
mill_figure_bars_layout (MillLayout *layout, const MillFigureBars *kind)
{
  g_autoptr (GPtrArray) series_list = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) bars = mill_bars_new ();
  g_autofree char *repetitions = mill_chart_repetitions_text (layout->spec);
  g_autofree char *subtitle = subtitle_text (kind, repetitions);
  const MillBarsOptions options = {
    .title = kind->title,
    .subtitle = subtitle,
    .unit = kind->unit,
  };

  for (guint i = 0; i < series_list->len; i++)
    add_series (bars, layout, kind, g_ptr_array_index (series_list, i));
  mill_bars_layout (layout, &options, bars);
}
