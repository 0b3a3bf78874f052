/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "charts/mill-scene.h"

G_BEGIN_DECLS

/**
 * mill_scene_paint:
 * @cr: any cairo context; the scene's pixel is its unit
 * @background: whether the scene's background is painted first
 *
 * The one way that a scene becomes a picture, in the window and in files: no snapping to pixels
 * and no difference by output.
 */
void mill_scene_paint (const MillScene *scene, cairo_t *cr, gboolean background);

/**
 * mill_dash_lengths:
 * @lengths: (out): on and off, in px
 *
 * Returns: whether the stroke is dashed
 */
gboolean mill_dash_lengths (const MillStroke *stroke, double lengths[2]);

/* A marker's outline inside of a square of that size, as a closed shape around a centre. */
typedef struct {
  MillPoint points[12];
  guint n;       /* 0: a circle */
  gboolean open; /* a ring: only its outline */
} MillMarkerShape;

void
mill_marker_shape (MillMarker marker, double x, double y, double size_px, MillMarkerShape *shape);

G_END_DECLS
