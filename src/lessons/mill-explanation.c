/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lessons/mill-explanation.h"
#include "lessons/mill-lesson-values.h"
#include "lessons/mill-template.h"
#include "result/mill-sentence.h"
#include "result/mill-table.h"

/* The id where a follow-up has no outcomes of its own, and the data speak for themselves. */
#define PLAIN_OUTCOME "plain"
/* A choice this near to the measured value agrees with it. */
#define AGREEING_RATIO 1.25

typedef struct {
  const MillLesson *lesson;
  MillLessonData data;
  MillLessonValue *values; /* one for each figure of the step */
  const MillPrediction *prediction;
} Explainer;

void
mill_explanation_free (MillExplanation *explanation)
{
  g_free (explanation->outcome);
  g_free (explanation->headline);
  g_free (explanation->text);
  g_free (explanation->verdict);
  g_free (explanation->measured_choice);
  g_free (explanation->measured_text);
  g_free (explanation->mark_model);
  g_free (explanation->mark_text);
  g_free (explanation);
}

/* Whether the document is of such an experiment at all; its numbers may be scaled. */
static gboolean
is_of_step (const MillResult *result, const MillLessonStep *step)
{
  const MillExperiment *a = result->experiment;
  const MillExperiment *b = step->experiment;

  return a->workload == b->workload && a->sweep == b->sweep && a->keep_alive == b->keep_alive &&
         a->after == b->after && (a->rate > 0) == (b->rate > 0);
}

static gboolean
prediction_matches (const MillCondition *condition, const MillPrediction *prediction)
{
  gboolean made = prediction != NULL;

  if (g_str_equal (condition->prediction, "made"))
    return made;
  if (g_str_equal (condition->prediction, "none"))
    return !made;
  return made && g_strcmp0 (condition->prediction, prediction->choice) == 0;
}

static gboolean
outcome_holds (const Explainer *explainer, const MillLessonOutcome *outcome)
{
  for (guint i = 0; i < outcome->conditions->len; i++) {
    const MillCondition *condition = g_ptr_array_index (outcome->conditions, i);
    gboolean holds =
        condition->prediction != NULL
            ? prediction_matches (condition, explainer->prediction)
            : mill_lesson_condition_holds (condition, &explainer->values[condition->figure]);

    if (!holds)
      return FALSE;
  }
  return TRUE;
}

/* The first that holds; the last has no condition. */
static const MillLessonOutcome *
find_outcome (const Explainer *explainer, gboolean of_step)
{
  const GPtrArray *outcomes = explainer->data.step->outcomes;

  for (guint i = 0; of_step && i < outcomes->len; i++) {
    if (outcome_holds (explainer, g_ptr_array_index (outcomes, i)))
      return g_ptr_array_index (outcomes, i);
  }
  return g_ptr_array_index (outcomes, outcomes->len - 1);
}

static char *
lookup_figure (const char *name, gpointer data)
{
  const Explainer *explainer = data;
  int index = mill_lesson_step_find_figure (explainer->data.step, name, strlen (name));

  if (index < 0)
    return g_strdup_printf ("{%s}", name);
  return mill_lesson_value_to_text (
      g_ptr_array_index (explainer->data.step->figures, (guint) index), &explainer->values[index]);
}

static char *
expand (Explainer *explainer, const char *text)
{
  return mill_template_expand (text, explainer->data.result->experiment, lookup_figure, explainer);
}

static guint
count_incomplete (const MillResult *result)
{
  guint n_incomplete = 0;

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    n_incomplete += trial->status != MILL_TRIAL_COMPLETE;
  }
  return n_incomplete;
}

/* What is wrong with the data, for who wonders why they do not answer. */
static void
append_reasons (const Explainer *explainer, GString *text, gboolean of_step)
{
  gboolean too_few = FALSE, projected = FALSE, missing = FALSE;

  if (!of_step) {
    g_string_append_printf (text, " %s", _ ("These values are of another experiment."));
    return;
  }
  if (explainer->data.result->trials->len == 0) {
    g_string_append_printf (text, " %s", _ ("Nothing was measured."));
    return;
  }
  for (guint i = 0; i < explainer->data.step->figures->len; i++) {
    const MillLessonValue *value = &explainer->values[i];

    too_few |= value->ratio && value->verdict == MILL_RATIO_TOO_FEW;
    projected |=
        value->projected || (value->verdict == MILL_RATIO_NOT_JUDGED && !isnan (value->value));
    missing |= isnan (value->value);
  }
  if (too_few)
    g_string_append_printf (text, " %s",
                            _ ("There were too few complete repetitions to tell a difference from "
                               "chance; four or more of each model can."));
  if (projected)
    g_string_append_printf (text, " %s",
                            _ ("A projected or published value is shown, but never judged."));
  if (missing)
    g_string_append_printf (text, " %s", _ ("Some of what the question needs was not measured."));
}

static void
append_incomplete (const MillResult *result, GString *text)
{
  guint n_incomplete = count_incomplete (result);

  if (n_incomplete == 0)
    return;
  g_string_append_c (text, ' ');
  g_string_append_printf (text,
                          ngettext ("%u of %u trials did not complete and is not counted.",
                                    "%u of %u trials did not complete and are not counted.",
                                    n_incomplete),
                          n_incomplete, result->trials->len);
}

/* The choice whose number is nearest by ratio. */
static const MillLessonChoice *
nearest_choice (const MillPredictionSpec *spec, double measured)
{
  const MillLessonChoice *nearest = NULL;
  double best = INFINITY;

  for (guint i = 0; measured > 0 && i < spec->choices->len; i++) {
    const MillLessonChoice *choice = g_ptr_array_index (spec->choices, i);
    double distance = fabs (log (choice->value / measured));

    if (distance < best) {
      best = distance;
      nearest = choice;
    }
  }
  return nearest;
}

static const MillLessonChoice *
find_choice (const MillPredictionSpec *spec, const char *id)
{
  for (guint i = 0; i < spec->choices->len; i++) {
    const MillLessonChoice *choice = g_ptr_array_index (spec->choices, i);

    if (g_strcmp0 (choice->id, id) == 0)
      return choice;
  }
  return NULL;
}

char *
mill_lesson_format_prediction (const MillLesson *lesson, const MillPrediction *prediction)
{
  const MillPredictionSpec *spec = &lesson->prediction;
  g_autofree char *number = NULL;

  if (spec->kind == MILL_PREDICTION_CHOICE) {
    const MillLessonChoice *choice = find_choice (spec, prediction->choice);
    return g_strdup (choice != NULL ? choice->label : "");
  }
  number = mill_format_number (prediction->value);
  if (*spec->unit == '\0')
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, spec->unit);
}

/* What was measured of what was predicted. */
static void
set_measured (const Explainer *explainer,
              const MillLessonOutcome *outcome,
              MillExplanation *explanation)
{
  const MillLesson *lesson = explainer->lesson;
  const MillLessonChoice *choice = NULL;

  if (lesson->prediction_figure >= 0 &&
      mill_lesson_value_carries (&explainer->values[lesson->prediction_figure])) {
    const MillLessonValue *value = &explainer->values[lesson->prediction_figure];
    g_autofree char *text = mill_lesson_value_to_text (
        g_ptr_array_index (explainer->data.step->figures, (guint) lesson->prediction_figure),
        value);

    explanation->measured = value->value;
    g_free (explanation->measured_text);
    explanation->measured_text =
        value->ratio ? g_strdup_printf (_ ("%s ×"), text) : g_steal_pointer (&text);
  }
  if (outcome->undecided || lesson->prediction.kind != MILL_PREDICTION_CHOICE)
    return;
  choice = outcome->answer != NULL ? find_choice (&lesson->prediction, outcome->answer)
                                   : nearest_choice (&lesson->prediction, explanation->measured);
  if (choice == NULL)
    return;
  explanation->measured_choice = g_strdup (choice->id);
  if (*explanation->measured_text == '\0') {
    g_free (explanation->measured_text);
    explanation->measured_text = g_strdup (choice->label);
  }
}

static MillPredictionState
judge_prediction (const Explainer *explainer, const MillExplanation *explanation)
{
  const MillPredictionSpec *spec = &explainer->lesson->prediction;
  double room = 1 + spec->tolerance;
  gboolean right;

  if (explanation->undecided)
    return MILL_PREDICTION_UNDECIDED;
  if (spec->kind == MILL_PREDICTION_CHOICE) {
    if (explanation->measured_choice == NULL)
      return MILL_PREDICTION_UNDECIDED;
    right = g_strcmp0 (explanation->measured_choice, explainer->prediction->choice) == 0;
  } else {
    if (isnan (explanation->measured))
      return MILL_PREDICTION_UNDECIDED;
    right = explainer->prediction->value >= explanation->measured / room &&
            explainer->prediction->value <= explanation->measured * room;
  }
  return right ? MILL_PREDICTION_CONFIRMED : MILL_PREDICTION_CONTRADICTED;
}

/* Whether a choice is right because it is the nearest of all, and yet not what was measured: 3 × is
 * nearest to 5.8 ×, which does not agree with it. */
static gboolean
is_only_nearest (const Explainer *explainer,
                 const MillLessonOutcome *outcome,
                 const MillExplanation *explanation)
{
  const MillLessonChoice *choice =
      find_choice (&explainer->lesson->prediction, explainer->prediction->choice);

  return choice != NULL && outcome->answer == NULL && explanation->measured > 0 &&
         fabs (log (choice->value / explanation->measured)) > log (AGREEING_RATIO);
}

static char *
verdict_sentence (const MillExplanation *explanation, const char *predicted, gboolean only_nearest)
{
  switch (explanation->state) {
  case MILL_PREDICTION_CONFIRMED:
    if (only_nearest)
      return g_strdup_printf (
          _ ("You predicted “%s”, of all choices the nearest to what was measured: %s."), predicted,
          explanation->measured_text);
    return g_strdup_printf (_ ("You predicted “%s”, and the measurement agrees: %s."), predicted,
                            explanation->measured_text);
  case MILL_PREDICTION_CONTRADICTED:
    return g_strdup_printf (_ ("You predicted “%s”; the measurement says: %s."), predicted,
                            explanation->measured_text);
  case MILL_PREDICTION_UNDECIDED:
    return g_strdup_printf (_ ("You predicted “%s”; the measured values do not decide it."),
                            predicted);
  case MILL_PREDICTION_NONE:
  default:
    return g_strdup ("");
  }
}

/* Whether a chart's axis carries the figure, so that a prediction has a place on it. */
static gboolean
chart_shows (const char *chart, const MillSourceSpec *source)
{
  if (source->source != MILL_SOURCE_FIGURE)
    return FALSE;
  switch (source->figure) {
  case MILL_FIGURE_WALL_TIME:
    return g_str_equal (chart, "time");
  case MILL_FIGURE_THROUGHPUT:
    return g_str_equal (chart, "throughput");
  case MILL_FIGURE_MEMORY_MAX:
    return g_str_equal (chart, "memory");
  default:
    return FALSE;
  }
}

/* A predicted ratio r of A over B puts B at A / r. */
static void
set_mark (const Explainer *explainer, const char *predicted, MillExplanation *explanation)
{
  const MillLesson *lesson = explainer->lesson;
  const MillLessonChoice *choice = find_choice (&lesson->prediction, explainer->prediction->choice);
  const MillLessonFigure *figure;
  MillLessonFigure base = { .per = 1 };
  MillLessonValue value;
  double number = choice != NULL ? choice->value : explainer->prediction->value;

  if (lesson->prediction_figure < 0 || !(number > 0))
    return;
  figure = g_ptr_array_index (explainer->data.step->figures, (guint) lesson->prediction_figure);
  if (!chart_shows (explainer->data.step->chart, &figure->source) || figure->minus.model != NULL ||
      figure->of.sweep_index >= 0)
    return;
  if (figure->over.model == NULL) {
    explanation->mark_model = g_strdup (figure->of.model);
    explanation->mark_value = number;
    explanation->mark_text = g_strdup_printf (_ ("your prediction: %s"), predicted);
    return;
  }
  base.source = figure->source;
  base.of = figure->of;
  value = mill_lesson_evaluate (&base, &explainer->data);
  if (isnan (value.value) || value.projected)
    return;
  explanation->mark_model = g_strdup (figure->over.model);
  value.value = explanation->mark_value = value.value / number;
  g_autofree char *at = mill_lesson_value_to_text (&base, &value);
  explanation->mark_text = g_strdup_printf (_ ("your prediction: %s, %s"), predicted, at);
}

static void
explain_prediction (const Explainer *explainer,
                    const MillLessonOutcome *outcome,
                    MillExplanation *explanation)
{
  g_autofree char *predicted = NULL;

  if (explainer->prediction == NULL)
    return;
  predicted = mill_lesson_format_prediction (explainer->lesson, explainer->prediction);
  explanation->state = judge_prediction (explainer, explanation);
  g_free (explanation->verdict);
  explanation->verdict =
      verdict_sentence (explanation, predicted, is_only_nearest (explainer, outcome, explanation));
  set_mark (explainer, predicted, explanation);
}

static MillExplanation *
explanation_new (void)
{
  MillExplanation *explanation = g_new0 (MillExplanation, 1);

  explanation->verdict = g_strdup ("");
  explanation->measured_text = g_strdup ("");
  explanation->measured = NAN;
  explanation->mark_value = NAN;
  return explanation;
}

static MillExplanation *
explain_plainly (const MillResult *result)
{
  MillExplanation *explanation = explanation_new ();

  explanation->outcome = g_strdup (PLAIN_OUTCOME);
  explanation->headline = g_strdup ("");
  explanation->text = mill_sentence_text (result);
  return explanation;
}

MillExplanation *
mill_lesson_explain (const MillLesson *lesson,
                     guint step,
                     const MillResult *result,
                     const MillResult *first,
                     const MillPrediction *prediction)
{
  const MillLessonStep *first_step = mill_lesson_peek_step (lesson, 0);
  Explainer explainer = { .lesson = lesson,
                          .data = { mill_lesson_peek_step (lesson, step), result, first_step,
                                    first },
                          .prediction = step == 0 ? prediction : NULL };
  const GPtrArray *figures = explainer.data.step->figures;
  gboolean of_step = is_of_step (result, explainer.data.step);
  g_autofree MillLessonValue *values = g_new0 (MillLessonValue, figures->len);
  MillExplanation *explanation;
  const MillLessonOutcome *outcome;
  g_autofree char *text = NULL;
  GString *full;

  if (explainer.data.step->outcomes->len == 0)
    return explain_plainly (result);
  explainer.values = values;
  for (guint i = 0; i < figures->len; i++)
    values[i] = mill_lesson_evaluate (g_ptr_array_index (figures, i), &explainer.data);

  outcome = find_outcome (&explainer, of_step);
  explanation = explanation_new ();
  explanation->outcome = g_strdup (outcome->id);
  explanation->headline = expand (&explainer, outcome->headline);
  explanation->surprising = outcome->surprising;
  explanation->undecided = outcome->undecided;
  text = expand (&explainer, outcome->text);
  full = g_string_new (text);
  if (outcome->undecided)
    append_reasons (&explainer, full, of_step);
  append_incomplete (result, full);
  explanation->text = g_string_free (full, FALSE);
  if (of_step)
    set_measured (&explainer, outcome, explanation);
  explain_prediction (&explainer, outcome, explanation);
  return explanation;
}
