/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-frame.h"
#include "charts/mill-series.h"
#include "sample-results.h"

#include <math.h>

#define LEAST_CONTRAST 4.5

static void
test_known_contrast (void)
{
  const MillColor black = MILL_RGB (0x000000);
  const MillColor white = MILL_RGB (0xffffff);
  const MillColor grey = MILL_RGB (0x767676);

  g_assert_cmpfloat_with_epsilon (mill_color_contrast (black, white), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (mill_color_contrast (white, white), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (mill_color_contrast (grey, white), 4.54, 0.01);
}

static void
assert_readable (const char *what, MillColor text, MillColor background)
{
  double contrast = mill_color_contrast (text, background);

  if (contrast < LEAST_CONTRAST)
    g_error ("%s: contrast %.2f is below %.1f", what, contrast, LEAST_CONTRAST);
}

static void
test_theme_contrast (void)
{
  for (guint i = 0; i < MILL_N_THEMES; i++) {
    const MillTheme *theme = mill_theme_get ((MillThemeId) i);

    g_test_message ("theme %s", theme->name);
    assert_readable ("text", theme->text, theme->background);
    assert_readable ("secondary", theme->secondary, theme->background);
    assert_readable ("published", theme->published_text, theme->background);
    assert_readable ("annotation", theme->annotation, theme->background);
    assert_readable ("error", theme->error, theme->background);
    assert_readable ("readout", theme->readout_text, theme->readout);
    assert_readable ("readout names", theme->readout_secondary, theme->readout);
  }
}

static void
test_series_contrast (void)
{
  for (guint i = 0; i < MILL_N_THEMES; i++) {
    const MillTheme *theme = mill_theme_get ((MillThemeId) i);
    MillSeriesStyle style;

    for (guint model = 0; model < MILL_N_MODELS; model++) {
      for (guint variant = 0; variant < 12; variant++) {
        mill_series_style (theme, mill_model_info ((MillModelKind) model)->family, variant, &style);
        assert_readable (mill_model_info ((MillModelKind) model)->id, style.text_color,
                         theme->background);
      }
    }
    mill_series_style_published (theme, 0, &style);
    assert_readable ("published", style.text_color, theme->background);
  }
}

static void
test_theme_names (void)
{
  for (guint i = 0; i < MILL_N_THEMES; i++) {
    MillThemeId id = MILL_N_THEMES;

    g_assert_true (mill_theme_from_name (mill_theme_get ((MillThemeId) i)->name, &id));
    g_assert_cmpuint (id, ==, i);
  }
  MillThemeId untouched = MILL_THEME_DARK;
  g_assert_false (mill_theme_from_name ("sepia", &untouched));
  g_assert_cmpuint (untouched, ==, MILL_THEME_DARK);
}

/* What one can tell apart without colour: fill, or marker with dashes. */
static gboolean
same_fill (const MillSeriesStyle *a, const MillSeriesStyle *b)
{
  return a->fill.pattern == b->fill.pattern && mill_color_equal (a->fill.color, b->fill.color) &&
         fabs (a->fill.spacing_px - b->fill.spacing_px) < 0.5;
}

static void
test_families_differ (void)
{
  static const MillModelKind families[] = {
    MILL_MODEL_SYNC,   MILL_MODEL_THREAD_POOL,  MILL_MODEL_MAIN_LOOP,
    MILL_MODEL_HYBRID, MILL_MODEL_MULTIPROCESS, MILL_MODEL_EPOLL_LOOP,
  };

  for (guint t = 0; t < MILL_N_THEMES; t++) {
    const MillTheme *theme = mill_theme_get ((MillThemeId) t);

    for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
      for (guint k = 0; k < i; k++) {
        MillSeriesStyle first;
        MillSeriesStyle second;

        mill_series_style (theme, families[i], 0, &first);
        mill_series_style (theme, families[k], 0, &second);
        g_assert_cmpint (first.fill.pattern, !=, second.fill.pattern);
        g_assert_cmpint (first.marker, !=, second.marker);
      }
    }
  }
}

static void
test_variants_differ (void)
{
  for (guint t = 0; t < MILL_N_THEMES; t++) {
    const MillTheme *theme = mill_theme_get ((MillThemeId) t);

    for (guint i = 0; i < 9; i++) {
      for (guint k = 0; k < i; k++) {
        MillSeriesStyle first;
        MillSeriesStyle second;

        mill_series_style (theme, MILL_MODEL_THREAD_POOL, i, &first);
        mill_series_style (theme, MILL_MODEL_THREAD_POOL, k, &second);
        g_assert_false (same_fill (&first, &second));
        g_assert_cmpint (first.marker, !=, second.marker);
        if (!theme->hatches_only)
          g_assert_true (mill_color_equal (first.color, second.color));
      }
    }
  }
}

/* Where there is no colour, the fill alone says which model it is. */
static void
test_print_fills_differ (void)
{
  static const MillModelKind families[] = {
    MILL_MODEL_SYNC,   MILL_MODEL_THREAD_POOL,  MILL_MODEL_MAIN_LOOP,
    MILL_MODEL_HYBRID, MILL_MODEL_MULTIPROCESS, MILL_MODEL_EPOLL_LOOP,
  };
  const MillTheme *theme = mill_theme_get (MILL_THEME_PRINT);
  guint n = 5 * G_N_ELEMENTS (families);

  for (guint i = 0; i < n; i++) {
    for (guint k = 0; k < i; k++) {
      MillSeriesStyle first;
      MillSeriesStyle second;

      mill_series_style (theme, families[i / 5], i % 5, &first);
      mill_series_style (theme, families[k / 5], k % 5, &second);
      g_assert_false (same_fill (&first, &second));
    }
  }
}

static const MillSeries *
find_series (GPtrArray *list, const char *label)
{
  for (guint i = 0; i < list->len; i++) {
    const MillSeries *series = g_ptr_array_index (list, i);

    if (g_str_equal (series->label, label))
      return series;
  }
  g_error ("no series %s", label);
}

static void
test_list (void)
{
  g_autoptr (MillResult) measured = sample_result_failures ();
  g_autoptr (MillResult) published = sample_result_published ();
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  const MillTheme *theme = mill_theme_get (MILL_THEME_LIGHT);

  g_ptr_array_add (results, measured);
  g_ptr_array_add (results, published);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new (MILL_CHART_TIME, results, NULL);
  g_autoptr (GPtrArray) list = mill_series_list (spec, theme);

  g_assert_cmpuint (list->len, ==, measured->models->len + published->models->len);
  for (guint i = 0; i < list->len; i++) {
    for (guint k = 0; k < i; k++) {
      const MillSeries *first = g_ptr_array_index (list, i);
      const MillSeries *second = g_ptr_array_index (list, k);

      g_assert_false (same_fill (&first->style, &second->style));
    }
  }
  /* The family itself keeps its own look whatever stands before it. */
  const MillSeries *pool = find_series (list, "thread-pool:20");
  const MillSeries *per_request = find_series (list, "thread-per-request:50");
  g_assert_cmpint (pool->style.fill.pattern, ==, MILL_PATTERN_HATCH);
  g_assert_cmpint (pool->variant, ==, 0);
  g_assert_true (mill_color_equal (pool->style.color, per_request->style.color));
  g_assert_true (find_series (list, "asyncio")->published);
  /* No published series has a colour of a model. */
  for (guint i = 0; i < list->len; i++) {
    const MillSeries *series = g_ptr_array_index (list, i);

    g_assert_cmpint (mill_color_equal (series->style.color, theme->published), ==,
                     series->published);
  }
}

static guint
count_labels (GPtrArray *list, const char *part)
{
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += strstr (((const MillSeries *) g_ptr_array_index (list, i))->label, part) != NULL;
  return n;
}

/* Two measured results are told apart by their names where these leave room for the models'. */
static void
test_result_names (void)
{
  g_autoptr (MillResult) first = sample_result_first ();
  g_autoptr (MillResult) second = sample_result_first ();
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  const MillTheme *theme = mill_theme_get (MILL_THEME_LIGHT);

  g_ptr_array_add (results, first);
  g_ptr_array_add (results, second);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new (MILL_CHART_TIME, results, NULL);
  g_autoptr (GPtrArray) alike = mill_series_list (spec, theme);
  g_autofree char *source = mill_chart_source_line (spec);

  g_assert_cmpuint (count_labels (alike, " (A)"), ==, 4);
  g_assert_cmpuint (count_labels (alike, " (B)"), ==, 4);
  g_assert_true (g_str_has_prefix (source, "A: 80 requests"));
  g_assert_nonnull (strstr (source, "; B: 80 requests"));
  g_free (second->name);
  second->name = g_strdup ("at home");
  g_autoptr (GPtrArray) named = mill_series_list (spec, theme);
  g_assert_cmpuint (count_labels (named, " (at home)"), ==, 4);
  g_assert_cmpuint (count_labels (named, " (First experiment)"), ==, 4);
}

/* The line under a chart says what was really run. */
static void
test_work (void)
{
  static const double values[] = { 1, 0.25, 0.5 };
  static const struct {
    double duration_s;
    double rate;
    MillSweep sweep;
    const char *work;
  } cases[] = {
    { 0, 0, MILL_SWEEP_NONE, "80 requests × 0.1\u00a0s, " },
    { 5, 0, MILL_SWEEP_NONE, "requests for 5 s × 0.1\u00a0s, " },
    { 2.5, 200, MILL_SWEEP_NONE, "requests for 2.5 s × 0.1\u00a0s, 200 per second, " },
    { 0, 0, MILL_SWEEP_DELAY, "80 requests × 0.25\u00a0s to 1\u00a0s, " },
    { 5, 0, MILL_SWEEP_RATE, "requests for 5 s × 0.1\u00a0s, 0.25 to 1 per second, " },
    { 0, 0, MILL_SWEEP_BODY_SIZE,
      "80 requests × 0.1\u00a0s, answers of 0.25\u00a0B to 1\u00a0B, " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) result = sample_result_first ();
    g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
    g_autofree char *source = NULL;

    result->experiment->requests_set = FALSE;
    result->experiment->duration_s = cases[i].duration_s;
    result->experiment->rate = cases[i].rate;
    result->experiment->sweep = cases[i].sweep;
    g_array_append_vals (result->experiment->sweep_values, values, G_N_ELEMENTS (values));
    source = mill_chart_source_line (spec);
    g_test_message ("%s", source);
    g_assert_true (g_str_has_prefix (source, cases[i].work));
  }
}

/* And where not all of it was done, how much was. */
static void
test_work_not_done (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  g_autofree char *whole = mill_chart_source_line (spec);
  MillProjection *projection = g_new0 (MillProjection, 1);
  int first = ((const MillTrialResult *) g_ptr_array_index (result->trials, 0))->repetition;

  g_assert_nonnull (strstr (whole, ", 5 repetitions, "));
  projection->model = g_strdup ("sync");
  projection->requests = 40;
  g_ptr_array_add (result->experiment->projections, projection);
  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (trial->repetition >= first + 2)
      trial->status = MILL_TRIAL_PARTIAL;
  }
  mill_result_summarise (result);
  g_autofree char *stopped = mill_chart_source_line (spec);
  g_assert_nonnull (strstr (stopped, ", sync: 40 requests, 2 of 5 repetitions, "));
  for (guint i = 0; i < result->trials->len; i++)
    ((MillTrialResult *) g_ptr_array_index (result->trials, i))->status = MILL_TRIAL_PARTIAL;
  mill_result_summarise (result);
  g_autofree char *nothing = mill_chart_source_line (spec);
  g_assert_nonnull (strstr (nothing, ", no complete trial, "));
}

/* The values of a sweep are named as they were asked for. */
static void
test_sweep_names (void)
{
  static const struct {
    MillSweep sweep;
    double value;
    const char *label;
  } cases[] = {
    { MILL_SWEEP_REQUESTS, 1, "sync, 1 request" },
    { MILL_SWEEP_REQUESTS, 5000, "sync, 5,000 requests" },
    { MILL_SWEEP_DELAY, 0.001, "sync, 1\u00a0ms" },
    { MILL_SWEEP_BODY_SIZE, 1e7, "sync, 10\u00a0MB" },
    { MILL_SWEEP_RATE, 2000, "sync, 2,000/s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) result = sample_result_first ();
    g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);

    result->experiment->sweep = cases[i].sweep;
    ((MillModelResult *) g_ptr_array_index (result->models, 0))->sweep_value = cases[i].value;
    g_autoptr (GPtrArray) list = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
    g_assert_cmpstr (((const MillSeries *) g_ptr_array_index (list, 0))->label, ==, cases[i].label);
  }
}

static void
test_sweep_shares_style (void)
{
  g_autoptr (MillResult) sweep = sample_result_sweep ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_SCALING, sweep, NULL);
  g_autoptr (GPtrArray) list = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  g_assert_cmpuint (list->len, ==, 12);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpuint (((MillSeries *) g_ptr_array_index (list, i))->variant, ==, 0);
}

static void
test_only_one_model (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.model = g_strdup ("main-loop:80");
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIMELINE, result, &options);
  g_autoptr (GPtrArray) list = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((MillSeries *) g_ptr_array_index (list, 0))->label, ==, "main-loop:80");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/style/known-contrast", test_known_contrast);
  g_test_add_func ("/charts/style/theme-contrast", test_theme_contrast);
  g_test_add_func ("/charts/style/series-contrast", test_series_contrast);
  g_test_add_func ("/charts/style/theme-names", test_theme_names);
  g_test_add_func ("/charts/style/families-differ", test_families_differ);
  g_test_add_func ("/charts/style/variants-differ", test_variants_differ);
  g_test_add_func ("/charts/style/print-fills-differ", test_print_fills_differ);
  g_test_add_func ("/charts/style/list", test_list);
  g_test_add_func ("/charts/style/result-names", test_result_names);
  g_test_add_func ("/charts/style/work", test_work);
  g_test_add_func ("/charts/style/work-not-done", test_work_not_done);
  g_test_add_func ("/charts/style/sweep-names", test_sweep_names);
  g_test_add_func ("/charts/style/sweep-shares-style", test_sweep_shares_style);
  g_test_add_func ("/charts/style/only-one-model", test_only_one_model);
  return g_test_run ();
}
