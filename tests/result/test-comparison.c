/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sample-result.h"

#include "result/mill-comparison.h"

#define N(array) (guint) G_N_ELEMENTS (array)

static void
test_verdicts (void)
{
  static const double slow[] = { 8.0, 8.1, 8.2, 8.05, 8.15 };
  static const double fast[] = { 4.0, 4.1, 4.2, 4.05, 4.15 };
  MillFigureComparison comparison = mill_compare_samples (fast, N (fast), slow, N (slow), TRUE);

  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_FASTER);
  g_assert_cmpfloat_with_epsilon (comparison.ratio, 4.1 / 8.1, 1e-9);
  g_assert_cmpfloat (comparison.low, <=, comparison.ratio);
  g_assert_cmpfloat (comparison.high, >=, comparison.ratio);
  g_assert_cmpfloat_with_epsilon (comparison.p, 2.0 / 252, 1e-9);

  comparison = mill_compare_samples (slow, N (slow), fast, N (fast), TRUE);
  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_SLOWER);
  /* A higher throughput is faster. */
  comparison = mill_compare_samples (slow, N (slow), fast, N (fast), FALSE);
  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_FASTER);
}

static void
test_no_clear_difference (void)
{
  static const double a[] = { 1.0, 1.2, 1.4, 1.6, 1.8 };
  static const double b[] = { 1.1, 1.3, 1.5, 1.7, 1.9 };
  MillFigureComparison comparison = mill_compare_samples (a, N (a), b, N (b), TRUE);

  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_NO_CLEAR_DIFFERENCE);
  comparison = mill_compare_samples (a, N (a), a, N (a), TRUE);
  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_NO_CLEAR_DIFFERENCE);
  g_assert_cmpfloat (comparison.ratio, ==, 1);
}

static void
test_too_few (void)
{
  static const double a[] = { 1, 1.1, 1.2, 1.3 };
  static const double b[] = { 100, 110, 120, 130 };

  for (guint n = 1; n <= 3; n++) {
    MillFigureComparison comparison = mill_compare_samples (a, n, b, n, TRUE);

    g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_TOO_FEW);
    g_assert_true (isnan (comparison.low));
    g_assert_false (isnan (comparison.ratio));
  }
  g_assert_cmpint (mill_compare_samples (a, 4, b, 4, TRUE).verdict, ==, MILL_VERDICT_FASTER);
  g_assert_cmpint (mill_compare_samples (a, 0, b, 4, TRUE).verdict, ==, MILL_VERDICT_NONE);
}

static void
test_words (void)
{
  g_assert_cmpstr (mill_verdict_to_words (MILL_VERDICT_FASTER, MILL_FIGURE_WALL_TIME), ==,
                   "faster");
  g_assert_cmpstr (mill_verdict_to_words (MILL_VERDICT_FASTER, MILL_FIGURE_MEMORY_MAX), ==,
                   "lower");
  g_assert_cmpstr (mill_verdict_to_words (MILL_VERDICT_TOO_FEW, MILL_FIGURE_WALL_TIME), ==,
                   "too few repetitions to tell");
  g_assert_cmpstr (mill_verdict_to_string (MILL_VERDICT_NO_CLEAR_DIFFERENCE), ==,
                   "no-clear-difference");
}

static void
test_documents (void)
{
  g_autoptr (MillResult) first = sample_result (5);
  g_autoptr (MillResult) second = sample_result (5);
  g_autoptr (GArray) comparisons = NULL;
  g_auto (GStrv) conditions = NULL;

  for (guint i = 0; i < second->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (second->trials, i);

    if (g_str_equal (trial->model, "main-loop:80"))
      trial->wall_time_s *= 2;
  }
  g_ptr_array_set_size (second->models, 0);
  mill_result_summarise (second);
  comparisons = mill_compare_results (first, second, MILL_FIGURE_WALL_TIME);
  g_assert_cmpuint (comparisons->len, ==, 4);
  for (guint i = 0; i < comparisons->len; i++) {
    const MillModelComparison *entry = &g_array_index (comparisons, MillModelComparison, i);
    gboolean slower = g_str_equal (entry->first->model, "main-loop:80");

    g_assert_cmpint (entry->comparison.verdict, ==,
                     slower ? MILL_VERDICT_SLOWER : MILL_VERDICT_NO_CLEAR_DIFFERENCE);
    g_assert_cmpfloat_with_epsilon (entry->comparison.ratio, slower ? 2 : 1, 1e-9);
  }
  conditions = mill_compare_conditions (first, second);
  g_assert_cmpuint (g_strv_length (conditions), ==, 0);
}

static void
test_conditions (void)
{
  g_autoptr (MillResult) first = sample_result (1);
  g_autoptr (MillResult) second = sample_result (1);
  g_auto (GStrv) conditions = NULL;

  second->experiment->requests = 400;
  second->experiment->server.delay_s = 1;
  second->published = TRUE;
  conditions = mill_compare_conditions (first, second);
  g_assert_cmpuint (g_strv_length (conditions), ==, 3);
}

/* How long they ran, and not a number of requests that bounded neither. */
static void
test_amounts (void)
{
  static const struct {
    double first_s, second_s;
    gint64 first, second; /* 0: not set */
    const char *condition;
  } cases[] = {
    { 0, 0, 12000, 400, "The number of requests differs: 12,000 and 400." },
    { 0, 5, 80, 0, "One of them ran for a given time, the other for a given number of requests." },
    { 5, 2.5, 0, 0, "They ran for different times: 5 s and 2.5 s." },
    { 5, 5, 0, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) first = sample_result (1);
    g_autoptr (MillResult) second = sample_result (1);

    first->experiment->duration_s = cases[i].first_s;
    first->experiment->requests = cases[i].first > 0 ? cases[i].first : 80;
    first->experiment->requests_set = cases[i].first > 0;
    second->experiment->duration_s = cases[i].second_s;
    second->experiment->requests = cases[i].second > 0 ? cases[i].second : 7;
    second->experiment->requests_set = cases[i].second > 0;
    g_auto (GStrv) conditions = mill_compare_conditions (first, second);
    g_assert_cmpstr (conditions[0], ==, cases[i].condition);
  }
}

/* A projected value is never compared as if it had been measured. */
static void
test_projected (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  MillFigureComparison comparison;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, "sync"))
      trial->projected_wall_time_s = trial->wall_time_s * 10;
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  comparison =
      mill_compare_models (result, mill_result_find_model (result, "main-loop:80", NAN), result,
                           mill_result_find_model (result, "sync", NAN), MILL_FIGURE_WALL_TIME);
  g_assert_cmpint (comparison.verdict, ==, MILL_VERDICT_NONE);
  g_assert_true (isnan (comparison.p));
  g_assert_cmpfloat (comparison.ratio, <, 0.01);
}

static void
test_noise_floor (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:80,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "main-loop:80", i, 0.10 + i * 0.0001);
    sample_add_trial (result, "main-loop:80", i, 0.12 + i * 0.0001);
  }
  mill_result_summarise (result);
  g_assert_cmpuint (result->models->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (mill_noise_floor (result, "main-loop:80", MILL_FIGURE_WALL_TIME),
                                  0.1203 / 0.1003, 1e-9);
  g_assert_true (isnan (mill_noise_floor (result, "sync", MILL_FIGURE_WALL_TIME)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/verdicts", test_verdicts);
  g_test_add_func ("/comparison/no-clear-difference", test_no_clear_difference);
  g_test_add_func ("/comparison/too-few", test_too_few);
  g_test_add_func ("/comparison/words", test_words);
  g_test_add_func ("/comparison/documents", test_documents);
  g_test_add_func ("/comparison/conditions", test_conditions);
  g_test_add_func ("/comparison/amounts", test_amounts);
  g_test_add_func ("/comparison/projected", test_projected);
  g_test_add_func ("/comparison/noise-floor", test_noise_floor);
  return g_test_run ();
}
