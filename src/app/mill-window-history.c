/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-window-history.h"

struct _MillWindowHistory {
  MillWindow *window;
  MillHistoryPage *page;
  MillLibrary *library;
};

static void
on_open (MillHistoryPage *page, MillDocument *document, MillWindowHistory *self)
{
  mill_window_show_document (self->window, document);
}

/* Documents that are read to be compared. */
typedef struct {
  MillWindow *window;
  GPtrArray *documents;
  guint n_left;
  GError *error; /* the last */
} Comparison;

static void
comparison_free (Comparison *comparison)
{
  g_object_unref (comparison->window);
  g_ptr_array_unref (comparison->documents);
  g_clear_error (&comparison->error);
  g_free (comparison);
}

static void
show_comparison (Comparison *comparison)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  if (comparison->error != NULL) {
    mill_window_show_error (comparison->window, _ ("Not Compared"), comparison->error);
    return;
  }
  for (guint i = 0; i < comparison->documents->len; i++)
    g_ptr_array_add (results, (gpointer) mill_document_peek_result (
                                  g_ptr_array_index (comparison->documents, i)));
  mill_window_show_comparison (comparison->window, results);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Comparison *comparison = data;
  GError *error = NULL;

  if (mill_document_load_finish (MILL_DOCUMENT (source), result, &error) == NULL) {
    g_ptr_array_remove (comparison->documents, source);
    g_clear_error (&comparison->error);
    comparison->error = error;
  }
  if (--comparison->n_left > 0)
    return;
  show_comparison (comparison);
  for (guint i = 0; i < comparison->documents->len; i++)
    mill_document_release (g_ptr_array_index (comparison->documents, i));
  comparison_free (comparison);
}

static void
on_compare (MillHistoryPage *page, GPtrArray *documents, MillWindowHistory *self)
{
  Comparison *comparison = g_new0 (Comparison, 1);

  comparison->window = g_object_ref (self->window);
  comparison->n_left = documents->len;
  comparison->documents = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (comparison->documents, g_object_ref (g_ptr_array_index (documents, i)));
  for (guint i = 0; i < documents->len; i++)
    mill_document_load_async (g_ptr_array_index (documents, i), NULL, on_loaded, comparison);
}

static void
update_undo (MillWindowHistory *self)
{
  GAction *undo = g_action_map_lookup_action (G_ACTION_MAP (self->window), "undo");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (undo), mill_library_can_undo (self->library));
}

static void
on_deleted (MillHistoryPage *page, guint n, MillWindowHistory *self)
{
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u result deleted", "%u results deleted", n), n);

  update_undo (self);
  mill_window_toast (self->window, text, _ ("_Undo"), "win.undo");
}

static void
on_saved_elsewhere (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (mill_document_export_finish (MILL_DOCUMENT (source), result, &error))
    mill_window_toast (window, _ ("Saved"), NULL, NULL);
  else
    mill_window_show_error (window, _ ("The Result Is Not Saved"), error);
}

/* A document that waits for an answer of its person. */
typedef struct {
  MillWindow *window;
  MillDocument *document;
} Rescue;

static void
rescue_free (Rescue *rescue)
{
  g_object_unref (rescue->window);
  g_object_unref (rescue->document);
  g_free (rescue);
}

static void
on_place_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Rescue *rescue = data;
  g_autoptr (GFile) file = mill_compat_save_file_finish (result, NULL);

  if (file != NULL)
    mill_document_export_async (rescue->document, file, NULL, on_saved_elsewhere,
                                g_object_ref (rescue->window));
  rescue_free (rescue);
}

static void
on_rescue_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Rescue *rescue = data;
  static const char *const patterns[] = { "*.threadmill", NULL };
  const MillFileFilter filter = { _ ("Threadmill Documents (.threadmill)"), patterns };
  g_autofree char *name = NULL;

  if (!mill_compat_ask_finish (result)) {
    rescue_free (rescue);
    return;
  }
  name = mill_document_suggest_file_name (rescue->document, ".threadmill");
  mill_compat_save_file_async (GTK_WINDOW (rescue->window), _ ("Save Elsewhere"), name, NULL,
                               &filter, 1, on_place_chosen, rescue);
}

static void
on_save_failed (MillLibrary *library,
                MillDocument *document,
                const GError *error,
                MillWindowHistory *self)
{
  Rescue *rescue = g_new (Rescue, 1);
  g_autofree char *body = g_strdup_printf (_ ("“%s” stays here until the program ends. %s"),
                                           mill_document_get_name (document), error->message);

  rescue->window = g_object_ref (self->window);
  rescue->document = g_object_ref (document);
  mill_compat_ask_async (GTK_WINDOW (self->window), _ ("The Result Is Not Saved"), body,
                         _ ("Save _Elsewhere…"), MILL_ANSWER_SUGGESTED, on_rescue_answered, rescue);
}

static void
on_failed (MillLibrary *library, const char *heading, const GError *error, MillWindowHistory *self)
{
  mill_window_show_error (self->window, heading, error);
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowHistory *self = data;

  mill_library_undo_delete (self->library);
  update_undo (self);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowHistory *self = data;

  MillDocument *shown = mill_window_get_visible_document (self->window);

  mill_window_show_page (self->window, "history");
  if (shown != NULL)
    mill_history_page_select (self->page, shown);
  mill_history_page_rename (self->page);
}

static void
compare_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_history_page_compare (((MillWindowHistory *) data)->page);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_history_page_delete (((MillWindowHistory *) data)->page);
}

static const GActionEntry actions[] = {
  { "undo", undo_action },
  { "rename", rename_action },
  { "compare", compare_action },
  { "delete", delete_action },
};

MillWindowHistory *
mill_window_history_new (MillWindow *window, MillHistoryPage *page, MillLibrary *library)
{
  MillWindowHistory *self = g_new0 (MillWindowHistory, 1);

  self->window = window;
  self->page = g_object_ref (page);
  self->library = g_object_ref (library);
  g_signal_connect (page, "open", G_CALLBACK (on_open), self);
  g_signal_connect (page, "compare", G_CALLBACK (on_compare), self);
  g_signal_connect (page, "deleted", G_CALLBACK (on_deleted), self);
  g_signal_connect (library, "save-failed", G_CALLBACK (on_save_failed), self);
  g_signal_connect (library, "failed", G_CALLBACK (on_failed), self);
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), self);
  mill_history_page_set_library (page, library);
  update_undo (self);
  return self;
}

void
mill_window_history_free (MillWindowHistory *history)
{
  if (history == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (history->window), actions[i].name);
  g_signal_handlers_disconnect_by_data (history->page, history);
  g_signal_handlers_disconnect_by_data (history->library, history);
  mill_history_page_set_library (history->page, NULL);
  g_object_unref (history->page);
  g_object_unref (history->library);
  g_free (history);
}
