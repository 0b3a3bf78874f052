/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-text.h"
#include "lessons/mill-lesson-rules.h"
#include "lessons/mill-template.h"

#define MAX_WORD_BYTES 64
#define LARGEST 1e15

static const char *const known_members[] = { "id",     "when",       "headline", "text",
                                             "answer", "surprising", NULL };
static const char *const known_conditions[] = {
  "figure", "is", "above", "below", "prediction", NULL
};
/* In the order of the bits of MillRatioVerdict. */
static const char *const verdict_names[] = {
  "higher", "lower", "no-clear-difference", "too-few", "not-judged", NULL,
};

static gboolean
is_choice (const MillPredictionSpec *prediction, const char *id)
{
  for (guint i = 0; prediction != NULL && i < prediction->choices->len; i++) {
    const MillLessonChoice *choice = g_ptr_array_index (prediction->choices, i);

    if (g_strcmp0 (choice->id, id) == 0)
      return TRUE;
  }
  return FALSE;
}

static guint
read_verdict_name (const MillFields *fields, const char *name)
{
  for (guint i = 0; verdict_names[i] != NULL; i++) {
    if (g_strcmp0 (verdict_names[i], name) == 0)
      return 1u << i;
  }
  g_autofree char *shown = mill_text_quote (name);
  g_autofree char *list = g_strjoinv (", ", (GStrv) verdict_names);
  mill_fields_complain (fields, "is", _ ("%s is no verdict; there are: %s"), shown, list);
  return 0;
}

/* One verdict, or a list of which any may hold. */
static guint
read_verdict (const MillFields *fields)
{
  JsonNode *node = json_object_get_member (fields->object, "is");
  g_auto (GStrv) names = NULL;
  guint verdict = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)) {
    g_autofree char *name = mill_fields_string (fields, "is", MILL_FIELD_OPTIONAL, MAX_WORD_BYTES);
    return name != NULL ? read_verdict_name (fields, name) : 0;
  }
  names = mill_fields_strings (fields, "is", G_N_ELEMENTS (verdict_names) - 1);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    verdict |= read_verdict_name (fields, names[i]);
  return verdict;
}

static void
read_figure_condition (const MillFields *fields,
                       const MillLessonStep *step,
                       MillCondition *condition)
{
  g_autofree char *name =
      mill_fields_string (fields, "figure", MILL_FIELD_REQUIRED, MAX_WORD_BYTES);
  const MillLessonFigure *figure;

  if (name == NULL)
    return;
  condition->figure = mill_lesson_step_find_figure (step, name, strlen (name));
  if (condition->figure < 0) {
    g_autofree char *shown = mill_text_quote (name);
    mill_fields_complain (fields, "figure", _ ("there is no figure %s in “figures”"), shown);
    return;
  }
  figure = g_ptr_array_index (step->figures, (guint) condition->figure);
  condition->verdict = read_verdict (fields);
  /* Without an experiment the operands were not read, whose own mistake is told. */
  if (mill_fields_has (fields, "is") && figure->over.model == NULL && step->experiment != NULL)
    mill_fields_complain (fields, "is",
                          _ ("only a figure with “over” is judged; compare “%s” by “above” or "
                             "“below”"),
                          name);
  condition->above =
      mill_fields_number (fields, "above", MILL_FIELD_OPTIONAL, -LARGEST, LARGEST, NAN);
  condition->below =
      mill_fields_number (fields, "below", MILL_FIELD_OPTIONAL, -LARGEST, LARGEST, NAN);
  if (!mill_fields_has (fields, "is") && !mill_fields_has (fields, "above") &&
      !mill_fields_has (fields, "below"))
    mill_fields_complain (fields, "",
                          _ ("a condition needs “is”, “above” or “below” beside its figure"));
}

static void
read_condition (const MillFields *fields,
                const MillLessonStep *step,
                const MillPredictionSpec *prediction,
                MillLessonOutcome *outcome)
{
  MillCondition *condition = mill_condition_new ();

  g_ptr_array_add (outcome->conditions, condition);
  mill_fields_known (fields, known_conditions);
  if (!mill_fields_has (fields, "prediction")) {
    read_figure_condition (fields, step, condition);
    return;
  }
  condition->prediction =
      mill_fields_string (fields, "prediction", MILL_FIELD_REQUIRED, MAX_WORD_BYTES);
  if (condition->prediction != NULL && !g_str_equal (condition->prediction, "made") &&
      !g_str_equal (condition->prediction, "none") &&
      !is_choice (prediction, condition->prediction))
    mill_fields_complain (fields, "prediction",
                          _ ("“prediction” takes made, none, or the id of a choice"));
}

/* A text whose placeholders are checked. */
static char *
read_template (const MillFields *fields, const char *member, const MillLessonStep *step)
{
  char *text = mill_fields_string (fields, member, MILL_FIELD_REQUIRED, MILL_LESSON_MAX_TEXT_BYTES);
  g_autofree char *problem = NULL;

  if (text == NULL)
    return g_strdup ("");
  problem = mill_template_check (text, step);
  if (problem != NULL)
    mill_fields_complain (fields, member, "%s", problem);
  return mill_fields_translate (fields, text);
}

static void
read_outcome (const MillFields *fields,
              gboolean last,
              MillLessonStep *step,
              const MillPredictionSpec *prediction)
{
  MillLessonOutcome *outcome = mill_lesson_outcome_new ();
  JsonArray *when;

  g_ptr_array_add (step->outcomes, outcome);
  mill_fields_known (fields, known_members);
  outcome->id = mill_fields_id (fields, "id", MILL_FIELD_REQUIRED);
  outcome->headline = read_template (fields, "headline", step);
  outcome->text = read_template (fields, "text", step);
  outcome->surprising = mill_fields_boolean (fields, "surprising");
  outcome->undecided = last;
  outcome->answer = mill_fields_id (fields, "answer", MILL_FIELD_OPTIONAL);
  if (outcome->answer != NULL && !is_choice (prediction, outcome->answer))
    mill_fields_complain (fields, "answer", _ ("there is no choice “%s” in the prediction"),
                          outcome->answer);
  if (last && (mill_fields_has (fields, "when") || outcome->answer != NULL))
    mill_fields_complain (fields, "",
                          _ ("the last outcome is for data that do not answer; it has neither "
                             "“when” nor “answer”"));
  when = last ? NULL
              : mill_fields_array (fields, "when", MILL_FIELD_REQUIRED, 1, MILL_LESSON_MAX_ITEMS);
  for (guint i = 0; when != NULL && i < json_array_get_length (when); i++) {
    g_auto (MillFields) element = mill_fields_element (fields, "when", when, i);

    if (element.object != NULL)
      read_condition (&element, step, prediction, outcome);
  }
}

static gboolean
has_outcome (const MillLessonStep *step, guint before, const char *id)
{
  for (guint i = 0; id != NULL && i < before; i++) {
    const MillLessonOutcome *outcome = g_ptr_array_index (step->outcomes, i);

    if (g_strcmp0 (outcome->id, id) == 0)
      return TRUE;
  }
  return FALSE;
}

void
mill_lesson_read_outcomes (const MillFields *fields,
                           MillLessonStep *step,
                           const MillPredictionSpec *prediction,
                           MillFieldNeed need)
{
  JsonArray *array = mill_fields_array (fields, "outcomes", need, 2, MILL_LESSON_MAX_ITEMS);
  guint n_outcomes = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n_outcomes; i++) {
    g_auto (MillFields) element = mill_fields_element (fields, "outcomes", array, i);
    const MillLessonOutcome *outcome;

    if (element.object == NULL)
      continue;
    read_outcome (&element, i + 1 == n_outcomes, step, prediction);
    outcome = g_ptr_array_index (step->outcomes, step->outcomes->len - 1);
    if (has_outcome (step, step->outcomes->len - 1, outcome->id))
      mill_fields_complain (&element, "id", _ ("there is an outcome “%s” already"), outcome->id);
  }
}
