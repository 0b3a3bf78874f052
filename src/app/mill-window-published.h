/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-results-page.h"
#include "app/mill-window.h"

G_BEGIN_DECLS

/* Runs the work of published figures here, and lays what was measured over them. */
typedef struct _MillWindowPublished MillWindowPublished;

/**
 * mill_window_published_new:
 * @window: the window, which outlives it
 * @results: where published figures are shown
 *
 * Returns: (transfer full): to be freed when the window is disposed
 */
MillWindowPublished *mill_window_published_new (MillWindow *window, MillResultsPage *results);
void mill_window_published_free (MillWindowPublished *published);

G_END_DECLS
