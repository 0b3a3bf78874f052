/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-attention.h"
#include "result/mill-table.h"

#define NOTIFICATION_ID "run-finished"
/* Who started something shorter is still looking. */
#define SHORT_RUN_S 5.0

guint
mill_attention_hold (GtkApplication *application, GtkWindow *window)
{
  g_application_hold (G_APPLICATION (application));
  return gtk_application_inhibit (application, window, GTK_APPLICATION_INHIBIT_SUSPEND,
                                  _ ("An experiment is running"));
}

void
mill_attention_drop (GtkApplication *application, guint hold)
{
  if (hold != 0)
    gtk_application_uninhibit (application, hold);
  g_application_release (G_APPLICATION (application));
}

static GNotification *
notification_new (MillDocument *document, const GError *error)
{
  g_autoptr (GNotification) notification = NULL;
  const MillSummaryModel *fastest;

  if (document == NULL) {
    notification = g_notification_new (_ ("The Experiment Could Not Be Run"));
    if (error != NULL)
      g_notification_set_body (notification, error->message);
    return g_steal_pointer (&notification);
  }
  notification = g_notification_new (_ ("The Experiment Is Done"));
  fastest = mill_document_get_fastest (document);
  if (fastest != NULL) {
    g_autofree char *time = mill_format_duration (fastest->wall_time_s);
    /* Translators: name of an experiment, a model, its time: "First experiment: main-loop:80 took
     * the shortest time, 0.12 s". */
    g_autofree char *body =
        g_strdup_printf (_ ("%s: %s took the shortest time, %s"), mill_document_get_name (document),
                         fastest->model, time);
    g_notification_set_body (notification, body);
  } else {
    g_notification_set_body (notification, mill_document_get_name (document));
  }
  return g_steal_pointer (&notification);
}

gboolean
mill_attention_run_finished (GtkApplication *application,
                             GSettings *settings,
                             GtkWindow *window,
                             MillDocument *document,
                             const GError *error,
                             double elapsed_s)
{
  g_autoptr (GNotification) notification = NULL;

  if (elapsed_s < SHORT_RUN_S || (window != NULL && gtk_window_is_active (window)) ||
      (settings != NULL && !g_settings_get_boolean (settings, "notify")))
    return FALSE;
  notification = notification_new (document, error);
  g_application_send_notification (G_APPLICATION (application), NOTIFICATION_ID, notification);
  return TRUE;
}
