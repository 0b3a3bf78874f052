/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-density.h"

#include <math.h>

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const MillInFlightStep *left = a, *right = b;

  return left->time_us < right->time_us ? -1 : left->time_us > right->time_us;
}

GArray *
mill_timeline_in_flight_new (const MillTimelineData *data)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (MillInFlightStep));
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (MillInFlightStep));
  int in_flight = 0;

  for (guint i = 0; i < data->requests->len; i++) {
    const MillTimelineRequest *request = &g_array_index (data->requests, MillTimelineRequest, i);
    MillInFlightStep begin = { request->edges[0], 1 };
    MillInFlightStep end = { request->edges[MILL_N_SPANS], -1 };

    g_array_append_val (changes, begin);
    g_array_append_val (changes, end);
  }
  g_array_sort (changes, compare_steps);
  for (guint i = 0; i < changes->len; i++) {
    const MillInFlightStep *change = &g_array_index (changes, MillInFlightStep, i);

    /* Changes of one moment are one step: one that ends as the next begins is not two. */
    in_flight += change->in_flight;
    if (i + 1 == changes->len ||
        g_array_index (changes, MillInFlightStep, i + 1).time_us != change->time_us) {
      MillInFlightStep step = { change->time_us, in_flight };

      g_array_append_val (steps, step);
    }
  }
  return steps;
}

static void
append_step (GArray *steps, gint64 time_us, int in_flight)
{
  MillInFlightStep step = { time_us, in_flight };

  if (steps->len == 0 ||
      g_array_index (steps, MillInFlightStep, steps->len - 1).in_flight != in_flight)
    g_array_append_val (steps, step);
}

/* The extremes of one column, in the order in which they came. */
typedef struct {
  MillInFlightStep low, high, last;
  gboolean any;
} Column;

static void
flush_column (GArray *thinned, Column *column)
{
  const MillInFlightStep *first = &column->low, *second = &column->high;

  if (!column->any)
    return;
  if (first->time_us > second->time_us) {
    first = &column->high;
    second = &column->low;
  }
  append_step (thinned, first->time_us, first->in_flight);
  append_step (thinned, second->time_us, second->in_flight);
  append_step (thinned, column->last.time_us, column->last.in_flight);
  column->any = FALSE;
}

static void
add_to_column (Column *column, const MillInFlightStep *step)
{
  if (!column->any || step->in_flight < column->low.in_flight)
    column->low = *step;
  if (!column->any || step->in_flight > column->high.in_flight)
    column->high = *step;
  column->last = *step;
  column->any = TRUE;
}

GArray *
mill_timeline_thin_steps (const GArray *steps, gint64 from_us, gint64 to_us, guint columns)
{
  GArray *thinned = g_array_new (FALSE, FALSE, sizeof (MillInFlightStep));
  double column_us = (double) MAX (to_us - from_us, 1) / MAX (columns, 1);
  Column column = { .any = FALSE };
  int before = 0;
  guint i = 0;

  for (; i < steps->len && g_array_index (steps, MillInFlightStep, i).time_us <= from_us; i++)
    before = g_array_index (steps, MillInFlightStep, i).in_flight;
  append_step (thinned, from_us, before);
  for (double current = -1.0; i < steps->len; i++) {
    const MillInFlightStep *step = &g_array_index (steps, MillInFlightStep, i);
    double index = floor ((double) (step->time_us - from_us) / column_us);

    if (step->time_us > to_us)
      break;
    if (index > current)
      flush_column (thinned, &column);
    current = index;
    add_to_column (&column, step);
  }
  flush_column (thinned, &column);
  return thinned;
}

/* Adds the share that [from, to] takes of each column; positions are in columns. */
static void
add_share (double *shares, guint columns, MillSpan span, double from, double to)
{
  from = MAX (from, 0.0);
  to = MIN (to, (double) columns);
  while (from < to) {
    guint column = (guint) MIN (floor (from), columns - 1.0);
    double end = MIN (to, column + 1.0);

    shares[column * MILL_N_SPANS + span] += end - from;
    from = end;
  }
}

void
mill_timeline_row_shares (const MillTimelineData *data,
                          guint row,
                          gint64 from_us,
                          gint64 to_us,
                          guint columns,
                          double *shares)
{
  const MillTimelineRow *place = &g_array_index (data->rows, MillTimelineRow, row);
  double column_us = (double) MAX (to_us - from_us, 1) / columns;

  for (guint i = 0; i < columns * MILL_N_SPANS; i++)
    shares[i] = 0.0;
  for (guint i = place->first; i < place->first + place->n; i++) {
    const MillTimelineRequest *request = &g_array_index (data->requests, MillTimelineRequest, i);

    for (guint span = 0; span < MILL_N_SPANS; span++)
      add_share (shares, columns, span, (double) (request->edges[span] - from_us) / column_us,
                 (double) (request->edges[span + 1] - from_us) / column_us);
  }
}

static int
compare_intervals (gconstpointer a, gconstpointer b)
{
  const MillInterval *left = a, *right = b;

  return left->from_us < right->from_us ? -1 : left->from_us > right->from_us;
}

static void
append_interval (GArray *intervals, gint64 from_us, gint64 to_us)
{
  MillInterval interval = { from_us, to_us };

  g_array_append_val (intervals, interval);
}

GArray *
mill_timeline_lane_activity (const MillTimelineData *data,
                             guint lane,
                             gboolean busy,
                             gint64 join_us)
{
  const MillTimelineLane *place = &g_array_index (data->lanes, MillTimelineLane, lane);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (MillInterval));
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (MillInterval));

  for (guint r = place->first_row; r < place->first_row + place->n_rows; r++) {
    const MillTimelineRow *row = &g_array_index (data->rows, MillTimelineRow, r);

    for (guint i = row->first; i < row->first + row->n; i++) {
      const gint64 *edges = g_array_index (data->requests, MillTimelineRequest, i).edges;

      if (busy) {
        append_interval (pieces, edges[MILL_SPAN_CONNECTING], edges[MILL_SPAN_WAITING]);
        append_interval (pieces, edges[MILL_SPAN_RECEIVING], edges[MILL_N_SPANS]);
      } else {
        append_interval (pieces, edges[0], edges[MILL_N_SPANS]);
      }
    }
  }
  g_array_sort (pieces, compare_intervals);
  for (guint i = 0; i < pieces->len; i++) {
    const MillInterval *piece = &g_array_index (pieces, MillInterval, i);
    MillInterval *last =
        joined->len > 0 ? &g_array_index (joined, MillInterval, joined->len - 1) : NULL;

    if (last != NULL && piece->from_us - last->to_us <= join_us)
      last->to_us = MAX (last->to_us, piece->to_us);
    else
      g_array_append_val (joined, *piece);
  }
  return joined;
}

void
mill_timeline_interval_shares (const GArray *intervals,
                               MillSpan span,
                               gint64 from_us,
                               gint64 to_us,
                               guint columns,
                               double *shares)
{
  double column_us = (double) MAX (to_us - from_us, 1) / columns;

  for (guint i = 0; i < intervals->len; i++) {
    const MillInterval *interval = &g_array_index (intervals, MillInterval, i);

    add_share (shares, columns, span, (double) (interval->from_us - from_us) / column_us,
               (double) (interval->to_us - from_us) / column_us);
  }
}
