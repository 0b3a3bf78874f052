/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-run-state.h"

G_BEGIN_DECLS

#define MILL_TYPE_LIVE_LANES (mill_live_lanes_get_type ())
G_DECLARE_FINAL_TYPE (MillLiveLanes, mill_live_lanes, MILL, LIVE_LANES, GtkWidget)

/* What the threads of the running trial did in the last seconds, or the requests that its loops
 * have in flight: hatched while they wait, solid while they receive. What does not fit at 4 px
 * is left out, and counted. */

/* A trial begins; @model is not kept. NULL: nothing runs, what is there stays. */
void mill_live_lanes_begin (MillLiveLanes *view, const MillRunModel *model, gint64 requests);

/* What ended since the last time. */
void mill_live_lanes_add (MillLiveLanes *view, const MillProgress *progress);

/* Takes the colour of the running model in the theme of the interface. */
void mill_live_lanes_set_style (MillLiveLanes *view, const MillSeriesStyle *style);

/* Draws what came since the last time. */
void mill_live_lanes_redraw (MillLiveLanes *view);

/* How many rows there are to draw: for tests. */
guint mill_live_lanes_get_n_rows (MillLiveLanes *view);

G_END_DECLS
