/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-document-private.h"
#include "app/mill-library-private.h"
#include "app/mill-library-store.h"

MillDocument *
mill_library_find (MillLibrary *library, const char *id)
{
  GListModel *model = G_LIST_MODEL (library);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (model, i);

    if (g_str_equal (mill_document_get_id (document), id))
      return document;
  }
  return NULL;
}

/* A document that was read and copied on the thread. */
typedef struct {
  GFile *source;
  GFile *folder;
  GFile *copy;
  MillResultSummary *summary;
  GHashTable *known; /* ids */
  char *found;       /* the id of one that is there already */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->source);
  g_object_unref (import->folder);
  g_clear_object (&import->copy);
  mill_result_summary_free (import->summary);
  g_hash_table_unref (import->known);
  g_free (import->found);
  g_free (import);
}

static void
import_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Import *import = data;
  GError *error = NULL;
  g_autoptr (MillResultSummary) seen =
      mill_result_load_summary (import->source, cancellable, &error);

  if (seen == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (seen->id != NULL && g_hash_table_contains (import->known, seen->id)) {
    import->found = g_strdup (seen->id);
    g_task_return_boolean (task, TRUE);
    return;
  }
  import->copy =
      mill_store_import (import->folder, import->source, &import->summary, cancellable, &error);
  if (import->copy != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GHashTable *
known_ids (MillLibrary *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *model = G_LIST_MODEL (self);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (model, i);

    if (mill_document_is_readable (document))
      g_hash_table_add (ids, g_strdup (mill_document_get_id (document)));
  }
  return ids;
}

static void
on_imported (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  g_autoptr (GTask) task = data;
  Import *import = g_task_get_task_data (G_TASK (async_result));
  GError *error = NULL;
  MillDocument *document = NULL;

  mill_library_end_task (self);
  if (!g_task_propagate_boolean (G_TASK (async_result), &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (import->found != NULL)
    document = mill_library_find (self, import->found);
  if (document != NULL) {
    g_object_ref (document);
  } else if (import->copy != NULL) {
    document = mill_document_new_from_file (mill_library_get_queue (self), import->copy,
                                            g_steal_pointer (&import->summary));
    mill_library_insert (self, document);
  } else {
    /* It was deleted while the file was being read: it is still in the folder of those. */
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s",
                             _ ("It was deleted a moment ago. Undo that, or open it again."));
    return;
  }
  g_task_return_pointer (task, document, g_object_unref);
}

void
mill_library_import_async (MillLibrary *library,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (library, cancellable, callback, data);
  Import *import = g_new0 (Import, 1);

  import->source = g_object_ref (file);
  import->folder = g_object_ref (mill_library_get_folder (library));
  import->known = known_ids (library);
  mill_library_begin_task (library, import_in_thread, import, import_free, on_imported, task);
}

MillDocument *
mill_library_import_finish (MillLibrary *library, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
