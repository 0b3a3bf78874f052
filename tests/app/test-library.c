/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "library-fixture.h"
#include "result/mill-published.h"
static void
test_published (LibraryFixture *f, gconstpointer data)
{
  g_assert_true (mill_library_is_loading (f->library));
  library_settle (f);
  g_assert_false (mill_library_is_loading (f->library));
  g_assert_cmpuint (f->n_published, >, 0);
  g_assert_cmpuint (library_n_measured (f), ==, 0);

  MillDocument *document = library_nth (f, 0);
  g_assert_true (mill_document_is_published (document));
  g_assert_true (mill_document_is_shipped (document));
  g_assert_true (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_get_source (document));
  g_assert_nonnull (library_load (document, NULL));

  /* It stays as it is. */
  g_autofree char *name = g_strdup (mill_document_get_name (document));
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_ptr_array_add (documents, document);
  mill_library_rename (f->library, document, "Mine");
  mill_library_set_notes (f->library, document, "Mine");
  g_assert_cmpstr (mill_document_get_name (document), ==, name);
  g_assert_cmpuint (mill_library_delete (f->library, documents), ==, 0);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_add (LibraryFixture *f, gconstpointer data)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new ("One", 1));

  g_assert_false (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_peek_result (document));
  library_settle (f);
  g_assert_true (mill_document_is_saved (document));
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);
  g_assert_true (library_nth (f, 0) == document);
  g_assert_cmpuint (library_n_measured (f), ==, 1);
  g_assert_cmpstr (mill_document_get_fastest (document)->model, ==, "main-loop:80");

  mill_document_release (document);
  g_assert_null (mill_document_peek_result (document));
  const MillResult *result = library_load (document, NULL);
  g_assert_cmpuint (result->trials->len, ==, 10);
  mill_document_release (document);

  g_autofree char *id = g_strdup (mill_document_get_id (document));
  library_reopen (f);
  g_assert_cmpstr (mill_document_get_name (library_nth (f, 0)), ==, "One");
  g_assert_nonnull (mill_library_find (f->library, id));
  g_assert_cmpuint (mill_document_get_summary (library_nth (f, 0))->models->len, ==, 2);
}

static void
test_delete (LibraryFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GFile) aside = g_file_get_child (f->folder, ".deleted");

  g_ptr_array_add (documents, library_add (f, "One"));
  g_ptr_array_add (documents, library_add (f, "Two"));
  library_add (f, "Three");
  library_settle (f);
  g_assert_cmpuint (mill_library_delete (f->library, documents), ==, 2);
  g_assert_cmpuint (library_n_measured (f), ==, 1);
  g_assert_true (mill_library_can_undo (f->library));
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);
  g_assert_cmpuint (library_n_files (aside), ==, 2);

  mill_library_undo_delete (f->library);
  g_assert_cmpuint (library_n_measured (f), ==, 3);
  g_assert_false (mill_library_can_undo (f->library));
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, 3);
  g_assert_nonnull (library_load (g_ptr_array_index (documents, 0), NULL));
  mill_document_release (g_ptr_array_index (documents, 0));

  /* For good: when the toast ends, and at the next start. */
  g_ptr_array_remove_index (documents, 1);
  mill_library_delete (f->library, documents);
  mill_library_purge (f->library);
  g_assert_false (mill_library_can_undo (f->library));
  library_settle (f);
  g_assert_cmpuint (library_n_files (aside), ==, 0);
  g_ptr_array_set_size (documents, 0);
  g_ptr_array_add (documents, library_nth (f, 0));
  mill_library_delete (f->library, documents);
  library_settle (f);
  g_assert_cmpuint (library_n_files (aside), ==, 1);
  library_reopen (f);
  g_assert_cmpuint (library_n_files (aside), ==, 0);
  g_assert_cmpuint (library_n_measured (f), ==, 1);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

/* A file that is not where it was. */
static void
test_delete_lost (LibraryFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  MillDocument *document = library_add (f, "One");

  library_settle (f);
  g_ptr_array_add (documents, document);
  mill_library_delete (f->library, documents);
  library_settle (f);
  g_autoptr (GFile) aside = g_file_get_child (f->folder, ".deleted");
  example_folder_remove (aside);
  mill_library_undo_delete (f->library);
  library_settle (f);
  g_assert_cmpuint (library_n_measured (f), ==, 0);
  g_assert_cmpuint (f->n_failed, ==, 1);
}

/* Deleted before it was written. */
static void
test_delete_unsaved (LibraryFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();

  g_ptr_array_add (documents, library_add (f, "One"));
  mill_library_delete (f->library, documents);
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, 0);
  mill_library_undo_delete (f->library);
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_broken (LibraryFixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *reason; /* stands in the problem */
  } cases[] = {
    { "", NULL },
    { "not JSON at all", NULL },
    { "{\"format\":{\"name\":\"threadmill-result\",\"version\":99}}", "99" },
    { "{\"format\":{\"name\":\"another\",\"version\":1}}", NULL },
    { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL },
    { "{\"format\":{\"name\":\"threadmill-result\",\"version\":1},\"trials\":7}", NULL },
  };

  library_close (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("broken-%u.threadmill", i);

    library_write_file (f, name, cases[i].text, -1);
  }
  library_write_file (f, "binary.threadmill", "\0\1\2\377\376", 5);
  library_write_file (f, "other.txt", "not ours", -1);
  library_open (f);
  library_add (f, "Whole");
  library_settle (f);

  g_assert_cmpuint (library_n_measured (f), ==, G_N_ELEMENTS (cases) + 2);
  for (guint i = 0; i < library_n_measured (f); i++) {
    MillDocument *document = library_nth (f, i);
    g_autofree char *description = mill_document_describe (document);

    if (g_str_equal (mill_document_get_name (document), "Whole"))
      continue;
    g_assert_false (mill_document_is_readable (document));
    g_assert_cmpstr (description, ==, mill_document_get_problem (document));
    g_assert_cmpuint (strlen (description), >, 5);
    g_assert_null (strstr (description, g_file_peek_path (f->folder)));
    for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
      g_autofree char *name = g_strdup_printf ("broken-%u.threadmill", c);

      if (cases[c].reason != NULL && g_str_equal (mill_document_get_name (document), name))
        g_assert_nonnull (strstr (description, cases[c].reason));
    }

    g_autoptr (GError) error = NULL;
    g_assert_null (library_load (document, &error));
    g_assert_nonnull (error);
  }

  /* They can be deleted and brought back like others. */
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_ptr_array_add (documents, library_nth (f, 0));
  g_ptr_array_add (documents, library_nth (f, 1));
  g_assert_cmpuint (mill_library_delete (f->library, documents), ==, 2);
  mill_library_undo_delete (f->library);
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, G_N_ELEMENTS (cases) + 2);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

/* Nothing can be written: the result stays in memory. */
static void
test_full_disk (LibraryFixture *f, gconstpointer data)
{
  library_close (f);
  g_autoptr (GFile) folder = g_steal_pointer (&f->folder);
  g_autoptr (GFile) file = g_file_get_child (folder, "not-a-folder");

  g_file_set_contents (g_file_peek_path (file), "x", 1, NULL);
  f->folder = g_file_get_child (file, "results");
  library_open (f);

  MillDocument *document = mill_library_add_result (f->library, example_result_new ("One", 1));
  library_settle (f);
  g_assert_cmpuint (f->n_save_failed, ==, 1);
  g_assert_false (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_get_problem (document));
  g_assert_true (mill_document_is_readable (document));
  mill_document_release (document);
  g_assert_nonnull (library_load (document, NULL));

  /* It can be renamed, and saved elsewhere. */
  mill_library_rename (f->library, document, "Two");
  g_autoptr (GFile) elsewhere = g_file_get_child (folder, "elsewhere.threadmill");
  library_export (document, elsewhere);
  g_autoptr (MillResult) copy = mill_result_load (elsewhere, NULL, NULL);
  g_assert_cmpstr (copy->name, ==, "Two");

  /* There is room again. */
  g_file_delete (file, NULL, NULL);
  mill_library_save_again (f->library, document);
  library_settle (f);
  g_assert_true (mill_document_is_saved (document));
  g_assert_null (mill_document_get_problem (document));
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);
  g_assert_cmpuint (f->n_save_failed, ==, 1);

  library_close (f);
  g_clear_object (&f->folder);
  f->folder = g_steal_pointer (&folder);
  library_open (f);
}

static void
test_import_export (LibraryFixture *f, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *begin;
  } formats[] = {
    { "a.csv", "model," },
    { "a.md", "#" },
    { "a.html", "<!" },
    { "a.json", "{" },
  };
  g_autoptr (GFile) other = example_folder_new ();
  g_autoptr (GFile) file = g_file_get_child (other, "copy.threadmill");
  MillDocument *document = library_add (f, "One");

  library_settle (f);
  library_export (document, file);
  g_assert_null (mill_document_peek_result (document));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GFile) copy = g_file_get_child (other, formats[i].name);
    g_autofree char *text = NULL;

    library_export (document, copy);
    g_assert_true (g_file_get_contents (g_file_peek_path (copy), &text, NULL, NULL));
    g_assert_true (g_str_has_prefix (text, formats[i].begin));
  }

  /* It is here already. */
  g_autoptr (MillDocument) same = library_import (f, file, NULL);
  g_assert_true (same == document);
  g_assert_cmpuint (library_n_measured (f), ==, 1);

  /* Deleted for good, it comes back from the copy. */
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_ptr_array_add (documents, document);
  mill_library_delete (f->library, documents);
  mill_library_purge (f->library);
  g_autoptr (MillDocument) again = library_import (f, file, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (library_n_measured (f), ==, 1);
  library_settle (f);
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);

  /* What is no result is refused, and leaves nothing behind. */
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) broken = g_file_get_child (other, "a.csv");
  g_assert_null (library_import (f, broken, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_cmpuint (library_n_files (f->folder), ==, 1);
  example_folder_remove (other);
}

static void
test_thousand (LibraryFixture *f, gconstpointer data)
{
  g_autoptr (MillResult) result = example_result_new ("Many", 1);
  double seconds = 0;

  library_close (f);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("result-%u.threadmill", i);
    g_autofree char *text = NULL;

    g_free (result->name);
    result->name = g_strdup_printf ("Result %u", i);
    g_free (result->id);
    result->id = g_uuid_string_random ();
    text = mill_result_to_text (result);
    library_write_file (f, name, text, -1);
  }
  g_test_timer_start ();
  library_open (f);
  library_settle (f);
  seconds = g_test_timer_elapsed ();
  g_assert_cmpuint (library_n_measured (f), ==, 1000);
  g_test_message ("1,000 documents in %.2f s", seconds);

  /* Only heads were read: far faster than reading all. */
  g_test_timer_start ();
  for (guint i = 0; i < 50; i++)
    library_load (library_nth (f, i), NULL);
  g_test_message ("50 whole ones in %.2f s", g_test_timer_elapsed ());
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (LibraryFixture *, gconstpointer);
  } tests[] = {
    { "/library/published", test_published },
    { "/library/add", test_add },
    { "/library/delete", test_delete },
    { "/library/delete-lost", test_delete_lost },
    { "/library/delete-unsaved", test_delete_unsaved },
    { "/library/broken", test_broken },
    { "/library/full-disk", test_full_disk },
    { "/library/import-export", test_import_export },
    { "/library/thousand", test_thousand },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, LibraryFixture, NULL, library_set_up, tests[i].test,
                library_tear_down);
  return g_test_run ();
}
