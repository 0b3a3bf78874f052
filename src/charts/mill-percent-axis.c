/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-percent-axis.h"

#include "charts/mill-percentile-curve.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Where ticks, markers and readouts stand; the last carried percentile follows. */
static const double marked[] = { 50, 90, 99, 99.9, 99.99, 99.999 };

char *
mill_percent_to_string (const MillLayout *layout, double percent)
{
  g_autofree char *number = NULL;
  int decimals = 0;

  if (percent <= 0.0)
    return g_strdup (_ ("min"));
  for (double rest = percent; decimals < 4 && fabs (rest - round (rest)) > 1e-6; rest *= 10)
    decimals++;
  number = mill_quantity_number_to_string (&layout->options->numbers, percent, decimals);
  /* Translators: a number and the percent sign, with a no-break space. */
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

GArray *
mill_percent_marks_new (double last_percent)
{
  GArray *percents = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (marked) && marked[i] < last_percent - 1e-9; i++)
    g_array_append_val (percents, marked[i]);
  g_array_append_val (percents, last_percent);
  return percents;
}

double
mill_percent_x (const MillBox *plot, const GArray *percents, double percent)
{
  double last = g_array_index (percents, double, percents->len - 1);

  return plot->x +
         plot->width * mill_percentile_position (percent) / mill_percentile_position (last);
}

/* A gridline, and its label if nothing is there yet. The first label begins at the axis, where
 * it does not meet those of the other axis. */
static void
add_percent_tick (MillLayout *layout,
                  const MillBox *plot,
                  double x,
                  const char *text,
                  double *taken_to,
                  double taken_from)
{
  gboolean first = x <= plot->x;
  double unit = mill_layout_unit (layout);
  double width = mill_layout_text_width (layout, text, MILL_TEXT_TICK);
  double baseline = plot->y + plot->height + mill_axis_bottom_height (layout, FALSE) / 2 +
                    mill_layout_baseline_offset (layout, MILL_TEXT_TICK);
  double middle = first ? x + width / 2 - 2 * unit : x;
  MillStroke grid = { .color = layout->theme->grid, .width_px = unit };

  mill_scene_add_line (layout->scene, x, plot->y, x, plot->y + plot->height, &grid);
  if (middle - width / 2 < *taken_to + 6 * unit || middle + width / 2 > taken_from - 6 * unit)
    return;
  mill_layout_text (layout, text, middle, baseline, MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, NULL, 0.0);
  *taken_to = middle + width / 2;
}

void
mill_percent_axis_add (MillLayout *layout, const MillBox *plot, const GArray *percents)
{
  double taken_to = -INFINITY, unused = -INFINITY;
  double last = g_array_index (percents, double, percents->len - 1);
  g_autofree char *first_text = mill_percent_to_string (layout, 0.0);
  g_autofree char *last_text = mill_percent_to_string (layout, last);
  double last_x = mill_percent_x (plot, percents, last);
  double last_width = mill_layout_text_width (layout, last_text, MILL_TEXT_TICK);
  gboolean computes = mill_chart_spec_computes (layout->spec);
  const char *long_title = computes ? _ ("share of URLs that took at most this long")
                                    : _ ("share of requests that took at most this long");
  const char *title = mill_layout_text_width (layout, long_title, MILL_TEXT_TICK) < plot->width
                          ? long_title
                      : computes ? _ ("share of URLs")
                                 : _ ("share of requests");

  add_percent_tick (layout, plot, plot->x, first_text, &taken_to, INFINITY);
  for (guint i = 0; i + 1 < percents->len; i++) {
    double percent = g_array_index (percents, double, i);
    g_autofree char *text = mill_percent_to_string (layout, percent);

    add_percent_tick (layout, plot, mill_percent_x (plot, percents, percent), text, &taken_to,
                      last_x - last_width / 2);
  }
  add_percent_tick (layout, plot, last_x, last_text, &unused, INFINITY);
  mill_layout_text (layout, title, plot->x + plot->width / 2,
                    plot->y + plot->height + mill_axis_bottom_height (layout, TRUE) -
                        mill_layout_text_height (layout, MILL_TEXT_TICK) / 2 +
                        mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, NULL, plot->width);
}
