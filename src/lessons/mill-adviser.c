/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lessons/mill-adviser-evidence.h"

#define REPETITIONS 5
#define HASHED_BODY_BYTES (256 * 1024)

typedef struct {
  const MillAdviserNode *node;
  guint answer;
} Step;

struct _MillAdviser {
  GArray *steps;               /* Step, as answered */
  const MillAdviserNode *node; /* what is asked now, or NULL */
  const MillAdviserCase *adviser_case;
};

MillAdviser *
mill_adviser_new (void)
{
  MillAdviser *adviser = g_new0 (MillAdviser, 1);

  adviser->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  adviser->node = mill_adviser_walk_start ();
  return adviser;
}

void
mill_adviser_free (MillAdviser *adviser)
{
  g_array_unref (adviser->steps);
  g_free (adviser);
}

static const char *
translate (const char *text)
{
  return *text != '\0' ? _ (text) : text;
}

static void
fill_question (const MillAdviserNode *node, MillAdviserQuestion *question)
{
  memset (question, 0, sizeof *question);
  question->id = node->id;
  question->text = translate (node->text);
  question->detail = translate (node->detail);
  for (guint i = 0; i < G_N_ELEMENTS (node->answers) && node->answers[i].id != NULL; i++) {
    question->answers[i].id = node->answers[i].id;
    question->answers[i].label = translate (node->answers[i].label);
    question->answers[i].detail = translate (node->answers[i].detail);
    question->n_answers++;
  }
}

gboolean
mill_adviser_get_question (const MillAdviser *adviser, MillAdviserQuestion *question)
{
  if (adviser->node == NULL)
    return FALSE;
  fill_question (adviser->node, question);
  return TRUE;
}

gboolean
mill_adviser_answer (MillAdviser *adviser, const char *answer)
{
  Step step = { adviser->node, 0 };

  if (adviser->node == NULL)
    return FALSE;
  for (; step.answer < G_N_ELEMENTS (step.node->answers) &&
         step.node->answers[step.answer].id != NULL;
       step.answer++) {
    const char *next = step.node->answers[step.answer].next;

    if (!g_str_equal (step.node->answers[step.answer].id, answer))
      continue;
    g_array_append_val (adviser->steps, step);
    adviser->node = mill_adviser_walk_find_node (next);
    adviser->adviser_case = mill_adviser_walk_find_case (next);
    return TRUE;
  }
  return FALSE;
}

guint
mill_adviser_get_n_answered (const MillAdviser *adviser)
{
  return adviser->steps->len;
}

const char *
mill_adviser_get_answered (const MillAdviser *adviser, guint index, MillAdviserQuestion *question)
{
  const Step *step;

  g_return_val_if_fail (index < adviser->steps->len, NULL);
  step = &g_array_index (adviser->steps, Step, index);
  fill_question (step->node, question);
  return step->node->answers[step->answer].id;
}

gboolean
mill_adviser_back (MillAdviser *adviser)
{
  guint last = adviser->steps->len;

  if (last == 0)
    return FALSE;
  adviser->node = g_array_index (adviser->steps, Step, last - 1).node;
  adviser->adviser_case = NULL;
  g_array_set_size (adviser->steps, last - 1);
  return TRUE;
}

void
mill_adviser_restart (MillAdviser *adviser)
{
  while (mill_adviser_back (adviser))
    continue;
}

gboolean
mill_adviser_wants (const MillAdviser *adviser, const MillResultSummary *summary)
{
  return adviser->adviser_case != NULL && !summary->published && summary->models->len > 1 &&
         g_strcmp0 (summary->workload, mill_workload_to_string (adviser->adviser_case->workload)) ==
             0;
}

static MillExperiment *
make_experiment (const MillAdviserCase *adviser_case)
{
  MillExperiment *experiment = mill_experiment_new ();

  g_array_unref (experiment->models);
  experiment->models = mill_model_list_parse (adviser_case->models, adviser_case->workload, NULL);
  experiment->name = g_strdup (_ ("Which model for me?"));
  experiment->workload = adviser_case->workload;
  experiment->requests = adviser_case->requests;
  experiment->requests_set = TRUE;
  experiment->repetitions = REPETITIONS;
  experiment->server.delay_s = adviser_case->delay_s;
  if (adviser_case->computes) {
    experiment->after = MILL_AFTER_HASH;
    experiment->server.body_size_bytes = HASHED_BODY_BYTES;
  }
  return experiment;
}

/* All that was found, what carries first, and of that the newest. */
typedef struct {
  GPtrArray *evidence;
  const MillModelResult *winner; /* of the newest result that carries */
  const MillResult *newest;
  gboolean disagree;
  guint n_carrying;
} Findings;

static gboolean
is_same_kind (const MillModelResult *a, const MillModelResult *b)
{
  gsize length = strcspn (a->model, ":");

  return length == strcspn (b->model, ":") && strncmp (a->model, b->model, length) == 0;
}

static void
examine_all (const MillAdviserCase *adviser_case, const GPtrArray *results, Findings *findings)
{
  for (guint i = 0; i < results->len; i++) {
    const MillResult *result = g_ptr_array_index (results, i);
    MillAdviserFinding finding = mill_adviser_examine (adviser_case, result);

    if (finding.evidence == NULL)
      continue;
    if (!finding.evidence->carries) {
      g_ptr_array_add (findings->evidence, finding.evidence);
      continue;
    }
    gboolean newest =
        findings->newest == NULL || g_strcmp0 (result->started, findings->newest->started) > 0;

    /* The model that is named is the newest one's, and so are the words for it. */
    g_ptr_array_insert (findings->evidence, newest ? 0 : (int) findings->n_carrying,
                        finding.evidence);
    findings->n_carrying++;
    if (findings->winner != NULL && !is_same_kind (findings->winner, finding.winner))
      findings->disagree = TRUE;
    if (newest) {
      findings->newest = result;
      findings->winner = finding.winner;
    }
  }
}

static char *
reason_for (const MillAdviserCase *adviser_case, const Findings *findings)
{
  GString *reason = g_string_new (translate (adviser_case->given));
  const MillAdviserEvidence *first =
      findings->evidence->len > 0 ? g_ptr_array_index (findings->evidence, 0) : NULL;

  if (reason->len > 0)
    g_string_append_c (reason, ' ');
  if (findings->disagree)
    g_string_append (reason, _ ("Your results disagree, so they name no model."));
  else if (findings->winner != NULL && first != NULL)
    g_string_append_printf (reason,
                            ngettext ("Of what you measured: %s",
                                      "Of what you measured, %2$u results agree: %1$s",
                                      findings->n_carrying),
                            first->text, findings->n_carrying);
  else if (first != NULL)
    g_string_append (reason,
                     _ ("You measured such work, but those results do not carry an answer."));
  else
    g_string_append (reason, _ ("You have not measured such work yet."));
  return g_string_free (reason, FALSE);
}

MillRecommendation *
mill_adviser_conclude (const MillAdviser *adviser, const GPtrArray *results)
{
  const MillAdviserCase *adviser_case = adviser->adviser_case;
  Findings findings = { NULL };
  MillRecommendation *recommendation;
  gboolean measured;

  if (adviser_case == NULL)
    return NULL;
  findings.evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_adviser_evidence_free);
  examine_all (adviser_case, results, &findings);
  measured = findings.winner != NULL && !findings.disagree;

  recommendation = g_new0 (MillRecommendation, 1);
  recommendation->state = measured ? MILL_RECOMMENDATION_MEASURED : MILL_RECOMMENDATION_UNDECIDED;
  recommendation->model = measured ? g_strdup (findings.winner->model) : NULL;
  recommendation->title = measured ? g_strdup_printf (_ ("Take %s"), findings.winner->model)
                                   : g_strdup (_ ("An experiment would decide"));
  recommendation->reason = reason_for (adviser_case, &findings);
  recommendation->evidence = findings.evidence;
  recommendation->experiment = make_experiment (adviser_case);
  recommendation->experiment_reason = g_strdup_printf (
      measured ? _ ("Run it again to confirm. The textbook says: %s") : _ ("To be tested: %s"),
      translate (adviser_case->expected));
  return recommendation;
}

void
mill_recommendation_free (MillRecommendation *recommendation)
{
  g_free (recommendation->model);
  g_free (recommendation->title);
  g_free (recommendation->reason);
  g_ptr_array_unref (recommendation->evidence);
  g_clear_pointer (&recommendation->experiment, mill_experiment_free);
  g_free (recommendation->experiment_reason);
  g_free (recommendation);
}
