/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "result/mill-comparison.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_FIGURE_TABLE (mill_figure_table_get_type ())
G_DECLARE_FINAL_TYPE (MillFigureTable, mill_figure_table, MILL, FIGURE_TABLE, GtkWidget)

/* A table of figures on a card: a swatch and a name, then numbers to the right. Scrolls sideways
 * by itself where it is too wide. */

/* (transfer floating) an empty table */
GtkWidget *mill_figure_table_new (void);

/**
 * mill_figure_table_set_result:
 * @result: (nullable): shown as mill_table_new() says; not kept
 */
void mill_figure_table_set_result (MillFigureTable *table, const MillResult *result);

/**
 * mill_figure_table_set_comparison:
 * @results: (element-type MillResult): at least two; not kept
 * @figure: what is compared
 *
 * Each model that stands in the first result and in another: both values, their ratio with its
 * interval, and the verdict in words.
 */
void
mill_figure_table_set_comparison (MillFigureTable *table, GPtrArray *results, MillFigure figure);

/* "main-loop:80", and what it is compared with where that is called otherwise; behind it the value
 * of a sweep. */
char *mill_comparison_label (const MillModelComparison *pair);

/* For tests and for copying: the text of a cell, row 0 being the header; NULL outside. */
const char *mill_figure_table_get_cell (MillFigureTable *table, guint row, guint column);
guint mill_figure_table_get_n_rows (MillFigureTable *table);

G_END_DECLS
