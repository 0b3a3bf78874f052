/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sample-result.h"

#include "result/mill-summary.h"

static void
test_estimates (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  const MillModelResult *model = g_ptr_array_index (result->models, 0);
  const MillEstimate *time = &model->figures[MILL_FIGURE_WALL_TIME];

  g_assert_cmpuint (result->models->len, ==, 4);
  g_assert_cmpstr (model->model, ==, "sync");
  g_assert_cmpint (model->trials, ==, 5);
  g_assert_cmpint (model->complete, ==, 5);
  g_assert_cmpint (time->n, ==, 5);
  g_assert_cmpfloat_with_epsilon (time->median, 8.05 + 2 * 0.004, 1e-9);
  g_assert_cmpfloat (time->low, <=, time->median);
  g_assert_cmpfloat (time->high, >=, time->median);
  g_assert_cmpfloat (model->speedup_vs_sync.median, ==, 1);

  model = mill_result_find_model (result, "main-loop:80", NAN);
  g_assert_nonnull (model);
  g_assert_cmpfloat_with_epsilon (model->speedup_vs_sync.median, 8.058 / 0.1223, 1e-6);
  g_assert_cmpfloat (model->speedup_vs_sync.low, <, model->speedup_vs_sync.median);
  g_assert_cmpfloat (model->speedup_vs_sync.high, >, model->speedup_vs_sync.median);
  /* p99 of 80 requests is not there. */
  g_assert_true (isnan (model->figures[MILL_FIGURE_LATENCY_P99].median));
  g_assert_false (isnan (model->figures[MILL_FIGURE_LATENCY_P90].median));
  g_assert_cmpfloat_with_epsilon (model->figures[MILL_FIGURE_CPU_PER_REQUEST].median,
                                  0.015 / 80 * 1e6, 1e-9);
}

static void
test_few_repetitions (void)
{
  g_autoptr (MillResult) result = sample_result (3);
  const MillModelResult *model = mill_result_find_model (result, "sync", NAN);

  g_assert_cmpint (model->figures[MILL_FIGURE_WALL_TIME].n, ==, 3);
  g_assert_true (isnan (model->figures[MILL_FIGURE_WALL_TIME].low));
  g_assert_null (mill_result_find_model (result, "sync", 5));
}

/* Called after each trial, it gives the same as called once at the end. */
static void
test_incremental (void)
{
  g_autoptr (MillResult) all = sample_result (6);
  g_autoptr (MillResult) grown = mill_result_new (all->experiment);

  for (guint i = 0; i < all->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (all->trials, i);

    sample_add_trial (grown, trial->model, trial->repetition, trial->wall_time_s);
    mill_result_summarise (grown);
  }
  g_assert_cmpuint (grown->models->len, ==, all->models->len);
  for (guint i = 0; i < all->models->len; i++) {
    const MillModelResult *a = g_ptr_array_index (all->models, i);
    const MillModelResult *b = g_ptr_array_index (grown->models, i);

    g_assert_cmpstr (a->model, ==, b->model);
    for (int j = 0; j < MILL_N_FIGURES; j++) {
      if (isnan (a->figures[j].median))
        continue;
      g_assert_cmpfloat (a->figures[j].median, ==, b->figures[j].median);
      g_assert_cmpfloat (a->figures[j].low, ==, b->figures[j].low);
      g_assert_cmpfloat (a->figures[j].high, ==, b->figures[j].high);
    }
    g_assert_cmpfloat (a->speedup_vs_sync.low, ==, b->speedup_vs_sync.low);
  }
}

static void
test_partial_do_not_count (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 3);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  const MillModelResult *model;

  sample_add_trial (result, "sync", 1, 8);
  sample_add_trial (result, "sync", 2, 1)->status = MILL_TRIAL_PARTIAL;
  sample_add_trial (result, "sync", 3, 0.5)->status = MILL_TRIAL_FAILED;
  mill_result_summarise (result);
  model = mill_result_find_model (result, "sync", NAN);
  g_assert_cmpint (model->trials, ==, 3);
  g_assert_cmpint (model->complete, ==, 1);
  g_assert_cmpfloat (model->figures[MILL_FIGURE_WALL_TIME].median, ==, 8);
  g_assert_cmpfloat (mill_result_typical_trial (result, "sync", NAN)->wall_time_s, ==, 8);
  g_assert_null (mill_result_typical_trial (result, "main-loop:80", NAN));
}

static void
test_projected (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  const MillModelResult *model;

  for (int i = 1; i <= 5; i++) {
    MillTrialResult *trial = sample_add_trial (result, "sync", i, 1 + i * 0.01);

    trial->requests_asked = 800;
    trial->projected_wall_time_s = trial->wall_time_s * 10;
    sample_add_trial (result, "main-loop:80", i, 0.5 + i * 0.001);
  }
  mill_result_summarise (result);
  model = mill_result_find_model (result, "sync", NAN);
  g_assert_cmpfloat_with_epsilon (model->figures[MILL_FIGURE_WALL_TIME].median, 10.3, 1e-9);
  g_assert_true (model->figures[MILL_FIGURE_WALL_TIME].projected);
  g_assert_false (model->figures[MILL_FIGURE_THROUGHPUT].projected);
  model = mill_result_find_model (result, "main-loop:80", NAN);
  g_assert_true (model->speedup_vs_sync.projected);
  g_assert_false (model->figures[MILL_FIGURE_WALL_TIME].projected);
}

static void
test_sweep (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 1);
  g_autoptr (MillResult) result = NULL;
  static const double values[] = { 1, 10, 100 };

  experiment->sweep = MILL_SWEEP_CONCURRENCY;
  result = mill_result_new (experiment);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *name = g_strdup_printf ("main-loop:%.0f", values[i]);

    sample_add_trial (result, name, 1, 8 / values[i])->sweep_value = values[i];
  }
  sample_add_trial (result, "sync", 1, 8)->sweep_value = 1;
  mill_result_summarise (result);
  g_assert_cmpuint (result->models->len, ==, 4);
  g_assert_cmpstr (((MillModelResult *) g_ptr_array_index (result->models, 0))->model, ==, "sync");
  g_assert_cmpfloat_with_epsilon (
      mill_result_find_model (result, "main-loop:100", 100)->speedup_vs_sync.median, 100, 1e-9);
}

static void
test_outliers (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync", 6);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  const MillModelResult *model;

  for (int i = 1; i <= 6; i++)
    sample_add_trial (result, "sync", i, i == 4 ? 30 : 8 + i * 0.01);
  mill_result_summarise (result);
  model = mill_result_find_model (result, "sync", NAN);
  g_assert_cmpint (model->figures[MILL_FIGURE_WALL_TIME].outliers, ==, 1);
  g_assert_cmpint (model->figures[MILL_FIGURE_WALL_TIME].n, ==, 6);
  g_assert_cmpfloat (model->figures[MILL_FIGURE_WALL_TIME].median, <, 9);
}

static void
test_figures (void)
{
  g_autoptr (MillTrialResult) trial = mill_trial_result_new ();

  for (int i = 0; i < MILL_N_FIGURES; i++) {
    const MillFigureInfo *info = mill_figure_info ((MillFigure) i);
    MillFigure found;

    g_assert_cmpint (info->figure, ==, i);
    g_assert_true (mill_figure_from_id (info->id, &found));
    g_assert_cmpint (found, ==, i);
    if (!mill_trial_result_figure_is_stored (found))
      continue;
    g_assert_true (isnan (mill_trial_result_get_figure (trial, found)));
    mill_trial_result_set_figure (trial, found, 3);
    g_assert_cmpfloat (mill_trial_result_get_figure (trial, found), ==, 3);
  }
  g_assert_false (mill_figure_from_id ("nothing", &(MillFigure){ 0 }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/estimates", test_estimates);
  g_test_add_func ("/summary/few-repetitions", test_few_repetitions);
  g_test_add_func ("/summary/incremental", test_incremental);
  g_test_add_func ("/summary/partial", test_partial_do_not_count);
  g_test_add_func ("/summary/projected", test_projected);
  g_test_add_func ("/summary/sweep", test_sweep);
  g_test_add_func ("/summary/outliers", test_outliers);
  g_test_add_func ("/summary/figures", test_figures);
  return g_test_run ();
}
