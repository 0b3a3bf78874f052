/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* What somebody predicts: a choice or a number. Plain data, not owned. */
typedef struct {
  const char *choice; /* the id of a choice, or NULL */
  double value;       /* where `choice` is NULL, in the unit of the prediction */
} MillPrediction;

typedef enum {
  MILL_PREDICTION_NONE,         /* nobody predicted */
  MILL_PREDICTION_CONFIRMED,    /* the measured values say the same */
  MILL_PREDICTION_CONTRADICTED, /* the measured values say something else */
  MILL_PREDICTION_UNDECIDED,    /* the measured values do not carry an answer */
} MillPredictionState;

/* What the measured values say. All texts are plain, in the user's language, and never NULL
 * unless said. */
typedef struct {
  char *outcome;  /* the id of the outcome in the lesson: "as-expected", "undecided" */
  char *headline; /* one sentence: "20 threads were 20 times faster." */
  char *text;     /* a few sentences */
  /* What became of the prediction, as a sentence: "You predicted 5 ×; 20 × was measured."; ""
   * where nobody predicted. */
  char *verdict;
  MillPredictionState state;
  gboolean surprising;   /* the data contradict what textbooks say */
  gboolean undecided;    /* the data are missing, partial or too few to answer */
  char *measured_choice; /* the id of the choice that was measured, or NULL */
  double measured;       /* the predicted figure as measured; NAN where there is none */
  char *measured_text;   /* the same as text with its unit: "20 ×"; "" */
  /* Where the prediction belongs in a chart of times: beside which model and at which value
   * of the chart's figure (seconds in `time`). NULL and NAN where it has no place. */
  char *mark_model;
  double mark_value;
  char *mark_text; /* "your prediction: 5 ×, 1.6 s"; or NULL */
} MillExplanation;

/**
 * mill_lesson_explain:
 * @lesson: a lesson
 * @step: which step @result belongs to
 * @result: what was measured, summarised before; may be partial, failed, empty or of another
 *   experiment: then the explanation says that the data do not answer
 * @first: (nullable): the result of step 0, where @step is a follow-up that compares with it
 * @prediction: (nullable): what was predicted; used for step 0 alone
 *
 * Computes the explanation. The first outcome whose conditions hold is taken; verdicts follow the
 * rule of mill_compare_models(), so that what is projected, partial or repeated too few times is
 * never judged.
 *
 * Returns: (transfer full): the explanation, never %NULL
 */
MillExplanation *mill_lesson_explain (const MillLesson *lesson,
                                      guint step,
                                      const MillResult *result,
                                      const MillResult *first,
                                      const MillPrediction *prediction);
void mill_explanation_free (MillExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillExplanation, mill_explanation_free)

/**
 * mill_lesson_format_prediction:
 *
 * Returns: (transfer full): the prediction with its unit or the label of its choice: "5 ×"
 */
char *mill_lesson_format_prediction (const MillLesson *lesson, const MillPrediction *prediction);

G_END_DECLS
