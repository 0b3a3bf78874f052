/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "platform/mill-folder.h"
#include "platform/mill-process.h"

void
call_free (Call *call)
{
  g_free (call->out);
  g_free (call->err);
  g_free (call);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->program = mill_process_find_helper ("threadmill-cli", &error);
  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("threadmill-test-XXXXXX", &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  mill_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->program);
}

Call *
call_v (Fixture *fixture, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Call *call = g_new0 (Call, 1);

  g_ptr_array_add (argv, fixture->program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) argv->pdata,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &call->out, &call->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  call->status = g_subprocess_get_exit_status (process);
  return call;
}

void
assert_status (const Call *call, int status)
{
  if (call->status != status)
    g_test_message ("out: %s\nerr: %s", call->out, call->err);
  g_assert_cmpint (call->status, ==, status);
}

void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

char *
in_folder (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = in_folder (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}
