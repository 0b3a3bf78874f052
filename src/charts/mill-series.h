/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-spec.h"
#include "charts/mill-chart-theme.h"

G_BEGIN_DECLS

/* How one series looks in one theme. Widths are at base size 13 px: multiply by
 * mill_layout_unit(). */
typedef struct {
  MillColor color;      /* lines, markers and the base of fills */
  MillColor text_color; /* its label: contrast of at least 4.5:1 to the background */
  MillFill fill;
  MillStroke outline; /* of bars; width 0: none */
  MillStroke line;
  MillMarker marker;
} MillSeriesStyle;

/**
 * mill_series_style:
 * @family: the model whose colour it has
 * @variant: 0 for the family itself, then the next fill and marker of the same colour
 */
void mill_series_style (const MillTheme *theme,
                        MillModelKind family,
                        guint variant,
                        MillSeriesStyle *style);
/* Published results: grey hatch, never a model's colour. */
void mill_series_style_published (const MillTheme *theme, guint variant, MillSeriesStyle *style);
/* The same, pale and hatched with a dashed outline: projected values. */
void mill_series_style_projected (const MillTheme *theme,
                                  const MillSeriesStyle *measured,
                                  MillSeriesStyle *style);

/* One model of one result. With a sweep there is one per swept value. */
typedef struct {
  const MillResult *result;
  const MillModelResult *model;
  char *label; /* "thread-pool:20"; with several measured results followed by the result's name */
  gboolean published;
  double sweep_value; /* NAN without a sweep */
  guint variant;
  MillModelKind family;
  MillSeriesStyle style;
} MillSeries;

/**
 * mill_series_list:
 *
 * Every model of every result of the spec, in their order, each with its own style: the same
 * model has the same style in all charts of the same spec, and two series never share one until
 * all fills of the colour are used. Honours the option `model`.
 *
 * Returns: (transfer full) (element-type MillSeries): may be empty
 */
GPtrArray *mill_series_list (const MillChartSpec *spec, const MillTheme *theme);

/* The trial nearest the median; NULL where nothing was measured (published results). */
const MillTrialResult *mill_series_typical_trial (const MillSeries *series);
const MillEstimate *mill_series_estimate (const MillSeries *series, MillFigure figure);

G_END_DECLS
