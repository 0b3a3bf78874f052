/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-run-state.h"

G_BEGIN_DECLS

#define MILL_TYPE_RUN_ROW (mill_run_row_get_type ())
G_DECLARE_FINAL_TYPE (MillRunRow, mill_run_row, MILL, RUN_ROW, GtkListBoxRow)

/* How one model does in a run: name, a bar, figures in columns; in a narrow window two lines. */

#define MILL_RUN_N_COLUMNS 7

/**
 * mill_run_row_new:
 * @columns: (array fixed-size=7): that keep the columns of all rows as wide as each other
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *mill_run_row_new (GtkSizeGroup *const columns[MILL_RUN_N_COLUMNS]);

/* A row with the names of the columns. */
GtkWidget *mill_run_row_new_header (GtkSizeGroup *const columns[MILL_RUN_N_COLUMNS]);

void mill_run_row_set_narrow (MillRunRow *row, gboolean narrow);

/* Shows a model of a state, as it is now. */
void mill_run_row_update (MillRunRow *row, const MillRunState *state, const MillRunModel *model);

G_END_DECLS
