/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_COMPARISON_VIEW (mill_comparison_view_get_type ())
G_DECLARE_FINAL_TYPE (MillComparisonView, mill_comparison_view, MILL, COMPARISON_VIEW, GtkWidget)

/* The figures of results. Of one: its table, and what must be said about it. Of several: the
 * verdict for each model, and what else differed between the runs. */

/* (transfer floating) */
GtkWidget *mill_comparison_view_new (void);

/**
 * mill_comparison_view_set_results:
 * @results: (nullable) (element-type MillResult): at least one; the first is the base. Not kept
 */
void mill_comparison_view_set_results (MillComparisonView *view, GPtrArray *results);

/**
 * mill_comparison_sentence:
 * @results: (element-type MillResult): at least two
 *
 * Returns: (transfer full): the verdicts in words as Pango markup, the models in <b>
 */
char *mill_comparison_sentence (GPtrArray *results);

/* What else differed between the first and each of the others, as plain text, or "". */
char *mill_comparison_conditions (GPtrArray *results);

G_END_DECLS
