/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-session.h"
#include "charts/mill-chart-spec.h"
#include "lessons/mill-explanation.h"
#include "lessons/mill-lesson.h"

G_BEGIN_DECLS

#define MILL_TYPE_LESSON_FLOW (mill_lesson_flow_get_type ())
G_DECLARE_FINAL_TYPE (MillLessonFlow, mill_lesson_flow, MILL, LESSON_FLOW, GObject)

/* Where somebody is in a lesson: what was predicted, what runs, what was measured. The page and
 * the presenter show the same one.
 *
 * Signal "changed": anything of it changed
 */

typedef enum {
  MILL_LESSON_QUESTION, /* nothing is predicted yet */
  MILL_LESSON_PREDICTED,
  MILL_LESSON_RUNNING,
  MILL_LESSON_REVEALED, /* something was measured, perhaps not all */
} MillLessonPhase;

/**
 * mill_lesson_flow_new:
 * @session: what runs it; the same for the whole window
 * @scale: of the experiments, see mill_lesson_get_experiment()
 *
 * Returns: (transfer full): at its question
 */
MillLessonFlow *mill_lesson_flow_new (MillLesson *lesson, MillSession *session, double scale);

MillLesson *mill_lesson_flow_get_lesson (MillLessonFlow *flow);
double mill_lesson_flow_get_scale (MillLessonFlow *flow);
/* What was measured at another scale is forgotten here; the history keeps it. */
void mill_lesson_flow_set_scale (MillLessonFlow *flow, double scale);

/* Step 0 is the lesson, the others are its follow-ups. */
guint mill_lesson_flow_get_step (MillLessonFlow *flow);
void mill_lesson_flow_set_step (MillLessonFlow *flow, guint step);
/* Of the present step. */
MillLessonPhase mill_lesson_flow_get_phase (MillLessonFlow *flow);

/* Once something was measured a prediction comes too late, and changes nothing. */
void mill_lesson_flow_predict_choice (MillLessonFlow *flow, const char *choice);
void mill_lesson_flow_predict_value (MillLessonFlow *flow, double value);
/* (transfer none) (nullable) */
const MillPrediction *mill_lesson_flow_get_prediction (MillLessonFlow *flow);
/* Back to the question: forgets prediction and measurements. */
void mill_lesson_flow_restart (MillLessonFlow *flow);

/**
 * mill_lesson_flow_can_run:
 * @reason: (out) (transfer full) (optional): why not, in words for the person
 *
 * Whether the present step may run now on this machine, its prediction aside.
 */
gboolean mill_lesson_flow_can_run (MillLessonFlow *flow, char **reason);
/* (transfer full) how long it will take: "about 12 s". */
char *mill_lesson_flow_dup_estimate (MillLessonFlow *flow);
/* (transfer full) the same of a step that no flow stands for yet. */
char *mill_lesson_flow_estimate_step (const MillLesson *lesson, guint step, double scale);

/* Runs the present step; FALSE where it cannot. */
gboolean mill_lesson_flow_run (MillLessonFlow *flow);
void mill_lesson_flow_stop (MillLessonFlow *flow);
gboolean mill_lesson_flow_is_running (MillLessonFlow *flow);
/* 0 to 1, and (transfer full) in words. */
double mill_lesson_flow_get_fraction (MillLessonFlow *flow);
char *mill_lesson_flow_dup_progress (MillLessonFlow *flow);

/* (transfer none) (nullable) what was measured in the present step. */
const MillResult *mill_lesson_flow_get_result (MillLessonFlow *flow);
/* (transfer none) (nullable) what it says. */
const MillExplanation *mill_lesson_flow_get_explanation (MillLessonFlow *flow);
/* (transfer none) (nullable) why nothing was measured. */
const char *mill_lesson_flow_get_failure (MillLessonFlow *flow);
/* Whether the first step was measured to its end. */
gboolean mill_lesson_flow_is_done (MillLessonFlow *flow);

/**
 * mill_lesson_flow_dup_chart:
 * @large: for the presenter
 *
 * Returns: (transfer full) (nullable): the chart of the present step, with the prediction in it;
 *   it keeps its result alive
 */
MillChartSpec *mill_lesson_flow_dup_chart (MillLessonFlow *flow, gboolean large);

G_END_DECLS
