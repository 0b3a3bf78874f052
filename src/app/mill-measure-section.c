/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-measure-section.h"
#include "app/mill-note-row.h"
#include "app/mill-number-row.h"
#include "experiment/mill-number.h"
#include "experiment/mill-sweep.h"

#define FIRST_DURATION_S 10
#define FIRST_RATE 100

/* What ends a trial. */
typedef enum {
  END_REQUESTS,
  END_TIME,
  END_EITHER,
} End;

typedef enum {
  LOOP_CLOSED,
  LOOP_OPEN,
} Loop;

struct _MillMeasureSection {
  AdwPreferencesGroup parent_instance;

  MillNumberRow *requests;
  MillNumberRow *repetitions;
  AdwExpanderRow *more;
  AdwComboRow *end;
  MillNumberRow *duration;
  AdwComboRow *loop;
  MillNumberRow *rate;
  MillNumberRow *warmup;
  AdwComboRow *sweep;
  AdwEntryRow *sweep_values;
  MillNoteRow *sweep_note;
  AdwEntryRow *seed;
  MillNoteRow *seed_note;
  AdwEntryRow *name;
  MillNoteRow *name_note;

  gboolean requests_set; /* of the experiment, while no duration gives it a meaning */
  guint64 last_seed;     /* the last one that could be read */
  char *seed_problem;    /* why the text is none, or NULL */
  char *sweep_problem;   /* why the text is none, or NULL */
  gboolean loading;      /* fields are being set, not edited */
};

static void mill_measure_section_iface_init (MillFormSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MillMeasureSection,
                               mill_measure_section,
                               ADW_TYPE_PREFERENCES_GROUP,
                               G_IMPLEMENT_INTERFACE (MILL_TYPE_FORM_SECTION,
                                                      mill_measure_section_iface_init))

static void
show (gpointer row, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (row), visible);
}

static const char *
sweep_example (MillSweep sweep)
{
  switch (sweep) {
  case MILL_SWEEP_CONCURRENCY:
    return "1, 10, 100";
  case MILL_SWEEP_REQUESTS:
    return "100, 1000";
  case MILL_SWEEP_DELAY:
    return "0, 0.01, 0.1";
  case MILL_SWEEP_BODY_SIZE:
    return "1024, 1048576";
  case MILL_SWEEP_RATE:
    return "100, 200, 400";
  case MILL_SWEEP_NONE:
  default:
    return "";
  }
}

static void
update_visibility (MillMeasureSection *self)
{
  End end = adw_combo_row_get_selected (self->end);
  gboolean sweeps = adw_combo_row_get_selected (self->sweep) != MILL_SWEEP_NONE;

  show (self->requests, end != END_TIME);
  show (self->duration, end != END_REQUESTS);
  show (self->rate, adw_combo_row_get_selected (self->loop) == LOOP_OPEN);
  show (self->sweep_values, sweeps);
  if (!sweeps)
    show (self->sweep_note, FALSE);
}

static void
on_changed (MillMeasureSection *self)
{
  if (self->loading)
    return;
  update_visibility (self);
  mill_form_section_changed (MILL_FORM_SECTION (self));
}

static void
on_requests_changed (MillMeasureSection *self)
{
  self->requests_set = TRUE;
  on_changed (self);
}

/* A choice begins with values that can be run. */
static void
on_end_changed (MillMeasureSection *self)
{
  if (!self->loading && adw_combo_row_get_selected (self->end) != END_REQUESTS &&
      mill_number_row_get_value (self->duration) <= 0)
    mill_number_row_set_value (self->duration, FIRST_DURATION_S);
  on_changed (self);
}

static void
on_loop_changed (MillMeasureSection *self)
{
  if (!self->loading && adw_combo_row_get_selected (self->loop) == LOOP_OPEN &&
      mill_number_row_get_value (self->rate) <= 0)
    mill_number_row_set_value (self->rate, FIRST_RATE);
  on_changed (self);
}

static void
on_sweep_changed (MillMeasureSection *self)
{
  MillSweep sweep = (MillSweep) adw_combo_row_get_selected (self->sweep);

  if (!self->loading) {
    self->loading = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->sweep_values), sweep_example (sweep));
    self->loading = FALSE;
  }
  on_changed (self);
}

static void
show_sweep_values (MillMeasureSection *self, const MillExperiment *experiment)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    g_autofree char *value =
        mill_number_to_string (g_array_index (experiment->sweep_values, double, i));
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value);
  }
  gtk_editable_set_text (GTK_EDITABLE (self->sweep_values), text->str);
}

static void
mill_measure_section_load (MillFormSection *section, const MillExperiment *experiment)
{
  MillMeasureSection *self = MILL_MEASURE_SECTION (section);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, experiment->seed);

  self->loading = TRUE;
  mill_number_row_set_value (self->requests, (double) experiment->requests);
  mill_number_row_set_value (self->repetitions, experiment->repetitions);
  adw_combo_row_set_selected (self->end, experiment->duration_s <= 0 ? END_REQUESTS
                                         : experiment->requests_set  ? END_EITHER
                                                                     : END_TIME);
  mill_number_row_set_value (self->duration, experiment->duration_s);
  adw_combo_row_set_selected (self->loop, experiment->rate > 0 ? LOOP_OPEN : LOOP_CLOSED);
  mill_number_row_set_value (self->rate, experiment->rate);
  mill_number_row_set_value (self->warmup, (double) experiment->warmup);
  adw_combo_row_set_selected (self->sweep, experiment->sweep);
  show_sweep_values (self, experiment);
  gtk_editable_set_text (GTK_EDITABLE (self->seed), seed);
  gtk_editable_set_text (GTK_EDITABLE (self->name),
                         experiment->name != NULL ? experiment->name : "");
  self->requests_set = experiment->requests_set;
  self->last_seed = experiment->seed;
  adw_expander_row_set_expanded (self->more, experiment->duration_s > 0 || experiment->rate > 0 ||
                                                 experiment->sweep != MILL_SWEEP_NONE);
  update_visibility (self);
  self->loading = FALSE;
}

static gboolean
store_number (MillNumberRow *row, double *value)
{
  *value = mill_number_row_get_value (row);
  return mill_number_row_is_readable (row);
}

/* What of a trial's end counts is told by the choice; the other fields keep their values. */
static gboolean
store_end (MillMeasureSection *self, MillExperiment *experiment)
{
  End end = adw_combo_row_get_selected (self->end);
  double requests;
  gboolean readable = store_number (self->requests, &requests) || end == END_TIME;

  experiment->requests = (gint64) requests;
  experiment->duration_s = 0;
  experiment->requests_set = end == END_REQUESTS ? self->requests_set : end == END_EITHER;
  if (end != END_REQUESTS)
    readable = store_number (self->duration, &experiment->duration_s) && readable;
  return readable;
}

static gboolean
store_sweep (MillMeasureSection *self, MillExperiment *experiment)
{
  MillSweep sweep = (MillSweep) adw_combo_row_get_selected (self->sweep);
  const char *values = gtk_editable_get_text (GTK_EDITABLE (self->sweep_values));
  g_autofree char *text = g_strdup_printf ("%s=%s", mill_sweep_to_string (sweep), values);
  g_autoptr (GError) error = NULL;
  char *to = text;

  g_clear_pointer (&self->sweep_problem, g_free);
  experiment->sweep = MILL_SWEEP_NONE;
  g_array_set_size (experiment->sweep_values, 0);
  if (sweep == MILL_SWEEP_NONE)
    return TRUE;
  for (const char *from = text; *from != '\0'; from++) {
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  }
  *to = '\0';
  if (mill_sweep_parse (text, experiment, &error))
    return TRUE;
  self->sweep_problem = g_strdup (error->message);
  return FALSE;
}

static gboolean
store_seed (MillMeasureSection *self, MillExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  gboolean readable = mill_number_parse_uint64 (gtk_editable_get_text (GTK_EDITABLE (self->seed)),
                                                &self->last_seed, &error);

  experiment->seed = self->last_seed;
  g_free (self->seed_problem);
  self->seed_problem = readable ? NULL : g_strdup (error->message);
  return readable;
}

static gboolean
mill_measure_section_store (MillFormSection *section, MillExperiment *experiment)
{
  MillMeasureSection *self = MILL_MEASURE_SECTION (section);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  double repetitions;
  double warmup;
  gboolean readable = store_end (self, experiment);

  readable = store_number (self->repetitions, &repetitions) && readable;
  readable = store_number (self->warmup, &warmup) && readable;
  experiment->repetitions = (int) repetitions;
  experiment->warmup = (gint64) warmup;
  experiment->rate = 0;
  if (adw_combo_row_get_selected (self->loop) == LOOP_OPEN)
    readable = store_number (self->rate, &experiment->rate) && readable;
  readable = store_sweep (self, experiment) && readable;
  readable = store_seed (self, experiment) && readable;
  g_free (experiment->name);
  experiment->name = *name != '\0' ? g_strdup (name) : NULL;
  return readable;
}

static gboolean
mark_entries (MillMeasureSection *self, const char *field, const char *message)
{
  gboolean all = field == NULL;
  gboolean found = all;

  if (all)
    mill_note_row_set_text (self->seed_note, GTK_WIDGET (self->seed), self->seed_problem);
  if (all || g_str_equal (field, "sweep")) {
    mill_note_row_set_text (self->sweep_note, GTK_WIDGET (self->sweep_values),
                            self->sweep_problem != NULL ? self->sweep_problem : message);
    found = TRUE;
  }
  if (all || g_str_equal (field, "name")) {
    mill_note_row_set_text (self->name_note, GTK_WIDGET (self->name), message);
    found = TRUE;
  }
  return found;
}

static gboolean
mill_measure_section_mark (MillFormSection *section, const char *field, const char *message)
{
  MillMeasureSection *self = MILL_MEASURE_SECTION (section);
  const struct {
    const char *field;
    MillNumberRow *row;
  } numbers[] = {
    { "requests", self->requests },   { "repetitions", self->repetitions },
    { "duration_s", self->duration }, { "rate", self->rate },
    { "warmup", self->warmup },
  };
  gboolean found = mark_entries (self, field, message);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (field != NULL && !g_str_equal (numbers[i].field, field))
      continue;
    mill_number_row_set_problem (numbers[i].row, message);
    found = TRUE;
  }
  if (found && field != NULL && !g_str_equal (field, "requests") &&
      !g_str_equal (field, "repetitions"))
    adw_expander_row_set_expanded (self->more, TRUE);
  return found;
}

static void
mill_measure_section_iface_init (MillFormSectionInterface *iface)
{
  iface->load = mill_measure_section_load;
  iface->store = mill_measure_section_store;
  iface->mark = mill_measure_section_mark;
}

static void
mill_measure_section_finalize (GObject *object)
{
  MillMeasureSection *self = MILL_MEASURE_SECTION (object);

  g_free (self->seed_problem);
  g_free (self->sweep_problem);

  G_OBJECT_CLASS (mill_measure_section_parent_class)->finalize (object);
}

static void
mill_measure_section_class_init (MillMeasureSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_measure_section_finalize;

  g_type_ensure (MILL_TYPE_NUMBER_ROW);
  g_type_ensure (MILL_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               MILL_APP_PATH "/ui/measure-section.ui");
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, requests);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, repetitions);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, more);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, end);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, duration);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, loop);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, rate);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, warmup);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, sweep);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, sweep_values);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, sweep_note);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, seed);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, seed_note);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, name);
  gtk_widget_class_bind_template_child (widget_class, MillMeasureSection, name_note);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_requests_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_end_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_loop_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sweep_changed);
}

static void
mill_measure_section_init (MillMeasureSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
