/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-spec.h"
#include "charts/mill-chart-theme.h"
#include "charts/mill-scene.h"

G_BEGIN_DECLS

#define MILL_TYPE_CHART_VIEW (mill_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (MillChartView, mill_chart_view, MILL, CHART_VIEW, GtkWidget)

/* A chart in the window: the same scene as in files, laid out for the widget's size in the theme
 * of the interface. The pointer and the keyboard read its values, the timeline zooms and pans,
 * dragging it out drops a PNG.
 *
 * Keys: arrows, Home and End move the cursor; Escape takes it away. On a timeline the arrows pan
 * until Return sets a cursor; Ctrl with Left or Right always pans, + and - zoom, 0 shows all.
 *
 * Signals:
 *   "window-changed": the person zoomed or panned; the spec carries the new window
 *   "cursor-changed": another datum is read, or none
 */

/**
 * mill_chart_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing
 */
GtkWidget *mill_chart_view_new (void);

/**
 * mill_chart_view_set_spec:
 * @spec: (nullable): what to show; %NULL: nothing
 *
 * A reference is taken; the results of the spec must live as long. The cursor stays on its datum
 * where the new chart is of the same kind and still has it.
 */
void mill_chart_view_set_spec (MillChartView *view, MillChartSpec *spec);

/* (transfer none) (nullable): with the window that is visible. */
MillChartSpec *mill_chart_view_get_spec (MillChartView *view);

/**
 * mill_chart_view_set_theme:
 * @theme: a theme for every interface; %MILL_N_THEMES: that of the interface
 */
void mill_chart_view_set_theme (MillChartView *view, MillThemeId theme);

/* (transfer none) (nullable): the chart as it was laid out for the last size. */
const MillScene *mill_chart_view_get_scene (MillChartView *view);

/* The text of the datum that is read: its title, then "label\tvalue" lines; NULL: none. */
const char *mill_chart_view_get_readout (MillChartView *view);

/* What a pointer at that place reads; false places read nothing. */
void mill_chart_view_point_at (MillChartView *view, double x, double y);

/* Moves the keyboard's cursor; FALSE where it stays. */
gboolean mill_chart_view_move_cursor (MillChartView *view, MillCursorDirection direction);
void mill_chart_view_clear_cursor (MillChartView *view);

/**
 * mill_chart_view_can_zoom:
 *
 * Returns: whether the chart is a timeline with something to see
 */
gboolean mill_chart_view_can_zoom (MillChartView *view);

/**
 * mill_chart_view_zoom:
 * @factor: of the visible time: 0.5 shows half of it
 * @place: what stays where it is, as a share of the visible time, 0 to 1
 */
void mill_chart_view_zoom (MillChartView *view, double factor, double place);

/* Shows what is later by that share of the visible time; negative: earlier. */
void mill_chart_view_pan (MillChartView *view, double share);

/* Everything again. */
void mill_chart_view_reset_zoom (MillChartView *view);

/* (transfer full) (nullable): "0–0.5 s": the visible time of a timeline. */
char *mill_chart_view_dup_window_text (MillChartView *view);

G_END_DECLS
