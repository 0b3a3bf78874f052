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

/* The dialog that asks, and what it is called. From libadwaita 1.5 on it shows within its parent's
 * window; the one before that is a window of its own, and measures a long heading so that newer
 * versions of GTK warn. Both have the same functions. */
#if ADW_CHECK_VERSION(1, 5, 0)
typedef AdwAlertDialog Question;
#define question_do(method, ...) adw_alert_dialog_##method (__VA_ARGS__)
#else
typedef AdwMessageDialog Question;
#define question_do(method, ...) adw_message_dialog_##method (__VA_ARGS__)
#endif

static void
on_answer (Question *question, const char *response, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);

  g_task_return_boolean (task, g_str_equal (response, "yes"));
}

/* The newer dialog is used wherever there is one, whatever the oldest version that will do. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static Question *
question_new (GtkWindow *parent, const char *heading, const char *body)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  return ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
#else
  return ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
#endif
}

static void
question_present (Question *question, GtkWindow *parent)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_present (ADW_DIALOG (question), GTK_WIDGET (parent));
#else
  gtk_window_present (GTK_WINDOW (question));
#endif
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
  Question *question = question_new (parent, heading, body);

  question_do (add_response, question, "no", answer != NULL ? _ ("_Cancel") : _ ("_Close"));
  if (answer != NULL) {
    question_do (add_response, question, "yes", answer);
    question_do (set_response_appearance, question, "yes",
                 style == MILL_ANSWER_DESTRUCTIVE ? ADW_RESPONSE_DESTRUCTIVE
                 : style == MILL_ANSWER_SUGGESTED ? ADW_RESPONSE_SUGGESTED
                                                  : ADW_RESPONSE_DEFAULT);
  }
  question_do (set_close_response, question, "no");
  question_do (set_default_response, question,
               answer != NULL && style != MILL_ANSWER_DESTRUCTIVE ? "yes" : "no");
  g_signal_connect (question, "response", G_CALLBACK (on_answer),
                    g_task_new (parent, NULL, callback, data));
  question_present (question, parent);
}

G_GNUC_END_IGNORE_DEPRECATIONS

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
