/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-chart-preview.h"
#include "app/mill-document-summary.h"
#include "app/mill-history-row.h"
#include "result/mill-table.h"

/* As wide as the small chart in whose place it stands. */
#define BROKEN_WIDTH_PX 54

struct _MillHistoryRow {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkCheckButton *check;
  MillChartPreview *preview;
  GtkImage *broken;
  GtkLabel *name;
  GtkWidget *published;
  GtkWidget *unsaved;
  GtkLabel *description;
  GtkLabel *time;
  GtkLabel *model;

  MillDocument *document;
  gboolean setting;
  gboolean narrow;
};

enum { PROP_0, PROP_NARROW, N_PROPS };

static GParamSpec *props[N_PROPS];

enum { TOGGLED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillHistoryRow, mill_history_row, GTK_TYPE_WIDGET)

static void
on_toggled (MillHistoryRow *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[TOGGLED], 0);
}

static GdkContentProvider *
on_drag_prepare (MillHistoryRow *self, double x, double y)
{
  GFile *file = self->document != NULL ? mill_document_get_file (self->document) : NULL;

  return file != NULL ? gdk_content_provider_new_typed (G_TYPE_FILE, file) : NULL;
}

/* A narrow row gives its width to the name. */
static void
fit (MillHistoryRow *self)
{
  gboolean readable = self->document != NULL && mill_document_get_summary (self->document) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->preview), readable && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->model), !self->narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->broken), self->narrow ? -1 : BROKEN_WIDTH_PX, -1);
}

static void
mill_history_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, MILL_HISTORY_ROW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mill_history_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillHistoryRow *self = MILL_HISTORY_ROW (object);
  gboolean narrow = g_value_get_boolean (value);

  if (id != PROP_NARROW) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  } else if (self->narrow != narrow) {
    self->narrow = narrow;
    fit (self);
    g_object_notify_by_pspec (object, pspec);
  }
}

static void
mill_history_row_dispose (GObject *object)
{
  MillHistoryRow *self = MILL_HISTORY_ROW (object);

  mill_history_row_set_document (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_history_row_parent_class)->dispose (object);
}

static void
mill_history_row_class_init (MillHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (MILL_TYPE_CHART_PREVIEW);
  G_OBJECT_CLASS (klass)->dispose = mill_history_row_dispose;
  G_OBJECT_CLASS (klass)->get_property = mill_history_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = mill_history_row_set_property;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, box);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, check);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, preview);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, broken);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, name);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, published);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, unsaved);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, description);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryRow, model);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[TOGGLED] = g_signal_new ("toggled", MILL_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mill_history_row_init (MillHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mill_history_row_new (void)
{
  return g_object_new (MILL_TYPE_HISTORY_ROW, NULL);
}

static void
show_preview (MillHistoryRow *self)
{
  const MillResultSummary *summary = mill_document_get_summary (self->document);
  g_autoptr (MillChartSpec) spec = summary != NULL ? mill_document_summary_preview (summary) : NULL;

  mill_chart_preview_set_spec (self->preview, spec);
  gtk_widget_set_visible (GTK_WIDGET (self->broken), summary == NULL);
  fit (self);
}

static void
show_fastest (MillHistoryRow *self)
{
  const MillSummaryModel *fastest = mill_document_get_fastest (self->document);
  g_autofree char *time = fastest != NULL ? mill_format_duration (fastest->wall_time_s) : NULL;

  gtk_label_set_text (self->time, time != NULL ? time : "");
  gtk_label_set_text (self->model, fastest != NULL ? fastest->model : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->model), fastest != NULL ? fastest->model : NULL);
}

/* A problem is not dimmed: red must keep its contrast. */
static void
show_problem (MillHistoryRow *self, gboolean problem)
{
  GtkWidget *description = GTK_WIDGET (self->description);

  gtk_widget_remove_css_class (description, problem ? "dim-label" : "error");
  gtk_widget_add_css_class (description, problem ? "error" : "dim-label");
}

static void
update (MillHistoryRow *self)
{
  g_autofree char *description = mill_document_describe (self->document);
  const char *name = mill_document_get_name (self->document);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->description, description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->description), description);
  gtk_widget_set_visible (self->published, mill_document_is_published (self->document));
  gtk_widget_set_visible (self->unsaved, mill_document_is_readable (self->document) &&
                                             mill_document_get_problem (self->document) != NULL);
  show_problem (self, mill_document_get_problem (self->document) != NULL);
  /* Translators: the accessible name of a check: of which result. */
  g_autofree char *label = g_strdup_printf (_ ("Select “%s”"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
mill_history_row_set_document (MillHistoryRow *row, MillDocument *document)
{
  if (row->document != NULL)
    g_signal_handlers_disconnect_by_data (row->document, row);
  g_set_object (&row->document, document);
  if (document == NULL)
    return;
  g_signal_connect_swapped (document, "notify", G_CALLBACK (update), row);
  g_signal_connect_swapped (document, "notify::problem", G_CALLBACK (show_preview), row);
  g_signal_connect_swapped (document, "notify::problem", G_CALLBACK (show_fastest), row);
  update (row);
  show_preview (row);
  show_fastest (row);
}

void
mill_history_row_set_checked (MillHistoryRow *row, gboolean checked)
{
  row->setting = TRUE;
  gtk_check_button_set_active (row->check, checked);
  row->setting = FALSE;
}

gboolean
mill_history_row_get_checked (MillHistoryRow *row)
{
  return gtk_check_button_get_active (row->check);
}
