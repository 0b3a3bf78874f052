/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "result/mill-statistics.h"
#include "result/mill-summary.h"

/* A model's trials while they are gathered. */
typedef struct {
  MillModelResult *summary;
  GPtrArray *trials; /* MillTrialResult, not owned */
  guint place;       /* where the experiment names it */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  mill_model_result_free (group->summary);
  g_ptr_array_unref (group->trials);
  g_free (group);
}

static double
trial_value (const MillTrialResult *trial, MillFigure figure, gboolean *projected)
{
  if (figure == MILL_FIGURE_WALL_TIME && !isnan (trial->projected_wall_time_s)) {
    *projected = TRUE;
    return trial->projected_wall_time_s;
  }
  return mill_trial_result_get_figure (trial, figure);
}

static GArray *
trial_values (const GPtrArray *trials, MillFigure figure, gboolean *projected)
{
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), trials->len);

  *projected = FALSE;
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    if (trial->status != MILL_TRIAL_COMPLETE)
      continue;

    double value = trial_value (trial, figure, projected);

    if (isfinite (value))
      g_array_append_val (values, value);
  }
  return values;
}

MillEstimate
mill_estimate_from_values (const double *values, guint n, gboolean projected)
{
  MillEstimate estimate = { mill_median (values, n), NAN, NAN, (int) n, projected, 0 };
  gboolean equal = TRUE;

  if (n < MILL_MIN_REPETITIONS_FOR_INTERVAL)
    return estimate;
  for (guint i = 1; i < n && equal; i++)
    equal = values[i] >= values[0] && values[i] <= values[0];
  if (equal) {
    estimate.low = estimate.high = values[0];
    return estimate;
  }
  mill_bootstrap_median (values, n, &estimate.low, &estimate.high);
  estimate.outliers = (int) mill_count_outliers (values, n);
  return estimate;
}

/* Where the experiment names a model: as written, or the same kind with a swept parameter. */
static guint
place_in_experiment (const MillExperiment *experiment, const char *model)
{
  g_autofree char *kind = g_strndup (model, strcspn (model, ":"));
  guint of_kind = G_MAXUINT;

  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autofree char *written = mill_model_spec_to_string (spec, experiment->workload);

    if (g_str_equal (written, model))
      return i;
    if (of_kind == G_MAXUINT && g_str_equal (mill_model_info (spec->kind)->id, kind))
      of_kind = i;
  }
  return of_kind;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *x = *(const Group *const *) a;
  const Group *y = *(const Group *const *) b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  if (x->summary->copy != y->summary->copy)
    return x->summary->copy - y->summary->copy;
  if (mill_sweep_value_equal (x->summary->sweep_value, y->summary->sweep_value))
    return 0;
  return x->summary->sweep_value < y->summary->sweep_value ? -1 : 1;
}

/* Which time a model runs within the same repetition: more than 0 only where the experiment
 * names it again. */
static int
count_copy (GHashTable *copies, const MillTrialResult *trial)
{
  char *key = g_strdup_printf ("%s\n%.9g\n%d", trial->model, trial->sweep_value, trial->repetition);
  int copy = GPOINTER_TO_INT (g_hash_table_lookup (copies, key));

  g_hash_table_replace (copies, key, GINT_TO_POINTER (copy + 1));
  return copy;
}

static GPtrArray *
gather_groups (const MillResult *result)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    int copy = count_copy (copies, trial);
    g_autofree char *key = g_strdup_printf ("%s\n%.9g\n%d", trial->model, trial->sweep_value, copy);
    Group *group = g_hash_table_lookup (by_key, key);

    if (group == NULL) {
      group = g_new0 (Group, 1);
      group->summary = mill_model_result_new (trial->model, trial->sweep_value);
      group->summary->copy = copy;
      group->summary->corresponds_to = g_strdup (trial->corresponds_to);
      group->trials = g_ptr_array_new ();
      group->place = result->published ? 0 : place_in_experiment (result->experiment, trial->model);
      g_ptr_array_add (groups, group);
      g_hash_table_insert (by_key, g_steal_pointer (&key), group);
    }
    g_ptr_array_add (group->trials, trial);
    group->summary->trials++;
    group->summary->complete += trial->status == MILL_TRIAL_COMPLETE;
  }
  /* Published results keep the order of their table. */
  if (!result->published)
    g_ptr_array_sort (groups, compare_groups);
  return groups;
}

static const MillModelResult *
find_copy (const GPtrArray *models, const MillModelResult *wanted)
{
  for (guint i = 0; i < models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (models, i);

    if (model->copy == wanted->copy && g_str_equal (model->model, wanted->model) &&
        mill_sweep_value_equal (model->sweep_value, wanted->sweep_value))
      return model;
  }
  return NULL;
}

static void
estimate_figures (Group *group, const GPtrArray *previous)
{
  const MillModelResult *known = find_copy (previous, group->summary);

  if (known != NULL && known->trials == group->summary->trials &&
      known->complete == group->summary->complete) {
    memcpy (group->summary->figures, known->figures, sizeof known->figures);
    return;
  }
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    gboolean projected;
    g_autoptr (GArray) values = trial_values (group->trials, (MillFigure) i, &projected);

    group->summary->figures[i] = mill_estimate_from_values (
        (const double *) (gpointer) values->data, values->len, projected);
  }
}

/* The sync model that a model is compared with: of the same sweep value, or the only one where
 * the swept parameter does not concern it. */
static Group *
find_sync (const GPtrArray *groups, double sweep_value, MillSweep sweep)
{
  Group *other = NULL;

  for (guint i = 0; i < groups->len; i++) {
    Group *group = g_ptr_array_index (groups, i);

    if (!mill_trial_result_is_sync (g_ptr_array_index (group->trials, 0)))
      continue;
    if (mill_sweep_value_equal (group->summary->sweep_value, sweep_value))
      return group;
    if (other == NULL)
      other = group;
  }
  return sweep == MILL_SWEEP_CONCURRENCY ? other : NULL;
}

static MillEstimate
estimate_speedup (const Group *sync, const Group *group)
{
  MillEstimate estimate = { NAN, NAN, NAN, 0, FALSE, 0 };
  gboolean sync_projected, projected;
  g_autoptr (GArray) sync_times =
      trial_values (sync->trials, MILL_FIGURE_WALL_TIME, &sync_projected);
  g_autoptr (GArray) times = trial_values (group->trials, MILL_FIGURE_WALL_TIME, &projected);
  const double *a = (const double *) (gpointer) sync_times->data;
  const double *b = (const double *) (gpointer) times->data;
  double median = mill_median (a, sync_times->len) / mill_median (b, times->len);

  if (!isfinite (median))
    return estimate;
  estimate.median = median;
  estimate.n = (int) MIN (sync_times->len, times->len);
  estimate.projected = sync_projected || projected;
  if (estimate.n < MILL_MIN_REPETITIONS_FOR_INTERVAL)
    return estimate;
  if (sync == group)
    estimate.low = estimate.high = 1.0;
  else
    mill_bootstrap_ratio (a, sync_times->len, b, times->len, &estimate.low, &estimate.high);
  return estimate;
}

void
mill_result_summarise (MillResult *result)
{
  g_autoptr (GPtrArray) groups = gather_groups (result);

  for (guint i = 0; i < groups->len; i++) {
    Group *group = g_ptr_array_index (groups, i);
    Group *sync = find_sync (groups, group->summary->sweep_value, result->experiment->sweep);

    estimate_figures (group, result->models);
    /* With a fixed duration every model takes the same time. */
    if (sync != NULL && result->experiment->duration_s <= 0)
      group->summary->speedup_vs_sync = estimate_speedup (sync, group);
  }

  g_ptr_array_set_size (result->models, 0);
  for (guint i = 0; i < groups->len; i++) {
    Group *group = g_ptr_array_index (groups, i);

    g_ptr_array_add (result->models, g_steal_pointer (&group->summary));
  }
}

GPtrArray *
mill_result_get_trials (const MillResult *result, const MillModelResult *model)
{
  GPtrArray *trials = g_ptr_array_new ();
  g_autoptr (GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, model->model) &&
        mill_sweep_value_equal (trial->sweep_value, model->sweep_value) &&
        count_copy (copies, trial) == model->copy)
      g_ptr_array_add (trials, trial);
  }
  return trials;
}

GArray *
mill_result_get_values (const MillResult *result,
                        const MillModelResult *model,
                        MillFigure figure,
                        gboolean *projected)
{
  g_autoptr (GPtrArray) trials = mill_result_get_trials (result, model);
  gboolean any;
  GArray *values = trial_values (trials, figure, &any);

  if (projected != NULL)
    *projected = any;
  return values;
}
