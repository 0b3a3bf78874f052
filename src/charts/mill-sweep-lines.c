/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-sweep-lines.h"

#include <math.h>
#include <string.h>

/* What the points of one line share. With a swept concurrency the parameters differ from point
 * to point, so the name before the colon it is. */
typedef struct {
  const MillResult *result;
  char *name;
  guint round; /* the same name twice at one value (hybrid:2x10 and 10x2) is two lines */
} Key;

static void
line_free (gpointer data)
{
  MillSweepLine *line = data;

  g_free (line->label);
  g_array_unref (line->points);
  g_free (line);
}

static void
key_clear (gpointer data)
{
  g_free (((Key *) data)->name);
}

static char *
line_name (const MillSeries *series)
{
  const char *label = series->label, *colon = strchr (series->model->model, ':');
  const MillExperiment *experiment = series->result->experiment;

  if (experiment == NULL || experiment->sweep != MILL_SWEEP_CONCURRENCY || colon == NULL)
    return g_strdup (series->model->model);
  if (g_str_has_prefix (label, series->model->model)) {
    /* Keeps what the label says besides the model: the result's name. */
    g_autofree char *kind =
        g_strndup (series->model->model, (gsize) (colon - series->model->model));

    return g_strconcat (kind, label + strlen (series->model->model), NULL);
  }
  return g_strndup (series->model->model, (gsize) (colon - series->model->model));
}

static gboolean
has_value (const MillSweepLine *line, double sweep_value)
{
  for (guint i = 0; i < line->points->len; i++) {
    if (g_array_index (line->points, MillSweepPoint, i).sweep_value == sweep_value)
      return TRUE;
  }
  return FALSE;
}

static MillSweepLine *
find_line (GPtrArray *lines, GArray *keys, const MillSeries *series, const char *name)
{
  for (guint i = 0; i < lines->len; i++) {
    const Key *key = &g_array_index (keys, Key, i);
    MillSweepLine *line = g_ptr_array_index (lines, i);

    if (key->result == series->result && strcmp (key->name, name) == 0 &&
        !has_value (line, series->sweep_value))
      return line;
  }
  return NULL;
}

static MillSweepLine *
add_line (GPtrArray *lines, GArray *keys, const MillSeries *series, const char *name)
{
  MillSweepLine *line = g_new0 (MillSweepLine, 1);
  Key key = { .result = series->result, .name = g_strdup (name) };

  for (guint i = 0; i < keys->len; i++)
    key.round += strcmp (g_array_index (keys, Key, i).name, name) == 0 &&
                 g_array_index (keys, Key, i).result == series->result;
  line->label = key.round > 0 ? g_strdup_printf ("%s (%u)", name, key.round + 1) : g_strdup (name);
  line->points = g_array_new (FALSE, FALSE, sizeof (MillSweepPoint));
  line->style = series->style;
  g_ptr_array_add (lines, line);
  g_array_append_val (keys, key);
  return line;
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const MillSweepPoint *left = a, *right = b;

  return left->sweep_value < right->sweep_value ? -1 : left->sweep_value > right->sweep_value;
}

GPtrArray *
mill_sweep_lines_new (const GPtrArray *series, MillFigure figure)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));

  g_array_set_clear_func (keys, key_clear);
  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    MillSweepPoint point = { one->sweep_value, *mill_series_estimate (one, figure), one };
    g_autofree char *name = line_name (one);
    MillSweepLine *line;

    if (!isfinite (point.sweep_value) || !isfinite (point.estimate.median))
      continue;
    line = find_line (lines, keys, one, name);
    if (line == NULL)
      line = add_line (lines, keys, one, name);
    g_array_append_val (line->points, point);
  }
  for (guint i = 0; i < lines->len; i++)
    g_array_sort (((MillSweepLine *) g_ptr_array_index (lines, i))->points, compare_points);
  return lines;
}

guint
mill_sweep_count_values (const GPtrArray *series)
{
  guint n = 0;

  for (guint i = 0; i < series->len; i++) {
    double value = ((const MillSeries *) g_ptr_array_index (series, i))->sweep_value;
    gboolean seen = !isfinite (value);

    for (guint j = 0; j < i && !seen; j++)
      seen = ((const MillSeries *) g_ptr_array_index (series, j))->sweep_value == value;
    n += !seen;
  }
  return n;
}
