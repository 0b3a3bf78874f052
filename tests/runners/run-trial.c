/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "run-trial.h"

#include "platform/mill-usage.h"

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

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MAX_STOP_CPU_S 5.0
#else
#define MAX_STOP_CPU_S 0.5
#endif
#define MAX_START_S 60
/* Much less than the timeout of a request. */
#define MAX_STOP_S 15

typedef struct {
  MillRun *run;
  TrialFunc is_far_enough;
  gpointer data;
  gint64 stopped_us;
  double cpu_s;
} Stopper;

static double
get_cpu_s (void)
{
  MillUsage usage;

  g_assert_true (mill_usage_read (&usage));

  return usage.user_s + usage.system_s;
}

static gpointer
stop_later (gpointer data)
{
  Stopper *stopper = data;

  gint64 give_up_us = g_get_monotonic_time () + MAX_START_S * G_USEC_PER_SEC;

  while (!stopper->is_far_enough (stopper->run, stopper->data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
    g_usleep (1000);
  }
  stopper->stopped_us = g_get_monotonic_time ();
  stopper->cpu_s = get_cpu_s ();
  mill_run_stop (stopper->run);

  return NULL;
}

MillRun *
trial_run_and_stop (const MillTrial *trial, TrialFunc is_far_enough, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Stopper stopper = { mill_run_new (trial, &error), is_far_enough, data, 0, 0 };
  GThread *thread;
  gint64 ended_us;
  double cpu_s;

  g_assert_no_error (error);
  thread = g_thread_new ("stop", stop_later, &stopper);
  mill_runner_for (trial->model.kind)->run_http (stopper.run, &error);
  ended_us = g_get_monotonic_time ();
  cpu_s = get_cpu_s ();
  g_assert_no_error (error);
  g_thread_join (thread);

  g_test_message ("%s: stopped in %" G_GINT64_FORMAT " us, %.3f s of CPU", trial->model_name,
                  ended_us - stopper.stopped_us, cpu_s - stopper.cpu_s);
  g_assert_cmpfloat (cpu_s - stopper.cpu_s, <, MAX_STOP_CPU_S);
  g_assert_cmpint (ended_us - stopper.stopped_us, <, MAX_STOP_S * G_USEC_PER_SEC);

  return stopper.run;
}

gint64
run_count (MillRun *run, MillOutcome outcome)
{
  MillCounters counters;

  mill_run_get_counters (run, &counters);

  return counters.outcomes[outcome];
}
