/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An sRGB colour, not premultiplied. */
typedef struct {
  guint8 red, green, blue, alpha;
} MillColor;

/* 0xRRGGBB, opaque; a constant expression. */
#define MILL_RGB(hex)                                                                              \
  {                                                                                                \
    ((hex) >> 16) & 0xff, ((hex) >> 8) & 0xff, (hex) &0xff, 0xff                                   \
  }

/* A bar's or area's fill pattern; always drawn as vectors. */
typedef enum {
  MILL_PATTERN_NONE, /* nothing but the outline */
  MILL_PATTERN_SOLID,
  MILL_PATTERN_HATCH, /* rising lines: /// */
  MILL_PATTERN_DOTS,
  MILL_PATTERN_CROSS_HATCH, /* rising and falling */
  MILL_PATTERN_BACK_HATCH,  /* falling lines */
  MILL_PATTERN_OUTLINE,     /* a pale inside and a thick outline */
  MILL_PATTERN_HORIZONTAL,
  MILL_PATTERN_GRID, /* horizontal and vertical lines */
  MILL_PATTERN_VERTICAL,
  MILL_N_PATTERNS
} MillPattern;

typedef struct {
  MillPattern pattern;
  MillColor color;   /* under the pattern; alpha 0: nothing */
  MillColor ink;     /* the lines or dots */
  double spacing_px; /* between lines */
  double line_px;    /* their width */
} MillFill;

typedef enum {
  MILL_DASH_NONE,
  MILL_DASH_DASHED,
  MILL_DASH_DOTTED,
  MILL_DASH_LONG,
  MILL_N_DASHES
} MillDash;

typedef struct {
  MillColor color;
  double width_px;
  MillDash dash;
} MillStroke;

typedef enum {
  MILL_MARKER_NONE,
  MILL_MARKER_CROSS, /* x */
  MILL_MARKER_SQUARE,
  MILL_MARKER_CIRCLE,
  MILL_MARKER_DIAMOND,
  MILL_MARKER_PLUS,
  MILL_MARKER_TRIANGLE,
  MILL_MARKER_TRIANGLE_DOWN,
  MILL_MARKER_STAR,
  MILL_MARKER_RING,
  MILL_N_MARKERS
} MillMarker;

/**
 * mill_color_mix:
 * @share: of @b, 0 to 1
 *
 * Returns: @a and @b mixed in sRGB, the alpha too
 */
MillColor mill_color_mix (MillColor a, MillColor b, double share);

/* The same colour with another alpha, 0 to 1. */
MillColor mill_color_with_alpha (MillColor color, double alpha);

/**
 * mill_color_contrast:
 *
 * Returns: the contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance)
 */
double mill_color_contrast (MillColor a, MillColor b);

gboolean mill_color_equal (MillColor a, MillColor b);

G_END_DECLS
