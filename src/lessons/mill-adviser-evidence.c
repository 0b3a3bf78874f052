/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lessons/mill-adviser-evidence.h"
#include "result/mill-comparison.h"
#include "result/mill-findings.h"
#include "result/mill-table.h"

typedef struct {
  const MillModelResult *model;
  guint rank; /* place in the list of kinds, the simplest first */
} Competitor;

void
mill_adviser_evidence_free (MillAdviserEvidence *evidence)
{
  g_free (evidence->result_id);
  g_free (evidence->result_name);
  g_free (evidence->text);
  g_free (evidence);
}

static gboolean
is_such_work (const MillAdviserCase *adviser_case, const MillExperiment *experiment)
{
  gboolean computes = experiment->after == MILL_AFTER_HASH || experiment->after == MILL_AFTER_JSON;

  if (experiment->workload != adviser_case->workload || experiment->rate > 0 ||
      experiment->duration_s > 0)
    return FALSE;
  if (experiment->workload == MILL_WORKLOAD_CPU)
    return TRUE;
  /* Without a delay the built-in server is not waited for. */
  if (experiment->urls == NULL && !(experiment->server.delay_s > 0) &&
      experiment->sweep != MILL_SWEEP_DELAY)
    return FALSE;
  return computes == adviser_case->computes;
}

static gboolean
competes (const MillAdviserCase *adviser_case,
          const MillExperiment *experiment,
          const MillModelResult *model,
          guint *rank)
{
  MillModelSpec spec;
  int flight;

  if (!mill_model_spec_parse (model->model, experiment->workload, &spec, NULL))
    return FALSE;
  flight = mill_model_spec_concurrency (&spec, experiment->requests);
  for (*rank = 0; *rank < adviser_case->n_kinds; ++*rank) {
    if (adviser_case->kinds[*rank] != spec.kind)
      continue;
    return spec.kind == MILL_MODEL_SYNC ||
           (flight >= adviser_case->min_flight && flight <= adviser_case->max_flight);
  }
  return FALSE;
}

/* Those that ran such a load, in the order of the document. */
static GArray *
find_competitors (const MillAdviserCase *adviser_case, const MillResult *result)
{
  GArray *competitors = g_array_new (FALSE, FALSE, sizeof (Competitor));
  double sweep_value = mill_findings_sweep_value (result);

  for (guint i = 0; i < result->models->len; i++) {
    Competitor competitor = { .model = g_ptr_array_index (result->models, i) };

    if (competitor.model->copy > 0 ||
        (!isnan (sweep_value) &&
         !mill_sweep_value_equal (sweep_value, competitor.model->sweep_value)))
      continue;
    if (competes (adviser_case, result->experiment, competitor.model, &competitor.rank))
      g_array_append_val (competitors, competitor);
  }
  return competitors;
}

/* Whether different kinds stand against each other; two pools do not choose a model. */
static gboolean
has_choice (const GArray *competitors)
{
  for (guint i = 1; i < competitors->len; i++) {
    if (g_array_index (competitors, Competitor, i).rank !=
        g_array_index (competitors, Competitor, 0).rank)
      return TRUE;
  }
  return FALSE;
}

/* Why a model may not be judged, or NULL. */
static char *
find_fault (const MillAdviserCase *adviser_case,
            const MillExperiment *experiment,
            const MillModelResult *model)
{
  const MillEstimate *estimate = &model->figures[adviser_case->figure];
  gboolean failures_asked = experiment->server.error_rate > 0 || experiment->server.drop_rate > 0;

  if (estimate->projected)
    return g_strdup_printf (_ ("%s is projected, not measured."), model->model);
  if (isnan (estimate->median) || model->complete == 0)
    return g_strdup_printf (_ ("%s has no complete repetition."), model->model);
  if (model->complete < model->trials)
    return g_strdup_printf (_ ("Not every repetition of %s was completed."), model->model);
  if (!failures_asked && mill_model_result_has_failures (model))
    return g_strdup_printf (_ ("Requests failed under %s."), model->model);
  return NULL;
}

static const Competitor *
find_best (const MillAdviserCase *adviser_case, const GArray *competitors)
{
  const Competitor *best = &g_array_index (competitors, Competitor, 0);

  for (guint i = 1; i < competitors->len; i++) {
    const Competitor *other = &g_array_index (competitors, Competitor, i);

    if (other->model->figures[adviser_case->figure].median <
        best->model->figures[adviser_case->figure].median)
      best = other;
  }
  return best;
}

/* The simplest of those that do not clearly differ from the best; NULL where a verdict lacks. */
static const Competitor *
find_winner (const MillAdviserCase *adviser_case,
             const MillResult *result,
             const GArray *competitors,
             const Competitor *best)
{
  const Competitor *winner = best;

  for (guint i = 0; i < competitors->len; i++) {
    const Competitor *other = &g_array_index (competitors, Competitor, i);
    MillVerdict verdict;

    if (other == best)
      continue;
    verdict = mill_compare_models_verdict (result, best->model, result, other->model,
                                           adviser_case->figure);
    if (verdict == MILL_VERDICT_NO_CLEAR_DIFFERENCE) {
      if (other->rank < winner->rank)
        winner = other;
    } else if (verdict != MILL_VERDICT_FASTER) {
      return NULL;
    }
  }
  return winner;
}

static char *
format_figure (const MillAdviserCase *adviser_case, double value)
{
  g_autofree char *number = NULL;

  if (adviser_case->figure == MILL_FIGURE_WALL_TIME)
    return mill_format_duration (value);
  number = mill_format_number (value);
  return g_strdup_printf (_ ("%s MiB"), number);
}

/* "thread-pool:20 0.41 s, main-loop:80 0.12 s" */
static char *
list_figures (const MillAdviserCase *adviser_case, const GArray *competitors)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < competitors->len; i++) {
    const Competitor *competitor = &g_array_index (competitors, Competitor, i);
    g_autofree char *value =
        format_figure (adviser_case, competitor->model->figures[adviser_case->figure].median);

    g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", competitor->model->model, value);
  }
  return g_string_free (list, FALSE);
}

static char *
describe (const MillAdviserCase *adviser_case,
          const GArray *competitors,
          const Competitor *best,
          const Competitor *winner)
{
  g_autofree char *list = list_figures (adviser_case, competitors);

  if (winner == NULL)
    return g_strdup_printf (_ ("%s: too few repetitions to tell."), list);
  if (winner == best)
    return g_strdup_printf (_ ("%s: %s is best."), list, winner->model->model);
  return g_strdup_printf (_ ("%s: no clear difference between %s and %s, and %s is simpler."), list,
                          best->model->model, winner->model->model, winner->model->model);
}

MillAdviserFinding
mill_adviser_examine (const MillAdviserCase *adviser_case, const MillResult *result)
{
  MillAdviserFinding finding = { NULL, NULL };
  g_autoptr (GArray) competitors = NULL;
  const Competitor *best;
  const Competitor *winner = NULL;
  g_autofree char *fault = NULL;

  if (result->published || !is_such_work (adviser_case, result->experiment))
    return finding;
  competitors = find_competitors (adviser_case, result);
  if (!has_choice (competitors))
    return finding;
  for (guint i = 0; fault == NULL && i < competitors->len; i++)
    fault = find_fault (adviser_case, result->experiment,
                        g_array_index (competitors, Competitor, i).model);
  best = find_best (adviser_case, competitors);
  if (fault == NULL)
    winner = find_winner (adviser_case, result, competitors, best);

  finding.evidence = g_new0 (MillAdviserEvidence, 1);
  finding.evidence->result_id = g_strdup (result->id);
  finding.evidence->result_name = g_strdup (result->name);
  finding.evidence->carries = winner != NULL;
  finding.evidence->text =
      fault != NULL ? g_steal_pointer (&fault) : describe (adviser_case, competitors, best, winner);
  finding.winner = winner != NULL ? winner->model : NULL;
  return finding;
}
