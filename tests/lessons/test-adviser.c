/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "experiment/mill-preset.h"
#include "fake-result.h"
#include "lessons/mill-adviser-walk.h"
#include "lessons/mill-adviser.h"
#include "lessons/mill-published-guide.h"
#include "result/mill-published.h"

/* What a fake history says. */
typedef struct {
  double threads_s;
  double loop_s;
  const char *flaw; /* "projected", "partial", "failures", or "" */
} History;

static void
set_history (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  const History *history = data;
  gboolean loop = g_str_has_prefix (trial->model, "main-loop");

  trial->wall_time_s =
      (loop ? history->loop_s : history->threads_s) * (1 + 0.01 * ((trial->repetition * 2) % 5));
  if (!loop)
    return;
  if (g_str_equal (history->flaw, "projected")) {
    trial->requests_planned = 10;
    trial->projected_wall_time_s = trial->wall_time_s;
  } else if (g_str_equal (history->flaw, "partial") && trial->repetition == 1) {
    trial->status = MILL_TRIAL_PARTIAL;
  } else if (g_str_equal (history->flaw, "failures")) {
    trial->requests_ok -= 5;
    trial->requests_failed = 5;
  }
}

static MillResult *
history_new (const char *models, int repetitions, double threads_s, double loop_s, const char *flaw)
{
  const History history = { threads_s, loop_s, flaw };
  g_autoptr (MillExperiment) experiment =
      fake_experiment_new (MILL_WORKLOAD_HTTP, models, repetitions);

  return fake_result_new (experiment, set_history, (gpointer) &history);
}

/* Up to 200 requests that wait, with libraries for a loop. */
static MillAdviser *
walk_to_some (void)
{
  MillAdviser *adviser = mill_adviser_new ();

  g_assert_true (mill_adviser_answer (adviser, "wait"));
  g_assert_true (mill_adviser_answer (adviser, "some"));
  g_assert_true (mill_adviser_answer (adviser, "async"));
  return adviser;
}

/* Takes the results. */
static MillRecommendation *
conclude (MillResult *first, MillResult *second)
{
  g_autoptr (MillAdviser) adviser = walk_to_some ();
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  MillRecommendation *recommendation;

  if (first != NULL)
    g_ptr_array_add (results, first);
  if (second != NULL)
    g_ptr_array_add (results, second);
  recommendation = mill_adviser_conclude (adviser, results);
  g_assert_nonnull (recommendation);
  g_test_message ("%s. %s", recommendation->title, recommendation->reason);
  g_assert_true (mill_experiment_validate (recommendation->experiment, NULL));
  g_assert_cmpint (recommendation->experiment->repetitions, >=, 4);
  return recommendation;
}

/* Every way through the walk ends at a case that can be run. */
static void
walk_on (const MillAdviserNode *node, guint depth, guint *n_ends)
{
  g_assert_cmpuint (depth, <, 6);
  for (guint i = 0; i < G_N_ELEMENTS (node->answers) && node->answers[i].id != NULL; i++) {
    const MillAdviserNode *next = mill_adviser_walk_find_node (node->answers[i].next);
    const MillAdviserCase *end = mill_adviser_walk_find_case (node->answers[i].next);

    g_assert_true ((next == NULL) != (end == NULL));
    if (next != NULL) {
      walk_on (next, depth + 1, n_ends);
      continue;
    }
    g_autoptr (GArray) models = mill_model_list_parse (end->models, end->workload, NULL);
    g_assert_nonnull (models);
    g_assert_cmpuint (models->len, >=, 2);
    ++*n_ends;
  }
}

static void
test_walk (void)
{
  g_autoptr (MillAdviser) adviser = mill_adviser_new ();
  MillAdviserQuestion question;
  guint n_cases, n_ends = 0;

  walk_on (mill_adviser_walk_start (), 0, &n_ends);
  mill_adviser_walk_cases (&n_cases);
  g_assert_cmpuint (n_ends, ==, n_cases);

  g_assert_null (mill_adviser_conclude (adviser, NULL));
  g_assert_false (mill_adviser_back (adviser));
  g_assert_false (mill_adviser_answer (adviser, "several"));
  g_assert_true (mill_adviser_get_question (adviser, &question));
  g_assert_cmpstr (question.id, ==, "work");
  g_assert_cmpuint (question.n_answers, ==, 3);
  g_assert_true (mill_adviser_answer (adviser, "compute"));
  g_assert_true (mill_adviser_answer (adviser, "one"));
  g_assert_false (mill_adviser_get_question (adviser, &question));
  g_assert_false (mill_adviser_answer (adviser, "one"));
  g_assert_cmpstr (mill_adviser_get_answered (adviser, 0, &question), ==, "compute");
  g_assert_cmpstr (question.id, ==, "work");
  g_assert_true (mill_adviser_back (adviser));
  g_assert_true (mill_adviser_get_question (adviser, &question));
  g_assert_cmpstr (question.id, ==, "cores");
  mill_adviser_restart (adviser);
  g_assert_cmpuint (mill_adviser_get_n_answered (adviser), ==, 0);
}

/* The model and the figures beside it are of the same result: the newest. */
static void
test_newest (void)
{
  MillResult *older = history_new ("thread-pool:40,main-loop:80", 5, 0.1, 0.4, "");
  MillResult *newer = history_new ("thread-pool:20,main-loop:80", 5, 0.2, 0.4, "");
  g_autoptr (MillRecommendation) recommendation = NULL;

  g_free (newer->started);
  newer->started = g_strdup ("2026-11-21T08:00:00Z");
  recommendation = conclude (older, newer);
  g_assert_cmpstr (recommendation->model, ==, "thread-pool:20");
  g_assert_nonnull (strstr (recommendation->reason, "2 results agree"));
  g_assert_nonnull (strstr (recommendation->reason, "thread-pool:20 0.2"));
  g_assert_null (strstr (recommendation->reason, "thread-pool:40"));
}

static void
test_measured (void)
{
  g_autoptr (MillRecommendation) loop =
      conclude (history_new ("thread-pool:20,main-loop:80", 5, 0.41, 0.12, ""), NULL);
  /* The data contradict the textbook: the data are followed. */
  g_autoptr (MillRecommendation) threads =
      conclude (history_new ("thread-pool:20,main-loop:80", 5, 0.43, 1.23, ""), NULL);
  /* No clear difference: the simpler one. */
  g_autoptr (MillRecommendation) equal =
      conclude (history_new ("main-loop:80,thread-pool:20", 5, 0.4101, 0.4100, ""), NULL);

  g_assert_cmpint (loop->state, ==, MILL_RECOMMENDATION_MEASURED);
  g_assert_cmpstr (loop->model, ==, "main-loop:80");
  g_assert_cmpstr (threads->model, ==, "thread-pool:20");
  g_assert_cmpstr (equal->model, ==, "thread-pool:20");
  g_assert_nonnull (strstr (equal->reason, "no clear difference"));
}

static void
assert_undecided (MillRecommendation *recommendation, const char *why)
{
  const MillAdviserEvidence *evidence = NULL;

  g_assert_cmpint (recommendation->state, ==, MILL_RECOMMENDATION_UNDECIDED);
  g_assert_null (recommendation->model);
  if (why != NULL) {
    g_assert_cmpuint (recommendation->evidence->len, ==, 1);
    evidence = g_ptr_array_index (recommendation->evidence, 0);
    g_assert_false (evidence->carries);
    g_assert_nonnull (strstr (evidence->text, why));
  }
  mill_recommendation_free (recommendation);
}

/* It never recommends what the data do not carry. */
static void
test_not_carried (void)
{
  const char *both = "thread-pool:20,main-loop:80";

  assert_undecided (conclude (NULL, NULL), NULL);
  assert_undecided (conclude (history_new (both, 3, 4.1, 0.1, ""), NULL), "too few");
  assert_undecided (conclude (history_new (both, 5, 4.1, 0.1, "projected"), NULL), "projected");
  assert_undecided (conclude (history_new (both, 5, 4.1, 0.1, "partial"), NULL), "completed");
  assert_undecided (conclude (history_new (both, 5, 4.1, 0.1, "failures"), NULL), "failed");
  /* Published figures, and a comparison without an alternative, say nothing at all. */
  assert_undecided (conclude (mill_published_load ("80-requests", NULL), NULL), NULL);
  assert_undecided (conclude (history_new ("thread-pool:20,thread-pool:40", 5, 1, 1, ""), NULL),
                    NULL);
  /* More in flight than was asked about. */
  assert_undecided (conclude (history_new ("thread-pool:8,main-loop:8", 5, 4.1, 0.1, ""), NULL),
                    NULL);
  /* Two results that contradict each other. */
  assert_undecided (
      conclude (history_new (both, 5, 4.1, 0.1, ""), history_new (both, 5, 0.1, 4.1, "")), NULL);
}

static void
test_wants (void)
{
  g_autoptr (MillAdviser) adviser = walk_to_some ();
  g_autoptr (GPtrArray) models = g_ptr_array_new ();
  MillResultSummary summary = { .workload = (char *) "http", .models = models };

  g_ptr_array_add (models, NULL);
  g_assert_false (mill_adviser_wants (adviser, &summary));
  g_ptr_array_add (models, NULL);
  g_assert_true (mill_adviser_wants (adviser, &summary));
  summary.published = TRUE;
  g_assert_false (mill_adviser_wants (adviser, &summary));
  summary.published = FALSE;
  summary.workload = (char *) "cpu";
  g_assert_false (mill_adviser_wants (adviser, &summary));
}

/* Every published table has a preset whose models stand beside the published ones. */
static void
test_published_guide (void)
{
  g_auto (GStrv) ids = mill_published_list ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillResult) published = mill_published_load (ids[i], NULL);
    g_autoptr (MillExperiment) experiment = NULL;
    g_autoptr (MillResult) measured = NULL;
    MillPublishedGuide guide, back;
    const History history = { 1, 1, "" };

    g_assert_true (mill_published_guide_find (ids[i], &guide));
    g_assert_true (mill_published_guide_for_preset (guide.preset, &back));
    g_assert_cmpstr (back.published, ==, ids[i]);
    experiment = mill_preset_load (guide.preset, NULL);
    g_assert_nonnull (experiment);
    g_assert_cmpint (experiment->workload, ==, published->experiment->workload);
    /* A lesson runs the same at other numbers. */
    experiment->server.delay_s = 0.025;
    measured = fake_result_new (experiment, set_history, (gpointer) &history);
    g_auto (GStrv) before = mill_published_guide_differences (ids[i], NULL);
    g_auto (GStrv) after = mill_published_guide_differences (ids[i], measured);
    g_assert_cmpuint (g_strv_length (before), >=, 3);
    /* The machine, and at least two models side by side. */
    g_assert_cmpuint (g_strv_length (after), >=, g_strv_length (before) + 3);
    g_autofree char *text = g_strjoinv ("\n", after);
    if (experiment->workload == MILL_WORKLOAD_HTTP)
      g_assert_nonnull (strstr (text, "waited 25\u00a0ms"));
    g_assert_null (strstr (text, "built-in server, which waits"));
  }
  g_assert_false (mill_published_guide_find ("nothing", &(MillPublishedGuide){ 0 }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/adviser/walk", test_walk);
  g_test_add_func ("/adviser/measured", test_measured);
  g_test_add_func ("/adviser/newest", test_newest);
  g_test_add_func ("/adviser/not-carried", test_not_carried);
  g_test_add_func ("/adviser/wants", test_wants);
  g_test_add_func ("/published-guide/all", test_published_guide);
  return g_test_run ();
}
