/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/mill-color.h"

G_BEGIN_DECLS

#define MILL_TYPE_REPETITION_BAR (mill_repetition_bar_get_type ())
G_DECLARE_FINAL_TYPE (MillRepetitionBar, mill_repetition_bar, MILL, REPETITION_BAR, GtkWidget)

/* A progress bar with a segment for each repetition; one plain bar where they would be too
 * narrow. */

/**
 * mill_repetition_bar_set:
 * @color: of the model
 * @n: repetitions
 * @done: how many are done, with the fraction of the running one: 1.6
 */
void mill_repetition_bar_set (MillRepetitionBar *bar, MillColor color, guint n, double done);

G_END_DECLS
