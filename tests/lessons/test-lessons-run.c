/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "bench/mill-bench.h"
#include "lessons/mill-explanation.h"
#include "lessons/mill-lesson.h"

/* Every lesson, run for real at its smallest: what it says must come from what was measured.
 * THREADMILL_LESSON_SCALE=1 runs them as a class does. */

#define SMALLEST 0.1
#define TEST_TIMEOUT_S 300

typedef struct {
  GMainLoop *loop;
  MillResult *result;
} Run;

static void
on_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->result = mill_bench_run_finish (MILL_BENCH (source), async_result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (run->loop);
}

static gboolean
on_timeout (gpointer data)
{
  g_error ("the lesson did not end");
  return G_SOURCE_REMOVE;
}

static MillResult *
run_experiment (const MillExperiment *experiment)
{
  g_autoptr (MillBench) bench = mill_bench_new (experiment);
  guint timeout = g_timeout_add_seconds (TEST_TIMEOUT_S, on_timeout, NULL);
  Run run = { g_main_loop_new (NULL, FALSE), NULL };

  mill_bench_run_async (bench, NULL, on_done, &run);
  g_main_loop_run (run.loop);
  g_source_remove (timeout);
  g_main_loop_unref (run.loop);
  return run.result;
}

static double
get_scale (void)
{
  const char *text = g_getenv ("THREADMILL_LESSON_SCALE");

  return text != NULL ? g_ascii_strtod (text, NULL) : SMALLEST;
}

static void
test_lesson (gconstpointer data)
{
  const MillLesson *lesson = data;
  const char *reason = mill_lesson_get_skip_reason (lesson);

  if (reason != NULL) {
    g_test_skip (reason);
    return;
  }

  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, 0, get_scale ());
  g_autoptr (MillResult) result = run_experiment (experiment);
  g_autoptr (MillExplanation) explanation = mill_lesson_explain (lesson, 0, result, NULL, NULL);

  g_test_message ("%s%s: %s %s", explanation->outcome, explanation->undecided ? " (undecided)" : "",
                  explanation->headline, explanation->text);
  g_assert_cmpuint (result->trials->len, >, 0);
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    g_assert_cmpint (trial->status, ==, MILL_TRIAL_COMPLETE);
    /* CPU work has no server to verify it. */
    g_assert_cmpint (trial->verified, !=, 0);
  }
  /* Every figure that the words ask for was measured. */
  g_assert_cmpstr (explanation->headline, !=, "");
  g_assert_null (strchr (explanation->headline, '{'));
  g_assert_null (strchr (explanation->text, '{'));
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) lessons = NULL;

  g_test_init (&argc, &argv, NULL);
  lessons = mill_lesson_list ();
  g_assert_cmpuint (lessons->len, >=, 14);
  for (guint i = 0; i < lessons->len; i++) {
    MillLesson *lesson = g_ptr_array_index (lessons, i);
    g_autofree char *path = g_strdup_printf ("/lessons-run/%s", mill_lesson_get_id (lesson));

    g_test_add_data_func (path, lesson, test_lesson);
  }
  return g_test_run ();
}
