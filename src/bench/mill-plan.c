/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-plan-advice.h"
#include "bench/mill-plan-estimate.h"
#include "bench/mill-plan.h"
#include "experiment/mill-error.h"

static void
model_estimate_free (gpointer data)
{
  MillModelEstimate *estimate = data;

  g_free (estimate->model);
  g_free (estimate);
}

/* The trial of one model at one swept value; NULL where the value does not fit the model, which
 * then runs once without it (sync has no concurrency to vary). */
static MillTrial *
trial_new_swept (const MillExperiment *experiment, const MillModelSpec *model, double value)
{
  MillModelSpec swept = *model;

  if (experiment->sweep == MILL_SWEEP_CONCURRENCY &&
      !mill_model_spec_set_concurrency (&swept, (int) value, NULL))
    return NULL;

  MillTrial *trial = mill_trial_new (experiment, &swept);
  trial->sweep_value = value;
  if (experiment->sweep == MILL_SWEEP_REQUESTS)
    trial->requests = trial->requests_asked = (gint64) value;
  else if (experiment->sweep == MILL_SWEEP_RATE)
    trial->rate = value;
  return trial;
}

/* What one round holds: each model, at each swept value, once. */
static GPtrArray *
plan_round (const MillExperiment *experiment)
{
  GPtrArray *round = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_trial_free);

  for (guint m = 0; m < experiment->models->len; m++) {
    const MillModelSpec *model = &g_array_index (experiment->models, MillModelSpec, m);
    guint n_swept = 0;

    for (guint v = 0; experiment->sweep != MILL_SWEEP_NONE && v < experiment->sweep_values->len;
         v++) {
      MillTrial *trial =
          trial_new_swept (experiment, model, g_array_index (experiment->sweep_values, double, v));
      if (trial != NULL) {
        g_ptr_array_add (round, trial);
        n_swept++;
      }
    }
    if (n_swept == 0) {
      MillTrial *trial = mill_trial_new (experiment, model);
      trial->sweep_value = NAN;
      g_ptr_array_add (round, trial);
    }
  }
  return round;
}

static void
plan_add_estimate (MillPlan *plan,
                   const MillExperiment *experiment,
                   const MillTrial *trial,
                   int cores)
{
  MillModelEstimate *estimate = g_new0 (MillModelEstimate, 1);

  estimate->model = g_strdup (trial->model_name);
  estimate->sweep_value = trial->sweep_value;
  estimate->trial_s = mill_estimate_trial_s (experiment, trial, trial->requests, cores);
  estimate->total_s = estimate->trial_s * experiment->repetitions;
  estimate->projected = trial->requests < trial->requests_asked;
  plan->first_round_s += estimate->trial_s;
  plan->total_s += estimate->total_s;
  g_ptr_array_add (plan->estimates, estimate);
}

MillPlan *
mill_plan_new (const MillExperiment *experiment, const MillLimits *limits)
{
  MillPlan *plan = g_new0 (MillPlan, 1);
  MillLimits own_limits;

  plan->trials = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_trial_free);
  plan->estimates = g_ptr_array_new_with_free_func (model_estimate_free);
  plan->advice = g_ptr_array_new_with_free_func (mill_advice_free);
  if (limits == NULL) {
    mill_limits_read (&own_limits);
    limits = &own_limits;
  }
  if (!mill_plan_advise_problems (plan, experiment))
    return plan;

  g_autoptr (GPtrArray) round = plan_round (experiment);
  for (guint i = 0; i < round->len; i++)
    plan_add_estimate (plan, experiment, g_ptr_array_index (round, i), limits->cores);
  for (int repetition = 1; repetition <= experiment->repetitions; repetition++) {
    for (guint i = 0; i < round->len; i++) {
      MillTrial *trial = mill_trial_copy (g_ptr_array_index (round, i));
      trial->repetition = repetition;
      trial->order = (int) plan->trials->len + 1;
      g_ptr_array_add (plan->trials, trial);
    }
  }
  mill_plan_advise (plan, experiment, round, limits);
  return plan;
}

void
mill_plan_free (MillPlan *plan)
{
  g_ptr_array_unref (plan->trials);
  g_ptr_array_unref (plan->estimates);
  g_ptr_array_unref (plan->advice);
  g_free (plan);
}

static MillError
blocker_error_code (const MillAdvice *advice)
{
  if (g_str_equal (advice->code, "invalid"))
    return MILL_ERROR_USAGE;
  if (g_str_equal (advice->code, "remote-load"))
    return MILL_ERROR_PERMISSION;
  return MILL_ERROR_LIMIT;
}

gboolean
mill_plan_check (const MillPlan *plan, GError **error)
{
  if (plan->advice->len == 0)
    return TRUE;
  /* The most serious stands first. */
  const MillAdvice *advice = g_ptr_array_index (plan->advice, 0);
  if (advice->level != MILL_ADVICE_BLOCKER)
    return TRUE;
  g_set_error_literal (error, MILL_ERROR, blocker_error_code (advice), advice->message);
  return FALSE;
}

char *
mill_plan_describe_duration (double seconds)
{
  if (seconds < 10)
    return g_strdup_printf (_ ("%.1f s"), seconds);

  gint64 whole_s = llround (MIN (seconds, 1e12));
  if (whole_s < 60)
    return g_strdup_printf (_ ("%d s"), (int) whole_s);
  if (whole_s < 3600)
    return g_strdup_printf (_ ("%d min %d s"), (int) (whole_s / 60), (int) (whole_s % 60));
  return g_strdup_printf (_ ("%" PRId64 " h %d min"), whole_s / 3600, (int) (whole_s / 60 % 60));
}
