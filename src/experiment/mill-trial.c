/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json-fields.h"
#include "experiment/mill-json.h"
#include "experiment/mill-trial.h"

/* The most requests that a trial may send: the experiment's number, or as many as a duration
 * and a rate leave time for. */
static gint64
most_requests (const MillExperiment *experiment)
{
  if (mill_experiment_has_request_bound (experiment))
    return experiment->requests;
  if (experiment->rate > 0)
    return (gint64) MIN (ceil (experiment->rate * experiment->duration_s), MILL_MAX_REQUESTS);
  return MILL_MAX_REQUESTS;
}

MillTrial *
mill_trial_new (const MillExperiment *experiment, const MillModelSpec *model)
{
  MillTrial *trial = g_new0 (MillTrial, 1);
  gint64 projection;

  trial->model = *model;
  trial->model_name = mill_model_spec_to_string (model, experiment->workload);
  trial->repetition = 1;
  trial->order = 1;
  trial->sweep_value = NAN;
  trial->workload = experiment->workload;
  trial->urls = g_strdupv (experiment->urls);
  trial->method = g_strdup (experiment->method);
  trial->headers = g_strdupv (experiment->headers);
  trial->body = experiment->body != NULL ? g_bytes_ref (experiment->body) : NULL;
  trial->keep_alive = experiment->keep_alive;
  trial->after = experiment->after;
  trial->timeout_s = experiment->timeout_s;
  trial->ca_file = g_strdup (experiment->ca_file);
  trial->use_proxy = experiment->use_proxy;
  trial->same_host_only = !experiment->allow_remote_load;
  trial->rounds = experiment->rounds;
  trial->requests_asked = most_requests (experiment);
  projection = mill_experiment_get_projection (experiment, trial->model_name);
  trial->requests =
      projection > 0 ? MIN (projection, trial->requests_asked) : trial->requests_asked;
  trial->duration_s = experiment->duration_s;
  trial->rate = experiment->rate;
  trial->warmup = experiment->warmup;
  trial->seed = experiment->seed;
  return trial;
}

MillTrial *
mill_trial_copy (const MillTrial *trial)
{
  MillTrial *copy = g_memdup2 (trial, sizeof (MillTrial));

  copy->model_name = g_strdup (trial->model_name);
  copy->urls = g_strdupv (trial->urls);
  copy->method = g_strdup (trial->method);
  copy->headers = g_strdupv (trial->headers);
  copy->body = trial->body != NULL ? g_bytes_ref (trial->body) : NULL;
  copy->ca_file = g_strdup (trial->ca_file);
  copy->records_path = g_strdup (trial->records_path);
  copy->scratch_path = g_strdup (trial->scratch_path);
  copy->folder_path = g_strdup (trial->folder_path);
  return copy;
}

void
mill_trial_free (MillTrial *trial)
{
  g_free (trial->model_name);
  g_strfreev (trial->urls);
  g_free (trial->method);
  g_strfreev (trial->headers);
  g_clear_pointer (&trial->body, g_bytes_unref);
  g_free (trial->ca_file);
  g_free (trial->records_path);
  g_free (trial->scratch_path);
  g_free (trial->folder_path);
  g_free (trial);
}

static void
set_optional_string (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

JsonNode *
mill_trial_to_json (const MillTrial *trial)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  MillHttpFields http = {
    .method = trial->method,
    .headers = trial->headers,
    .body = trial->body,
    .keep_alive = trial->keep_alive,
    .after = trial->after,
    .timeout_s = trial->timeout_s,
    .ca_file = trial->ca_file,
    .use_proxy = trial->use_proxy,
  };

  json_object_set_string_member (object, "workload", mill_workload_to_string (trial->workload));
  json_object_set_string_member (object, "model", trial->model_name);
  json_object_set_int_member (object, "repetition", trial->repetition);
  json_object_set_int_member (object, "order", trial->order);
  if (!isnan (trial->sweep_value))
    json_object_set_double_member (object, "sweep_value", trial->sweep_value);
  if (trial->urls != NULL)
    mill_json_set_strings (object, "urls", trial->urls);
  mill_json_set_http_fields (object, &http);
  json_object_set_boolean_member (object, "same_host_only", trial->same_host_only);
  json_object_set_int_member (object, "rounds", trial->rounds);
  json_object_set_int_member (object, "requests", trial->requests);
  json_object_set_int_member (object, "requests_asked", trial->requests_asked);
  json_object_set_int_member (object, "first_request", trial->first_request);
  json_object_set_double_member (object, "duration_s", trial->duration_s);
  json_object_set_double_member (object, "rate", trial->rate);
  json_object_set_int_member (object, "warmup", trial->warmup);
  mill_json_set_uint64 (object, "seed", trial->seed);
  set_optional_string (object, "records_path", trial->records_path);
  set_optional_string (object, "scratch_path", trial->scratch_path);
  set_optional_string (object, "folder_path", trial->folder_path);
  json_object_set_boolean_member (object, "await_start", trial->await_start);
  json_object_set_boolean_member (object, "quiet", trial->quiet);
  json_node_take_object (node, object);
  return node;
}

static gboolean
read_model (JsonObject *object, MillTrial *trial, GError **error)
{
  int workload = (int) trial->workload;

  if (!mill_json_get_name (object, "workload", mill_workload_names (), &workload, error) ||
      !mill_json_get_string (object, "model", MILL_MAX_NAME_BYTES, &trial->model_name, error))
    return FALSE;
  trial->workload = (MillWorkloadKind) workload;
  if (mill_model_spec_parse (trial->model_name != NULL ? trial->model_name : "", trial->workload,
                             &trial->model, error))
    return TRUE;
  mill_json_prefix_invalid (error, "model");
  return FALSE;
}

static gboolean
read_http (JsonObject *object, MillTrial *trial, GError **error)
{
  MillHttpFields http = { .keep_alive = trial->keep_alive, .timeout_s = trial->timeout_s };
  gboolean valid = mill_json_get_http_fields (object, &http, error);

  trial->method = http.method != NULL ? http.method : g_strdup ("GET");
  trial->headers = http.headers != NULL ? http.headers : g_new0 (char *, 1);
  trial->body = http.body;
  trial->keep_alive = http.keep_alive;
  trial->after = http.after;
  trial->timeout_s = http.timeout_s;
  trial->ca_file = http.ca_file;
  trial->use_proxy = http.use_proxy;
  if (!valid || !mill_json_get_urls (object, &trial->urls, error) ||
      !mill_json_get_boolean (object, "same_host_only", &trial->same_host_only, error))
    return FALSE;
  if (trial->workload == MILL_WORKLOAD_HTTP && (trial->urls == NULL || trial->urls[0] == NULL)) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“urls” must not be empty"));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_numbers (JsonObject *object, MillTrial *trial, GError **error)
{
  gint64 repetition = 1;
  gint64 order = 1;
  gint64 rounds = 1;

  if (!mill_json_get_int (object, "repetition", 1, MILL_MAX_REPETITIONS, &repetition, error) ||
      !mill_json_get_int (object, "order", 1, G_MAXINT32, &order, error) ||
      !mill_json_get_int (object, "rounds", 1, MILL_MAX_ROUNDS, &rounds, error) ||
      !mill_json_get_double (object, "sweep_value", 0, G_MAXDOUBLE, &trial->sweep_value, error) ||
      !mill_json_get_int (object, "requests", 0, MILL_MAX_REQUESTS, &trial->requests, error))
    return FALSE;
  trial->repetition = (int) repetition;
  trial->order = (int) order;
  trial->rounds = (int) rounds;
  trial->requests_asked = trial->requests;
  return mill_json_get_int (object, "requests_asked", 0, MILL_MAX_REQUESTS, &trial->requests_asked,
                            error) &&
         mill_json_get_int (object, "first_request", 0, MILL_MAX_REQUESTS, &trial->first_request,
                            error) &&
         mill_json_get_double (object, "duration_s", 0, MILL_MAX_DURATION_S, &trial->duration_s,
                               error) &&
         mill_json_get_double (object, "rate", 0, MILL_MAX_RATE, &trial->rate, error) &&
         mill_json_get_int (object, "warmup", 0, MILL_MAX_REQUESTS, &trial->warmup, error) &&
         mill_json_get_uint64 (object, "seed", &trial->seed, error);
}

MillTrial *
mill_trial_from_json (JsonNode *node, GError **error)
{
  g_autoptr (MillTrial) trial = g_new0 (MillTrial, 1);
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("a trial must be a JSON object"));
    return NULL;
  }
  object = json_node_get_object (node);
  trial->sweep_value = NAN;
  trial->keep_alive = TRUE;
  trial->timeout_s = MILL_DEFAULT_TIMEOUT_S;
  trial->same_host_only = TRUE;
  if (!read_model (object, trial, error) || !read_http (object, trial, error) ||
      !read_numbers (object, trial, error) ||
      !mill_json_get_string (object, "records_path", MILL_MAX_PATH_BYTES, &trial->records_path,
                             error) ||
      !mill_json_get_string (object, "scratch_path", MILL_MAX_PATH_BYTES, &trial->scratch_path,
                             error) ||
      !mill_json_get_string (object, "folder_path", MILL_MAX_PATH_BYTES, &trial->folder_path,
                             error) ||
      !mill_json_get_boolean (object, "await_start", &trial->await_start, error) ||
      !mill_json_get_boolean (object, "quiet", &trial->quiet, error))
    return NULL;
  return g_steal_pointer (&trial);
}
