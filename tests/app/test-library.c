/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "app/mill-library.h"
#include "example-result.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-published.h"

typedef struct {
  GFile *folder;
  MillLibrary *library;
  guint n_published;
  guint n_failed;      /* signals "failed" */
  guint n_save_failed; /* and "save-failed" */
} Fixture;

static gboolean
is_idle (gpointer data)
{
  return !mill_library_is_busy (data);
}

static void
settle (Fixture *f)
{
  example_wait (is_idle, f->library);
}

static void
on_failed (MillLibrary *library, const char *heading, const GError *error, guint *n_failed)
{
  (*n_failed)++;
}

static void
on_save_failed (MillLibrary *library, MillDocument *document, const GError *error, guint *n_failed)
{
  (*n_failed)++;
}

static void
open_library (Fixture *f)
{
  f->library = mill_library_new (f->folder);
  g_signal_connect (f->library, "failed", G_CALLBACK (on_failed), &f->n_failed);
  g_signal_connect (f->library, "save-failed", G_CALLBACK (on_save_failed), &f->n_save_failed);
}

static void
close_library (Fixture *f)
{
  settle (f);
  g_assert_finalize_object (f->library);
  f->library = NULL;
}

static void
reopen (Fixture *f)
{
  close_library (f);
  open_library (f);
  settle (f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) published = mill_published_list ();

  f->n_published = g_strv_length (published);
  f->folder = example_folder_new ();
  open_library (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_library (f);
  example_folder_remove (f->folder);
  g_clear_object (&f->folder);
}

static guint
n_measured (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->library)) - f->n_published;
}

static MillDocument *
nth (Fixture *f, guint position)
{
  g_autoptr (MillDocument) document = g_list_model_get_item (G_LIST_MODEL (f->library), position);

  return document;
}

/* How many files of a kind lie in a folder. */
static guint
n_files (GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".threadmill");
  return n;
}

static void
write_file (Fixture *f, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (g_file_peek_path (f->folder), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static const MillResult *
load (MillDocument *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mill_document_load_async (document, NULL, keep_result, &result);
  example_wait (is_set, &result);
  return mill_document_load_finish (document, result, error);
}

static MillDocument *
import (Fixture *f, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mill_library_import_async (f->library, file, NULL, keep_result, &result);
  example_wait (is_set, &result);
  return mill_library_import_finish (f->library, result, error);
}

static void export(MillDocument *document, GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mill_document_export_async (document, file, NULL, keep_result, &result);
  example_wait (is_set, &result);
  mill_document_export_finish (document, result, &error);
  g_assert_no_error (error);
}

/* Adds a result that nobody else holds. */
static MillDocument *
add (Fixture *f, const char *name)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new (name, 1));

  mill_document_release (document);
  return document;
}

static void
test_published (Fixture *f, gconstpointer data)
{
  g_assert_true (mill_library_is_loading (f->library));
  settle (f);
  g_assert_false (mill_library_is_loading (f->library));
  g_assert_cmpuint (f->n_published, >, 0);
  g_assert_cmpuint (n_measured (f), ==, 0);

  MillDocument *document = nth (f, 0);
  g_assert_true (mill_document_is_published (document));
  g_assert_true (mill_document_is_shipped (document));
  g_assert_true (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_get_source (document));
  g_assert_nonnull (load (document, NULL));

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
test_add (Fixture *f, gconstpointer data)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new ("One", 1));

  g_assert_false (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_peek_result (document));
  settle (f);
  g_assert_true (mill_document_is_saved (document));
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_true (nth (f, 0) == document);
  g_assert_cmpuint (n_measured (f), ==, 1);
  g_assert_cmpstr (mill_document_get_fastest (document)->model, ==, "main-loop:80");

  mill_document_release (document);
  g_assert_null (mill_document_peek_result (document));
  const MillResult *result = load (document, NULL);
  g_assert_cmpuint (result->trials->len, ==, 10);
  mill_document_release (document);

  g_autofree char *id = g_strdup (mill_document_get_id (document));
  reopen (f);
  g_assert_cmpstr (mill_document_get_name (nth (f, 0)), ==, "One");
  g_assert_nonnull (mill_library_find (f->library, id));
  g_assert_cmpuint (mill_document_get_summary (nth (f, 0))->models->len, ==, 2);
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_rename (Fixture *f, gconstpointer data)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new ("Old", 1));
  guint n_notified = 0;

  g_signal_connect (document, "notify::name", G_CALLBACK (count_notify), &n_notified);
  /* While it is being written for the first time. */
  mill_library_rename (f->library, document, "  New name ");
  mill_library_rename (f->library, document, "New name");
  mill_library_rename (f->library, document, "   ");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (mill_document_get_name (document), ==, "New name");
  settle (f);
  g_assert_cmpstr (mill_document_peek_result (document)->name, ==, "New name");

  /* Much too long, and with characters of several bytes at the cut. */
  g_autoptr (GString) text = g_string_new ("x");
  while (text->len < 100000)
    g_string_append (text, "ü\"\n");
  mill_library_set_notes (f->library, document, text->str);
  mill_library_rename (f->library, document, text->str);
  g_signal_handlers_disconnect_by_data (document, &n_notified);

  reopen (f);
  document = nth (f, 0);
  g_assert_true (mill_document_is_readable (document));
  g_assert_true (g_utf8_validate (mill_document_get_name (document), -1, NULL));
  g_assert_true (g_str_has_prefix (mill_document_get_name (document), "xü\""));
  g_assert_cmpuint (strlen (mill_document_get_notes (document)), >, 30000);
  mill_library_set_notes (f->library, document, "For Monday");
  reopen (f);
  g_assert_cmpstr (mill_document_get_notes (nth (f, 0)), ==, "For Monday");
  const MillResult *result = load (nth (f, 0), NULL);
  g_assert_cmpstr (result->notes, ==, "For Monday");
  g_assert_cmpuint (result->trials->len, ==, 10);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_autoptr (GFile) aside = g_file_get_child (f->folder, ".deleted");

  g_ptr_array_add (documents, add (f, "One"));
  g_ptr_array_add (documents, add (f, "Two"));
  add (f, "Three");
  settle (f);
  g_assert_cmpuint (mill_library_delete (f->library, documents), ==, 2);
  g_assert_cmpuint (n_measured (f), ==, 1);
  g_assert_true (mill_library_can_undo (f->library));
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_cmpuint (n_files (aside), ==, 2);

  mill_library_undo_delete (f->library);
  g_assert_cmpuint (n_measured (f), ==, 3);
  g_assert_false (mill_library_can_undo (f->library));
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, 3);
  g_assert_nonnull (load (g_ptr_array_index (documents, 0), NULL));
  mill_document_release (g_ptr_array_index (documents, 0));

  /* For good: when the toast ends, and at the next start. */
  g_ptr_array_remove_index (documents, 1);
  mill_library_delete (f->library, documents);
  mill_library_purge (f->library);
  g_assert_false (mill_library_can_undo (f->library));
  settle (f);
  g_assert_cmpuint (n_files (aside), ==, 0);
  g_ptr_array_set_size (documents, 0);
  g_ptr_array_add (documents, nth (f, 0));
  mill_library_delete (f->library, documents);
  settle (f);
  g_assert_cmpuint (n_files (aside), ==, 1);
  reopen (f);
  g_assert_cmpuint (n_files (aside), ==, 0);
  g_assert_cmpuint (n_measured (f), ==, 1);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

/* A file that is not where it was. */
static void
test_delete_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  MillDocument *document = add (f, "One");

  settle (f);
  g_ptr_array_add (documents, document);
  mill_library_delete (f->library, documents);
  settle (f);
  g_autoptr (GFile) aside = g_file_get_child (f->folder, ".deleted");
  example_folder_remove (aside);
  mill_library_undo_delete (f->library);
  settle (f);
  g_assert_cmpuint (n_measured (f), ==, 0);
  g_assert_cmpuint (f->n_failed, ==, 1);
}

/* Deleted before it was written. */
static void
test_delete_unsaved (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();

  g_ptr_array_add (documents, add (f, "One"));
  mill_library_delete (f->library, documents);
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, 0);
  mill_library_undo_delete (f->library);
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_search (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean found;
  } cases[] = {
    { "", TRUE },           { "first", TRUE },    { "main-loop", TRUE },
    { "monday", TRUE },     { "MONDAY's", TRUE }, { "ÜBUNG", TRUE },
    { "first sync", TRUE }, { "hybrid", FALSE },  { "first hybrid", FALSE },
  };
  MillDocument *document = add (f, "First experiment");

  mill_library_set_notes (f->library, document, "For Monday's übung");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = g_utf8_casefold (cases[i].text, -1);
    g_auto (GStrv) words = g_strsplit (folded, " ", -1);

    g_assert_cmpint (mill_document_matches (document, (const char *const *) words), ==,
                     cases[i].found);
  }
}

static void
test_broken (Fixture *f, gconstpointer data)
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

  close_library (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("broken-%u.threadmill", i);

    write_file (f, name, cases[i].text, -1);
  }
  write_file (f, "binary.threadmill", "\0\1\2\377\376", 5);
  write_file (f, "other.txt", "not ours", -1);
  open_library (f);
  add (f, "Whole");
  settle (f);

  g_assert_cmpuint (n_measured (f), ==, G_N_ELEMENTS (cases) + 2);
  for (guint i = 0; i < n_measured (f); i++) {
    MillDocument *document = nth (f, i);
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
    g_assert_null (load (document, &error));
    g_assert_nonnull (error);
  }

  /* They can be deleted and brought back like others. */
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_ptr_array_add (documents, nth (f, 0));
  g_ptr_array_add (documents, nth (f, 1));
  g_assert_cmpuint (mill_library_delete (f->library, documents), ==, 2);
  mill_library_undo_delete (f->library);
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, G_N_ELEMENTS (cases) + 2);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

/* Nothing can be written: the result stays in memory. */
static void
test_full_disk (Fixture *f, gconstpointer data)
{
  close_library (f);
  g_autoptr (GFile) folder = g_steal_pointer (&f->folder);
  g_autoptr (GFile) file = g_file_get_child (folder, "not-a-folder");

  g_file_set_contents (g_file_peek_path (file), "x", 1, NULL);
  f->folder = g_file_get_child (file, "results");
  open_library (f);

  MillDocument *document = mill_library_add_result (f->library, example_result_new ("One", 1));
  settle (f);
  g_assert_cmpuint (f->n_save_failed, ==, 1);
  g_assert_false (mill_document_is_saved (document));
  g_assert_nonnull (mill_document_get_problem (document));
  g_assert_true (mill_document_is_readable (document));
  mill_document_release (document);
  g_assert_nonnull (load (document, NULL));

  /* It can be renamed, and saved elsewhere. */
  mill_library_rename (f->library, document, "Two");
  g_autoptr (GFile) elsewhere = g_file_get_child (folder, "elsewhere.threadmill");
  export(document, elsewhere);
  g_autoptr (MillResult) copy = mill_result_load (elsewhere, NULL, NULL);
  g_assert_cmpstr (copy->name, ==, "Two");

  /* There is room again. */
  g_file_delete (file, NULL, NULL);
  mill_library_save_again (f->library, document);
  settle (f);
  g_assert_true (mill_document_is_saved (document));
  g_assert_null (mill_document_get_problem (document));
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  g_assert_cmpuint (f->n_save_failed, ==, 1);

  close_library (f);
  g_clear_object (&f->folder);
  f->folder = g_steal_pointer (&folder);
  open_library (f);
}

static void
test_import_export (Fixture *f, gconstpointer data)
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
  MillDocument *document = add (f, "One");

  settle (f);
  export(document, file);
  g_assert_null (mill_document_peek_result (document));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autoptr (GFile) copy = g_file_get_child (other, formats[i].name);
    g_autofree char *text = NULL;

    export(document, copy);
    g_assert_true (g_file_get_contents (g_file_peek_path (copy), &text, NULL, NULL));
    g_assert_true (g_str_has_prefix (text, formats[i].begin));
  }

  /* It is here already. */
  g_autoptr (MillDocument) same = import (f, file, NULL);
  g_assert_true (same == document);
  g_assert_cmpuint (n_measured (f), ==, 1);

  /* Deleted for good, it comes back from the copy. */
  g_autoptr (GPtrArray) documents = g_ptr_array_new ();
  g_ptr_array_add (documents, document);
  mill_library_delete (f->library, documents);
  mill_library_purge (f->library);
  g_autoptr (MillDocument) again = import (f, file, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (n_measured (f), ==, 1);
  settle (f);
  g_assert_cmpuint (n_files (f->folder), ==, 1);

  /* What is no result is refused, and leaves nothing behind. */
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) broken = g_file_get_child (other, "a.csv");
  g_assert_null (import (f, broken, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_cmpuint (n_files (f->folder), ==, 1);
  example_folder_remove (other);
}

static void
test_thousand (Fixture *f, gconstpointer data)
{
  g_autoptr (MillResult) result = example_result_new ("Many", 1);
  double seconds = 0;

  close_library (f);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *name = g_strdup_printf ("result-%u.threadmill", i);
    g_autofree char *text = NULL;

    g_free (result->name);
    result->name = g_strdup_printf ("Result %u", i);
    g_free (result->id);
    result->id = g_uuid_string_random ();
    text = mill_result_to_text (result);
    write_file (f, name, text, -1);
  }
  g_test_timer_start ();
  open_library (f);
  settle (f);
  seconds = g_test_timer_elapsed ();
  g_assert_cmpuint (n_measured (f), ==, 1000);
  g_test_message ("1,000 documents in %.2f s", seconds);

  /* Only heads were read: far faster than reading all. */
  g_test_timer_start ();
  for (guint i = 0; i < 50; i++)
    load (nth (f, i), NULL);
  g_test_message ("50 whole ones in %.2f s", g_test_timer_elapsed ());
}

static void
test_file_name (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *file;
  } cases[] = {
    { "First experiment", "first-experiment.threadmill" },
    { "../../etc/passwd", "etc-passwd.threadmill" },
    { "CON", "result-con.threadmill" },
    { "***", "result.threadmill" },
    { "Grüße: a/b", "grusse-a-b.threadmill" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillDocument *document = add (f, cases[i].name);
    g_autofree char *file = mill_document_suggest_file_name (document, ".threadmill");

    g_assert_cmpstr (file, ==, cases[i].file);
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/library/published", test_published },
    { "/library/add", test_add },
    { "/library/rename", test_rename },
    { "/library/delete", test_delete },
    { "/library/delete-lost", test_delete_lost },
    { "/library/delete-unsaved", test_delete_unsaved },
    { "/library/search", test_search },
    { "/library/broken", test_broken },
    { "/library/full-disk", test_full_disk },
    { "/library/import-export", test_import_export },
    { "/library/thousand", test_thousand },
    { "/library/file-name", test_file_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
