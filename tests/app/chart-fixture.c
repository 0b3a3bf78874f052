/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart-fixture.h"

#include "app-fixture.h"

void
chart_fixture_init (int *argc, char ***argv)
{
  app_fixture_init (argc, argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Sans 11", "gtk-enable-animations",
                FALSE, NULL);
}

/* A frame lays out what changed; what follows from that layout comes with the next ones. */
#define SETTLING_FRAMES 4

static void
wait_for_frames (GtkWidget *window)
{
  app_fixture_wait_until (gtk_widget_get_mapped (window) || !gtk_widget_get_visible (window));
  for (int i = 0; i < SETTLING_FRAMES && gtk_widget_get_mapped (window); i++) {
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
    gint64 frame = gdk_frame_clock_get_frame_counter (clock);

    gtk_widget_queue_draw (window);
    app_fixture_wait_until (!gtk_widget_get_mapped (window) ||
                            gdk_frame_clock_get_frame_counter (clock) > frame);
  }
}

void
chart_fixture_settle (void)
{
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    g_ptr_array_add (windows, g_list_model_get_item (toplevels, i));
  for (guint i = 0; i < windows->len; i++)
    wait_for_frames (g_ptr_array_index (windows, i));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

GtkWindow *
chart_fixture_window_new (GtkWidget *child, int width_px, int height_px)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, width_px, height_px);
  gtk_window_set_titlebar (window, adw_bin_new ());
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  chart_fixture_settle ();
  return window;
}

void
chart_fixture_close (GtkWindow *window, gpointer object)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  if (object != NULL)
    g_object_add_weak_pointer (object, &object);
  gtk_window_destroy (window);
  app_fixture_wait_until (window == NULL && object == NULL);
}

MillChartSpec *
chart_fixture_spec_new (MillChartKind kind, MillResult *result)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);

  g_ptr_array_add (results, result);
  return mill_chart_spec_new (kind, results, NULL);
}

void
chart_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

GAsyncResult *
chart_fixture_wait (GAsyncResult **result)
{
  gint64 end_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (*result == NULL) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
  return *result;
}
