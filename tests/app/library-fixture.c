/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "library-fixture.h"
#include "result/mill-published.h"

static gboolean
is_idle (gpointer data)
{
  return !mill_library_is_busy (data);
}

void
library_settle (LibraryFixture *f)
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

void
library_open (LibraryFixture *f)
{
  f->library = mill_library_new (f->folder);
  g_signal_connect (f->library, "failed", G_CALLBACK (on_failed), &f->n_failed);
  g_signal_connect (f->library, "save-failed", G_CALLBACK (on_save_failed), &f->n_save_failed);
}

void
library_close (LibraryFixture *f)
{
  library_settle (f);
  g_assert_finalize_object (f->library);
  f->library = NULL;
}

void
library_reopen (LibraryFixture *f)
{
  library_close (f);
  library_open (f);
  library_settle (f);
}

void
library_set_up (LibraryFixture *f, gconstpointer data)
{
  g_auto (GStrv) published = mill_published_list ();

  f->n_published = g_strv_length (published);
  f->folder = example_folder_new ();
  library_open (f);
}

void
library_tear_down (LibraryFixture *f, gconstpointer data)
{
  library_close (f);
  example_folder_remove (f->folder);
  g_clear_object (&f->folder);
}

guint
library_n_measured (LibraryFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->library)) - f->n_published;
}

MillDocument *
library_nth (LibraryFixture *f, guint position)
{
  g_autoptr (MillDocument) document = g_list_model_get_item (G_LIST_MODEL (f->library), position);

  return document;
}

/* How many files of a kind lie in a folder. */
guint
library_n_files (GFile *folder)
{
  const char *path = g_file_peek_path (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".threadmill");
  return n;
}

void
library_write_file (LibraryFixture *f, const char *name, const char *text, gssize length)
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

const MillResult *
library_load (MillDocument *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mill_document_load_async (document, NULL, keep_result, &result);
  example_wait (is_set, &result);
  return mill_document_load_finish (document, result, error);
}

MillDocument *
library_import (LibraryFixture *f, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mill_library_import_async (f->library, file, NULL, keep_result, &result);
  example_wait (is_set, &result);
  return mill_library_import_finish (f->library, result, error);
}

void
library_export (MillDocument *document, GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mill_document_export_async (document, file, NULL, keep_result, &result);
  example_wait (is_set, &result);
  mill_document_export_finish (document, result, &error);
  g_assert_no_error (error);
}

/* Adds a result that nobody else holds. */
MillDocument *
library_add (LibraryFixture *f, const char *name)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new (name, 1));

  mill_document_release (document);
  return document;
}
