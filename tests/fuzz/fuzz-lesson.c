/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A lesson: either it is read and each of its steps gives texts and a valid experiment at every
 * scale, or there are problems that can be shown.
 */
#include "config.h"

#include "lessons/mill-lesson.h"

#include "fuzz.h"

static void
check_step (const MillLesson *lesson, guint step, double scale)
{
  g_autofree char *question = mill_lesson_get_step_question (lesson, step, scale);
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, scale);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (question, -1, NULL));
  g_assert_nonnull (mill_lesson_get_step_title (lesson, step));
  g_assert_nonnull (mill_lesson_get_chart (lesson, step));
  g_assert_false (experiment->allow_remote_load);
  if (mill_lesson_get_skip_reason (lesson) == NULL) {
    mill_experiment_validate (experiment, &error);
    g_assert_no_error (error);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (MillLesson) lesson = mill_lesson_load_bytes (bytes, &problems);

  g_assert_true ((lesson != NULL) == (problems->len == 0));
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *text =
        mill_lesson_problem_to_string (g_ptr_array_index (problems, i), "lesson");
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
  if (lesson == NULL)
    return 0;
  const double scales[] = { MILL_LESSON_MIN_SCALE, 1, MILL_LESSON_MAX_SCALE };
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autofree char *note = mill_lesson_get_teacher_note (lesson, scales[i]);
    g_assert_true (note == NULL || g_utf8_validate (note, -1, NULL));
    for (guint step = 0; step < mill_lesson_get_n_steps (lesson); step++)
      check_step (lesson, step, scales[i]);
  }
  return 0;
}
