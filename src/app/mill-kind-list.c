/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-kind-list.h"

#include <glib/gi18n-lib.h>

#include "app/mill-chart-preview.h"
#include "charts/mill-chart-kind.h"

typedef struct {
  GtkWidget *row;
  GtkWidget *reason_label;
  MillChartPreview *preview;
  char *reason; /* why it cannot be chosen, or NULL */
} KindRow;

struct _MillKindList {
  GtkWidget parent_instance;

  GtkWidget *list;
  KindRow rows[MILL_N_CHART_KINDS];
  MillChartKind kind;
};

G_DEFINE_FINAL_TYPE (MillKindList, mill_kind_list, GTK_TYPE_WIDGET)

enum { KIND_SELECTED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
select_row (MillKindList *self)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           GTK_LIST_BOX_ROW (self->rows[self->kind].row));
}

static void
on_row_selected (MillKindList *self, GtkListBoxRow *row)
{
  MillChartKind kind;

  if (row == NULL)
    return;
  kind = (MillChartKind) gtk_list_box_row_get_index (row);
  if (kind == self->kind)
    return;
  self->kind = kind;
  g_signal_emit (self, signals[KIND_SELECTED], 0, (guint) kind);
}

/* The row's label says the kind; its description why it cannot be chosen. */
static void
set_reason (KindRow *row, char *reason)
{
  g_free (row->reason);
  row->reason = reason;
  gtk_widget_set_sensitive (row->row, reason == NULL);
  gtk_widget_set_visible (row->reason_label, reason != NULL);
  gtk_label_set_label (GTK_LABEL (row->reason_label), reason != NULL ? reason : "");
  gtk_widget_set_tooltip_text (row->row, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

static void
add_row (MillKindList *self, MillChartKind kind)
{
  KindRow *row = &self->rows[kind];
  const char *label = _ (mill_chart_kind_info (kind)->label);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (label);

  row->row = gtk_list_box_row_new ();
  row->preview = MILL_CHART_PREVIEW (mill_chart_preview_new ());
  row->reason_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (row->reason_label), 0);
  gtk_label_set_wrap (GTK_LABEL (row->reason_label), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->reason_label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (row->reason_label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (row->reason_label, "caption");
  gtk_widget_set_visible (row->reason_label, FALSE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), row->reason_label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->preview));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
}

static void
mill_kind_list_dispose (GObject *object)
{
  MillKindList *self = MILL_KIND_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++)
    g_clear_pointer (&self->rows[i].reason, g_free);
  G_OBJECT_CLASS (mill_kind_list_parent_class)->dispose (object);
}

static void
mill_kind_list_class_init (MillKindListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_kind_list_dispose;
  signals[KIND_SELECTED] = g_signal_new ("kind-selected", MILL_TYPE_KIND_LIST, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "millkinds");
}

static void
mill_kind_list_init (MillKindList *self)
{
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_BROWSE, NULL);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Kinds of chart"), -1);
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++)
    add_row (self, (MillChartKind) i);
  select_row (self);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
}

GtkWidget *
mill_kind_list_new (void)
{
  return g_object_new (MILL_TYPE_KIND_LIST, NULL);
}

void
mill_kind_list_set_spec (MillKindList *list, MillChartSpec *spec)
{
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    g_autoptr (MillChartSpec) kind_spec = NULL;
    char *reason = NULL;

    if (spec != NULL) {
      kind_spec = mill_chart_spec_with_kind (spec, (MillChartKind) i);
      if (mill_chart_available (kind_spec, &reason))
        g_clear_pointer (&reason, g_free);
      else if (reason == NULL)
        reason = g_strdup (_ ("No data"));
    }
    set_reason (&list->rows[i], reason);
    mill_chart_preview_set_spec (list->rows[i].preview, reason == NULL ? kind_spec : NULL);
  }
}

void
mill_kind_list_set_kind (MillKindList *list, MillChartKind kind)
{
  list->kind = kind;
  select_row (list);
}

MillChartKind
mill_kind_list_get_kind (MillKindList *list)
{
  return list->kind;
}

gboolean
mill_kind_list_is_available (MillKindList *list, MillChartKind kind)
{
  return list->rows[kind].reason == NULL;
}

const char *
mill_kind_list_get_reason (MillKindList *list, MillChartKind kind)
{
  return list->rows[kind].reason;
}
