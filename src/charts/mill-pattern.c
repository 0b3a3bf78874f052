/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-pattern.h"

#include <math.h>

/* A stripe cut at a box has at most six corners; each of two cuts may add one more. */
#define MAX_CORNERS 8

typedef struct {
  MillPoint points[MAX_CORNERS];
  guint n;
} Shape;

/* Keeps what lies on the side of a line where x * nx + y * ny >= at. */
static void
cut (Shape *shape, double nx, double ny, double at)
{
  Shape kept = { .n = 0 };

  for (guint i = 0; i < shape->n; i++) {
    MillPoint a = shape->points[i];
    MillPoint b = shape->points[(i + 1) % shape->n];
    double a_side = a.x * nx + a.y * ny - at;
    double b_side = b.x * nx + b.y * ny - at;

    if (a_side >= 0.0 && kept.n < MAX_CORNERS)
      kept.points[kept.n++] = a;
    if ((a_side < 0.0) != (b_side < 0.0) && kept.n < MAX_CORNERS) {
      double share = a_side / (a_side - b_side);

      kept.points[kept.n++] = (MillPoint){ a.x + share * (b.x - a.x), a.y + share * (b.y - a.y) };
    }
  }
  *shape = kept;
}

static void
append_shape (cairo_t *cr, const Shape *shape)
{
  if (shape->n < 3)
    return;
  cairo_move_to (cr, shape->points[0].x, shape->points[0].y);
  for (guint i = 1; i < shape->n; i++)
    cairo_line_to (cr, shape->points[i].x, shape->points[i].y);
  cairo_close_path (cr);
}

/* Stripes across the direction (nx, ny), a unit vector. */
static void
append_stripes (cairo_t *cr, const MillBox *box, double nx, double ny, double spacing, double line)
{
  double right = box->x + box->width;
  double bottom = box->y + box->height;
  const Shape whole = {
    .points = { { box->x, box->y }, { right, box->y }, { right, bottom }, { box->x, bottom } },
    .n = 4,
  };
  double least = G_MAXDOUBLE;
  double most = -G_MAXDOUBLE;

  for (guint i = 0; i < whole.n; i++) {
    double along = whole.points[i].x * nx + whole.points[i].y * ny;

    least = MIN (least, along);
    most = MAX (most, along);
  }
  for (double i = floor ((least - line) / spacing); i * spacing <= most + line; i += 1.0) {
    Shape stripe = whole;

    cut (&stripe, nx, ny, i * spacing - line / 2.0);
    cut (&stripe, -nx, -ny, -(i * spacing + line / 2.0));
    append_shape (cr, &stripe);
  }
}

/* One row of the grid; returns whether any dot fits. */
static gboolean
append_dot_row (
    cairo_t *cr, const MillBox *box, double y, double shift, double spacing, double radius)
{
  gboolean any = FALSE;

  for (double x = ceil ((box->x + radius - shift) / spacing) * spacing + shift;
       x + radius <= box->x + box->width; x += spacing) {
    cairo_new_sub_path (cr);
    cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
    cairo_close_path (cr);
    any = TRUE;
  }
  return any;
}

/* Dots that would be cut at an edge are left out: half dots look like dirt. In a box too low for
 * the grid a row stands in the middle, in one too small for that a single dot. */
static void
append_dots (cairo_t *cr, const MillBox *box, double spacing, double diameter)
{
  double radius = MIN (diameter, MIN (box->width, box->height)) / 2.0;
  double middle = box->y + box->height / 2.0;
  gboolean any = FALSE;

  for (double row = ceil ((box->y + radius) / spacing);
       row * spacing + radius <= box->y + box->height; row += 1.0)
    any |= append_dot_row (cr, box, row * spacing, fmod (row, 2.0) != 0.0 ? spacing / 2.0 : 0.0,
                           spacing, radius);
  if (!any && radius > 0.3)
    any = append_dot_row (cr, box, middle, 0.0, spacing, radius);
  if (!any && radius > 0.3) {
    cairo_new_sub_path (cr);
    cairo_arc (cr, box->x + box->width / 2.0, middle, radius, 0.0, 2.0 * G_PI);
    cairo_close_path (cr);
  }
}

void
mill_pattern_path (cairo_t *cr, const MillFill *fill, const MillBox *box)
{
  double spacing = MAX (fill->spacing_px, 1.0);
  double line = fill->line_px;

  if (box->width <= 0.0 || box->height <= 0.0)
    return;
  switch (fill->pattern) {
  case MILL_PATTERN_HATCH:
    append_stripes (cr, box, G_SQRT2 / 2.0, G_SQRT2 / 2.0, spacing, line);
    break;
  case MILL_PATTERN_BACK_HATCH:
    append_stripes (cr, box, G_SQRT2 / 2.0, -G_SQRT2 / 2.0, spacing, line);
    break;
  case MILL_PATTERN_CROSS_HATCH:
    append_stripes (cr, box, G_SQRT2 / 2.0, G_SQRT2 / 2.0, spacing, line);
    append_stripes (cr, box, G_SQRT2 / 2.0, -G_SQRT2 / 2.0, spacing, line);
    break;
  case MILL_PATTERN_HORIZONTAL:
    append_stripes (cr, box, 0.0, 1.0, spacing, line);
    break;
  case MILL_PATTERN_VERTICAL:
    append_stripes (cr, box, 1.0, 0.0, spacing, line);
    break;
  case MILL_PATTERN_GRID:
    append_stripes (cr, box, 0.0, 1.0, spacing, line);
    append_stripes (cr, box, 1.0, 0.0, spacing, line);
    break;
  case MILL_PATTERN_DOTS:
    append_dots (cr, box, spacing, line);
    break;
  case MILL_PATTERN_NONE:
  case MILL_PATTERN_SOLID:
  case MILL_PATTERN_OUTLINE:
  case MILL_N_PATTERNS:
  default:
    break;
  }
}
