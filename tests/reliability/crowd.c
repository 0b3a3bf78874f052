/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "crowd.h"

/* For all of them together; only what hangs takes so long. */
#define PATIENCE_S 60

struct _Crowd {
  const CrowdFuncs *funcs;
  gpointer data;
  GMainLoop *loop;
  guint32 seed;
  guint n_runs;
  guint next;
  guint n_running;
  gint64 moved_us; /* when one ended, or a trial of it did */
};

gboolean
crowd_chance (GRand *rand, int percent)
{
  return g_rand_int_range (rand, 0, 100) < percent;
}

MillModelSpec
crowd_random_model (GRand *rand, int most)
{
  MillModelSpec spec = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 };

  do
    spec.kind = (MillModelKind) g_rand_int_range (rand, 0, MILL_N_MODELS);
  while (!mill_model_is_available (spec.kind));
  switch (mill_model_parameters (spec.kind, MILL_WORKLOAD_HTTP)) {
  case MILL_PARAMETERS_N:
    spec.workers = g_rand_int_range (rand, 1, most + 1);
    break;
  case MILL_PARAMETERS_C:
    spec.in_flight = g_rand_int_range (rand, 0, most + 1);
    break;
  case MILL_PARAMETERS_C_PER_B:
    spec.in_flight = g_rand_int_range (rand, 0, most + 1);
    spec.batch = g_rand_int_range (rand, 1, 2 * most);
    break;
  case MILL_PARAMETERS_T_BY_C:
    spec.workers = g_rand_int_range (rand, 1, 4);
    spec.in_flight = g_rand_int_range (rand, 1, MAX (most / 3, 1) + 1);
    break;
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    break;
  }
  return spec;
}

void
crowd_expect (CrowdRun *run, gboolean condition, const char *format, ...)
{
  va_list arguments;

  if (condition)
    return;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *command = mill_experiment_to_command_line (run->experiment);
  g_error ("MILL_SEED=%u, experiment %u, stopped after %" G_GINT64_FORMAT " us: %s\n%s",
           run->crowd->seed, run->number, run->stop_after_us, what, command);
}

static void start_next (Crowd *crowd);

static void
run_free (CrowdRun *run)
{
  if (run->stopper != NULL)
    g_source_destroy (run->stopper);
  g_clear_pointer (&run->stopper, g_source_unref);
  /* What still holds it lets go in the turns of the loop that follow. */
  g_clear_object (&run->bench);
  g_clear_pointer (&run->result, mill_result_free);
  mill_experiment_free (run->experiment);
  g_rand_free (run->rand);
  g_free (run);
}

static void
on_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  CrowdRun *run = data;
  Crowd *crowd = run->crowd;
  g_autoptr (GError) error = NULL;

  run->ended_us = crowd->moved_us = g_get_monotonic_time ();
  run->result = mill_bench_run_finish (run->bench, async_result, &error);
  crowd_expect (run, error == NULL, "%s", error != NULL ? error->message : "");
  crowd_expect (run, mill_bench_get_folder (run->bench) == NULL, "its folder stays");
  crowd->funcs->check (run);
  g_signal_handlers_disconnect_by_data (run->bench, run);
  run_free (run);
  crowd->n_running--;
  start_next (crowd);
}

static gboolean
stop (gpointer data)
{
  CrowdRun *run = data;

  run->stopped_us = g_get_monotonic_time ();
  mill_bench_stop (run->bench);
  return G_SOURCE_REMOVE;
}

/* Stops it after a time that the loop measures finer than timeouts in milliseconds do. */
static void
on_trial_started (MillBench *bench, const MillTrial *trial, gpointer data)
{
  CrowdRun *run = data;

  if (run->stop_after_us < 0 || trial->order != 1)
    return;
  run->stopper = g_timeout_source_new (0);
  g_source_set_ready_time (run->stopper, g_get_monotonic_time () + run->stop_after_us);
  g_source_set_callback (run->stopper, stop, run, NULL);
  g_source_attach (run->stopper, NULL);
}

static void
on_trial_finished (MillBench *bench, const MillTrialResult *trial, gpointer data)
{
  CrowdRun *run = data;

  run->crowd->moved_us = g_get_monotonic_time ();
  if (run->crowd->funcs->trial_ended != NULL)
    run->crowd->funcs->trial_ended (run, trial);
}

static void
start_next (Crowd *crowd)
{
  CrowdRun *run;

  if (crowd->next == crowd->n_runs) {
    if (crowd->n_running == 0)
      g_main_loop_quit (crowd->loop);
    return;
  }
  run = g_new0 (CrowdRun, 1);
  run->crowd = crowd;
  run->data = crowd->data;
  run->number = crowd->next++;
  run->rand = g_rand_new_with_seed_array ((guint32[]){ crowd->seed, run->number }, 2);
  run->stop_after_us = -1;
  crowd->funcs->prepare (run);
  run->bench = mill_bench_new (run->experiment);
  crowd->n_running++;
  g_signal_connect (run->bench, "trial-started", G_CALLBACK (on_trial_started), run);
  g_signal_connect (run->bench, "trial-finished", G_CALLBACK (on_trial_finished), run);
  mill_bench_run_async (run->bench, NULL, on_done, run);
}

static gboolean
look_whether_it_moves (gpointer data)
{
  Crowd *crowd = data;

  if (g_get_monotonic_time () - crowd->moved_us > PATIENCE_S * G_USEC_PER_SEC)
    g_error ("MILL_SEED=%u: no trial ends any more; experiment %u was the last to start",
             crowd->seed, crowd->next - 1);
  return G_SOURCE_CONTINUE;
}

void
crowd_run (guint n_runs, guint at_once, guint32 seed, const CrowdFuncs *funcs, gpointer data)
{
  Crowd crowd = { .funcs = funcs, .data = data, .seed = seed, .n_runs = n_runs };
  guint watch = g_timeout_add_seconds (1, look_whether_it_moves, &crowd);

  crowd.loop = g_main_loop_new (NULL, FALSE);
  crowd.moved_us = g_get_monotonic_time ();
  for (guint i = 0; i < MIN (at_once, n_runs); i++)
    start_next (&crowd);
  if (crowd.n_running > 0)
    g_main_loop_run (crowd.loop);
  g_source_remove (watch);
  g_main_loop_unref (crowd.loop);
}
