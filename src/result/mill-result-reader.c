/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-result-private.h"

#define MAX_WARNINGS 1000

static gboolean
read_trials (MillResult *result, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "trials", MILL_MAX_TRIALS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "trials", error);
    g_autoptr (MillTrialResult) trial = mill_trial_result_new ();

    if (element == NULL)
      return FALSE;
    if (!mill_trial_result_read (trial, element, error)) {
      g_prefix_error (error, _ ("In trial %u: "), i + 1);
      return FALSE;
    }
    g_ptr_array_add (result->trials, g_steal_pointer (&trial));
  }
  return TRUE;
}

static gboolean
read_estimate (JsonObject *object, const char *member, MillEstimate *estimate, GError **error)
{
  JsonObject *child = NULL;

  if (!mill_json_get_object (object, member, &child, error))
    return FALSE;
  if (child == NULL)
    return TRUE;
  return mill_json_get_figure (child, "median", &estimate->median, error) &&
         mill_json_get_figure (child, "low", &estimate->low, error) &&
         mill_json_get_figure (child, "high", &estimate->high, error) &&
         mill_json_get_small (child, "n", &estimate->n, error) &&
         mill_json_get_boolean (child, "projected", &estimate->projected, error) &&
         mill_json_get_small (child, "outliers", &estimate->outliers, error);
}

static gboolean
read_model (MillModelResult *model, JsonObject *object, GError **error)
{
  if (!mill_json_get_string (object, "model", MILL_RESULT_MAX_NAME_BYTES, &model->model, error) ||
      !mill_json_get_figure (object, "sweep_value", &model->sweep_value, error) ||
      !mill_json_get_string (object, "corresponds_to", MILL_RESULT_MAX_NAME_BYTES,
                             &model->corresponds_to, error) ||
      !mill_json_get_small (object, "copy", &model->copy, error) ||
      !mill_json_get_small (object, "trials", &model->trials, error) ||
      !mill_json_get_small (object, "complete", &model->complete, error) ||
      !read_estimate (object, "speedup_vs_sync", &model->speedup_vs_sync, error))
    return FALSE;

  for (int i = 0; i < MILL_N_FIGURES; i++) {
    JsonObject *parent;
    const char *name;

    if (!mill_json_figure_parent (object, mill_figure_info ((MillFigure) i)->id, &parent, &name,
                                  error) ||
        (parent != NULL && !read_estimate (parent, name, &model->figures[i], error)))
      return FALSE;
  }
  if (model->model == NULL) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“model” is missing."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_models (MillResult *result, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "models", MILL_MAX_TRIALS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "models", error);
    g_autoptr (MillModelResult) model = mill_model_result_new (NULL, NAN);

    if (element == NULL)
      return FALSE;
    if (!read_model (model, element, error)) {
      g_prefix_error (error, _ ("In model %u: "), i + 1);
      return FALSE;
    }
    g_ptr_array_add (result->models, g_steal_pointer (&model));
  }
  return TRUE;
}

static gboolean
read_warnings (MillResult *result, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "warnings", MAX_WARNINGS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "warnings", error);
    g_autofree char *code = NULL;
    g_autofree char *model = NULL;
    g_autofree char *message = NULL;

    if (element == NULL ||
        !mill_json_get_string (element, "code", MILL_RESULT_MAX_NAME_BYTES, &code, error) ||
        !mill_json_get_string (element, "model", MILL_RESULT_MAX_NAME_BYTES, &model, error) ||
        !mill_json_get_string (element, "message", MILL_RESULT_MAX_TEXT_BYTES, &message, error))
      return FALSE;
    mill_result_add_warning (result, code != NULL ? code : "unknown", model, "%s",
                             message != NULL ? message : "");
  }
  return TRUE;
}

gboolean
mill_result_check_format (JsonObject *object, GError **error)
{
  g_autofree char *name = NULL;
  JsonObject *format = NULL;
  gint64 version = 0;

  if (!mill_json_get_object (object, "format", &format, error))
    return FALSE;
  if (format != NULL &&
      !mill_json_get_string (format, "name", MILL_RESULT_MAX_NAME_BYTES, &name, error))
    return FALSE;
  if (g_strcmp0 (name, MILL_RESULT_FORMAT) != 0) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID,
                 _ ("This is not a result document: its “format” is not “%s”."),
                 MILL_RESULT_FORMAT);
    return FALSE;
  }
  if (!mill_json_get_int (format, "version", 1, G_MAXINT, &version, error))
    return FALSE;
  if (version > MILL_RESULT_VERSION) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_VERSION,
                 _ ("This result was written by a newer version of Threadmill (format %d, this "
                    "version reads up to %d). Update Threadmill to open it."),
                 (int) version, MILL_RESULT_VERSION);
    return FALSE;
  }
  if (version == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("The result document has no format version."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_head (MillResult *result, JsonObject *object, GError **error)
{
  JsonObject *program = NULL;
  JsonObject *environment = NULL;

  g_clear_pointer (&result->id, g_free);
  g_clear_pointer (&result->name, g_free);
  if (!mill_json_get_string (object, "id", MILL_RESULT_MAX_NAME_BYTES, &result->id, error) ||
      !mill_json_get_string (object, "name", MILL_RESULT_MAX_NAME_BYTES, &result->name, error) ||
      !mill_json_get_string (object, "notes", MILL_RESULT_MAX_TEXT_BYTES, &result->notes, error) ||
      !mill_json_get_string (object, "started", MILL_RESULT_MAX_NAME_BYTES, &result->started,
                             error) ||
      !mill_json_get_boolean (object, "published", &result->published, error) ||
      !mill_json_get_string (object, "source", MILL_RESULT_MAX_TEXT_BYTES, &result->source,
                             error) ||
      !mill_json_get_string (object, "source_url", MILL_RESULT_MAX_TEXT_BYTES, &result->source_url,
                             error) ||
      !mill_json_get_object (object, "program", &program, error) ||
      !mill_json_get_object (object, "environment", &environment, error))
    return FALSE;

  if (result->id == NULL)
    result->id = g_uuid_string_random ();
  if (environment != NULL)
    result->environment = json_node_copy (json_object_get_member (object, "environment"));
  if (program == NULL)
    return TRUE;
  result->program = json_node_copy (json_object_get_member (object, "program"));
  return mill_json_get_string (program, "version", MILL_RESULT_MAX_NAME_BYTES,
                               &result->program_version, error);
}

MillResult *
mill_result_from_json (JsonNode *node, GError **error)
{
  g_autoptr (MillExperiment) experiment = NULL;
  g_autoptr (MillResult) result = NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("A result document must be a JSON object."));
    return NULL;
  }
  object = json_node_get_object (node);
  if (!mill_result_check_format (object, error))
    return NULL;
  if (!json_object_has_member (object, "experiment")) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("The result document has no “experiment”."));
    return NULL;
  }
  experiment = mill_experiment_from_json (json_object_get_member (object, "experiment"), error);
  if (experiment == NULL) {
    g_prefix_error (error, _ ("In “experiment”: "));
    return NULL;
  }

  result = mill_result_new (experiment);
  if (!read_head (result, object, error) || !read_warnings (result, object, error) ||
      !read_trials (result, object, error) || !read_models (result, object, error))
    return NULL;
  if (result->models->len == 0)
    mill_result_summarise (result);
  return g_steal_pointer (&result);
}
