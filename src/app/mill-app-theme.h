/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-theme.h"
#include "charts/mill-series.h"

G_BEGIN_DECLS

/**
 * mill_app_theme_id:
 *
 * Returns: the chart theme that fits the interface as it is now: light, dark or high contrast.
 *   See mill_app_theme_watch().
 */
MillThemeId mill_app_theme_id (void);

/* (transfer none) the same as a theme. */
const MillTheme *mill_app_theme (void);

/**
 * mill_app_theme_watch:
 * @changed: called with @widget as its first argument, for as long as that lives
 *
 * Calls @changed when mill_app_theme_id() may have changed: gtk_widget_queue_draw() for a widget
 * that paints with the theme.
 */
void mill_app_theme_watch (GtkWidget *widget, GCallback changed);

/* A colour of the charts for GTK. */
void mill_app_theme_rgba (MillColor color, GdkRGBA *rgba);

G_END_DECLS
