/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-scene.h"

#include <math.h>

static const char *const pattern_names[MILL_N_PATTERNS] = {
  "none",       "solid",   "hatch",      "dots", "cross-hatch",
  "back-hatch", "outline", "horizontal", "grid", "vertical",
};
static const char *const marker_names[MILL_N_MARKERS] = {
  "none", "cross",    "square",        "circle", "diamond",
  "plus", "triangle", "triangle-down", "star",   "ring",
};
static const char *const dash_names[MILL_N_DASHES] = { "", " dashed", " dotted", " long" };
static const char *const anchor_names[] = { "left", "middle", "right" };

/* One decimal, without a negative zero, whatever the locale is. */
static void
append_numbers (GString *text, guint n, const double *numbers)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < n; i++) {
    double rounded = round (numbers[i] * 10.0) / 10.0;

    g_ascii_formatd (digits, sizeof digits, "%.1f", rounded == 0.0 ? 0.0 : rounded);
    g_string_append_c (text, ' ');
    g_string_append (text, digits);
  }
}

static void
append_box (GString *text, const MillBox *box)
{
  append_numbers (text, 4, (const double[]){ box->x, box->y, box->width, box->height });
}

static void
append_color (GString *text, MillColor color)
{
  g_string_append_printf (text, " #%02x%02x%02x", color.red, color.green, color.blue);
  if (color.alpha != 255)
    g_string_append_printf (text, "%02x", color.alpha);
}

static void
append_fill (GString *text, const MillFill *fill)
{
  if (fill->pattern == MILL_PATTERN_NONE)
    return;
  g_string_append_printf (text, " fill %s", pattern_names[fill->pattern]);
  append_color (text, fill->color);
}

static void
append_stroke (GString *text, const MillStroke *stroke)
{
  if (stroke->width_px <= 0.0)
    return;
  g_string_append (text, " stroke");
  append_color (text, stroke->color);
  append_numbers (text, 1, &stroke->width_px);
  g_string_append (text, dash_names[stroke->dash]);
}

static void
append_points (GString *text, const MillScene *scene, const MillPrimitive *primitive)
{
  const MillPoint *points = mill_scene_get_points (scene, primitive);

  for (guint i = 0; i < primitive->n_points; i++)
    append_numbers (text, 2, (const double[]){ points[i].x, points[i].y });
}

static void
append_primitive (GString *text, const MillScene *scene, const MillPrimitive *primitive)
{
  static const char *const names[] = {
    "rect", "line", "polyline", "polygon", "marker", "text", "clip", "unclip",
  };

  g_string_append (text, names[primitive->type]);
  switch (primitive->type) {
  case MILL_PRIMITIVE_RECT:
    append_box (text, &primitive->box);
    append_fill (text, &primitive->fill);
    append_stroke (text, &primitive->stroke);
    break;
  case MILL_PRIMITIVE_LINE:
  case MILL_PRIMITIVE_POLYLINE:
  case MILL_PRIMITIVE_POLYGON:
    append_points (text, scene, primitive);
    append_fill (text, &primitive->fill);
    append_stroke (text, &primitive->stroke);
    break;
  case MILL_PRIMITIVE_MARKER:
    g_string_append_printf (text, " %s", marker_names[primitive->marker]);
    append_numbers (text, 3,
                    (const double[]){ primitive->at.x, primitive->at.y, primitive->size_px });
    append_color (text, primitive->fill.color);
    break;
  case MILL_PRIMITIVE_TEXT:
    append_numbers (text, 3,
                    (const double[]){ primitive->at.x, primitive->at.y, primitive->size_px });
    append_color (text, primitive->fill.color);
    g_string_append_printf (text, " %s%s%s \"%s\"", anchor_names[primitive->anchor],
                            primitive->weight == MILL_WEIGHT_BOLD ? " bold" : "",
                            primitive->rotated ? " upwards" : "", primitive->text);
    break;
  case MILL_PRIMITIVE_PUSH_CLIP:
    append_box (text, &primitive->box);
    break;
  case MILL_PRIMITIVE_POP_CLIP:
  default:
    break;
  }
  g_string_append_c (text, '\n');
}

char *
mill_scene_to_text (const MillScene *scene)
{
  GString *text = g_string_new ("scene");

  append_numbers (text, 2,
                  (const double[]){ mill_scene_get_width (scene), mill_scene_get_height (scene) });
  append_color (text, mill_scene_get_background (scene));
  g_string_append_printf (text, "\ntitle %s\n", mill_scene_get_title (scene));
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++)
    append_primitive (text, scene, mill_scene_get_primitive (scene, i));
  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);
    g_auto (GStrv) lines = g_strsplit (hit->text, "\n", -1);
    g_autofree char *joined = g_strjoinv (" | ", lines);

    g_strdelimit (joined, "\t", '=');
    g_string_append_printf (text, "hit %d/%d", hit->series, hit->index);
    append_box (text, &hit->box);
    append_numbers (text, 2, (const double[]){ hit->anchor.x, hit->anchor.y });
    g_string_append_printf (text, " %s\n", joined);
  }
  g_string_append_printf (text, "summary %s\n", mill_scene_get_summary (scene));
  for (guint i = 0; i < mill_scene_get_n_table_rows (scene); i++) {
    g_autofree char *row = g_strjoinv (" | ", (char **) mill_scene_get_table_row (scene, i));

    g_string_append_printf (text, "row %s\n", row);
  }
  return g_string_free (text, FALSE);
}
