/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-bins.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-percentile-curve.h"
#include "charts/mill-time-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A panel lower than this many type sizes shows no shape. */
#define MIN_PANEL 3.4
/* And higher ones than this only stretch it. */
#define MAX_PANEL 18.0
#define MAX_NAME_SHARE 0.28
/* Pixels of a bin, at least. */
#define MIN_BIN_PX 4.0
#define MAX_BINS 120
/* Narrower bars are solid. */
#define MIN_PATTERN_PX 9.0

typedef struct {
  const MillSeries *series;
  MillHistogram *histogram; /* owned, not empty */
  gint64 *counts;           /* per bin */
  gint64 highest;
  double mean_s, median_s;
} Panel;

static void
panel_free (gpointer data)
{
  Panel *panel = data;

  mill_histogram_free (panel->histogram);
  g_free (panel->counts);
  g_free (panel);
}

static GPtrArray *
collect_panels (GPtrArray *series)
{
  GPtrArray *panels = g_ptr_array_new_with_free_func (panel_free);

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    MillHistogram *histogram =
        mill_result_pool_histograms (one->result, one->model->model, one->sweep_value, FALSE);
    Panel *panel;

    if (histogram == NULL)
      continue;
    panel = g_new0 (Panel, 1);
    panel->series = one;
    panel->histogram = histogram;
    panel->mean_s = mill_histogram_mean (histogram) / G_USEC_PER_SEC;
    panel->median_s = (double) mill_histogram_percentile (histogram, 50.0) / G_USEC_PER_SEC;
    g_ptr_array_add (panels, panel);
  }
  return panels;
}

gboolean
mill_chart_distribution_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    g_autoptr (MillHistogram) histogram =
        mill_result_pool_histograms (one->result, one->model->model, one->sweep_value, FALSE);

    if (histogram != NULL)
      return TRUE;
  }
  *reason = g_strdup (_ ("No latencies"));
  return FALSE;
}

static MillBins
choose_bins (GPtrArray *panels, double width_px, double unit)
{
  g_autofree const MillHistogram **histograms = g_new (const MillHistogram *, panels->len);
  double fitting = CLAMP (width_px / (MIN_BIN_PX * unit), 1.0, MAX_BINS);
  MillBins bins;

  for (guint i = 0; i < panels->len; i++)
    histograms[i] = ((const Panel *) g_ptr_array_index (panels, i))->histogram;
  bins = mill_bins_choose (histograms, panels->len, (guint) fitting);
  for (guint i = 0; i < panels->len; i++) {
    Panel *panel = g_ptr_array_index (panels, i);

    panel->counts = mill_bins_count (&bins, panel->histogram);
    for (guint bin = 0; bin < bins.n; bin++)
      panel->highest = MAX (panel->highest, panel->counts[bin]);
  }
  return bins;
}

static double
edge_s (const MillBins *bins, guint index)
{
  return mill_bins_edge (bins, index) / 1000.0;
}

static MillScale
choose_scale (const MillBins *bins, const MillBox *plot)
{
  double low = edge_s (bins, 0), high = edge_s (bins, bins->n);
  MillScale scale = bins->logarithmic
                        ? mill_scale_log (low, high, plot->x, plot->x + plot->width)
                        : mill_scale_linear (low, high, plot->x, plot->x + plot->width);

  mill_scale_nice (&scale, 8);
  return scale;
}

static char *
bin_text (const MillLayout *layout, const MillBins *bins, guint bin)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  double reference_s = edge_s (bins, bins->logarithmic ? bin + 1 : bins->n);
  g_autofree char *from = mill_time_to_string (numbers, edge_s (bins, bin), reference_s);
  g_autofree char *to = mill_time_to_string (numbers, edge_s (bins, bin + 1), reference_s);

  /* Translators: a range of latencies. */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static char *
share_text (const MillLayout *layout, gint64 part, gint64 whole)
{
  return mill_quantity_to_string (&layout->options->numbers, 100.0 * (double) part / (double) whole,
                                  MILL_UNIT_PERCENT);
}

static void
add_bin_hit (MillLayout *layout,
             const MillBox *box,
             const MillBins *bins,
             const Panel *panel,
             int series,
             guint bin,
             gint64 up_to)
{
  gint64 all = mill_histogram_count (panel->histogram);
  g_autofree char *range = bin_text (layout, bins, bin);
  g_autofree char *count =
      mill_quantity_number_to_string (&layout->options->numbers, (double) panel->counts[bin], 0);
  g_autofree char *share = share_text (layout, panel->counts[bin], all);
  g_autofree char *cumulative = share_text (layout, up_to, all);
  g_autofree char *text =
      g_strdup_printf ("%s\n%s\t\n%s\t%s\n%s\t%s\n%s\t%s", range, panel->series->label,
                       _ ("requests"), count, _ ("share"), share, _ ("at most this"), cumulative);

  mill_scene_add_hit (layout->scene, box, box->x + box->width / 2, box->y, series, (int) bin,
                      panel->series->style.color, text);
}

/* One shape around neighbouring bars, whose fill needs no colour: an outline around each would
 * darken narrow ones. */
static void
add_silhouettes (MillLayout *layout,
                 const MillBox *plot,
                 const MillScale *scale,
                 const MillBins *bins,
                 const Panel *panel)
{
  MillFill fill = mill_layout_fill (layout, &panel->series->style.fill);
  MillStroke outline = mill_layout_stroke (layout, &panel->series->style.outline);
  g_autofree MillPoint *points = g_new (MillPoint, 2 * bins->n + 2);
  double bottom = plot->y + plot->height, unit = mill_layout_unit (layout);

  for (guint bin = 0; bin < bins->n;) {
    guint n = 0;

    if (panel->counts[bin] == 0) {
      bin++;
      continue;
    }
    points[n++] = (MillPoint){ mill_scale_map_clamped (scale, edge_s (bins, bin)), bottom };
    for (; bin < bins->n && panel->counts[bin] > 0; bin++) {
      double left = mill_scale_map_clamped (scale, edge_s (bins, bin));
      double right = mill_scale_map_clamped (scale, edge_s (bins, bin + 1));
      double height = plot->height * (double) panel->counts[bin] / (double) panel->highest;
      double y = bottom - MAX (height, unit);

      points[n++] = (MillPoint){ left, y };
      points[n++] = (MillPoint){ right, y };
    }
    points[n] = (MillPoint){ points[n - 1].x, bottom };
    n++;
    mill_scene_add_polygon (layout->scene, points, n, &fill, &outline);
  }
}

/* In narrow bars a pattern would only be noise; each panel has its model's name. */
static MillFill
bar_fill (const MillLayout *layout, const MillSeriesStyle *style, double bin_px)
{
  MillFill fill = mill_layout_fill (layout, &style->fill);

  if (bin_px < MIN_PATTERN_PX * mill_layout_unit (layout)) {
    fill.pattern = MILL_PATTERN_SOLID;
    fill.color = style->color;
  }
  return fill;
}

static void
add_bars (MillLayout *layout,
          const MillBox *plot,
          const MillScale *scale,
          const MillBins *bins,
          const Panel *panel,
          int series)
{
  double unit = mill_layout_unit (layout);
  gboolean silhouettes = layout->theme->hatches_only;
  MillFill fill = bar_fill (layout, &panel->series->style, plot->width / bins->n);
  gint64 up_to = 0;

  if (silhouettes)
    add_silhouettes (layout, plot, scale, bins, panel);
  for (guint bin = 0; bin < bins->n; bin++) {
    double left = mill_scale_map_clamped (scale, edge_s (bins, bin));
    double right = mill_scale_map_clamped (scale, edge_s (bins, bin + 1));
    double gap = MIN (0.5 * unit, (right - left) / 8);
    double height = plot->height * (double) panel->counts[bin] / (double) panel->highest;
    MillBox column = { left, plot->y, right - left, plot->height };

    up_to += panel->counts[bin];
    if (panel->counts[bin] == 0)
      continue;
    /* Even a single request among a million leaves a trace. */
    height = MAX (height, unit);
    if (!silhouettes)
      mill_scene_add_rect (layout->scene, left + gap, plot->y + plot->height - height,
                           right - left - 2 * gap, height, 0.0, &fill, NULL);
    add_bin_hit (layout, &column, bins, panel, series, bin, up_to);
  }
}

static void
add_cumulative (MillLayout *layout,
                const MillBox *plot,
                const MillScale *scale,
                const MillBins *bins,
                const Panel *panel)
{
  guint columns = (guint) CLAMP (plot->width / 2, 16.0, 2000.0);
  g_autoptr (GArray) curve = mill_cumulative_curve_new (bins, panel->histogram, columns);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (MillPoint));
  double bottom = plot->y + plot->height, unit = mill_layout_unit (layout);
  MillStroke halo = { .color = layout->theme->background, .width_px = 4.0 * unit };
  MillStroke line = { .color = layout->theme->text, .width_px = 1.6 * unit };
  MillPoint point = { plot->x, bottom };

  g_array_append_val (points, point);
  for (guint i = 0; i < curve->len; i++) {
    const MillCumulativePoint *step = &g_array_index (curve, MillCumulativePoint, i);

    point.x = mill_scale_map_clamped (scale, step->latency_ms / 1000.0);
    g_array_append_val (points, point);
    point.y = bottom - plot->height * step->share;
    g_array_append_val (points, point);
  }
  point.x = plot->x + plot->width;
  g_array_append_val (points, point);
  mill_scene_add_polyline (layout->scene, (const MillPoint *) (void *) points->data, points->len,
                           &halo);
  mill_scene_add_polyline (layout->scene, (const MillPoint *) (void *) points->data, points->len,
                           &line);
}

static void
add_average (MillLayout *layout, const MillBox *plot, double x, gboolean median)
{
  double unit = mill_layout_unit (layout);
  MillStroke line = { .color = layout->theme->text,
                      .width_px = 1.6 * unit,
                      .dash = median ? MILL_DASH_NONE : MILL_DASH_DASHED };
  MillStroke rim = { .color = layout->theme->background, .width_px = 0.8 * unit };
  MillMarker marker = median ? MILL_MARKER_TRIANGLE_DOWN : MILL_MARKER_RING;

  mill_scene_add_line (layout->scene, x, plot->y - 2 * unit, x, plot->y + plot->height, &line);
  mill_scene_add_marker (layout->scene, x, plot->y - 2 * unit, marker, 8 * unit,
                         layout->theme->text, &rim);
}

/* "median 11.06 ms": both averages with the same digits. */
static char *
average_line (const MillLayout *layout, const Panel *panel, const char *format, double value_s)
{
  g_autofree char *value = mill_time_to_string (&layout->options->numbers, value_s,
                                                MAX (panel->median_s, panel->mean_s));
  GString *text = g_string_new (format);

  g_string_replace (text, "%s", value, 1);
  return g_string_free (text, FALSE);
}

static void
add_panel_names (MillLayout *layout, const MillBox *plot, const Panel *panel, double name_width)
{
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK) * 1.08;
  double bold = mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD) * 1.08;
  double right = plot->x - 10 * mill_layout_unit (layout);
  guint n_lines = (guint) CLAMP (floor ((plot->height - bold) / line), 0.0, 3.0);
  double middle = plot->y + (plot->height - bold - n_lines * line) / 2 + bold / 2;
  gint64 all = mill_histogram_count (panel->histogram);
  g_autofree char *highest = share_text (layout, panel->highest, all);
  g_autofree char *median_line = average_line (layout, panel, _ ("median %s"), panel->median_s);
  g_autofree char *mean_line = average_line (layout, panel, _ ("mean %s"), panel->mean_s);
  g_autofree char *highest_line = g_strdup_printf (_ ("bars up to %s"), highest);
  const char *const lines[] = { median_line, mean_line, highest_line };

  mill_layout_text (layout, panel->series->label, right,
                    middle + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                    MILL_ANCHOR_RIGHT, MILL_TEXT_LABEL_BOLD, &panel->series->style.text_color,
                    name_width);
  middle += (bold + line) / 2;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    if (i < n_lines)
      mill_layout_text (layout, lines[i], right,
                        middle + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                        MILL_ANCHOR_RIGHT, MILL_TEXT_TICK, NULL, name_width);
    middle += line;
  }
}

static void
add_share_axis (MillLayout *layout, const MillBox *plot)
{
  double unit = mill_layout_unit (layout);
  double height = mill_layout_text_height (layout, MILL_TEXT_TICK);
  double bottom = plot->y + plot->height;
  MillStroke grid = { .color = layout->theme->grid, .width_px = unit };
  gboolean half = plot->height > 4 * height, both = plot->height > 2 * height;

  for (int share = 0; share <= 100; share += half ? 50 : 100) {
    double y = plot->y + plot->height * (1.0 - share / 100.0);
    g_autofree char *text = g_strdup_printf (_ ("%d\u00a0%%"), share);

    mill_scene_add_line (layout->scene, plot->x, y, plot->x + plot->width, y, &grid);
    /* Inside of the panel, so that the labels of two panels do not meet. */
    y = CLAMP (y, plot->y + height / 2, MAX (bottom - height / 2, plot->y + height / 2));
    if (share == 0 && !both)
      continue;
    mill_layout_text (layout, text, plot->x + plot->width + 6 * unit,
                      y + mill_layout_baseline_offset (layout, MILL_TEXT_TICK), MILL_ANCHOR_LEFT,
                      MILL_TEXT_TICK, NULL, 0.0);
  }
}

static void
add_panel (MillLayout *layout,
           const MillBox *plot,
           const MillScale *scale,
           const MillBins *bins,
           const Panel *panel,
           int series,
           double name_width)
{
  MillStroke base = { .color = layout->theme->axis,
                      .width_px = layout->theme->axis_px * mill_layout_unit (layout) };
  double bottom = plot->y + plot->height;

  add_share_axis (layout, plot);
  add_bars (layout, plot, scale, bins, panel, series);
  mill_scene_add_line (layout->scene, plot->x, bottom, plot->x + plot->width, bottom, &base);
  add_cumulative (layout, plot, scale, bins, panel);
  add_average (layout, plot, mill_scale_map_clamped (scale, panel->mean_s), FALSE);
  add_average (layout, plot, mill_scale_map_clamped (scale, panel->median_s), TRUE);
  add_panel_names (layout, plot, panel, name_width);
}

static void
add_table (MillLayout *layout, const MillBins *bins, GPtrArray *panels)
{
  const MillNumberFormat *numbers = &layout->options->numbers;

  for (int row = -3; row < (int) bins->n; row++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

    if (row >= 0)
      g_ptr_array_add (cells, bin_text (layout, bins, (guint) row));
    else
      g_ptr_array_add (cells, g_strdup (row == -3   ? _ ("Latency")
                                        : row == -2 ? _ ("Median")
                                                    : _ ("Mean")));
    for (guint i = 0; i < panels->len; i++) {
      const Panel *panel = g_ptr_array_index (panels, i);
      double average_s = row == -2 ? panel->median_s : panel->mean_s;

      if (row >= 0)
        g_ptr_array_add (cells,
                         mill_quantity_number_to_string (numbers, (double) panel->counts[row], 0));
      else if (row == -3)
        g_ptr_array_add (cells, g_strdup (panel->series->label));
      else
        g_ptr_array_add (cells, mill_time_to_string (numbers, average_s, average_s));
    }
    g_ptr_array_add (cells, NULL);
    mill_scene_add_table_row (layout->scene, (const char *const *) cells->pdata);
  }
}

static void
set_summary (MillLayout *layout, GPtrArray *panels)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  g_autoptr (GString) summary = g_string_new (_ ("Distribution of the latency."));

  for (guint i = 0; i < panels->len; i++) {
    const Panel *panel = g_ptr_array_index (panels, i);
    double low_s = (double) mill_histogram_min (panel->histogram) / G_USEC_PER_SEC;
    double high_s = (double) mill_histogram_max (panel->histogram) / G_USEC_PER_SEC;
    g_autofree char *median = mill_time_to_string (numbers, panel->median_s, panel->median_s);
    g_autofree char *mean = mill_time_to_string (numbers, panel->mean_s, panel->median_s);
    g_autofree char *low = mill_time_to_string (numbers, low_s, panel->median_s);
    g_autofree char *high = mill_time_to_string (numbers, high_s, high_s);

    g_string_append_c (summary, ' ');
    /* Translators: a model, and four latencies. */
    g_string_append_printf (summary, _ ("%s: median %s, mean %s, from %s to %s."),
                            panel->series->label, median, mean, low, high);
  }
  mill_scene_set_summary (layout->scene, summary->str);
}

static double
widest_name (const MillLayout *layout, GPtrArray *panels)
{
  double widest = mill_layout_text_width (layout, _ ("bars up to 100 %"), MILL_TEXT_TICK);

  for (guint i = 0; i < panels->len; i++) {
    const Panel *panel = g_ptr_array_index (panels, i);

    g_autofree char *median = average_line (layout, panel, _ ("median %s"), panel->median_s);
    g_autofree char *mean = average_line (layout, panel, _ ("mean %s"), panel->mean_s);

    widest = MAX (widest, mill_layout_text_width (layout, median, MILL_TEXT_TICK));
    widest = MAX (widest, mill_layout_text_width (layout, mean, MILL_TEXT_TICK));
    widest =
        MAX (widest, mill_layout_text_width (layout, panel->series->label, MILL_TEXT_LABEL_BOLD));
  }
  return MIN (widest + 1.0, layout->width_px * MAX_NAME_SHARE);
}

/* How many panels fit into a height. */
static guint
count_fitting (const MillLayout *layout, double height_px, guint n_panels)
{
  double fitting = floor (height_px / (MIN_PANEL * layout->base_px));

  return (guint) CLAMP (fitting, 1.0, MAX (n_panels, 1));
}

static void
add_panels (MillLayout *layout, MillBox body, GPtrArray *panels, guint n_shown)
{
  double unit = mill_layout_unit (layout), plain = layout->options->plain ? 0.0 : 1.0;
  double name_width = widest_name (layout, panels) * plain;
  double share_width =
      plain * (mill_layout_text_width (layout, "100 %", MILL_TEXT_TICK) + 8 * unit);
  double axis_height = mill_axis_bottom_height (layout, TRUE);
  MillBox area = { body.x + name_width + 10 * unit * plain, body.y + 8 * unit, 0.0, 0.0 };
  double pitch, gap = MIN (1.3 * layout->base_px, 0.08 * body.height);
  MillBins bins;
  MillScale scale;

  area.width = MAX (body.x + body.width - share_width - area.x, 1.0);
  area.height = MAX (body.height - axis_height - 8 * unit, 1.0);
  pitch = MIN (area.height / n_shown, MAX_PANEL * layout->base_px + gap);
  area.height = pitch * n_shown;
  bins = choose_bins (panels, area.width, unit);
  scale = choose_scale (&bins, &area);
  mill_axis_bottom (layout, &area, &scale, MILL_UNIT_SECONDS, FALSE,
                    mill_chart_spec_computes (layout->spec) ? _ ("time per URL")
                                                            : _ ("time per request"));
  for (guint i = 0; i < n_shown; i++) {
    MillBox plot = { area.x, area.y + i * pitch, area.width, MAX (pitch - gap, 1.0) };

    /* The last panel stands on the axis. */
    plot.y += gap;
    add_panel (layout, &plot, &scale, &bins, g_ptr_array_index (panels, i), (int) i, name_width);
  }
  add_table (layout, &bins, panels);
}

void
mill_chart_distribution_layout (MillLayout *layout)
{
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) panels = collect_panels (series);
  MillColor text = layout->theme->text;
  MillLegendEntry legend[] = {
    { .label = _ ("cumulative"), .line = TRUE, .stroke = { text, 1.6, MILL_DASH_NONE } },
    { .label = _ ("median"),
      .line = TRUE,
      .stroke = { text, 1.6, MILL_DASH_NONE },
      .marker = MILL_MARKER_TRIANGLE_DOWN,
      .color = text },
    { .label = _ ("mean"),
      .line = TRUE,
      .stroke = { text, 1.6, MILL_DASH_DASHED },
      .marker = MILL_MARKER_RING,
      .color = text },
  };
  g_autoptr (GString) subtitle =
      g_string_new (mill_chart_spec_computes (layout->spec)
                        ? _ ("share of URLs by time taken")
                        : _ ("share of requests by time taken; without failed requests"));
  /* The frame takes about this much; how many panels fit must be known before its subtitle. */
  guint n_shown = count_fitting (layout, layout->height_px - 11 * layout->base_px, panels->len);
  MillBox body;

  if (n_shown < panels->len) {
    g_autofree char *of = g_strdup_printf (
        ngettext ("%u of %u row shown", "%u of %u rows shown", panels->len), n_shown, panels->len);

    g_string_append_printf (subtitle, "; %s", of);
  }
  mill_chart_frame (layout, _ ("Distribution of the latency"), subtitle->str, legend,
                    G_N_ELEMENTS (legend), &body);
  add_panels (layout, body, panels, n_shown);
  set_summary (layout, panels);
}
