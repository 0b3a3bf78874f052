/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <adwaita.h>

#include "app/mill-run-page.h"
#include "app/mill-run-state.h"
#include "bench/mill-bench.h"
#include "app-fixture.h"
#include "example-result.h"

typedef struct {
  MillExperiment *experiment;
  MillBench *bench;
  MillResult *result;
  gboolean done;
  guint n_finished;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->experiment, mill_experiment_free);
  g_clear_pointer (&run->result, mill_result_free);
  g_clear_object (&run->bench);
}

static void
run_init (Run *run, const char *models, gint64 requests, int repetitions, double delay_s)
{
  *run = (Run){ .experiment = mill_experiment_new () };
  run->experiment->models = mill_model_list_parse (models, MILL_WORKLOAD_HTTP, NULL);
  run->experiment->requests = requests;
  run->experiment->repetitions = repetitions;
  run->experiment->server.delay_s = delay_s;
  run->bench = mill_bench_new (run->experiment);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->result = mill_bench_run_finish (MILL_BENCH (source), result, &error);
  g_assert_no_error (error);
  run->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Run *) data)->done;
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static GtkWidget *
show (GtkWidget *page)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  example_wait (is_mapped, page);
  return window;
}

/* The signals of a run as the page hears them. */
static void
on_progress (MillBench *bench, const MillProgress *progress, MillRunState *state)
{
  double before = state->fraction;

  mill_run_state_progress (state, progress);
  mill_run_state_update (state);
  g_assert_cmpfloat (state->fraction, >=, before);
  g_assert_cmpfloat (state->fraction, <=, 1);
  g_assert_cmpfloat (state->left_s, >=, 0);
}

static void
on_started (MillBench *bench, const MillTrial *trial, MillRunState *state)
{
  mill_run_state_trial_started (state, trial);
  g_assert_cmpstr (mill_run_state_get_current (state)->name, ==, trial->model_name);
}

static void
on_finished (MillBench *bench, const MillTrialResult *trial, MillRunState *state)
{
  mill_run_state_trial_finished (state, trial);
  g_assert_null (mill_run_state_get_current (state));
}

static void
test_state (void)
{
  Run run;

  run_init (&run, "thread-pool:5,main-loop:20,main-loop:20", 60, 2, 0.02);
  g_autoptr (MillRunState) state =
      mill_run_state_new (mill_bench_peek_result (run.bench), mill_bench_get_plan (run.bench));
  g_assert_cmpuint (state->models->len, ==, 3);
  mill_run_state_set_theme (state, mill_theme_get (MILL_THEME_LIGHT));
  g_signal_connect (run.bench, "trial-started", G_CALLBACK (on_started), state);
  g_signal_connect (run.bench, "progress", G_CALLBACK (on_progress), state);
  g_signal_connect (run.bench, "trial-finished", G_CALLBACK (on_finished), state);
  mill_bench_run_async (run.bench, NULL, on_done, &run);
  example_wait (is_done, &run);
  for (guint i = 0; i < state->models->len; i++) {
    const MillRunModel *model = g_ptr_array_index (state->models, i);

    g_assert_cmpuint (model->n_finished, ==, 2);
    g_assert_cmpint (model->done, ==, 120);
    g_assert_cmpint (model->failed, ==, 0);
    g_assert_cmpint (mill_run_model_get_asked (model), ==, 120);
    g_assert_cmpfloat (model->throughput_rps, >, 0);
  }
  g_signal_handlers_disconnect_by_data (run.bench, state);
  run_clear (&run);
}

static void
test_page (void)
{
  GtkWidget *page = mill_run_page_new ();
  GtkWidget *window = show (page);
  gint64 begin_us = g_get_monotonic_time ();
  double seconds;
  Run run;

  run_init (&run, "thread-pool:10,main-loop:40,hybrid:2x10", 2000, 2, 0.005);
  mill_run_page_set_bench (MILL_RUN_PAGE (page), run.bench);
  mill_bench_run_async (run.bench, NULL, on_done, &run);
  example_wait (is_done, &run);
  seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  g_assert_cmpuint (run.result->trials->len, ==, 6);
  /* Five a second, and three at the ends. */
  g_assert_cmpuint (mill_run_page_get_n_redraws (MILL_RUN_PAGE (page)), <=,
                    (guint) (5 * seconds) + 4);
  g_assert_cmpuint (mill_run_page_get_n_redraws (MILL_RUN_PAGE (page)), >=, 2);

  g_object_set (page, "narrow", TRUE, "folded", TRUE, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mill_run_page_set_bench (MILL_RUN_PAGE (page), NULL);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (page);
  g_assert_finalize_object (g_steal_pointer (&run.bench));
  run_clear (&run);
}

/* Nobody sees it: nothing is drawn. */
static void
test_hidden (void)
{
  GtkWidget *page = g_object_ref_sink (mill_run_page_new ());
  guint before;
  Run run;

  run_init (&run, "main-loop:40", 400, 2, 0.05);
  mill_run_page_set_bench (MILL_RUN_PAGE (page), run.bench);
  before = mill_run_page_get_n_redraws (MILL_RUN_PAGE (page));
  mill_bench_run_async (run.bench, NULL, on_done, &run);
  example_wait (is_done, &run);
  g_assert_cmpuint (mill_run_page_get_n_redraws (MILL_RUN_PAGE (page)), ==, before);
  g_assert_finalize_object (page);
  run_clear (&run);
}

static void
stop_early (MillBench *bench, const MillProgress *progress, gpointer data)
{
  if (progress->done > 0)
    mill_bench_stop (bench);
}

static void
test_stopped (void)
{
  GtkWidget *page = mill_run_page_new ();
  GtkWidget *window = show (page);
  Run run;

  run_init (&run, "sync,main-loop:2", 1000, 2, 0.05);
  mill_run_page_set_bench (MILL_RUN_PAGE (page), run.bench);
  g_signal_connect (run.bench, "progress", G_CALLBACK (stop_early), NULL);
  mill_bench_run_async (run.bench, NULL, on_done, &run);
  example_wait (is_done, &run);
  g_assert_cmpuint (run.result->trials->len, ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  run_clear (&run);
}

int
main (int argc, char *argv[])
{
  app_fixture_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/run-page/state", test_state);
  g_test_add_func ("/run-page/page", test_page);
  g_test_add_func ("/run-page/hidden", test_hidden);
  g_test_add_func ("/run-page/stopped", test_stopped);
  return app_fixture_run ();
}
