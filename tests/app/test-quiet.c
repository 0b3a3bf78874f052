/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-application.h"
#include "app/mill-window.h"
#include "app-fixture.h"
#include "app-story.h"

/* What a trial measures is disturbed by every frame of the window: it draws what has changed, at
 * most five times a second, and nothing where nobody sees it. */

/* Within this time of a trial a page may still come and go. */
#define SETTLED_S 1.0

static void
on_frame (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

static guint
count_frames_of_a_second (MillWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gint64 end_us = g_get_monotonic_time () + G_USEC_PER_SEC;
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame), &n_frames);

  app_fixture_wait_until (g_get_monotonic_time () >= end_us);
  g_signal_handler_disconnect (clock, handler);
  return n_frames;
}

/* Where nothing happens nothing is drawn: no spinner turns on a page that nobody sees. */
static void
tell_idle (MillApplication *application, MillWindow *window)
{
  static const char *const pages[] = { "experiment", "results", "history" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    mill_window_show_page (window, pages[i]);
    app_fixture_wait_until (count_frames_of_a_second (window) == 0);
  }
}

typedef struct {
  guint n_frames; /* of the settled trial */
  guint n_all;
  double begun_s, ended_s; /* of the trial; 0: not yet */
  gboolean finished;
} Run;

static void
on_frame_of_run (GdkFrameClock *clock, Run *run)
{
  run->n_all++;
  run->n_frames += run->begun_s > 0 && !run->finished;
}

static void
on_progress (MillBench *bench, const MillProgress *progress, Run *run)
{
  if (progress->elapsed_s > SETTLED_S && run->begun_s <= 0)
    run->begun_s = progress->elapsed_s;
  run->ended_s = progress->elapsed_s;
}

static void
on_trial_finished (MillBench *bench, const MillTrialResult *trial, Run *run)
{
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_COMPLETE);
  run->finished = TRUE;
}

/* Runs one trial of two and a half seconds while a page is shown. */
static Run
run_beside (MillWindow *window, const char *page)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  MillSession *session = mill_window_get_session (window);
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  Run run = { 0 };
  gulong frames;

  g_clear_pointer (&experiment->models, g_array_unref);
  experiment->models = mill_model_list_parse ("main-loop:40", MILL_WORKLOAD_HTTP, NULL);
  experiment->requests = 1000;
  experiment->server.delay_s = 0.1;
  /* What a page does when it is shown for the first time is no matter of the run. */
  mill_window_show_page (window, page);
  app_fixture_wait_until (count_frames_of_a_second (window) == 0);
  mill_window_show_experiment (window, experiment);
  app_fixture_wait_until (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "run", NULL);
  mill_window_show_page (window, page);
  g_signal_connect (mill_session_get_bench (session), "progress", G_CALLBACK (on_progress), &run);
  g_signal_connect (mill_session_get_bench (session), "trial-finished",
                    G_CALLBACK (on_trial_finished), &run);
  frames = g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame_of_run), &run);
  app_fixture_wait_until (!mill_session_is_running (session));
  g_signal_handler_disconnect (clock, frames);
  g_signal_handlers_disconnect_by_data (mill_session_get_bench (session), &run);
  g_assert_true (run.finished);
  g_assert_cmpuint (run.n_all, >=, 1);
  g_assert_cmpfloat (run.begun_s, >, 0);
  g_test_message ("%s: %u frames from %.1f s to %.1f s", page, run.n_frames, run.begun_s,
                  run.ended_s);
  return run;
}

static void
tell_watched (MillApplication *application, MillWindow *window)
{
  Run run = run_beside (window, "experiment");

  /* Five a second; a few more, as progress comes only ten times a second itself. */
  g_assert_cmpfloat (run.n_frames, <=, 5 * (run.ended_s - run.begun_s) + 5);
}

static void
tell_unwatched (MillApplication *application, MillWindow *window)
{
  Run run = run_beside (window, "history");

  /* One where the pointer or the desktop has the window drawn. */
  g_assert_cmpuint (run.n_frames, <=, 2);
}

int
main (int argc, char *argv[])
{
  app_fixture_init (&argc, &argv);
  app_story_add ("/quiet/idle", tell_idle);
  app_story_add ("/quiet/watched", tell_watched);
  app_story_add ("/quiet/unwatched", tell_unwatched);
  return app_fixture_run ();
}
