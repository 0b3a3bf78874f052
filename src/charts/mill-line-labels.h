/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* The name of a line, beside its last point. */
typedef struct {
  const char *text;
  double y; /* where the line ends */
  MillColor color;
  gboolean secondary; /* not a series: normal weight, smaller */
} MillLineLabel;

/**
 * mill_line_labels_width:
 * @max_share: of the scene's width that labels may take, 0 to 1
 *
 * Returns: the room to leave right of the plot, the gap to the lines included; 0 in a preview
 */
double mill_line_labels_width (const MillLayout *layout,
                               const MillLineLabel *labels,
                               guint n_labels,
                               double max_share);

/**
 * mill_line_labels_add:
 * @plot: the lines end at its right
 * @width_px: of mill_line_labels_width()
 *
 * Writes the labels right of the plot, moved apart where they would meet, with a leader from
 * the line's end to a label that moved far. Labels that do not fit are counted in the last line.
 */
void mill_line_labels_add (MillLayout *layout,
                           const MillBox *plot,
                           const MillLineLabel *labels,
                           guint n_labels,
                           double width_px);

/**
 * mill_line_add:
 * @points: absolute coordinates; those that are not finite are gaps
 * @style: of the series; its width is scaled with the type
 * @dash: MILL_DASH_NONE: the style's own
 *
 * Draws a line; a point that stands alone becomes a marker, so that it can be seen.
 */
void mill_line_add (MillLayout *layout,
                    const MillPoint *points,
                    guint n_points,
                    const MillSeriesStyle *style,
                    MillDash dash);

/* The marker of a series, apart from the lines under it by a rim of the background. */
void mill_line_marker_add (MillLayout *layout, double x, double y, const MillSeriesStyle *style);

/* The ring around a selected datum and, over the whole plot, the cursor line through it. */
void mill_line_ring_add (MillLayout *layout, double x, double y);
void mill_line_cursor_add (MillLayout *layout, const MillBox *plot, double x);

G_END_DECLS
