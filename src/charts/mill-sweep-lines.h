/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-series.h"

G_BEGIN_DECLS

/* A figure at one value of the sweep. */
typedef struct {
  double sweep_value;
  MillEstimate estimate;
  const MillSeries *series; /* not owned */
} MillSweepPoint;

/* A model over the swept values; with a swept concurrency, thread-pool:1, :10 and :100. */
typedef struct {
  char *label;
  MillSeriesStyle style;
  GArray *points; /* MillSweepPoint, ascending, at least one */
} MillSweepLine;

/**
 * mill_sweep_lines_new:
 * @series: (element-type MillSeries): of mill_series_list(); outlives the lines
 *
 * Returns: (transfer full) (element-type MillSweepLine): one line per model (and result); figures
 *   that are absent are left out
 */
GPtrArray *mill_sweep_lines_new (const GPtrArray *series, MillFigure figure);

/* How many different values were swept over. */
guint mill_sweep_count_values (const GPtrArray *series);

G_END_DECLS
