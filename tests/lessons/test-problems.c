/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lessons/mill-json-lines.h"
#include "lessons/mill-lesson.h"

#define N_DAMAGES 400

static void
assert_place (
    const MillJsonLines *lines, const char *path, guint line, guint column, gboolean there)
{
  guint found_line, found_column;

  g_assert_cmpint (mill_json_lines_find (lines, path, &found_line, &found_column), ==, there);
  g_assert_cmpuint (found_line, ==, line);
  g_assert_cmpuint (found_column, ==, column);
}

static void
test_lines (void)
{
  const char *text =
      "{\n  \"a\": [1, {\"b\": \"ä\\\"]\", \"c\": null}],\n\n  \"d\": {\"e\": []}\n}\n";
  g_autoptr (MillJsonLines) lines = mill_json_lines_new (text, strlen (text));

  assert_place (lines, "", 1, 1, TRUE);
  assert_place (lines, "a", 2, 3, TRUE);
  assert_place (lines, "a[1]", 2, 12, TRUE);
  assert_place (lines, "a[1].c", 2, 26, TRUE);
  assert_place (lines, "d.e", 4, 9, TRUE);
  /* The nearest around it. */
  assert_place (lines, "d.e[3].f", 4, 9, FALSE);
  assert_place (lines, "x", 1, 1, FALSE);
}

static MillLesson *
load (const char *text, gsize length, GPtrArray **problems)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  MillLesson *lesson = mill_lesson_load_bytes (bytes, problems);

  g_assert_true ((lesson == NULL) == ((*problems)->len > 0));
  return lesson;
}

static void
test_not_lessons (void)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"format\": 1}", "null", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (MillLesson) lesson = load (texts[i], strlen (texts[i]), &problems);

    g_assert_null (lesson);
    for (guint j = 0; j < problems->len; j++) {
      g_autofree char *line =
          mill_lesson_problem_to_string (g_ptr_array_index (problems, j), "lesson.json");
      g_assert_true (g_str_has_prefix (line, "lesson.json:1: "));
    }
  }
}

static void
test_no_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/lesson.json");
  g_autoptr (GPtrArray) problems = NULL;
  const MillLessonProblem *problem;

  g_assert_null (mill_lesson_load_file (file, NULL, &problems));
  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_cmpuint (problem->line, ==, 0);
  g_assert_nonnull (strstr (problem->message, "lesson.json"));
}

/* Too large, and one line of very many values: refused, or read, without delay. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("{\"figures\":[");
  g_autoptr (GPtrArray) too_large = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  while (text->len < MILL_LESSON_MAX_BYTES - 10)
    g_string_append (text, "1,");
  g_string_append (text, "1]}");
  g_assert_null (load (text->str, text->len, &problems));
  while (text->len <= MILL_LESSON_MAX_BYTES)
    g_string_append_c (text, ' ');
  g_assert_null (load (text->str, text->len, &too_large));
  g_assert_cmpuint (too_large->len, ==, 1);
}

/* One mistake is told once: what follows from it is none of its own. */
static void
test_one_mistake (void)
{
  g_autofree char *path =
      g_strconcat (g_getenv ("G_TEST_SRCDIR"), "/../data/lessons/inside-the-loop.json", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, "\"requests\": 3,", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_autofree char *damaged = g_strjoinv ("\"requests\": \"three\",", parts);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (MillLesson) lesson = load (damaged, strlen (damaged), &problems);

  g_assert_null (lesson);
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line =
        mill_lesson_problem_to_string (g_ptr_array_index (problems, i), "lesson.json");
    g_test_message ("%s", line);
  }
  g_assert_cmpuint (problems->len, ==, 1);
}

/* Bytes of a lesson exchanged at random: it is read or refused, and every problem has a place. */
static void
test_damaged (void)
{
  g_autofree char *path =
      g_strconcat (g_getenv ("G_TEST_SRCDIR"), "/../data/lessons/waiting-together.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  static const char bytes[] = "{}[]\",:0-9ae\\\n\xc3";
  gsize length;
  guint n_refused = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (int i = 0; i < N_DAMAGES; i++) {
    g_autofree char *damaged = g_memdup2 (text, length + 1);
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (MillLesson) lesson = NULL;

    damaged[g_rand_int_range (random, 0, (int) length)] =
        bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];
    lesson = load (damaged, length, &problems);
    n_refused += lesson == NULL;
    for (guint j = 0; j < problems->len; j++) {
      const MillLessonProblem *problem = g_ptr_array_index (problems, j);
      g_assert_cmpuint (problem->line, >, 0);
      g_assert_cmpuint (strlen (problem->message), >, 0);
    }
  }
  g_assert_cmpuint (n_refused, >, N_DAMAGES / 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problems/lines", test_lines);
  g_test_add_func ("/problems/not-lessons", test_not_lessons);
  g_test_add_func ("/problems/no-file", test_no_file);
  g_test_add_func ("/problems/large", test_large);
  g_test_add_func ("/problems/one-mistake", test_one_mistake);
  g_test_add_func ("/problems/damaged", test_damaged);
  return g_test_run ();
}
