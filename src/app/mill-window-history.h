/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-history-page.h"
#include "app/mill-window.h"

G_BEGIN_DECLS

/**
 * mill_window_history_new:
 * @window: the window, which outlives it
 * @page: its history
 * @library: what the history shows
 *
 * Connects the history with its window: opening, comparing, deleting with undo, and what could not
 * be saved. Adds the actions undo, rename, compare and delete.
 *
 * Returns: (transfer full): to be freed when the window is disposed
 */
typedef struct _MillWindowHistory MillWindowHistory;
MillWindowHistory *
mill_window_history_new (MillWindow *window, MillHistoryPage *page, MillLibrary *library);
void mill_window_history_free (MillWindowHistory *history);

G_END_DECLS
