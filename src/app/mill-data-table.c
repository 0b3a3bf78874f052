/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-data-table.h"

#include <string.h>

struct _MillDataTable {
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkColumnView *view;
  GtkStringList *rows; /* the cells of a row, joined by tabs */
};

G_DEFINE_FINAL_TYPE (MillDataTable, mill_data_table, GTK_TYPE_WIDGET)

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* As the titles of the columns, which stand at the start. */
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkStringObject *row = GTK_STRING_OBJECT (gtk_list_item_get_item (item));
  const char *cell = gtk_string_object_get_string (row);
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));

  for (guint i = 0; i < GPOINTER_TO_UINT (column) && cell != NULL; i++) {
    cell = strchr (cell, '\t');
    cell = cell != NULL ? cell + 1 : NULL;
  }
  g_autofree char *text = cell != NULL ? g_strndup (cell, strcspn (cell, "\t")) : g_strdup ("");
  gtk_label_set_label (label, text);
}

static void
mill_data_table_dispose (GObject *object)
{
  MillDataTable *self = MILL_DATA_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (mill_data_table_parent_class)->dispose (object);
}

static void
mill_data_table_class_init (MillDataTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_data_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mill_data_table_init (MillDataTable *self)
{
  GtkNoSelection *selection;

  self->rows = gtk_string_list_new (NULL);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (selection)));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
mill_data_table_new (void)
{
  return g_object_new (MILL_TYPE_DATA_TABLE, NULL);
}

static void
set_columns (MillDataTable *self, const char *const *titles)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (self->view, column);
  }
  for (guint i = 0; titles != NULL && titles[i] != NULL; i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;

    g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (i));
    g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
    column = gtk_column_view_column_new (titles[i], factory);
    gtk_column_view_column_set_expand (column, TRUE);
    gtk_column_view_append_column (self->view, column);
  }
}

void
mill_data_table_set_scene (MillDataTable *table, const MillScene *scene)
{
  guint n_rows = scene != NULL ? mill_scene_get_n_table_rows (scene) : 0;
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (table->rows));
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; i < n_rows; i++) {
    const char *const *cells = mill_scene_get_table_row (scene, i);

    g_ptr_array_add (lines, g_strjoinv ("\t", (char **) cells));
  }
  g_ptr_array_add (lines, NULL);
  gtk_string_list_splice (table->rows, 0, n_old, NULL);
  set_columns (table, n_rows > 0 ? mill_scene_get_table_row (scene, 0) : NULL);
  gtk_string_list_splice (table->rows, 0, 0, (const char *const *) lines->pdata);
}

guint
mill_data_table_get_n_rows (MillDataTable *table)
{
  return g_list_model_get_n_items (G_LIST_MODEL (table->rows));
}
