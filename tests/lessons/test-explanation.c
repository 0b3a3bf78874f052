/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "fake-result.h"
#include "lessons/mill-explanation.h"
#include "lessons/mill-lesson-values.h"
#include "result/mill-published.h"

/* So many draws reach every outcome many times over. */
#define N_DRAWS 3000

/* The median time of each model of "threads-or-loop". */
typedef struct {
  double threads_s;
  double loop_s;
  double spread; /* of the repetitions, as a share */
} Times;

static void
set_times (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  const Times *times = data;
  double base_s = g_str_has_prefix (trial->model, "thread")      ? times->threads_s
                  : g_str_has_prefix (trial->model, "main-loop") ? times->loop_s
                                                                 : 8.05;

  trial->wall_time_s = base_s * (1 + times->spread * ((trial->repetition * 7) % 5));
  trial->max_in_flight = g_str_equal (trial->model, "main-loop:80") ? 80 : 20;
}

static MillExplanation *
explain (const Times *times, int repetitions, const MillPrediction *prediction)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("threads-or-loop", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
  g_autoptr (MillResult) result = NULL;

  experiment->repetitions = repetitions;
  result = fake_result_new (experiment, set_times, (gpointer) times);
  return mill_lesson_explain (lesson, 0, result, NULL, prediction);
}

static void
test_outcomes (void)
{
  const Times loop = { 0.41, 0.12, 0.005 };
  const Times threads = { 0.43, 1.23, 0.005 };
  const Times equal = { 0.41, 0.4101, 0.05 };
  const MillPrediction said_threads = { .choice = "threads" };
  const MillPrediction said_loop = { .choice = "loop" };
  g_autoptr (MillExplanation) first = explain (&loop, 5, &said_threads);
  g_autoptr (MillExplanation) second = explain (&threads, 5, &said_threads);
  g_autoptr (MillExplanation) third = explain (&equal, 5, &said_loop);
  g_autoptr (MillExplanation) silent = explain (&loop, 5, NULL);

  g_assert_cmpstr (first->outcome, ==, "loop");
  g_assert_cmpint (first->state, ==, MILL_PREDICTION_CONTRADICTED);
  g_assert_false (first->surprising);
  g_assert_nonnull (strstr (first->headline, "3.4"));
  g_assert_nonnull (strstr (first->text, "0.41\u00a0s"));
  g_assert_nonnull (strstr (first->verdict, "twenty threads"));
  g_assert_nonnull (strstr (first->verdict, "one loop"));

  g_assert_cmpstr (second->outcome, ==, "threads");
  g_assert_cmpint (second->state, ==, MILL_PREDICTION_CONFIRMED);
  g_assert_true (second->surprising);
  g_assert_nonnull (strstr (second->headline, "2.9"));

  g_assert_cmpstr (third->outcome, ==, "equal");
  g_assert_cmpstr (third->measured_choice, ==, "equal");
  g_assert_cmpint (third->state, ==, MILL_PREDICTION_CONTRADICTED);

  g_assert_cmpint (silent->state, ==, MILL_PREDICTION_NONE);
  g_assert_cmpstr (silent->verdict, ==, "");
}

/* Ratios as far apart as can be prove nothing with three repetitions. */
static void
test_too_few (void)
{
  const Times loop = { 4.1, 0.1, 0.005 };
  const MillPrediction said_loop = { .choice = "loop" };
  g_autoptr (MillExplanation) explanation = explain (&loop, 3, &said_loop);

  g_assert_true (explanation->undecided);
  g_assert_null (explanation->measured_choice);
  g_assert_cmpint (explanation->state, ==, MILL_PREDICTION_UNDECIDED);
  g_assert_nonnull (strstr (explanation->text, "too few"));
}

static void
spoil (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  static const Times times = { 0.41, 0.12, 0.005 };

  set_times (trial, sweep_index, (gpointer) &times);
  if (!g_str_equal (trial->model, "main-loop:80"))
    return;
  if (g_str_equal (data, "projected")) {
    trial->requests_planned = 20;
    trial->requests_ok = 20;
    trial->projected_wall_time_s = trial->wall_time_s;
  } else if (g_str_equal (data, "failed")) {
    trial->status = MILL_TRIAL_FAILED;
    trial->wall_time_s = NAN;
  } else {
    trial->status = MILL_TRIAL_PARTIAL;
  }
}

/* What is projected, partial or failed is never judged. */
static void
test_spoilt (void)
{
  static const char *const ways[] = { "projected", "failed", "partial" };
  g_autoptr (MillLesson) lesson = mill_lesson_find ("threads-or-loop", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autoptr (MillResult) result = fake_result_new (experiment, spoil, (gpointer) ways[i]);
    g_autoptr (MillExplanation) explanation = mill_lesson_explain (lesson, 0, result, NULL, NULL);

    g_test_message ("%s: %s", ways[i], explanation->text);
    g_assert_true (explanation->undecided);
    g_assert_nonnull (strstr (explanation->text, i == 0 ? "projected" : "did not complete"));
  }
}

static void
test_other_results (void)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("threads-or-loop", NULL);
  g_autoptr (MillResult) published = mill_published_load ("80-requests", NULL);
  g_autoptr (MillExperiment) cpu = fake_experiment_new (MILL_WORKLOAD_CPU, "sync,main-loop", 5);
  g_autoptr (MillResult) empty = mill_result_new (cpu);
  g_autoptr (MillExplanation) first = mill_lesson_explain (lesson, 0, published, NULL, NULL);
  g_autoptr (MillExplanation) second = mill_lesson_explain (lesson, 0, empty, NULL, NULL);

  g_assert_true (first->undecided);
  g_assert_true (second->undecided);
  g_assert_nonnull (strstr (second->text, "another experiment"));
}

static void
set_threads (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  static const double times_s[] = { 5, 0.5, 0.25 };

  trial->wall_time_s = times_s[sweep_index] * (1 + 0.001 * trial->repetition);
  trial->cpu_user_s = 0.1;
  trial->cpu_system_s = 0.1;
  trial->memory_max_mib = 20;
}

static void
set_memory (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  static const double requests[] = { 10, 100, 1000, 5000 };
  gboolean threads = g_str_has_prefix (trial->model, "thread");

  trial->memory_max_mib = 20 + requests[sweep_index] * (threads ? 96 : 8) / 1024.0 +
                          0.001 * ((trial->repetition * 7) % 5);
}

/* On a machine that allows no more than 5,000 in place of 10,000: what was measured is said, and
 * what one thread takes is reckoned with it. */
static void
test_smaller_sweep (void)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("memory-of-a-thread", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
  g_autoptr (MillResult) result = NULL;
  g_autoptr (MillExplanation) explanation = NULL;

  g_array_index (experiment->sweep_values, double, 3) = 5000;
  result = fake_result_new (experiment, set_memory, NULL);
  explanation = mill_lesson_explain (lesson, 0, result, NULL, NULL);

  g_test_message ("%s %s", explanation->headline, explanation->text);
  g_assert_cmpstr (explanation->outcome, ==, "threads-need-more");
  g_assert_nonnull (strstr (explanation->headline, "At 5,000, the threads needed 8.3 times"));
  g_assert_nonnull (strstr (explanation->text, "that is 96\u00a0KiB for each"));
  g_assert_nonnull (strstr (explanation->text, "8\u00a0KiB for each"));
}

static void
test_number (void)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("how-many-threads", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
  g_autoptr (MillResult) result = fake_result_new (experiment, set_threads, NULL);
  static const struct {
    double value;
    MillPredictionState state;
  } predictions[] = {
    { 2, MILL_PREDICTION_CONFIRMED },      { 2.7, MILL_PREDICTION_CONFIRMED },
    { 1.5, MILL_PREDICTION_CONFIRMED },    { 3, MILL_PREDICTION_CONTRADICTED },
    { 1.4, MILL_PREDICTION_CONTRADICTED }, { 10, MILL_PREDICTION_CONTRADICTED },
  };

  g_assert_cmpint (mill_lesson_get_prediction (lesson)->kind, ==, MILL_PREDICTION_NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (predictions); i++) {
    const MillPrediction prediction = { .value = predictions[i].value };
    g_autoptr (MillExplanation) explanation =
        mill_lesson_explain (lesson, 0, result, NULL, &prediction);

    g_assert_cmpstr (explanation->outcome, ==, "diminishing");
    g_assert_cmpfloat_with_epsilon (explanation->measured, 2, 0.01);
    g_assert_cmpstr (explanation->measured_text, ==, "2.0 ×");
    g_assert_cmpint (explanation->state, ==, predictions[i].state);
  }
}

static void
set_memory_ratio (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  gboolean threads = g_str_has_prefix (trial->model, "thread");

  trial->memory_max_mib =
      (threads ? *(double *) data : 1) * 10 * (1 + sweep_index) * (1 + 0.001 * trial->repetition);
}

/* The nearest of the choices is right, but what lies far from it does not agree with it. */
static void
test_nearest_choice (void)
{
  static const struct {
    double ratio;
    const char *words;
  } cases[] = {
    { 3.1, "the measurement agrees" },
    { 5.8, "the nearest to what was measured" },
    { 28, "the measurement says" },
  };
  g_autoptr (MillLesson) lesson = mill_lesson_find ("memory-of-a-thread", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
  const MillPrediction prediction = { .choice = "three" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) result =
        fake_result_new (experiment, set_memory_ratio, (gpointer) &cases[i].ratio);
    g_autoptr (MillExplanation) explanation =
        mill_lesson_explain (lesson, 0, result, NULL, &prediction);

    g_test_message ("%s", explanation->verdict);
    g_assert_nonnull (strstr (explanation->verdict, cases[i].words));
  }
}

/* Counts are whole, a small share is not none, and the values of one sentence have one unit. */
static void
test_value_texts (void)
{
  static const struct {
    const char *figure;
    double value;
    const char *text;
  } cases[] = {
    { "max_in_flight", 4127.5, "4,128" },
    { "context_switches.voluntary", 4.5, "5" },
    { "sent_late", 33.5, "34" },
    { "errors.timeout", 12, "12" },
    { "failed_share", 0.26, "0.3 %" },
    { "failed_share", 0, "0 %" },
    { "failed_share", 31.4, "31 %" },
    { "cpu_per_request_us", 69.5, "69.5 µs" },
    { "cpu_per_request_us", 118, "118 µs" },
    { "cpu_per_request_us", 2500, "2.50 ms" },
    { "latency_ms.p90", 72.4, "72.4 ms" },
    { "latency_ms.max", 110, "110 ms" },
    { "latency_ms.max", 1500, "1.50 s" },
    { "latency_uncorrected_ms.p90", 110, "110 ms" },
    { "wall_time_s", 0.41, "0.41 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillLessonFigure figure = { .per = 1 };
    const MillLessonValue value = { .value = cases[i].value };
    g_autofree char *text = NULL;

    g_assert_true (mill_source_from_id (cases[i].figure, &figure.source));
    text = mill_lesson_value_to_text (&figure, &value);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
set_mark_times (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  trial->wall_time_s =
      (g_str_equal (trial->model, "gil-thread-pool:2") ? 2 : 1) * (1 + 0.001 * trial->repetition);
  trial->cpu_process_avg_percent = 100;
}

/* Of a ratio, the prediction stands where the second model's time would be. */
static void
test_mark (void)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("interpreter-lock", NULL);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
  g_autoptr (MillResult) result = fake_result_new (experiment, set_mark_times, NULL);
  const MillPrediction prediction = { .choice = "four" };
  g_autoptr (MillExplanation) explanation =
      mill_lesson_explain (lesson, 0, result, NULL, &prediction);

  g_assert_cmpstr (explanation->measured_choice, ==, "twice");
  g_assert_cmpstr (explanation->mark_model, ==, "thread-pool:2");
  g_assert_cmpfloat_with_epsilon (explanation->mark_value, 0.5, 0.01);
  g_assert_nonnull (strstr (explanation->mark_text, "4 × faster"));
}

/* Figures drawn at random, the same in all repetitions but for a small or a large spread. */
static void
set_random (MillTrialResult *trial, guint sweep_index, gpointer data)
{
  GRand *random = data;
  g_autofree char *key = g_strdup_printf ("%s/%u", trial->model, sweep_index);
  g_autoptr (GRand) own = NULL;
  g_autoptr (GRand) copy = g_rand_copy (random);
  guint32 draw = g_rand_int (copy);

  own = g_rand_new_with_seed (draw ^ g_str_hash (key));
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    static const double levels[] = { 0.02, 0.5, 1, 1, 1.15, 2, 4, 30, 90 };
    double level = levels[g_rand_int_range (own, 0, G_N_ELEMENTS (levels))];
    double spread = g_rand_boolean (own) ? 0.001 : 0.2;

    mill_trial_result_set_figure (trial, (MillFigure) i,
                                  level * (1 + spread * ((trial->repetition * 3) % 5)));
  }
  trial->requests_ok = g_rand_int_range (own, 40, 100);
  trial->requests_failed = g_rand_boolean (own) ? 0 : g_rand_int_range (own, 0, 60);
  trial->errors[MILL_OUTCOME_TIMEOUT] = trial->requests_failed;
  trial->max_in_flight = g_rand_int_range (own, 1, 30);
  trial->cores = (draw & 7) == 0 ? 1 : 2;
  trial->sent_late = 3;
  trial->latency_uncorrected_ms.p90 =
      trial->latency_ms.p90 / (1 + 0.2 * g_rand_int_range (own, 0, 12));
  trial->latency_uncorrected_ms.mean = 2;
  trial->latency_uncorrected_ms.p50 = 1;
}

static void
draw_outcomes (const MillLesson *lesson, guint step, GHashTable *seen)
{
  g_autoptr (MillExperiment) first_experiment = mill_lesson_get_experiment (lesson, 0, 1);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, 1);
  guint n_outcomes = mill_lesson_peek_step (lesson, step)->outcomes->len;

  for (guint32 draw = 0; draw < N_DRAWS && g_hash_table_size (seen) + 1 < n_outcomes; draw++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (draw);
    g_autoptr (GRand) other = g_rand_new_with_seed (draw + N_DRAWS);
    g_autoptr (MillResult) first = fake_result_new_bare (first_experiment, set_random, other);
    g_autoptr (MillResult) result = fake_result_new_bare (experiment, set_random, random);
    g_autoptr (MillExplanation) explanation =
        mill_lesson_explain (lesson, step, result, first, NULL);

    g_assert_null (strpbrk (explanation->headline, "{}"));
    g_assert_null (strpbrk (explanation->text, "{}"));
    if (!explanation->undecided)
      g_hash_table_add (seen, g_strdup (explanation->outcome));
  }
}

/* There is no outcome that nothing leads to: words that nobody can ever read hide a slip. */
static void
test_every_outcome (void)
{
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);

    if (mill_lesson_get_skip_reason (lesson) != NULL)
      continue;
    for (guint step = 0; step < mill_lesson_get_n_steps (lesson); step++) {
      const GPtrArray *outcomes = mill_lesson_peek_step (lesson, step)->outcomes;
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      draw_outcomes (lesson, step, seen);
      for (guint j = 0; j + 1 < outcomes->len; j++) {
        const MillLessonOutcome *outcome = g_ptr_array_index (outcomes, j);
        if (!g_hash_table_contains (seen, outcome->id))
          g_error ("%s, step %u: nothing leads to “%s”", mill_lesson_get_id (lesson), step,
                   outcome->id);
      }
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explanation/outcomes", test_outcomes);
  g_test_add_func ("/explanation/too-few", test_too_few);
  g_test_add_func ("/explanation/spoilt", test_spoilt);
  g_test_add_func ("/explanation/other-results", test_other_results);
  g_test_add_func ("/explanation/smaller-sweep", test_smaller_sweep);
  g_test_add_func ("/explanation/number", test_number);
  g_test_add_func ("/explanation/nearest-choice", test_nearest_choice);
  g_test_add_func ("/explanation/value-texts", test_value_texts);
  g_test_add_func ("/explanation/mark", test_mark);
  g_test_add_func ("/explanation/every-outcome", test_every_outcome);
  return g_test_run ();
}
