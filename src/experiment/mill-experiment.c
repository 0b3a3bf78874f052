/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-experiment.h"

static void
projection_free (gpointer data)
{
  MillProjection *projection = data;

  g_free (projection->model);
  g_free (projection);
}

MillExperiment *
mill_experiment_new (void)
{
  MillExperiment *experiment = g_new0 (MillExperiment, 1);

  experiment->workload = MILL_WORKLOAD_HTTP;
  experiment->models = g_array_new (FALSE, FALSE, sizeof (MillModelSpec));
  experiment->server.distribution = MILL_DISTRIBUTION_FIXED;
  experiment->server.body_size_bytes = -1;
  experiment->method = g_strdup ("GET");
  experiment->headers = g_new0 (char *, 1);
  experiment->keep_alive = TRUE;
  experiment->after = MILL_AFTER_NOTHING;
  experiment->timeout_s = MILL_DEFAULT_TIMEOUT_S;
  experiment->rounds = 1;
  experiment->requests = MILL_DEFAULT_REQUESTS;
  experiment->repetitions = 1;
  experiment->seed = 1;
  experiment->sweep = MILL_SWEEP_NONE;
  experiment->sweep_values = g_array_new (FALSE, FALSE, sizeof (double));
  experiment->projections = g_ptr_array_new_with_free_func (projection_free);
  return experiment;
}

MillExperiment *
mill_experiment_copy (const MillExperiment *experiment)
{
  MillExperiment *copy = g_memdup2 (experiment, sizeof (MillExperiment));

  copy->name = g_strdup (experiment->name);
  copy->preset = g_strdup (experiment->preset);
  copy->models = g_array_copy (experiment->models);
  copy->urls = g_strdupv (experiment->urls);
  copy->method = g_strdup (experiment->method);
  copy->headers = g_strdupv (experiment->headers);
  copy->body = experiment->body != NULL ? g_bytes_ref (experiment->body) : NULL;
  copy->ca_file = g_strdup (experiment->ca_file);
  copy->sweep_values = g_array_copy (experiment->sweep_values);
  copy->projections = g_ptr_array_new_with_free_func (projection_free);
  for (guint i = 0; i < experiment->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (experiment->projections, i);
    mill_experiment_set_projection (copy, projection->model, projection->requests);
  }
  return copy;
}

void
mill_experiment_free (MillExperiment *experiment)
{
  g_free (experiment->name);
  g_free (experiment->preset);
  g_array_unref (experiment->models);
  g_strfreev (experiment->urls);
  g_free (experiment->method);
  g_strfreev (experiment->headers);
  g_clear_pointer (&experiment->body, g_bytes_unref);
  g_free (experiment->ca_file);
  g_array_unref (experiment->sweep_values);
  g_ptr_array_unref (experiment->projections);
  g_free (experiment);
}

static MillProjection *
find_projection (const MillExperiment *experiment, const char *model)
{
  for (guint i = 0; i < experiment->projections->len; i++) {
    MillProjection *projection = g_ptr_array_index (experiment->projections, i);
    if (g_str_equal (projection->model, model))
      return projection;
  }
  return NULL;
}

void
mill_experiment_set_projection (MillExperiment *experiment, const char *model, gint64 requests)
{
  MillProjection *projection = find_projection (experiment, model);

  if (projection != NULL && requests == 0) {
    g_ptr_array_remove (experiment->projections, projection);
  } else if (projection != NULL) {
    projection->requests = requests;
  } else if (requests != 0) {
    projection = g_new0 (MillProjection, 1);
    projection->model = g_strdup (model);
    projection->requests = requests;
    g_ptr_array_add (experiment->projections, projection);
  }
}

gint64
mill_experiment_get_projection (const MillExperiment *experiment, const char *model)
{
  const MillProjection *projection = find_projection (experiment, model);

  return projection != NULL ? projection->requests : 0;
}

static gboolean
doubles_equal (double a, double b)
{
  return a >= b && a <= b;
}

static gboolean
strv_equal (const char *const *a, const char *const *b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal (a, b);
}

static gboolean
bytes_equal (GBytes *a, GBytes *b)
{
  return a == NULL || b == NULL ? a == b : g_bytes_equal (a, b);
}

static gboolean
models_equal (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    if (!mill_model_spec_equal (&g_array_index (a, MillModelSpec, i),
                                &g_array_index (b, MillModelSpec, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
servers_equal (const MillServerSettings *a, const MillServerSettings *b)
{
  return doubles_equal (a->delay_s, b->delay_s) && doubles_equal (a->jitter_s, b->jitter_s) &&
         a->distribution == b->distribution && a->body_size_bytes == b->body_size_bytes &&
         doubles_equal (a->error_rate, b->error_rate) && doubles_equal (a->drop_rate, b->drop_rate);
}

static gboolean
http_equal (const MillExperiment *a, const MillExperiment *b)
{
  return strv_equal ((const char *const *) a->urls, (const char *const *) b->urls) &&
         (a->urls != NULL || servers_equal (&a->server, &b->server)) &&
         g_str_equal (a->method, b->method) &&
         strv_equal ((const char *const *) a->headers, (const char *const *) b->headers) &&
         bytes_equal (a->body, b->body) && a->keep_alive == b->keep_alive && a->after == b->after &&
         doubles_equal (a->timeout_s, b->timeout_s) && g_strcmp0 (a->ca_file, b->ca_file) == 0 &&
         a->use_proxy == b->use_proxy;
}

static gboolean
sweeps_equal (const MillExperiment *a, const MillExperiment *b)
{
  if (a->sweep == MILL_SWEEP_NONE && b->sweep == MILL_SWEEP_NONE)
    return TRUE;
  if (a->sweep != b->sweep || a->sweep_values->len != b->sweep_values->len)
    return FALSE;
  for (guint i = 0; i < a->sweep_values->len; i++) {
    if (!doubles_equal (g_array_index (a->sweep_values, double, i),
                        g_array_index (b->sweep_values, double, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
projections_equal (const MillExperiment *a, const MillExperiment *b)
{
  if (a->projections->len != b->projections->len)
    return FALSE;
  for (guint i = 0; i < a->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (a->projections, i);
    if (mill_experiment_get_projection (b, projection->model) != projection->requests)
      return FALSE;
  }
  return TRUE;
}

gboolean
mill_experiment_get_sweep_range (const MillExperiment *experiment,
                                 MillSweep parameter,
                                 double *least,
                                 double *most)
{
  const double *values = (const double *) (gpointer) experiment->sweep_values->data;

  if (experiment->sweep != parameter || experiment->sweep_values->len == 0)
    return FALSE;
  *least = *most = values[0];
  for (guint i = 1; i < experiment->sweep_values->len; i++) {
    *least = MIN (*least, values[i]);
    *most = MAX (*most, values[i]);
  }
  return TRUE;
}

gboolean
mill_experiment_has_request_bound (const MillExperiment *experiment)
{
  return experiment->duration_s <= 0 || experiment->requests_set;
}

static gboolean
requests_equal (const MillExperiment *a, const MillExperiment *b)
{
  gboolean bound = mill_experiment_has_request_bound (a);

  return bound == mill_experiment_has_request_bound (b) && (!bound || a->requests == b->requests);
}

gboolean
mill_experiment_equal (const MillExperiment *a, const MillExperiment *b)
{
  return a->workload == b->workload && models_equal (a->models, b->models) &&
         (a->workload == MILL_WORKLOAD_HTTP ? http_equal (a, b) : a->rounds == b->rounds) &&
         requests_equal (a, b) && doubles_equal (a->duration_s, b->duration_s) &&
         doubles_equal (a->rate, b->rate) && a->warmup == b->warmup &&
         a->repetitions == b->repetitions && a->seed == b->seed && sweeps_equal (a, b) &&
         projections_equal (a, b) && a->allow_remote_load == b->allow_remote_load;
}

/* Names by value; the values of each enumeration count from 0. */
static const char *const workload_names[] = { "http", "cpu", NULL };
static const char *const after_names[] = { "nothing", "write", "hash", "json", NULL };
static const char *const distribution_names[] = { "fixed", "uniform", "log-normal", "pauses",
                                                  NULL };
static const char *const sweep_names[] = { "none",      "concurrency", "requests", "delay",
                                           "body-size", "rate",        NULL };

static int
find_name (const char *const *names, const char *text)
{
  for (int i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], text))
      return i;
  }
  return -1;
}

const char *const *
mill_workload_names (void)
{
  return workload_names;
}

const char *
mill_workload_to_string (MillWorkloadKind workload)
{
  return workload_names[workload];
}

gboolean
mill_workload_from_string (const char *text, MillWorkloadKind *workload)
{
  int value = find_name (workload_names, text);

  if (value >= 0)
    *workload = (MillWorkloadKind) value;
  return value >= 0;
}

const char *const *
mill_after_names (void)
{
  return after_names;
}

const char *
mill_after_to_string (MillAfter after)
{
  return after_names[after];
}

gboolean
mill_after_from_string (const char *text, MillAfter *after)
{
  int value = find_name (after_names, text);

  if (value >= 0)
    *after = (MillAfter) value;
  return value >= 0;
}

const char *const *
mill_distribution_names (void)
{
  return distribution_names;
}

const char *
mill_distribution_to_string (MillDistribution distribution)
{
  return distribution_names[distribution];
}

gboolean
mill_distribution_from_string (const char *text, MillDistribution *distribution)
{
  int value = find_name (distribution_names, text);

  if (value >= 0)
    *distribution = (MillDistribution) value;
  return value >= 0;
}

const char *const *
mill_sweep_names (void)
{
  return sweep_names;
}

const char *
mill_sweep_to_string (MillSweep sweep)
{
  return sweep_names[sweep];
}

gboolean
mill_sweep_from_string (const char *text, MillSweep *sweep)
{
  int value = find_name (sweep_names, text);

  if (value >= 0)
    *sweep = (MillSweep) value;
  return value >= 0;
}
