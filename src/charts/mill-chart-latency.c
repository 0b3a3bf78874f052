/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-line-labels.h"
#include "charts/mill-percent-axis.h"
#include "charts/mill-percentile-curve.h"
#include "charts/mill-time-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Below this ratio of largest to smallest latency a log axis shows nothing that a linear one
 * does not. */
#define LOG_FROM_RATIO 1.5
/* More models than this in one readout cannot be read. */
#define MAX_READOUT_ROWS 10
#define MAX_LABEL_SHARE 0.28

typedef struct {
  const MillSeries *series; /* owned by the chart's list */
  MillHistogram *histogram;
  GArray *points;      /* MillPercentilePoint, not empty */
  GArray *uncorrected; /* the same from the true send time; NULL without an open loop */
  gint64 count;
  double last; /* percent */
} Curve;

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  mill_histogram_free (curve->histogram);
  g_array_unref (curve->points);
  g_clear_pointer (&curve->uncorrected, g_array_unref);
  g_free (curve);
}

static Curve *
curve_new (const MillSeries *series)
{
  g_autoptr (MillHistogram) histogram = mill_result_pool_histograms (
      series->result, series->model->model, series->sweep_value, FALSE);
  g_autoptr (MillHistogram) uncorrected =
      mill_result_pool_histograms (series->result, series->model->model, series->sweep_value, TRUE);
  Curve *curve;

  if (histogram == NULL || mill_percentile_last_carried (mill_histogram_count (histogram)) <= 0.0)
    return NULL;
  curve = g_new0 (Curve, 1);
  curve->series = series;
  curve->count = mill_histogram_count (histogram);
  curve->last = mill_percentile_last_carried (curve->count);
  curve->points = mill_percentile_curve_new (histogram);
  if (uncorrected != NULL)
    curve->uncorrected = mill_percentile_curve_new (uncorrected);
  curve->histogram = g_steal_pointer (&histogram);
  return curve;
}

static GPtrArray *
collect_curves (GPtrArray *series)
{
  GPtrArray *curves = g_ptr_array_new_with_free_func (curve_free);

  for (guint i = 0; i < series->len; i++) {
    Curve *curve = curve_new (g_ptr_array_index (series, i));

    if (curve != NULL)
      g_ptr_array_add (curves, curve);
  }
  return curves;
}

gboolean
mill_chart_latency_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    g_autoptr (MillHistogram) histogram =
        mill_result_pool_histograms (one->result, one->model->model, one->sweep_value, FALSE);

    if (histogram != NULL && mill_percentile_last_carried (mill_histogram_count (histogram)) > 0.0)
      return TRUE;
  }
  *reason = g_strdup (mill_chart_spec_computes (spec) ? _ ("Too few URLs") : _ ("Too few answers"));
  return FALSE;
}

/* The delay that the built-in server was asked for; NAN where there is none. */
static double
configured_delay_s (const MillChartSpec *spec)
{
  double delay_s = NAN;

  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    const MillExperiment *experiment = mill_chart_spec_get_result (spec, i)->experiment;

    if (experiment == NULL || experiment->workload != MILL_WORKLOAD_HTTP ||
        experiment->urls != NULL || experiment->sweep == MILL_SWEEP_DELAY ||
        !(experiment->server.delay_s > 0.0))
      return NAN;
    if (i > 0 && delay_s != experiment->server.delay_s)
      return NAN;
    delay_s = experiment->server.delay_s;
  }
  return delay_s;
}

static void
extend_range (const GArray *points, double *low_s, double *high_s)
{
  for (guint i = 0; points != NULL && i < points->len; i++) {
    double value = g_array_index (points, MillPercentilePoint, i).latency_ms / 1000.0;

    *low_s = MIN (*low_s, value);
    *high_s = MAX (*high_s, value);
  }
}

static MillScale
choose_scale (const MillLayout *layout, GPtrArray *curves, double delay_s)
{
  double low_s = isfinite (delay_s) ? delay_s : INFINITY;
  double high_s = isfinite (delay_s) ? delay_s : 0.0;
  double margin;
  gboolean log;
  MillScale scale;

  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = g_ptr_array_index (curves, i);

    extend_range (curve->points, &low_s, &high_s);
    extend_range (curve->uncorrected, &low_s, &high_s);
  }
  log = layout->options->axis == MILL_AXIS_AUTO ? high_s > LOG_FROM_RATIO * low_s
                                                : layout->options->axis == MILL_AXIS_LOG;
  if (log) {
    /* A clock of microseconds: what took none took less than one. */
    double bottom = MAX (low_s, 1e-6), top = MAX (high_s, 2e-6);

    margin = pow (top / bottom, 0.05);
    return mill_scale_log (bottom / margin, top * margin, 0.0, 1.0);
  }
  margin = MAX (high_s - low_s, high_s * 0.05);
  scale = mill_scale_linear (MAX (low_s - margin / 4, 0.0), high_s + margin / 8, 0.0, 1.0);
  mill_scale_nice (&scale, 6);
  return scale;
}

/* The last percentile that any curve has. */
static double
last_carried (GPtrArray *curves)
{
  double last = 0.0;

  for (guint i = 0; i < curves->len; i++)
    last = MAX (last, ((const Curve *) g_ptr_array_index (curves, i))->last);
  return last;
}

static void
add_curve (MillLayout *layout,
           const MillBox *plot,
           const MillScale *scale,
           const GArray *percents,
           const GArray *points,
           const MillSeriesStyle *style,
           MillDash dash)
{
  g_autofree MillPoint *line = g_new (MillPoint, points->len);

  for (guint i = 0; i < points->len; i++) {
    const MillPercentilePoint *point = &g_array_index (points, MillPercentilePoint, i);

    line[i].x = mill_percent_x (plot, percents, point->percent);
    line[i].y = mill_scale_map_clamped (scale, point->latency_ms / 1000.0);
  }
  mill_line_add (layout, line, points->len, style, dash);
}

static double
latency_s (const Curve *curve, double percent)
{
  return (double) mill_histogram_percentile (curve->histogram, percent) / G_USEC_PER_SEC;
}

static gboolean
is_carried (const Curve *curve, double percent)
{
  return percent <= curve->last + 1e-9;
}

typedef struct {
  const Curve *curve;
  double value_s;
} ReadoutRow;

static int
compare_slowest_first (gconstpointer a, gconstpointer b)
{
  double left = ((const ReadoutRow *) a)->value_s, right = ((const ReadoutRow *) b)->value_s;

  return left < right ? 1 : left > right ? -1 : 0;
}

/* All models at one percentile, slowest first; only @own where there are too many. */
static char *
readout_text (const MillLayout *layout, GPtrArray *curves, const Curve *own, double percent)
{
  g_autofree ReadoutRow *rows = g_new (ReadoutRow, curves->len);
  g_autofree char *percent_string = mill_percent_to_string (layout, percent);
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = g_ptr_array_index (curves, i);

    if (is_carried (curve, percent) && (curve == own || curves->len <= MAX_READOUT_ROWS))
      rows[n++] = (ReadoutRow){ curve, latency_s (curve, percent) };
  }
  qsort (rows, n, sizeof *rows, compare_slowest_first);
  if (percent == floor (percent))
    g_string_printf (text, _ ("%d of 100 requests"), (int) percent);
  else
    g_string_printf (text, _ ("%s of requests"), percent_string);
  for (guint i = 0; i < n; i++) {
    g_autofree char *value =
        mill_time_to_string (&layout->options->numbers, rows[i].value_s, rows[0].value_s);

    g_string_append_printf (text, "\n%s\t%s", rows[i].curve->series->label, value);
  }
  return g_string_free (text, FALSE);
}

static void
add_markers (MillLayout *layout,
             const MillBox *plot,
             const MillScale *scale,
             const GArray *percents,
             GPtrArray *curves)
{
  double unit = mill_layout_unit (layout);

  for (guint s = 0; s < curves->len; s++) {
    const Curve *curve = g_ptr_array_index (curves, s);

    for (guint i = 0; i < percents->len; i++) {
      double percent = g_array_index (percents, double, i);
      double x = mill_percent_x (plot, percents, percent);
      g_autofree char *text = NULL;
      double y;
      MillBox box;

      if (!is_carried (curve, percent))
        continue;
      y = mill_scale_map_clamped (scale, latency_s (curve, percent));
      box = (MillBox){ x - 8 * unit, y - 8 * unit, 16 * unit, 16 * unit };
      text = readout_text (layout, curves, curve, percent);
      mill_line_marker_add (layout, x, y, &curve->series->style);
      mill_scene_add_hit (layout->scene, &box, x, y, (int) s, (int) i, curve->series->style.color,
                          text);
      if (layout->options->selected_index == (int) i && layout->options->selected_series >= 0 &&
          layout->options->selected_series != (int) s)
        mill_line_ring_add (layout, x, y);
    }
  }
}

static void
add_table (MillLayout *layout, const GArray *percents, GPtrArray *curves, double largest_s)
{
  g_autoptr (GPtrArray) header = g_ptr_array_new_with_free_func (g_free);
  const MillNumberFormat *numbers = &layout->options->numbers;

  g_ptr_array_add (header, g_strdup (_ ("Model")));
  g_ptr_array_add (header, g_strdup (_ ("Requests")));
  g_ptr_array_add (header, mill_percent_to_string (layout, 0.0));
  for (guint i = 0; i < percents->len; i++)
    g_ptr_array_add (header, mill_percent_to_string (layout, g_array_index (percents, double, i)));
  g_ptr_array_add (header, NULL);
  mill_scene_add_table_row (layout->scene, (const char *const *) header->pdata);
  for (guint s = 0; s < curves->len; s++) {
    const Curve *curve = g_ptr_array_index (curves, s);
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (cells, g_strdup (curve->series->label));
    g_ptr_array_add (cells, mill_quantity_number_to_string (numbers, (double) curve->count, 0));
    g_ptr_array_add (cells, mill_time_to_string (numbers, latency_s (curve, 0.0), largest_s));
    for (guint i = 0; i < percents->len; i++) {
      double percent = g_array_index (percents, double, i);
      double value_s = is_carried (curve, percent) ? latency_s (curve, percent) : NAN;

      g_ptr_array_add (cells, mill_time_to_string (numbers, value_s, largest_s));
    }
    g_ptr_array_add (cells, NULL);
    mill_scene_add_table_row (layout->scene, (const char *const *) cells->pdata);
  }
}

static void
set_summary (MillLayout *layout, const char *subtitle, GPtrArray *curves)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  g_string_printf (summary, _ ("Latency by percentile, %s."), subtitle);
  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = g_ptr_array_index (curves, i);
    g_autofree char *percent = mill_percent_to_string (layout, curve->last);
    double high_s = latency_s (curve, curve->last);
    double median_s = latency_s (curve, 50.0);
    g_autofree char *median = mill_time_to_string (&layout->options->numbers, median_s, median_s);
    g_autofree char *high = mill_time_to_string (&layout->options->numbers, high_s, high_s);

    g_string_append_c (summary, ' ');
    /* Translators: a model, its median latency, a percentile, the latency there. */
    g_string_append_printf (summary, _ ("%s: median %s, %s took at most %s."), curve->series->label,
                            median, percent, high);
  }
  mill_scene_set_summary (layout->scene, summary->str);
}

static char *
subtitle_text (const MillLayout *layout, const MillScale *scale, GPtrArray *curves)
{
  gboolean open_loop = FALSE;
  gboolean computes = mill_chart_spec_computes (layout->spec);
  GString *text = g_string_new (computes ? _ ("time per URL") : _ ("time per request"));

  for (guint i = 0; i < curves->len; i++)
    open_loop |= ((const Curve *) g_ptr_array_index (curves, i))->uncorrected != NULL;
  if (scale->log)
    g_string_append (text, _ (", log axis"));
  if (open_loop)
    g_string_append (text, _ ("; from the planned send time, dashed from the true one"));
  g_string_append (text, computes ? _ ("; lower is better")
                                  : _ ("; lower is better; without failed requests"));
  return g_string_free (text, FALSE);
}

static void
add_delay_line (MillLayout *layout, const MillBox *plot, double y)
{
  double unit = mill_layout_unit (layout);
  MillStroke stroke = { .color = layout->theme->secondary,
                        .width_px = 1.2 * unit,
                        .dash = MILL_DASH_DOTTED };

  mill_scene_add_line (layout->scene, plot->x, y, plot->x + plot->width, y, &stroke);
}

/* As long as there is room for. */
static char *
delay_label (const MillLayout *layout, const char *delay)
{
  g_autofree char *text = g_strdup_printf (_ ("server delay %s"), delay);

  if (mill_layout_text_width (layout, text, MILL_TEXT_SUBTITLE) >
      MAX_LABEL_SHARE * layout->width_px - layout->base_px)
    return g_strdup_printf (_ ("delay %s"), delay);
  return g_steal_pointer (&text);
}

static void
fill_labels (const MillLayout *layout,
             const MillScale *scale,
             GPtrArray *curves,
             MillLineLabel *labels,
             double delay_s,
             const char *delay_text)
{
  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = g_ptr_array_index (curves, i);

    labels[i] = (MillLineLabel){
      .text = curve->series->label,
      .y = mill_scale_map_clamped (scale, latency_s (curve, curve->last)),
      .color = curve->series->style.text_color,
    };
  }
  if (isfinite (delay_s))
    labels[curves->len] = (MillLineLabel){
      .text = delay_text,
      .y = mill_scale_map_clamped (scale, delay_s),
      .color = layout->theme->secondary,
      .secondary = TRUE,
    };
}

/* Everything inside the frame. */
static void
add_plot (MillLayout *layout, const MillBox *body, MillScale *scale, GPtrArray *curves)
{
  g_autofree MillLineLabel *labels = g_new0 (MillLineLabel, curves->len + 1);
  g_autoptr (GArray) percents = mill_percent_marks_new (last_carried (curves));
  double delay_s = configured_delay_s (layout->spec);
  MillAxisUnit axis_unit = mill_axis_unit_choose (MILL_UNIT_SECONDS, scale->max);
  g_autofree char *delay =
      mill_tick_to_string (&layout->options->numbers, delay_s, 0.0, MILL_UNIT_SECONDS, &axis_unit);
  g_autofree char *delay_text = delay_label (layout, delay);
  guint n_labels = curves->len + (isfinite (delay_s) ? 1 : 0);
  MillBox plot = *body;
  double label_width;

  fill_labels (layout, scale, curves, labels, delay_s, delay_text);
  label_width = mill_line_labels_width (layout, labels, n_labels, MAX_LABEL_SHARE);
  plot.height -= mill_axis_bottom_height (layout, TRUE);
  scale->from_px = plot.y + plot.height;
  scale->to_px = plot.y;
  plot.x += mill_axis_left_width (layout, scale, plot.height, MILL_UNIT_SECONDS, FALSE);
  plot.width = MAX (body->x + body->width - label_width - plot.x, 1.0);
  fill_labels (layout, scale, curves, labels, delay_s, delay_text);

  mill_axis_left (layout, &plot, scale, MILL_UNIT_SECONDS, FALSE);
  mill_percent_axis_add (layout, &plot, percents);
  if (isfinite (delay_s))
    add_delay_line (layout, &plot, mill_scale_map_clamped (scale, delay_s));
  for (guint i = 0; i < curves->len; i++) {
    const Curve *curve = g_ptr_array_index (curves, i);

    if (curve->uncorrected != NULL)
      add_curve (layout, &plot, scale, percents, curve->uncorrected, &curve->series->style,
                 MILL_DASH_DASHED);
    add_curve (layout, &plot, scale, percents, curve->points, &curve->series->style,
               MILL_DASH_NONE);
  }
  if (layout->options->selected_series >= 0 && layout->options->selected_index >= 0 &&
      (guint) layout->options->selected_index < percents->len)
    mill_line_cursor_add (
        layout, &plot,
        mill_percent_x (&plot, percents,
                        g_array_index (percents, double, layout->options->selected_index)));
  add_markers (layout, &plot, scale, percents, curves);
  mill_line_labels_add (layout, &plot, labels, n_labels, label_width);
  add_table (layout, percents, curves, scale->max);
}

void
mill_chart_latency_layout (MillLayout *layout)
{
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) curves = collect_curves (series);
  MillScale scale = choose_scale (layout, curves, configured_delay_s (layout->spec));
  g_autofree char *subtitle = subtitle_text (layout, &scale, curves);
  MillBox body;

  mill_chart_frame (layout, _ ("Latency by percentile"), subtitle, NULL, 0, &body);
  add_plot (layout, &body, &scale, curves);
  set_summary (layout, subtitle, curves);
}
