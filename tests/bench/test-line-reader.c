/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "bench/mill-line-reader.h"
#include "experiment/mill-error.h"

typedef struct {
  GMainLoop *loop;
  GPtrArray *lines;
  guint wanted; /* lines until the receiver has had enough; 0: all */
  GError *error;
  guint n_ends;
} Heard;

static gboolean
on_line (const char *line, gsize length, gpointer data)
{
  Heard *heard = data;

  g_assert_cmpuint (strlen (line), <=, length);
  g_ptr_array_add (heard->lines, g_strdup (line));
  return heard->wanted == 0 || heard->lines->len < heard->wanted;
}

static void
on_end (const GError *error, gpointer data)
{
  Heard *heard = data;

  heard->error = error != NULL ? g_error_copy (error) : NULL;
  heard->n_ends++;
  g_main_loop_quit (heard->loop);
}

/* Reads `text` in one stream made of its pieces, so that lines are cut anywhere. */
static Heard
read_all (const char *const *pieces, guint n_pieces, guint wanted)
{
  Heard heard = { .loop = g_main_loop_new (NULL, FALSE),
                  .lines = g_ptr_array_new_with_free_func (g_free),
                  .wanted = wanted };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();

  for (guint i = 0; i < n_pieces; i++)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), pieces[i],
                                    (gssize) strlen (pieces[i]), NULL);
  mill_line_reader_start (stream, NULL, on_line, on_end, &heard);
  g_main_loop_run (heard.loop);
  return heard;
}

static void
heard_clear (Heard *heard)
{
  g_assert_cmpuint (heard->n_ends, ==, 1);
  g_main_loop_unref (heard->loop);
  g_ptr_array_unref (heard->lines);
  g_clear_error (&heard->error);
}

static void
test_lines (void)
{
  const char *pieces[] = { "one\ntw", "o\n\nthr", "ee\nno end" };
  const char *lines[] = { "one", "two", "", "three" };
  Heard heard = read_all (pieces, G_N_ELEMENTS (pieces), 0);

  g_assert_no_error (heard.error);
  g_assert_cmpuint (heard.lines->len, ==, G_N_ELEMENTS (lines));
  for (guint i = 0; i < heard.lines->len; i++)
    g_assert_cmpstr (g_ptr_array_index (heard.lines, i), ==, lines[i]);
  heard_clear (&heard);
}

static void
test_enough (void)
{
  const char *pieces[] = { "one\ntwo\nthree\n" };
  Heard heard = read_all (pieces, 1, 2);

  g_assert_no_error (heard.error);
  g_assert_cmpuint (heard.lines->len, ==, 2);
  heard_clear (&heard);
}

/* A program that never ends its line is not collected for ever. */
static void
test_too_long (void)
{
  g_autofree char *endless = g_strnfill (MILL_MAX_LINE_BYTES + 2, 'x');
  const char *pieces[] = { "one\n", endless };
  Heard heard = read_all (pieces, 2, 0);

  g_assert_error (heard.error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_cmpuint (heard.lines->len, ==, 1);
  heard_clear (&heard);
}

static void
test_longest (void)
{
  g_autofree char *longest = g_strnfill (MILL_MAX_LINE_BYTES - 1, 'x');
  const char *pieces[] = { longest, "\n" };
  Heard heard = read_all (pieces, 2, 0);

  g_assert_no_error (heard.error);
  g_assert_cmpuint (heard.lines->len, ==, 1);
  heard_clear (&heard);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-reader/lines", test_lines);
  g_test_add_func ("/line-reader/enough", test_enough);
  g_test_add_func ("/line-reader/too-long", test_too_long);
  g_test_add_func ("/line-reader/longest", test_longest);
  return g_test_run ();
}
