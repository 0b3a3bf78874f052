/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-adviser-view.h"
#include "app/mill-lesson-flow.h"
#include "app/mill-lesson-shelf.h"

G_BEGIN_DECLS

#define MILL_TYPE_LEARN_PAGE (mill_learn_page_get_type ())
G_DECLARE_FINAL_TYPE (MillLearnPage, mill_learn_page, MILL, LEARN_PAGE, GtkWidget)

/* The lessons: their list, one of them, the adviser, or what is wrong with a teacher's file.
 *
 * Properties:
 *   "folded" (gboolean): no list beside a lesson
 *   "narrow" (gboolean): only the present step of a lesson is named
 *
 * Signals:
 *   "replay" (MillChartSpec *, const char *, const char *): the person wants to see a run again;
 *            the models to begin with, or NULL
 */

/* (transfer floating) empty until mill_learn_page_set_up(). */
GtkWidget *mill_learn_page_new (void);

/**
 * mill_learn_page_set_up:
 * @session: what runs the lessons
 * @library: (nullable): the evidence of the adviser
 * @settings: remember what was done, and the length of the lessons
 * @shelf: the lessons
 */
void mill_learn_page_set_up (MillLearnPage *page,
                             MillSession *session,
                             MillLibrary *library,
                             GSettings *settings,
                             MillLessonShelf *shelf);

/* FALSE where there is no such lesson, or it cannot be run. What was done in it before is there
 * again. */
gboolean mill_learn_page_show_lesson (MillLearnPage *page, const char *id);
void mill_learn_page_show_list (MillLearnPage *page);
void mill_learn_page_show_adviser (MillLearnPage *page);
/* What is wrong with a file (element-type MillLessonProblem). */
void mill_learn_page_show_problems (MillLearnPage *page, GFile *file, const GPtrArray *problems);

/* "lessons", "lesson", "adviser" or "problems". */
const char *mill_learn_page_get_visible (MillLearnPage *page);

/* (transfer none) (nullable): the lesson that is shown. */
MillLessonFlow *mill_learn_page_get_flow (MillLearnPage *page);
/* (transfer none) */
MillAdviserView *mill_learn_page_get_adviser (MillLearnPage *page);
MillLessonShelf *mill_learn_page_get_shelf (MillLearnPage *page);

/* Whether what runs now is a lesson's. */
gboolean mill_learn_page_is_running (MillLearnPage *page);

G_END_DECLS
