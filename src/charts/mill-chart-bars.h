/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* Horizontal bars: the kinds that compare one figure over models. */

/* A part of a stacked bar. */
typedef struct {
  double value;
  MillFill fill;
  MillStroke outline;
  char *label;
} MillBarPart;

/* One row. Values are in the base unit; NAN is absent. All strings are owned. */
typedef struct {
  char *name;
  double value;
  double low, high; /* the whisker; NAN: none */
  double most;      /* the highest value, behind the bar; NAN: none */
  GArray *parts;    /* MillBarPart, instead of one bar; or NULL */
  MillSeriesStyle style;
  char *value_text;  /* bold, behind the bar */
  char *tag;         /* "projected", "published", "20 % at most"; or NULL: always shown */
  char *words;       /* "20 × faster than sync"; or NULL: shown where it fits */
  char *words_short; /* "20 × faster"; or NULL */
  char *readout;
  int series;
} MillBar;

typedef struct {
  const char *title;
  const char *subtitle;
  MillUnit unit;
  gboolean integers;
  const MillLegendEntry *legend;
  guint n_legend;
} MillBarsOptions;

/* Returns: (transfer full) (element-type MillBar): an empty list */
GPtrArray *mill_bars_new (void);
/* Returns: (transfer none): a new row at the end, everything absent */
MillBar *mill_bars_add (GPtrArray *bars, const char *name, const MillSeriesStyle *style);
/* A part of the last row. */
void mill_bar_add_part (
    MillBar *bar, double value, const MillFill *fill, const MillStroke *outline, const char *label);

/**
 * mill_bars_layout:
 * @bars: (element-type MillBar): from the top, at least one
 *
 * Frame, axis and rows, with hits. Where the rows do not all fit, as many as fit and how many
 * of how many.
 */
void mill_bars_layout (MillLayout *layout, const MillBarsOptions *options, GPtrArray *bars);

/* A kind that shows one figure of every model. */
typedef struct {
  const char *title;  /* translated */
  const char *words;  /* translated: "seconds" */
  const char *better; /* translated: "shorter is better"; NULL: neither is */
  MillFigure figure;  /* MILL_N_FIGURES: the speed-up */
  MillFigure most;    /* the highest value behind it; MILL_N_FIGURES: none */
  MillUnit unit;
  double base_units; /* per unit of the figure: 1048576 for MiB */
  gboolean compared; /* with sync, in words */
} MillFigureBars;

/* Whether any model has the figure. */
gboolean mill_figure_bars_available (const MillChartSpec *spec, MillFigure figure, char **reason);
void mill_figure_bars_layout (MillLayout *layout, const MillFigureBars *kind);

G_END_DECLS
