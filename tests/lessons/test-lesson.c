/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench/mill-plan.h"
#include "charts/mill-chart-kind.h"
#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "experiment/mill-permission.h"
#include "lessons/mill-explanation.h"
#include "lessons/mill-lesson-private.h"
#include "lessons/mill-lesson.h"
#include "result/mill-published.h"

/* A class has no more than this for one lesson. */
#define LONGEST_S 300

static const double scales[] = { 0.1, 1, 10 };

static void
assert_no_braces (const char *text)
{
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_null (strpbrk (text, "{}"));
}

static char *
read_own (const char *id)
{
  g_autofree char *path =
      g_strdup_printf ("%s/../data/lessons/%s.json", g_getenv ("G_TEST_SRCDIR"), id);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static MillLesson *
load_text (const char *text, GPtrArray **problems)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return mill_lesson_load_bytes (bytes, problems);
}

/* In the order of the course, each as it stands in the tree, without a problem. */
static void
test_all_load (void)
{
  g_auto (GStrv) ids = mill_lesson_ids ();
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  g_assert_cmpuint (g_strv_length (ids), >=, 14);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *text = read_own (ids[i]);
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (MillLesson) lesson = load_text (text, &problems);

    for (guint j = 0; j < problems->len; j++) {
      g_autofree char *line =
          mill_lesson_problem_to_string (g_ptr_array_index (problems, j), ids[i]);
      g_test_message ("%s", line);
    }
    g_assert_nonnull (lesson);
    g_assert_cmpstr (mill_lesson_get_id (lesson), ==, ids[i]);
    g_assert_cmpstr (mill_lesson_get_id (g_ptr_array_index (lessons, i)), ==, ids[i]);
  }
  g_assert_cmpuint (lessons->len, ==, g_strv_length (ids));
}

static void
check_step (const MillLesson *lesson, guint step)
{
  MillChartKind kind;

  g_test_message ("%s, step %u", mill_lesson_get_id (lesson), step);
  g_assert_true (mill_chart_kind_from_id (mill_lesson_get_chart (lesson, step), &kind));
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autofree char *question = mill_lesson_get_step_question (lesson, step, scales[i]);
    g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, scales[i]);
    g_autoptr (MillResult) empty = mill_result_new (experiment);
    g_autoptr (MillExplanation) explanation = NULL;
    g_autoptr (GError) error = NULL;

    assert_no_braces (question);
    mill_experiment_validate (experiment, &error);
    g_assert_no_error (error);
    g_assert_true (mill_experiment_check_permission (experiment, NULL));
    /* Without four repetitions no verdict can be carried. */
    g_assert_cmpint (experiment->repetitions, >=, 4);
    explanation = mill_lesson_explain (lesson, step, empty, NULL, NULL);
    assert_no_braces (explanation->text);
    if (mill_lesson_peek_step (lesson, step)->outcomes->len > 0)
      g_assert_true (explanation->undecided);
  }
}

static void
test_steps (void)
{
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);
    g_autofree char *note = mill_lesson_get_teacher_note (lesson, 1);

    assert_no_braces (note);
    g_assert_cmpuint (mill_lesson_get_n_steps (lesson), >=, 3);
    g_assert_cmpuint (mill_lesson_get_n_steps (lesson), <=, 4);
    for (guint step = 0; step < mill_lesson_get_n_steps (lesson); step++)
      check_step (lesson, step);
    if (mill_lesson_get_published (lesson) != NULL) {
      g_autoptr (MillResult) published =
          mill_published_load (mill_lesson_get_published (lesson), NULL);
      g_assert_nonnull (published);
    }
  }
}

/* Five minutes on two cores, and the file says about the same as the plan. */
static void
test_duration (void)
{
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);
    MillLimits limits = { 0 };
    g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, 1);
    g_autoptr (MillPlan) plan = NULL;

    mill_limits_read (&limits);
    limits.cores = 2;
    plan = mill_plan_new (experiment, &limits);
    g_test_message ("%s: %.0f s, the plan says %.0f s", mill_lesson_get_id (lesson),
                    mill_lesson_get_duration_s (lesson, 1), plan->total_s);
    g_assert_cmpfloat (plan->total_s, >, 0);
    g_assert_cmpfloat (plan->total_s, <=, LONGEST_S);
    g_assert_cmpfloat (mill_lesson_get_duration_s (lesson, 1), <=, LONGEST_S);
    g_assert_cmpfloat (mill_lesson_get_duration_s (lesson, 1), >, plan->total_s / 3);
    g_assert_cmpfloat (mill_lesson_get_duration_s (lesson, 1), <, plan->total_s * 3);
  }
}

/* One setting makes a lesson smaller, and its texts say so. */
static void
test_scale (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillLesson) waiting = mill_lesson_find ("waiting-together", &error);
  g_autoptr (MillLesson) batches = mill_lesson_find ("batches", &error);
  g_autoptr (MillExperiment) small = mill_lesson_get_experiment (waiting, 0, 0.1);
  g_autoptr (MillExperiment) tiny = mill_lesson_get_experiment (waiting, 0, 0.001);
  g_autoptr (MillExperiment) fewer = mill_lesson_get_experiment (batches, 0, 0.1);
  g_autofree char *question = mill_lesson_get_question (waiting, 0.1);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (small->server.delay_s, 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (tiny->server.delay_s, 0.1, 1e-9);
  g_assert_cmpint (small->requests, ==, 20);
  g_assert_cmpint (fewer->requests, ==, 10000);
  g_assert_nonnull (strstr (question, "0.1\u00a0s"));

  /* As it was set, to the last digit and no further. */
  g_autofree char *as_written = mill_lesson_get_step_question (waiting, 2, 1);
  g_autofree char *tenth = mill_lesson_get_step_question (waiting, 2, 0.1);
  g_assert_nonnull (strstr (as_written, "only 2\u00a0ms"));
  g_assert_nonnull (strstr (tenth, "only 0.2\u00a0ms"));
}

/* Whether the axis of a chart carries a figure. */
static gboolean
chart_carries (const MillLessonStep *step, const MillSourceSpec *source)
{
  MillChartKind kind;

  g_assert_true (mill_chart_kind_from_id (step->chart, &kind));
  switch (kind) {
  case MILL_CHART_TIMELINE:
    return TRUE;
  case MILL_CHART_LATENCY:
    return (source->source >= MILL_SOURCE_UNCORRECTED_MEAN &&
            source->source <= MILL_SOURCE_UNCORRECTED_MAX) ||
           (source->source == MILL_SOURCE_FIGURE &&
            g_str_has_prefix (mill_figure_info (source->figure)->id, "latency_ms."));
  case MILL_CHART_FAILURES:
    return source->source == MILL_SOURCE_FAILED_SHARE || source->source == MILL_SOURCE_ERRORS;
  case MILL_CHART_TIME:
    return source->source == MILL_SOURCE_FIGURE && source->figure == MILL_FIGURE_WALL_TIME;
  case MILL_CHART_THROUGHPUT:
    return source->source == MILL_SOURCE_FIGURE && source->figure == MILL_FIGURE_THROUGHPUT;
  case MILL_CHART_MEMORY:
    return source->source == MILL_SOURCE_FIGURE && source->figure == MILL_FIGURE_MEMORY_MAX;
  case MILL_CHART_SCALING:
    return source->source == MILL_SOURCE_FIGURE && (int) source->figure == step->chart_figure;
  default:
    return FALSE;
  }
}

/* The words and the chart beside them are about the same figure. Where a step has no words of its
 * own, those of the result stand there, which are about the time. */
static void
test_words_fit_chart (void)
{
  const MillSourceSpec time = { MILL_SOURCE_FIGURE, MILL_FIGURE_WALL_TIME, MILL_OUTCOME_OK };
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);

    for (guint j = 0; j < mill_lesson_get_n_steps (lesson); j++) {
      const MillLessonStep *step = mill_lesson_peek_step (lesson, j);
      gboolean carried = step->outcomes->len == 0 && chart_carries (step, &time);

      for (guint k = 0; k < step->figures->len && step->outcomes->len > 0; k++) {
        const MillLessonFigure *figure = g_ptr_array_index (step->figures, k);
        carried |= chart_carries (step, &figure->source);
      }
      if (!carried)
        g_error ("%s, step %u: the words are not about what its chart shows",
                 mill_lesson_get_id (lesson), j);
    }
  }
}

static void
assert_names_no (const MillLesson *lesson, const char *text, const char *number)
{
  /* What others published is no number of this experiment. */
  if (strstr (text, "80 GB") == NULL && strstr (text, number) != NULL)
    g_error ("%s: write {most}, for a machine may not allow %s: %s", mill_lesson_get_id (lesson),
             number, text);
}

/* A machine may not allow the largest value of a sweep, so no text names it. */
static void
test_no_fixed_most (void)
{
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);
    const MillLessonStep *step = mill_lesson_peek_step (lesson, 0);
    const GArray *values = step->experiment->sweep_values;
    double most = step->experiment->sweep != MILL_SWEEP_NONE
                      ? g_array_index (values, double, values->len - 1)
                      : 0;
    g_autofree char *number = mill_number_group ((gint64) most);

    if (most < 1000)
      continue;
    assert_names_no (lesson, step->question, number);
    assert_names_no (lesson, lesson->prediction.prompt, number);
    for (guint j = 0; j < lesson->prediction.choices->len; j++) {
      const MillLessonChoice *choice = g_ptr_array_index (lesson->prediction.choices, j);
      assert_names_no (lesson, choice->label, number);
    }
    for (guint j = 0; j < step->outcomes->len; j++) {
      const MillLessonOutcome *outcome = g_ptr_array_index (step->outcomes, j);
      assert_names_no (lesson, outcome->headline, number);
      assert_names_no (lesson, outcome->text, number);
    }
  }
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mill_lesson_find ("../first", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "waiting-together"));
}

/* Where a program is built without a model, the lesson that needs it says so. */
static void
test_skip_reason (void)
{
  g_autoptr (MillLesson) lesson = mill_lesson_find ("poll-or-epoll", NULL);
  const char *reason = mill_lesson_get_skip_reason (lesson);

  if (mill_model_is_available (MILL_MODEL_EPOLL_LOOP)) {
    g_assert_null (reason);
  } else {
    g_assert_nonnull (strstr (reason, "epoll-loop"));
  }
  for (guint step = 0; step < mill_lesson_get_n_steps (lesson); step++) {
    g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, 1);
    g_assert_true (mill_experiment_validate (experiment, NULL));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lesson/all-load", test_all_load);
  g_test_add_func ("/lesson/steps", test_steps);
  g_test_add_func ("/lesson/duration", test_duration);
  g_test_add_func ("/lesson/scale", test_scale);
  g_test_add_func ("/lesson/words-fit-chart", test_words_fit_chart);
  g_test_add_func ("/lesson/no-fixed-most", test_no_fixed_most);
  g_test_add_func ("/lesson/unknown", test_unknown);
  g_test_add_func ("/lesson/skip-reason", test_skip_reason);
  return g_test_run ();
}
