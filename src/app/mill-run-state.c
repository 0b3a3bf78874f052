/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-run-state.h"

/* More points than these cannot be told apart in a curve. */
#define MAX_POINTS 240
#define FIRST_STEP_S 0.1
/* The trials of a model whose curves are kept: the running one and the one before. */
#define MAX_CURVES 2
/* How much a new value of the throughput counts. */
#define SMOOTHING 0.35

static void
curve_free (gpointer data)
{
  MillRunCurve *curve = data;

  g_array_unref (curve->points);
  g_free (curve);
}

static void
model_free (gpointer data)
{
  MillRunModel *model = data;

  g_free (model->name);
  g_ptr_array_unref (model->curves);
  g_free (model);
}

static double
estimate_of (const MillPlan *plan, const MillTrial *trial)
{
  for (guint i = 0; i < plan->estimates->len; i++) {
    const MillModelEstimate *estimate = g_ptr_array_index (plan->estimates, i);

    if (g_str_equal (estimate->model, trial->model_name) &&
        mill_sweep_value_equal (estimate->sweep_value, trial->sweep_value))
      return estimate->trial_s;
  }
  return 0;
}

static MillRunModel *
model_new (const MillTrial *trial, const MillPlan *plan, const MillExperiment *experiment)
{
  MillRunModel *model = g_new0 (MillRunModel, 1);

  model->name = g_strdup (trial->model_name);
  model->spec = trial->model;
  model->duration_s = trial->duration_s;
  model->asked_per_trial = mill_experiment_has_request_bound (experiment) ? trial->requests : -1;
  model->throughput_rps = NAN;
  model->trial_s = estimate_of (plan, trial);
  model->curves = g_ptr_array_new_with_free_func (curve_free);
  return model;
}

MillRunState *
mill_run_state_new (const MillResult *result, const MillPlan *plan)
{
  MillRunState *state = g_new0 (MillRunState, 1);

  state->name = g_strdup (result->name);
  state->repetitions = result->experiment->repetitions;
  state->current = -1;
  state->begun_us = g_get_monotonic_time ();
  state->models = g_ptr_array_new_with_free_func (model_free);
  for (guint i = 0; i < plan->trials->len; i++) {
    const MillTrial *trial = g_ptr_array_index (plan->trials, i);

    if (trial->repetition == 1)
      g_ptr_array_add (state->models, model_new (trial, plan, result->experiment));
  }
  for (guint i = 0; i < plan->trials->len; i++) {
    MillRunModel *model = g_ptr_array_index (state->models, i % state->models->len);

    model->n_trials++;
  }
  return state;
}

void
mill_run_state_free (MillRunState *state)
{
  if (state == NULL)
    return;
  g_free (state->name);
  g_ptr_array_unref (state->models);
  g_free (state);
}

void
mill_run_state_set_theme (MillRunState *state, const MillTheme *theme)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  g_autoptr (MillResult) result = mill_result_new (experiment);
  g_autoptr (MillChartSpec) spec = NULL;
  g_autoptr (GPtrArray) series = NULL;

  /* The same colours as in every chart of the result that is to come. */
  for (guint i = 0; i < state->models->len; i++) {
    const MillRunModel *model = g_ptr_array_index (state->models, i);

    g_ptr_array_add (result->models, mill_model_result_new (model->name, NAN));
  }
  spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  series = mill_series_list (spec, theme);
  for (guint i = 0; i < MIN (series->len, state->models->len); i++) {
    MillRunModel *model = g_ptr_array_index (state->models, i);
    const MillSeries *one = g_ptr_array_index (series, i);

    model->style = one->style;
  }
}

const MillRunModel *
mill_run_state_get_current (const MillRunState *state)
{
  return state->current >= 0 ? g_ptr_array_index (state->models, state->current) : NULL;
}

/* Every model runs once before any runs again, in the same order in each round. */
static MillRunModel *
model_of_order (MillRunState *state, int order)
{
  return g_ptr_array_index (state->models, (guint) (MAX (order, 1) - 1) % state->models->len);
}

static MillRunCurve *
last_curve (MillRunModel *model)
{
  return model->curves->len > 0 ? g_ptr_array_index (model->curves, model->curves->len - 1) : NULL;
}

void
mill_run_state_trial_started (MillRunState *state, const MillTrial *trial)
{
  MillRunModel *model = model_of_order (state, trial->order);
  MillRunCurve *curve = g_new0 (MillRunCurve, 1);

  state->current = (trial->order - 1) % (int) state->models->len;
  state->repetition = trial->repetition;
  state->trial_elapsed_s = 0;
  model->in_flight = 0;
  curve->points = g_array_new (FALSE, FALSE, sizeof (MillRunPoint));
  curve->step_s = FIRST_STEP_S;
  curve->repetition = trial->repetition;
  if (model->curves->len == MAX_CURVES)
    g_ptr_array_remove_index (model->curves, 0);
  g_ptr_array_add (model->curves, curve);
}

/* Halves the points; each pair becomes its mean. */
static void
thin_out (MillRunCurve *curve)
{
  GArray *points = curve->points;
  guint n = points->len / 2;

  for (guint i = 0; i < n; i++) {
    const MillRunPoint *a = &g_array_index (points, MillRunPoint, 2 * i);
    const MillRunPoint *b = &g_array_index (points, MillRunPoint, 2 * i + 1);

    g_array_index (points, MillRunPoint, i) =
        (MillRunPoint){ (a->time_s + b->time_s) / 2, (a->rps + b->rps) / 2 };
  }
  g_array_set_size (points, n);
  curve->step_s *= 2;
}

static void
add_point (MillRunCurve *curve, double time_s, double rps)
{
  MillRunPoint point = { time_s, rps };

  if (curve->points->len > 0) {
    MillRunPoint *last = &g_array_index (curve->points, MillRunPoint, curve->points->len - 1);

    if (time_s - last->time_s < 0.75 * curve->step_s) {
      last->rps = (last->rps + rps) / 2;
      return;
    }
  }
  g_array_append_val (curve->points, point);
  if (curve->points->len > MAX_POINTS)
    thin_out (curve);
}

void
mill_run_state_progress (MillRunState *state, const MillProgress *progress)
{
  MillRunModel *model = model_of_order (state, progress->trial->order);
  MillRunCurve *curve = last_curve (model);

  state->trial_elapsed_s = progress->elapsed_s;
  model->done = model->done_before + progress->done;
  model->failed = model->failed_before + progress->failed;
  model->in_flight = progress->in_flight;
  if (progress->elapsed_s <= 0)
    return;
  model->throughput_rps =
      isnan (model->throughput_rps) || curve == NULL || curve->points->len == 0
          ? progress->throughput_rps
          : (1 - SMOOTHING) * model->throughput_rps + SMOOTHING * progress->throughput_rps;
  if (curve != NULL)
    add_point (curve, progress->elapsed_s, progress->throughput_rps);
}

/* A trial that was over before it could tell how it went is drawn by its mean. */
static void
finish_curve (MillRunCurve *curve, const MillTrialResult *trial)
{
  if (curve == NULL)
    return;
  curve->finished = TRUE;
  if (!(trial->wall_time_s > 0) || !(trial->throughput_rps >= 0))
    return;
  if (curve->points->len < 3) {
    MillRunPoint points[] = { { 0, trial->throughput_rps },
                              { trial->wall_time_s, trial->throughput_rps } };

    g_array_set_size (curve->points, 0);
    g_array_append_vals (curve->points, points, G_N_ELEMENTS (points));
  }
}

void
mill_run_state_trial_finished (MillRunState *state, const MillTrialResult *trial)
{
  MillRunModel *model = model_of_order (state, trial->order);

  model->n_finished++;
  model->done_before += MAX (trial->requests_ok, 0) + MAX (trial->requests_failed, 0);
  model->failed_before += MAX (trial->requests_failed, 0);
  model->done = model->done_before;
  model->failed = model->failed_before;
  model->in_flight = 0;
  if (trial->throughput_rps >= 0)
    model->throughput_rps = trial->throughput_rps;
  if (trial->wall_time_s > 0) {
    model->measured_s += trial->wall_time_s;
    model->trial_s = model->measured_s / model->n_finished;
  }
  finish_curve (last_curve (model), trial);
  state->current = -1;
}

void
mill_run_state_finish (MillRunState *state)
{
  state->finished = TRUE;
  state->current = -1;
}

double
mill_run_state_trial_fraction (const MillRunState *state, const MillRunModel *model)
{
  double by_requests = 0, by_time = 0;

  if (mill_run_state_get_current (state) != model)
    return 0;
  if (model->asked_per_trial > 0)
    by_requests = (double) (model->done - model->done_before) / (double) model->asked_per_trial;
  if (model->duration_s > 0)
    by_time = state->trial_elapsed_s / model->duration_s;
  return CLAMP (MAX (by_requests, by_time), 0, 1);
}

/* What the running trial still takes: from its own pace as soon as it has one. */
static double
trial_left_s (const MillRunState *state, const MillRunModel *model)
{
  double fraction = mill_run_state_trial_fraction (state, model);

  if (fraction > 0.02)
    return state->trial_elapsed_s * (1 - fraction) / fraction;
  return MAX (model->trial_s - state->trial_elapsed_s, 0);
}

void
mill_run_state_update (MillRunState *state)
{
  double left_s = 0;

  if (state->finished)
    return;
  for (guint i = 0; i < state->models->len; i++) {
    MillRunModel *model = g_ptr_array_index (state->models, i);
    guint n_left = model->n_trials - MIN (model->n_finished, model->n_trials);

    model->left_s = n_left * model->trial_s;
    if ((int) i == state->current && n_left > 0)
      model->left_s = (n_left - 1) * model->trial_s + trial_left_s (state, model);
    left_s += model->left_s;
  }
  state->elapsed_s = (double) (g_get_monotonic_time () - state->begun_us) / G_USEC_PER_SEC;
  state->left_s = left_s;
  if (state->elapsed_s + left_s > 0)
    state->fraction =
        CLAMP (MAX (state->fraction, state->elapsed_s / (state->elapsed_s + left_s)), 0, 1);
}

gint64
mill_run_model_get_asked (const MillRunModel *model)
{
  return model->asked_per_trial >= 0 ? model->asked_per_trial * model->n_trials : -1;
}

char *
mill_run_state_time_text (double seconds)
{
  double whole_s = ceil (seconds);

  if (whole_s < 60)
    return g_strdup_printf (_ ("%.0f s"), whole_s);
  return mill_plan_describe_duration (whole_s);
}
