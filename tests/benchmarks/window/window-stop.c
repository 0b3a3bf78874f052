/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-bench.h"

/* How long it takes from win.stop until the run has ended and its partial result is there, under
 * each model. */

#define ATTEMPTS 3
#define REQUESTS 20000
#define DELAY_S 1.0
#define LIMIT_MS 500.0

typedef struct {
  gint64 wanted;    /* in flight */
  gint64 in_flight; /* at most so far */
  gint64 done;
} Load;

static void
on_progress (MillBench *bench, const MillProgress *progress, Load *load)
{
  load->in_flight = MAX (load->in_flight, progress->in_flight);
  load->done = progress->done;
}

static void
on_run_finished (MillSession *session,
                 MillDocument *document,
                 const GError *error,
                 gint64 *finished_us)
{
  *finished_us = g_get_monotonic_time ();
}

/* Nearly all are in flight (it is looked at ten times a second only), and some have ended. */
static gboolean
is_loaded (gpointer data)
{
  Load *load = data;

  return load->in_flight >= 0.9 * load->wanted && load->done > 0;
}

static gboolean
is_set (gpointer data)
{
  return *(gint64 *) data != 0;
}

static double
stop_once (MillWindow *window, const char *model)
{
  MillSession *session = mill_window_get_session (window);
  g_autoptr (MillExperiment) experiment = window_bench_experiment (model, REQUESTS, DELAY_S);
  const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, 0);
  Load load = { .wanted = mill_model_spec_concurrency (spec, REQUESTS) };
  gint64 stopped_us, finished_us = 0;
  gulong finished;
  const MillResult *result;

  window_bench_start (window, experiment);
  g_signal_connect (mill_session_get_bench (session), "progress", G_CALLBACK (on_progress), &load);
  window_bench_wait (is_loaded, &load, model);
  g_signal_handlers_disconnect_by_data (mill_session_get_bench (session), &load);
  finished = g_signal_connect (session, "run-finished", G_CALLBACK (on_run_finished), &finished_us);
  stopped_us = g_get_monotonic_time ();
  g_action_group_activate_action (G_ACTION_GROUP (window), "stop", NULL);
  window_bench_wait (is_set, &finished_us, "stopping");
  g_signal_handler_disconnect (session, finished);
  result = mill_session_get_result (session);
  if (result == NULL || result->trials->len != 1)
    window_bench_fail ("%s left no partial result", model);
  const MillTrialResult *trial = g_ptr_array_index (result->trials, 0);
  if (trial->status != MILL_TRIAL_PARTIAL || trial->requests_ok <= 0)
    window_bench_fail ("%s left nothing that was measured", model);
  return (double) (finished_us - stopped_us) / 1000;
}

static void
stop_all (MillWindow *window)
{
  static const char *const models[] = {
    "sync",
    "thread-per-request:1000",
    "thread-pool:100",
    "gil-thread-pool:100",
    "main-loop:1000",
    "main-loop-batched:1000/10000",
    "hybrid:4x250",
    "multiprocess:2x500",
#ifdef HAVE_EPOLL_LOOP
    "epoll-loop:1000",
#endif
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *what =
        g_strdup_printf ("stop under %s, the slowest of %d", models[i], ATTEMPTS);
    double slowest_ms = 0;

    for (int attempt = 0; attempt < ATTEMPTS; attempt++)
      slowest_ms = MAX (slowest_ms, stop_once (window, models[i]));
    window_bench_at_most (what, slowest_ms, LIMIT_MS, " ms");
  }
}

int
main (int argc, char *argv[])
{
  return window_bench_run (&argc, &argv, NULL, stop_all);
}
