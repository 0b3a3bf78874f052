/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-block.h"

#include "charts/mill-timeline-density.h"
#include "charts/mill-timeline-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The least height of a lane, and of a request beside others of its loop, in units. */
#define MIN_LANE 4.0
#define MIN_SLOT 1.2
#define MAX_LANE 12.0
#define MAX_SINGLE_LANE 28.0
#define MIN_BAR 4.0
#define MAX_BAR 12.0
#define BAR_GAP 5.0

void
mill_timeline_span_fill (const MillLayout *layout,
                         const MillSeriesStyle *style,
                         MillSpan span,
                         MillFill *fill)
{
  const MillTheme *theme = layout->theme;
  MillColor color = theme->hatches_only ? theme->text : style->color;

  *fill = (MillFill){ .pattern = MILL_PATTERN_SOLID, .color = color };
  if (span == MILL_SPAN_CONNECTING) {
    fill->color = theme->text;
    if (theme->hatches_only)
      *fill = (MillFill){ MILL_PATTERN_GRID, theme->background, theme->text, 2.6, 0.8 };
  } else if (span == MILL_SPAN_WAITING) {
    *fill = (MillFill){
      .pattern = MILL_PATTERN_HATCH,
      .color = mill_color_mix (theme->background, color, theme->hatches_only ? 0.0 : 0.16),
      .ink = mill_color_mix (theme->background, color, 0.62),
      .spacing_px = 5.0,
      .line_px = 1.0,
    };
  }
}

gboolean
mill_timeline_model_computes (const MillTimelineModel *model)
{
  const MillExperiment *experiment = model->series->result->experiment;

  return experiment != NULL && experiment->workload == MILL_WORKLOAD_CPU;
}

const char *
mill_timeline_span_label (const MillTimelineModel *model, MillSpan span)
{
  switch (span) {
  case MILL_SPAN_CONNECTING:
    return _ ("connecting");
  case MILL_SPAN_WAITING:
    return _ ("waiting");
  case MILL_SPAN_RECEIVING:
  case MILL_N_SPANS:
  default:
    return mill_timeline_model_computes (model) ? _ ("computing") : _ ("receiving");
  }
}

void
mill_timeline_failed_fill (const MillLayout *layout, MillFill *fill, MillStroke *outline)
{
  const MillTheme *theme = layout->theme;

  *fill = (MillFill){
    .pattern = MILL_PATTERN_CROSS_HATCH,
    .color = theme->hatches_only ? theme->background : theme->error,
    .ink =
        theme->hatches_only ? theme->text : mill_color_mix (theme->error, theme->background, 0.6),
    .spacing_px = 4.5,
    .line_px = 0.9,
  };
  *outline = (MillStroke){ theme->error, theme->hatches_only ? 1.2 : 0.0, MILL_DASH_NONE };
}

void
mill_timeline_failed_add (MillLayout *layout, double from, double to, double y, double height)
{
  MillFill fill;
  MillStroke outline;

  mill_timeline_failed_fill (layout, &fill, &outline);
  fill = mill_layout_fill (layout, &fill);
  outline = mill_layout_stroke (layout, &outline);
  /* Inside of its outline; of a very low row the outline is all. */
  double inset = MIN (outline.width_px / 2.0, height / 4.0);
  mill_scene_add_rect (layout->scene, from + inset, y + inset, MAX (to - from - 2.0 * inset, inset),
                       height - 2.0 * inset, 0.0, &fill, &outline);
}

void
mill_timeline_block_fill (const MillLayout *layout,
                          const MillTimelineBlock *block,
                          MillSpan span,
                          MillFill *fill)
{
  mill_timeline_span_fill (layout, &block->model->series->style, span, fill);
  *fill = mill_layout_fill (layout, fill);
}

const MillTimelineRequest *
mill_timeline_block_request (const MillTimelineBlock *block, guint index)
{
  return &g_array_index (block->model->data->requests, MillTimelineRequest, index);
}

const MillTimelineEntry *
mill_timeline_block_entry (const MillTimelineBlock *block, const MillTimelineRequest *request)
{
  return &g_array_index (block->model->trial->timeline, MillTimelineEntry, request->index);
}

char *
mill_timeline_lane_text (const MillTimelineBlock *block, guint lane)
{
  guint number = lane + 1, all = block->model->data->lanes->len;

  switch (block->model->series->family) {
  case MILL_MODEL_MULTIPROCESS:
    return g_strdup_printf (_ ("process %u of %u"), number, all);
  case MILL_MODEL_MAIN_LOOP:
  case MILL_MODEL_EPOLL_LOOP:
    return g_strdup_printf (_ ("loop %u of %u"), number, all);
  default:
    return g_strdup_printf (_ ("thread %u of %u"), number, all);
  }
}

static gboolean
is_loop_view (const MillLayout *layout, const MillTimelineModel *model)
{
  return model->data->has_loops && layout->options->timeline_view == MILL_TIMELINE_BY_LANE;
}

double
mill_timeline_block_min_height (const MillLayout *layout, const MillTimelineModel *model)
{
  double names = mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD) +
                 mill_layout_text_height (layout, MILL_TEXT_TICK);

  if (layout->options->plain)
    return MIN_LANE * mill_layout_unit (layout);
  return model->data->rows->len > 1 ? names * 1.25 : names;
}

double
mill_timeline_block_max_height (const MillLayout *layout, const MillTimelineModel *model)
{
  double unit = mill_layout_unit (layout);
  guint n_rows = model->data->rows->len;
  double rows = n_rows > 1 ? n_rows * MAX_LANE * unit : MAX_SINGLE_LANE * unit;
  double bars = is_loop_view (layout, model) ? model->data->lanes->len * MAX_BAR * unit : 0.0;

  return MAX (rows + bars, mill_timeline_block_min_height (layout, model));
}

/* The rows to choose from: all lanes, also idle ones; of single requests those in the window. */
static GArray *
collect_rows (const MillLayout *layout, const MillTimelineBlock *block)
{
  const MillTimelineData *data = block->model->data;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < data->rows->len; i++) {
    guint first = g_array_index (data->rows, MillTimelineRow, i).first;
    const gint64 *edges = g_array_index (data->requests, MillTimelineRequest, first).edges;

    if (layout->options->timeline_view == MILL_TIMELINE_BY_LANE ||
        (edges[0] <= block->to_us && edges[MILL_N_SPANS] >= block->from_us))
      g_array_append_val (rows, i);
  }
  return rows;
}

/* Rows of equal height; where not all fit, evenly chosen ones. Returns how many. */
static guint
add_rows (MillLayout *layout, const MillTimelineBlock *block, MillBox box, double min_height)
{
  double unit = mill_layout_unit (layout), pitch, gap = 0.0;
  g_autoptr (GArray) rows = collect_rows (layout, block);
  double fitting = floor (box.height / (min_height * unit));
  guint n_shown = (guint) CLAMP (fitting, 1.0, MAX (rows->len, 1));

  pitch = MIN (box.height / n_shown, MAX_SINGLE_LANE * unit);
  if (pitch > 6 * unit)
    gap = 1.5 * unit;
  else if (pitch >= MIN_LANE * unit)
    gap = 0.5 * unit;
  if (rows->len == 0)
    return 0;
  for (guint i = 0; i < n_shown; i++) {
    guint place = (guint) ((guint64) i * rows->len / n_shown);

    mill_timeline_row_add (layout, block, g_array_index (rows, guint, place), box.y + i * pitch,
                           pitch - gap);
  }
  return n_shown;
}

static void
add_bar_note (MillLayout *layout, const MillTimelineBlock *block, double y, double height)
{
  const MillTimelineData *data = block->model->data;
  double unit = mill_layout_unit (layout);
  double x =
      mill_scale_map_clamped (block->scale, (double) data->end_us / G_USEC_PER_SEC) + 10 * unit;
  g_autofree char *count =
      mill_quantity_number_to_string (&layout->options->numbers, data->requests->len, 0);
  g_autofree char *text = g_strdup_printf (
      /* Translators: what a loop does, in this order; the number of requests. */
      ngettext ("sends %s, waits, answers", "sends %s, waits, answers", data->requests->len),
      count);

  if (data->weight > 1.0 || data->lanes->len > 1 ||
      x + mill_layout_text_width (layout, text, MILL_TEXT_TICK) > block->box.x + block->box.width)
    return;
  mill_layout_text (layout, text, x,
                    y + height / 2 + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, 0.0);
}

/* A bar for each loop above the requests of all; returns how many bars there are. */
static guint
add_bars (MillLayout *layout, const MillTimelineBlock *block, MillBox *rest)
{
  double unit = mill_layout_unit (layout);
  guint n_lanes = block->model->data->lanes->len;
  double room = rest->height * 0.4;
  guint n_shown = (guint) CLAMP (floor (room / (MIN_BAR * unit)), 1.0, MAX (n_lanes, 1));
  double pitch = CLAMP (room / n_shown, MIN_BAR * unit, MAX_BAR * unit);
  double used;

  for (guint i = 0; i < n_shown && n_lanes > 0; i++) {
    guint lane = (guint) ((guint64) i * n_lanes / n_shown);
    double height = pitch - (pitch > 6 * unit && n_shown > 1 ? 1.5 * unit : 0.0);

    mill_timeline_lane_bar_add (layout, block, lane, rest->y + i * pitch, height);
    if (i == 0)
      add_bar_note (layout, block, rest->y, height);
  }
  used = MIN (n_shown * pitch + BAR_GAP * unit, rest->height);
  rest->y += used;
  rest->height -= used;
  return n_shown;
}

static char *
of_text (const MillLayout *layout, guint shown, guint all)
{
  g_autofree char *shown_text =
      mill_quantity_number_to_string (&layout->options->numbers, shown, 0);
  g_autofree char *all_text = mill_quantity_number_to_string (&layout->options->numbers, all, 0);

  return shown < all ? g_strdup_printf (_ ("%s of %s"), shown_text, all_text)
                     : g_steal_pointer (&all_text);
}

static void
add_names (MillLayout *layout, const MillTimelineBlock *block, const char *const *lines)
{
  double x = block->box.x - 12 * mill_layout_unit (layout);
  double y = block->box.y + mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD) / 2;
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK) * 1.05;

  mill_layout_text (layout, block->model->series->label, x,
                    y + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                    MILL_ANCHOR_RIGHT, MILL_TEXT_LABEL_BOLD, NULL, block->name_width);
  y += line * 1.1;
  for (guint i = 0; lines[i] != NULL; i++, y += line) {
    if (y + line / 2 > block->box.y + MAX (block->box.height, 2.6 * line))
      break;
    mill_layout_text (layout, lines[i], x, y + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                      MILL_ANCHOR_RIGHT, MILL_TEXT_TICK, NULL, block->name_width);
  }
}

void
mill_timeline_block_add (MillLayout *layout, const MillTimelineBlock *block)
{
  const MillTimelineData *data = block->model->data;
  MillBox rest = block->box;
  g_autofree char *first = NULL, *second = NULL;

  if (layout->options->timeline_view == MILL_TIMELINE_BY_REQUEST) {
    g_autofree char *of =
        of_text (layout, add_rows (layout, block, rest, MIN_SLOT), data->rows->len);

    first = g_strdup_printf (ngettext ("%s request", "%s requests", data->rows->len), of);
  } else if (data->has_loops) {
    g_autofree char *bars = of_text (layout, add_bars (layout, block, &rest), data->lanes->len);
    /* Where requests were left out, there are fewer rows than were in flight. */
    guint all = (guint) MAX (block->model->most_in_flight, data->rows->len);
    g_autofree char *of = of_text (layout, add_rows (layout, block, rest, MIN_SLOT), all);

    first = g_strdup_printf (ngettext ("%s lane", "%s lanes", data->lanes->len), bars);
    second = g_strdup_printf (_ ("%s in flight"), of);
  } else {
    g_autofree char *of =
        of_text (layout, add_rows (layout, block, rest, MIN_LANE), data->rows->len);

    first = g_strdup_printf (ngettext ("%s lane", "%s lanes", data->rows->len), of);
  }
  add_names (layout, block, (const char *const[]){ first, second, NULL });
}
