/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-text.h"
#include "result/mill-sentence.h"
#include "result/mill-table.h"
#include "result/mill-writers.h"

/* Names come from documents of others: an escape sequence must not reach the terminal. */
static void
append_safe (GString *text, const char *value)
{
  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (text, g_unichar_iscntrl (character) ? 0xfffd : character);
  }
}

static char *
cell_text (const MillTableCell *cell)
{
  GString *text = g_string_new (NULL);

  append_safe (text, cell->text);
  if (cell->detail != NULL)
    g_string_append_printf (text, " (%s)", cell->detail);
  return g_string_free (text, FALSE);
}

static void
append_padded (GString *line, const char *text, guint width, gboolean right)
{
  guint spaces = width - MIN (width, mill_text_columns (text));

  if (line->len > 0)
    g_string_append (line, "  ");
  if (!right)
    g_string_append (line, text);
  for (guint i = 0; i < spaces; i++)
    g_string_append_c (line, ' ');
  if (right)
    g_string_append (line, text);
}

static void
append_line (GString *text, GString *line)
{
  gsize length = line->len;

  while (length > 0 && line->str[length - 1] == ' ')
    length--;
  g_string_append_len (text, line->str, (gssize) length);
  g_string_append_c (text, '\n');
  g_string_truncate (line, 0);
}

static void
append_table (GString *text, const MillTable *table)
{
  guint n_columns = table->columns->len;
  g_autofree guint *widths = g_new0 (guint, n_columns);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i);

    widths[i] = mill_text_columns (column->title);
  }
  for (guint i = 0; i < table->rows->len; i++) {
    const MillTableRow *row = g_ptr_array_index (table->rows, i);

    for (guint j = 0; j < n_columns; j++) {
      char *cell = cell_text (g_ptr_array_index (row->cells, j));

      widths[j] = MAX (widths[j], mill_text_columns (cell));
      g_ptr_array_add (texts, cell);
    }
  }

  for (guint i = 0; i < n_columns; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i);

    append_padded (line, column->title, widths[i], column->number);
  }
  append_line (text, line);
  for (guint i = 0; i < texts->len; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i % n_columns);

    append_padded (line, g_ptr_array_index (texts, i), widths[i % n_columns], column->number);
    if (i % n_columns == n_columns - 1)
      append_line (text, line);
  }
}

char *
mill_result_to_terminal (const MillResult *result)
{
  g_autoptr (MillTable) table = mill_table_new (result);
  g_autofree char *sentence = mill_sentence_text (result);
  g_autofree char *note = mill_table_note (table);
  GString *text = g_string_new (NULL);

  append_table (text, table);
  if (note != NULL)
    g_string_append_printf (text, "%s\n", note);
  g_string_append_c (text, '\n');
  append_safe (text, sentence);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    g_string_append (text, _ ("Warning: "));
    if (warning->model != NULL) {
      append_safe (text, warning->model);
      g_string_append (text, ": ");
    }
    append_safe (text, warning->message);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
