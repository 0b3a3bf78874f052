/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "experiment/mill-number.h"
#include "result/mill-merge.h"
#include "result/mill-statistics.h"
#include "result/mill-summary.h"
#include "result/mill-table.h"

#define NOTHING "–"

/* The columns that show one figure. */
static const struct {
  MillFigure figure;
  const char *title;
  gboolean interval;
  gboolean always;
} figure_columns[] = {
  { MILL_FIGURE_WALL_TIME, N_ ("Time, s"), TRUE, TRUE },
  { MILL_N_FIGURES, N_ ("Speed-up"), FALSE, FALSE }, /* speedup_vs_sync */
  { MILL_FIGURE_THROUGHPUT, N_ ("Requests/s"), FALSE, FALSE },
  { MILL_FIGURE_LATENCY_P50, N_ ("p50, ms"), FALSE, FALSE },
  { MILL_FIGURE_LATENCY_P90, N_ ("p90, ms"), FALSE, FALSE },
  { MILL_FIGURE_LATENCY_P99, N_ ("p99, ms"), FALSE, FALSE },
  { MILL_FIGURE_REQUESTS_FAILED, N_ ("Failed"), FALSE, FALSE },
  { MILL_FIGURE_CPU_PROCESS_AVG, N_ ("CPU, %"), FALSE, FALSE },
  { MILL_FIGURE_MEMORY_MAX, N_ ("Memory, MiB"), FALSE, FALSE },
};

static void
column_free (gpointer data)
{
  MillTableColumn *column = data;

  g_free (column->title);
  g_free (column);
}

static void
cell_free (gpointer data)
{
  MillTableCell *cell = data;

  g_free (cell->text);
  g_free (cell->detail);
  g_free (cell);
}

static void
row_free (gpointer data)
{
  MillTableRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

void
mill_table_free (MillTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->columns);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

char *
mill_format_number (double value)
{
  double size = fabs (value);
  int decimals;

  if (!isfinite (value))
    return g_strdup (NOTHING);
  if (size >= 999.5 && size < 1e15)
    return mill_number_group ((gint64) round (value));
  if (size >= 100 || fabs (value - round (value)) < 1e-9)
    return g_strdup_printf ("%.0f", value);
  if (size >= 10)
    return g_strdup_printf ("%.1f", value);
  if (size >= 0.0995)
    return g_strdup_printf ("%.2f", value);
  if (size >= 0.00995)
    return g_strdup_printf ("%.3f", value);
  /* What is small is not nothing: two digits of it, and no more than it has. */
  decimals = (int) ceil (-log10 (size)) + 1;
  if (fabs (value * pow (10, decimals - 1) - round (value * pow (10, decimals - 1))) < 1e-6)
    decimals--;
  return g_strdup_printf ("%.*f", decimals, value);
}

char *
mill_format_given (double value)
{
  if (isfinite (value) && fabs (value - round (value)) < 1e-9 && fabs (value) < 1e15)
    return mill_number_group ((gint64) round (value));
  return isfinite (value) ? g_strdup_printf ("%.6g", value) : g_strdup (NOTHING);
}

char *
mill_format_swept (const char *name, double value)
{
  g_autofree char *number = NULL;

  if (isnan (value))
    return g_strdup (name);
  number = mill_format_given (value);
  return g_strdup_printf ("%s @ %s", name, number);
}

char *
mill_format_ratio (double ratio)
{
  /* "Slower, 1.00 times" would contradict itself. */
  if (ratio != 1.0 && fabs (ratio - 1.0) < 0.005)
    return g_strdup_printf ("%.3f", ratio);
  return mill_format_number (ratio);
}

char *
mill_format_duration (double value_s)
{
  gboolean micro = value_s < 0.0995e-3;
  gboolean milli = !micro && value_s < 0.0995;
  g_autofree char *number = mill_format_number (micro   ? value_s * 1e6
                                                : milli ? value_s * 1e3
                                                        : value_s);

  if (micro)
    return g_strdup_printf (_ ("%s µs"), number);
  if (milli)
    return g_strdup_printf (_ ("%s ms"), number);
  return g_strdup_printf (_ ("%s s"), number);
}

static void
add_column (MillTable *table, const char *title, gboolean number)
{
  MillTableColumn *column = g_new0 (MillTableColumn, 1);

  column->title = g_strdup (title);
  column->number = number;
  g_ptr_array_add (table->columns, column);
}

static MillTableCell *
add_cell (MillTableRow *row, char *text)
{
  MillTableCell *cell = g_new0 (MillTableCell, 1);

  cell->text = text;
  g_ptr_array_add (row->cells, cell);
  return cell;
}

static const MillEstimate *
column_estimate (const MillModelResult *model, guint column)
{
  MillFigure figure = figure_columns[column].figure;

  return figure == MILL_N_FIGURES ? &model->speedup_vs_sync : &model->figures[figure];
}

/* What the stopped trials of a model say about a figure; NAN where one was completed, which counts
 * alone, or nothing is known. */
static double
partial_value (const MillResult *result, const MillModelResult *model, guint column)
{
  MillFigure figure = figure_columns[column].figure;
  g_autoptr (GArray) values = NULL;
  g_autoptr (GPtrArray) trials = NULL;

  if (figure == MILL_N_FIGURES || model->figures[MILL_FIGURE_WALL_TIME].n > 0)
    return NAN;
  values = g_array_new (FALSE, FALSE, sizeof (double));
  trials = mill_result_get_trials (result, model);
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);
    double value = mill_trial_result_get_figure (trial, figure);

    if (trial->status == MILL_TRIAL_PARTIAL && isfinite (value))
      g_array_append_val (values, value);
  }
  return mill_median ((const double *) (gpointer) values->data, values->len);
}

static gboolean
column_is_shown (const MillResult *result, guint column)
{
  if (figure_columns[column].always)
    return TRUE;
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    if (!isnan (column_estimate (model, column)->median) ||
        !isnan (partial_value (result, model, column)))
      return TRUE;
  }
  return FALSE;
}

static const char *
column_title (const MillResult *result, guint column)
{
  if (figure_columns[column].figure == MILL_FIGURE_THROUGHPUT &&
      result->experiment->workload == MILL_WORKLOAD_CPU)
    return _ ("URLs/s");
  return _ (figure_columns[column].title);
}

static gboolean
has_sweep (const MillResult *result)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    if (!isnan (model->sweep_value))
      return TRUE;
  }
  return FALSE;
}

static const char *
sweep_title (MillSweep sweep)
{
  switch (sweep) {
  case MILL_SWEEP_CONCURRENCY:
    return _ ("In flight");
  case MILL_SWEEP_REQUESTS:
    return _ ("Requests");
  case MILL_SWEEP_DELAY:
    return _ ("Delay, s");
  case MILL_SWEEP_BODY_SIZE:
    return _ ("Body, B");
  case MILL_SWEEP_RATE:
    return _ ("Rate, requests/s");
  case MILL_SWEEP_NONE:
  default:
    return _ ("Value");
  }
}

static void
add_partial_cell (MillTable *table, MillTableRow *row, double value)
{
  g_autofree char *number = mill_format_number (value);

  add_cell (row, g_strconcat (number, "*", NULL))->partial = TRUE;
  table->partial = TRUE;
}

static void
add_figure_cell (MillTable *table, MillTableRow *row, guint column)
{
  const MillEstimate *estimate = column_estimate (row->model, column);
  g_autofree char *number = mill_format_number (estimate->median);
  gboolean speedup = figure_columns[column].figure == MILL_N_FIGURES;
  gboolean exists = !isnan (estimate->median);
  MillTableCell *cell = add_cell (row, g_strconcat (estimate->projected && exists ? "~" : "",
                                                    number, speedup && exists ? " ×" : "", NULL));

  cell->projected = estimate->projected && exists;
  table->projected |= cell->projected;
  if (figure_columns[column].interval && !isnan (estimate->low)) {
    g_autofree char *low = mill_format_number (estimate->low);
    g_autofree char *high = mill_format_number (estimate->high);

    cell->detail = g_strconcat (low, "–", high, NULL);
  }
}

MillTable *
mill_table_new (const MillResult *result)
{
  MillTable *table = g_new0 (MillTable, 1);
  gboolean sweep = has_sweep (result);
  gboolean shown[G_N_ELEMENTS (figure_columns)];

  table->columns = g_ptr_array_new_with_free_func (column_free);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  add_column (table, _ ("Model"), FALSE);
  if (sweep)
    add_column (table, sweep_title (result->experiment->sweep), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (figure_columns); i++) {
    shown[i] = column_is_shown (result, i);
    if (shown[i])
      add_column (table, column_title (result, i), TRUE);
  }

  for (guint i = 0; i < result->models->len; i++) {
    MillTableRow *row = g_new0 (MillTableRow, 1);

    row->model = g_ptr_array_index (result->models, i);
    row->cells = g_ptr_array_new_with_free_func (cell_free);
    g_ptr_array_add (table->rows, row);
    add_cell (row, mill_model_result_to_label (row->model));
    if (sweep)
      add_cell (row, mill_format_given (row->model->sweep_value));
    for (guint j = 0; j < G_N_ELEMENTS (figure_columns); j++) {
      double partial = shown[j] ? partial_value (result, row->model, j) : NAN;

      if (!isnan (partial))
        add_partial_cell (table, row, partial);
      else if (shown[j])
        add_figure_cell (table, row, j);
    }
  }
  return table;
}

char *
mill_table_note (const MillTable *table)
{
  const char *projected =
      _ ("~ projected: fewer requests were measured, the time for all is computed.");
  const char *partial = _ ("* partial: stopped before its end; what was measured until then.");

  if (!table->projected && !table->partial)
    return NULL;
  return g_strconcat (table->projected ? projected : "",
                      table->projected && table->partial ? "\n" : "", table->partial ? partial : "",
                      NULL);
}

/* A member of the environment as text: strings as they are, whole numbers as digits. */
static char *
environment_member (const MillResult *result, const char *member)
{
  JsonNode *node;

  if (result->environment == NULL || !JSON_NODE_HOLDS_OBJECT (result->environment))
    return NULL;
  node = json_object_get_member (json_node_get_object (result->environment), member);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

char *
mill_result_environment_line (const MillResult *result)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *cores = environment_member (result, "cores");
  char *part;

  if (result->published)
    return g_strdup_printf (_ ("Published by %s"),
                            result->source != NULL ? result->source : _ ("an unnamed source"));
  if ((part = environment_member (result, "cpu_model")) != NULL)
    g_ptr_array_add (parts, part);
  if (cores != NULL)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%s core", "%s cores",
                                                       (gulong) g_ascii_strtoull (cores, NULL, 10)),
                                             cores));
  if ((part = environment_member (result, "os")) != NULL)
    g_ptr_array_add (parts, part);
  if (mill_result_count_machines (result) > 1)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u machine", "%u machines",
                                                       mill_result_count_machines (result)),
                                             mill_result_count_machines (result)));
  if (result->program_version != NULL)
    g_ptr_array_add (parts, g_strdup_printf (_ ("Threadmill %s"), result->program_version));
  /* RFC 3339, of which a reader wants the minute. */
  if (result->started != NULL && strlen (result->started) >= strlen ("2026-01-01T00:00"))
    g_ptr_array_add (parts,
                     g_strdup_printf ("%.10s %.5s UTC", result->started, result->started + 11));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}
