/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "result/mill-sentence.h"
#include "result/mill-table.h"
#include "result/mill-writers.h"

static void
append_escaped (GString *text, const char *value)
{
  for (const char *at = value; *at != '\0'; at++) {
    if (*at == '\n' || *at == '\r')
      g_string_append_c (text, ' ');
    else if (*at == '<')
      g_string_append (text, "&lt;");
    else if (*at == '&')
      g_string_append (text, "&amp;");
    else if ((guchar) *at >= 0x20) {
      if (strchr ("\\`*_[]#|~!", *at) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *at);
    }
  }
}

static void
append_table (GString *text, const MillTable *table)
{
  for (guint i = 0; i < table->columns->len; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i);

    g_string_append (text, "| ");
    append_escaped (text, column->title);
    g_string_append_c (text, ' ');
  }
  g_string_append (text, "|\n");
  for (guint i = 0; i < table->columns->len; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i);

    g_string_append (text, column->number ? "| ---: " : "| --- ");
  }
  g_string_append (text, "|\n");
  for (guint i = 0; i < table->rows->len; i++) {
    const MillTableRow *row = g_ptr_array_index (table->rows, i);

    for (guint j = 0; j < row->cells->len; j++) {
      const MillTableCell *cell = g_ptr_array_index (row->cells, j);

      g_string_append (text, "| ");
      append_escaped (text, cell->text);
      if (cell->detail != NULL) {
        g_string_append (text, " (");
        append_escaped (text, cell->detail);
        g_string_append_c (text, ')');
      }
      g_string_append_c (text, ' ');
    }
    g_string_append (text, "|\n");
  }
}

char *
mill_result_to_markdown (const MillResult *result)
{
  g_autoptr (MillTable) table = mill_table_new (result);
  g_autofree char *sentence = mill_sentence_text (result);
  g_autofree char *environment = mill_result_environment_line (result);
  g_autofree char *note = mill_table_note (table);
  GString *text = g_string_new ("## ");

  append_escaped (text, result->name != NULL ? result->name : _ ("Result"));
  g_string_append (text, "\n\n");
  append_escaped (text, sentence);
  g_string_append (text, "\n\n");
  append_table (text, table);
  g_string_append_c (text, '\n');
  if (note != NULL) {
    append_escaped (text, note);
    g_string_append (text, "\n\n");
  }
  append_escaped (text, environment);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    g_string_append (text, i == 0 ? "\n- " : "- ");
    if (warning->model != NULL) {
      append_escaped (text, warning->model);
      g_string_append (text, ": ");
    }
    append_escaped (text, warning->message);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
