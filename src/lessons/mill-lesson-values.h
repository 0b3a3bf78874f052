/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson-private.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* A named figure as it was measured. */
typedef struct {
  double value;       /* NAN: not measured */
  gboolean ratio;     /* of two models */
  guint verdict;      /* of a ratio: one of MillRatioVerdict; else 0 */
  gboolean projected; /* not measured whole, so never judged */
} MillLessonValue;

/* What the figures of a step are taken from. */
typedef struct {
  const MillLessonStep *step;
  const MillResult *result;
  const MillLessonStep *first_step; /* step 0, for a follow-up */
  const MillResult *first;          /* or NULL */
} MillLessonData;

/**
 * mill_lesson_evaluate:
 *
 * The median over the complete trials, or what is computed of two medians. Ratios are judged by
 * mill_compare_models_verdict(): what is projected, published or repeated too few times is not.
 */
MillLessonValue mill_lesson_evaluate (const MillLessonFigure *figure, const MillLessonData *data);

/* Whether a value may decide something: measured, and, as a ratio, judged. */
gboolean mill_lesson_value_carries (const MillLessonValue *value);

/* Whether a condition holds; never for a value that is missing or projected. */
gboolean mill_lesson_condition_holds (const MillCondition *condition, const MillLessonValue *value);

/* (transfer full): the value with its unit, a ratio without: "3.4", "120 ms", "91 MiB"; NULL
 * where there is none. */
char *mill_lesson_value_to_text (const MillLessonFigure *figure, const MillLessonValue *value);

G_END_DECLS
