/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-document-private.h"
#include "app/mill-document-summary.h"
#include "app/mill-document-text.h"
#include "app/mill-library-store.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

#define ASIDE ".deleted"
#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE                                \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED

void
mill_store_entry_free (gpointer data)
{
  MillStoreEntry *entry = data;

  g_object_unref (entry->file);
  mill_result_summary_free (entry->summary);
  g_clear_error (&entry->error);
  g_free (entry);
}

/* Whether it is one of ours to look at: a pipe of that name would never end. */
static gboolean
is_document (GFileInfo *info)
{
  return g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
         g_str_has_suffix (g_file_info_get_name (info), MILL_DOCUMENT_SUFFIX);
}

GPtrArray *
mill_store_list (GFile *folder, GCancellable *cancellable)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (mill_store_entry_free);
  g_autoptr (GFileEnumerator) files =
      g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, cancellable, NULL) &&
         info != NULL) {
    MillStoreEntry *entry;

    if (!is_document (info))
      continue;
    entry = g_new0 (MillStoreEntry, 1);
    entry->file = g_object_ref (file);
    entry->changed_s =
        (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
    entry->summary = mill_result_load_summary (file, cancellable, &entry->error);
    g_ptr_array_add (entries, entry);
  }
  return entries;
}

static gboolean
make_folder (GFile *folder, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = NULL;

  if (g_file_make_directory_with_parents (folder, NULL, &reason) ||
      g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    return TRUE;
  name = mill_file_describe (folder);
  g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED, _ ("The folder %s cannot be made: %s"), name,
               reason->message);
  return FALSE;
}

/* "first-experiment-20261121-220600-1f3a9c02.threadmill" */
static GFile *
new_file (GFile *folder, const char *name)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "-%Y%m%d-%H%M%S");
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *end = g_strdup_printf ("%s-%.8s" MILL_DOCUMENT_SUFFIX, time, uuid);
  g_autofree char *base = mill_document_text_file_name (name != NULL ? name : "", end);

  return g_file_get_child (folder, base);
}

GFile *
mill_store_save (GFile *folder, const MillResult *result, GError **error)
{
  g_autoptr (GFile) file = new_file (folder, result->name);

  if (!make_folder (folder, error) || !mill_result_save (result, file, NULL, error))
    return NULL;
  return g_steal_pointer (&file);
}

gboolean
mill_store_set_text (GFile *file, const char *name, const char *notes, GError **error)
{
  g_autoptr (MillResult) result = mill_result_load (file, NULL, error);

  if (result == NULL)
    return FALSE;
  g_free (result->name);
  result->name = g_strdup (name);
  g_free (result->notes);
  result->notes = g_strdup (notes);
  return mill_result_save (result, file, NULL, error);
}

GFile *
mill_store_import (GFile *folder,
                   GFile *source,
                   MillResultSummary **summary,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (MillResult) result = mill_result_load (source, cancellable, error);
  g_autoptr (GBytes) bytes =
      result != NULL ? mill_file_read (source, MILL_MAX_DOCUMENT_BYTES, cancellable, error) : NULL;
  g_autoptr (GFile) file = NULL;

  if (bytes == NULL || !make_folder (folder, error))
    return NULL;
  file = new_file (folder, result->name);
  if (!mill_file_write (file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                        cancellable, error))
    return NULL;
  *summary = mill_document_summary_new (result);
  return g_steal_pointer (&file);
}

/* Where a file waits; its folder is made. */
static GFile *
aside_of (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) aside = g_file_get_child (folder, ASIDE);
  g_autofree char *base = g_file_get_basename (file);

  g_file_make_directory (aside, NULL, NULL);
  return g_file_get_child (aside, base);
}

gboolean
mill_store_set_aside (GFile *file, GError **error)
{
  g_autoptr (GFile) aside = aside_of (file);

  return g_file_move (file, aside, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}

gboolean
mill_store_bring_back (GFile *file, GError **error)
{
  g_autoptr (GFile) aside = aside_of (file);

  return g_file_move (aside, file, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
}

void
mill_store_empty_aside (GFile *folder)
{
  g_autoptr (GFile) aside = g_file_get_child (folder, ASIDE);
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      aside, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, NULL) &&
         info != NULL) {
    if (g_str_has_suffix (g_file_info_get_name (info), MILL_DOCUMENT_SUFFIX))
      g_file_delete (file, NULL, NULL);
  }
  g_clear_object (&files);
  g_file_delete (aside, NULL, NULL);
}
