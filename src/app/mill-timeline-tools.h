/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-chart-view.h"

G_BEGIN_DECLS

#define MILL_TYPE_TIMELINE_TOOLS (mill_timeline_tools_get_type ())
G_DECLARE_FINAL_TYPE (MillTimelineTools, mill_timeline_tools, MILL, TIMELINE_TOOLS, GtkBox)

/* The buttons of a timeline: by lane or by request (win.timeline-view), and the visible time. */

/* Shows and changes the visible time of a chart; not kept alive. */
void mill_timeline_tools_set_chart (MillTimelineTools *tools, MillChartView *chart);

/* Tells the visible time anew; without one there is nothing to zoom. */
void mill_timeline_tools_update (MillTimelineTools *tools);

G_END_DECLS
