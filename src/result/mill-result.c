/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdarg.h>

#include "result/mill-result.h"

static const char *const status_names[] = { "complete", "partial", "failed" };

const char *
mill_trial_status_to_string (MillTrialStatus status)
{
  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (status_names), "failed");
  return status_names[status];
}

gboolean
mill_trial_status_from_string (const char *text, MillTrialStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++) {
    if (g_strcmp0 (status_names[i], text) == 0) {
      *status = (MillTrialStatus) i;
      return TRUE;
    }
  }
  return FALSE;
}

static const MillLatency no_latency = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

MillTrialResult *
mill_trial_result_new (void)
{
  MillTrialResult *trial = g_new0 (MillTrialResult, 1);

  for (int i = 0; i < MILL_N_FIGURES; i++)
    mill_trial_result_set_figure (trial, (MillFigure) i, NAN);
  trial->repetition = 1;
  trial->order = 1;
  trial->sweep_value = NAN;
  trial->verified = -1;
  trial->requests_asked = -1;
  trial->requests_planned = -1;
  trial->started_us = -1;
  trial->projected_wall_time_s = NAN;
  trial->latency_uncorrected_ms = no_latency;
  trial->sent_late = -1;
  trial->cores = -1;
  trial->checksum_bytes = -1;
  trial->samples = g_array_new (FALSE, FALSE, sizeof (MillSample));
  trial->timeline = g_array_new (FALSE, FALSE, sizeof (MillTimelineEntry));
  trial->histogram = mill_histogram_new ();
  return trial;
}

void
mill_trial_result_free (MillTrialResult *trial)
{
  if (trial == NULL)
    return;
  g_free (trial->model);
  g_free (trial->reason);
  g_free (trial->verification);
  g_free (trial->checksum);
  g_free (trial->corresponds_to);
  g_free (trial->machine);
  g_clear_pointer (&trial->parts, g_ptr_array_unref);
  g_array_unref (trial->samples);
  g_array_unref (trial->timeline);
  mill_histogram_free (trial->histogram);
  mill_histogram_free (trial->histogram_uncorrected);
  g_free (trial);
}

gboolean
mill_trial_result_is_sync (const MillTrialResult *trial)
{
  const char *model = trial->corresponds_to != NULL ? trial->corresponds_to : trial->model;

  return g_strcmp0 (model, mill_model_info (MILL_MODEL_SYNC)->id) == 0;
}

MillModelResult *
mill_model_result_new (const char *model, double sweep_value)
{
  MillModelResult *summary = g_new0 (MillModelResult, 1);

  summary->model = g_strdup (model);
  summary->sweep_value = sweep_value;
  for (int i = 0; i < MILL_N_FIGURES; i++)
    summary->figures[i] = (MillEstimate){ NAN, NAN, NAN, 0, FALSE, 0 };
  summary->speedup_vs_sync = (MillEstimate){ NAN, NAN, NAN, 0, FALSE, 0 };
  return summary;
}

void
mill_model_result_free (MillModelResult *model)
{
  if (model == NULL)
    return;
  g_free (model->model);
  g_free (model->corresponds_to);
  g_free (model);
}

char *
mill_model_result_to_label (const MillModelResult *model)
{
  if (model->copy == 0)
    return g_strdup (model->model);
  return g_strdup_printf ("%s (%d)", model->model, model->copy + 1);
}

static void
warning_free (gpointer data)
{
  MillWarning *warning = data;

  g_free (warning->code);
  g_free (warning->model);
  g_free (warning->message);
  g_free (warning);
}

MillResult *
mill_result_new (MillExperiment *experiment)
{
  MillResult *result = g_new0 (MillResult, 1);

  result->id = g_uuid_string_random ();
  result->experiment = mill_experiment_copy (experiment);
  result->name = experiment->name != NULL ? g_strdup (experiment->name)
                                          : mill_experiment_describe (experiment);
  result->warnings = g_ptr_array_new_with_free_func (warning_free);
  result->trials = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_trial_result_free);
  result->models = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_model_result_free);
  return result;
}

void
mill_result_free (MillResult *result)
{
  if (result == NULL)
    return;
  g_free (result->id);
  g_free (result->name);
  g_free (result->notes);
  g_free (result->program_version);
  g_free (result->started);
  g_free (result->source);
  g_free (result->source_url);
  g_clear_pointer (&result->experiment, mill_experiment_free);
  g_clear_pointer (&result->environment, json_node_unref);
  g_clear_pointer (&result->program, json_node_unref);
  g_ptr_array_unref (result->warnings);
  g_ptr_array_unref (result->trials);
  g_ptr_array_unref (result->models);
  g_free (result);
}

void
mill_result_add_warning (
    MillResult *result, const char *code, const char *model, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *known = g_ptr_array_index (result->warnings, i);

    if (g_strcmp0 (known->code, code) == 0 && g_strcmp0 (known->model, model) == 0 &&
        g_strcmp0 (known->message, message) == 0)
      return;
  }

  MillWarning *warning = g_new0 (MillWarning, 1);

  warning->code = g_strdup (code);
  warning->model = g_strdup (model);
  warning->message = g_steal_pointer (&message);
  g_ptr_array_add (result->warnings, warning);
}

gboolean
mill_sweep_value_equal (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) && isnan (b);
  return fabs (a - b) <= 1e-9 * MAX (fabs (a), fabs (b));
}

const MillModelResult *
mill_result_find_model (const MillResult *result, const char *model, double sweep_value)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *summary = g_ptr_array_index (result->models, i);

    if (g_strcmp0 (summary->model, model) == 0 &&
        mill_sweep_value_equal (summary->sweep_value, sweep_value))
      return summary;
  }
  return NULL;
}

const MillTrialResult *
mill_result_typical_trial (const MillResult *result, const char *model, double sweep_value)
{
  const MillModelResult *summary = mill_result_find_model (result, model, sweep_value);
  const MillTrialResult *best = NULL;
  double best_distance = INFINITY;
  double median = summary != NULL ? summary->figures[MILL_FIGURE_WALL_TIME].median : NAN;

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    double wall_time_s =
        isnan (trial->projected_wall_time_s) ? trial->wall_time_s : trial->projected_wall_time_s;
    double distance = isnan (median) ? 0 : fabs (wall_time_s - median);

    if (g_strcmp0 (trial->model, model) != 0 || trial->status == MILL_TRIAL_FAILED ||
        isnan (wall_time_s) || !mill_sweep_value_equal (trial->sweep_value, sweep_value))
      continue;
    if (best == NULL || (trial->status < best->status) ||
        (trial->status == best->status && distance < best_distance)) {
      best = trial;
      best_distance = distance;
    }
  }
  return best;
}

/* A value of the environment of that type, or NULL. */
static JsonNode *
find_environment_value (const MillResult *result, const char *member, GType type)
{
  JsonNode *node;

  if (result->environment == NULL || !JSON_NODE_HOLDS_OBJECT (result->environment))
    return NULL;
  node = json_object_get_member (json_node_get_object (result->environment), member);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

const char *
mill_result_get_environment_text (const MillResult *result, const char *member)
{
  JsonNode *node = find_environment_value (result, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
mill_result_get_environment_int (const MillResult *result, const char *member)
{
  JsonNode *node = find_environment_value (result, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

gboolean
mill_model_result_has_failures (const MillModelResult *model)
{
  return model->figures[MILL_FIGURE_REQUESTS_FAILED].median > 0;
}
