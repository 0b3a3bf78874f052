/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/mill-plan-fit.h"

#include "bench/mill-plan-advice.h"
#include "experiment/mill-error.h"

/* The message of what the machine refuses, or NULL. What is wrong with the experiment itself, no
 * smaller number mends. */
static char *
find_refusal (const MillExperiment *experiment, const MillLimits *limits)
{
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, limits);
  g_autoptr (GError) error = NULL;

  if (mill_plan_check (plan, &error) || !g_error_matches (error, MILL_ERROR, MILL_ERROR_LIMIT))
    return NULL;
  return g_strdup (error->message);
}

static double
get_value (const MillExperiment *experiment, guint index)
{
  return g_array_index (experiment->sweep_values, double, index);
}

/* The next smaller round number for the largest value; FALSE where none is above the others. */
static gboolean
lower (MillExperiment *experiment)
{
  guint largest = experiment->sweep_values->len - 1;
  double value = (double) mill_plan_round_requests (get_value (experiment, largest) - 1);

  if (value < 1 || (largest > 0 && value <= get_value (experiment, largest - 1)))
    return FALSE;
  g_array_index (experiment->sweep_values, double, largest) = value;
  return TRUE;
}

gboolean
mill_plan_fit_sweep (MillExperiment *experiment, const MillLimits *limits, char **reason)
{
  g_autoptr (MillExperiment) fitted = NULL;
  g_autofree char *first_refusal = NULL;

  if (reason != NULL)
    *reason = NULL;
  if (experiment->sweep != MILL_SWEEP_REQUESTS && experiment->sweep != MILL_SWEEP_CONCURRENCY)
    return FALSE;
  first_refusal = find_refusal (experiment, limits);
  if (first_refusal == NULL)
    return FALSE;

  fitted = mill_experiment_copy (experiment);
  for (;;) {
    g_autofree char *refusal = NULL;

    if (!lower (fitted))
      return FALSE;
    refusal = find_refusal (fitted, limits);
    if (refusal == NULL)
      break;
  }
  for (guint i = 0; i < fitted->sweep_values->len; i++)
    g_array_index (experiment->sweep_values, double, i) = get_value (fitted, i);
  if (reason != NULL)
    *reason = g_steal_pointer (&first_refusal);
  return TRUE;
}
