/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run-trial.h"

MillTrial *
trial_new (const char *model, const char *url, gint64 requests)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  g_autoptr (GError) error = NULL;
  MillModelSpec spec;
  MillTrial *trial;

  mill_model_spec_parse (model, MILL_WORKLOAD_HTTP, &spec, &error);
  g_assert_no_error (error);
  trial = mill_trial_new (experiment, &spec);
  g_strfreev (trial->urls);
  trial->urls = g_strsplit (url, " ", -1);
  trial->requests = requests;
  trial->requests_asked = requests;

  return trial;
}

MillRun *
trial_run (const MillTrial *trial)
{
  g_autoptr (GError) error = NULL;
  MillRun *run = mill_run_new (trial, &error);

  g_assert_no_error (error);
  mill_runner_for (trial->model.kind)->run_http (run, &error);
  g_assert_no_error (error);

  return run;
}

typedef struct {
  MillRun *run;
  gint64 after_us;
  gint64 stopped_us;
} Stopper;

static gpointer
stop_later (gpointer data)
{
  Stopper *stopper = data;

  g_usleep ((gulong) stopper->after_us);
  stopper->stopped_us = g_get_monotonic_time ();
  mill_run_stop (stopper->run);

  return NULL;
}

MillRun *
trial_run_and_stop (const MillTrial *trial, gint64 after_us, gint64 *took_us)
{
  g_autoptr (GError) error = NULL;
  Stopper stopper = { mill_run_new (trial, &error), after_us, 0 };
  GThread *thread;
  gint64 ended_us;

  g_assert_no_error (error);
  thread = g_thread_new ("stop", stop_later, &stopper);
  mill_runner_for (trial->model.kind)->run_http (stopper.run, &error);
  ended_us = g_get_monotonic_time ();
  g_assert_no_error (error);
  g_thread_join (thread);
  *took_us = ended_us - stopper.stopped_us;

  return stopper.run;
}

gint64
run_count (MillRun *run, MillOutcome outcome)
{
  MillCounters counters;

  mill_run_get_counters (run, &counters);

  return counters.outcomes[outcome];
}
