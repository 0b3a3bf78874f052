/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* The axis of shares of requests, on which each further nine takes as much room as the one before:
 * "min", 50 %, 90 %, 99 %, 99.9 %. */

/**
 * mill_percent_to_string:
 * @percent: 0 to 100
 *
 * Returns: (transfer full): "99 %", "99.95 %"; "min" for 0
 */
char *mill_percent_to_string (const MillLayout *layout, double percent);

/**
 * mill_percent_marks_new:
 * @last_percent: the last percentile that the samples of any curve carry
 *
 * Returns: (transfer full) (element-type double): the usual percentiles below it, and itself: never
 *   empty
 */
GArray *mill_percent_marks_new (double last_percent);

/**
 * mill_percent_x:
 * @percents: of mill_percent_marks_new(); the last stands at the right of the plot
 *
 * Returns: the absolute x of a percentile
 */
double mill_percent_x (const MillBox *plot, const GArray *percents, double percent);

/* Gridlines, as many labels as do not touch, and the axis' title below the plot. */
void mill_percent_axis_add (MillLayout *layout, const MillBox *plot, const GArray *percents);

G_END_DECLS
