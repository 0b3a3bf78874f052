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

/* The next smaller round number. */
static double
next_below (double value)
{
  return (double) mill_plan_round_requests (value - 1);
}

gboolean
mill_plan_fit_sweep (MillExperiment *experiment, const MillLimits *limits, char **reason)
{
  g_autofree char *refusal = NULL;
  double *values = (double *) (gpointer) experiment->sweep_values->data;
  guint last = experiment->sweep_values->len - 1;

  if (reason != NULL)
    *reason = NULL;
  if (experiment->sweep != MILL_SWEEP_REQUESTS && experiment->sweep != MILL_SWEEP_CONCURRENCY)
    return FALSE;
  refusal = find_refusal (experiment, limits);
  if (refusal == NULL)
    return FALSE;

  const double asked = values[last];
  const double least = last > 0 ? values[last - 1] : 0;
  for (double value = next_below (asked); value > least && value < values[last];
       value = next_below (value)) {
    g_autofree char *still = NULL;

    values[last] = value;
    still = find_refusal (experiment, limits);
    if (still == NULL) {
      if (reason != NULL)
        *reason = g_steal_pointer (&refusal);
      return TRUE;
    }
  }
  values[last] = asked;
  return FALSE;
}
