/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"

static GtkFileChooserNative *
chooser_new (GtkWindow *parent,
             const char *title,
             GtkFileChooserAction action,
             const MillFileFilter *filters,
             guint n_filters)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  for (guint i = 0; i < n_filters; i++) {
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
    gtk_file_filter_set_name (filter, filters[i].name);
    for (guint j = 0; filters[i].patterns[j] != NULL; j++)
      gtk_file_filter_add_pattern (filter, filters[i].patterns[j]);
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  }
  return chooser;
}

/* The task holds the chooser, which nobody else does, and is held by the handler. */
static void
on_chooser_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  g_autoptr (GtkNativeDialog) chooser = g_object_ref (dialog);

  g_signal_handlers_disconnect_by_data (dialog, data);
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("Nothing chosen"));
  gtk_native_dialog_destroy (dialog);
}

/* Takes `chooser`. */
static void
run_chooser (GtkFileChooserNative *chooser, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);

  g_task_set_task_data (task, chooser, g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chooser_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
mill_compat_open_files_async (GtkWindow *parent,
                              const char *title,
                              const MillFileFilter *filters,
                              guint n_filters,
                              gboolean multiple,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  GtkFileChooserNative *chooser =
      chooser_new (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, filters, n_filters);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), multiple);
  run_chooser (chooser, callback, data);
}

GListModel *
mill_compat_open_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mill_compat_save_file_async (GtkWindow *parent,
                             const char *title,
                             const char *name,
                             GFile *folder,
                             const MillFileFilter *filters,
                             guint n_filters,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GtkFileChooserNative *chooser =
      chooser_new (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, filters, n_filters);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  run_chooser (chooser, callback, data);
}

GFile *
mill_compat_save_file_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GListModel) files = g_task_propagate_pointer (G_TASK (result), error);

  return files != NULL ? g_list_model_get_item (files, 0) : NULL;
}

void
mill_compat_choose_folder_async (GtkWindow *parent,
                                 const char *title,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  run_chooser (chooser_new (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, 0),
               callback, data);
}

GFile *
mill_compat_choose_folder_finish (GAsyncResult *result, GError **error)
{
  return mill_compat_save_file_finish (result, error);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);

  g_task_return_boolean (task, g_str_equal (response, "yes"));
}

/* More than the widest letter of a heading needs, less than the narrowest dialog offers. */
#define LABEL_MIN_WIDTH_PX 120

/* The dialog holds a large heading, which does not wrap, and a small one for where that has no
 * room, and asks both how high they are at the width of the small one: newer GTK warns that the
 * large one does not fit. So both can have any width down to the same one; the large one still
 * shows only where it fits in one line. */
static void
let_labels_shrink_alike (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)) {
    gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
    gtk_widget_set_size_request (widget, LABEL_MIN_WIDTH_PX, -1);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_labels_shrink_alike (child);
}

void
mill_compat_ask_async (GtkWindow *parent,
                       const char *heading,
                       const char *body,
                       const char *answer,
                       MillAnswerStyle style,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  let_labels_shrink_alike (GTK_WIDGET (dialog));
  adw_message_dialog_add_response (dialog, "no", answer != NULL ? _ ("_Cancel") : _ ("_Close"));
  if (answer != NULL) {
    adw_message_dialog_add_response (dialog, "yes", answer);
    adw_message_dialog_set_response_appearance (
        dialog, "yes",
        style == MILL_ANSWER_DESTRUCTIVE ? ADW_RESPONSE_DESTRUCTIVE
        : style == MILL_ANSWER_SUGGESTED ? ADW_RESPONSE_SUGGESTED
                                         : ADW_RESPONSE_DEFAULT);
  }
  adw_message_dialog_set_close_response (dialog, "no");
  adw_message_dialog_set_default_response (
      dialog, answer != NULL && style != MILL_ANSWER_DESTRUCTIVE ? "yes" : "no");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer),
                    g_task_new (parent, NULL, callback, data));
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
mill_compat_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
mill_compat_show_uri (GtkWindow *parent, const char *uri)
{
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
}

AdwToast *
mill_compat_toast_new (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  return adw_toast_new (markup);
}

void
mill_compat_show_about (GtkWindow *parent)
{
  static const char *const developers[] = { "The Threadmill contributors", NULL };

  adw_show_about_window (parent, "application-name", _ ("Threadmill"), "application-icon",
                         MILL_APP_ID, "version", MILL_VERSION, "developers", developers, "comments",
                         _ ("Runs the same work under different concurrency models, and shows what "
                            "each costs and why."),
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}
