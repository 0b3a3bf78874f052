/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-profile.h"

#include "charts/mill-time-text.h"
#include "charts/mill-timeline-density.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Width of a column of density, and columns per hit box. */
#define DENSITY_COLUMN 3.0
#define COLUMNS_PER_HIT 8
/* Height of the mark over a column in which requests failed. */
#define MIN_FAILED_HEIGHT 2.5
/* Of the time of a column. */
#define MIN_VISIBLE_SHARE 0.02

typedef struct {
  double from, to;
} Range;

guint
mill_timeline_density_columns (const MillLayout *layout, double width_px)
{
  return (guint) CLAMP (width_px / (DENSITY_COLUMN * mill_layout_unit (layout)), 1.0, 4000.0);
}

/* One polygon with the height of a share in each column, from the top or from the bottom. */
static void
add_profile (MillLayout *layout,
             const double *shares,
             guint columns,
             MillSpan span,
             const MillBox *box,
             gboolean from_top,
             const MillFill *fill)
{
  g_autofree MillPoint *points = g_new (MillPoint, 2 * columns + 2);
  double base = from_top ? box->y : box->y + box->height;
  double direction = from_top ? 1.0 : -1.0;
  guint n = 0;
  gboolean any = FALSE;

  points[n++] = (MillPoint){ box->x, base };
  for (guint column = 0; column < columns; column++) {
    double share = CLAMP (shares[column * MILL_N_SPANS + span], 0.0, 1.0);
    /* What is small is still there; what is next to nothing would darken low rows. */
    double least = share >= MIN_VISIBLE_SHARE ? MIN (0.5, box->height) : 0.0;
    double extent = MAX (share * box->height, least);
    double y = base + direction * extent;

    any |= share > 0.0;
    /* Equal neighbours need no corner between them. */
    if (n > 2 && fabs (points[n - 1].y - y) < 0.01) {
      points[n - 1].x = box->x + box->width * (column + 1) / columns;
      continue;
    }
    points[n++] = (MillPoint){ box->x + box->width * column / columns, y };
    points[n++] = (MillPoint){ box->x + box->width * (column + 1) / columns, y };
  }
  points[n++] = (MillPoint){ box->x + box->width, base };
  if (any)
    mill_scene_add_polygon (layout->scene, points, n, fill, NULL);
}

/* How many of the requests that end in a column failed. */
typedef struct {
  guint ended, failed;
} Ends;

static Ends *
count_ends (const MillTimelineBlock *block, guint row_index, guint columns)
{
  const MillTimelineRow *row =
      &g_array_index (block->model->data->rows, MillTimelineRow, row_index);
  double column_us = (double) MAX (block->to_us - block->from_us, 1) / columns;
  Ends *ends = g_new0 (Ends, columns);

  for (guint i = row->first; i < row->first + row->n; i++) {
    const MillTimelineRequest *request = mill_timeline_block_request (block, i);
    gint64 end_us = request->edges[MILL_N_SPANS];
    guint column;

    if (end_us < block->from_us || end_us > block->to_us)
      continue;
    column = (guint) CLAMP ((double) (end_us - block->from_us) / column_us, 0.0, columns - 1.0);
    ends[column].ended++;
    ends[column].failed += mill_timeline_block_entry (block, request)->outcome != MILL_OUTCOME_OK;
  }
  return ends;
}

/* From the top, as high as the share of requests that failed. */
static void
add_failed_columns (MillLayout *layout, const Ends *ends, guint columns, const MillBox *box)
{
  double least = MIN (MIN_FAILED_HEIGHT * mill_layout_unit (layout), box->height);

  for (guint column = 0; column < columns; column++) {
    double share = ends[column].ended > 0 ? (double) ends[column].failed / ends[column].ended : 0.0;
    Range range = { box->x + box->width * column / columns,
                    box->x + box->width * (column + 1) / columns };

    if (share > 0.0)
      mill_timeline_failed_add (layout, range.from, range.to, box->y,
                                MAX (share * box->height, least));
  }
}

static char *
density_text (const MillLayout *layout,
              const MillTimelineBlock *block,
              guint lane,
              Range time_s,
              const double *shares,
              guint failed)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  g_autofree char *where = mill_timeline_lane_text (block, lane);
  g_autofree char *from = mill_time_to_string (numbers, time_s.from, time_s.to);
  g_autofree char *to = mill_time_to_string (numbers, time_s.to, time_s.to);
  g_autofree char *range = g_strdup_printf (_ ("%s to %s"), from, to);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s, %s\n%s\t%s", block->model->series->label, where, _ ("time"), range);
  for (guint span = 0; span < MILL_N_SPANS; span++) {
    g_autofree char *share =
        mill_quantity_to_string (numbers, 100.0 * shares[span], MILL_UNIT_PERCENT);

    g_string_append_printf (text, "\n%s\t%s",
                            mill_timeline_span_label (block->model, (MillSpan) span), share);
  }
  if (failed > 0) {
    g_autofree char *number = mill_quantity_number_to_string (numbers, failed, 0);

    g_string_append_printf (text, "\n%s\t%s", _ ("failed"), number);
  }
  return g_string_free (text, FALSE);
}

static void
add_density_hits (MillLayout *layout,
                  const MillTimelineBlock *block,
                  guint row,
                  const double *shares,
                  const Ends *ends,
                  guint columns,
                  const MillBox *box)
{
  guint lane = g_array_index (block->model->data->rows, MillTimelineRow, row).lane;
  guint per_row = (columns + COLUMNS_PER_HIT - 1) / COLUMNS_PER_HIT;
  double duration_s = (double) (block->to_us - block->from_us) / G_USEC_PER_SEC;

  for (guint first = 0; first < columns; first += COLUMNS_PER_HIT) {
    guint n = MIN (COLUMNS_PER_HIT, columns - first);
    double mean[MILL_N_SPANS] = { 0 };
    guint failed = 0;
    double from_s = (double) block->from_us / G_USEC_PER_SEC;
    Range time_s = { from_s + duration_s * first / columns,
                     from_s + duration_s * (first + n) / columns };
    MillBox part = { box->x + box->width * first / columns, box->y, box->width * n / columns,
                     box->height };
    g_autofree char *text = NULL;

    for (guint i = 0; i < n * MILL_N_SPANS; i++)
      mean[i % MILL_N_SPANS] += shares[first * MILL_N_SPANS + i] / n;
    for (guint i = 0; i < n; i++)
      failed += ends[first + i].failed;
    if (mean[0] + mean[1] + mean[2] <= 0.0 && failed == 0)
      continue;
    text = density_text (layout, block, lane, time_s, mean, failed);
    mill_scene_add_hit (layout->scene, &part, part.x + part.width / 2, part.y + part.height / 2,
                        block->series, (int) (row * per_row + first / COLUMNS_PER_HIT),
                        block->model->series->style.color, text);
  }
}

void
mill_timeline_density_add (
    MillLayout *layout, const MillTimelineBlock *block, guint row, double y, double height)
{
  const MillBox box = { block->box.x, y, block->box.width, height };
  guint columns = mill_timeline_density_columns (layout, box.width);
  g_autofree double *shares = g_new (double, columns *MILL_N_SPANS);
  g_autofree Ends *ends = count_ends (block, row, columns);
  MillFill fill;

  mill_timeline_row_shares (block->model->data, row, block->from_us, block->to_us, columns, shares);
  mill_timeline_block_fill (layout, block, MILL_SPAN_RECEIVING, &fill);
  add_profile (layout, shares, columns, MILL_SPAN_RECEIVING, &box, FALSE, &fill);
  mill_timeline_block_fill (layout, block, MILL_SPAN_CONNECTING, &fill);
  add_profile (layout, shares, columns, MILL_SPAN_CONNECTING, &box, TRUE, &fill);
  add_failed_columns (layout, ends, columns, &box);
  add_density_hits (layout, block, row, shares, ends, columns, &box);
}

/* What a loop does too often to be drawn piece by piece: the height is the share of time. */
void
mill_timeline_busy_add (
    MillLayout *layout, const MillTimelineBlock *block, const GArray *busy, double y, double height)
{
  const MillBox box = { block->box.x, y, block->box.width, height };
  guint columns = mill_timeline_density_columns (layout, box.width);
  g_autofree double *shares = g_new0 (double, columns *MILL_N_SPANS);
  MillFill fill;

  mill_timeline_interval_shares (busy, MILL_SPAN_RECEIVING, block->from_us, block->to_us, columns,
                                 shares);
  mill_timeline_block_fill (layout, block, MILL_SPAN_RECEIVING, &fill);
  add_profile (layout, shares, columns, MILL_SPAN_RECEIVING, &box, FALSE, &fill);
}
