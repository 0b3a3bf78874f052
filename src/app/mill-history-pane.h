/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-library.h"

G_BEGIN_DECLS

#define MILL_TYPE_HISTORY_PANE (mill_history_pane_get_type ())
G_DECLARE_FINAL_TYPE (MillHistoryPane, mill_history_pane, MILL, HISTORY_PANE, GtkWidget)

/* What stands beside the list: the chart of what is selected, the verdict where that is more than
 * one, and the notes.
 *
 * Property "back" (gboolean): there is a button that leads back to the list
 *
 * Signals:
 *   "go-back"
 *   "delete", "export": the buttons
 *   "go": the suggested button: open one, compare several
 */

void mill_history_pane_set_library (MillHistoryPane *pane, MillLibrary *library);

/* (element-type MillDocument) what to show; the array is copied. */
void mill_history_pane_set_documents (MillHistoryPane *pane, GPtrArray *documents);

/* Begins to edit the name, where it can be changed. */
void mill_history_pane_rename (MillHistoryPane *pane);

/* What is written in the notes is taken over, as when the focus leaves them. */
void mill_history_pane_commit (MillHistoryPane *pane);

/* (transfer none) the verdict or description, for tests. */
const char *mill_history_pane_get_text (MillHistoryPane *pane);

G_END_DECLS
