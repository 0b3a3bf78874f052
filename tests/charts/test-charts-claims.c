/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sample-results.h"

#include "charts/mill-chart-frame.h"
#include "charts/mill-chart-kind.h"
#include "result/mill-summary.h"

/* What charts say of unusual runs. */

static MillScene *
scene_of (const MillResult *result, MillChartKind kind)
{
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (kind, result, NULL);
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  return mill_chart_layout (spec, MILL_THEME_LIGHT, 1200, 500, measurer);
}

/* Whether any text of a scene, or its summary, has a part. */
static gboolean
says (const MillResult *result, MillChartKind kind, const char *part)
{
  g_autoptr (MillScene) scene = scene_of (result, kind);

  if (strstr (mill_scene_get_summary (scene), part))
    return TRUE;
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (scene, i);

    if (primitive->type == MILL_PRIMITIVE_TEXT && strstr (primitive->text, part))
      return TRUE;
  }
  return FALSE;
}

/* Where the time was given, a shorter one is not better, and sync is not what is missing. */
static void
test_timed (void)
{
  g_autoptr (MillResult) result = sample_result_first ();

  g_assert_true (says (result, MILL_CHART_TIME, "shorter is better"));
  result->experiment->duration_s = 5;
  result->experiment->requests_set = FALSE;
  mill_result_summarise (result);
  g_assert_false (says (result, MILL_CHART_TIME, "shorter is better"));
  g_assert_true (says (result, MILL_CHART_TIME, "the duration that was given"));
  g_assert_false (says (result, MILL_CHART_SPEEDUP, "measure sync"));
  g_assert_true (says (result, MILL_CHART_SPEEDUP, "compare their throughput"));
}

/* A run that was stopped was measured, but not whole. */
static void
test_stopped (void)
{
  g_autoptr (MillResult) result = sample_result_first ();

  for (guint i = 0; i < result->trials->len; i++)
    ((MillTrialResult *) g_ptr_array_index (result->trials, i))->status = MILL_TRIAL_PARTIAL;
  mill_result_summarise (result);
  g_assert_false (says (result, MILL_CHART_TIME, "Nothing measured"));
  g_assert_true (says (result, MILL_CHART_TIME, "No complete trial"));
  g_assert_true (says (result, MILL_CHART_SPEEDUP, "No complete trial"));
}

/* The time of less work is not compared, and says so. */
static void
test_failed (void)
{
  g_autoptr (MillResult) result = sample_result_first ();

  g_assert_true (says (result, MILL_CHART_TIME, "than sync"));
  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    trial->requests_failed = 20;
    trial->requests_ok = 60;
    trial->errors[MILL_OUTCOME_HTTP_5XX] = 20;
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  g_assert_false (says (result, MILL_CHART_TIME, "than sync"));
  g_assert_true (says (result, MILL_CHART_TIME, "20 of 80 failed"));
  g_assert_true (says (result, MILL_CHART_SPEEDUP, "20 of 80 failed"));
}

/* The subtitle of failures says which repetition is drawn, where there is a choice. */
static void
test_failures_drawn (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  MillTrialResult *last = g_ptr_array_index (result->trials, result->trials->len - 1);

  last->requests_failed = 3;
  last->requests_ok = 77;
  last->errors[MILL_OUTCOME_RESET] = 3;
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  g_assert_true (says (result, MILL_CHART_FAILURES, "or with the most where the median is none"));
  g_ptr_array_remove_range (result->trials, 0, result->trials->len - 1);
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  g_assert_false (says (result, MILL_CHART_FAILURES, "median"));
}

/* CPU-bound work makes no requests. */
static void
test_computing (void)
{
  g_autoptr (MillResult) result = sample_result_first ();

  result->experiment->workload = MILL_WORKLOAD_CPU;
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    if (kind == MILL_CHART_TIMELINE || kind == MILL_CHART_RESOURCES)
      continue;
    g_test_message ("%s", mill_chart_kind_info ((MillChartKind) kind)->id);
    g_assert_false (says (result, (MillChartKind) kind, "requests"));
  }
}

/* What was measured twice and what was measured once are not both the median of two. */
static void
test_repetitions (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  g_autofree char *all = mill_chart_repetitions_text (spec);
  MillModelResult *model = g_ptr_array_index (result->models, 1);

  g_assert_cmpstr (all, ==, "median of 5 repetitions with 95 % interval");
  model->figures[MILL_FIGURE_WALL_TIME].n = 1;
  g_autofree char *mixed = mill_chart_repetitions_text (spec);
  g_assert_true (g_str_has_prefix (mixed, "median of 1 to 5 repetitions, 95 % interval where"));
}

/* Of bytes or the share of a processor, neither more nor less is better. */
static void
test_better (void)
{
  static const struct {
    MillFigure figure;
    const char *better; /* or NULL */
  } cases[] = {
    { MILL_FIGURE_LATENCY_P50, "lower is better" },
    { MILL_FIGURE_THROUGHPUT, "higher is better" },
    { MILL_FIGURE_CPU_PROCESS_AVG, NULL },
    { MILL_FIGURE_BYTES_DOWNLOADED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) result = sample_result_sweep ();
    g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
    g_auto (MillChartOptions) options;
    gboolean found = FALSE, any = FALSE;

    mill_chart_options_init (&options);
    options.figure = cases[i].figure;
    g_autoptr (MillChartSpec) spec =
        mill_chart_spec_new_for_result (MILL_CHART_SCALING, result, &options);
    g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 1200, 500, measurer);
    for (guint p = 0; p < mill_scene_get_n_primitives (scene); p++) {
      const MillPrimitive *primitive = mill_scene_get_primitive (scene, p);

      if (primitive->type != MILL_PRIMITIVE_TEXT)
        continue;
      any |= strstr (primitive->text, "better") != NULL;
      found |= cases[i].better && strstr (primitive->text, cases[i].better);
    }
    g_assert_true (found == (cases[i].better != NULL));
    g_assert_true (any == found);
  }
  g_autoptr (MillResult) first = sample_result_first ();
  g_assert_false (says (first, MILL_CHART_CPU, "better"));
}

/* In the words for those who do not see the chart, each value has the digits that it has. */
static void
test_summary_digits (void)
{
  g_autoptr (MillResult) result = sample_result_sweep ();

  result->experiment->sweep = MILL_SWEEP_BODY_SIZE;
  for (guint i = 0; i < result->models->len; i++)
    ((MillModelResult *) g_ptr_array_index (result->models, i))->sweep_value *= 1e4;
  g_assert_true (says (result, MILL_CHART_SCALING, "10\u00a0MB"));
  g_assert_false (says (result, MILL_CHART_SCALING, "9.54"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/claims/timed", test_timed);
  g_test_add_func ("/charts/claims/stopped", test_stopped);
  g_test_add_func ("/charts/claims/failed", test_failed);
  g_test_add_func ("/charts/claims/failures-drawn", test_failures_drawn);
  g_test_add_func ("/charts/claims/computing", test_computing);
  g_test_add_func ("/charts/claims/repetitions", test_repetitions);
  g_test_add_func ("/charts/claims/better", test_better);
  g_test_add_func ("/charts/claims/summary-digits", test_summary_digits);
  return g_test_run ();
}
