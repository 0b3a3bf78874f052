/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "result/mill-result.h"

static gpointer
copy_part (gconstpointer part, gpointer data)
{
  return mill_trial_result_copy (part);
}

MillTrialResult *
mill_trial_result_copy (const MillTrialResult *trial)
{
  MillTrialResult *copy = g_memdup2 (trial, sizeof *trial);

  copy->model = g_strdup (trial->model);
  copy->reason = g_strdup (trial->reason);
  copy->verification = g_strdup (trial->verification);
  copy->checksum = g_strdup (trial->checksum);
  copy->corresponds_to = g_strdup (trial->corresponds_to);
  copy->samples = g_array_copy (trial->samples);
  copy->timeline = g_array_copy (trial->timeline);
  copy->histogram = mill_histogram_copy (trial->histogram);
  if (trial->histogram_uncorrected != NULL)
    copy->histogram_uncorrected = mill_histogram_copy (trial->histogram_uncorrected);
  copy->machine = g_strdup (trial->machine);
  if (trial->parts != NULL)
    copy->parts = g_ptr_array_copy (trial->parts, copy_part, NULL);
  if (copy->parts != NULL)
    g_ptr_array_set_free_func (copy->parts, (GDestroyNotify) mill_trial_result_free);
  return copy;
}

static MillModelResult *
model_copy (const MillModelResult *model)
{
  MillModelResult *copy = g_memdup2 (model, sizeof *model);

  copy->model = g_strdup (model->model);
  copy->corresponds_to = g_strdup (model->corresponds_to);
  return copy;
}

MillResult *
mill_result_copy (const MillResult *result)
{
  MillResult *copy = mill_result_new (result->experiment);

  g_free (copy->id);
  g_free (copy->name);
  copy->id = g_strdup (result->id);
  copy->name = g_strdup (result->name);
  copy->notes = g_strdup (result->notes);
  copy->program_version = g_strdup (result->program_version);
  copy->started = g_strdup (result->started);
  copy->published = result->published;
  copy->source = g_strdup (result->source);
  copy->source_url = g_strdup (result->source_url);
  if (result->environment != NULL)
    copy->environment = json_node_copy (result->environment);
  if (result->program != NULL)
    copy->program = json_node_copy (result->program);
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    mill_result_add_warning (copy, warning->code, warning->model, "%s", warning->message);
  }
  for (guint i = 0; i < result->trials->len; i++)
    g_ptr_array_add (copy->trials, mill_trial_result_copy (g_ptr_array_index (result->trials, i)));
  for (guint i = 0; i < result->models->len; i++)
    g_ptr_array_add (copy->models, model_copy (g_ptr_array_index (result->models, i)));
  return copy;
}
