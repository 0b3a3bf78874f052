/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-frame.h"

#include <math.h>

/* An axis with the ticks that fit and their labels. */
typedef struct {
  MillTicks ticks;
  GPtrArray *labels; /* char, one for each tick */
} Axis;

static void
axis_clear (Axis *axis)
{
  mill_ticks_clear (&axis->ticks);
  g_clear_pointer (&axis->labels, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Axis, axis_clear)

static void
axis_init (Axis *axis,
           const MillLayout *layout,
           const MillScale *scale,
           int max_ticks,
           MillUnit unit,
           gboolean integers)
{
  MillAxisUnit axis_unit = mill_axis_unit_choose (unit, MAX (fabs (scale->max), fabs (scale->min)));

  mill_scale_ticks (scale, max_ticks, integers, &axis_unit, &axis->ticks);
  axis->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < axis->ticks.values->len; i++) {
    double value = g_array_index (axis->ticks.values, double, i);

    g_ptr_array_add (axis->labels, mill_tick_to_string (&layout->options->numbers, value,
                                                        axis->ticks.step, unit, &axis_unit));
  }
}

static double
tick_position (const Axis *axis, const MillScale *scale, guint tick)
{
  return mill_scale_map (scale, g_array_index (axis->ticks.values, double, tick));
}

/* Whether neighbours keep half a letter's distance. */
static gboolean
labels_fit (const MillLayout *layout, const Axis *axis, const MillScale *scale)
{
  double end = -G_MAXDOUBLE;

  for (guint i = 0; i < axis->labels->len; i++) {
    double width =
        mill_layout_text_width (layout, g_ptr_array_index (axis->labels, i), MILL_TEXT_TICK);
    double middle = tick_position (axis, scale, i);

    if (middle - width / 2.0 < end + 0.8 * layout->base_px)
      return FALSE;
    end = middle + width / 2.0;
  }
  return TRUE;
}

double
mill_axis_bottom_height (const MillLayout *layout, gboolean title)
{
  double line_px = mill_layout_text_height (layout, MILL_TEXT_TICK);

  if (layout->options->plain)
    return 0.0;
  return 5.0 * mill_layout_unit (layout) + line_px + (title ? line_px : 0.0);
}

static void
add_gridline (MillLayout *layout, double x1, double y1, double x2, double y2)
{
  const MillStroke stroke = { layout->theme->grid, mill_layout_unit (layout), MILL_DASH_NONE };

  mill_scene_add_line (layout->scene, x1, y1, x2, y2, &stroke);
}

void
mill_axis_bottom (MillLayout *layout,
                  const MillBox *plot,
                  const MillScale *scale,
                  MillUnit unit,
                  gboolean integers,
                  const char *title)
{
  g_auto (Axis) axis = { 0 };
  int max_ticks = CLAMP ((int) (plot->width / (8.0 * layout->base_px)) + 1, 5, 12);
  double line_px = mill_layout_text_height (layout, MILL_TEXT_TICK);
  double bottom = plot->y + plot->height;
  double baseline = bottom + 5.0 * mill_layout_unit (layout) + line_px * 0.78;
  double reach = 0.0;

  axis_init (&axis, layout, scale, max_ticks, unit, integers);
  while (!labels_fit (layout, &axis, scale) && max_ticks > 2) {
    axis_clear (&axis);
    axis_init (&axis, layout, scale, --max_ticks, unit, integers);
  }
  gboolean crowded = !labels_fit (layout, &axis, scale);
  for (guint i = 0; i < axis.labels->len; i++) {
    const char *label = g_ptr_array_index (axis.labels, i);
    double x = tick_position (&axis, scale, i);
    double half = mill_layout_text_width (layout, label, MILL_TEXT_TICK) / 2.0;

    add_gridline (layout, x, plot->y, x, bottom);
    /* Where not even two labels fit, the first stands alone; at the image's edges they move in. */
    if ((crowded && i > 0) || layout->options->plain)
      continue;
    x = CLAMP (x, half, MAX (layout->width_px - half, half));
    if (x - half < reach)
      continue;
    mill_layout_text (layout, label, x, baseline, MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, NULL, 0.0);
    reach = x + half;
  }
  if (title)
    mill_layout_text (layout, title, plot->x + plot->width / 2.0, baseline + line_px,
                      MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, NULL, plot->width);
}

static void
left_axis_init (Axis *axis,
                const MillLayout *layout,
                const MillScale *scale,
                double height_px,
                MillUnit unit,
                gboolean integers)
{
  int max_ticks = CLAMP (
      (int) (height_px / (2.4 * mill_layout_text_height (layout, MILL_TEXT_TICK))) + 1, 2, 10);

  axis_init (axis, layout, scale, max_ticks, unit, integers);
}

double
mill_axis_left_width (const MillLayout *layout,
                      const MillScale *scale,
                      double height_px,
                      MillUnit unit,
                      gboolean integers)
{
  g_auto (Axis) axis = { 0 };
  double width = 0.0;

  if (layout->options->plain)
    return 0.0;
  left_axis_init (&axis, layout, scale, height_px, unit, integers);
  for (guint i = 0; i < axis.labels->len; i++)
    width = MAX (
        width, mill_layout_text_width (layout, g_ptr_array_index (axis.labels, i), MILL_TEXT_TICK));
  return width + 8.0 * mill_layout_unit (layout);
}

void
mill_axis_left (MillLayout *layout,
                const MillBox *plot,
                const MillScale *scale,
                MillUnit unit,
                gboolean integers)
{
  g_auto (Axis) axis = { 0 };
  double line_px = mill_layout_text_height (layout, MILL_TEXT_TICK);
  double reach = G_MAXDOUBLE;

  left_axis_init (&axis, layout, scale, plot->height, unit, integers);
  for (guint i = 0; i < axis.labels->len; i++) {
    double y = tick_position (&axis, scale, i);

    add_gridline (layout, plot->x, y, plot->x + plot->width, y);
    if (layout->options->plain || y + line_px / 2.0 > reach)
      continue;
    mill_layout_text (layout, g_ptr_array_index (axis.labels, i),
                      plot->x - 8.0 * mill_layout_unit (layout),
                      y + mill_layout_baseline_offset (layout, MILL_TEXT_TICK), MILL_ANCHOR_RIGHT,
                      MILL_TEXT_TICK, NULL, 0.0);
    reach = y - line_px / 2.0;
  }
}

static int
compare_positions (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *positions = data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  if (positions[first] != positions[second])
    return positions[first] < positions[second] ? -1 : 1;
  return first < second ? -1 : 1;
}

void
mill_layout_spread (double *positions, guint n, double distance_px, double low, double high)
{
  g_autofree guint *order = g_new (guint, MAX (n, 1));

  if (n == 0)
    return;
  /* With no room for the distance, they share what there is. */
  if (n > 1)
    distance_px = MIN (distance_px, MAX (high - low, 0.0) / (n - 1));
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_positions, positions);

  /* Blocks of labels that touch, each around the mean of where its labels belong. */
  g_autofree double *middles = g_new (double, n);
  g_autofree guint *sizes = g_new (guint, n);
  guint n_blocks = 0;
  for (guint i = 0; i < n; i++) {
    middles[n_blocks] = positions[order[i]];
    sizes[n_blocks] = 1;
    n_blocks++;
    for (;;) {
      double half = (sizes[n_blocks - 1] - 1) * distance_px / 2.0;
      guint last = n_blocks - 1;

      middles[last] = CLAMP (middles[last], low + half, MAX (high - half, low + half));
      if (last == 0)
        break;
      double before = (sizes[last - 1] - 1) * distance_px / 2.0;
      if (middles[last] - half - middles[last - 1] - before >= distance_px - 1e-9)
        break;
      guint size = sizes[last] + sizes[last - 1];
      middles[last - 1] =
          (middles[last] * sizes[last] + middles[last - 1] * sizes[last - 1]) / size;
      sizes[last - 1] = size;
      n_blocks--;
    }
  }
  for (guint block = 0, i = 0; block < n_blocks; block++) {
    double first = middles[block] - (sizes[block] - 1) * distance_px / 2.0;

    for (guint k = 0; k < sizes[block]; k++, i++)
      positions[order[i]] = first + k * distance_px;
  }
}
