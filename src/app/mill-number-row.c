/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-number-row.h"
#include "experiment/mill-number.h"

/* The finest step of a number with fractions. */
#define FINEST_STEP 0.001

struct _MillNumberRow {
  AdwActionRow parent_instance;

  GtkEditable *entry;
  GtkWidget *less;
  GtkWidget *more;

  double value;
  double min;
  double max;
  gboolean whole;
  gboolean positive;
  gboolean optional;
  char *hint;
  char *text_problem;  /* of what is typed */
  char *value_problem; /* told from outside */
  gboolean silent;     /* the text is being set, not typed */
};

enum {
  PROP_0,
  PROP_VALUE,
  PROP_MIN,
  PROP_MAX,
  PROP_WHOLE,
  PROP_POSITIVE,
  PROP_OPTIONAL,
  PROP_HINT,
  PROP_PLACEHOLDER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (MillNumberRow, mill_number_row, ADW_TYPE_ACTION_ROW)

static void
show_problem (MillNumberRow *self)
{
  const char *problem = mill_number_row_get_problem (self);
  const char *under = problem != NULL ? problem : self->hint;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), under != NULL ? under : "");
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  under != NULL ? under : "", -1);
}

/* The distance to the next value: a tenth of the size of the number, so that the buttons are
 * useful for 5 and for 50,000. */
static double
step_at (MillNumberRow *self, double value)
{
  double finest = self->whole ? 1.0 : FINEST_STEP;

  return MAX (finest, finest * pow (10, floor (log10 (MAX (value / finest, 1) / 2 + 1e-9))));
}

static gboolean
read_text (MillNumberRow *self, const char *text, double *value, GError **error)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gint64 count;

  if (self->optional && *plain == '\0') {
    *value = -1;
    return TRUE;
  }
  if (self->whole) {
    if (!mill_number_parse_int (plain, (gint64) self->min, (gint64) self->max, &count, error))
      return FALSE;
    *value = (double) count;
    return TRUE;
  }
  g_strdelimit (plain, ",", '.');
  if (!mill_number_parse_double (plain, self->min, self->max, value, error))
    return FALSE;
  if (self->positive && *value <= 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("Must be more than 0"));
    return FALSE;
  }
  return TRUE;
}

static void
update_buttons (MillNumberRow *self)
{
  gtk_widget_set_sensitive (self->less, self->value > self->min);
  gtk_widget_set_sensitive (self->more, self->value < self->max);
}

static void
on_text_changed (MillNumberRow *self)
{
  g_autoptr (GError) error = NULL;
  double value;

  if (self->silent)
    return;
  g_clear_pointer (&self->text_problem, g_free);
  g_clear_pointer (&self->value_problem, g_free);
  if (!read_text (self, gtk_editable_get_text (self->entry), &value, &error)) {
    self->text_problem = g_strdup (error->message);
  } else if (value != self->value) {
    self->value = value;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
  }
  show_problem (self);
  update_buttons (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
move_by (MillNumberRow *self, int direction)
{
  double from = MAX (self->value, 0);
  /* Downwards from 20 the step is that of what lies under it. */
  double step = step_at (self, direction > 0 ? from : from * (1 - 1e-6));
  double place = direction > 0 ? floor (from / step + 1e-6) + 1 : ceil (from / step - 1e-6) - 1;
  /* Dividing by a whole number gives the double nearest to the decimal. */
  double value = step < 1 ? place / round (1 / step) : place * step;
  g_autofree char *text = mill_number_to_string (CLAMP (value, self->min, self->max));

  gtk_editable_set_text (self->entry, text);
}

static void
on_less_clicked (MillNumberRow *self)
{
  move_by (self, -1);
}

static void
on_more_clicked (MillNumberRow *self)
{
  move_by (self, 1);
}

static gboolean
on_key_pressed (MillNumberRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  move_by (self, keyval == GDK_KEY_Up ? 1 : -1);
  return GDK_EVENT_STOP;
}

static void
mill_number_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillNumberRow *self = MILL_NUMBER_ROW (object);

  switch (id) {
  case PROP_VALUE:
    mill_number_row_set_value (self, g_value_get_double (value));
    break;
  case PROP_MIN:
    self->min = g_value_get_double (value);
    break;
  case PROP_MAX:
    self->max = g_value_get_double (value);
    break;
  case PROP_WHOLE:
    self->whole = g_value_get_boolean (value);
    break;
  case PROP_POSITIVE:
    self->positive = g_value_get_boolean (value);
    break;
  case PROP_OPTIONAL:
    self->optional = g_value_get_boolean (value);
    break;
  case PROP_HINT:
    g_free (self->hint);
    self->hint = g_value_dup_string (value);
    show_problem (self);
    break;
  case PROP_PLACEHOLDER:
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_number_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillNumberRow *self = MILL_NUMBER_ROW (object);

  switch (id) {
  case PROP_VALUE:
    g_value_set_double (value, self->value);
    break;
  case PROP_MIN:
    g_value_set_double (value, self->min);
    break;
  case PROP_MAX:
    g_value_set_double (value, self->max);
    break;
  case PROP_WHOLE:
    g_value_set_boolean (value, self->whole);
    break;
  case PROP_POSITIVE:
    g_value_set_boolean (value, self->positive);
    break;
  case PROP_OPTIONAL:
    g_value_set_boolean (value, self->optional);
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  case PROP_PLACEHOLDER:
    g_value_set_string (value, gtk_entry_get_placeholder_text (GTK_ENTRY (self->entry)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
on_title_changed (MillNumberRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* Translators: the button that makes the number with this title smaller. */
  g_autofree char *less = g_strdup_printf (_ ("Less: %s"), title);
  /* Translators: the button that makes the number with this title larger. */
  g_autofree char *more = g_strdup_printf (_ ("More: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->less), GTK_ACCESSIBLE_PROPERTY_LABEL, less,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, more,
                                  -1);
}

static void
mill_number_row_finalize (GObject *object)
{
  MillNumberRow *self = MILL_NUMBER_ROW (object);

  g_free (self->hint);
  g_free (self->text_problem);
  g_free (self->value_problem);

  G_OBJECT_CLASS (mill_number_row_parent_class)->finalize (object);
}

static GParamSpec *
double_property (const char *name, double initial)
{
  return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, initial,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
flag_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE,
                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                   G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
text_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
mill_number_row_class_init (MillNumberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mill_number_row_set_property;
  object_class->get_property = mill_number_row_get_property;
  object_class->finalize = mill_number_row_finalize;

  props[PROP_VALUE] = double_property ("value", 0);
  props[PROP_MIN] = double_property ("min", 0);
  props[PROP_MAX] = double_property ("max", 100);
  props[PROP_WHOLE] = flag_property ("whole");
  props[PROP_POSITIVE] = flag_property ("positive");
  props[PROP_OPTIONAL] = flag_property ("optional");
  props[PROP_HINT] = text_property ("hint");
  props[PROP_PLACEHOLDER] = text_property ("placeholder");
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", MILL_TYPE_NUMBER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/number-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MillNumberRow, entry);
  gtk_widget_class_bind_template_child (widget_class, MillNumberRow, less);
  gtk_widget_class_bind_template_child (widget_class, MillNumberRow, more);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_less_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed);
}

static void
mill_number_row_init (MillNumberRow *self)
{
  self->max = 100;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mill_number_row_new (const char *title, const char *hint, double min, double max)
{
  return g_object_new (MILL_TYPE_NUMBER_ROW, "title", title, "hint", hint, "min", min, "max", max,
                       "whole", TRUE, NULL);
}

void
mill_number_row_set_value (MillNumberRow *self, double value)
{
  gboolean is_new = value != self->value;
  g_autofree char *text =
      self->optional && value == -1 ? g_strdup ("") : mill_number_to_string (value);

  self->value = value;
  self->silent = TRUE;
  gtk_editable_set_text (self->entry, text);
  self->silent = FALSE;
  g_clear_pointer (&self->text_problem, g_free);
  g_clear_pointer (&self->value_problem, g_free);
  show_problem (self);
  update_buttons (self);
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

double
mill_number_row_get_value (MillNumberRow *self)
{
  return self->value;
}

gboolean
mill_number_row_is_readable (MillNumberRow *self)
{
  return self->text_problem == NULL;
}

void
mill_number_row_set_problem (MillNumberRow *self, const char *message)
{
  if (g_strcmp0 (message, self->value_problem) == 0)
    return;
  g_free (self->value_problem);
  self->value_problem = g_strdup (message);
  show_problem (self);
}

const char *
mill_number_row_get_problem (MillNumberRow *self)
{
  return self->text_problem != NULL ? self->text_problem : self->value_problem;
}

void
mill_number_row_set_text (MillNumberRow *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
}
