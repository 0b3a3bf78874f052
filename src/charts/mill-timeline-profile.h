/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-timeline-block.h"

G_BEGIN_DECLS

/* What happens too often to be drawn piece by piece: heights are shares of time. */

/* Columns in so many pixels. */
guint mill_timeline_density_columns (const MillLayout *layout, double width_px);

/**
 * mill_timeline_density_add:
 * @row: index into the rows of the model's data
 * @y: top
 *
 * Draws the requests of a row: receiving from the bottom, connecting from the top, and where any
 * failed a mark at the top. Adds a hit box with a readout for every few columns.
 */
void mill_timeline_density_add (
    MillLayout *layout, const MillTimelineBlock *block, guint row, double y, double height);

/**
 * mill_timeline_busy_add:
 * @busy: (element-type MillInterval): of mill_timeline_lane_activity()
 *
 * Draws the share of time that a loop was busy.
 */
void mill_timeline_busy_add (MillLayout *layout,
                             const MillTimelineBlock *block,
                             const GArray *busy,
                             double y,
                             double height);

G_END_DECLS
