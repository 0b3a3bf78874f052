/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-timeline-block.h"

G_BEGIN_DECLS

/**
 * mill_timeline_row_add:
 * @row: index into the rows of the model's data
 * @y: top
 * @height_px: of the row
 *
 * Draws the requests of one row one by one; where they would be narrower than a few pixels, the
 * share of time that each span takes as heights instead.
 */
void mill_timeline_row_add (
    MillLayout *layout, const MillTimelineBlock *block, guint row, double y, double height_px);

/**
 * mill_timeline_lane_bar_add:
 * @lane: index into the lanes of the model's data
 *
 * Draws what a loop does as a whole: solid while it sends or receives, hatched while it waits.
 */
void mill_timeline_lane_bar_add (
    MillLayout *layout, const MillTimelineBlock *block, guint lane, double y, double height_px);

G_END_DECLS
