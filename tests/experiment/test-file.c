/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

typedef struct {
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mill-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a document.json", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

/* Also shows that no temporary file stays: then the folder could not be removed. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_holds (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_autofree char *given =
      g_build_filename (g_get_user_runtime_dir (), "doc", "1a2b3c4d", "lésson.json", NULL);
  g_autofree char *own = g_build_filename (g_get_user_runtime_dir (), "docs", "lésson.json", NULL);
  const char *const expected[][2] = { { given, "lésson.json" }, { own, own } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GFile) file = g_file_new_for_path (expected[i][0]);
    g_autofree char *name = mill_file_describe (file);
    g_assert_cmpstr (name, ==, expected[i][1]);
  }
}

static gboolean
obeys_permissions (const char *folder)
{
  /* A superuser may write anywhere. */
  return g_access (folder, 2) != 0;
}

static void
test_write_and_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf before;
  GStatBuf after;

  g_assert_true (mill_file_write (fixture->file, "one", -1, NULL, &error));
  assert_holds (fixture->path, "one");
  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  g_assert_cmpint (g_stat (fixture->path, &before), ==, 0);
  g_assert_true (mill_file_write (fixture->file, "two and more", 3, NULL, &error));
  assert_holds (fixture->path, "two");
  g_assert_cmpint (g_stat (fixture->path, &after), ==, 0);
  g_assert_cmpuint (before.st_mode, ==, after.st_mode);
  g_assert_no_error (error);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) read_error = NULL;

  g_assert_false (mill_file_write (folder, "x", -1, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "folder"));
  g_assert_null (mill_file_read (folder, 10, NULL, &read_error));
  g_assert_error (read_error, MILL_ERROR, MILL_ERROR_USAGE);
}

static void
test_missing_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (fixture->file, "../nowhere/x");
  g_autoptr (GError) error = NULL;

  g_assert_false (mill_file_write (file, "x", -1, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "nowhere"));
}

static void
test_folder_without_permission (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mill_file_write (fixture->file, "old", -1, NULL, NULL));
  g_chmod (fixture->folder, 0500);
  if (!obeys_permissions (fixture->folder)) {
    g_chmod (fixture->folder, 0700);
    g_test_skip ("this user may write into any folder");
    return;
  }
  g_assert_false (mill_file_write (fixture->file, "new", -1, NULL, &error));
  g_chmod (fixture->folder, 0700);
  g_assert_error (error, MILL_ERROR, MILL_ERROR_FAILED);
  assert_holds (fixture->path, "old");
}

static void
test_full_device (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/full");
  g_autoptr (GError) error = NULL;

  if (!g_file_query_exists (device, NULL)) {
    g_test_skip ("there is no /dev/full here");
    return;
  }
  g_assert_false (mill_file_write (device, "x", -1, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "full"));
  /* It was written to, not replaced. */
  g_assert_cmpint (g_file_query_file_type (device, G_FILE_QUERY_INFO_NONE, NULL), ==,
                   G_FILE_TYPE_SPECIAL);
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr (GFile) link = g_file_new_for_path (link_path);
  g_autoptr (GError) error = NULL;

  g_assert_true (mill_file_write (fixture->file, "old", -1, NULL, NULL));
  if (!g_file_make_symbolic_link (link, "a document.json", NULL, NULL)) {
    g_test_skip ("symbolic links cannot be made here");
    return;
  }
  g_assert_true (mill_file_write (link, "new", -1, NULL, &error));
  assert_holds (fixture->path, "new");
  g_assert_cmpint (g_file_query_file_type (link, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL), ==,
                   G_FILE_TYPE_SYMBOLIC_LINK);
  g_remove (link_path);
}

static void
test_link_to_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_make_symbolic_link (fixture->file, "a document.json", NULL, NULL)) {
    g_test_skip ("symbolic links cannot be made here");
    return;
  }
  g_assert_null (mill_file_read (fixture->file, 10, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (mill_file_write (fixture->file, "old", -1, NULL, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (mill_file_write (fixture->file, "new", -1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_holds (fixture->path, "old");
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) missing_error = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (mill_file_read (fixture->file, 10, NULL, &missing_error));
  g_assert_error (missing_error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (missing_error->message, "no such file"));
  g_assert_true (mill_file_write (fixture->file, "0123456789", -1, NULL, NULL));
  bytes = mill_file_read (fixture->file, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 10);
  g_assert_null (mill_file_read (fixture->file, 9, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
}

static void
test_read_without_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GError) error = NULL;

  if (!g_file_query_exists (device, NULL)) {
    g_test_skip ("there is no /dev/zero here");
    return;
  }
  g_assert_null (mill_json_load (device, 1000000, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
}

static void
test_json_save_and_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = mill_json_parse ("{\"rows\":[{\"a\":1,\"b\":2},{\"a\":3}],"
                                               "\"figures\":[1,2.5],\"none\":{},\"deep\":{\"x\":"
                                               "\"y\"}}",
                                               -1, "here", NULL);
  g_autoptr (JsonNode) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mill_json_save (node, fixture->file, NULL, &error));
  assert_holds (fixture->path, "{\n"
                               "  \"rows\": [\n"
                               "    {\"a\":1,\"b\":2},\n"
                               "    {\"a\":3}\n"
                               "  ],\n"
                               "  \"figures\": [1,2.5],\n"
                               "  \"none\": {},\n"
                               "  \"deep\": {\n"
                               "    \"x\": \"y\"\n"
                               "  }\n"
                               "}\n");
  loaded = mill_json_load (fixture->file, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, loaded));
  g_assert_true (mill_file_write (fixture->file, "{\n\n oops", -1, NULL, NULL));
  g_assert_null (mill_json_load (fixture->file, 1000, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a document.json, line 3, column 2: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("write-and-replace", test_write_and_replace);
  ADD ("folder", test_folder);
  ADD ("missing-folder", test_missing_folder);
  ADD ("folder-without-permission", test_folder_without_permission);
  ADD ("full-device", test_full_device);
  ADD ("link", test_link);
  ADD ("link-to-itself", test_link_to_itself);
  ADD ("cancelled", test_cancelled);
  ADD ("read", test_read);
  ADD ("read-without-end", test_read_without_end);
  ADD ("json-save-and-load", test_json_save_and_load);
#undef ADD
  g_test_add_func ("/file/describe-from-portal", test_describe);
  return g_test_run ();
}
