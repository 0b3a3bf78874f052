/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs every file of a corpus through a fuzz program, so that what was found once stays found
 * with any compiler, and in every run of the tests.
 */
#include "config.h"

#include <gio/gio.h>

#include "fuzz.h"

static void
replay (gconstpointer data)
{
  const char *path = data;
  g_autofree char *contents = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  /* A copy without the NUL behind it, so that reading too far is noticed. */
  g_autofree uint8_t *bytes = g_memdup2 (contents, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, length), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *folder = argc > 1 ? argv[1] : "";
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) corpus = g_dir_open (folder, 0, &error);
  const char *name;
  int n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (corpus)) != NULL) {
    g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), replay, g_free);
    n_files++;
  }
  g_assert_cmpint (n_files, >, 0);
  return g_test_run ();
}
