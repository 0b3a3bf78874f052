/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-color.h"
#include "charts/mill-text-measurer.h"

G_BEGIN_DECLS

/* What a chart is once it is laid out: primitives with absolute coordinates in paint order,
 * hit boxes, a summary in words and the data as a table. Coordinates are in pixels at scale 1,
 * y runs downwards. Built once, then only read, so that it may be painted anywhere. */
typedef struct _MillScene MillScene;

typedef struct {
  double x, y;
} MillPoint;

typedef struct {
  double x, y, width, height;
} MillBox;

/* Physical: mill_scene_mirror() swaps left and right. */
typedef enum {
  MILL_ANCHOR_LEFT,
  MILL_ANCHOR_MIDDLE,
  MILL_ANCHOR_RIGHT,
} MillAnchor;

typedef enum {
  MILL_PRIMITIVE_RECT,
  MILL_PRIMITIVE_LINE,
  MILL_PRIMITIVE_POLYLINE,
  MILL_PRIMITIVE_POLYGON,
  MILL_PRIMITIVE_MARKER,
  MILL_PRIMITIVE_TEXT,
  MILL_PRIMITIVE_PUSH_CLIP,
  MILL_PRIMITIVE_POP_CLIP,
} MillPrimitiveType;

/* One primitive, as painters and writers read it. Which members count depends on the type. */
typedef struct {
  MillPrimitiveType type;
  MillBox box;       /* rect, clip; text: its box, even when rotated; else the bounds */
  double radius_px;  /* rect: of its corners */
  guint first_point; /* line, polyline, polygon: into mill_scene_get_points() */
  guint n_points;
  MillFill fill;
  MillStroke stroke; /* width 0: none */
  MillMarker marker; /* centre in x, y of `at` */
  double size_px;    /* marker: width; text: of the font */
  MillPoint at;      /* marker: centre; text: the anchor on the baseline */
  MillAnchor anchor;
  MillWeight weight;
  gboolean rotated; /* text: reads upwards */
  double text_width_px;
  char *text;
} MillPrimitive;

/* Something that can be pointed at. */
typedef struct {
  MillBox box;      /* where a pointer is inside */
  MillPoint anchor; /* where the datum is */
  int series;       /* which line, row or lane */
  int index;        /* which datum in it */
  char *text;       /* lines of the readout: the first is its title, then "label\tvalue" */
  MillColor color;  /* of its series */
} MillHit;

typedef enum {
  MILL_CURSOR_LEFT,
  MILL_CURSOR_RIGHT,
  MILL_CURSOR_UP,
  MILL_CURSOR_DOWN,
  MILL_CURSOR_FIRST,
  MILL_CURSOR_LAST,
} MillCursorDirection;

MillScene *mill_scene_new (double width_px, double height_px);
MillScene *mill_scene_ref (MillScene *scene);
void mill_scene_unref (MillScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillScene, mill_scene_unref)

double mill_scene_get_width (const MillScene *scene);
double mill_scene_get_height (const MillScene *scene);

/* One font family for the whole scene; "sans" unless set. */
void mill_scene_set_family (MillScene *scene, const char *family);
const char *mill_scene_get_family (const MillScene *scene);

/* What lies under everything; nothing unless set. Painters may leave it out (transparent). */
void mill_scene_set_background (MillScene *scene, MillColor color);
MillColor mill_scene_get_background (const MillScene *scene);

/* Building. `fill` and `stroke` may be NULL: none. Numbers that are not finite are no
 * primitive: the call is dropped. */
void mill_scene_add_rect (MillScene *scene,
                          double x,
                          double y,
                          double width,
                          double height,
                          double radius_px,
                          const MillFill *fill,
                          const MillStroke *stroke);
void mill_scene_add_line (
    MillScene *scene, double x1, double y1, double x2, double y2, const MillStroke *stroke);
void mill_scene_add_polyline (MillScene *scene,
                              const MillPoint *points,
                              guint n_points,
                              const MillStroke *stroke);
void mill_scene_add_polygon (MillScene *scene,
                             const MillPoint *points,
                             guint n_points,
                             const MillFill *fill,
                             const MillStroke *stroke);
/* A marker filled with `color`; `outline` may be NULL. */
void mill_scene_add_marker (MillScene *scene,
                            double x,
                            double y,
                            MillMarker marker,
                            double size_px,
                            MillColor color,
                            const MillStroke *outline);
/* Text as it is, already elided; kinds use mill_layout_text(), which measures and elides. */
void mill_scene_add_text (MillScene *scene,
                          const char *text,
                          double x,
                          double baseline_y,
                          MillAnchor anchor,
                          double size_px,
                          MillWeight weight,
                          MillColor color,
                          gboolean rotated,
                          const MillTextExtents *extents);
/* Nothing outside of the box is drawn until the matching pop; they nest. */
void mill_scene_push_clip (MillScene *scene, const MillBox *box);
void mill_scene_pop_clip (MillScene *scene);

/**
 * mill_scene_add_hit:
 * @text: copied; the first line is the title, the others "label\tvalue"
 */
void mill_scene_add_hit (MillScene *scene,
                         const MillBox *box,
                         double anchor_x,
                         double anchor_y,
                         int series,
                         int index,
                         MillColor color,
                         const char *text);

/* One paragraph in words: what the chart shows, for screen readers and as alternative text. */
void mill_scene_set_summary (MillScene *scene, const char *summary);
const char *mill_scene_get_summary (const MillScene *scene);
/* The chart's title, as painted; for document titles. */
void mill_scene_set_title (MillScene *scene, const char *title);
const char *mill_scene_get_title (const MillScene *scene);

/* The data as a table: the first row is the header. The strings are copied. */
void mill_scene_add_table_row (MillScene *scene, const char *const *cells);
guint mill_scene_get_n_table_rows (const MillScene *scene);
const char *const *mill_scene_get_table_row (const MillScene *scene, guint row);

/* Reading. */
guint mill_scene_get_n_primitives (const MillScene *scene);
const MillPrimitive *mill_scene_get_primitive (const MillScene *scene, guint index);
const MillPoint *mill_scene_get_points (const MillScene *scene, const MillPrimitive *primitive);
guint mill_scene_get_n_hits (const MillScene *scene);
const MillHit *mill_scene_get_hit (const MillScene *scene, guint index);

/**
 * mill_scene_hit:
 * @max_distance_px: how far a datum may be from the point
 *
 * The datum whose box holds the point, the smallest first; else the one with the nearest box.
 *
 * Returns: an index for mill_scene_get_hit(), or -1
 */
int mill_scene_hit (const MillScene *scene, double x, double y, double max_distance_px);

/**
 * mill_scene_find_hit:
 *
 * Returns: the hit with that series and index, or -1: how a cursor survives a new layout
 */
int mill_scene_find_hit (const MillScene *scene, int series, int index);

/**
 * mill_scene_cursor_move:
 * @from: a hit's index, or -1 to begin
 *
 * Left and right stay in the series and go to its next datum by position; up and down go to the
 * nearest datum of the next series above or below.
 *
 * Returns: the new hit; @from where there is nothing in that direction; -1 without any hit
 */
int mill_scene_cursor_move (const MillScene *scene, int from, MillCursorDirection direction);

/* Right to left: everything is reflected, texts and patterns stay readable. */
void mill_scene_mirror (MillScene *scene);

/**
 * mill_scene_to_text:
 *
 * Returns: (transfer full): the scene as lines of text, coordinates with one decimal, for tests
 */
char *mill_scene_to_text (const MillScene *scene);

G_END_DECLS
