/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-line-labels.h"
#include "charts/mill-sweep-lines.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_LABEL_SHARE 0.28
/* From this ratio of the largest to the smallest value on, an axis is logarithmic. */
#define LOG_RATIO 20.0
#define MIB (1024.0 * 1024.0)

/* How a figure is written: its unit, and the factor from a document's to that base unit. */
typedef struct {
  const MillFigureInfo *info;
  MillUnit unit;
  double factor;
} Measure;

static Measure
measure_of (MillFigure figure)
{
  static const struct {
    const char *unit;
    Measure measure;
  } units[] = {
    { "s", { .unit = MILL_UNIT_SECONDS, .factor = 1.0 } },
    { "ms", { .unit = MILL_UNIT_SECONDS, .factor = 1e-3 } },
    { "µs", { .unit = MILL_UNIT_SECONDS, .factor = 1e-6 } },
    { "us", { .unit = MILL_UNIT_SECONDS, .factor = 1e-6 } },
    { "%", { .unit = MILL_UNIT_PERCENT, .factor = 1.0 } },
    { "requests/s", { .unit = MILL_UNIT_PER_SECOND, .factor = 1.0 } },
    { "MiB", { .unit = MILL_UNIT_BYTES, .factor = MIB } },
    { "KiB/s", { .unit = MILL_UNIT_BYTES_PER_SECOND, .factor = 1024.0 } },
    { "B", { .unit = MILL_UNIT_BYTES, .factor = 1.0 } },
    { "bytes", { .unit = MILL_UNIT_BYTES, .factor = 1.0 } },
  };
  Measure measure = { .info = mill_figure_info (figure), .unit = MILL_UNIT_COUNT, .factor = 1.0 };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (g_strcmp0 (measure.info->unit, units[i].unit) == 0) {
      measure.unit = units[i].measure.unit;
      measure.factor = units[i].measure.factor;
    }
  }
  return measure;
}

static MillFigure
chosen_figure (const MillChartSpec *spec)
{
  MillFigure figure = mill_chart_spec_get_options (spec)->figure;

  return figure < MILL_N_FIGURES ? figure : MILL_FIGURE_THROUGHPUT;
}

static MillSweep
sweep_of (const MillChartSpec *spec)
{
  const MillExperiment *experiment = mill_chart_spec_get_result (spec, 0)->experiment;

  return experiment != NULL ? experiment->sweep : MILL_SWEEP_NONE;
}

static const char *
sweep_title (const MillChartSpec *spec)
{
  gboolean computes = mill_chart_spec_computes (spec);

  switch (sweep_of (spec)) {
  case MILL_SWEEP_CONCURRENCY:
    return computes ? _ ("at the same time, as configured")
                    : _ ("requests in flight, as configured");
  case MILL_SWEEP_REQUESTS:
    return computes ? _ ("URLs") : _ ("requests");
  case MILL_SWEEP_DELAY:
    return _ ("delay of the server");
  case MILL_SWEEP_BODY_SIZE:
    return _ ("size of an answer");
  case MILL_SWEEP_RATE:
    return _ ("requests per second asked for");
  default:
    return "";
  }
}

/* The same in a title. */
static const char *
sweep_name (const MillChartSpec *spec)
{
  switch (sweep_of (spec)) {
  case MILL_SWEEP_CONCURRENCY:
    return _ ("concurrency");
  case MILL_SWEEP_REQUESTS:
    return mill_chart_spec_computes (spec) ? _ ("number of URLs") : _ ("number of requests");
  case MILL_SWEEP_DELAY:
    return _ ("server delay");
  case MILL_SWEEP_BODY_SIZE:
    return _ ("size of the answers");
  case MILL_SWEEP_RATE:
    return _ ("rate");
  default:
    return "";
  }
}

static MillUnit
sweep_unit (MillSweep sweep)
{
  if (sweep == MILL_SWEEP_DELAY)
    return MILL_UNIT_SECONDS;
  return sweep == MILL_SWEEP_BODY_SIZE ? MILL_UNIT_BYTES : MILL_UNIT_COUNT;
}

gboolean
mill_chart_scaling_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GPtrArray) lines = mill_sweep_lines_new (series, chosen_figure (spec));

  if (mill_sweep_count_values (series) < 2) {
    *reason = g_strdup (_ ("Needs a sweep"));
    return FALSE;
  }
  if (lines->len == 0) {
    *reason = g_strdup (_ ("Nothing was measured"));
    return FALSE;
  }
  return TRUE;
}

typedef struct {
  double low, high, least_positive;
} Range;

static void
extend (Range *range, double value)
{
  if (!isfinite (value))
    return;
  range->low = MIN (range->low, value);
  range->high = MAX (range->high, value);
  if (value > 0.0)
    range->least_positive = MIN (range->least_positive, value);
}

/* Logarithmic where the values span more than a linear axis can show; a zero among them is then
 * drawn at the axis. */
static MillScale
choose_scale (Range range, MillAxisKind kind, gboolean from_zero, double from_px, double to_px)
{
  gboolean positive = isfinite (range.least_positive) && range.high > 0.0;
  gboolean log = positive && (kind == MILL_AXIS_LOG || (kind == MILL_AXIS_AUTO && range.low > 0.0 &&
                                                        range.high > LOG_RATIO * range.low));

  if (log)
    return mill_scale_log (range.least_positive, range.high, from_px, to_px);
  if (from_zero)
    return mill_scale_linear (MIN (range.low, 0.0), range.high > 0.0 ? range.high : 1.0, from_px,
                              to_px);
  return mill_scale_linear (range.low, range.high, from_px, to_px);
}

static void
find_ranges (GPtrArray *lines, const Measure *measure, Range *x, Range *y)
{
  *x = *y = (Range){ INFINITY, -INFINITY, INFINITY };
  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);

    for (guint j = 0; j < line->points->len; j++) {
      const MillSweepPoint *point = &g_array_index (line->points, MillSweepPoint, j);

      extend (x, point->sweep_value);
      extend (y, point->estimate.median * measure->factor);
      extend (y, point->estimate.low * measure->factor);
      extend (y, point->estimate.high * measure->factor);
    }
  }
}

static void
add_interval (MillLayout *layout, double x, double low_y, double high_y, MillColor color)
{
  double unit = mill_layout_unit (layout), half = 4 * unit;
  MillStroke stroke = { .color = color, .width_px = 1.4 * unit };

  mill_scene_add_line (layout->scene, x, low_y, x, high_y, &stroke);
  mill_scene_add_line (layout->scene, x - half, low_y, x + half, low_y, &stroke);
  mill_scene_add_line (layout->scene, x - half, high_y, x + half, high_y, &stroke);
}

static char *
value_text (const MillLayout *layout, const Measure *measure, double value)
{
  return mill_quantity_to_string (&layout->options->numbers, value * measure->factor,
                                  measure->unit);
}

static char *
sweep_text (const MillLayout *layout, double value)
{
  return mill_quantity_given_to_string (&layout->options->numbers, value,
                                        sweep_unit (sweep_of (layout->spec)));
}

static void
add_point_hit (MillLayout *layout,
               const MillSweepLine *line,
               const MillSweepPoint *point,
               const Measure *measure,
               MillPoint at,
               int series,
               int index)
{
  double reach = 8 * mill_layout_unit (layout);
  MillBox box = { at.x - reach, at.y - reach, 2 * reach, 2 * reach };
  g_autofree char *swept = sweep_text (layout, point->sweep_value);
  g_autofree char *value = value_text (layout, measure, point->estimate.median);
  g_autofree char *interval = mill_quantity_range_to_string (
      &layout->options->numbers, point->estimate.low * measure->factor,
      point->estimate.high * measure->factor, measure->unit);
  g_autoptr (GString) text = g_string_new (line->label);

  g_string_append_printf (text, "\n%s\t%s", sweep_title (layout->spec), swept);
  g_string_append_printf (text, "\n%s\t%s",
                          point->estimate.projected ? _ ("projected") : _ (measure->info->label),
                          value);
  if (isfinite (point->estimate.low) && isfinite (point->estimate.high))
    /* xgettext:no-c-format */
    g_string_append_printf (text, "\n%s\t%s", _ ("95 % interval"), interval);
  mill_scene_add_hit (layout->scene, &box, at.x, at.y, series, index, line->style.color, text->str);
}

static void
add_line (MillLayout *layout,
          const MillSweepLine *line,
          const Measure *measure,
          const MillScale *x,
          const MillScale *y,
          int series)
{
  guint n = line->points->len;
  g_autofree MillPoint *points = g_new (MillPoint, n);
  MillSeriesStyle projected;

  mill_series_style_projected (layout->theme, &line->style, &projected);
  projected.marker = MILL_MARKER_RING;
  for (guint i = 0; i < n; i++) {
    const MillSweepPoint *point = &g_array_index (line->points, MillSweepPoint, i);

    points[i].x = mill_scale_map_clamped (x, point->sweep_value);
    points[i].y = mill_scale_map_clamped (y, point->estimate.median * measure->factor);
    if (isfinite (point->estimate.low) && isfinite (point->estimate.high))
      add_interval (
          layout, points[i].x, mill_scale_map_clamped (y, point->estimate.low * measure->factor),
          mill_scale_map_clamped (y, point->estimate.high * measure->factor), line->style.color);
  }
  mill_line_add (layout, points, n, &line->style, MILL_DASH_NONE);
  for (guint i = 0; i < n; i++) {
    const MillSweepPoint *point = &g_array_index (line->points, MillSweepPoint, i);

    mill_line_marker_add (layout, points[i].x, points[i].y,
                          point->estimate.projected ? &projected : &line->style);
    add_point_hit (layout, line, point, measure, points[i], series, (int) i);
  }
}

static void
fill_labels (GPtrArray *lines, const Measure *measure, const MillScale *y, MillLineLabel *labels)
{
  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);
    const MillSweepPoint *last =
        &g_array_index (line->points, MillSweepPoint, line->points->len - 1);

    labels[i] = (MillLineLabel){
      .text = line->label,
      .y = mill_scale_map_clamped (y, last->estimate.median * measure->factor),
      .color = line->style.text_color,
    };
  }
}

static void
add_plot (MillLayout *layout, const MillBox *body, GPtrArray *lines, const Measure *measure)
{
  g_autofree MillLineLabel *labels = g_new0 (MillLineLabel, lines->len);
  MillSweep sweep = sweep_of (layout->spec);
  gboolean integers = measure->unit == MILL_UNIT_COUNT;
  double unit = mill_layout_unit (layout), label_width, inset;
  MillBox plot = *body;
  Range x_range, y_range;
  MillScale x, y;

  find_ranges (lines, measure, &x_range, &y_range);
  plot.height = MAX (plot.height - mill_axis_bottom_height (layout, TRUE), 1.0);
  y = choose_scale (y_range, layout->options->axis, TRUE, plot.y + plot.height, plot.y);
  mill_scale_nice (&y, 6);
  fill_labels (lines, measure, &y, labels);
  label_width = mill_line_labels_width (layout, labels, lines->len, MAX_LABEL_SHARE);
  plot.x += mill_axis_left_width (layout, &y, plot.height, measure->unit, integers);
  plot.width = MAX (body->x + body->width - label_width - plot.x, 1.0);
  /* The first points stand apart from the axis. */
  inset = MIN (10 * unit, plot.width / 8);
  x = choose_scale (x_range, MILL_AXIS_AUTO, FALSE, plot.x + inset, plot.x + plot.width - inset);
  mill_axis_left (layout, &plot, &y, measure->unit, integers);
  mill_axis_bottom (layout, &plot, &x, sweep_unit (sweep),
                    sweep != MILL_SWEEP_DELAY && sweep != MILL_SWEEP_RATE,
                    sweep_title (layout->spec));
  for (guint i = 0; i < lines->len; i++)
    add_line (layout, g_ptr_array_index (lines, i), measure, &x, &y, (int) i);
  mill_line_labels_add (layout, &plot, labels, lines->len, label_width);
}

static void
add_table (MillLayout *layout, GPtrArray *lines, const Measure *measure)
{
  const char *header[] = { _ ("Model"), sweep_title (layout->spec), _ (measure->info->label),
                           /* xgettext:no-c-format */
                           _ ("95 % from"),
                           /* xgettext:no-c-format */
                           _ ("95 % to"), NULL };

  mill_scene_add_table_row (layout->scene, header);
  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);

    for (guint j = 0; j < line->points->len; j++) {
      const MillSweepPoint *point = &g_array_index (line->points, MillSweepPoint, j);
      g_autofree char *swept = sweep_text (layout, point->sweep_value);
      g_autofree char *value = value_text (layout, measure, point->estimate.median);
      g_autofree char *low = value_text (layout, measure, point->estimate.low);
      g_autofree char *high = value_text (layout, measure, point->estimate.high);
      const char *cells[] = { line->label, swept, value, low, high, NULL };

      mill_scene_add_table_row (layout->scene, cells);
    }
  }
}

static void
set_summary (MillLayout *layout, GPtrArray *lines, const Measure *measure)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  /* Translators: a figure, and what it is drawn over. */
  g_string_printf (summary, _ ("%s over %s."), _ (measure->info->label),
                   sweep_title (layout->spec));
  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);
    const MillSweepPoint *first = &g_array_index (line->points, MillSweepPoint, 0);
    const MillSweepPoint *last =
        &g_array_index (line->points, MillSweepPoint, line->points->len - 1);
    g_autofree char *first_x = sweep_text (layout, first->sweep_value);
    g_autofree char *last_x = sweep_text (layout, last->sweep_value);
    g_autofree char *first_y = value_text (layout, measure, first->estimate.median);
    g_autofree char *last_y = value_text (layout, measure, last->estimate.median);

    g_string_append_c (summary, ' ');
    /* Translators: a model, then twice a value and what the sweep was at there. */
    g_string_append_printf (summary, _ ("%s: from %s at %s to %s at %s."), line->label, first_y,
                            first_x, last_y, last_x);
  }
  mill_scene_set_summary (layout->scene, summary->str);
}

static char *
subtitle_text (const MillChartSpec *spec, GPtrArray *lines, const Measure *measure)
{
  g_autofree char *repetitions = mill_chart_repetitions_text (spec);
  GString *text = g_string_new (NULL);
  gboolean projected = FALSE;

  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);

    for (guint j = 0; j < line->points->len; j++)
      projected |= g_array_index (line->points, MillSweepPoint, j).estimate.projected;
  }
  if (measure->unit == MILL_UNIT_PER_SECOND)
    g_string_append (text, mill_chart_spec_computes (spec) ? _ ("URLs encoded per second, ")
                                                           : _ ("requests per second, "));
  g_string_append (text, repetitions);
  if (mill_figure_has_better (measure->info->figure))
    g_string_append (text, measure->info->lower_is_better ? _ ("; lower is better")
                                                          : _ ("; higher is better"));
  if (projected)
    g_string_append (text, _ ("; rings are projected"));
  return g_string_free (text, FALSE);
}

void
mill_chart_scaling_layout (MillLayout *layout)
{
  Measure measure = measure_of (chosen_figure (layout->spec));
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) lines = mill_sweep_lines_new (series, chosen_figure (layout->spec));
  g_autofree char *subtitle = subtitle_text (layout->spec, lines, &measure);
  /* Translators: a figure, and what it is drawn over. */
  g_autofree char *title =
      g_strdup_printf (_ ("%s by %s"), _ (measure.info->label), sweep_name (layout->spec));
  MillBox body;

  mill_chart_frame (layout, title, subtitle, NULL, 0, &body);
  add_plot (layout, &body, lines, &measure);
  add_table (layout, lines, &measure);
  set_summary (layout, lines, &measure);
}
