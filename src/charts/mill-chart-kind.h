/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* The fixed facts of a kind of chart. */
typedef struct {
  MillChartKind kind;
  const char *id;    /* "time", stable */
  const char *label; /* untranslated */
  /* Whether there is something meaningful to show; else why not, in three or four words
   * ("None failed", "Needs a sweep"), translated, to be freed. */
  gboolean (*available) (const MillChartSpec *spec, char **reason);
  /* Lays the chart out, where it is available. */
  void (*layout) (MillLayout *layout);
} MillChartKindInfo;

#define MILL_CHART_KIND(KIND, name, ...)                                                           \
  gboolean mill_chart_##name##_available (const MillChartSpec *spec, char **reason);               \
  void mill_chart_##name##_layout (MillLayout *layout);
#include "charts/mill-chart-kinds.def"
#undef MILL_CHART_KIND

/**
 * mill_chart_kind_info:
 *
 * Returns: (transfer none): static data, never NULL for a valid @kind
 */
const MillChartKindInfo *mill_chart_kind_info (MillChartKind kind);

/**
 * mill_chart_kind_from_id:
 *
 * Returns: FALSE where no kind has that id; @kind is then untouched
 */
gboolean mill_chart_kind_from_id (const char *id, MillChartKind *kind);

/**
 * mill_chart_available:
 * @reason: (out) (optional) (transfer full): set to why not
 *
 * Whether the kind of the spec has something meaningful to show.
 */
gboolean mill_chart_available (const MillChartSpec *spec, char **reason);

/**
 * mill_chart_layout:
 * @width_px: at least 32
 * @height_px: at least 32
 *
 * Returns: (transfer full): the scene
 */
MillScene *mill_chart_layout (const MillChartSpec *spec,
                              MillThemeId theme,
                              double width_px,
                              double height_px,
                              MillTextMeasurer *measurer);

/* The type size that mill_chart_layout() takes: 13 px for 856 x 374 px, growing with the image. */
double mill_chart_base_size (const MillChartOptions *options, double width_px, double height_px);

G_END_DECLS
