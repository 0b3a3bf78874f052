/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-library.h"

G_BEGIN_DECLS

#define MILL_TYPE_HISTORY_PAGE (mill_history_page_get_type ())
G_DECLARE_FINAL_TYPE (MillHistoryPage, mill_history_page, MILL, HISTORY_PAGE, GtkWidget)

/* Everything that ran: search, filter, select, rename, notes, delete, export, compare.
 *
 * Properties (read, write):
 *   "folded" (gboolean): the side pane becomes a page of its own
 *   "narrow" (gboolean): small margins
 *
 * Signals (run-last, no return value):
 *   "open"    (MillDocument *): one was activated
 *   "compare" (GPtrArray of MillDocument): two or more are to be compared, the first is the base
 *   "deleted" (guint): so many were deleted; undo is possible
 */

/**
 * mill_history_page_new:
 *
 * Returns: (transfer floating): a page without a library
 */
GtkWidget *mill_history_page_new (void);

void mill_history_page_set_library (MillHistoryPage *page, MillLibrary *library);

/* Selects nothing but @document and shows it; clears search and filter where they hide it. */
void mill_history_page_select (MillHistoryPage *page, MillDocument *document);

/* Selects @document besides what is selected, or no longer. */
void mill_history_page_toggle (MillHistoryPage *page, MillDocument *document);

/* (transfer full) (element-type MillDocument) what is selected, in the order of the selection. */
GPtrArray *mill_history_page_get_selection (MillHistoryPage *page);

/* (transfer none) (nullable) how many rows are visible, and the text that is searched for. */
guint mill_history_page_get_n_visible (MillHistoryPage *page);
void mill_history_page_set_search (MillHistoryPage *page, const char *text);

/* What the actions do, with what is selected. */
void mill_history_page_compare (MillHistoryPage *page);
void mill_history_page_delete (MillHistoryPage *page);
void mill_history_page_rename (MillHistoryPage *page);
void mill_history_page_export (MillHistoryPage *page);
void mill_history_page_focus_search (MillHistoryPage *page);

G_END_DECLS
