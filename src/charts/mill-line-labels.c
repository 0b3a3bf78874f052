/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-line-labels.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Between the plot and the labels, in units. */
#define LABEL_GAP 12.0
/* A label this many line heights away from its line gets a leader. */
#define LEADER_FROM 0.4
/* Width of a marker in units. */
#define MARKER_SIZE 8.0

static MillTextRole
label_role (const MillLineLabel *label)
{
  return label->secondary ? MILL_TEXT_TICK : MILL_TEXT_LABEL_BOLD;
}

double
mill_line_labels_width (const MillLayout *layout,
                        const MillLineLabel *labels,
                        guint n_labels,
                        double max_share)
{
  double widest = 0.0;

  if (layout->options->plain)
    return 0.0;
  for (guint i = 0; i < n_labels; i++)
    widest = MAX (widest, mill_layout_text_width (layout, labels[i].text, label_role (&labels[i])));
  widest += 1.0 + LABEL_GAP * mill_layout_unit (layout);
  return MIN (widest, layout->width_px * max_share);
}

static void
add_more (MillLayout *layout, double x, double y, guint n_more, double max_width_px)
{
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

  mill_layout_text (layout, text, x, y + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, max_width_px);
}

void
mill_line_labels_add (MillLayout *layout,
                      const MillBox *plot,
                      const MillLineLabel *labels,
                      guint n_labels,
                      double width_px)
{
  g_autofree double *places = g_new (double, MAX (n_labels, 1));
  double unit = mill_layout_unit (layout);
  double height = mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD);
  double right = plot->x + plot->width, bottom = plot->y + plot->height;
  double x = right + LABEL_GAP * unit, text_width = width_px - LABEL_GAP * unit;
  guint fitting = (guint) MAX (floor (plot->height / height), 1.0), n_shown = n_labels;

  if (layout->options->plain || text_width <= 0.0)
    return;
  if (n_labels > fitting) {
    n_shown = fitting - 1;
    /* Above the axis, where the last tick's label does not reach. */
    bottom -= height / 2;
    add_more (layout, x, bottom, n_labels - n_shown, text_width);
    bottom -= height;
  }
  for (guint i = 0; i < n_shown; i++)
    places[i] = isfinite (labels[i].y) ? labels[i].y : bottom;
  mill_layout_spread (places, n_shown, height, plot->y, bottom);
  for (guint i = 0; i < n_shown; i++) {
    const MillLineLabel *label = &labels[i];
    MillTextRole role = label_role (label);

    if (fabs (places[i] - label->y) > LEADER_FROM * height) {
      MillStroke leader = { .color = label->color, .width_px = 0.75 * unit };

      mill_scene_add_line (layout->scene, right + 3 * unit, label->y, x - 2 * unit, places[i],
                           &leader);
    }
    mill_layout_text (layout, label->text, x,
                      places[i] + mill_layout_baseline_offset (layout, role), MILL_ANCHOR_LEFT,
                      role, &label->color, text_width);
  }
}

void
mill_line_marker_add (MillLayout *layout, double x, double y, const MillSeriesStyle *style)
{
  double unit = mill_layout_unit (layout);
  MillStroke rim = { .color = layout->theme->background, .width_px = 0.8 * unit };

  mill_scene_add_marker (layout->scene, x, y, style->marker, MARKER_SIZE * unit, style->color,
                         &rim);
}

static gboolean
is_point (const MillPoint *point)
{
  return isfinite (point->x) && isfinite (point->y);
}

void
mill_line_add (MillLayout *layout,
               const MillPoint *points,
               guint n_points,
               const MillSeriesStyle *style,
               MillDash dash)
{
  MillStroke stroke = mill_layout_stroke (layout, &style->line);

  if (dash != MILL_DASH_NONE)
    stroke.dash = dash;
  for (guint i = 0; i < n_points;) {
    guint n = 0;

    while (i + n < n_points && is_point (&points[i + n]))
      n++;
    if (n == 1)
      mill_line_marker_add (layout, points[i].x, points[i].y, style);
    else if (n > 1)
      mill_scene_add_polyline (layout->scene, points + i, n, &stroke);
    i += MAX (n, 1);
  }
}

void
mill_line_ring_add (MillLayout *layout, double x, double y)
{
  double unit = mill_layout_unit (layout);
  MillStroke ring = { .color = layout->theme->text, .width_px = 2.0 * unit };
  MillFill none = { .pattern = MILL_PATTERN_NONE };
  double radius = 6.0 * unit;

  mill_scene_add_rect (layout->scene, x - radius, y - radius, 2 * radius, 2 * radius, radius, &none,
                       &ring);
}

void
mill_line_cursor_add (MillLayout *layout, const MillBox *plot, double x)
{
  MillStroke line = { .color = layout->theme->text, .width_px = 1.2 * mill_layout_unit (layout) };

  mill_scene_add_line (layout->scene, x, plot->y, x, plot->y + plot->height, &line);
}
