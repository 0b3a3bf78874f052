/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-learn-page.h"
#include "app/mill-results-page.h"
#include "app/mill-window.h"

G_BEGIN_DECLS

/* Connects the lessons with their window: the actions lesson, adviser, replay and present, and a
 * teacher's own lesson that is opened. */
typedef struct _MillWindowLearn MillWindowLearn;

/**
 * mill_window_learn_new:
 * @window: the window, which outlives it
 * @page: its lessons
 * @results: its results, which are replayed and presented too
 *
 * Returns: (transfer full): to be freed when the window is disposed
 */
MillWindowLearn *mill_window_learn_new (MillWindow *window,
                                        MillLearnPage *page,
                                        MillResultsPage *results,
                                        GSettings *settings);
void mill_window_learn_free (MillWindowLearn *learn);

/* Checks a lesson, keeps a copy and shows it, or what is wrong with it. */
void mill_window_learn_open (MillWindowLearn *learn, GFile *file);

/* Whether what runs is a lesson's, which shows its outcome itself. */
gboolean mill_window_learn_owns_run (MillWindowLearn *learn);

G_END_DECLS
