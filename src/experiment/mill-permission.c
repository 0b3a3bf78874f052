/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "experiment/mill-permission.h"
#include "experiment/mill-url.h"

/* The first host that is not this machine, or NULL. */
static char *
find_foreign_host (const MillExperiment *experiment)
{
  for (guint i = 0; experiment->urls != NULL && experiment->urls[i] != NULL; i++) {
    g_autofree char *host = mill_url_get_host (experiment->urls[i]);
    if (host == NULL || !mill_host_is_loopback (host))
      return host != NULL ? g_steal_pointer (&host) : g_strdup (experiment->urls[i]);
  }
  return NULL;
}

/* Requests of one trial under `model`, with its warm-up; a duration alone bounds nothing. */
static gint64
trial_requests (const MillExperiment *experiment, const MillModelSpec *model, double swept)
{
  g_autofree char *name = mill_model_spec_to_string (model, experiment->workload);
  gint64 projection = mill_experiment_get_projection (experiment, name);
  gint64 requests = experiment->requests;

  if (!mill_experiment_has_request_bound (experiment))
    requests = MILL_MAX_REQUESTS;
  if (projection > 0)
    requests = MIN (requests, projection);
  if (experiment->sweep == MILL_SWEEP_REQUESTS)
    requests = (gint64) swept;
  return requests + experiment->warmup;
}

/* Adds the requests of a model, each swept value once, and raises the highest number in flight. */
static void
add_model (const MillExperiment *experiment,
           const MillModelSpec *model,
           gint64 *requests,
           int *in_flight)
{
  guint n_values = experiment->sweep == MILL_SWEEP_NONE ? 1 : experiment->sweep_values->len;

  for (guint i = 0; i < n_values; i++) {
    double value = experiment->sweep == MILL_SWEEP_NONE
                       ? 0
                       : g_array_index (experiment->sweep_values, double, i);
    MillModelSpec swept = *model;
    gint64 of_trial;

    if (experiment->sweep == MILL_SWEEP_CONCURRENCY)
      mill_model_spec_set_concurrency (&swept, (int) value, NULL);
    of_trial = trial_requests (experiment, &swept, value);
    *requests += of_trial;
    *in_flight = MAX (*in_flight, mill_model_spec_concurrency (&swept, of_trial));
  }
}

gboolean
mill_experiment_check_permission (const MillExperiment *experiment, GError **error)
{
  g_autofree char *host = NULL;
  gint64 requests = 0;
  int in_flight = 0;

  if (experiment->allow_remote_load || experiment->workload != MILL_WORKLOAD_HTTP)
    return TRUE;
  host = find_foreign_host (experiment);
  if (host == NULL)
    return TRUE;
  for (guint i = 0; i < experiment->models->len; i++)
    add_model (experiment, &g_array_index (experiment->models, MillModelSpec, i), &requests,
               &in_flight);
  requests *= experiment->repetitions;
  if (requests <= MILL_REMOTE_MAX_REQUESTS && in_flight <= MILL_REMOTE_MAX_IN_FLIGHT)
    return TRUE;
  g_autofree char *shown = mill_number_group (requests);
  g_autofree char *at_once = mill_number_group (in_flight);
  if (!mill_experiment_has_request_bound (experiment))
    g_set_error (error, MILL_ERROR, MILL_ERROR_PERMISSION,
                 _ ("This would send requests to %s for %g seconds without a bound. Without "
                    "permission a foreign host gets at most %d requests, and %d at once. If you "
                    "may load it, add --allow-remote-load."),
                 host, experiment->duration_s, MILL_REMOTE_MAX_REQUESTS, MILL_REMOTE_MAX_IN_FLIGHT);
  else
    g_set_error (error, MILL_ERROR, MILL_ERROR_PERMISSION,
                 _ ("This would send %s requests to %s, up to %s at once. Without permission a "
                    "foreign host gets at most %d, and %d at once. If you may load it, add "
                    "--allow-remote-load."),
                 shown, host, at_once, MILL_REMOTE_MAX_REQUESTS, MILL_REMOTE_MAX_IN_FLIGHT);
  return FALSE;
}
