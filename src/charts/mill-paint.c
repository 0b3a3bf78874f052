/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-paint.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "charts/mill-font.h"
#include "charts/mill-pattern.h"

static void
set_color (cairo_t *cr, MillColor color)
{
  cairo_set_source_rgba (cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0,
                         color.alpha / 255.0);
}

gboolean
mill_dash_lengths (const MillStroke *stroke, double lengths[2])
{
  static const double widths[MILL_N_DASHES][2] = {
    { 0.0, 0.0 },
    { 4.0, 3.0 },
    { 1.2, 2.2 },
    { 8.0, 3.0 },
  };

  lengths[0] = widths[stroke->dash][0] * stroke->width_px;
  lengths[1] = widths[stroke->dash][1] * stroke->width_px;
  return stroke->dash != MILL_DASH_NONE;
}

/* Strokes the current path; forgets it. */
static void
stroke_path (cairo_t *cr, const MillStroke *stroke)
{
  double lengths[2];

  if (stroke->width_px <= 0.0 || stroke->color.alpha == 0) {
    cairo_new_path (cr);
    return;
  }
  set_color (cr, stroke->color);
  cairo_set_line_width (cr, stroke->width_px);
  if (mill_dash_lengths (stroke, lengths))
    cairo_set_dash (cr, lengths, 2, 0.0);
  else
    cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_stroke (cr);
}

static void
rounded_rect_path (cairo_t *cr, const MillBox *box, double radius)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;

  radius = MIN (radius, MIN (box->width, box->height) / 2.0);
  if (radius <= 0.0) {
    cairo_rectangle (cr, box->x, box->y, box->width, box->height);
    return;
  }
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, box->y + radius, radius, -G_PI / 2.0, 0.0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0.0, G_PI / 2.0);
  cairo_arc (cr, box->x + radius, bottom - radius, radius, G_PI / 2.0, G_PI);
  cairo_arc (cr, box->x + radius, box->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static gboolean
has_ink (const MillFill *fill)
{
  return fill->pattern != MILL_PATTERN_NONE && fill->pattern != MILL_PATTERN_SOLID &&
         fill->pattern != MILL_PATTERN_OUTLINE;
}

static void
paint_rect (cairo_t *cr, const MillPrimitive *primitive)
{
  if (primitive->fill.pattern != MILL_PATTERN_NONE && primitive->fill.color.alpha > 0) {
    rounded_rect_path (cr, &primitive->box, primitive->radius_px);
    set_color (cr, primitive->fill.color);
    cairo_fill (cr);
  }
  if (has_ink (&primitive->fill)) {
    mill_pattern_path (cr, &primitive->fill, &primitive->box);
    set_color (cr, primitive->fill.ink);
    cairo_fill (cr);
  }
  if (primitive->stroke.width_px > 0.0) {
    rounded_rect_path (cr, &primitive->box, primitive->radius_px);
    stroke_path (cr, &primitive->stroke);
  }
}

static void
points_path (cairo_t *cr, const MillPoint *points, guint n_points, gboolean close)
{
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  if (close)
    cairo_close_path (cr);
}

static void
paint_polygon (cairo_t *cr, const MillScene *scene, const MillPrimitive *primitive)
{
  const MillPoint *points = mill_scene_get_points (scene, primitive);

  if (primitive->fill.pattern != MILL_PATTERN_NONE) {
    points_path (cr, points, primitive->n_points, TRUE);
    set_color (cr, primitive->fill.color);
    cairo_fill (cr);
  }
  if (has_ink (&primitive->fill)) {
    cairo_save (cr);
    points_path (cr, points, primitive->n_points, TRUE);
    cairo_clip (cr);
    mill_pattern_path (cr, &primitive->fill, &primitive->box);
    set_color (cr, primitive->fill.ink);
    cairo_fill (cr);
    cairo_restore (cr);
  }
  points_path (cr, points, primitive->n_points, TRUE);
  stroke_path (cr, &primitive->stroke);
}

static void
add_star (
    MillMarkerShape *shape, double x, double y, double radius, guint n, double inner, double turn)
{
  for (guint i = 0; i < n; i++) {
    double angle = turn + 2.0 * G_PI * i / n;
    double length = i % 2 == 0 ? radius : radius * inner;

    shape->points[i] = (MillPoint){ x + length * cos (angle), y + length * sin (angle) };
  }
  shape->n = n;
}

/* A plus with arms; turned by an eighth it is a cross. */
static void
add_plus (MillMarkerShape *shape, double x, double y, double half, double turn)
{
  static const double corners[12][2] = {
    { -0.3, -1 }, { 0.3, -1 }, { 0.3, -0.3 }, { 1, -0.3 }, { 1, 0.3 },   { 0.3, 0.3 },
    { 0.3, 1 },   { -0.3, 1 }, { -0.3, 0.3 }, { -1, 0.3 }, { -1, -0.3 }, { -0.3, -0.3 },
  };

  for (guint i = 0; i < 12; i++) {
    double dx = corners[i][0] * half;
    double dy = corners[i][1] * half;

    shape->points[i] =
        (MillPoint){ x + dx * cos (turn) - dy * sin (turn), y + dx * sin (turn) + dy * cos (turn) };
  }
  shape->n = 12;
}

void
mill_marker_shape (MillMarker marker, double x, double y, double size_px, MillMarkerShape *shape)
{
  double half = size_px / 2.0;

  *shape = (MillMarkerShape){ .n = 0 };
  switch (marker) {
  case MILL_MARKER_SQUARE:
    add_star (shape, x, y, half * 1.2, 4, 1.0, G_PI / 4.0);
    break;
  case MILL_MARKER_DIAMOND:
    add_star (shape, x, y, half * 1.2, 4, 1.0, 0.0);
    break;
  case MILL_MARKER_TRIANGLE:
    shape->points[0] = (MillPoint){ x, y - half };
    shape->points[1] = (MillPoint){ x + half, y + half * 0.8 };
    shape->points[2] = (MillPoint){ x - half, y + half * 0.8 };
    shape->n = 3;
    break;
  case MILL_MARKER_TRIANGLE_DOWN:
    shape->points[0] = (MillPoint){ x, y + half };
    shape->points[1] = (MillPoint){ x + half, y - half * 0.8 };
    shape->points[2] = (MillPoint){ x - half, y - half * 0.8 };
    shape->n = 3;
    break;
  case MILL_MARKER_STAR:
    add_star (shape, x, y, half * 1.25, 10, 0.45, -G_PI / 2.0);
    break;
  case MILL_MARKER_PLUS:
    add_plus (shape, x, y, half, 0.0);
    break;
  case MILL_MARKER_CROSS:
    add_plus (shape, x, y, half, G_PI / 4.0);
    break;
  case MILL_MARKER_RING:
    shape->open = TRUE;
    break;
  case MILL_MARKER_CIRCLE:
  case MILL_MARKER_NONE:
  case MILL_N_MARKERS:
  default:
    break;
  }
}

static void
paint_marker (cairo_t *cr, const MillPrimitive *primitive)
{
  MillMarkerShape shape;

  mill_marker_shape (primitive->marker, primitive->at.x, primitive->at.y, primitive->size_px,
                     &shape);
  if (shape.n > 0)
    points_path (cr, shape.points, shape.n, TRUE);
  else
    cairo_arc (cr, primitive->at.x, primitive->at.y, primitive->size_px / 2.0, 0.0, 2.0 * G_PI);
  set_color (cr, primitive->fill.color);
  if (shape.open) {
    cairo_set_line_width (cr, primitive->size_px / 4.0);
    cairo_set_dash (cr, NULL, 0, 0.0);
    cairo_stroke (cr);
    return;
  }
  cairo_fill_preserve (cr);
  stroke_path (cr, &primitive->stroke);
}

static void
paint_text (cairo_t *cr,
            PangoContext *context,
            const MillScene *scene,
            const MillPrimitive *primitive)
{
  g_autoptr (PangoLayout) layout =
      mill_font_layout_new (context, mill_scene_get_family (scene), primitive->text,
                            primitive->size_px, primitive->weight);
  double before = primitive->text_width_px * primitive->anchor / 2.0;

  cairo_save (cr);
  cairo_translate (cr, primitive->at.x, primitive->at.y);
  if (primitive->rotated)
    cairo_rotate (cr, -G_PI / 2.0);
  cairo_move_to (cr, -before, -(double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  set_color (cr, primitive->fill.color);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  cairo_new_path (cr);
}

static void
paint_primitive (cairo_t *cr,
                 PangoContext *context,
                 const MillScene *scene,
                 const MillPrimitive *primitive)
{
  switch (primitive->type) {
  case MILL_PRIMITIVE_RECT:
    paint_rect (cr, primitive);
    break;
  case MILL_PRIMITIVE_LINE:
  case MILL_PRIMITIVE_POLYLINE:
    points_path (cr, mill_scene_get_points (scene, primitive), primitive->n_points, FALSE);
    stroke_path (cr, &primitive->stroke);
    break;
  case MILL_PRIMITIVE_POLYGON:
    paint_polygon (cr, scene, primitive);
    break;
  case MILL_PRIMITIVE_MARKER:
    paint_marker (cr, primitive);
    break;
  case MILL_PRIMITIVE_TEXT:
    paint_text (cr, context, scene, primitive);
    break;
  case MILL_PRIMITIVE_PUSH_CLIP:
    cairo_save (cr);
    cairo_rectangle (cr, primitive->box.x, primitive->box.y, primitive->box.width,
                     primitive->box.height);
    cairo_clip (cr);
    break;
  case MILL_PRIMITIVE_POP_CLIP:
  default:
    cairo_restore (cr);
    break;
  }
}

void
mill_scene_paint (const MillScene *scene, cairo_t *cr, gboolean background)
{
  PangoContext *context = mill_font_context_new ();

  cairo_save (cr);
  cairo_new_path (cr);
  if (background && mill_scene_get_background (scene).alpha > 0) {
    set_color (cr, mill_scene_get_background (scene));
    cairo_rectangle (cr, 0.0, 0.0, mill_scene_get_width (scene), mill_scene_get_height (scene));
    cairo_fill (cr);
  }
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++)
    paint_primitive (cr, context, scene, mill_scene_get_primitive (scene, i));
  cairo_restore (cr);
  g_object_unref (context);
}
