/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

#define MILL_TYPE_PUBLISHED_BAR (mill_published_bar_get_type ())
G_DECLARE_FINAL_TYPE (MillPublishedBar, mill_published_bar, MILL, PUBLISHED_BAR, GtkBox)

/* Beside published figures: the way to run the same work here, and once that was done, why the two
 * differ. Not visible where nothing published is shown.
 *
 * Signal "run" (const char *preset, const MillResult *published): the person wants to run it
 */

/* (transfer floating) invisible. */
GtkWidget *mill_published_bar_new (void);

/* (nullable) what is shown. */
void mill_published_bar_set_spec (MillPublishedBar *bar, MillChartSpec *spec);

/* As by a click on the button; FALSE where there is none. */
gboolean mill_published_bar_run (MillPublishedBar *bar);

/* (transfer none): what it says. */
const char *mill_published_bar_get_text (MillPublishedBar *bar);

G_END_DECLS
