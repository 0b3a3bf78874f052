/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-timeline.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-replay-frame.h"
#include "charts/mill-timeline-block.h"
#include "charts/mill-timeline-curve.h"
#include "charts/mill-timeline-density.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_NAME_SHARE 0.26
/* One model that takes this many times as long as all others does not hide them. */
#define OUTLIER_RATIO 4.0
/* The window never shows less than this. */
#define MIN_WINDOW_S 1e-5
/* In type sizes: the overview, the curve, and what the lanes need before these two are drawn. */
#define OVERVIEW_HEIGHT 2.0
#define CURVE_HEIGHT 3.9
#define EXTRA_HEIGHT (OVERVIEW_HEIGHT + CURVE_HEIGHT + 2.6)
/* So many models have precedence over the overview and the curve. */
#define MIN_MODELS 4
#define BLOCK_GAP 1.2

static void
model_free (gpointer data)
{
  MillTimelineModel *model = data;

  mill_timeline_data_free (model->data);
  g_array_unref (model->in_flight);
  g_free (model);
}

static double
most_in_flight (const MillTimelineModel *model)
{
  double most = 0.0;

  if (model->data->weight > 1.0 && model->trial->max_in_flight > 0)
    return (double) model->trial->max_in_flight;
  for (guint i = 0; i < model->in_flight->len; i++)
    most = MAX (most, g_array_index (model->in_flight, MillInFlightStep, i).in_flight);
  return most * model->data->weight;
}

static GPtrArray *
collect_models (GPtrArray *series, gboolean by_request)
{
  GPtrArray *models = g_ptr_array_new_with_free_func (model_free);

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    const MillTrialResult *trial = mill_series_typical_trial (one);
    MillTimelineModel *model;

    if (trial == NULL || trial->timeline->len == 0)
      continue;
    model = g_new0 (MillTimelineModel, 1);
    model->series = one;
    model->trial = trial;
    model->data = mill_timeline_data_new (trial, by_request);
    model->in_flight = mill_timeline_in_flight_new (model->data);
    model->most_in_flight = most_in_flight (model);
    g_ptr_array_add (models, model);
  }
  return models;
}

gboolean
mill_chart_timeline_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  for (guint i = 0; i < series->len; i++) {
    const MillTrialResult *trial = mill_series_typical_trial (g_ptr_array_index (series, i));

    if (trial != NULL && trial->timeline->len > 0)
      return TRUE;
  }
  *reason = g_strdup (_ ("Nothing was recorded"));
  return FALSE;
}

/* Rounded up to 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. */
static double
round_up (double value)
{
  static const double steps[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 };
  double power = pow (10.0, floor (log10 (value)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (value <= steps[i] * power * (1 + 1e-9))
      return steps[i] * power;
  }
  return value;
}

/* The largest and second largest end of any model. */
static void
longest_ends (GPtrArray *models, double *longest_s, double *second_s)
{
  *longest_s = *second_s = 0.0;
  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);
    double end_s = (double) model->data->end_us / G_USEC_PER_SEC;

    if (end_s > *longest_s) {
      *second_s = *longest_s;
      *longest_s = end_s;
    } else {
      *second_s = MAX (*second_s, end_s);
    }
  }
}

static void
choose_window (const MillChartOptions *options,
               GPtrArray *models,
               double *whole_s,
               double *start_s,
               double *end_s)
{
  double longest_s, second_s;

  longest_ends (models, &longest_s, &second_s);
  *whole_s = longest_s > 0.0 ? longest_s : 1.0;
  *start_s = 0.0;
  *end_s = *whole_s;
  if (second_s > 0.0 && longest_s > OUTLIER_RATIO * second_s)
    *end_s = MIN (round_up (second_s * 1.15), *whole_s);
  if (isfinite (options->window_start_s))
    *start_s = CLAMP (options->window_start_s, 0.0, *whole_s - MIN_WINDOW_S);
  if (isfinite (options->window_end_s))
    *end_s = MIN (options->window_end_s, MAX (*whole_s, *end_s));
  *end_s = MAX (*end_s, *start_s + MIN_WINDOW_S);
}

gboolean
mill_chart_timeline_window (const MillChartSpec *spec,
                            double *whole_s,
                            double *start_s,
                            double *end_s)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GPtrArray) models = collect_models (series, TRUE);
  double whole, start, end;

  choose_window (mill_chart_spec_get_options (spec), models, &whole, &start, &end);
  if (whole_s != NULL)
    *whole_s = whole;
  if (start_s != NULL)
    *start_s = start;
  if (end_s != NULL)
    *end_s = end;
  return models->len > 0;
}

/* How the height of the lanes is shared out: each model its least, then evenly until a model has
 * what it can use. Returns how many models fit. */
static guint
share_height (const MillLayout *layout, GPtrArray *models, double height_px, double *heights)
{
  double gap = layout->options->plain ? mill_layout_unit (layout) : BLOCK_GAP * layout->base_px;
  double left = height_px + gap;
  guint n = 0, n_growing = 0;

  for (; n < models->len; n++) {
    heights[n] = mill_timeline_block_min_height (layout, g_ptr_array_index (models, n));
    if (n > 0 && heights[n] + gap > left)
      break;
    left -= heights[n] + gap;
  }
  do {
    double share;

    n_growing = 0;
    for (guint i = 0; i < n; i++)
      n_growing += heights[i] <
                   mill_timeline_block_max_height (layout, g_ptr_array_index (models, i)) - 0.01;
    share = n_growing > 0 ? left / n_growing : 0.0;
    for (guint i = 0; i < n && left > 0.1; i++) {
      double most = mill_timeline_block_max_height (layout, g_ptr_array_index (models, i));
      double more = MIN (share, MAX (most - heights[i], 0.0));

      heights[i] += more;
      left -= more;
    }
  } while (n_growing > 0 && left > 0.1);
  return n;
}

static double
widest_name (const MillLayout *layout, GPtrArray *models)
{
  /* As wide as the longest of the other texts of the column. */
  double widest = mill_layout_text_width (layout, _ ("whole run, 00.0 ms"), MILL_TEXT_TICK);

  if (layout->options->plain)
    return 0.0;
  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);

    widest =
        MAX (widest, mill_layout_text_width (layout, model->series->label, MILL_TEXT_LABEL_BOLD));
  }
  return MIN (widest + 1.0, layout->width_px * MAX_NAME_SHARE);
}

/* Draws the lanes of as many models as fit; returns how many. */
static guint
add_blocks (MillLayout *layout,
            GPtrArray *models,
            const MillBox *area,
            const MillScale *scale,
            double name_width)
{
  g_autofree double *heights = g_new0 (double, MAX (models->len, 1));
  guint n = share_height (layout, models, area->height, heights);
  double gap = layout->options->plain ? mill_layout_unit (layout) : BLOCK_GAP * layout->base_px;
  double y = area->y;

  for (guint i = 0; i < n; i++) {
    MillTimelineBlock block = {
      .model = g_ptr_array_index (models, i),
      .box = { area->x, y, area->width, MIN (heights[i], area->y + area->height - y) },
      .scale = scale,
      .from_us = (gint64) (scale->min * G_USEC_PER_SEC),
      .to_us = (gint64) (scale->max * G_USEC_PER_SEC),
      .series = (int) i,
      .name_width = name_width,
      .top_y = area->y,
      .bottom_y = area->y + area->height,
    };

    mill_timeline_block_add (layout, &block);
    y += heights[i] + gap;
  }
  return n;
}

static void
add_table (MillLayout *layout, GPtrArray *models)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  gboolean computes = mill_timeline_model_computes (g_ptr_array_index (models, 0));
  const char *header[] = { _ ("Model"),
                           _ ("Lanes"),
                           _ ("Requests"),
                           _ ("Most in flight"),
                           _ ("Connecting"),
                           _ ("Waiting"),
                           computes ? _ ("Computing") : _ ("Receiving"),
                           _ ("Ended after"),
                           NULL };

  mill_scene_add_table_row (layout->scene, header);
  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    double spans_s[MILL_N_SPANS] = { 0 };

    for (guint j = 0; j < model->data->requests->len; j++) {
      const gint64 *edges = g_array_index (model->data->requests, MillTimelineRequest, j).edges;

      for (guint span = 0; span < MILL_N_SPANS; span++)
        spans_s[span] += (double) (edges[span + 1] - edges[span]) / G_USEC_PER_SEC;
    }
    g_ptr_array_add (cells, g_strdup (model->series->label));
    g_ptr_array_add (cells, mill_quantity_number_to_string (numbers, model->data->lanes->len, 0));
    g_ptr_array_add (cells,
                     mill_quantity_number_to_string (numbers, model->data->requests->len, 0));
    g_ptr_array_add (cells, mill_quantity_number_to_string (numbers, model->most_in_flight, 0));
    for (guint span = 0; span < MILL_N_SPANS; span++)
      g_ptr_array_add (cells, mill_quantity_to_string (numbers, spans_s[span], MILL_UNIT_SECONDS));
    g_ptr_array_add (cells, mill_quantity_to_string (numbers,
                                                     (double) model->data->end_us / G_USEC_PER_SEC,
                                                     MILL_UNIT_SECONDS));
    g_ptr_array_add (cells, NULL);
    mill_scene_add_table_row (layout->scene, (const char *const *) cells->pdata);
  }
}

static void
set_summary (MillLayout *layout, GPtrArray *models)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  g_autoptr (GString) summary = g_string_new (_ ("Timeline of a repetition near the median."));

  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);
    guint n_lanes = model->data->lanes->len;
    g_autofree char *end = mill_quantity_to_string (
        numbers, (double) model->data->end_us / G_USEC_PER_SEC, MILL_UNIT_SECONDS);
    g_autofree char *most = mill_quantity_number_to_string (numbers, model->most_in_flight, 0);

    g_string_append_c (summary, ' ');
    g_string_append_printf (
        summary,
        mill_timeline_model_computes (model)
            /* Translators: a model, its number of lanes, of URLs, a duration. */
            ? ngettext ("%s: %u lane, at most %s at the same time, the last URL ended after %s.",
                        "%s: %u lanes, at most %s at the same time, the last URL ended after %s.",
                        n_lanes)
            /* Translators: a model, its number of lanes, of requests, a duration. */
            : ngettext ("%s: %u lane, at most %s in flight, the last request ended after %s.",
                        "%s: %u lanes, at most %s in flight, the last request ended after %s.",
                        n_lanes),
        model->series->label, n_lanes, most, end);
  }
  mill_scene_set_summary (layout->scene, summary->str);
}

static char *
subtitle_text (const MillLayout *layout, GPtrArray *models, guint n_shown)
{
  gboolean by_request = layout->options->timeline_view == MILL_TIMELINE_BY_REQUEST;
  GString *text = g_string_new (by_request ? _ ("time since each trial began, by request")
                                           : _ ("time since each trial began, by lane"));
  double weight = 1.0;

  g_string_append (text, _ ("; a repetition near the median of each model"));
  for (guint i = 0; i < models->len; i++)
    weight =
        MAX (weight, ((const MillTimelineModel *) g_ptr_array_index (models, i))->data->weight);
  if (weight > 1.0) {
    g_autofree char *number =
        mill_quantity_number_to_string (&layout->options->numbers, ceil (weight), 0);

    g_string_append_printf (text,
                            mill_chart_spec_computes (layout->spec)
                                ? _ ("; at least one of %s URLs is shown")
                                : _ ("; at least one of %s requests is shown"),
                            number);
  }
  if (n_shown < models->len) {
    g_autofree char *of = g_strdup_printf (
        ngettext ("%u of %u row shown", "%u of %u rows shown", models->len), n_shown, models->len);

    g_string_append_printf (text, "; %s", of);
  }
  return g_string_free (text, FALSE);
}

static guint
fill_legend (const MillLayout *layout, GPtrArray *models, MillLegendEntry *entries)
{
  static const MillSpan order[] = { MILL_SPAN_WAITING, MILL_SPAN_RECEIVING, MILL_SPAN_CONNECTING };
  const MillTimelineModel *first = g_ptr_array_index (models, 0);
  MillSeriesStyle neutral = first->series->style;
  gboolean failed = FALSE;
  /* What computes connects to nothing. */
  guint n = mill_timeline_model_computes (first) ? 2 : G_N_ELEMENTS (order);

  if (models->len > 1)
    neutral.color = mill_color_mix (layout->theme->background, layout->theme->text, 0.55);
  for (guint i = 0; i < n; i++) {
    entries[i] = (MillLegendEntry){ .label = mill_timeline_span_label (first, order[i]) };
    mill_timeline_span_fill (layout, &neutral, order[i], &entries[i].fill);
    if (layout->theme->hatches_only)
      entries[i].stroke = (MillStroke){ layout->theme->text, 0.8, MILL_DASH_NONE };
  }
  for (guint i = 0; i < models->len; i++)
    failed |=
        ((const MillTimelineModel *) g_ptr_array_index (models, i))->trial->requests_failed > 0;
  if (!failed)
    return n;
  MillLegendEntry *entry = &entries[n];
  *entry = (MillLegendEntry){ .label = _ ("failed") };
  mill_timeline_failed_fill (layout, &entry->fill, &entry->stroke);
  return n + 1;
}

/* Whether overview and curve leave room for the lanes that matter. */
static gboolean
has_room_above (const MillLayout *layout, GPtrArray *models, double height_px)
{
  g_autofree double *heights = g_new0 (double, MAX (models->len, 1));
  double left = height_px - EXTRA_HEIGHT * layout->base_px;

  return !layout->options->plain && left > 0.4 * height_px &&
         share_height (layout, models, left, heights) >= MIN (models->len, MIN_MODELS);
}

/* What overview, curve and axis leave for the lanes. */
static double
lanes_height (const MillLayout *layout, GPtrArray *models, const MillBox *body)
{
  double room = body->height - mill_axis_bottom_height (layout, FALSE);

  return has_room_above (layout, models, room) ? room - EXTRA_HEIGHT * layout->base_px : room;
}

/* Everything inside the frame: overview, curve, lanes and the axis under them. */
static void
add_body (MillLayout *layout, MillBox body, GPtrArray *models)
{
  double unit = mill_layout_unit (layout), plain = layout->options->plain ? 0.0 : 1.0;
  double name_width = widest_name (layout, models);
  double x = body.x + name_width + 12 * unit * plain;
  double right = body.x + body.width - plain * unit * 14;
  double bottom = body.y + body.height - mill_axis_bottom_height (layout, FALSE);
  double whole_s, start_s, end_s, y = body.y, room = bottom - body.y;
  MillBox area;
  MillScale scale;

  choose_window (layout->options, models, &whole_s, &start_s, &end_s);
  right = MAX (right, x + 1.0);
  scale = mill_scale_linear (start_s, end_s, x, right);
  if (has_room_above (layout, models, room)) {
    MillBox strip = { x, y, right - x, OVERVIEW_HEIGHT * layout->base_px };
    MillBox curve = { x, strip.y + strip.height + 1.2 * layout->base_px, right - x,
                      CURVE_HEIGHT * layout->base_px };

    mill_timeline_overview_add (layout, models, &strip, whole_s, &scale, name_width);
    mill_timeline_curve_add (layout, models, &curve, &scale, name_width);
    y = curve.y + curve.height + 1.4 * layout->base_px;
  }
  area = (MillBox){ x, y, right - x, MAX (bottom - y, 1.0) };
  mill_axis_bottom (layout, &area, &scale, MILL_UNIT_SECONDS, FALSE, NULL);
  mill_scene_push_clip (layout->scene, &(MillBox){ 0, 0, right + unit, layout->height_px });
  add_blocks (layout, models, &area, &scale, name_width);
  mill_scene_pop_clip (layout->scene);
}

/* The subtitle says how many models fit, and takes the more room the more it says. */
static char *
fitting_subtitle (const MillLayout *layout,
                  GPtrArray *models,
                  const MillLegendEntry *legend,
                  guint n_legend)
{
  guint n = models->len;

  for (guint pass = 0; pass < 2; pass++) {
    g_autofree double *heights = g_new0 (double, models->len);
    g_autofree char *subtitle = subtitle_text (layout, models, n);
    MillBox body;

    mill_chart_frame_measure (layout, _ ("Timeline"), subtitle, legend, n_legend, &body);
    n = share_height (layout, models, lanes_height (layout, models, &body), heights);
  }
  return subtitle_text (layout, models, n);
}

static void
layout_whole (MillLayout *layout)
{
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) models =
      collect_models (series, layout->options->timeline_view == MILL_TIMELINE_BY_REQUEST);
  MillLegendEntry legend[MILL_N_SPANS + 1];
  guint n_legend = fill_legend (layout, models, legend);
  g_autofree char *subtitle = fitting_subtitle (layout, models, legend, n_legend);
  MillBox body;

  mill_chart_frame (layout, _ ("Timeline"), subtitle, legend, n_legend, &body);
  add_body (layout, body, models);
  add_table (layout, models);
  set_summary (layout, models);
}

void
mill_chart_timeline_layout (MillLayout *layout)
{
  if (layout->options->replay != NULL)
    mill_replay_layout (layout);
  else
    layout_whole (layout);
}
