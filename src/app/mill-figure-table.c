/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-figure-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-series-swatch.h"
#include "result/mill-table.h"

struct _MillFigureTable {
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkGrid *grid;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (MillFigureTable, mill_figure_table, GTK_TYPE_WIDGET)

static void
mill_figure_table_dispose (GObject *object)
{
  MillFigureTable *self = MILL_FIGURE_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (mill_figure_table_parent_class)->dispose (object);
}

static void
mill_figure_table_class_init (MillFigureTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_figure_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mill_figure_table_init (MillFigureTable *self)
{
  self->grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "figures");
  gtk_widget_set_hexpand (GTK_WIDGET (self->grid), TRUE);
  self->scrolled =
      g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_AUTOMATIC,
                    "vscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                    "overflow", GTK_OVERFLOW_HIDDEN, "child", self->grid, NULL);
  gtk_widget_add_css_class (self->scrolled, "card");
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures"), -1);
}

GtkWidget *
mill_figure_table_new (void)
{
  return g_object_new (MILL_TYPE_FIGURE_TABLE, NULL);
}

static void
clear (MillFigureTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_rows = 0;
}

/* A number keeps its order from left to right: "20 ×" is not "× 20". */
static char *
isolate (const char *text, gboolean number)
{
  return number ? g_strconcat ("\u2066", text, "\u2069", NULL) : g_strdup (text);
}

/* A cell with its text; `detail` stands beside it with less weight. */
static void
add_cell (MillFigureTable *self,
          guint row,
          guint column,
          GtkWidget *swatch,
          const char *text,
          const char *detail,
          gboolean number)
{
  gboolean header = row == 0;
  GtkWidget *cell =
      g_object_new (GTK_TYPE_BOX, "accessible-role",
                    header ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_CELL,
                    "spacing", swatch != NULL ? 9 : 4, NULL);
  g_autofree char *shown = isolate (text, number && !header);
  GtkWidget *label = gtk_label_new (shown);

  gtk_widget_add_css_class (cell, header ? "head" : "figure");
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  if (header)
    gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_halign (label, number ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, number);
  if (swatch != NULL)
    gtk_box_append (GTK_BOX (cell), swatch);
  gtk_box_append (GTK_BOX (cell), label);
  if (detail != NULL) {
    g_autofree char *shown_detail = isolate (detail, TRUE);
    GtkWidget *small = gtk_label_new (shown_detail);

    gtk_widget_add_css_class (small, "caption");
    gtk_widget_add_css_class (small, "numeric");
    gtk_widget_add_css_class (small, "dim-label");
    gtk_box_append (GTK_BOX (cell), small);
  }
  if (column == 0)
    gtk_widget_add_css_class (cell, "start");
  gtk_widget_set_hexpand (cell, TRUE);
  g_object_set_data_full (G_OBJECT (cell), "text", g_strdup (text), g_free);
  gtk_grid_attach (self->grid, cell, (int) column, (int) row, 1, 1);
  self->n_rows = MAX (self->n_rows, row + 1);
}

void
mill_figure_table_set_result (MillFigureTable *table, const MillResult *result)
{
  clear (table);
  if (result == NULL)
    return;
  g_autoptr (MillTable) data = mill_table_new (result);

  for (guint i = 0; i < data->columns->len; i++) {
    const MillTableColumn *column = g_ptr_array_index (data->columns, i);

    add_cell (table, 0, i, NULL, column->title, NULL, column->number);
  }
  for (guint i = 0; i < data->rows->len; i++) {
    const MillTableRow *row = g_ptr_array_index (data->rows, i);

    for (guint j = 0; j < row->cells->len; j++) {
      const MillTableColumn *column = g_ptr_array_index (data->columns, j);
      const MillTableCell *cell = g_ptr_array_index (row->cells, j);
      GtkWidget *swatch = j == 0 ? mill_series_swatch_new (result, row->model) : NULL;

      add_cell (table, i + 1, j, swatch, cell->text, cell->detail, column->number);
    }
  }
}

char *
mill_comparison_label (const MillModelComparison *pair)
{
  g_autofree char *first = mill_model_result_to_label (pair->first);
  g_autofree char *second = mill_model_result_to_label (pair->second);
  g_autofree char *label = g_str_equal (first, second)
                               ? g_steal_pointer (&first)
                               : g_strdup_printf (_ ("%s, %s"), first, second);

  return mill_format_swept (label, pair->first->sweep_value);
}

static void
add_comparison_row (MillFigureTable *table,
                    const MillResult *base,
                    const MillResult *other,
                    const MillModelComparison *pair,
                    MillFigure figure,
                    gboolean several)
{
  const MillEstimate *first = &pair->first->figures[figure];
  const MillEstimate *second = &pair->second->figures[figure];
  g_autofree char *label = mill_comparison_label (pair);
  g_autofree char *base_text = mill_format_number (first->median);
  g_autofree char *other_text = mill_format_number (second->median);
  g_autofree char *ratio = mill_format_ratio (pair->comparison.ratio);
  g_autofree char *ratio_text =
      isfinite (pair->comparison.ratio) ? g_strconcat (ratio, " ×", NULL) : g_strdup (ratio);
  g_autofree char *interval = NULL;
  guint row = table->n_rows;
  guint column = 0;

  if (isfinite (pair->comparison.low)) {
    g_autofree char *low = mill_format_ratio (pair->comparison.low);
    g_autofree char *high = mill_format_ratio (pair->comparison.high);

    interval = g_strdup_printf ("%s–%s", low, high);
  }
  add_cell (table, row, column++, mill_series_swatch_new (base, pair->first), label, NULL, FALSE);
  if (several)
    add_cell (table, row, column++, NULL, other->name, NULL, FALSE);
  add_cell (table, row, column++, NULL, base_text, NULL, TRUE);
  add_cell (table, row, column++, NULL, other_text, NULL, TRUE);
  add_cell (table, row, column++, NULL, ratio_text, interval, TRUE);
  add_cell (table, row, column, NULL, mill_verdict_to_words (pair->comparison.verdict, figure),
            NULL, FALSE);
}

void
mill_figure_table_set_comparison (MillFigureTable *table, GPtrArray *results, MillFigure figure)
{
  const MillResult *base = g_ptr_array_index (results, 0);
  const MillFigureInfo *info = mill_figure_info (figure);
  gboolean several = results->len > 2;
  guint column = 0;

  clear (table);
  add_cell (table, 0, column++, NULL, _ ("Model"), NULL, FALSE);
  if (several)
    add_cell (table, 0, column++, NULL, _ ("Compared with"), NULL, FALSE);
  g_autofree char *before = g_strdup_printf (_ ("First, %s"), info->unit);
  g_autofree char *after =
      g_strdup_printf (several ? _ ("Other, %s") : _ ("Second, %s"), info->unit);
  add_cell (table, 0, column++, NULL, before, NULL, TRUE);
  add_cell (table, 0, column++, NULL, after, NULL, TRUE);
  add_cell (table, 0, column++, NULL, _ ("Ratio"), NULL, TRUE);
  add_cell (table, 0, column, NULL, _ ("Verdict"), NULL, FALSE);
  for (guint i = 1; i < results->len; i++) {
    const MillResult *other = g_ptr_array_index (results, i);
    g_autoptr (GArray) pairs = mill_compare_results (base, other, figure);

    for (guint j = 0; j < pairs->len; j++)
      add_comparison_row (table, base, other, &g_array_index (pairs, MillModelComparison, j),
                          figure, several);
  }
}

const char *
mill_figure_table_get_cell (MillFigureTable *table, guint row, guint column)
{
  GtkWidget *cell = gtk_grid_get_child_at (table->grid, (int) column, (int) row);

  return cell != NULL ? g_object_get_data (G_OBJECT (cell), "text") : NULL;
}

guint
mill_figure_table_get_n_rows (MillFigureTable *table)
{
  return table->n_rows;
}
