/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson-fields.h"
#include "lessons/mill-lesson-private.h"

G_BEGIN_DECLS

/**
 * mill_lesson_read_figures:
 * @fields: what holds the member "figures"
 * @step: whose experiment was read; gets the figures
 * @first: (nullable): step 0, where @step is a follow-up
 *
 * Reads the named figures; every model must stand in the experiment it is taken from.
 */
void mill_lesson_read_figures (const MillFields *fields,
                               MillLessonStep *step,
                               const MillLessonStep *first);

/**
 * mill_lesson_read_outcomes:
 * @fields: what holds the member "outcomes"
 * @step: whose figures were read; gets the outcomes
 * @prediction: (nullable): whose choices conditions and answers may name
 * @need: whether there must be any
 *
 * Reads the outcomes; the last one has no condition and says that the data do not answer.
 */
void mill_lesson_read_outcomes (const MillFields *fields,
                                MillLessonStep *step,
                                const MillPredictionSpec *prediction,
                                MillFieldNeed need);

G_END_DECLS
