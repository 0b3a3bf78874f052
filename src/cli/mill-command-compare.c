/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "experiment/mill-text.h"
#include "result/mill-comparison.h"
#include "result/mill-figure.h"
#include "result/mill-table.h"

static char *
ratio_text (const MillFigureComparison *comparison)
{
  g_autofree char *ratio = mill_format_ratio (comparison->ratio);

  if (isnan (comparison->low) || isnan (comparison->high))
    return g_steal_pointer (&ratio);
  g_autofree char *low = mill_format_ratio (comparison->low);
  g_autofree char *high = mill_format_ratio (comparison->high);
  return g_strdup_printf ("%s (%s–%s)", ratio, low, high);
}

static void
append_padded (GString *text, const char *cell, int width)
{
  g_string_append (text, cell);
  for (int i = (int) mill_text_columns (cell); i < width + 2; i++)
    g_string_append_c (text, ' ');
}

static void
append_rows (GString *text, GArray *comparisons, MillSweep sweep, MillFigure figure)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ratios = g_ptr_array_new_with_free_func (g_free);
  int name_width = (int) mill_text_columns (_ ("Model"));
  int ratio_width = (int) mill_text_columns (_ ("B / A (95 %)"));

  for (guint i = 0; i < comparisons->len; i++) {
    const MillModelComparison *row = &g_array_index (comparisons, MillModelComparison, i);
    g_autofree char *label = mill_model_result_to_label (row->first);
    g_ptr_array_add (names, mill_cli_row_name (label, sweep, row->first->sweep_value));
    g_ptr_array_add (ratios, ratio_text (&row->comparison));
    name_width = MAX (name_width, (int) mill_text_columns (g_ptr_array_index (names, i)));
    ratio_width = MAX (ratio_width, (int) mill_text_columns (g_ptr_array_index (ratios, i)));
  }
  append_padded (text, _ ("Model"), name_width);
  append_padded (text, _ ("B / A (95 %)"), ratio_width);
  g_string_append_printf (text, "%s\n", _ ("B against A"));
  for (guint i = 0; i < comparisons->len; i++) {
    const MillModelComparison *row = &g_array_index (comparisons, MillModelComparison, i);
    append_padded (text, g_ptr_array_index (names, i), name_width);
    append_padded (text, g_ptr_array_index (ratios, i), ratio_width);
    g_string_append_printf (text, "%s\n", mill_verdict_to_words (row->comparison.verdict, figure));
  }
}

static char *
comparison_text (const MillResult *a, const MillResult *b, GArray *comparisons, MillFigure figure)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) conditions = mill_compare_conditions (a, b);
  const MillFigureInfo *info = mill_figure_info (figure);

  g_string_append_printf (text, "%s%s%s%s\n\n", _ (info->label), *info->unit != '\0' ? " (" : "",
                          info->unit, *info->unit != '\0' ? ")" : "");
  append_rows (text, comparisons, a->experiment->sweep, figure);
  for (guint i = 0; conditions[i] != NULL; i++)
    g_string_append_printf (text, "%s%s\n", i == 0 ? "\n" : "", conditions[i]);
  return g_string_free (text, FALSE);
}

MillExit
mill_command_compare (GStrv arguments)
{
  g_autofree char *figure_id = NULL;
  const GOptionEntry entries[] = {
    { "figure", 0, 0, G_OPTION_ARG_STRING, &figure_id,
      N_ ("which figure, by its name in the document (wall_time_s)"), N_ ("NAME") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillFigure figure = MILL_FIGURE_WALL_TIME;
  MillExit status;

  if (!mill_cli_parse ("compare", entries, NULL, arguments, 2, 2, &operands, &status))
    return status;
  if (!mill_cli_parse_figure ("compare", figure_id, &figure))
    return MILL_EXIT_USAGE;

  g_autoptr (MillResult) a = mill_cli_load_result (operands[0], &error);
  g_autoptr (MillResult) b = a != NULL ? mill_cli_load_result (operands[1], &error) : NULL;
  if (b == NULL)
    return mill_cli_fail (error);

  g_autoptr (GArray) comparisons = mill_compare_results (a, b, figure);
  if (comparisons->len == 0) {
    g_set_error (&error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("“%s” and “%s” have no model in common; there is nothing to compare."),
                 operands[0], operands[1]);
    return mill_cli_fail (error);
  }
  g_autofree char *text = comparison_text (a, b, comparisons, figure);
  return mill_cli_print (text) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}
