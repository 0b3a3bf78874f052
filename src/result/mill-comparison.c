/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "experiment/mill-number.h"
#include "result/mill-comparison.h"
#include "result/mill-merge.h"
#include "result/mill-published.h"
#include "result/mill-statistics.h"
#include "result/mill-summary.h"
#include "result/mill-table.h"

const char *
mill_verdict_to_string (MillVerdict verdict)
{
  switch (verdict) {
  case MILL_VERDICT_FASTER:
    return "faster";
  case MILL_VERDICT_SLOWER:
    return "slower";
  case MILL_VERDICT_NO_CLEAR_DIFFERENCE:
    return "no-clear-difference";
  case MILL_VERDICT_TOO_FEW:
    return "too-few";
  case MILL_VERDICT_NONE:
  default:
    return "none";
  }
}

/* Whether better is called faster: times and rates. */
static gboolean
is_speed (MillFigure figure)
{
  switch (figure) {
  case MILL_FIGURE_WALL_TIME:
  case MILL_FIGURE_TASK_CREATION:
  case MILL_FIGURE_COLD_START:
  case MILL_FIGURE_THROUGHPUT:
  case MILL_FIGURE_DOWNLOAD:
  case MILL_FIGURE_UPLOAD:
    return TRUE;
  default:
    return figure >= MILL_FIGURE_LATENCY_MIN && figure <= MILL_FIGURE_LATENCY_MAX;
  }
}

const char *
mill_verdict_to_words (MillVerdict verdict, MillFigure figure)
{
  gboolean lower_is_better = mill_figure_info (figure)->lower_is_better;

  switch (verdict) {
  case MILL_VERDICT_FASTER:
    if (is_speed (figure))
      return _ ("faster");
    return lower_is_better ? _ ("lower") : _ ("higher");
  case MILL_VERDICT_SLOWER:
    if (is_speed (figure))
      return _ ("slower");
    return lower_is_better ? _ ("higher") : _ ("lower");
  case MILL_VERDICT_NO_CLEAR_DIFFERENCE:
    return _ ("no clear difference");
  case MILL_VERDICT_TOO_FEW:
    return _ ("too few repetitions to tell");
  case MILL_VERDICT_NONE:
  default:
    return _ ("no verdict");
  }
}

/* The verdict of the Mann-Whitney test, and its p. */
static MillVerdict
judge (const double *first,
       guint n_first,
       const double *second,
       guint n_second,
       gboolean lower_is_better,
       double *p)
{
  double u;

  *p = mill_mann_whitney (first, n_first, second, n_second, &u);
  if (mill_mann_whitney_smallest (n_first, n_second) > MILL_SIGNIFICANCE)
    return MILL_VERDICT_TOO_FEW;
  if (!(*p < MILL_SIGNIFICANCE))
    return MILL_VERDICT_NO_CLEAR_DIFFERENCE;
  gboolean first_is_lower = u < n_first * (double) n_second / 2.0;

  return first_is_lower == (lower_is_better != FALSE) ? MILL_VERDICT_FASTER : MILL_VERDICT_SLOWER;
}

MillFigureComparison
mill_compare_samples (const double *first,
                      guint n_first,
                      const double *second,
                      guint n_second,
                      gboolean lower_is_better)
{
  MillFigureComparison comparison = {
    MILL_VERDICT_NONE, NAN, NAN, NAN, NAN, (int) n_first, (int) n_second,
  };

  if (n_first == 0 || n_second == 0)
    return comparison;
  comparison.ratio = mill_median (first, n_first) / mill_median (second, n_second);
  if (!isfinite (comparison.ratio))
    comparison.ratio = NAN;
  else if (MIN (n_first, n_second) >= MILL_MIN_REPETITIONS_FOR_INTERVAL)
    mill_bootstrap_ratio (first, n_first, second, n_second, &comparison.low, &comparison.high);

  comparison.verdict = judge (first, n_first, second, n_second, lower_is_better, &comparison.p);
  return comparison;
}

/* A projected or published value is shown, never judged. */
static gboolean
may_be_judged (const MillResult *first,
               gboolean first_projected,
               const MillResult *second,
               gboolean second_projected)
{
  return !first_projected && !second_projected && !first->published && !second->published;
}

MillFigureComparison
mill_compare_models (const MillResult *first_result,
                     const MillModelResult *first,
                     const MillResult *second_result,
                     const MillModelResult *second,
                     MillFigure figure)
{
  gboolean first_projected, second_projected;
  g_autoptr (GArray) a = mill_result_get_values (first_result, first, figure, &first_projected);
  g_autoptr (GArray) b = mill_result_get_values (second_result, second, figure, &second_projected);
  MillFigureComparison comparison = mill_compare_samples (
      (const double *) (gpointer) a->data, a->len, (const double *) (gpointer) b->data, b->len,
      mill_figure_info (figure)->lower_is_better);

  if (!may_be_judged (first_result, first_projected, second_result, second_projected)) {
    comparison.verdict = MILL_VERDICT_NONE;
    comparison.p = NAN;
  }
  return comparison;
}

MillVerdict
mill_compare_models_verdict (const MillResult *first_result,
                             const MillModelResult *first,
                             const MillResult *second_result,
                             const MillModelResult *second,
                             MillFigure figure)
{
  gboolean first_projected, second_projected;
  g_autoptr (GArray) a = mill_result_get_values (first_result, first, figure, &first_projected);
  g_autoptr (GArray) b = mill_result_get_values (second_result, second, figure, &second_projected);
  double p;

  if (a->len == 0 || b->len == 0 ||
      !may_be_judged (first_result, first_projected, second_result, second_projected))
    return MILL_VERDICT_NONE;
  return judge ((const double *) (gpointer) a->data, a->len, (const double *) (gpointer) b->data,
                b->len, mill_figure_info (figure)->lower_is_better, &p);
}

/* Whether two models of two documents stand for the same; a published one may name a kind. */
static gboolean
is_counterpart (const MillModelResult *a, const MillModelResult *b)
{
  if (a->copy != b->copy || !mill_sweep_value_equal (a->sweep_value, b->sweep_value))
    return FALSE;
  if (a->corresponds_to != NULL && b->corresponds_to != NULL)
    return g_str_equal (a->corresponds_to, b->corresponds_to);
  if (a->corresponds_to != NULL)
    return mill_model_corresponds (b->model, a->corresponds_to);
  if (b->corresponds_to != NULL)
    return mill_model_corresponds (a->model, b->corresponds_to);
  return g_str_equal (a->model, b->model);
}

static const MillModelResult *
find_counterpart (const MillResult *result, const MillModelResult *model)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *other = g_ptr_array_index (result->models, i);

    if (is_counterpart (model, other))
      return other;
  }
  return NULL;
}

GArray *
mill_compare_results (const MillResult *first, const MillResult *second, MillFigure figure)
{
  GArray *comparisons = g_array_new (FALSE, FALSE, sizeof (MillModelComparison));

  for (guint i = 0; i < first->models->len; i++) {
    MillModelComparison entry = { .first = g_ptr_array_index (first->models, i) };

    entry.second = find_counterpart (second, entry.first);
    if (entry.second == NULL)
      continue;
    entry.comparison = mill_compare_models (second, entry.second, first, entry.first, figure);
    g_array_append_val (comparisons, entry);
  }
  return comparisons;
}

static gboolean
differs (double a, double b)
{
  return a < b || a > b;
}

static void
compare_machines (GPtrArray *sentences, const MillResult *first, const MillResult *second)
{
  const char *a = mill_result_get_environment_text (first, "cpu_model");
  const char *b = mill_result_get_environment_text (second, "cpu_model");
  guint n_a = mill_result_count_machines (first);
  guint n_b = mill_result_count_machines (second);
  gint64 cores_a = mill_result_get_environment_int (first, "cores");
  gint64 cores_b = mill_result_get_environment_int (second, "cores");

  if (n_a != n_b)
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("They ran on %u and on %u machines at once."), n_a, n_b));
  if (a != NULL && b != NULL && !g_str_equal (a, b))
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("They ran on different processors: %s and %s."), a, b));
  else if (cores_a > 0 && cores_b > 0 && cores_a != cores_b)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("They ran on %d and on %d cores."),
                                                 (int) cores_a, (int) cores_b));
  if (first->program_version != NULL && second->program_version != NULL &&
      !g_str_equal (first->program_version, second->program_version))
    g_ptr_array_add (sentences,
                     g_strdup_printf (_ ("Different versions of Threadmill measured them: %s and "
                                         "%s."),
                                      first->program_version, second->program_version));
}

/* What bounds a trial: a number of requests, or a time. */
static void
compare_amounts (GPtrArray *sentences, const MillExperiment *a, const MillExperiment *b)
{
  gboolean bound = mill_experiment_has_request_bound (a);

  if (bound != mill_experiment_has_request_bound (b)) {
    g_ptr_array_add (sentences, g_strdup (_ ("One of them ran for a given time, the other for a "
                                             "given number of requests.")));
  } else if (bound && a->requests != b->requests && a->sweep != MILL_SWEEP_REQUESTS) {
    g_autofree char *of_a = mill_number_group (a->requests);
    g_autofree char *of_b = mill_number_group (b->requests);

    g_ptr_array_add (
        sentences,
        a->workload == MILL_WORKLOAD_CPU
            ? g_strdup_printf (_ ("The number of URLs differs: %s and %s."), of_a, of_b)
            : g_strdup_printf (_ ("The number of requests differs: %s and %s."), of_a, of_b));
  } else if (!bound && differs (a->duration_s, b->duration_s)) {
    g_autofree char *of_a = mill_format_given (a->duration_s);
    g_autofree char *of_b = mill_format_given (b->duration_s);

    g_ptr_array_add (sentences, g_strdup_printf (_ ("They ran for different times: %s s and %s s."),
                                                 of_a, of_b));
  }
  if (a->workload == MILL_WORKLOAD_CPU && a->rounds != b->rounds)
    g_ptr_array_add (sentences, g_strdup_printf (_ ("The number of rounds differs: %d and %d."),
                                                 a->rounds, b->rounds));
}

static gboolean
has_failures (const MillResult *result)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    if (mill_model_result_has_failures (model))
      return TRUE;
  }
  return FALSE;
}

/* A time with failures is the time of less work. */
static void
compare_failures (GPtrArray *sentences, const MillResult *first, const MillResult *second)
{
  gboolean a = has_failures (first);
  gboolean b = has_failures (second);

  if (a && b)
    g_ptr_array_add (sentences, g_strdup (_ ("Requests failed in both of them, so their times are "
                                             "those of less work.")));
  else if (a || b)
    g_ptr_array_add (sentences, g_strdup (_ ("Requests failed in one of them, so its times are "
                                             "those of less work.")));
}

GStrv
mill_compare_conditions (const MillResult *first, const MillResult *second)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();
  const MillExperiment *a = first->experiment;
  const MillExperiment *b = second->experiment;

  if (first->published != second->published)
    g_ptr_array_add (sentences,
                     g_strdup (_ ("One of them was published by others and not measured here.")));
  if (a->workload != b->workload)
    g_ptr_array_add (sentences, g_strdup (_ ("They did different kinds of work.")));
  else
    compare_amounts (sentences, a, b);
  if ((a->urls == NULL) != (b->urls == NULL) ||
      (a->urls != NULL &&
       !g_strv_equal ((const char *const *) a->urls, (const char *const *) b->urls)))
    g_ptr_array_add (sentences, g_strdup (_ ("The targets differ.")));
  else if (a->urls == NULL && a->workload == MILL_WORKLOAD_HTTP &&
           (differs (a->server.delay_s, b->server.delay_s) ||
            differs (a->server.jitter_s, b->server.jitter_s) ||
            a->server.distribution != b->server.distribution ||
            a->server.body_size_bytes != b->server.body_size_bytes ||
            differs (a->server.error_rate, b->server.error_rate) ||
            differs (a->server.drop_rate, b->server.drop_rate)))
    g_ptr_array_add (sentences, g_strdup (_ ("The server answered differently (delay, size or "
                                             "errors).")));
  if (a->workload == MILL_WORKLOAD_HTTP && a->keep_alive != b->keep_alive)
    g_ptr_array_add (sentences, g_strdup (_ ("One of them kept its connections open, the other "
                                             "did not.")));
  if (differs (a->rate, b->rate))
    g_ptr_array_add (sentences, g_strdup (_ ("The rates of the load differ.")));
  compare_failures (sentences, first, second);
  compare_machines (sentences, first, second);
  g_ptr_array_add (sentences, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
}

double
mill_noise_floor (const MillResult *result, const char *model, MillFigure figure)
{
  double lowest = INFINITY;
  double highest = 0;
  guint copies = 0;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *summary = g_ptr_array_index (result->models, i);
    double median = summary->figures[figure].median;

    if (!g_str_equal (summary->model, model) || !(median > 0))
      continue;
    lowest = MIN (lowest, median);
    highest = MAX (highest, median);
    copies = MAX (copies, (guint) summary->copy + 1);
  }
  return copies > 1 ? highest / lowest : NAN;
}
