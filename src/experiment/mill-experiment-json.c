/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-json-fields.h"
#include "experiment/mill-json.h"

#define MAX_MODEL_BYTES 80

static void
add_models (JsonObject *object, const MillExperiment *experiment)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autofree char *text = mill_model_spec_to_string (spec, experiment->workload);
    json_array_add_string_element (array, text);
  }
  json_object_set_array_member (object, "models", array);
}

static void
add_server (JsonObject *object, const MillServerSettings *server)
{
  JsonObject *member = json_object_new ();

  json_object_set_double_member (member, "delay_s", server->delay_s);
  json_object_set_double_member (member, "jitter_s", server->jitter_s);
  json_object_set_string_member (member, "distribution",
                                 mill_distribution_to_string (server->distribution));
  if (server->body_size_bytes >= 0)
    json_object_set_int_member (member, "body_size_bytes", server->body_size_bytes);
  json_object_set_double_member (member, "error_rate", server->error_rate);
  json_object_set_double_member (member, "drop_rate", server->drop_rate);
  json_object_set_object_member (object, "server", member);
}

static void
add_measurement (JsonObject *object, const MillExperiment *experiment)
{
  if (mill_experiment_has_request_bound (experiment))
    json_object_set_int_member (object, "requests", experiment->requests);
  if (experiment->duration_s > 0)
    json_object_set_double_member (object, "duration_s", experiment->duration_s);
  if (experiment->rate > 0)
    json_object_set_double_member (object, "rate", experiment->rate);
  json_object_set_int_member (object, "warmup", experiment->warmup);
  json_object_set_int_member (object, "repetitions", experiment->repetitions);
  mill_json_set_uint64 (object, "seed", experiment->seed);
}

static void
add_sweep (JsonObject *object, const MillExperiment *experiment)
{
  JsonObject *member = json_object_new ();
  JsonArray *values = json_array_new ();

  for (guint i = 0; i < experiment->sweep_values->len; i++)
    json_array_add_double_element (values, g_array_index (experiment->sweep_values, double, i));
  json_object_set_string_member (member, "parameter", mill_sweep_to_string (experiment->sweep));
  json_object_set_array_member (member, "values", values);
  json_object_set_object_member (object, "sweep", member);
}

static void
add_projections (JsonObject *object, const MillExperiment *experiment)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < experiment->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (experiment->projections, i);
    JsonObject *member = json_object_new ();
    json_object_set_string_member (member, "model", projection->model);
    json_object_set_int_member (member, "requests", projection->requests);
    json_array_add_object_element (array, member);
  }
  json_object_set_array_member (object, "projections", array);
}

JsonNode *
mill_experiment_to_json (const MillExperiment *experiment)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *format = json_object_new ();
  MillHttpFields http = {
    .method = experiment->method,
    .headers = experiment->headers,
    .body = experiment->body,
    .keep_alive = experiment->keep_alive,
    .after = experiment->after,
    .timeout_s = experiment->timeout_s,
    .ca_file = experiment->ca_file,
    .use_proxy = experiment->use_proxy,
  };

  json_object_set_string_member (format, "name", MILL_EXPERIMENT_FORMAT);
  json_object_set_int_member (format, "version", MILL_EXPERIMENT_VERSION);
  json_object_set_object_member (object, "format", format);
  if (experiment->name != NULL)
    json_object_set_string_member (object, "name", experiment->name);
  if (experiment->preset != NULL)
    json_object_set_string_member (object, "preset", experiment->preset);
  json_object_set_string_member (object, "workload",
                                 mill_workload_to_string (experiment->workload));
  add_models (object, experiment);
  if (experiment->workload == MILL_WORKLOAD_CPU) {
    json_object_set_int_member (object, "rounds", experiment->rounds);
  } else {
    if (experiment->urls != NULL)
      mill_json_set_strings (object, "urls", experiment->urls);
    else
      add_server (object, &experiment->server);
    mill_json_set_http_fields (object, &http);
  }
  add_measurement (object, experiment);
  if (experiment->sweep != MILL_SWEEP_NONE)
    add_sweep (object, experiment);
  if (experiment->projections->len > 0)
    add_projections (object, experiment);
  json_node_take_object (node, object);
  return node;
}

static gboolean
read_format (JsonObject *object, GError **error)
{
  JsonObject *format = NULL;
  g_autofree char *name = NULL;
  gint64 version = 0;

  if (!mill_json_get_object (object, "format", &format, error) ||
      (format != NULL &&
       (!mill_json_get_string (format, "name", MILL_MAX_NAME_BYTES, &name, error) ||
        !mill_json_get_int (format, "version", 1, G_MAXINT64, &version, error))))
    return FALSE;
  if (g_strcmp0 (name, MILL_EXPERIMENT_FORMAT) != 0 || version == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("this is no experiment of Threadmill: its “format” does not say so"));
    return FALSE;
  }
  if (version > MILL_EXPERIMENT_VERSION) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_VERSION,
                 _ ("this experiment was written by a newer Threadmill (format %" PRId64
                    ", this program reads up to %d); update the program to open it"),
                 version, MILL_EXPERIMENT_VERSION);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_models (JsonObject *object, MillExperiment *experiment, GError **error)
{
  g_auto (GStrv) texts = NULL;

  if (!mill_json_get_strings (object, "models", MILL_MAX_MODELS, MAX_MODEL_BYTES, &texts, error))
    return FALSE;
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
    MillModelSpec spec;
    if (!mill_model_spec_parse (texts[i], experiment->workload, &spec, error)) {
      mill_json_prefix_invalid (error, "models");
      return FALSE;
    }
    g_array_append_val (experiment->models, spec);
  }
  return TRUE;
}

static gboolean
read_server (JsonObject *object, MillServerSettings *server, GError **error)
{
  JsonObject *member = NULL;
  int distribution = (int) server->distribution;

  if (!mill_json_get_object (object, "server", &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  if (!mill_json_get_double (member, "delay_s", 0, MILL_MAX_DELAY_S, &server->delay_s, error) ||
      !mill_json_get_double (member, "jitter_s", 0, MILL_MAX_DELAY_S, &server->jitter_s, error) ||
      !mill_json_get_name (member, "distribution", mill_distribution_names (), &distribution,
                           error) ||
      !mill_json_get_int (member, "body_size_bytes", 0, MILL_MAX_ANSWER_BYTES,
                          &server->body_size_bytes, error) ||
      !mill_json_get_double (member, "error_rate", 0, 1, &server->error_rate, error) ||
      !mill_json_get_double (member, "drop_rate", 0, 1, &server->drop_rate, error))
    return FALSE;
  server->distribution = (MillDistribution) distribution;
  return TRUE;
}

static gboolean
read_sweep (JsonObject *object, MillExperiment *experiment, GError **error)
{
  JsonObject *member = NULL;
  JsonArray *values = NULL;
  int sweep = MILL_SWEEP_NONE;

  if (!mill_json_get_object (object, "sweep", &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  if (!mill_json_get_name (member, "parameter", mill_sweep_names (), &sweep, error) ||
      !mill_json_get_array (member, "values", MILL_MAX_SWEEP_VALUES, &values, error))
    return FALSE;
  experiment->sweep = (MillSweep) sweep;
  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++) {
    JsonNode *element = json_array_get_element (values, i);
    double value;
    if (!JSON_NODE_HOLDS_VALUE (element) || (json_node_get_value_type (element) != G_TYPE_INT64 &&
                                             json_node_get_value_type (element) != G_TYPE_DOUBLE)) {
      g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                           _ ("“values” must be a list of numbers"));
      return FALSE;
    }
    value = json_node_get_double (element);
    g_array_append_val (experiment->sweep_values, value);
  }
  return TRUE;
}

static gboolean
read_projections (JsonObject *object, MillExperiment *experiment, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "projections", MILL_MAX_MODELS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    g_autofree char *model = NULL;
    gint64 requests = 0;

    if (!JSON_NODE_HOLDS_OBJECT (element)) {
      g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                           _ ("“projections” must be a list of objects"));
      return FALSE;
    }
    if (!mill_json_get_string (json_node_get_object (element), "model", MAX_MODEL_BYTES, &model,
                               error) ||
        !mill_json_get_int (json_node_get_object (element), "requests", 1, MILL_MAX_REQUESTS,
                            &requests, error))
      return FALSE;
    if (model != NULL)
      mill_experiment_set_projection (experiment, model, requests);
  }
  return TRUE;
}

static gboolean
read_measurement (JsonObject *object, MillExperiment *experiment, GError **error)
{
  gint64 repetitions = experiment->repetitions;
  gint64 rounds = experiment->rounds;

  if (!mill_json_get_int (object, "requests", 1, MILL_MAX_REQUESTS, &experiment->requests, error) ||
      !mill_json_get_double (object, "duration_s", 0, MILL_MAX_DURATION_S, &experiment->duration_s,
                             error) ||
      !mill_json_get_double (object, "rate", 0, MILL_MAX_RATE, &experiment->rate, error) ||
      !mill_json_get_int (object, "warmup", 0, MILL_MAX_REQUESTS, &experiment->warmup, error) ||
      !mill_json_get_int (object, "repetitions", 1, MILL_MAX_REPETITIONS, &repetitions, error) ||
      !mill_json_get_int (object, "rounds", 1, MILL_MAX_ROUNDS, &rounds, error) ||
      !mill_json_get_uint64 (object, "seed", &experiment->seed, error))
    return FALSE;
  experiment->requests_set = json_object_has_member (object, "requests") &&
                             !json_object_get_null_member (object, "requests");
  experiment->repetitions = (int) repetitions;
  experiment->rounds = (int) rounds;
  return TRUE;
}

static gboolean
read_http (JsonObject *object, MillExperiment *experiment, GError **error)
{
  MillHttpFields http = {
    .method = experiment->method,
    .headers = experiment->headers,
    .body = experiment->body,
    .keep_alive = experiment->keep_alive,
    .after = experiment->after,
    .timeout_s = experiment->timeout_s,
    .ca_file = experiment->ca_file,
    .use_proxy = experiment->use_proxy,
  };
  gboolean valid = mill_json_get_http_fields (object, &http, error);

  experiment->method = http.method;
  experiment->headers = http.headers;
  experiment->body = http.body;
  experiment->keep_alive = http.keep_alive;
  experiment->after = http.after;
  experiment->timeout_s = http.timeout_s;
  experiment->ca_file = http.ca_file;
  experiment->use_proxy = http.use_proxy;
  return valid && mill_json_get_urls (object, &experiment->urls, error) &&
         read_server (object, &experiment->server, error);
}

MillExperiment *
mill_experiment_from_json (JsonNode *node, GError **error)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  JsonObject *object;
  int workload = MILL_WORKLOAD_HTTP;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("this is no experiment of Threadmill: it is no JSON object"));
    return NULL;
  }
  object = json_node_get_object (node);
  if (!read_format (object, error) ||
      !mill_json_get_string (object, "name", MILL_MAX_NAME_BYTES, &experiment->name, error) ||
      !mill_json_get_string (object, "preset", MILL_MAX_NAME_BYTES, &experiment->preset, error) ||
      !mill_json_get_name (object, "workload", mill_workload_names (), &workload, error))
    return NULL;
  experiment->workload = (MillWorkloadKind) workload;
  if (!read_models (object, experiment, error) || !read_http (object, experiment, error) ||
      !read_measurement (object, experiment, error) || !read_sweep (object, experiment, error) ||
      !read_projections (object, experiment, error))
    return NULL;
  return g_steal_pointer (&experiment);
}

/* The experiment inside a result document, or the node itself. */
static JsonNode *
find_experiment (JsonNode *node)
{
  JsonNode *inner = NULL;
  JsonNode *format = NULL;
  const char *name = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    format = json_object_get_member (json_node_get_object (node), "format");
    inner = json_object_get_member (json_node_get_object (node), "experiment");
  }
  if (inner == NULL || format == NULL || !JSON_NODE_HOLDS_OBJECT (format))
    return node;
  name = json_object_get_string_member_with_default (json_node_get_object (format), "name", "");
  return g_strcmp0 (name, "threadmill-result") == 0 ? inner : node;
}

MillExperiment *
mill_experiment_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) node = mill_json_load (file, MILL_MAX_DOCUMENT_BYTES, cancellable, error);
  MillExperiment *experiment = NULL;

  if (node == NULL)
    return NULL;
  experiment = mill_experiment_from_json (find_experiment (node), error);
  if (experiment == NULL) {
    g_autofree char *name = mill_file_describe (file);
    g_prefix_error (error, "%s: ", name);
  }
  return experiment;
}

gboolean
mill_experiment_save (const MillExperiment *experiment,
                      GFile *file,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (JsonNode) node = mill_experiment_to_json (experiment);

  return mill_json_save (node, file, cancellable, error);
}
