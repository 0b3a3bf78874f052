/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-model-row.h"
#include "app/mill-models-section.h"
#include "app/mill-note-row.h"

struct _MillModelsSection {
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  MillNoteRow *note; /* the first row of the list */
  GtkMenuButton *add_button;

  MillWorkloadKind workload;
  gboolean narrow;
};

enum { PROP_0, PROP_NARROW, N_PROPS };

static GParamSpec *props[N_PROPS];

static void mill_models_section_iface_init (MillFormSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MillModelsSection,
                               mill_models_section,
                               ADW_TYPE_PREFERENCES_GROUP,
                               G_IMPLEMENT_INTERFACE (MILL_TYPE_FORM_SECTION,
                                                      mill_models_section_iface_init))

/* The row at a place, from 0; NULL after the last. */
static MillModelRow *
row_at (MillModelsSection *self, int place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, place + 1);

  return row != NULL ? MILL_MODEL_ROW (row) : NULL;
}

static int
place_of (MillModelRow *row)
{
  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) - 1;
}

static int
count_kind (MillModelsSection *self, MillModelKind kind)
{
  MillModelRow *row;
  int count = 0;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    count += mill_model_row_get_kind (row) == kind ? 1 : 0;
  return count;
}

static void
update_removable (MillModelsSection *self)
{
  MillModelRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    mill_model_row_set_removable (row, count_kind (self, mill_model_row_get_kind (row)) > 1);
}

static void
on_row_changed (MillModelsSection *self)
{
  mill_form_section_changed (MILL_FORM_SECTION (self));
}

static MillModelRow *insert_row (MillModelsSection *self, MillModelKind kind, int place);

static void
on_add_again (MillModelsSection *self, const MillModelSpec *spec, MillModelRow *row)
{
  MillModelRow *added = insert_row (self, spec->kind, place_of (row) + 1);

  mill_model_row_set_spec (added, spec);
  mill_model_row_set_active (added, TRUE);
  update_removable (self);
  on_row_changed (self);
}

static void
on_move (MillModelsSection *self, int by, MillModelRow *row)
{
  int place = place_of (row) + by;

  if (place < 0 || row_at (self, place) == NULL)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, GTK_WIDGET (row), place + 1);
  g_object_unref (row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  on_row_changed (self);
}

static void
on_remove (MillModelsSection *self, MillModelRow *row)
{
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  update_removable (self);
  on_row_changed (self);
}

static MillModelRow *
insert_row (MillModelsSection *self, MillModelKind kind, int place)
{
  GtkWidget *row = mill_model_row_new (kind);

  mill_model_row_set_workload (MILL_MODEL_ROW (row), self->workload);
  g_object_set (row, "narrow", self->narrow, NULL);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "add-again", G_CALLBACK (on_add_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (on_move), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (self->list, row, place + 1);
  return MILL_MODEL_ROW (row);
}

/* Adds a model from the menu, after the last one that is switched on. */
static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MillModelsSection *self = MILL_MODELS_SECTION (widget);
  MillModelKind kind = (MillModelKind) g_variant_get_int32 (parameter);
  MillModelRow *row;
  int place = 0;

  if ((guint) kind >= MILL_N_MODELS)
    return;
  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    place = mill_model_row_get_active (row) ? i + 1 : place;
  row = insert_row (self, kind, place);
  mill_model_row_set_active (row, TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  update_removable (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  on_row_changed (self);
}

static void
fill_menu (MillModelsSection *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (int i = 0; i < MILL_N_MODELS; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (mill_model_info ((MillModelKind) i)->id, NULL);
    if (!mill_model_is_available ((MillModelKind) i) ||
        mill_model_parameters ((MillModelKind) i, self->workload) == MILL_PARAMETERS_UNSUPPORTED)
      continue;
    g_menu_item_set_action_and_target (item, "models.add", "i", i);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->add_button, G_MENU_MODEL (menu));
}

static void
clear_rows (MillModelsSection *self)
{
  MillModelRow *row;

  while ((row = row_at (self, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Are the rows those of the experiment already, but for their numbers? */
static gboolean
rows_fit (MillModelsSection *self, const MillExperiment *experiment)
{
  int n_models = (int) experiment->models->len;
  MillModelRow *row;

  for (int i = 0; i < n_models; i++) {
    row = row_at (self, i);
    if (row == NULL ||
        mill_model_row_get_kind (row) != g_array_index (experiment->models, MillModelSpec, i).kind)
      return FALSE;
  }
  for (int i = n_models; (row = row_at (self, i)) != NULL; i++) {
    if (count_kind (self, mill_model_row_get_kind (row)) > 1)
      return FALSE;
  }
  return row_at (self, 0) != NULL;
}

/* The models of the experiment in its order, then those that it lacks. */
static void
make_rows (MillModelsSection *self, const MillExperiment *experiment)
{
  int n_rows = (int) experiment->models->len;

  clear_rows (self);
  for (int i = 0; i < n_rows; i++)
    insert_row (self, g_array_index (experiment->models, MillModelSpec, i).kind, i);
  for (int kind = 0; kind < MILL_N_MODELS; kind++) {
    if (count_kind (self, (MillModelKind) kind) == 0)
      insert_row (self, (MillModelKind) kind, n_rows++);
  }
}

static void
mill_models_section_load (MillFormSection *section, const MillExperiment *experiment)
{
  MillModelsSection *self = MILL_MODELS_SECTION (section);
  MillModelRow *row;

  mill_models_section_set_workload (self, experiment->workload);
  if (!rows_fit (self, experiment))
    make_rows (self, experiment);
  for (int i = 0; (row = row_at (self, i)) != NULL; i++) {
    gboolean runs = i < (int) experiment->models->len;
    gint64 measured = 0;
    if (runs) {
      const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
      g_autofree char *name = mill_model_spec_to_string (spec, experiment->workload);
      mill_model_row_set_spec (row, spec);
      measured = mill_experiment_get_projection (experiment, name);
    }
    mill_model_row_set_measured (row, measured);
    mill_model_row_set_active (row, runs);
  }
  update_removable (self);
}

static gboolean
mill_models_section_store (MillFormSection *section, MillExperiment *experiment)
{
  MillModelsSection *self = MILL_MODELS_SECTION (section);
  MillModelRow *row;
  gboolean readable = TRUE;

  g_array_set_size (experiment->models, 0);
  g_ptr_array_set_size (experiment->projections, 0);
  for (int i = 0; (row = row_at (self, i)) != NULL; i++) {
    MillModelSpec spec;
    if (!mill_model_row_get_active (row))
      continue;
    readable = mill_model_row_is_readable (row) && readable;
    mill_model_row_get_spec (row, &spec);
    g_array_append_val (experiment->models, spec);
    if (mill_model_row_get_measured (row) > 0) {
      g_autofree char *name = mill_model_spec_to_string (&spec, experiment->workload);
      mill_experiment_set_projection (experiment, name, mill_model_row_get_measured (row));
    }
  }
  return readable;
}

/* Marks the rows whose own numbers do not go together. */
static gboolean
mark_rows (MillModelsSection *self, gboolean clear)
{
  MillModelRow *row;
  gboolean found = FALSE;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++) {
    g_autoptr (GError) error = NULL;
    MillModelSpec spec;

    mill_model_row_get_spec (row, &spec);
    if (!clear && mill_model_row_get_active (row) && mill_model_row_is_readable (row))
      mill_model_spec_check (&spec, self->workload, &error);
    found = error != NULL || found;
    mill_model_row_set_problem (row, error != NULL ? error->message : NULL);
  }
  return found;
}

static gboolean
mill_models_section_mark (MillFormSection *section, const char *field, const char *message)
{
  MillModelsSection *self = MILL_MODELS_SECTION (section);

  if (field != NULL && !g_str_equal (field, "models") && !g_str_equal (field, "projections"))
    return FALSE;
  gboolean in_rows = mark_rows (self, field == NULL);
  mill_note_row_set_text (self->note, NULL, in_rows ? NULL : message);
  return TRUE;
}

static void
mill_models_section_iface_init (MillFormSectionInterface *iface)
{
  iface->load = mill_models_section_load;
  iface->store = mill_models_section_store;
  iface->mark = mill_models_section_mark;
}

static void
mill_models_section_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillModelsSection *self = MILL_MODELS_SECTION (object);
  MillModelRow *row;

  switch (id) {
  case PROP_NARROW:
    if (self->narrow == g_value_get_boolean (value))
      return;
    self->narrow = g_value_get_boolean (value);
    for (int i = 0; (row = row_at (self, i)) != NULL; i++)
      g_object_set (row, "narrow", self->narrow, NULL);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_models_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_NARROW:
    g_value_set_boolean (value, MILL_MODELS_SECTION (object)->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_models_section_class_init (MillModelsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mill_models_section_set_property;
  object_class->get_property = mill_models_section_get_property;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (MILL_TYPE_NOTE_ROW);
  gtk_widget_class_install_action (widget_class, "models.add", "i", on_add);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/models-section.ui");
  gtk_widget_class_bind_template_child (widget_class, MillModelsSection, list);
  gtk_widget_class_bind_template_child (widget_class, MillModelsSection, note);
  gtk_widget_class_bind_template_child (widget_class, MillModelsSection, add_button);
}

static void
mill_models_section_init (MillModelsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_menu (self);
}

void
mill_models_section_set_workload (MillModelsSection *self, MillWorkloadKind workload)
{
  MillModelRow *row;

  if (self->workload == workload)
    return;
  self->workload = workload;
  for (int i = 0; (row = row_at (self, i)) != NULL; i++)
    mill_model_row_set_workload (row, workload);
  fill_menu (self);
}

void
mill_models_section_project (MillModelsSection *self, const char *model, gint64 requests)
{
  MillModelRow *row;

  for (int i = 0; (row = row_at (self, i)) != NULL; i++) {
    MillModelSpec spec;
    mill_model_row_get_spec (row, &spec);
    g_autofree char *name = mill_model_spec_to_string (&spec, self->workload);
    if (mill_model_row_get_active (row) && g_str_equal (name, model))
      mill_model_row_set_measured (row, requests);
  }
  on_row_changed (self);
}
