/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-spec.h"

#include "charts/mill-replay.h"

#include <math.h>

struct _MillChartSpec {
  gatomicrefcount references;
  MillChartKind kind;
  GPtrArray *results; /* MillResult */
  MillChartOptions options;
};

void
mill_chart_options_init (MillChartOptions *options)
{
  *options = (MillChartOptions){
    .numbers = mill_number_format_plain,
    .window_start_s = NAN,
    .window_end_s = NAN,
    .figure = MILL_N_FIGURES,
    .selected_series = -1,
    .selected_index = -1,
    .mark = { .value = NAN },
  };
}

void
mill_chart_options_clear (MillChartOptions *options)
{
  g_clear_pointer (&options->title, g_free);
  g_clear_pointer (&options->model, g_free);
  g_clear_pointer (&options->mark.model, g_free);
  g_clear_pointer (&options->mark.label, g_free);
  g_clear_pointer (&options->replay, mill_replay_unref);
}

static void
options_copy (MillChartOptions *copy, const MillChartOptions *options)
{
  *copy = *options;
  copy->title = g_strdup (options->title);
  copy->model = g_strdup (options->model);
  copy->mark.model = g_strdup (options->mark.model);
  copy->mark.label = g_strdup (options->mark.label);
  if (options->replay != NULL)
    mill_replay_ref (options->replay);
}

MillChartSpec *
mill_chart_spec_new (MillChartKind kind, GPtrArray *results, const MillChartOptions *options)
{
  g_return_val_if_fail (kind < MILL_N_CHART_KINDS, NULL);
  g_return_val_if_fail (results && results->len > 0, NULL);

  MillChartSpec *spec = g_new0 (MillChartSpec, 1);
  g_atomic_ref_count_init (&spec->references);
  spec->kind = kind;
  spec->results = g_ptr_array_ref (results);
  if (options)
    options_copy (&spec->options, options);
  else
    mill_chart_options_init (&spec->options);
  return spec;
}

MillChartSpec *
mill_chart_spec_new_for_result (MillChartKind kind,
                                const MillResult *result,
                                const MillChartOptions *options)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  g_ptr_array_add (results, (gpointer) result);
  return mill_chart_spec_new (kind, results, options);
}

MillChartSpec *
mill_chart_spec_with_kind (const MillChartSpec *spec, MillChartKind kind)
{
  return mill_chart_spec_new (kind, spec->results, &spec->options);
}

MillChartSpec *
mill_chart_spec_with_options (const MillChartSpec *spec, const MillChartOptions *options)
{
  return mill_chart_spec_new (spec->kind, spec->results, options);
}

MillChartSpec *
mill_chart_spec_ref (MillChartSpec *spec)
{
  g_atomic_ref_count_inc (&spec->references);
  return spec;
}

void
mill_chart_spec_unref (MillChartSpec *spec)
{
  if (!g_atomic_ref_count_dec (&spec->references))
    return;
  g_ptr_array_unref (spec->results);
  mill_chart_options_clear (&spec->options);
  g_free (spec);
}

MillChartKind
mill_chart_spec_get_kind (const MillChartSpec *spec)
{
  return spec->kind;
}

guint
mill_chart_spec_get_n_results (const MillChartSpec *spec)
{
  return spec->results->len;
}

const MillResult *
mill_chart_spec_get_result (const MillChartSpec *spec, guint index)
{
  g_return_val_if_fail (index < spec->results->len, NULL);
  return g_ptr_array_index (spec->results, index);
}

const MillChartOptions *
mill_chart_spec_get_options (const MillChartSpec *spec)
{
  return &spec->options;
}

gboolean
mill_chart_spec_computes (const MillChartSpec *spec)
{
  for (guint i = 0; i < spec->results->len; i++) {
    const MillResult *result = g_ptr_array_index (spec->results, i);

    if (!result->experiment || result->experiment->workload != MILL_WORKLOAD_CPU)
      return FALSE;
  }
  return TRUE;
}

gboolean
mill_chart_spec_is_timed (const MillChartSpec *spec)
{
  for (guint i = 0; i < spec->results->len; i++) {
    const MillResult *result = g_ptr_array_index (spec->results, i);

    if (!result->experiment || result->published ||
        mill_experiment_has_request_bound (result->experiment))
      return FALSE;
  }
  return TRUE;
}

gboolean
mill_chart_spec_is_incomplete (const MillChartSpec *spec)
{
  guint n_trials = 0;

  for (guint i = 0; i < spec->results->len; i++) {
    const MillResult *result = g_ptr_array_index (spec->results, i);

    for (guint t = 0; t < result->trials->len; t++, n_trials++) {
      if (((const MillTrialResult *) g_ptr_array_index (result->trials, t))->status ==
          MILL_TRIAL_COMPLETE)
        return FALSE;
    }
  }
  return n_trials > 0;
}
