/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-spec.h"
#include "charts/mill-chart-theme.h"
#include "charts/mill-scale.h"
#include "charts/mill-scene.h"
#include "charts/mill-series.h"

G_BEGIN_DECLS

/* What a kind lays out into. Always from left to right: the scene is mirrored afterwards. */
typedef struct {
  const MillChartSpec *spec;
  const MillChartOptions *options;
  const MillTheme *theme;
  MillTextMeasurer *measurer;
  MillScene *scene;
  double width_px, height_px;
  double base_px; /* the type size; everything else is measured in it */
} MillLayout;

typedef enum {
  MILL_TEXT_TITLE,    /* 1.38, bold */
  MILL_TEXT_SUBTITLE, /* 0.95 */
  MILL_TEXT_TICK,     /* 0.95 */
  MILL_TEXT_LABEL,    /* 1.0 */
  MILL_TEXT_LABEL_BOLD,
  MILL_TEXT_VALUE,     /* 1.25, bold */
  MILL_TEXT_SECONDARY, /* 0.98: words beside a value */
  MILL_TEXT_SOURCE,    /* 0.86 */
} MillTextRole;

/* Size in px and weight of a role. */
double mill_layout_text_size (const MillLayout *layout, MillTextRole role);
MillWeight mill_layout_text_weight (MillTextRole role);
/* The theme's colour of a role. */
MillColor mill_layout_text_color (const MillLayout *layout, MillTextRole role);
/* base_px / 13: line widths, marker sizes, gaps. */
double mill_layout_unit (const MillLayout *layout);
/* Widths and spacings of a style, which are given at 13 px, at the layout's size. */
MillStroke mill_layout_stroke (const MillLayout *layout, const MillStroke *stroke);
MillFill mill_layout_fill (const MillLayout *layout, const MillFill *fill);
double mill_layout_text_width (const MillLayout *layout, const char *text, MillTextRole role);
/* Ascent and descent together. */
double mill_layout_text_height (const MillLayout *layout, MillTextRole role);
/* The distance from the middle of a line of text down to its baseline. */
double mill_layout_baseline_offset (const MillLayout *layout, MillTextRole role);

/**
 * mill_layout_text:
 * @max_width_px: the text is elided to it; 0: as wide as it is
 * @color: (nullable): NULL: the role's
 *
 * Adds a line of text. In a plain preview nothing is added.
 *
 * Returns: its width after eliding
 */
double mill_layout_text (MillLayout *layout,
                         const char *text,
                         double x,
                         double baseline_y,
                         MillAnchor anchor,
                         MillTextRole role,
                         const MillColor *color,
                         double max_width_px);

/* One entry of a legend: a swatch with a fill, or a line with a marker. */
typedef struct {
  const char *label;
  gboolean line;
  MillFill fill;
  MillStroke stroke; /* outline of the swatch, or the line */
  MillMarker marker;
  MillColor color; /* of the marker */
} MillLegendEntry;

/* Fills an entry from a series' style. */
void mill_legend_entry_init (MillLegendEntry *entry,
                             const char *label,
                             const MillSeriesStyle *style,
                             gboolean line);

/**
 * mill_chart_frame:
 * @title: the kind's own; the option `title` has precedence
 * @subtitle: units, what the value is, what is better
 * @entries: of the legend; may be NULL
 * @body: (out): what is left for axes and plot
 *
 * Paints background, title, subtitle, legend (beside the title where it fits, else below;
 * entries that do not fit are counted) and the source line. Sets the scene's title.
 */
void mill_chart_frame (MillLayout *layout,
                       const char *title,
                       const char *subtitle,
                       const MillLegendEntry *entries,
                       guint n_entries,
                       MillBox *body);

/* The body that mill_chart_frame() would leave, with nothing painted: for a subtitle that says how
 * much fits into it. */
void mill_chart_frame_measure (const MillLayout *layout,
                               const char *title,
                               const char *subtitle,
                               const MillLegendEntry *entries,
                               guint n_entries,
                               MillBox *body);

/**
 * mill_chart_frame_empty:
 * @reason: why there is nothing to see, in a few words without a full stop
 * @message: a sentence: what to do about it
 *
 * Both in the middle of the body, and as the summary.
 */
void mill_chart_frame_empty (MillLayout *layout,
                             const MillBox *body,
                             const char *reason,
                             const char *message);

/* The height of tick labels below a plot (with `title`: and of the axis' title below them). */
double mill_axis_bottom_height (const MillLayout *layout, gboolean title);

/**
 * mill_axis_bottom:
 * @plot: gridlines span it; tick labels stand below
 * @scale: from_px and to_px are absolute x
 * @title: (nullable): below the tick labels
 *
 * Draws gridlines and labels of as many ticks as fit, so that no two labels touch.
 */
void mill_axis_bottom (MillLayout *layout,
                       const MillBox *plot,
                       const MillScale *scale,
                       MillUnit unit,
                       gboolean integers,
                       const char *title);

/* The width of the tick labels left of a plot, with their gap. */
double mill_axis_left_width (const MillLayout *layout,
                             const MillScale *scale,
                             double height_px,
                             MillUnit unit,
                             gboolean integers);

/**
 * mill_axis_left:
 * @scale: from_px is the absolute y of the bottom
 *
 * As mill_axis_bottom(), upwards, labels right-aligned left of the plot.
 */
void mill_axis_left (MillLayout *layout,
                     const MillBox *plot,
                     const MillScale *scale,
                     MillUnit unit,
                     gboolean integers);

/**
 * mill_layout_spread:
 * @positions: (inout): ascending or not; moved apart by as little as needed
 * @distance_px: the least distance
 * @low: (in): none is moved below
 * @high: none is moved above, unless there is no room at all
 *
 * For labels at the ends of lines.
 */
void mill_layout_spread (double *positions, guint n, double distance_px, double low, double high);

/**
 * mill_chart_result_name:
 * @result: one of the spec
 *
 * What tells the measured results of a spec apart: their names where these are short and differ,
 * else "A", "B", which the source line explains.
 *
 * Returns: (transfer full) (nullable): NULL for published results, and where there is only one
 */
char *mill_chart_result_name (const MillChartSpec *spec, const MillResult *result);

/**
 * mill_chart_source_line:
 *
 * What was run, how often, on how many cores, by which version, when; of all results.
 *
 * Returns: (transfer full): one line, not wrapped
 */
char *mill_chart_source_line (const MillChartSpec *spec);

/* "median of 5 repetitions with 95 % interval", as far as that is so. */
char *mill_chart_repetitions_text (const MillChartSpec *spec);

G_END_DECLS
