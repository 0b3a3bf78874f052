/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-replay-window.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-app-theme.h"
#include "app/mill-chart-content.h"
#include "app/mill-compat.h"
#include "app/mill-save-dialog.h"
#include "app/mill-width-bin.h"
#include "charts/mill-replay-film.h"

#define FILM_WIDTH_PX 1280.0
#define FILM_HEIGHT_PX 720.0
#define FILM_FRAMES_PER_S 15
#define PROGRESS_MS 100

struct _MillReplayWindow {
  AdwWindow parent_instance;

  MillWidthBin *bin;
  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkWidget *image_button;
  GtkWidget *film_button;
  MillReplayView *view;
  GtkRevealer *film_revealer;
  GtkProgressBar *film_progress;

  GCancellable *film; /* while one is written */
  guint progress_source;
};

G_DEFINE_FINAL_TYPE (MillReplayWindow, mill_replay_window, ADW_TYPE_WINDOW)

/* What a thread works on. */
typedef struct {
  MillChartSpec *spec;
  GFile *folder;
  MillExportOptions options;
  MillFilmOptions film;
  gint n_written, n_frames; /* atomic */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  mill_chart_spec_unref (job->spec);
  g_object_unref (job->folder);
  g_free (job);
}

static void
on_frame_written (guint n_written, guint n_frames, gpointer data)
{
  Job *job = data;

  g_atomic_int_set (&job->n_frames, (gint) n_frames);
  g_atomic_int_set (&job->n_written, (gint) n_written);
}

static void
film_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (mill_replay_film_save (job->spec, job->folder, &job->options, &job->film, cancellable,
                             &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
on_progress (gpointer data)
{
  GTask *task = G_TASK (data);
  MillReplayWindow *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  int n_frames = g_atomic_int_get (&job->n_frames), n_written = g_atomic_int_get (&job->n_written);
  g_autofree char *text = n_frames > 0
                              ? g_strdup_printf (_ ("%d of %d images"), n_written, n_frames)
                              : g_strdup (_ ("Preparing…"));

  gtk_progress_bar_set_fraction (self->film_progress,
                                 n_frames > 0 ? (double) n_written / n_frames : 0.0);
  gtk_progress_bar_set_text (self->film_progress, text);
  return G_SOURCE_CONTINUE;
}

void
mill_replay_window_save_film_async (MillReplayWindow *window,
                                    GFile *folder,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  MillChartSpec *spec = mill_chart_view_get_spec (mill_replay_view_get_chart (window->view));
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (window->film != NULL || spec == NULL) {
    g_task_report_new_error (window, callback, data, NULL, G_IO_ERROR, G_IO_ERROR_BUSY, "%s",
                             _ ("Another series is being written: wait for it, or cancel it"));
    return;
  }
  job = g_new0 (Job, 1);
  job->spec = mill_chart_spec_ref (spec);
  job->folder = g_object_ref (folder);
  mill_export_options_init (&job->options);
  job->options.width_px = FILM_WIDTH_PX;
  job->options.height_px = FILM_HEIGHT_PX;
  job->options.theme = mill_app_theme_id ();
  job->film = (MillFilmOptions){ mill_replay_view_get_slowness (window->view), FILM_FRAMES_PER_S,
                                 on_frame_written, job };
  window->film = g_cancellable_new ();
  task = g_task_new (window, window->film, callback, data);
  g_task_set_task_data (task, job, job_free);
  window->progress_source = g_timeout_add_full (G_PRIORITY_DEFAULT, PROGRESS_MS, on_progress,
                                                g_object_ref (task), g_object_unref);
  on_progress (task);
  gtk_revealer_set_reveal_child (window->film_revealer, TRUE);
  gtk_widget_set_sensitive (window->film_button, FALSE);
  g_task_run_in_thread (task, film_in_thread);
}

gboolean
mill_replay_window_save_film_finish (MillReplayWindow *window, GAsyncResult *result, GError **error)
{
  if (g_task_get_task_data (G_TASK (result)) != NULL) {
    g_clear_handle_id (&window->progress_source, g_source_remove);
    g_clear_object (&window->film);
    gtk_revealer_set_reveal_child (window->film_revealer, FALSE);
    gtk_widget_set_sensitive (window->film_button, TRUE);
  }
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
mill_replay_window_cancel_film (MillReplayWindow *window)
{
  if (window->film != NULL)
    g_cancellable_cancel (window->film);
}

static void
toast (MillReplayWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, mill_compat_toast_new (text));
}

static void
on_film_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  MillReplayWindow *self = MILL_REPLAY_WINDOW (source);
  g_autoptr (GFile) folder = data;
  g_autofree char *name = g_file_get_basename (folder);
  /* Translators: %s is a folder. */
  g_autofree char *saved = g_strdup_printf (_ ("Saved as images in “%s”"), name);
  g_autoptr (GError) error = NULL;

  if (mill_replay_window_save_film_finish (self, result, &error))
    toast (self, saved);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           gtk_widget_get_mapped (GTK_WIDGET (self)))
    mill_compat_ask_async (GTK_WINDOW (self), _ ("The Replay Was Not Saved"), error->message, NULL,
                           MILL_ANSWER_DEFAULT, NULL, NULL);
}

/* A name that is free: "first-experiment-replay", "first-experiment-replay-2", ... */
static GFile *
free_child (MillReplayWindow *self, GFile *parent)
{
  MillChartSpec *spec = mill_chart_view_get_spec (mill_replay_view_get_chart (self->view));
  g_autofree char *base = mill_chart_file_name (spec, "");

  for (guint i = 1;; i++) {
    g_autofree char *name =
        i == 1 ? g_strconcat (base, "-replay", NULL) : g_strdup_printf ("%s-replay-%u", base, i);
    g_autoptr (GFile) child = g_file_get_child (parent, name);

    if (!g_file_query_exists (child, NULL))
      return g_steal_pointer (&child);
  }
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillReplayWindow) self = MILL_REPLAY_WINDOW (data);
  g_autoptr (GFile) parent = mill_compat_choose_folder_finish (result, NULL);
  g_autoptr (GFile) folder = NULL;

  if (parent == NULL || mill_replay_view_get_replay (self->view) == NULL)
    return;
  folder = free_child (self, parent);
  mill_replay_window_save_film_async (self, folder, on_film_saved, g_object_ref (folder));
}

static void
on_save_film (MillReplayWindow *self)
{
  mill_replay_view_set_playing (self->view, FALSE);
  mill_compat_choose_folder_async (GTK_WINDOW (self), _ ("Save the Replay Into"), on_folder_chosen,
                                   g_object_ref (self));
}

static void
on_image_saved (MillReplayWindow *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  toast (self, text);
}

static void
on_save_image (MillReplayWindow *self)
{
  GtkWidget *chart = GTK_WIDGET (mill_replay_view_get_chart (self->view));
  MillChartSpec *spec = mill_chart_view_get_spec (MILL_CHART_VIEW (chart));
  MillSaveDialog *dialog;

  mill_replay_view_set_playing (self->view, FALSE);
  if (spec == NULL)
    return;
  dialog = mill_save_dialog_new (GTK_WINDOW (self), spec);
  mill_save_dialog_set_shown_size (dialog, gtk_widget_get_width (chart),
                                   gtk_widget_get_height (chart));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_image_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_cancel_film (MillReplayWindow *self)
{
  mill_replay_window_cancel_film (self);
}

static gboolean
on_close_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static gboolean
mill_replay_window_close_request (GtkWindow *window)
{
  mill_replay_window_cancel_film (MILL_REPLAY_WINDOW (window));
  return GTK_WINDOW_CLASS (mill_replay_window_parent_class)->close_request (window);
}

static void
mill_replay_window_dispose (GObject *object)
{
  MillReplayWindow *self = MILL_REPLAY_WINDOW (object);

  mill_replay_window_cancel_film (self);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_object (&self->film);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_REPLAY_WINDOW);
  G_OBJECT_CLASS (mill_replay_window_parent_class)->dispose (object);
}

static void
mill_replay_window_class_init (MillReplayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_replay_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mill_replay_window_close_request;
  g_type_ensure (MILL_TYPE_WIDTH_BIN);
  g_type_ensure (MILL_TYPE_REPLAY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/replay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, title);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, image_button);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, film_button);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, view);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, film_revealer);
  gtk_widget_class_bind_template_child (widget_class, MillReplayWindow, film_progress);
  gtk_widget_class_bind_template_callback (widget_class, on_save_image);
  gtk_widget_class_bind_template_callback (widget_class, on_save_film);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_film);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_close_key, NULL);
}

static void
mill_replay_window_init (MillReplayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->bin, "narrow", self->view, "narrow", G_BINDING_SYNC_CREATE);
}

MillReplayWindow *
mill_replay_window_new (GtkWindow *parent, MillChartSpec *spec)
{
  MillReplayWindow *self = g_object_new (MILL_TYPE_REPLAY_WINDOW, "transient-for", parent, NULL);
  gboolean moves = TRUE;

  if (parent != NULL && gtk_widget_get_mapped (GTK_WIDGET (parent)))
    gtk_window_set_default_size (GTK_WINDOW (self),
                                 MIN (960, gtk_widget_get_width (GTK_WIDGET (parent))),
                                 MIN (760, gtk_widget_get_height (GTK_WIDGET (parent))));
  adw_window_title_set_subtitle (self->title, mill_chart_spec_get_result (spec, 0)->name);
  mill_replay_view_set_spec (self->view, spec);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  mill_replay_view_set_playing (self->view, moves);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return self;
}

MillReplayView *
mill_replay_window_get_view (MillReplayWindow *window)
{
  return window->view;
}
