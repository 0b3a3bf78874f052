/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-replay-frame.h"

#include "charts/mill-time-text.h"
#include "charts/mill-timeline-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Ready, running, waiting, done. */
#define N_PHASES 4
/* In type sizes. */
#define MIN_SIDE_BY_SIDE 38.0
#define PANEL_GAP 2.6
#define NAME_HEIGHT 1.7
#define COUNTER_HEIGHT 3.1
#define FLOW_HEIGHT 4.2
#define GAP 0.9
#define MIN_LANES_HEIGHT 3.2
#define MAX_NAME_SHARE 0.28
/* In units: a lane is seen from this height on, and looks well up to that. */
#define MIN_LANE 4.0
#define MAX_LANE 22.0
/* Two models of which one takes this many times as long: the shorter one is looked at first. */
#define OUTLIER_RATIO 4.0
/* A lane shows about so many of its requests at once. */
#define REQUESTS_IN_WINDOW 24
/* Two models beside each other have that much smaller type. */
#define TYPE_OF_TWO 0.86
/* The moment stays left of this share of the time axis, where more is to come. */
#define NOW_SHARE 0.85

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static gint64
median_duration_us (const MillTimelineData *data)
{
  g_autofree gint64 *times = g_new0 (gint64, MAX (data->requests->len, 1));

  for (guint i = 0; i < data->requests->len; i++) {
    const gint64 *edges = g_array_index (data->requests, MillTimelineRequest, i).edges;

    times[i] = edges[MILL_N_SPANS] - edges[0];
  }
  qsort (times, data->requests->len, sizeof *times, compare_times);
  return times[data->requests->len / 2];
}

/* The same time axis for all models: what is far apart in time must look so. */
static void
choose_window (const MillReplay *replay, gint64 now_us, gint64 *from_us, gint64 *to_us)
{
  gint64 end_us = MAX (mill_replay_get_end_us (replay), 1);
  gint64 length_us = end_us, duration_us = 0, shortest_us = end_us;

  for (guint i = 0; i < mill_replay_get_n_tracks (replay); i++) {
    const MillTimelineData *data = mill_replay_get_data (replay, i, MILL_TIMELINE_BY_LANE);

    duration_us = MAX (duration_us, median_duration_us (data));
    shortest_us = MIN (shortest_us, data->end_us);
  }
  if ((double) end_us > OUTLIER_RATIO * (double) shortest_us)
    length_us = shortest_us + shortest_us / 4;
  if (duration_us > 0)
    length_us = MIN (length_us, duration_us * REQUESTS_IN_WINDOW);
  length_us = MAX (length_us, 1);
  *from_us = now_us - (gint64) (NOW_SHARE * (double) length_us);
  *from_us = CLAMP (*from_us, 0, MAX (end_us - length_us, 0));
  *to_us = *from_us + length_us;
}

static const char *
phase_label (const MillReplayPanel *panel, guint phase)
{
  switch (phase) {
  case 0:
    return _ ("ready");
  case 1:
    return mill_timeline_model_computes (panel->model) ? _ ("computing") : _ ("running");
  case 2:
    return _ ("waiting");
  case 3:
  default:
    return _ ("done");
  }
}

static MillFill
phase_fill (const MillLayout *layout, const MillReplayPanel *panel, guint phase)
{
  const MillTheme *theme = layout->theme;
  MillFill fill = { .pattern = MILL_PATTERN_SOLID, .color = theme->background };

  if (phase == 1 || phase == 2)
    mill_timeline_span_fill (layout, &panel->model->series->style,
                             phase == 1 ? MILL_SPAN_RECEIVING : MILL_SPAN_WAITING, &fill);
  else if (phase == 3)
    fill.color = mill_color_mix (theme->background, theme->text, 0.22);
  return mill_layout_fill (layout, &fill);
}

/* Whether each counter's label fits beside its swatch. */
static gboolean
labels_fit (const MillLayout *layout, const MillReplayPanel *panel, double width)
{
  for (guint i = 0; i < N_PHASES; i++) {
    if (mill_layout_text_width (layout, phase_label (panel, i), MILL_TEXT_TICK) > width)
      return FALSE;
  }
  return TRUE;
}

static void
add_counters (MillLayout *layout, const MillReplayPanel *panel, const MillBox *box)
{
  double unit = mill_layout_unit (layout), swatch = 10 * unit, column = box->width / 4;
  double value = mill_layout_text_height (layout, MILL_TEXT_VALUE);
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK);
  MillStroke outline = { layout->theme->axis, unit, MILL_DASH_NONE };
  double indent = swatch + 6 * unit;
  /* In large type, the swatch stands before the number. */
  gboolean beside = labels_fit (layout, panel, column - indent - 4 * unit);
  double number_indent = beside ? 0.0 : indent, label_indent = beside ? indent : 0.0;
  MillReplayCounts counts;

  mill_replay_count (panel->replay, panel->track, panel->now_us, &counts);
  const guint numbers[N_PHASES] = { counts.ready, counts.running, counts.waiting, counts.done };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    double x = box->x + i * column;
    double middle = box->y + value + line / 2;
    double swatch_y = beside ? middle : box->y + value / 2;
    MillFill fill = phase_fill (layout, panel, i);
    g_autofree char *number =
        mill_quantity_number_to_string (&layout->options->numbers, numbers[i], 0);

    mill_layout_text (layout, number, x + number_indent,
                      box->y + value / 2 + mill_layout_baseline_offset (layout, MILL_TEXT_VALUE),
                      MILL_ANCHOR_LEFT, MILL_TEXT_VALUE, NULL, column - number_indent);
    mill_scene_add_rect (layout->scene, x + unit / 2, swatch_y - swatch / 2, swatch, swatch,
                         2 * unit, &fill, &outline);
    mill_layout_text (layout, phase_label (panel, i), x + label_indent,
                      middle + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                      MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, column - label_indent - 4 * unit);
  }
}

/* How many are done, run and wait, one above the other, up to now; all together are the height. */
static void
add_flow (MillLayout *layout,
          const MillReplayPanel *panel,
          const MillBox *box,
          const MillScale *scale)
{
  static const guint order[] = { 3, 1, 2 }; /* from the bottom */
  double unit = mill_layout_unit (layout), all = MAX (panel->model->data->requests->len, 1);
  double now_x = mill_scale_map_clamped (scale, (double) panel->now_us / G_USEC_PER_SEC);
  guint n = (guint) MAX (ceil ((now_x - box->x) / unit), 1) + 1;
  g_autofree MillReplayCounts *counts = g_new (MillReplayCounts, n);
  g_autofree MillPoint *points = g_new (MillPoint, 2 * n);
  g_autofree double *levels = g_new0 (double, n);
  MillStroke outline = { layout->theme->grid, unit, MILL_DASH_NONE };

  for (guint i = 0; i < n; i++) {
    double x = MIN (box->x + i * unit, now_x);

    points[i].x = points[2 * n - 1 - i].x = x;
    mill_replay_count (panel->replay, panel->track,
                       i + 1 == n ? panel->now_us
                                  : (gint64) (mill_scale_invert (scale, x) * G_USEC_PER_SEC),
                       &counts[i]);
  }
  mill_scene_add_rect (layout->scene, box->x, box->y, box->width, box->height, 0.0, NULL, &outline);
  for (guint band = 0; band < G_N_ELEMENTS (order); band++) {
    MillFill fill = phase_fill (layout, panel, order[band]);

    for (guint i = 0; i < n; i++) {
      guint value = order[band] == 3   ? counts[i].done
                    : order[band] == 1 ? counts[i].running
                                       : counts[i].waiting;

      points[2 * n - 1 - i].y = box->y + box->height * (1.0 - levels[i] / all);
      levels[i] += value;
      points[i].y = box->y + box->height * (1.0 - levels[i] / all);
    }
    mill_scene_add_polygon (layout->scene, points, 2 * n, &fill, NULL);
  }
}

static char *
lane_count_text (const MillReplayPanel *panel, guint n)
{
  switch (panel->model->series->family) {
  case MILL_MODEL_MULTIPROCESS:
    return g_strdup_printf (ngettext ("%u process", "%u processes", n), n);
  case MILL_MODEL_MAIN_LOOP:
  case MILL_MODEL_EPOLL_LOOP:
    return g_strdup_printf (ngettext ("%u loop", "%u loops", n), n);
  default:
    return g_strdup_printf (ngettext ("%u thread", "%u threads", n), n);
  }
}

/* The rows to choose from: all lanes, or of single requests those on the time axis. */
static GArray *
collect_rows (const MillReplayPanel *panel, gboolean by_request)
{
  const MillTimelineData *data = panel->model->data;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < data->rows->len; i++) {
    guint first = g_array_index (data->rows, MillTimelineRow, i).first;
    const gint64 *edges = g_array_index (data->requests, MillTimelineRequest, first).edges;

    if (!by_request || (edges[0] <= panel->to_us && edges[MILL_N_SPANS] >= panel->from_us))
      g_array_append_val (rows, i);
  }
  return rows;
}

/* Two lines left of the lanes: how many are shown of how many. */
static void
add_lane_names (
    MillLayout *layout, const MillReplayPanel *panel, const MillBox *box, guint shown, guint all)
{
  gboolean by_request = layout->options->timeline_view == MILL_TIMELINE_BY_REQUEST;
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK) * 1.1;
  double y = box->y + line / 2 + mill_layout_baseline_offset (layout, MILL_TEXT_TICK);
  double width = box->x - panel->box.x - 8 * mill_layout_unit (layout);
  g_autofree char *of =
      shown < all ? g_strdup_printf (_ ("%u of %u"), shown, all) : g_strdup_printf ("%u", all);

  mill_layout_text (layout, of, box->x - 8 * mill_layout_unit (layout), y, MILL_ANCHOR_RIGHT,
                    MILL_TEXT_TICK, NULL, width);
  mill_layout_text (layout,
                    by_request                     ? ngettext ("request", "requests", all)
                    : mill_replay_has_loop (panel) ? _ ("in flight")
                                                   : ngettext ("lane", "lanes", all),
                    box->x - 8 * mill_layout_unit (layout), y + line, MILL_ANCHOR_RIGHT,
                    MILL_TEXT_TICK, NULL, width);
}

/* The lanes, filled as far as the moment has come. */
static void
add_lanes (MillLayout *layout,
           const MillReplayPanel *panel,
           const MillBox *box,
           const MillScale *scale)
{
  double unit = mill_layout_unit (layout);
  g_autoptr (GArray) rows =
      collect_rows (panel, layout->options->timeline_view == MILL_TIMELINE_BY_REQUEST);
  double fitting = floor (box->height / (MIN_LANE * unit));
  guint n_shown = (guint) CLAMP (fitting, 1.0, MAX (rows->len, 1));
  double pitch = MIN (box->height / n_shown, MAX_LANE * unit);
  double gap = pitch > 6 * unit ? 1.5 * unit : 0.5 * unit;
  double now_x = mill_scale_map_clamped (scale, (double) panel->now_us / G_USEC_PER_SEC);
  MillScale until_now = mill_scale_linear (
      (double) panel->from_us / G_USEC_PER_SEC,
      (double) MAX (panel->now_us, panel->from_us + 1) / G_USEC_PER_SEC, box->x, now_x);
  MillTimelineBlock block = {
    .model = panel->model,
    .box = { box->x, box->y, now_x - box->x, box->height },
    .scale = &until_now,
    .from_us = panel->from_us,
    .to_us = panel->now_us,
    .series = (int) panel->track,
    .top_y = box->y,
    .bottom_y = box->y + n_shown * pitch,
  };
  MillFill ground = { .pattern = MILL_PATTERN_SOLID,
                      .color = mill_color_with_alpha (layout->theme->grid, 0.45) };

  add_lane_names (layout, panel, box, MIN (n_shown, rows->len), panel->model->data->rows->len);
  for (guint i = 0; i < n_shown && i < rows->len; i++) {
    guint place = (guint) ((guint64) i * rows->len / n_shown);
    double y = box->y + i * pitch;

    mill_scene_add_rect (layout->scene, box->x, y, box->width, pitch - gap, 0.0, &ground, NULL);
    if (now_x > box->x)
      mill_timeline_row_add (layout, &block, g_array_index (rows, guint, place), y, pitch - gap);
  }
}

static void
add_name (MillLayout *layout, const MillReplayPanel *panel)
{
  double middle = panel->box.y + mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD) / 2;
  double width = mill_layout_text (
      layout, mill_replay_get_label (panel->replay, panel->track), panel->box.x,
      middle + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD), MILL_ANCHOR_LEFT,
      MILL_TEXT_LABEL_BOLD, &panel->model->series->style.text_color, panel->box.width * 0.7);
  g_autofree char *lanes = lane_count_text (
      panel, mill_replay_get_data (panel->replay, panel->track, MILL_TIMELINE_BY_LANE)->lanes->len);

  mill_layout_text (layout, lanes, panel->box.x + width + 0.8 * layout->base_px,
                    middle + mill_layout_baseline_offset (layout, MILL_TEXT_TICK), MILL_ANCHOR_LEFT,
                    MILL_TEXT_TICK, NULL,
                    MAX (panel->box.width - width - 0.8 * layout->base_px, 1.0));
}

static void
add_now (MillLayout *layout,
         const MillReplayPanel *panel,
         const MillScale *scale,
         double top,
         double bottom)
{
  double x = mill_scale_map_clamped (scale, (double) panel->now_us / G_USEC_PER_SEC);
  MillStroke line = { layout->theme->text, 1.4 * mill_layout_unit (layout), MILL_DASH_NONE };

  mill_scene_add_line (layout->scene, x, top, x, bottom, &line);
}

static double
name_width (const MillLayout *layout, const MillReplayPanel *panel)
{
  double widest = mill_layout_text_width (layout, "0000 of 0000", MILL_TEXT_TICK);

  widest = MAX (widest, mill_layout_text_width (layout, _ ("in flight"), MILL_TEXT_TICK));
  return MIN (widest + 10 * mill_layout_unit (layout), MAX_NAME_SHARE * panel->box.width);
}

static void
add_panel (MillLayout *layout, const MillReplayPanel *panel)
{
  double base = layout->base_px, y = panel->box.y;
  double bottom = panel->box.y + panel->box.height - mill_axis_bottom_height (layout, FALSE);
  double x = panel->box.x + name_width (layout, panel);
  double width = MAX (panel->box.x + panel->box.width - 14 * mill_layout_unit (layout) - x, 1.0);
  double left = bottom - y - (NAME_HEIGHT + COUNTER_HEIGHT + MIN_LANES_HEIGHT) * base;
  MillScale scale = mill_scale_linear ((double) panel->from_us / G_USEC_PER_SEC,
                                       (double) panel->to_us / G_USEC_PER_SEC, x, x + width);
  double top;

  add_name (layout, panel);
  y += NAME_HEIGHT * base;
  add_counters (layout, panel,
                &(MillBox){ panel->box.x, y, panel->box.width, COUNTER_HEIGHT * base });
  y += COUNTER_HEIGHT * base;
  if (mill_replay_has_loop (panel) && left >= mill_replay_loop_min_height (layout) + GAP * base) {
    double height = MIN (mill_replay_loop_height (layout), left - GAP * base);

    mill_replay_loop_add (layout, panel, &(MillBox){ panel->box.x, y, panel->box.width, height });
    y += height + GAP * base;
    left -= height + GAP * base;
  }
  top = y;
  if (left >= (FLOW_HEIGHT + GAP) * base) {
    MillBox flow = { x, y, width, FLOW_HEIGHT * base };

    add_flow (layout, panel, &flow, &scale);
    y += (FLOW_HEIGHT + GAP) * base;
  }
  MillBox lanes = { x, y, width, MAX (bottom - y, 1.0) };
  mill_axis_bottom (layout, &lanes, &scale, MILL_UNIT_SECONDS, FALSE, NULL);
  add_lanes (layout, panel, &lanes, &scale);
  add_now (layout, panel, &scale, top, bottom);
}

static guint
fill_legend (const MillLayout *layout, const MillReplayPanel *panel, MillLegendEntry *entries)
{
  static const MillSpan order[] = { MILL_SPAN_WAITING, MILL_SPAN_RECEIVING, MILL_SPAN_CONNECTING };
  MillSeriesStyle style = panel->model->series->style;
  guint n = mill_timeline_model_computes (panel->model) ? 2 : G_N_ELEMENTS (order);

  if (mill_replay_get_n_tracks (panel->replay) > 1)
    style.color = mill_color_mix (layout->theme->background, layout->theme->text, 0.55);
  for (guint i = 0; i < n; i++) {
    entries[i] = (MillLegendEntry){ .label = mill_timeline_span_label (panel->model, order[i]) };
    mill_timeline_span_fill (layout, &style, order[i], &entries[i].fill);
    if (layout->theme->hatches_only)
      entries[i].stroke = (MillStroke){ layout->theme->text, 0.8, MILL_DASH_NONE };
  }
  return n;
}

static char *
subtitle_text (const MillLayout *layout, const MillReplayPanel *panels, guint n_panels)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  double end_s = (double) mill_replay_get_end_us (panels[0].replay) / G_USEC_PER_SEC;
  g_autofree char *now =
      mill_time_to_string (numbers, (double) panels[0].now_us / G_USEC_PER_SEC, end_s);
  g_autofree char *end = mill_time_to_string (numbers, end_s, end_s);
  GString *text = g_string_new (NULL);
  gboolean loop = FALSE, thinned = FALSE;

  g_string_printf (text, _ ("%s of %s, as it was recorded"), now, end);
  for (guint i = 0; i < n_panels; i++) {
    loop |= mill_replay_has_loop (&panels[i]);
    thinned |= panels[i].model->data->weight > 1.0;
  }
  if (loop) {
    g_autofree char *pause =
        mill_quantity_to_string (numbers, MILL_REPLAY_PAUSE_US / 1e6, MILL_UNIT_SECONDS);

    g_string_append_printf (text,
                            _ ("; turns of a loop are told apart by pauses of over %s, "
                               "its own count was not recorded"),
                            pause);
  }
  if (thinned)
    g_string_append (text, _ ("; only a part of the requests was recorded one by one"));
  return g_string_free (text, FALSE);
}

static void
add_table (MillLayout *layout, const MillReplayPanel *panels, guint n_panels)
{
  mill_scene_add_table_row (
      layout->scene, (const char *const[]){ _ ("Model"), _ ("Ready"), C_ ("state", "Running"),
                                            _ ("Waiting"), _ ("Done"), _ ("Failed"), NULL });
  for (guint i = 0; i < n_panels; i++) {
    g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
    MillReplayCounts counts;

    mill_replay_count (panels[i].replay, i, panels[i].now_us, &counts);
    const guint numbers[] = { counts.ready, counts.running, counts.waiting, counts.done,
                              counts.failed };

    g_strv_builder_add (cells, mill_replay_get_label (panels[i].replay, i));
    for (guint j = 0; j < G_N_ELEMENTS (numbers); j++) {
      g_autofree char *number =
          mill_quantity_number_to_string (&layout->options->numbers, numbers[j], 0);

      g_strv_builder_add (cells, number);
    }
    g_auto (GStrv) row = g_strv_builder_end (cells);
    mill_scene_add_table_row (layout->scene, (const char *const *) row);
  }
}

/* Beside each other where there is room, else one below the other. */
static void
place_panels (const MillLayout *layout, MillReplayPanel *panels, guint n, const MillBox *body)
{
  gboolean beside = body->width >= MIN_SIDE_BY_SIDE * layout->base_px;
  double gap = (beside ? PANEL_GAP : GAP) * layout->base_px;
  double room = beside ? body->width : body->height;
  double share = (room - (n - 1) * gap) / n;

  for (guint i = 0; i < n; i++) {
    panels[i].box = *body;
    if (beside) {
      panels[i].box.x += i * (share + gap);
      panels[i].box.width = share;
    } else {
      panels[i].box.y += i * (share + gap);
      panels[i].box.height = share;
    }
  }
}

void
mill_replay_layout (MillLayout *layout)
{
  const MillReplay *replay = layout->options->replay;
  guint n = mill_replay_get_n_tracks (replay);
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  MillTimelineModel models[MILL_REPLAY_MAX_TRACKS] = { 0 };
  MillReplayPanel panels[MILL_REPLAY_MAX_TRACKS] = { 0 };
  MillLegendEntry legend[MILL_N_SPANS];
  gint64 now_us = CLAMP (layout->options->replay_us, 0, mill_replay_get_end_us (replay));
  gint64 from_us, to_us;
  MillBox body;

  choose_window (replay, now_us, &from_us, &to_us);
  if (n > 1 && layout->options->base_px <= 0.0 && !layout->options->large)
    layout->base_px *= TYPE_OF_TWO;
  for (guint i = 0; i < n; i++) {
    models[i] = (MillTimelineModel){
      .series = g_ptr_array_index (series, mill_replay_get_series (replay, i)),
      .trial = mill_replay_get_trial (replay, i),
      .data = (MillTimelineData *) mill_replay_get_data (replay, i, layout->options->timeline_view),
    };
    panels[i] = (MillReplayPanel){ replay, i, &models[i], now_us, from_us, to_us, { 0 } };
  }
  g_autofree char *subtitle = subtitle_text (layout, panels, n);
  guint n_legend = fill_legend (layout, &panels[0], legend);
  g_autofree char *summary = mill_replay_describe (replay, now_us);

  mill_chart_frame (layout, _ ("Replay"), subtitle, legend, n_legend, &body);
  place_panels (layout, panels, n, &body);
  for (guint i = 0; i < n; i++)
    add_panel (layout, &panels[i]);
  add_table (layout, panels, n);
  mill_scene_set_summary (layout->scene, summary);
}
