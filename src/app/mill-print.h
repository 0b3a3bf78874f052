/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

/**
 * mill_print_operation_new:
 * @spec: what is printed; its results must live as long
 *
 * Returns: (transfer full): prints the chart on one page, black on white
 */
GtkPrintOperation *mill_print_operation_new (MillChartSpec *spec);

/**
 * mill_print_chart:
 * @parent: (nullable): the window
 *
 * Asks for a printer and prints, through the portal where there is one.
 */
void mill_print_chart (GtkWindow *parent, MillChartSpec *spec);

G_END_DECLS
