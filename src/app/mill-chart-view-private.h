/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-chart-view.h"

G_BEGIN_DECLS

/* What the view and its zooming share. */

/* Adds what zooms and pans: scrolling with Ctrl, dragging, pinching, and all keys. */
void mill_chart_view_add_zoom_controllers (MillChartView *view);

/* Whether a drag that begins there moves the visible time instead of carrying the image away. */
gboolean mill_chart_view_pans_at (MillChartView *view, double x, double y);

/* Whether the keyboard reads a datum. */
gboolean mill_chart_view_has_cursor (MillChartView *view);

/* Shows another stretch of time and says so. */
void mill_chart_view_set_window (MillChartView *view, double start_s, double end_s);

G_END_DECLS
