/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "fake-result.h"

MillExperiment *
fake_experiment_new (MillWorkloadKind workload, const char *models, int repetitions)
{
  MillExperiment *experiment = mill_experiment_new ();

  g_array_unref (experiment->models);
  experiment->models = mill_model_list_parse (models, workload, NULL);
  g_assert_nonnull (experiment->models);
  experiment->workload = workload;
  experiment->requests = 80;
  experiment->requests_set = TRUE;
  experiment->repetitions = repetitions;
  experiment->server.delay_s = workload == MILL_WORKLOAD_HTTP ? 0.1 : 0;
  return experiment;
}

static void
add_trial (MillResult *result,
           guint model,
           guint sweep_index,
           int repetition,
           FakeTrialFunc func,
           gpointer data)
{
  const MillExperiment *experiment = result->experiment;
  MillModelSpec spec = g_array_index (experiment->models, MillModelSpec, model);
  MillTrialResult *trial = mill_trial_result_new ();

  if (experiment->sweep != MILL_SWEEP_NONE)
    trial->sweep_value = g_array_index (experiment->sweep_values, double, sweep_index);
  if (experiment->sweep == MILL_SWEEP_CONCURRENCY &&
      !mill_model_spec_set_concurrency (&spec, (int) trial->sweep_value, NULL))
    trial->sweep_value = NAN;
  trial->model = mill_model_spec_to_string (&spec, experiment->workload);
  trial->repetition = repetition;
  trial->order = (int) result->trials->len + 1;
  trial->status = MILL_TRIAL_COMPLETE;
  trial->requests_asked =
      experiment->sweep == MILL_SWEEP_REQUESTS ? (gint64) trial->sweep_value : experiment->requests;
  trial->requests_planned = trial->requests_asked;
  trial->requests_ok = trial->requests_asked;
  trial->requests_failed = 0;
  trial->cores = 2;
  func (trial, sweep_index, data);
  g_ptr_array_add (result->trials, trial);
}

MillResult *
fake_result_new_bare (const MillExperiment *experiment, FakeTrialFunc func, gpointer data)
{
  MillResult *result = mill_result_new ((MillExperiment *) experiment);
  guint n_values = experiment->sweep == MILL_SWEEP_NONE ? 1 : experiment->sweep_values->len;

  result->started = g_strdup ("2026-11-20T21:48:00Z");
  for (int repetition = 1; repetition <= experiment->repetitions; repetition++) {
    for (guint model = 0; model < experiment->models->len; model++) {
      for (guint value = 0; value < n_values; value++)
        add_trial (result, model, value, repetition, func, data);
    }
  }
  for (guint i = 0; i < experiment->models->len * n_values; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    g_ptr_array_add (result->models, mill_model_result_new (trial->model, trial->sweep_value));
  }
  return result;
}

MillResult *
fake_result_new (const MillExperiment *experiment, FakeTrialFunc func, gpointer data)
{
  MillResult *result = fake_result_new_bare (experiment, func, data);

  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  return result;
}
