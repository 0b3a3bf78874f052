/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson.h"
#include "result/mill-comparison.h"

G_BEGIN_DECLS

/* What a lesson is made of, for the reader that fills it and the explanation that reads it. */

#define MILL_LESSON_MAX_TEXT_BYTES 4000
#define MILL_LESSON_MAX_ITEMS 40

/* What a figure of a lesson is taken from. */
typedef enum {
  MILL_SOURCE_FIGURE, /* one of MillFigure */
  MILL_SOURCE_ERRORS, /* requests that failed for one reason: "errors.timeout" */
  MILL_SOURCE_FAILED_SHARE,
  MILL_SOURCE_SENT_LATE,
  MILL_SOURCE_UNCORRECTED_MEAN,
  MILL_SOURCE_UNCORRECTED_P50,
  MILL_SOURCE_UNCORRECTED_P90,
  MILL_SOURCE_UNCORRECTED_P99,
  MILL_SOURCE_UNCORRECTED_MAX,
  MILL_SOURCE_CORES, /* that the process could use */
} MillSource;

typedef struct {
  MillSource source;
  MillFigure figure;   /* of MILL_SOURCE_FIGURE */
  MillOutcome outcome; /* of MILL_SOURCE_ERRORS */
} MillSourceSpec;

/**
 * mill_source_from_id:
 * @id: "wall_time_s", "errors.timeout", "failed_share", ...
 *
 * Returns: FALSE where there is no such figure
 */
gboolean mill_source_from_id (const char *id, MillSourceSpec *source);

/* One model at one value of the sweep. */
typedef struct {
  char *model;          /* as the experiment writes it; NULL: none */
  int sweep_index;      /* -1 without a sweep */
  gboolean from_lesson; /* in a follow-up: of the result of step 0 */
} MillOperand;

/* A named figure: of, of / over, of - minus, each divided by `per`, or a difference by how far
 * apart its two values of the sweep are. */
typedef struct {
  char *name;
  MillSourceSpec source;
  MillSourceSpec over_source; /* the same but for "over_figure" */
  MillOperand of;
  MillOperand over;
  MillOperand minus;
  double per;
  gboolean per_sweep;
} MillLessonFigure;

/* How a ratio was judged, named by the direction of the figure and not by what is better. */
typedef enum {
  MILL_RATIO_HIGHER = 1 << 0,
  MILL_RATIO_LOWER = 1 << 1,
  MILL_RATIO_NO_CLEAR_DIFFERENCE = 1 << 2,
  MILL_RATIO_TOO_FEW = 1 << 3,
  MILL_RATIO_NOT_JUDGED = 1 << 4,
} MillRatioVerdict;

/* One condition; all parts that are given must hold. */
typedef struct {
  int figure;    /* index; -1: the condition is about the prediction */
  guint verdict; /* MillRatioVerdict, any of these; 0: not asked */
  double above;  /* NAN: not asked */
  double below;
  char *prediction; /* "made", "none", or the id of a choice */
} MillCondition;

typedef struct {
  char *id;
  GPtrArray *conditions; /* MillCondition; empty for the last outcome */
  char *headline;
  char *text;
  char *answer; /* the id of the choice that this outcome makes right, or NULL */
  gboolean surprising;
  gboolean undecided;
} MillLessonOutcome;

typedef enum {
  MILL_LESSON_SCALE_REQUESTS = 1 << 0,
  MILL_LESSON_SCALE_DELAY = 1 << 1,
  MILL_LESSON_SCALE_TIMEOUT = 1 << 2,
  MILL_LESSON_SCALE_ROUNDS = 1 << 3,
  MILL_LESSON_SCALE_DURATION = 1 << 4,
  MILL_LESSON_SCALE_RATE = 1 << 5,
} MillLessonScale;

typedef struct {
  char *title;
  char *question;
  MillExperiment *experiment; /* at scale 1, with models that may not be built in */
  guint scale;                /* MillLessonScale */
  char *chart;
  int chart_figure;    /* MillFigure, or -1 */
  GPtrArray *figures;  /* MillLessonFigure */
  GPtrArray *outcomes; /* MillLessonOutcome */
} MillLessonStep;

struct _MillLesson {
  gatomicrefcount references;
  char *id;
  char *title;
  char *note;
  char *published;
  GStrv replay; /* NULL: none */
  double duration_s;
  char *skip_reason;
  GPtrArray *steps; /* MillLessonStep */
  MillPredictionSpec prediction;
  int prediction_figure; /* index in the figures of step 0; -1: none */
};

MillLesson *mill_lesson_new_empty (void);
MillLessonStep *mill_lesson_step_new (void);
MillLessonFigure *mill_lesson_figure_new (void);
MillCondition *mill_condition_new (void);
MillLessonOutcome *mill_lesson_outcome_new (void);
MillLessonChoice *mill_lesson_choice_new (void);

const MillLessonStep *mill_lesson_peek_step (const MillLesson *lesson, guint step);

/* The index of a figure by its name; -1 where there is none. */
int mill_lesson_step_find_figure (const MillLessonStep *step, const char *name, gsize length);

/**
 * mill_lesson_scale_experiment:
 * @scale: clamped
 *
 * Returns: (transfer full): the experiment of a step at a scale, without models that this program
 *   was built without where others remain
 */
MillExperiment *mill_lesson_scale_experiment (const MillLessonStep *step, double scale);

/* Whether the program was built with all models of an experiment; else one that it lacks. */
gboolean mill_lesson_has_models (const MillExperiment *experiment, MillModelKind *missing);

G_END_DECLS
