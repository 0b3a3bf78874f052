/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child that the tests of processes start: its first argument says what it does.
 */
#include "config.h"

#include "platform/mill-process.h"

/* Longer than any test: it is to be ended from outside. */
#define A_LONG_TIME_S 120

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Starts a child that sleeps, tells its number, and sleeps too. */
static int
start_another (gboolean as_helper)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *self = mill_process_self_path ();
  const char *const arguments[] = { self, "sleep", NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = as_helper
                                      ? mill_process_spawn (launcher, arguments, &error)
                                      : g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  g_print ("%s\n", g_subprocess_get_identifier (child));
  g_usleep (A_LONG_TIME_S * G_USEC_PER_SEC);
  return 1;
}

static void
echo (const char *line, gpointer data)
{
  if (line == NULL)
    g_idle_add (quit, data);
  else
    g_print ("<%s>\n", line);
}

int
main (int argc, char **argv)
{
  const char *mode = argc > 1 ? argv[1] : "";
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  mill_process_setup_helper ();
  if (g_str_equal (mode, "parent"))
    return start_another (FALSE);
  if (g_str_equal (mode, "parent-of-helper"))
    return start_another (TRUE);
  if (g_str_equal (mode, "echo")) {
    mill_process_watch_stdin (echo, loop);
  } else if (g_str_equal (mode, "interrupt")) {
    mill_process_on_interrupt (quit, loop);
    g_print ("ready\n");
  } else if (g_str_equal (mode, "sleep")) {
    g_usleep (A_LONG_TIME_S * G_USEC_PER_SEC);
  } else {
    return 2;
  }
  g_main_loop_run (loop);
  return 0;
}
