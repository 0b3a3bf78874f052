/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-timeline-data.h"

G_BEGIN_DECLS

/* How many requests are in flight from a moment on. */
typedef struct {
  gint64 time_us;
  int in_flight;
} MillInFlightStep;

/**
 * mill_timeline_in_flight_new:
 *
 * Returns: (transfer full) (element-type MillInFlightStep): one step for each moment at which
 *   the number changes, in ascending order; the last is 0
 */
GArray *mill_timeline_in_flight_new (const MillTimelineData *data);

/**
 * mill_timeline_thin_steps:
 * @steps: of mill_timeline_in_flight_new()
 * @from_us: begin of the window
 * @to_us: its end
 * @columns: pixels, at least 1
 *
 * Keeps the smallest, the largest and the last value of each column, so that no peak is lost.
 *
 * Returns: (transfer full) (element-type MillInFlightStep): begins at @from_us with the value
 *   there, at most 3 * columns + 1 steps
 */
GArray *mill_timeline_thin_steps (const GArray *steps, gint64 from_us, gint64 to_us, guint columns);

/**
 * mill_timeline_row_shares:
 * @row: index into data->rows
 * @shares: (out caller-allocates) (array): @columns * MILL_N_SPANS values, 0 to 1: which share of
 *   the time of a column each span takes; shares[column * MILL_N_SPANS + span]
 *
 * The density of a row whose requests are too short to be drawn one by one. No time is lost: the
 * sum of the shares times the width of a column is the time of the spans inside the window.
 */
void mill_timeline_row_shares (const MillTimelineData *data,
                               guint row,
                               gint64 from_us,
                               gint64 to_us,
                               guint columns,
                               double *shares);

/* A piece of time in microseconds. */
typedef struct {
  gint64 from_us, to_us;
} MillInterval;

/**
 * mill_timeline_lane_activity:
 * @lane: index into data->lanes
 * @busy: TRUE: when it sends or receives; FALSE: when a request is in flight at all
 * @join_us: gaps up to this long are closed
 *
 * What a loop does as a whole.
 *
 * Returns: (transfer full) (element-type MillInterval): in ascending order, apart from each other
 */
GArray *mill_timeline_lane_activity (const MillTimelineData *data,
                                     guint lane,
                                     gboolean busy,
                                     gint64 join_us);

/**
 * mill_timeline_interval_shares:
 * @intervals: (element-type MillInterval)
 * @span: which of the spans they count as
 * @shares: (inout): as of mill_timeline_row_shares(); the shares of @span grow
 */
void mill_timeline_interval_shares (const GArray *intervals,
                                    MillSpan span,
                                    gint64 from_us,
                                    gint64 to_us,
                                    guint columns,
                                    double *shares);

G_END_DECLS
