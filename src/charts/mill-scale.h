/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-quantity.h"

G_BEGIN_DECLS

/* Maps values to positions; plain data. Never divides by zero: a domain without extent is
 * widened, and a log domain is cut at its smallest positive value. */
typedef struct {
  gboolean log;
  double min, max;       /* the domain, finite, min < max; above 0 on a log scale */
  double from_px, to_px; /* where min and max lie; may run downwards */
} MillScale;

/**
 * mill_scale_linear:
 * @min: smallest value; not finite: 0
 * @max: largest value; not finite or not above @min: something above
 */
MillScale mill_scale_linear (double min, double max, double from_px, double to_px);

/**
 * mill_scale_log:
 *
 * Values of zero or less cannot be on a log axis: @min is then set a decade below @max.
 */
MillScale mill_scale_log (double min, double max, double from_px, double to_px);

/* The position of a value. Values that are not finite or that a log scale cannot show lie at
 * the start. */
double mill_scale_map (const MillScale *scale, double value);
/* As mill_scale_map(), but never outside of the range. */
double mill_scale_map_clamped (const MillScale *scale, double value);
/* The value at a position: the inverse. */
double mill_scale_invert (const MillScale *scale, double position_px);

/**
 * mill_scale_nice:
 * @max_ticks: about how many ticks there will be
 *
 * Widens the domain to the ticks around it (linear: 1-2-5 steps; log: 1-2-5 values).
 */
void mill_scale_nice (MillScale *scale, int max_ticks);

/* The ticks of an axis. */
typedef struct {
  GArray *values; /* double, ascending, inside the domain, at least 1 */
  double step;    /* 0 on a log scale */
} MillTicks;

/**
 * mill_scale_ticks:
 * @max_ticks: at most so many, at least 2
 * @integers: no steps below 1 (for counts)
 *
 * Ticks a person would choose: 1, 2 or 5 times a power of ten apart, counted in the unit the
 * axis is written in (bytes step in KiB or MiB); on a log scale powers of ten with 2 and 5,
 * or 5 alone, between them where there is room, and where the domain is less than about a decade,
 * linear steps.
 */
void mill_scale_ticks (const MillScale *scale,
                       int max_ticks,
                       gboolean integers,
                       const MillAxisUnit *unit,
                       MillTicks *ticks);
void mill_ticks_clear (MillTicks *ticks);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MillTicks, mill_ticks_clear)

G_END_DECLS
