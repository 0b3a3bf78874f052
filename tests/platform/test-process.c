/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Helper programs: found, started, interrupted, ended with all that they started.
 */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "platform/mill-folder.h"
#include "platform/mill-process.h"

#ifdef G_OS_WIN32
#define SUFFIX ".exe"
#else
#define SUFFIX ""
#endif

typedef struct {
  GSubprocess *process;
  GDataInputStream *lines;
} Child;

static void
start (Child *child, const char *mode)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_test_build_filename (G_TEST_BUILT, "platform", "process-child" SUFFIX, NULL);
  const char *const arguments[] = { path, mode, NULL };
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  child->process = mill_process_spawn (launcher, arguments, &error);
  g_assert_no_error (error);
  child->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child->process));
}

static char *
read_line (Child *child)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (child->lines, NULL, NULL, &error);
  g_assert_no_error (error);
  return line;
}

static void
finish (Child *child)
{
  g_autoptr (GError) error = NULL;
  g_subprocess_wait (child->process, NULL, &error);
  g_assert_no_error (error);
}

static void
child_clear (Child *child)
{
  g_clear_object (&child->lines);
  g_clear_object (&child->process);
}

/* An orphan is reaped by the system's first process, which may take a moment. */
static gboolean
is_gone_within (gint64 id, double seconds)
{
  gint64 end_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  while (g_get_monotonic_time () < end_us) {
    g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", id);
    g_autofree char *stat = NULL;
    if (!mill_process_is_alive (id))
      return TRUE;
    if (g_file_get_contents (path, &stat, NULL, NULL) && strstr (stat, ") Z ") != NULL)
      return TRUE;
    g_usleep (5000);
  }
  return FALSE;
}

static void
test_self (void)
{
  g_autofree char *path = mill_process_self_path ();
  g_autofree char *name = g_path_get_basename (path);
  g_assert_true (g_path_is_absolute (path));
  g_assert_cmpstr (name, ==, "test-process" SUFFIX);
  g_assert_true (mill_process_is_alive (mill_process_id ()));
}

static void
test_helpers_are_found_in_the_build_tree (void)
{
  const char *names[] = { "threadmill-worker", "threadmill-server" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = mill_process_find_helper (names[i], &error);
    g_assert_no_error (error);
    g_assert_true (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE));
    g_autofree char *file = g_strconcat (names[i], SUFFIX, NULL);
    g_assert_true (g_str_has_suffix (path, file));
  }
#ifdef HAVE_EPOLL_LOOP
  g_autoptr (GError) error = NULL;
  g_autofree char *module = mill_process_find_module ("threadmill-epoll-loop", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (module, G_FILE_TEST_IS_REGULAR));
#endif
}

static void
test_a_missing_helper_is_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) module_error = NULL;
  g_assert_null (mill_process_find_module ("threadmill-nonsense", &module_error));
  g_assert_error (module_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (mill_process_find_helper ("threadmill-nonsense", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "threadmill-nonsense"));
  g_clear_error (&error);
  g_assert_null (mill_process_find_data ("no/such/file", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Copies a program; the copy may run. */
static void
copy_program (const char *from, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
find_from (const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  const char *const arguments[] = { program, "--find", NULL };
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_strchomp (output));
}

/* A copy of this program, called with --find, says which worker it would take. */
static void
test_helpers_are_found_where_they_are_installed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *self = mill_process_self_path ();
  g_autofree char *folder = g_dir_make_tmp ("threadmill-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *bin = g_build_filename (folder, "bin", NULL);
  g_autofree char *libexec = g_build_filename (folder, MILL_LIBEXECDIR, NULL);
  g_autofree char *program = g_build_filename (bin, "program" SUFFIX, NULL);
  g_assert_cmpint (g_mkdir_with_parents (bin, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (libexec, 0700), ==, 0);
  copy_program (self, bin, "program" SUFFIX);
  {
    g_autofree char *found = find_from (program);
    g_assert_cmpstr (found, ==, "");
  }
  copy_program (self, libexec, "threadmill-worker" SUFFIX);
  {
    g_autofree char *found = find_from (program);
    g_autofree char *expected = g_build_filename (libexec, "threadmill-worker" SUFFIX, NULL);
    g_assert_cmpstr (found, ==, expected);
  }
  copy_program (self, bin, "threadmill-worker" SUFFIX);
  {
    g_autofree char *found = find_from (program);
    g_autofree char *expected = g_build_filename (bin, "threadmill-worker" SUFFIX, NULL);
    g_assert_cmpstr (found, ==, expected);
  }
  mill_folder_remove (folder);
}

static void
test_kill_tree_ends_grandchildren (gconstpointer mode)
{
  Child child = { 0 };
  start (&child, mode);
  g_autofree char *line = read_line (&child);
  gint64 grandchild = g_ascii_strtoll (line, NULL, 10);
  g_assert_true (mill_process_is_alive (grandchild));
  mill_process_kill_tree (child.process);
  finish (&child);
  g_assert_true (is_gone_within (grandchild, 2));
  /* It does nothing a second time. */
  mill_process_kill_tree (child.process);
  child_clear (&child);
}

static void
test_a_helper_dies_with_its_parent (void)
{
  Child child = { 0 };
  start (&child, "parent-of-helper");
  g_autofree char *line = read_line (&child);
  gint64 grandchild = g_ascii_strtoll (line, NULL, 10);
  g_assert_true (mill_process_is_alive (grandchild));
  /* Only the parent is killed, as by the system when memory runs out. */
  g_subprocess_force_exit (child.process);
  finish (&child);
  g_assert_true (is_gone_within (grandchild, 2));
  child_clear (&child);
}

#ifndef G_OS_WIN32
static void
test_interrupt (void)
{
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++) {
    Child child = { 0 };
    start (&child, "interrupt");
    g_autofree char *line = read_line (&child);
    g_assert_cmpstr (line, ==, "ready");
    g_subprocess_send_signal (child.process, signals[i]);
    finish (&child);
    g_assert_true (g_subprocess_get_successful (child.process));
    child_clear (&child);
  }
}
#endif

static void
test_standard_input (void)
{
  Child child = { 0 };
  static const char text[] = "one\n\nthree, without an end";
  start (&child, "echo");
  GOutputStream *input = g_subprocess_get_stdin_pipe (child.process);
  g_output_stream_write_all (input, text, strlen (text), NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  const char *expected[] = { "<one>", "<>", "<three, without an end>", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *line = read_line (&child);
    g_assert_cmpstr (line, ==, expected[i]);
  }
  finish (&child);
  g_assert_true (g_subprocess_get_successful (child.process));
  child_clear (&child);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--find")) {
    g_autofree char *path = mill_process_find_helper ("threadmill-worker", NULL);
    g_print ("%s\n", path == NULL ? "" : path);
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/process/self", test_self);
  g_test_add_func ("/platform/process/find/built", test_helpers_are_found_in_the_build_tree);
  g_test_add_func ("/platform/process/find/missing", test_a_missing_helper_is_named);
  g_test_add_func ("/platform/process/find/installed",
                   test_helpers_are_found_where_they_are_installed);
  g_test_add_data_func ("/platform/process/kill-tree/group", "parent",
                        test_kill_tree_ends_grandchildren);
  g_test_add_data_func ("/platform/process/kill-tree/helper", "parent-of-helper",
                        test_kill_tree_ends_grandchildren);
  g_test_add_func ("/platform/process/orphan", test_a_helper_dies_with_its_parent);
#ifndef G_OS_WIN32 /* where there are no signals; what Ctrl+C does is seen by tests/windows */
  g_test_add_func ("/platform/process/interrupt", test_interrupt);
#endif
  g_test_add_func ("/platform/process/standard-input", test_standard_input);
  return g_test_run ();
}
