/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "app/mill-replay-window.h"
#include "chart-fixture.h"
#include "sample-results.h"

static MillReplayView *
view_new (MillResult *result, GtkWindow **window)
{
  MillReplayView *view = MILL_REPLAY_VIEW (mill_replay_view_new ());
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, result);

  *window = chart_fixture_window_new (GTK_WIDGET (view), 960, 700);
  mill_replay_view_set_spec (view, spec);
  return view;
}

/* The moment that the chart of a view shows. */
static gint64
shown_us (MillReplayView *view)
{
  MillChartSpec *spec = mill_chart_view_get_spec (mill_replay_view_get_chart (view));

  return mill_chart_spec_get_options (spec)->replay_us;
}

static void
test_steps (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_first (), &window);
  MillReplay *replay = mill_replay_view_get_replay (view);
  gint64 first;

  g_assert_cmpuint (mill_replay_get_n_tracks (replay), ==, 2);
  g_assert_cmpstr (mill_replay_get_label (replay, 0), ==, "sync");
  g_assert_cmpint (mill_replay_view_get_time (view), ==, 0);
  mill_replay_view_step (view, TRUE);
  first = mill_replay_view_get_time (view);
  g_assert_cmpint (first, ==, mill_replay_next (replay, 0, TRUE));
  g_assert_cmpint (shown_us (view), ==, first);
  mill_replay_view_step (view, TRUE);
  g_assert_cmpint (mill_replay_view_get_time (view), >, first);
  mill_replay_view_step (view, FALSE);
  g_assert_cmpint (mill_replay_view_get_time (view), ==, first);
  mill_replay_view_set_time (view, G_MAXINT64);
  g_assert_cmpint (mill_replay_view_get_time (view), ==, mill_replay_get_end_us (replay));
  mill_replay_view_set_time (view, -5);
  g_assert_cmpint (mill_replay_view_get_time (view), ==, 0);
  chart_fixture_close (window, view);
}

static void
count (int *n)
{
  (*n)++;
}

static void
test_playing (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_first (), &window);
  int notified = 0;
  gint64 half_us;

  /* The loop alone takes a tenth of a second. */
  mill_replay_view_set_models (view, "main-loop:80", NULL);
  g_assert_cmpuint (mill_replay_get_n_tracks (mill_replay_view_get_replay (view)), ==, 1);
  g_signal_connect_swapped (view, "notify::playing", G_CALLBACK (count), &notified);
  mill_replay_view_set_slowness (view, 1.0);
  mill_replay_view_set_playing (view, TRUE);
  mill_replay_view_set_playing (view, TRUE);
  g_assert_cmpint (notified, ==, 1);
  app_fixture_wait_until (!mill_replay_view_get_playing (view));
  g_assert_cmpint (notified, ==, 2);
  g_assert_cmpint (mill_replay_view_get_time (view), ==,
                   mill_replay_get_end_us (mill_replay_view_get_replay (view)));
  g_assert_cmpint (shown_us (view), ==, mill_replay_view_get_time (view));

  /* Again from the begin; a step pauses. */
  mill_replay_view_set_slowness (view, 1000.0);
  mill_replay_view_set_playing (view, TRUE);
  g_assert_cmpint (mill_replay_view_get_time (view), ==, 0);
  app_fixture_wait_until (mill_replay_view_get_time (view) > 0);
  half_us = mill_replay_get_end_us (mill_replay_view_get_replay (view)) / 2;
  g_assert_cmpint (mill_replay_view_get_time (view), <, half_us);
  mill_replay_view_step (view, TRUE);
  g_assert_false (mill_replay_view_get_playing (view));
  g_assert_cmpint (notified, ==, 4);
  chart_fixture_close (window, view);
}

static void
test_slowness (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_first (), &window);

  g_assert_cmpfloat (mill_replay_view_get_slowness (view), >=, 1.0);
  mill_replay_view_set_slowness (view, 0.1);
  g_assert_cmpfloat_with_epsilon (mill_replay_view_get_slowness (view), 1.0, 1e-6);
  mill_replay_view_set_slowness (view, 1e9);
  g_assert_cmpfloat_with_epsilon (mill_replay_view_get_slowness (view), 1000.0, 1e-6);
  chart_fixture_close (window, view);
}

static void
test_models (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_first (), &window);

  mill_replay_view_set_models (view, "thread-pool:20", "hybrid:4x20");
  g_assert_cmpstr (mill_replay_get_label (mill_replay_view_get_replay (view), 0), ==,
                   "thread-pool:20");
  g_assert_cmpstr (mill_replay_get_label (mill_replay_view_get_replay (view), 1), ==,
                   "hybrid:4x20");
  /* What is unknown changes nothing. */
  mill_replay_view_set_models (view, "nobody", NULL);
  mill_replay_view_set_models (view, "sync", "nobody");
  g_assert_cmpuint (mill_replay_get_n_tracks (mill_replay_view_get_replay (view)), ==, 2);
  g_assert_cmpstr (mill_replay_get_label (mill_replay_view_get_replay (view), 0), ==,
                   "thread-pool:20");
  mill_replay_view_set_bare (view, TRUE);
  g_assert_true (
      mill_chart_spec_get_options (mill_chart_view_get_spec (mill_replay_view_get_chart (view)))
          ->large);
  mill_replay_view_set_spec (view, NULL);
  g_assert_null (mill_replay_view_get_replay (view));
  mill_replay_view_step (view, TRUE);
  mill_replay_view_set_playing (view, TRUE);
  g_assert_false (mill_replay_view_get_playing (view));
  chart_fixture_close (window, view);
}

/* Published figures have no recording. */
static void
test_nothing (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_published (), &window);

  g_assert_null (mill_replay_view_get_replay (view));
  g_assert_null (mill_chart_view_get_spec (mill_replay_view_get_chart (view)));
  chart_fixture_close (window, view);
}

static void
test_narrow (void)
{
  GtkWindow *window;
  MillReplayView *view = view_new (sample_result_first (), &window);
  int minimum, notified = 0;

  g_signal_connect_swapped (view, "notify::narrow", G_CALLBACK (count), &notified);
  g_object_set (view, "narrow", TRUE, NULL);
  g_object_set (view, "narrow", TRUE, NULL);
  g_assert_cmpint (notified, ==, 1);
  gtk_widget_measure (GTK_WIDGET (view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, 340);
  chart_fixture_close (window, view);
}

static guint
count_entries (GFile *folder)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static MillReplayWindow *
window_new (void)
{
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  MillReplayWindow *window = mill_replay_window_new (NULL, spec);

  gtk_window_present (GTK_WINDOW (window));
  app_fixture_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

static void
test_film (void)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_user_data_dir ());
  g_autoptr (GFile) films = g_file_get_child (home, "films");
  g_autoptr (GFile) folder = g_file_get_child (films, "loop");
  g_autoptr (GFile) other = g_file_get_child (films, "slow");
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) saved = NULL, cancelled = NULL, busy = NULL;
  MillReplayWindow *window = window_new ();
  MillReplayView *view = mill_replay_window_get_view (window);

  g_assert_true (g_file_make_directory (films, NULL, NULL));
  /* The interface is asked to move little: nothing plays by itself. */
  g_assert_false (mill_replay_view_get_playing (view));
  mill_replay_view_set_models (view, "main-loop:80", NULL);
  mill_replay_view_set_slowness (view, 2.0);
  mill_replay_window_save_film_async (window, folder, chart_fixture_on_result, &saved);
  mill_replay_window_save_film_async (window, other, chart_fixture_on_result, &busy);
  app_fixture_wait_until (busy != NULL);
  g_assert_false (mill_replay_window_save_film_finish (window, busy, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  app_fixture_wait_until (saved != NULL);
  mill_replay_window_save_film_finish (window, saved, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_entries (folder), >=, 4);
  g_assert_cmpuint (count_entries (films), ==, 1);

  /* Cancelled in the middle: nothing stays behind. */
  mill_replay_view_set_slowness (view, 500.0);
  mill_replay_window_save_film_async (window, other, chart_fixture_on_result, &cancelled);
  app_fixture_wait_until (count_entries (films) == 2);
  mill_replay_window_cancel_film (window);
  app_fixture_wait_until (cancelled != NULL);
  g_assert_false (mill_replay_window_save_film_finish (window, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (films), ==, 1);
  g_clear_object (&saved);
  g_clear_object (&cancelled);
  g_clear_object (&busy);
  chart_fixture_close (GTK_WINDOW (window), NULL);
}

/* Closing while a film is written cancels it. */
static void
test_close (void)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_user_data_dir ());
  g_autoptr (GFile) folder = g_file_get_child (home, "never");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MillReplayWindow *window = window_new ();

  mill_replay_view_set_models (mill_replay_window_get_view (window), "main-loop:80", NULL);
  mill_replay_view_set_slowness (mill_replay_window_get_view (window), 500.0);
  mill_replay_window_save_film_async (window, folder, chart_fixture_on_result, &result);
  gtk_window_close (GTK_WINDOW (window));
  app_fixture_wait_until (result != NULL);
  g_assert_false (mill_replay_window_save_film_finish (window, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (folder, NULL));
  /* The result holds the window. */
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_clear_object (&result);
  app_fixture_wait_until (window == NULL);
}

int
main (int argc, char **argv)
{
  chart_fixture_init (&argc, &argv);
  g_test_add_func ("/app/replay/steps", test_steps);
  g_test_add_func ("/app/replay/playing", test_playing);
  g_test_add_func ("/app/replay/slowness", test_slowness);
  g_test_add_func ("/app/replay/models", test_models);
  g_test_add_func ("/app/replay/nothing", test_nothing);
  g_test_add_func ("/app/replay/narrow", test_narrow);
  g_test_add_func ("/app/replay/film", test_film);
  g_test_add_func ("/app/replay/close", test_close);
  return app_fixture_run ();
}
