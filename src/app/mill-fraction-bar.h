/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "experiment/mill-model.h"

G_BEGIN_DECLS

#define MILL_TYPE_FRACTION_BAR (mill_fraction_bar_get_type ())
G_DECLARE_FINAL_TYPE (MillFractionBar, mill_fraction_bar, MILL, FRACTION_BAR, GtkWidget)

/**
 * mill_fraction_bar_new:
 * @family: the model whose colour it has
 * @fraction: how much of its width is filled, 0 to 1
 *
 * A thin bar in the colour that a model has in all charts.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *mill_fraction_bar_new (MillModelKind family, double fraction);

G_END_DECLS
