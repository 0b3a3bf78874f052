/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "experiment/mill-error.h"
#include "result/mill-comparison.h"
#include "result/mill-published.h"
#include "result/mill-sentence.h"
#include "result/mill-table.h"

static MillResult *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  MillResult *result = mill_published_load (id, &error);

  g_assert_no_error (error);
  return result;
}

static const MillModelResult *
find (const MillResult *result, const char *model, double sweep_value)
{
  const MillModelResult *found = mill_result_find_model (result, model, sweep_value);

  g_assert_nonnull (found);
  return found;
}

static void
test_all_load (void)
{
  g_auto (GStrv) ids = mill_published_list ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (g_strv_length (ids), ==, 5);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillResult) result = load (ids[i]);
    g_autoptr (GError) error = NULL;
    g_autofree char *line = mill_result_environment_line (result);
    g_autofree char *sentence = mill_sentence_text (result);

    g_test_message ("%s: %s", ids[i], sentence);
    g_assert_true (result->published);
    g_assert_nonnull (result->source);
    g_assert_nonnull (result->notes);
    g_assert_null (result->started);
    g_assert_true (g_hash_table_add (seen, g_strdup (result->id)));
    g_assert_true (mill_experiment_validate (result->experiment, &error));
    g_assert_no_error (error);
    g_assert_nonnull (strstr (line, result->source));
    for (guint j = 0; j < result->trials->len; j++) {
      const MillTrialResult *trial = g_ptr_array_index (result->trials, j);

      g_assert_nonnull (trial->corresponds_to);
      g_assert_cmpint (trial->verified, ==, -1);
      g_assert_cmpfloat (trial->wall_time_s, >, 0);
      g_assert_true (isnan (trial->latency_ms.p50));
    }
  }
}

static void
test_figures (void)
{
  g_autoptr (MillResult) a = load ("80-requests");
  g_autoptr (MillResult) b = load ("asyncio-vs-thread-io");
  g_autoptr (MillResult) cpu = load ("asyncio-vs-thread-cpu");
  g_autoptr (MillResult) c = load ("sync-to-async");
  g_autoptr (MillResult) d = load ("event-loops-vs-threads");
  const MillModelResult *model;

  g_assert_cmpfloat_with_epsilon (find (a, "threads, 20 workers", NAN)->speedup_vs_sync.median,
                                  7.94 / 0.43, 1e-9);
  model = find (b, "1,000 threads, a loop each", 10000);
  g_assert_cmpfloat (model->figures[MILL_FIGURE_REQUESTS_FAILED].median, ==, 5629);
  g_assert_cmpfloat (model->figures[MILL_FIGURE_REQUESTS_OK].median, ==, 4371);
  g_assert_cmpfloat_with_epsilon (model->figures[MILL_FIGURE_DOWNLOAD].median, 352.03 * 1000 / 1024,
                                  0.01);
  /* 100 URLs and 10,000 are not compared. */
  g_assert_true (isnan (find (b, "asyncio", 10000)->speedup_vs_sync.median));
  g_assert_true (
      isnan (find (b, "1,000 threads", 10000)->figures[MILL_FIGURE_CPU_SYSTEM_MAX].median));
  g_assert_cmpfloat (find (cpu, "10 threads", NAN)->figures[MILL_FIGURE_WALL_TIME].median, ==,
                     12.35);
  g_assert_cmpfloat_with_epsilon (find (c, "asynchronous", 5)->speedup_vs_sync.median, 4.583,
                                  0.001);
  g_assert_cmpfloat (
      find (d, "asyncio, no batching", 1000000)->figures[MILL_FIGURE_TASK_CREATION].median, ==,
      5.62);
  g_assert_cmpuint (d->models->len, ==, 12);
}

static void
test_correspond (void)
{
  g_autoptr (MillResult) published = load ("80-requests");
  g_autoptr (MillResult) measured = sample_result (5);
  g_autoptr (GArray) comparisons =
      mill_compare_results (measured, published, MILL_FIGURE_WALL_TIME);

  g_assert_cmpuint (comparisons->len, ==, 3);
  for (guint i = 0; i < comparisons->len; i++) {
    const MillModelComparison *entry = &g_array_index (comparisons, MillModelComparison, i);

    g_assert_cmpint (entry->comparison.verdict, ==, MILL_VERDICT_NONE);
    g_assert_false (isnan (entry->comparison.ratio));
  }
  g_assert_true (mill_model_corresponds ("hybrid:4x20", "hybrid"));
  g_assert_true (mill_model_corresponds ("sync", "sync"));
  g_assert_false (mill_model_corresponds ("main-loop:8", "main-loop:80"));
  g_assert_false (mill_model_corresponds ("main-loop-batched:8/80", "main-loop"));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mill_published_load ("../80-requests", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/published/all", test_all_load);
  g_test_add_func ("/published/figures", test_figures);
  g_test_add_func ("/published/correspond", test_correspond);
  g_test_add_func ("/published/unknown", test_unknown);
  return g_test_run ();
}
