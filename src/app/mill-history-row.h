/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-document.h"

G_BEGIN_DECLS

#define MILL_TYPE_HISTORY_ROW (mill_history_row_get_type ())
G_DECLARE_FINAL_TYPE (MillHistoryRow, mill_history_row, MILL, HISTORY_ROW, GtkWidget)

/* A document in the list: a check, a small chart, name, what it is, the shortest time. Can be
 * dragged out as a file.
 *
 * Property "narrow" (gboolean): no small chart and no model, so that the name has room
 *
 * Signal "toggled": the person changed the check
 */

/* (transfer floating) */
GtkWidget *mill_history_row_new (void);

/* NULL: shows nothing. */
void mill_history_row_set_document (MillHistoryRow *row, MillDocument *document);

/* What the check shows; no signal. */
void mill_history_row_set_checked (MillHistoryRow *row, gboolean checked);
gboolean mill_history_row_get_checked (MillHistoryRow *row);

G_END_DECLS
