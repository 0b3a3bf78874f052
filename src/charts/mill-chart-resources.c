/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-line-labels.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MAX_LABEL_SHARE 0.24
#define MIB (1024.0 * 1024.0)
/* Names stand at the ends of the lines where all end in the last part of the plot. */
#define ENDS_TOGETHER 0.85

/* One of the stacked panels. */
typedef struct {
  const char *label; /* untranslated */
  MillUnit unit;
  gboolean integers;
  double (*value) (const MillSample *sample); /* in the base unit; NAN: absent */
} Quantity;

static double
cpu_value (const MillSample *sample)
{
  return sample->cpu_process_percent;
}

static double
memory_value (const MillSample *sample)
{
  return sample->memory_mib * MIB;
}

static double
in_flight_value (const MillSample *sample)
{
  return sample->in_flight >= 0 ? (double) sample->in_flight : NAN;
}

static const Quantity quantities[] = {
  /* xgettext:no-c-format */
  { N_ ("CPU of the process, % of one core"), MILL_UNIT_PERCENT, FALSE, cpu_value },
  { N_ ("memory of the process"), MILL_UNIT_BYTES, FALSE, memory_value },
  { N_ ("requests in flight"), MILL_UNIT_COUNT, TRUE, in_flight_value },
};

/* A model's samples of a repetition near its median. */
typedef struct {
  const MillSeries *series;
  const GArray *samples; /* MillSample, of the trial, at least one */
  double end_s;
} Run;

static GArray *
collect_runs (GPtrArray *series)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    const MillTrialResult *trial = mill_series_typical_trial (one);

    if (trial != NULL && trial->samples->len > 0) {
      guint last = trial->samples->len - 1;
      Run run = { one, trial->samples, g_array_index (trial->samples, MillSample, last).time_s };

      g_array_append_val (runs, run);
    }
  }
  return runs;
}

gboolean
mill_chart_resources_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GArray) runs = collect_runs (series);

  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    if (run->samples->len > 1 && run->end_s > g_array_index (run->samples, MillSample, 0).time_s)
      return TRUE;
  }
  *reason = g_strdup (runs->len > 0 ? _ ("Too short a run") : _ ("No samples"));
  return FALSE;
}

static double
sample_value (const Run *run, guint index, const Quantity *quantity, double *time_s)
{
  const MillSample *sample = &g_array_index (run->samples, MillSample, index);
  double value = quantity->value (sample);

  *time_s = sample->time_s;
  return isfinite (sample->time_s) && isfinite (value) && value >= 0.0 ? value : NAN;
}

static double
largest_value (const GArray *runs, const Quantity *quantity)
{
  double largest = 0.0, time_s;

  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    for (guint j = 0; j < run->samples->len; j++) {
      double value = sample_value (run, j, quantity, &time_s);

      if (value > largest)
        largest = value;
    }
  }
  return largest;
}

static double
longest_run (const GArray *runs)
{
  double longest_s = 0.0;

  for (guint i = 0; i < runs->len; i++) {
    if (isfinite (g_array_index (runs, Run, i).end_s))
      longest_s = MAX (longest_s, g_array_index (runs, Run, i).end_s);
  }
  return longest_s > 0.0 ? longest_s : 1.0;
}

static gboolean
ends_together (const GArray *runs)
{
  double longest_s = longest_run (runs);

  for (guint i = 0; i < runs->len; i++) {
    if (!(g_array_index (runs, Run, i).end_s >= ENDS_TOGETHER * longest_s))
      return FALSE;
  }
  return TRUE;
}

static void
add_sample_hit (MillLayout *layout,
                const Run *run,
                const Quantity *quantity,
                double time_s,
                double value,
                MillPoint point,
                int series,
                int index)
{
  double reach = 6 * mill_layout_unit (layout);
  MillBox box = { point.x - reach, point.y - reach, 2 * reach, 2 * reach };
  g_autofree char *time =
      mill_quantity_to_string (&layout->options->numbers, time_s, MILL_UNIT_SECONDS);
  g_autofree char *written =
      mill_quantity_to_string (&layout->options->numbers, value, quantity->unit);
  g_autofree char *text = g_strdup_printf ("%s\n%s\t%s\n%s\t%s", run->series->label, _ ("after"),
                                           time, _ (quantity->label), written);

  mill_scene_add_hit (layout->scene, &box, point.x, point.y, series, index,
                      run->series->style.color, text);
}

static void
add_run (MillLayout *layout,
         const Run *run,
         const Quantity *quantity,
         const MillScale *x,
         const MillScale *y,
         int series)
{
  g_autofree MillPoint *points = g_new (MillPoint, run->samples->len);
  guint n = run->samples->len;
  int last = -1;

  for (guint i = 0; i < n; i++) {
    double time_s, value = sample_value (run, i, quantity, &time_s);

    points[i] = (MillPoint){ NAN, NAN };
    if (!isfinite (value) || time_s < x->min || time_s > x->max)
      continue;
    points[i] =
        (MillPoint){ mill_scale_map_clamped (x, time_s), mill_scale_map_clamped (y, value) };
    add_sample_hit (layout, run, quantity, time_s, value, points[i], series, (int) i);
    last = (int) i;
  }
  mill_line_add (layout, points, n, &run->series->style, MILL_DASH_NONE);
  if (last >= 0 && !layout->options->plain)
    mill_line_marker_add (layout, points[last].x, points[last].y, &run->series->style);
}

static double
last_y (const Run *run, const Quantity *quantity, const MillScale *y)
{
  double time_s, value = NAN;

  for (guint i = run->samples->len; i > 0 && !isfinite (value); i--)
    value = sample_value (run, i - 1, quantity, &time_s);
  return mill_scale_map_clamped (y, value);
}

static void
add_panel (MillLayout *layout,
           const MillBox *plot,
           const GArray *runs,
           guint index,
           const MillScale *x,
           const MillScale *y,
           double label_width)
{
  const Quantity *quantity = &quantities[index];
  g_autofree MillLineLabel *labels = g_new0 (MillLineLabel, MAX (runs->len, 1));
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK);

  mill_axis_left (layout, plot, y, quantity->unit, quantity->integers);
  mill_layout_text (layout, _ (quantity->label), plot->x,
                    plot->y - line * 0.75 + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_LEFT, MILL_TEXT_TICK, &layout->theme->text, plot->width);
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    add_run (layout, run, quantity, x, y, (int) (index * runs->len + i));
    labels[i] = (MillLineLabel){ .text = run->series->label,
                                 .y = last_y (run, quantity, y),
                                 .color = run->series->style.text_color };
  }
  if (label_width > 0.0)
    mill_line_labels_add (layout, plot, labels, runs->len, label_width);
}

static double
end_label_width (const MillLayout *layout, const GArray *runs)
{
  g_autofree MillLineLabel *labels = g_new0 (MillLineLabel, MAX (runs->len, 1));

  for (guint i = 0; i < runs->len; i++)
    labels[i].text = g_array_index (runs, Run, i).series->label;
  return mill_line_labels_width (layout, labels, runs->len, MAX_LABEL_SHARE);
}

static MillScale
value_scale (const GArray *runs, const Quantity *quantity, double from_px, double to_px)
{
  double largest = largest_value (runs, quantity);
  MillScale scale = mill_scale_linear (0.0, largest > 0.0 ? largest : 1.0, from_px, to_px);

  mill_scale_nice (&scale, 4);
  return scale;
}

static MillScale
time_scale (const MillLayout *layout, const GArray *runs)
{
  double start_s = layout->options->window_start_s, end_s = layout->options->window_end_s;

  start_s = isfinite (start_s) ? MAX (start_s, 0.0) : 0.0;
  end_s = isfinite (end_s) && end_s > start_s ? end_s : MAX (longest_run (runs), start_s + 1e-5);
  return mill_scale_linear (start_s, end_s, 0.0, 1.0);
}

static void
add_panels (MillLayout *layout, MillBox body, const GArray *runs, gboolean labels_at_ends)
{
  double plain = layout->options->plain ? 0.0 : 1.0;
  double label_width = labels_at_ends ? end_label_width (layout, runs) : 0.0;
  double title = plain * 1.5 * mill_layout_text_height (layout, MILL_TEXT_TICK);
  double bottom = body.y + body.height - mill_axis_bottom_height (layout, FALSE);
  double pitch = (bottom - body.y) / G_N_ELEMENTS (quantities);
  double height = MAX (pitch - title, 1.0), left = 0.0;
  MillBox area;
  MillScale x = time_scale (layout, runs);

  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++) {
    MillScale y = value_scale (runs, &quantities[i], height, 0.0);

    left = MAX (left, mill_axis_left_width (layout, &y, height, quantities[i].unit,
                                            quantities[i].integers));
  }
  if (!labels_at_ends)
    label_width = plain * mill_layout_unit (layout) * 14;
  area = (MillBox){ body.x + left, body.y, MAX (body.width - left - label_width, 1.0),
                    bottom - body.y };
  x.from_px = area.x;
  x.to_px = area.x + area.width;
  mill_axis_bottom (layout, &area, &x, MILL_UNIT_SECONDS, FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++) {
    MillBox plot = { area.x, body.y + i * pitch + title, area.width, height };
    MillScale y = value_scale (runs, &quantities[i], plot.y + plot.height, plot.y);

    add_panel (layout, &plot, runs, i, &x, &y, labels_at_ends ? label_width : 0.0);
  }
}

/* One row per sample: model, time and the three values. */
static void
add_table (MillLayout *layout, const GArray *runs)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  const char *header[] = {
    _ ("Model"), _ ("Time"), _ ("CPU"), _ ("Memory"), _ ("In flight"), NULL
  };

  mill_scene_add_table_row (layout->scene, header);
  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);

    for (guint j = 0; j < run->samples->len; j++) {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      double time_s = g_array_index (run->samples, MillSample, j).time_s;

      g_ptr_array_add (cells, g_strdup (run->series->label));
      g_ptr_array_add (cells, mill_quantity_to_string (numbers, time_s, MILL_UNIT_SECONDS));
      for (guint k = 0; k < G_N_ELEMENTS (quantities); k++)
        g_ptr_array_add (
            cells, mill_quantity_to_string (numbers, sample_value (run, j, &quantities[k], &time_s),
                                            quantities[k].unit));
      g_ptr_array_add (cells, NULL);
      mill_scene_add_table_row (layout->scene, (const char *const *) cells->pdata);
    }
  }
}

static void
set_summary (MillLayout *layout, const GArray *runs)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  g_autoptr (GString) summary =
      g_string_new (_ ("CPU, memory and requests in flight over time, a repetition near the median "
                       "of each model."));

  for (guint i = 0; i < runs->len; i++) {
    const Run *run = &g_array_index (runs, Run, i);
    g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (Run));
    g_autofree char *cpu = NULL, *memory = NULL, *in_flight = NULL;

    g_array_append_val (own, *run);
    cpu = mill_quantity_to_string (numbers, largest_value (own, &quantities[0]), MILL_UNIT_PERCENT);
    memory =
        mill_quantity_to_string (numbers, largest_value (own, &quantities[1]), MILL_UNIT_BYTES);
    in_flight =
        mill_quantity_to_string (numbers, largest_value (own, &quantities[2]), MILL_UNIT_COUNT);
    g_string_append_c (summary, ' ');
    /* Translators: a model, a percentage, an amount of memory, a number of requests. */
    g_string_append_printf (summary, _ ("%s: at most %s CPU, %s, %s in flight."),
                            run->series->label, cpu, memory, in_flight);
  }
  mill_scene_set_summary (layout->scene, summary->str);
}

void
mill_chart_resources_layout (MillLayout *layout)
{
  g_autoptr (GPtrArray) series = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GArray) runs = collect_runs (series);
  g_autofree MillLegendEntry *legend = g_new0 (MillLegendEntry, MAX (runs->len, 1));
  gboolean labels_at_ends = ends_together (runs);
  g_autoptr (GString) subtitle =
      g_string_new (_ ("time since each trial began; a repetition near the median of each model"));
  MillBox body;

  if (runs->len < series->len)
    /* Translators: so many models, or models under one value, are shown, as the others were over
     * before the first sample. */
    g_string_append_printf (
        subtitle, ngettext ("; %u of %u has samples", "; %u of %u have samples", runs->len),
        runs->len, series->len);

  for (guint i = 0; i < runs->len; i++) {
    const MillSeries *one = g_array_index (runs, Run, i).series;

    mill_legend_entry_init (&legend[i], one->label, &one->style, TRUE);
  }
  mill_chart_frame (layout, _ ("Resources over time"), subtitle->str, legend,
                    labels_at_ends ? 0 : runs->len, &body);
  add_panels (layout, body, runs, labels_at_ends);
  add_table (layout, runs);
  set_summary (layout, runs);
}
