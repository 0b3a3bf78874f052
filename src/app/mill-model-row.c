/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-model-row.h"
#include "app/mill-number-row.h"
#include "experiment/mill-experiment.h"

struct _MillModelRow {
  AdwExpanderRow parent_instance;

  GtkLabel *tag;
  GtkSwitch *active;
  MillNumberRow *workers;
  MillNumberRow *in_flight;
  MillNumberRow *batch;
  MillNumberRow *measured;
  AdwActionRow *again;
  GtkWidget *again_box;
  GtkWidget *remove;

  const MillModelInfo *info;
  MillWorkloadKind workload;
  gboolean narrow;
  char *problem;
  gboolean loading; /* fields are being set, not edited */
};

enum { PROP_0, PROP_NARROW, N_PROPS };
enum { CHANGED, ADD_AGAIN, MOVE, REMOVE, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static const int again_values[] = { 10, 100, 1000 };

G_DEFINE_FINAL_TYPE (MillModelRow, mill_model_row, ADW_TYPE_EXPANDER_ROW)

static MillParameters
parameters_of (MillModelRow *self)
{
  return mill_model_parameters (self->info->kind, self->workload);
}

static gboolean
runs_workload (MillModelRow *self)
{
  return parameters_of (self) != MILL_PARAMETERS_UNSUPPORTED &&
         mill_model_is_available (self->info->kind);
}

static gboolean
has_workers (MillParameters parameters)
{
  return parameters == MILL_PARAMETERS_N || parameters == MILL_PARAMETERS_T_BY_C;
}

static gboolean
has_in_flight (MillParameters parameters)
{
  return parameters == MILL_PARAMETERS_C || parameters == MILL_PARAMETERS_C_PER_B ||
         parameters == MILL_PARAMETERS_T_BY_C;
}

/* The parameters of the closed row, in words; NULL where it has none. */
static char *
describe_parameters (MillModelRow *self)
{
  int workers = (int) mill_number_row_get_value (self->workers);
  int in_flight = (int) mill_number_row_get_value (self->in_flight);
  int batch = (int) mill_number_row_get_value (self->batch);

  switch (parameters_of (self)) {
  case MILL_PARAMETERS_N:
    return self->info->kind == MILL_MODEL_MULTIPROCESS
               ? g_strdup_printf (ngettext ("%d process", "%d processes", (unsigned long) workers),
                                  workers)
               : g_strdup_printf (ngettext ("%d thread", "%d threads", (unsigned long) workers),
                                  workers);
  case MILL_PARAMETERS_C:
    return in_flight == 0 ? g_strdup (_ ("all at once"))
                          : g_strdup_printf (_ ("%d in flight"), in_flight);
  case MILL_PARAMETERS_C_PER_B:
    /* Translators: requests in flight, then requests of a batch. */
    return g_strdup_printf (_ ("%d in batches of %d"), in_flight, batch);
  case MILL_PARAMETERS_T_BY_C:
    /* The mark keeps the order of the factors where text runs from right to left. */
    return g_strdup_printf ("\u200e%d × %d", workers, in_flight);
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    return NULL;
  }
}

static const char *
explain (MillModelRow *self)
{
  if (!mill_model_is_available (self->info->kind))
    return _ ("Not built into this program: libcurl or libuv was missing");
  if (parameters_of (self) == MILL_PARAMETERS_UNSUPPORTED)
    return _ ("Does not run CPU work: it only differs in how it waits");
  return _ (self->info->summary);
}

static void
update_texts (MillModelRow *self)
{
  g_autofree char *parameters = describe_parameters (self);
  gboolean closed = !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));
  gboolean shows = parameters != NULL && closed && runs_workload (self);
  const char *under = self->problem != NULL   ? self->problem
                      : self->narrow && shows ? parameters
                                              : explain (self);
  g_autofree char *escaped = g_markup_escape_text (under, -1);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  gtk_label_set_text (self->tag, parameters != NULL ? parameters : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tag), shows && !self->narrow);
}

/* The same model with another concurrency; FALSE where it cannot have that. */
static gboolean
other_concurrency (MillModelRow *self, int value, MillModelSpec *spec)
{
  mill_model_row_get_spec (self, spec);
  if (parameters_of (self) == MILL_PARAMETERS_N) {
    spec->workers = value;
    return mill_model_spec_check (spec, self->workload, NULL);
  }
  return mill_model_spec_set_concurrency (spec, value, NULL);
}

static void
update_again (MillModelRow *self)
{
  GtkWidget *button = gtk_widget_get_first_child (self->again_box);

  for (guint i = 0; i < G_N_ELEMENTS (again_values); i++) {
    MillModelSpec spec;
    gtk_widget_set_sensitive (button, other_concurrency (self, again_values[i], &spec));
    button = gtk_widget_get_next_sibling (button);
  }
}

static void
update_rows (MillModelRow *self)
{
  MillParameters parameters = parameters_of (self);
  gboolean processes = self->info->kind == MILL_MODEL_MULTIPROCESS;

  gtk_widget_set_visible (GTK_WIDGET (self->workers), has_workers (parameters));
  gtk_widget_set_visible (GTK_WIDGET (self->in_flight), has_in_flight (parameters));
  gtk_widget_set_visible (GTK_WIDGET (self->batch), parameters == MILL_PARAMETERS_C_PER_B);
  gtk_widget_set_visible (GTK_WIDGET (self->again),
                          has_workers (parameters) || has_in_flight (parameters));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->workers),
                                 processes ? _ ("Processes") : _ ("Threads"));
  g_object_set (self->workers, "max",
                processes ? (double) MILL_MAX_PROCESSES : (double) MILL_MAX_THREADS, NULL);
  g_object_set (self->in_flight, "min", parameters == MILL_PARAMETERS_T_BY_C ? 1.0 : 0.0, "hint",
                parameters == MILL_PARAMETERS_T_BY_C ? _ ("In each loop")
                                                     : _ ("At once; 0: all of them"),
                NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->active), runs_workload (self));
  update_again (self);
  update_texts (self);
}

static void
on_changed (MillModelRow *self)
{
  if (self->loading)
    return;
  update_again (self);
  update_texts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_expanded (MillModelRow *self)
{
  update_texts (self);
}

static void
on_again_clicked (MillModelRow *self, GtkWidget *button)
{
  GtkWidget *child = gtk_widget_get_first_child (self->again_box);
  MillModelSpec spec;

  for (guint i = 0; i < G_N_ELEMENTS (again_values); i++) {
    if (child == button && other_concurrency (self, again_values[i], &spec))
      g_signal_emit (self, signals[ADD_AGAIN], 0, &spec);
    child = gtk_widget_get_next_sibling (child);
  }
}

static void
on_move_up (MillModelRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, -1);
}

static void
on_move_down (MillModelRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, 1);
}

static void
on_remove (MillModelRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
mill_model_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillModelRow *self = MILL_MODEL_ROW (object);

  switch (id) {
  case PROP_NARROW:
    if (self->narrow == g_value_get_boolean (value))
      return;
    self->narrow = g_value_get_boolean (value);
    update_texts (self);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_model_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_NARROW:
    g_value_set_boolean (value, MILL_MODEL_ROW (object)->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_model_row_finalize (GObject *object)
{
  g_free (MILL_MODEL_ROW (object)->problem);

  G_OBJECT_CLASS (mill_model_row_parent_class)->finalize (object);
}

static void
mill_model_row_class_init (MillModelRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = MILL_TYPE_MODEL_ROW;

  object_class->set_property = mill_model_row_set_property;
  object_class->get_property = mill_model_row_get_property;
  object_class->finalize = mill_model_row_finalize;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ADD_AGAIN] = g_signal_new ("add-again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT);
  signals[REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MILL_TYPE_NUMBER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/model-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, tag);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, active);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, workers);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, in_flight);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, batch);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, measured);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, again);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, again_box);
  gtk_widget_class_bind_template_child (widget_class, MillModelRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded);
  gtk_widget_class_bind_template_callback (widget_class, on_move_up);
  gtk_widget_class_bind_template_callback (widget_class, on_move_down);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
mill_model_row_init (MillModelRow *self)
{
  self->info = mill_model_info (MILL_MODEL_SYNC);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (again_values); i++) {
    /* Translators: a number with the separator of thousands. */
    g_autofree char *label = g_strdup_printf (_ ("%'d"), again_values[i]);
    GtkWidget *button = gtk_button_new_with_label (label);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_again_clicked), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->again_box), button);
  }
}

/* What one would try first. */
static MillModelSpec
first_spec (MillModelKind kind)
{
  MillModelSpec spec = { .kind = kind, .workers = 20, .in_flight = 80, .batch = 160 };

  if (kind == MILL_MODEL_HYBRID || kind == MILL_MODEL_MULTIPROCESS) {
    spec.workers = kind == MILL_MODEL_HYBRID ? 4 : 2;
    spec.in_flight = kind == MILL_MODEL_HYBRID ? 20 : 40;
  }
  return spec;
}

GtkWidget *
mill_model_row_new (MillModelKind kind)
{
  MillModelRow *self = g_object_new (MILL_TYPE_MODEL_ROW, NULL);
  MillModelSpec spec = first_spec (kind);

  self->info = mill_model_info (kind);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->info->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->active), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->info->id, -1);
  self->loading = TRUE;
  mill_number_row_set_value (self->workers, spec.workers);
  mill_number_row_set_value (self->in_flight, spec.in_flight);
  mill_number_row_set_value (self->batch, spec.batch);
  mill_number_row_set_value (self->measured, 0);
  self->loading = FALSE;
  update_rows (self);
  return GTK_WIDGET (self);
}

MillModelKind
mill_model_row_get_kind (MillModelRow *self)
{
  return self->info->kind;
}

void
mill_model_row_set_workload (MillModelRow *self, MillWorkloadKind workload)
{
  self->workload = workload;
  update_rows (self);
}

void
mill_model_row_set_spec (MillModelRow *self, const MillModelSpec *spec)
{
  MillParameters parameters = parameters_of (self);

  self->loading = TRUE;
  if (has_workers (parameters))
    mill_number_row_set_value (self->workers, spec->workers);
  if (has_in_flight (parameters))
    mill_number_row_set_value (self->in_flight, spec->in_flight);
  if (parameters == MILL_PARAMETERS_C_PER_B)
    mill_number_row_set_value (self->batch, spec->batch);
  self->loading = FALSE;
  update_rows (self);
}

void
mill_model_row_get_spec (MillModelRow *self, MillModelSpec *spec)
{
  MillParameters parameters = parameters_of (self);
  MillModelSpec written = {
    .kind = self->info->kind,
    .workers = (int) mill_number_row_get_value (self->workers),
    .in_flight = (int) mill_number_row_get_value (self->in_flight),
    .batch = (int) mill_number_row_get_value (self->batch),
  };
  g_autofree char *text = mill_model_spec_to_string (&written, self->workload);

  /* Reading it back gives the parameters that the model does not have their fixed values. */
  if (parameters == MILL_PARAMETERS_UNSUPPORTED ||
      !mill_model_spec_parse (text, self->workload, spec, NULL))
    *spec = written;
}

gboolean
mill_model_row_get_active (MillModelRow *self)
{
  /* One that this program lacks stays in the experiment, so that it is not dropped in silence. */
  return gtk_switch_get_active (self->active) &&
         parameters_of (self) != MILL_PARAMETERS_UNSUPPORTED;
}

void
mill_model_row_set_active (MillModelRow *self, gboolean active)
{
  self->loading = TRUE;
  gtk_switch_set_active (self->active, active);
  self->loading = FALSE;
}

gint64
mill_model_row_get_measured (MillModelRow *self)
{
  return (gint64) mill_number_row_get_value (self->measured);
}

void
mill_model_row_set_measured (MillModelRow *self, gint64 requests)
{
  mill_number_row_set_value (self->measured, (double) requests);
}

gboolean
mill_model_row_is_readable (MillModelRow *self)
{
  MillParameters parameters = parameters_of (self);

  return (!has_workers (parameters) || mill_number_row_is_readable (self->workers)) &&
         (!has_in_flight (parameters) || mill_number_row_is_readable (self->in_flight)) &&
         (parameters != MILL_PARAMETERS_C_PER_B || mill_number_row_is_readable (self->batch)) &&
         mill_number_row_is_readable (self->measured);
}

void
mill_model_row_set_removable (MillModelRow *self, gboolean removable)
{
  gtk_widget_set_visible (self->remove, removable);
}

void
mill_model_row_set_problem (MillModelRow *self, const char *message)
{
  g_free (self->problem);
  self->problem = g_strdup (message);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  update_texts (self);
}
