/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;
  GFileInfo *info;

  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, NULL, NULL) &&
         child != NULL) {
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      remove_folder (child);
    else
      g_file_delete (child, NULL, NULL);
  }
  g_file_delete (folder, NULL, NULL);
}

void
app_fixture_init (int *argc, char ***argv)
{
  static const char *const variables[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" };
  g_autofree char *folder = g_dir_make_tmp ("threadmill-test-XXXXXX", NULL);

  g_assert_nonnull (folder);
  g_setenv ("MILL_TEST_HOME", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    g_autofree char *path = g_build_filename (folder, variables[i], NULL);
    g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    g_setenv (variables[i], path, TRUE);
  }
  g_test_init (argc, argv, NULL);
}

int
app_fixture_run (void)
{
  int status = g_test_run ();
  g_autoptr (GFile) folder = g_file_new_for_path (g_getenv ("MILL_TEST_HOME"));

  remove_folder (folder);
  return status;
}

void
app_fixture_turn (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (1000);
}

void
app_fixture_finalize (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  app_fixture_wait_until (object == NULL);
}
