/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-text-row.h"

struct _MillTextRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *hint_label;
  GtkTextView *view;

  char *hint;
  gboolean silent; /* the text is being set, not typed */
};

enum { PROP_0, PROP_HINT, N_PROPS };

static GParamSpec *props[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (MillTextRow, mill_text_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_buffer_changed (MillTextRow *self)
{
  if (!self->silent)
    g_signal_emit (self, changed_signal, 0);
}

static void
mill_text_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillTextRow *self = MILL_TEXT_ROW (object);

  switch (id) {
  case PROP_HINT:
    g_free (self->hint);
    self->hint = g_value_dup_string (value);
    mill_text_row_set_problem (self, NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_text_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillTextRow *self = MILL_TEXT_ROW (object);

  switch (id) {
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
on_title_changed (MillTextRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
mill_text_row_finalize (GObject *object)
{
  g_free (MILL_TEXT_ROW (object)->hint);

  G_OBJECT_CLASS (mill_text_row_parent_class)->finalize (object);
}

static void
mill_text_row_class_init (MillTextRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mill_text_row_set_property;
  object_class->get_property = mill_text_row_get_property;
  object_class->finalize = mill_text_row_finalize;
  props[PROP_HINT] =
      g_param_spec_string ("hint", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", MILL_TYPE_TEXT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/text-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MillTextRow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, MillTextRow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_buffer_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
}

static void
mill_text_row_init (MillTextRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mill_text_row_set_text (MillTextRow *self, const char *text)
{
  self->silent = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  self->silent = FALSE;
}

char *
mill_text_row_dup_text (MillTextRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
mill_text_row_set_problem (MillTextRow *self, const char *message)
{
  const char *under = message != NULL ? message : self->hint;

  gtk_label_set_text (self->hint_label, under != NULL ? under : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), under != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
      message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
