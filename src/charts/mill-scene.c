/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-scene.h"

#include <math.h>

struct _MillScene {
  gatomicrefcount references;
  double width_px, height_px;
  MillColor background; /* alpha 0: none */
  char *family;
  char *title;
  char *summary;
  GArray *primitives; /* MillPrimitive */
  GArray *points;     /* MillPoint */
  GArray *hits;       /* MillHit */
  GPtrArray *table;   /* GStrv */
};

static void
primitive_clear (gpointer data)
{
  g_free (((MillPrimitive *) data)->text);
}

static void
hit_clear (gpointer data)
{
  g_free (((MillHit *) data)->text);
}

MillScene *
mill_scene_new (double width_px, double height_px)
{
  MillScene *scene = g_new0 (MillScene, 1);

  g_atomic_ref_count_init (&scene->references);
  scene->width_px = width_px;
  scene->height_px = height_px;
  scene->family = g_strdup ("sans");
  scene->title = g_strdup ("");
  scene->summary = g_strdup ("");
  scene->primitives = g_array_new (FALSE, TRUE, sizeof (MillPrimitive));
  g_array_set_clear_func (scene->primitives, primitive_clear);
  scene->points = g_array_new (FALSE, FALSE, sizeof (MillPoint));
  scene->hits = g_array_new (FALSE, FALSE, sizeof (MillHit));
  g_array_set_clear_func (scene->hits, hit_clear);
  scene->table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return scene;
}

MillScene *
mill_scene_ref (MillScene *scene)
{
  g_atomic_ref_count_inc (&scene->references);
  return scene;
}

void
mill_scene_unref (MillScene *scene)
{
  if (!g_atomic_ref_count_dec (&scene->references))
    return;
  g_free (scene->family);
  g_free (scene->title);
  g_free (scene->summary);
  g_array_unref (scene->primitives);
  g_array_unref (scene->points);
  g_array_unref (scene->hits);
  g_ptr_array_unref (scene->table);
  g_free (scene);
}

double
mill_scene_get_width (const MillScene *scene)
{
  return scene->width_px;
}

double
mill_scene_get_height (const MillScene *scene)
{
  return scene->height_px;
}

/* Replaces an owned string; the old one may be a part of the new one. */
static void
replace (char **place, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*place);
  *place = copy;
}

void
mill_scene_set_background (MillScene *scene, MillColor color)
{
  scene->background = color;
}

MillColor
mill_scene_get_background (const MillScene *scene)
{
  return scene->background;
}

void
mill_scene_set_family (MillScene *scene, const char *family)
{
  replace (&scene->family, family);
}

const char *
mill_scene_get_family (const MillScene *scene)
{
  return scene->family;
}

void
mill_scene_set_summary (MillScene *scene, const char *summary)
{
  replace (&scene->summary, summary);
}

const char *
mill_scene_get_summary (const MillScene *scene)
{
  return scene->summary;
}

void
mill_scene_set_title (MillScene *scene, const char *title)
{
  replace (&scene->title, title);
}

const char *
mill_scene_get_title (const MillScene *scene)
{
  return scene->title;
}

static MillPrimitive *
append (MillScene *scene, MillPrimitiveType type, const MillFill *fill, const MillStroke *stroke)
{
  MillPrimitive primitive = { .type = type };

  if (fill)
    primitive.fill = *fill;
  if (stroke)
    primitive.stroke = *stroke;
  g_array_append_val (scene->primitives, primitive);
  return &g_array_index (scene->primitives, MillPrimitive, scene->primitives->len - 1);
}

static gboolean
box_is_finite (double x, double y, double width, double height)
{
  return isfinite (x) && isfinite (y) && isfinite (width) && isfinite (height);
}

void
mill_scene_add_rect (MillScene *scene,
                     double x,
                     double y,
                     double width,
                     double height,
                     double radius_px,
                     const MillFill *fill,
                     const MillStroke *stroke)
{
  if (!box_is_finite (x, y, width, height))
    return;
  MillPrimitive *primitive = append (scene, MILL_PRIMITIVE_RECT, fill, stroke);
  primitive->box = (MillBox){ width < 0 ? x + width : x, height < 0 ? y + height : y, fabs (width),
                              fabs (height) };
  primitive->radius_px = radius_px;
}

static void
add_points (MillScene *scene,
            MillPrimitiveType type,
            const MillPoint *points,
            guint n_points,
            const MillFill *fill,
            const MillStroke *stroke)
{
  double left = G_MAXDOUBLE;
  double top = G_MAXDOUBLE;
  double right = -G_MAXDOUBLE;
  double bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < n_points; i++) {
    if (!isfinite (points[i].x) || !isfinite (points[i].y))
      return;
    left = MIN (left, points[i].x);
    right = MAX (right, points[i].x);
    top = MIN (top, points[i].y);
    bottom = MAX (bottom, points[i].y);
  }
  if (n_points == 0)
    return;
  MillPrimitive *primitive = append (scene, type, fill, stroke);
  primitive->box = (MillBox){ left, top, right - left, bottom - top };
  primitive->first_point = scene->points->len;
  primitive->n_points = n_points;
  g_array_append_vals (scene->points, points, n_points);
}

void
mill_scene_add_line (
    MillScene *scene, double x1, double y1, double x2, double y2, const MillStroke *stroke)
{
  const MillPoint points[] = { { x1, y1 }, { x2, y2 } };

  add_points (scene, MILL_PRIMITIVE_LINE, points, 2, NULL, stroke);
}

void
mill_scene_add_polyline (MillScene *scene,
                         const MillPoint *points,
                         guint n_points,
                         const MillStroke *stroke)
{
  add_points (scene, MILL_PRIMITIVE_POLYLINE, points, n_points, NULL, stroke);
}

void
mill_scene_add_polygon (MillScene *scene,
                        const MillPoint *points,
                        guint n_points,
                        const MillFill *fill,
                        const MillStroke *stroke)
{
  add_points (scene, MILL_PRIMITIVE_POLYGON, points, n_points, fill, stroke);
}

void
mill_scene_add_marker (MillScene *scene,
                       double x,
                       double y,
                       MillMarker marker,
                       double size_px,
                       MillColor color,
                       const MillStroke *outline)
{
  if (!box_is_finite (x, y, size_px, size_px) || marker == MILL_MARKER_NONE)
    return;
  MillPrimitive *primitive = append (scene, MILL_PRIMITIVE_MARKER, NULL, outline);
  primitive->box = (MillBox){ x - size_px / 2.0, y - size_px / 2.0, size_px, size_px };
  primitive->at = (MillPoint){ x, y };
  primitive->marker = marker;
  primitive->size_px = size_px;
  primitive->fill = (MillFill){ .pattern = MILL_PATTERN_SOLID, .color = color };
}

static double
anchor_share (MillAnchor anchor)
{
  switch (anchor) {
  case MILL_ANCHOR_LEFT:
    return 0.0;
  case MILL_ANCHOR_MIDDLE:
    return 0.5;
  case MILL_ANCHOR_RIGHT:
  default:
    return 1.0;
  }
}

/* Where a text's ink may be. Text that reads upwards runs from its anchor to the top. */
static MillBox
text_box (double x, double y, MillAnchor anchor, gboolean rotated, const MillTextExtents *extents)
{
  double before = anchor_share (anchor) * extents->width_px;
  double height = extents->ascent_px + extents->descent_px;

  if (rotated)
    return (MillBox){ x - extents->ascent_px, y - extents->width_px + before, height,
                      extents->width_px };
  return (MillBox){ x - before, y - extents->ascent_px, extents->width_px, height };
}

void
mill_scene_add_text (MillScene *scene,
                     const char *text,
                     double x,
                     double baseline_y,
                     MillAnchor anchor,
                     double size_px,
                     MillWeight weight,
                     MillColor color,
                     gboolean rotated,
                     const MillTextExtents *extents)
{
  if (!box_is_finite (x, baseline_y, size_px, extents->width_px) || !*text)
    return;
  MillPrimitive *primitive = append (scene, MILL_PRIMITIVE_TEXT, NULL, NULL);
  primitive->at = (MillPoint){ x, baseline_y };
  primitive->anchor = anchor;
  primitive->size_px = size_px;
  primitive->weight = weight;
  primitive->rotated = rotated;
  primitive->text_width_px = extents->width_px;
  primitive->text = g_strdup (text);
  primitive->fill = (MillFill){ .pattern = MILL_PATTERN_SOLID, .color = color };
  primitive->box = text_box (x, baseline_y, anchor, rotated, extents);
}

void
mill_scene_push_clip (MillScene *scene, const MillBox *box)
{
  append (scene, MILL_PRIMITIVE_PUSH_CLIP, NULL, NULL)->box = *box;
}

void
mill_scene_pop_clip (MillScene *scene)
{
  append (scene, MILL_PRIMITIVE_POP_CLIP, NULL, NULL);
}

void
mill_scene_add_hit (MillScene *scene,
                    const MillBox *box,
                    double anchor_x,
                    double anchor_y,
                    int series,
                    int index,
                    MillColor color,
                    const char *text)
{
  MillHit hit = { *box, { anchor_x, anchor_y }, series, index, NULL, color };

  if (!box_is_finite (box->x, box->y, box->width, box->height) ||
      !box_is_finite (anchor_x, anchor_y, 0, 0))
    return;
  hit.text = g_strdup (text);
  g_array_append_val (scene->hits, hit);
}

void
mill_scene_add_table_row (MillScene *scene, const char *const *cells)
{
  g_ptr_array_add (scene->table, g_strdupv ((char **) cells));
}

guint
mill_scene_get_n_table_rows (const MillScene *scene)
{
  return scene->table->len;
}

const char *const *
mill_scene_get_table_row (const MillScene *scene, guint row)
{
  g_return_val_if_fail (row < scene->table->len, NULL);
  return g_ptr_array_index (scene->table, row);
}

guint
mill_scene_get_n_primitives (const MillScene *scene)
{
  return scene->primitives->len;
}

const MillPrimitive *
mill_scene_get_primitive (const MillScene *scene, guint index)
{
  return &g_array_index (scene->primitives, MillPrimitive, index);
}

const MillPoint *
mill_scene_get_points (const MillScene *scene, const MillPrimitive *primitive)
{
  return &g_array_index (scene->points, MillPoint, primitive->first_point);
}

guint
mill_scene_get_n_hits (const MillScene *scene)
{
  return scene->hits->len;
}

const MillHit *
mill_scene_get_hit (const MillScene *scene, guint index)
{
  g_return_val_if_fail (index < scene->hits->len, NULL);
  return &g_array_index (scene->hits, MillHit, index);
}

static void
mirror_box (MillBox *box, double width_px)
{
  box->x = width_px - box->x - box->width;
}

void
mill_scene_mirror (MillScene *scene)
{
  for (guint i = 0; i < scene->points->len; i++) {
    MillPoint *point = &g_array_index (scene->points, MillPoint, i);

    point->x = scene->width_px - point->x;
  }
  for (guint i = 0; i < scene->primitives->len; i++) {
    MillPrimitive *primitive = &g_array_index (scene->primitives, MillPrimitive, i);

    if (primitive->type == MILL_PRIMITIVE_TEXT && primitive->rotated) {
      /* It still reads upwards, so its box stays on the same side of the baseline. */
      double above = primitive->at.x - primitive->box.x;

      primitive->at.x = scene->width_px - primitive->box.x - primitive->box.width + above;
      mirror_box (&primitive->box, scene->width_px);
      continue;
    }
    mirror_box (&primitive->box, scene->width_px);
    primitive->at.x = scene->width_px - primitive->at.x;
    if (primitive->type == MILL_PRIMITIVE_TEXT)
      primitive->anchor = MILL_ANCHOR_RIGHT - primitive->anchor;
  }
  for (guint i = 0; i < scene->hits->len; i++) {
    MillHit *hit = &g_array_index (scene->hits, MillHit, i);

    mirror_box (&hit->box, scene->width_px);
    hit->anchor.x = scene->width_px - hit->anchor.x;
  }
}
