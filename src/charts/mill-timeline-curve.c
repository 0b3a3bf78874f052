/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-curve.h"

#include "charts/mill-timeline-density.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* More areas than this over one another cannot be told apart. */
#define MAX_AREAS 4
#define AREA_ALPHA 0.14

/* A drawn line, which names must not touch. */
typedef struct {
  GArray *points; /* MillPoint */
  const MillTimelineModel *model;
} Curve;

static void
add_row_name (
    MillLayout *layout, const MillBox *row, const char *name, const char *note, double name_width)
{
  double x = row->x - 12 * mill_layout_unit (layout);
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK) * 1.05;
  double y = row->y + row->height / 2 - (note != NULL ? line / 2 : 0.0);

  mill_layout_text (layout, name, x, y + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_RIGHT, MILL_TEXT_TICK, &layout->theme->text, name_width);
  if (note != NULL)
    mill_layout_text (layout, note, x,
                      y + line + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                      MILL_ANCHOR_RIGHT, MILL_TEXT_TICK, NULL, name_width);
}

void
mill_timeline_overview_add (MillLayout *layout,
                            GPtrArray *models,
                            const MillBox *strip,
                            double whole_s,
                            const MillScale *window,
                            double name_width)
{
  double unit = mill_layout_unit (layout);
  double inset = 3 * unit, pitch = (strip->height - 2 * inset) / models->len;
  MillScale scale = mill_scale_linear (0.0, whole_s, strip->x, strip->x + strip->width);
  MillFill ground = { .pattern = MILL_PATTERN_SOLID,
                      .color =
                          mill_color_mix (layout->theme->background, layout->theme->grid, 0.5) };
  MillStroke frame = { .color = layout->theme->annotation, .width_px = 2 * unit };
  MillFill glass = { .pattern = MILL_PATTERN_SOLID,
                     .color = mill_color_with_alpha (layout->theme->annotation, 0.12) };
  double from = mill_scale_map_clamped (&scale, window->min);
  double to = mill_scale_map_clamped (&scale, window->max);
  g_autofree char *whole =
      mill_quantity_to_string (&layout->options->numbers, whole_s, MILL_UNIT_SECONDS);
  g_autofree char *name = g_strdup_printf (_ ("whole run, %s"), whole);

  mill_scene_add_rect (layout->scene, strip->x, strip->y, strip->width, strip->height, 3 * unit,
                       &ground, NULL);
  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);
    MillFill fill;
    double end = mill_scale_map_clamped (&scale, (double) model->data->end_us / G_USEC_PER_SEC);

    mill_timeline_span_fill (layout, &model->series->style, MILL_SPAN_RECEIVING, &fill);
    mill_scene_add_rect (layout->scene, strip->x, strip->y + inset + i * pitch,
                         MAX (end - strip->x, unit), pitch * (pitch > 3 * unit ? 0.8 : 1.0), 0.0,
                         &fill, NULL);
  }
  to = MAX (to, from + 4 * unit);
  mill_scene_add_rect (layout->scene, from, strip->y - unit, to - from, strip->height + 2 * unit,
                       3 * unit, &glass, &frame);
  add_row_name (layout, strip, name, NULL, name_width);
}

static GArray *
curve_points (const MillTimelineModel *model,
              const MillBox *plot,
              const MillScale *scale,
              const MillScale *height)
{
  gint64 from_us = (gint64) (scale->min * G_USEC_PER_SEC);
  gint64 to_us = (gint64) (scale->max * G_USEC_PER_SEC);
  g_autoptr (GArray) thinned =
      mill_timeline_thin_steps (model->in_flight, from_us, to_us, (guint) MAX (plot->width, 1.0));
  GArray *points = g_array_new (FALSE, FALSE, sizeof (MillPoint));
  MillPoint point = { plot->x, plot->y + plot->height };

  for (guint i = 0; i < thinned->len; i++) {
    const MillInFlightStep *step = &g_array_index (thinned, MillInFlightStep, i);

    point.x = mill_scale_map_clamped (scale, (double) step->time_us / G_USEC_PER_SEC);
    if (i > 0)
      g_array_append_val (points, point);
    point.y = mill_scale_map_clamped (height, step->in_flight * model->data->weight);
    g_array_append_val (points, point);
  }
  if (model->data->end_us > to_us) {
    point.x = plot->x + plot->width;
    g_array_append_val (points, point);
  }
  return points;
}

static void
add_area (MillLayout *layout, const MillBox *plot, const Curve *curve)
{
  g_autofree MillPoint *area = g_new (MillPoint, curve->points->len + 2);
  const MillPoint *points = (const MillPoint *) (void *) curve->points->data;
  MillColor color =
      layout->theme->hatches_only ? layout->theme->text : curve->model->series->style.color;
  MillFill fill = { .pattern = MILL_PATTERN_SOLID,
                    .color = mill_color_with_alpha (color, AREA_ALPHA) };
  guint n = curve->points->len;

  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    area[i] = points[i];
  area[n] = (MillPoint){ points[n - 1].x, plot->y + plot->height };
  area[n + 1] = (MillPoint){ points[0].x, plot->y + plot->height };
  mill_scene_add_polygon (layout->scene, area, n + 2, &fill, NULL);
}

/* Whether a box meets a step curve. */
static gboolean
meets_curve (const Curve *curve, const MillBox *box)
{
  for (guint i = 1; i < curve->points->len; i++) {
    const MillPoint *a = &g_array_index (curve->points, MillPoint, i - 1);
    const MillPoint *b = &g_array_index (curve->points, MillPoint, i);

    if (MAX (a->x, b->x) >= box->x && MIN (a->x, b->x) <= box->x + box->width &&
        MAX (a->y, b->y) >= box->y && MIN (a->y, b->y) <= box->y + box->height)
      return TRUE;
  }
  return FALSE;
}

static gboolean
boxes_meet (const MillBox *a, const MillBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static gboolean
is_free (const MillBox *box, const MillBox *plot, GArray *curves, GArray *taken)
{
  if (box->x < plot->x || box->x + box->width > plot->x + plot->width ||
      box->y < plot->y - box->height || box->y + box->height > plot->y + plot->height)
    return FALSE;
  for (guint i = 0; i < taken->len; i++) {
    if (boxes_meet (box, &g_array_index (taken, MillBox, i)))
      return FALSE;
  }
  for (guint i = 0; i < curves->len; i++) {
    if (meets_curve (&g_array_index (curves, Curve, i), box))
      return FALSE;
  }
  return TRUE;
}

/* Tries places along the curve: beside where it falls, then above it from its end backwards. */
static gboolean
find_place (const Curve *curve,
            const MillBox *plot,
            GArray *curves,
            GArray *taken,
            double gap,
            MillBox *box)
{
  double bottom = plot->y + plot->height, top = bottom;
  double right = plot->x;

  for (guint i = 0; i < curve->points->len; i++) {
    const MillPoint *point = &g_array_index (curve->points, MillPoint, i);

    top = MIN (top, point->y);
    if (point->y < bottom - 0.5)
      right = MAX (right, point->x);
  }
  for (int step = 0; step < 3; step++) {
    box->x = right + gap;
    box->y = top + step * box->height * 0.5;
    if (is_free (box, plot, curves, taken))
      return TRUE;
  }
  box->y = top - gap / 2 - box->height;
  for (int step = 0; step < 8; step++) {
    box->x = right - box->width - step * box->width / 2;
    if (is_free (box, plot, curves, taken))
      return TRUE;
  }
  return FALSE;
}

static void
add_curve_names (MillLayout *layout, const MillBox *plot, GArray *curves)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (MillBox));
  double unit = mill_layout_unit (layout);
  double height = mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD);

  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = &g_array_index (curves, Curve, i);
    const MillSeries *series = curve->model->series;
    MillBox box = { .height = height };

    box.width = mill_layout_text_width (layout, series->label, MILL_TEXT_LABEL_BOLD);
    /* The lanes below name every model again: a name without room is left out. */
    if (!find_place (curve, plot, curves, taken, 6 * unit, &box))
      continue;
    mill_layout_text (layout, series->label, box.x,
                      box.y + height / 2 +
                          mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                      MILL_ANCHOR_LEFT, MILL_TEXT_LABEL_BOLD, &series->style.text_color, 0.0);
    g_array_append_val (taken, box);
  }
}

static void
curve_clear (gpointer data)
{
  g_array_unref (((Curve *) data)->points);
}

void
mill_timeline_curve_add (MillLayout *layout,
                         GPtrArray *models,
                         const MillBox *plot,
                         const MillScale *scale,
                         double name_width)
{
  g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (Curve));
  double unit = mill_layout_unit (layout), most = 1.0;
  double bottom = plot->y + plot->height;
  MillStroke grid = { .color = layout->theme->grid, .width_px = unit };
  MillStroke axis = { .color = layout->theme->axis, .width_px = layout->theme->axis_px * unit };
  g_autofree char *most_text = NULL, *note = NULL;
  MillScale height;

  g_array_set_clear_func (curves, curve_clear);
  for (guint i = 0; i < models->len; i++)
    most = MAX (most, ((const MillTimelineModel *) g_ptr_array_index (models, i))->most_in_flight);
  height = mill_scale_linear (0.0, most, bottom, plot->y);
  mill_scene_add_line (layout->scene, plot->x, plot->y, plot->x + plot->width, plot->y, &grid);
  mill_scene_add_line (layout->scene, plot->x, bottom, plot->x + plot->width, bottom, &axis);
  for (guint i = 0; i < models->len; i++) {
    const MillTimelineModel *model = g_ptr_array_index (models, i);
    Curve curve = { curve_points (model, plot, scale, &height), model };

    g_array_append_val (curves, curve);
    if (models->len <= MAX_AREAS)
      add_area (layout, plot, &curve);
  }
  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = &g_array_index (curves, Curve, i);
    MillStroke line = mill_layout_stroke (layout, &curve->model->series->style.line);

    mill_scene_add_polyline (layout->scene, (const MillPoint *) (void *) curve->points->data,
                             curve->points->len, &line);
  }
  add_curve_names (layout, plot, curves);
  most_text = mill_quantity_number_to_string (&layout->options->numbers, most, 0);
  /* Translators: the range of the curve above: 0 to a number of requests. */
  note = g_strdup_printf (_ ("0 to %s"), most_text);
  add_row_name (layout, plot, _ ("in flight"), note, name_width);
}
