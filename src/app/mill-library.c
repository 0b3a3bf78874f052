/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-document-private.h"
#include "app/mill-library-private.h"
#include "app/mill-library-store.h"
#include "app/mill-library.h"
#include "result/mill-published.h"

struct _MillLibrary {
  GObject parent_instance;

  GFile *folder;
  MillFileQueue *queue;
  GListStore *documents;
  GPtrArray *deleted; /* those that can come back */
  GCancellable *cancellable;
  gboolean loading;
  guint n_tasks;
};

enum { PROP_0, PROP_LOADING, N_PROPERTIES };
enum { SAVE_FAILED, FAILED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static GType
library_get_item_type (GListModel *model)
{
  return MILL_TYPE_DOCUMENT;
}

static guint
library_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (MILL_LIBRARY (model)->documents));
}

static gpointer
library_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MILL_LIBRARY (model)->documents), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = library_get_item_type;
  iface->get_n_items = library_get_n_items;
  iface->get_item = library_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MillLibrary,
                               mill_library,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
mill_library_dispose (GObject *object)
{
  MillLibrary *self = MILL_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (mill_library_parent_class)->dispose (object);
}

static void
mill_library_finalize (GObject *object)
{
  MillLibrary *self = MILL_LIBRARY (object);

  g_clear_object (&self->documents);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  g_clear_pointer (&self->queue, mill_file_queue_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (mill_library_parent_class)->finalize (object);
}

static void
mill_library_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADING)
    g_value_set_boolean (value, MILL_LIBRARY (object)->loading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mill_library_class_init (MillLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mill_library_dispose;
  object_class->finalize = mill_library_finalize;
  object_class->get_property = mill_library_get_property;
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SAVE_FAILED] =
      g_signal_new ("save-failed", MILL_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, MILL_TYPE_DOCUMENT, G_TYPE_ERROR);
  signals[FAILED] = g_signal_new ("failed", MILL_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
on_items_changed (MillLibrary *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
mill_library_init (MillLibrary *self)
{
  self->queue = mill_file_queue_new ();
  self->documents = g_list_store_new (MILL_TYPE_DOCUMENT);
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->documents, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
}

void
mill_library_begin_task (MillLibrary *self,
                         GTaskThreadFunc func,
                         gpointer data,
                         GDestroyNotify free_data,
                         GAsyncReadyCallback callback,
                         gpointer callback_data)
{
  GTask *task = g_task_new (self, NULL, callback, callback_data);

  self->n_tasks++;
  g_task_set_task_data (task, data, free_data);
  mill_file_queue_push (self->queue, task, func);
}

void
mill_library_end_task (MillLibrary *self)
{
  self->n_tasks--;
}

static void
fail (MillLibrary *self, const char *heading, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, heading, error);
}

void
mill_library_insert (MillLibrary *self, MillDocument *document)
{
  g_list_store_insert_sorted (self->documents, document, mill_document_compare, NULL);
}

static gboolean
take_out (MillLibrary *self, MillDocument *document)
{
  guint position;

  if (!g_list_store_find (self->documents, document, &position))
    return FALSE;
  g_list_store_remove (self->documents, position);
  return TRUE;
}

/* What the folder and the program hold, as read on the thread. */
typedef struct {
  GPtrArray *entries;
  GPtrArray *published; /* MillResult, given to documents */
} Contents;

static void
contents_free (gpointer data)
{
  Contents *contents = data;

  g_ptr_array_unref (contents->entries);
  g_ptr_array_unref (contents->published);
  g_free (contents);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Contents *contents = g_new0 (Contents, 1);
  g_auto (GStrv) ids = mill_published_list ();

  mill_store_empty_aside (G_FILE (data));
  contents->entries = mill_store_list (G_FILE (data), cancellable);
  contents->published = g_ptr_array_new ();
  for (guint i = 0; ids[i] != NULL; i++) {
    MillResult *result = mill_published_load (ids[i], NULL);

    if (result != NULL)
      g_ptr_array_add (contents->published, result);
  }
  g_task_return_pointer (task, contents, contents_free);
}

static MillDocument *
document_from_entry (MillLibrary *self, MillStoreEntry *entry)
{
  if (entry->summary == NULL)
    return mill_document_new_unreadable (self->queue, entry->file, entry->changed_s, entry->error);
  return mill_document_new_from_file (self->queue, entry->file, g_steal_pointer (&entry->summary));
}

static int
compare_in_array (gconstpointer a, gconstpointer b)
{
  return mill_document_compare (*(MillDocument *const *) a, *(MillDocument *const *) b, NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  Contents *contents = g_task_propagate_pointer (G_TASK (async_result), NULL);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < contents->entries->len; i++)
    g_ptr_array_add (documents,
                     document_from_entry (self, g_ptr_array_index (contents->entries, i)));
  for (guint i = 0; i < contents->published->len; i++)
    g_ptr_array_add (documents, mill_document_new_from_result (
                                    self->queue, g_ptr_array_index (contents->published, i)));
  /* What was added meanwhile. */
  for (guint i = 0; i < n_before; i++)
    g_ptr_array_add (documents, g_list_model_get_item (G_LIST_MODEL (self), i));
  g_ptr_array_sort (documents, compare_in_array);
  g_list_store_splice (self->documents, 0, n_before, documents->pdata, documents->len);
  contents_free (contents);

  self->loading = FALSE;
  mill_library_end_task (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

MillLibrary *
mill_library_new (GFile *folder)
{
  MillLibrary *self = g_object_new (MILL_TYPE_LIBRARY, NULL);

  if (folder != NULL) {
    self->folder = g_object_ref (folder);
  } else {
    g_autofree char *path =
        g_build_filename (g_get_user_data_dir (), "threadmill", "results", NULL);
    self->folder = g_file_new_for_path (path);
  }
  self->loading = TRUE;
  mill_library_begin_task (self, load_in_thread, g_object_ref (self->folder), g_object_unref,
                           on_loaded, NULL);
  return self;
}

GFile *
mill_library_get_folder (MillLibrary *library)
{
  return library->folder;
}

gboolean
mill_library_is_loading (MillLibrary *library)
{
  return library->loading;
}

gboolean
mill_library_is_busy (MillLibrary *library)
{
  return library->n_tasks > 0;
}

MillFileQueue *
mill_library_get_queue (MillLibrary *library)
{
  return library->queue;
}

void
mill_library_flush (MillLibrary *library)
{
  mill_file_queue_wait (library->queue);
}

/* Files of documents that are not in the list any more. */
static void
set_aside_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (mill_store_set_aside (G_FILE (data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_set_aside (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  g_autoptr (MillDocument) document = data;
  g_autoptr (GError) error = NULL;

  mill_library_end_task (self);
  if (g_task_propagate_boolean (G_TASK (async_result), &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;
  if (g_ptr_array_find (self->deleted, document, NULL)) {
    mill_library_insert (self, document);
    g_ptr_array_remove (self->deleted, document);
  }
  fail (self, _ ("Not deleted"), error);
}

static void
set_aside (MillLibrary *self, MillDocument *document)
{
  GFile *file = mill_document_get_file (document);

  if (file != NULL)
    mill_library_begin_task (self, set_aside_in_thread, g_object_ref (file), g_object_unref,
                             on_set_aside, g_object_ref (document));
}

static void
empty_aside_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  mill_store_empty_aside (G_FILE (data));
  g_task_return_boolean (task, TRUE);
}

static void
on_emptied (GObject *source, GAsyncResult *async_result, gpointer data)
{
  mill_library_end_task (MILL_LIBRARY (source));
}

/* What is written on the thread. */
typedef struct {
  GFile *place; /* the folder, or the file */
  const MillResult *result;
  char *name;
  char *notes;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->place);
  g_free (writing->name);
  g_free (writing->notes);
  g_free (writing);
}

static void
set_text_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError *error = NULL;

  if (mill_store_set_text (writing->place, writing->name, writing->notes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_text_set (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  g_autoptr (GError) error = NULL;

  mill_library_end_task (self);
  if (!g_task_propagate_boolean (G_TASK (async_result), &error))
    fail (self, _ ("The change is not saved"), error);
}

static void
write_text (MillLibrary *self, MillDocument *document)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->place = g_object_ref (mill_document_get_file (document));
  writing->name = g_strdup (mill_document_get_name (document));
  writing->notes = g_strdup (mill_document_get_notes (document));
  mill_library_begin_task (self, set_text_in_thread, writing, writing_free, on_text_set, NULL);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError *error = NULL;
  GFile *file = mill_store_save (writing->place, writing->result, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* A document has its file; what was done to it meanwhile is done to the file now. */
static void
catch_up (MillLibrary *self, MillDocument *document, const Writing *written)
{
  if (!g_list_store_find (self->documents, document, NULL)) {
    set_aside (self, document);
  } else if (!g_str_equal (written->name, mill_document_get_name (document)) ||
             !g_str_equal (written->notes, mill_document_get_notes (document))) {
    write_text (self, document);
  }
}

static void
on_saved (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  g_autoptr (MillDocument) document = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (async_result), &error);

  mill_library_end_task (self);
  if (file != NULL) {
    mill_document_set_problem (document, NULL);
    mill_document_set_file (document, file);
    mill_document_end_writing (document);
    catch_up (self, document, g_task_get_task_data (G_TASK (async_result)));
    return;
  }
  g_autofree char *problem = g_strdup_printf (_ ("Not saved: %s"), error->message);
  mill_document_end_writing (document);
  mill_document_set_problem (document, problem);
  g_signal_emit (self, signals[SAVE_FAILED], 0, document, error);
}

static void
save (MillLibrary *self, MillDocument *document)
{
  Writing *writing = g_new0 (Writing, 1);

  mill_document_begin_writing (document);
  writing->place = g_object_ref (self->folder);
  writing->result = mill_document_peek_result (document);
  writing->name = g_strdup (mill_document_get_name (document));
  writing->notes = g_strdup (mill_document_get_notes (document));
  mill_library_begin_task (self, save_in_thread, writing, writing_free, on_saved,
                           g_object_ref (document));
}

MillDocument *
mill_library_add_result (MillLibrary *library, MillResult *result)
{
  g_autoptr (MillDocument) document = mill_document_new_from_result (library->queue, result);

  mill_library_insert (library, document);
  save (library, document);
  return document;
}

void
mill_library_save_again (MillLibrary *library, MillDocument *document)
{
  if (!mill_document_is_saved (document))
    save (library, document);
}

/* At most so many bytes, cut between characters. */
static char *
shorten (const char *text, gsize max_bytes)
{
  g_autofree char *cut = g_strndup (text, max_bytes);
  const char *end;

  g_utf8_validate (cut, -1, &end);
  return g_strndup (cut, (gsize) (end - cut));
}

static void
set_text (MillLibrary *self, MillDocument *document, const char *name, const char *notes)
{
  if (!mill_document_is_readable (document) || mill_document_is_shipped (document))
    return;
  if (mill_document_set_text (document, name, notes) && mill_document_get_file (document) != NULL)
    write_text (self, document);
}

void
mill_library_rename (MillLibrary *library, MillDocument *document, const char *name)
{
  g_autofree char *text = g_strstrip (shorten (name, MILL_STORE_MAX_NAME_BYTES));

  if (text[0] != '\0')
    set_text (library, document, text, NULL);
}

void
mill_library_set_notes (MillLibrary *library, MillDocument *document, const char *notes)
{
  g_autofree char *text = shorten (notes, MILL_STORE_MAX_NOTES_BYTES);

  set_text (library, document, NULL, text);
}

guint
mill_library_delete (MillLibrary *library, GPtrArray *documents)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < documents->len; i++) {
    MillDocument *document = g_ptr_array_index (documents, i);

    if (!mill_document_is_shipped (document) &&
        g_list_store_find (library->documents, document, NULL))
      g_ptr_array_add (chosen, g_object_ref (document));
  }
  if (chosen->len == 0)
    return 0;
  mill_library_purge (library);
  for (guint i = 0; i < chosen->len; i++) {
    MillDocument *document = g_ptr_array_index (chosen, i);

    take_out (library, document);
    g_ptr_array_add (library->deleted, g_object_ref (document));
    set_aside (library, document);
  }
  return chosen->len;
}

gboolean
mill_library_can_undo (MillLibrary *library)
{
  return library->deleted->len > 0;
}

static void
bring_back_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (mill_store_bring_back (G_FILE (data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_brought_back (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillLibrary *self = MILL_LIBRARY (source);
  g_autoptr (MillDocument) document = data;
  g_autoptr (GError) error = NULL;

  mill_library_end_task (self);
  if (g_task_propagate_boolean (G_TASK (async_result), &error))
    return;
  take_out (self, document);
  fail (self, _ ("Not brought back"), error);
}

void
mill_library_undo_delete (MillLibrary *library)
{
  g_autoptr (GPtrArray) documents = g_steal_pointer (&library->deleted);

  library->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < documents->len; i++) {
    MillDocument *document = g_ptr_array_index (documents, i);
    GFile *file = mill_document_get_file (document);

    mill_library_insert (library, document);
    if (file != NULL)
      mill_library_begin_task (library, bring_back_in_thread, g_object_ref (file), g_object_unref,
                               on_brought_back, g_object_ref (document));
  }
}

void
mill_library_purge (MillLibrary *library)
{
  if (library->deleted->len == 0)
    return;
  g_ptr_array_set_size (library->deleted, 0);
  mill_library_begin_task (library, empty_aside_in_thread, g_object_ref (library->folder),
                           g_object_unref, on_emptied, NULL);
}
