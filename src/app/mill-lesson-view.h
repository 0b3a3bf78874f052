/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-lesson-flow.h"

G_BEGIN_DECLS

#define MILL_TYPE_LESSON_VIEW (mill_lesson_view_get_type ())
G_DECLARE_FINAL_TYPE (MillLessonView, mill_lesson_view, MILL, LESSON_VIEW, GtkWidget)

/* A lesson: question, prediction, run, and what was measured beside what was predicted. Nothing of
 * the answer shows before there is a prediction.
 *
 * Property "narrow" (gboolean): only the present step is named
 *
 * Signals:
 *   "next":   the person wants the next lesson
 *   "replay": the person wants to see the run again
 */

/* (transfer floating) without a lesson. */
GtkWidget *mill_lesson_view_new (void);

/* A reference is taken. */
void mill_lesson_view_set_flow (MillLessonView *view, MillLessonFlow *flow);
/* (transfer none) (nullable) */
MillLessonFlow *mill_lesson_view_get_flow (MillLessonView *view);

G_END_DECLS
