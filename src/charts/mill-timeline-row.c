/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-row.h"

#include "charts/mill-time-text.h"
#include "charts/mill-timeline-density.h"
#include "charts/mill-timeline-profile.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Receiving takes at least so many units, or the ends of requests could not be seen. */
#define MIN_RECEIVING 3.0
#define MIN_CONNECTING 2.0
/* And the end of a failed request so many, to show that it is crossed out. */
#define MIN_FAILED 5.0
/* Requests narrower than this on average are drawn as density. */
#define MIN_REQUEST 6.0

typedef struct {
  double from, to;
} Range;

static double
map_us (const MillTimelineBlock *block, gint64 time_us)
{
  return mill_scale_map_clamped (block->scale, (double) time_us / G_USEC_PER_SEC);
}

static gboolean
is_visible (const MillTimelineBlock *block, const MillTimelineRequest *request)
{
  return request->edges[MILL_N_SPANS] >= block->from_us && request->edges[0] <= block->to_us;
}

static char *
time_text (const MillLayout *layout, gint64 time_us, gint64 reference_us)
{
  return mill_time_to_string (&layout->options->numbers, (double) time_us / G_USEC_PER_SEC,
                              (double) reference_us / G_USEC_PER_SEC);
}

static char *
request_text (const MillLayout *layout,
              const MillTimelineBlock *block,
              const MillTimelineRequest *request,
              guint lane)
{
  const MillTimelineEntry *entry = mill_timeline_block_entry (block, request);
  double number = floor (request->index * block->model->data->weight) + 1.0;
  g_autofree char *number_text =
      mill_quantity_number_to_string (&layout->options->numbers, number, 0);
  g_autofree char *where = mill_timeline_lane_text (block, lane);
  gint64 end_us = request->edges[MILL_N_SPANS], first_byte_us = request->edges[MILL_SPAN_RECEIVING];
  gint64 sent_us = request->edges[MILL_SPAN_WAITING];
  gboolean computes = mill_timeline_model_computes (block->model);
  g_autofree char *sent = time_text (layout, sent_us, end_us);
  g_autofree char *first_byte = time_text (layout, first_byte_us, end_us);
  g_autofree char *waited = time_text (layout, first_byte_us - sent_us, end_us);
  g_autofree char *done = time_text (layout, end_us, end_us);
  GString *text = g_string_new (NULL);

  if (block->model->data->weight > 1.0)
    /* Translators: roughly this one: where requests were left out, its number is not known
     * exactly; then where it ran, such as thread 1 of 20. */
    g_string_printf (text, _ ("About request %s, %s"), number_text, where);
  else
    g_string_printf (text, _ ("Request %s, %s"), number_text, where);
  g_string_append_printf (text, "\n%s\t%s", computes ? _ ("begun") : _ ("sent"), sent);
  if (request->answered && !computes) {
    g_string_append_printf (text, "\n%s\t", _ ("first byte"));
    g_string_append_printf (text, _ ("%s, waited %s"), first_byte, waited);
  }
  g_string_append_printf (text, "\n%s\t%s",
                          entry->outcome == MILL_OUTCOME_OK ? _ ("done") : _ ("failed"), done);
  if (entry->outcome != MILL_OUTCOME_OK)
    g_string_append_printf (text, "\n%s\t%s", _ ("reason"),
                            mill_outcome_to_string ((MillOutcome) entry->outcome));
  if (!computes)
    g_string_append_printf (text, "\n%s\t%s", _ ("connection"),
                            entry->new_connection ? _ ("new") : _ ("kept alive"));
  return g_string_free (text, FALSE);
}

static void
add_fill (MillLayout *layout, Range range, double y, double height, const MillFill *fill)
{
  if (range.to > range.from && height > 0.0)
    mill_scene_add_rect (layout->scene, range.from, y, range.to - range.from, height, 0.0, fill,
                         NULL);
}

/* The hatched ground of a row: where anything is in flight, small gaps closed. */
static void
add_ground (MillLayout *layout,
            const MillTimelineBlock *block,
            const MillTimelineRow *row,
            double y,
            double height)
{
  double join = 1.5 * mill_layout_unit (layout);
  Range run = { NAN, NAN };
  MillFill fill;

  mill_timeline_block_fill (layout, block, MILL_SPAN_WAITING, &fill);
  for (guint i = row->first; i < row->first + row->n; i++) {
    const MillTimelineRequest *request = mill_timeline_block_request (block, i);
    Range range;

    if (!is_visible (block, request))
      continue;
    range.from = map_us (block, request->edges[0]);
    range.to = map_us (block, request->edges[MILL_N_SPANS]);
    if (isfinite (run.to) && range.from - run.to <= join) {
      run.to = MAX (run.to, range.to);
      continue;
    }
    if (isfinite (run.to))
      add_fill (layout, run, y, height, &fill);
    run = range;
  }
  if (isfinite (run.to))
    add_fill (layout, run, y, height, &fill);
}

/* Through the selected request and all models, so that they compare. */
static void
add_cursor (MillLayout *layout, const MillTimelineBlock *block, double x)
{
  MillStroke line = { .color = layout->theme->text,
                      .width_px = 1.2 * mill_layout_unit (layout),
                      .dash = MILL_DASH_DOTTED };

  mill_scene_add_line (layout->scene, x, block->top_y, x, block->bottom_y, &line);
}

static void
add_request (MillLayout *layout,
             const MillTimelineBlock *block,
             const MillTimelineRow *row,
             const MillTimelineRequest *request,
             double y,
             double height)
{
  double unit = mill_layout_unit (layout);
  const MillSeriesStyle *style = &block->model->series->style;
  const MillTimelineEntry *entry = mill_timeline_block_entry (block, request);
  gboolean failed = entry->outcome != MILL_OUTCOME_OK;
  Range connecting = { map_us (block, request->edges[0]), map_us (block, request->edges[1]) };
  Range receiving = { map_us (block, request->edges[2]), map_us (block, request->edges[3]) };
  MillBox box = { connecting.from, y, MAX (receiving.to - connecting.from, unit), height };
  g_autofree char *text = NULL;
  MillFill fill;

  if (entry->new_connection && request->edges[0] >= block->from_us) {
    connecting.to =
        MAX (connecting.to, MIN (connecting.from + MIN_CONNECTING * unit, receiving.to));
    mill_timeline_block_fill (layout, block, MILL_SPAN_CONNECTING, &fill);
    add_fill (layout, connecting, y, height, &fill);
  }
  if ((request->answered || failed) && request->edges[3] <= block->to_us) {
    double least = (failed ? MIN_FAILED : MIN_RECEIVING) * unit;

    receiving.from = MIN (receiving.from, MAX (receiving.to - least, block->box.x));
    mill_timeline_block_fill (layout, block, MILL_SPAN_RECEIVING, &fill);
    if (failed)
      mill_timeline_failed_add (layout, receiving.from, receiving.to, y, height);
    else
      add_fill (layout, receiving, y, height, &fill);
  } else if (request->answered) {
    mill_timeline_block_fill (layout, block, MILL_SPAN_RECEIVING, &fill);
    add_fill (layout, receiving, y, height, &fill);
  }
  text = request_text (layout, block, request, row->lane);
  mill_scene_add_hit (layout->scene, &box, box.x + box.width / 2, y + height / 2, block->series,
                      (int) request->index, style->color, text);
  if (layout->options->selected_series == block->series &&
      layout->options->selected_index == (int) request->index)
    add_cursor (layout, block, box.x + box.width / 2);
}

/* Whether the visible requests of a row are too narrow to be told apart. */
static gboolean
is_dense (const MillLayout *layout, const MillTimelineBlock *block, const MillTimelineRow *row)
{
  double width = 0.0;
  guint n = 0;

  for (guint i = row->first; i < row->first + row->n; i++) {
    const MillTimelineRequest *request = mill_timeline_block_request (block, i);

    if (!is_visible (block, request))
      continue;
    width += map_us (block, request->edges[MILL_N_SPANS]) - map_us (block, request->edges[0]);
    n++;
  }
  /* A few narrow ones do no harm. */
  return n > 8 && width / n < MIN_REQUEST * mill_layout_unit (layout);
}

void
mill_timeline_row_add (
    MillLayout *layout, const MillTimelineBlock *block, guint row_index, double y, double height_px)
{
  const MillTimelineRow *row =
      &g_array_index (block->model->data->rows, MillTimelineRow, row_index);

  add_ground (layout, block, row, y, height_px);
  if (is_dense (layout, block, row)) {
    mill_timeline_density_add (layout, block, row_index, y, height_px);
    return;
  }
  for (guint i = row->first; i < row->first + row->n; i++) {
    const MillTimelineRequest *request = mill_timeline_block_request (block, i);

    if (is_visible (block, request))
      add_request (layout, block, row, request, y, height_px);
  }
}

static void
add_intervals (MillLayout *layout,
               const MillTimelineBlock *block,
               const GArray *intervals,
               MillSpan span,
               double y,
               double height)
{
  MillFill fill;

  mill_timeline_block_fill (layout, block, span, &fill);
  for (guint i = 0; i < intervals->len; i++) {
    const MillInterval *interval = &g_array_index (intervals, MillInterval, i);
    Range range = { map_us (block, interval->from_us), map_us (block, interval->to_us) };

    if (interval->to_us < block->from_us || interval->from_us > block->to_us)
      continue;
    /* What the loop does for a moment only is still seen. */
    if (span == MILL_SPAN_RECEIVING)
      range.to = MIN (MAX (range.to, range.from + mill_layout_unit (layout)),
                      block->box.x + block->box.width);
    add_fill (layout, range, y, height, &fill);
  }
}

/* Whether the visible pieces are too many to be told apart. */
static gboolean
are_dense (const MillLayout *layout, const MillTimelineBlock *block, const GArray *intervals)
{
  guint n = 0;

  for (guint i = 0; i < intervals->len; i++) {
    const MillInterval *interval = &g_array_index (intervals, MillInterval, i);

    n += interval->to_us >= block->from_us && interval->from_us <= block->to_us;
  }
  return n > mill_timeline_density_columns (layout, block->box.width) / 3;
}

void
mill_timeline_lane_bar_add (
    MillLayout *layout, const MillTimelineBlock *block, guint lane, double y, double height_px)
{
  const MillTimelineData *data = block->model->data;
  double us_per_px = (double) (block->to_us - block->from_us) / MAX (block->box.width, 1.0);
  gint64 join_us = (gint64) (us_per_px * 1.5 * mill_layout_unit (layout));
  g_autoptr (GArray) in_flight = mill_timeline_lane_activity (data, lane, FALSE, join_us);
  g_autoptr (GArray) busy = mill_timeline_lane_activity (data, lane, TRUE, join_us / 2);

  add_intervals (layout, block, in_flight, MILL_SPAN_WAITING, y, height_px);
  if (are_dense (layout, block, busy)) {
    /* Joined pieces would claim time that nothing took. */
    g_array_unref (busy);
    busy = mill_timeline_lane_activity (data, lane, TRUE, 0);
    mill_timeline_busy_add (layout, block, busy, y, height_px);
  } else {
    add_intervals (layout, block, busy, MILL_SPAN_RECEIVING, y, height_px);
  }
}
