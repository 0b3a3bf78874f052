/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-experiment-page.h"
#include "app/mill-measure-section.h"
#include "app/mill-models-section.h"
#include "app/mill-plan-pane.h"
#include "app/mill-request-section.h"
#include "app/mill-work-section.h"
#include "experiment/mill-preset.h"

struct _MillExperimentPage {
  GtkWidget parent_instance;

  GtkBox *outer;
  GtkWidget *form;
  AdwComboRow *start;
  MillFormSection *work;
  MillFormSection *request;
  MillFormSection *models;
  MillFormSection *measure;
  GtkWidget *separator;
  GtkRevealer *side;
  GtkScrolledWindow *side_scroller;
  MillPlanPane *pane;
  GtkWidget *run;
  GtkWidget *bar;
  GtkToggleButton *unfold;
  GtkLabel *bar_sum;
  GtkLabel *bar_notes;
  GtkWidget *bar_notes_icon;
  GtkWidget *bar_run;

  GPtrArray *presets; /* MillPreset */
  MillExperiment *experiment;
  gboolean readable; /* all texts of the form are numbers */
  MillPlan *plan;
  char *reason;
  gboolean planning;      /* a plan is being made */
  gboolean plan_is_stale; /* and the experiment changed since */
  gboolean loading;       /* fields are being set, not edited */
  gboolean folded;
  gboolean narrow;
};

enum { PROP_0, PROP_FOLDED, PROP_NARROW, PROP_REASON, N_PROPS };
enum { CHANGED, PLANNED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillExperimentPage, mill_experiment_page, GTK_TYPE_WIDGET)

/* What a thread finds out about an experiment. */
typedef struct {
  MillExperiment *experiment;
  MillPlan *plan;
  GPtrArray *problems;
} Planning;

static void
planning_free (gpointer data)
{
  Planning *planning = data;

  mill_experiment_free (planning->experiment);
  g_clear_pointer (&planning->plan, mill_plan_free);
  g_clear_pointer (&planning->problems, g_ptr_array_unref);
  g_free (planning);
}

static void
plan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Planning *planning = data;

  planning->plan = mill_plan_new (planning->experiment, NULL);
  planning->problems = mill_experiment_problems (planning->experiment);
  g_task_return_boolean (task, TRUE);
}

static void
for_each_section (MillExperimentPage *self,
                  void (*apply) (MillFormSection *, gpointer),
                  gpointer data)
{
  apply (self->work, data);
  apply (self->request, data);
  apply (self->models, data);
  apply (self->measure, data);
}

static void
clear_marks (MillFormSection *section, gpointer data)
{
  mill_form_section_mark (section, NULL, NULL);
}

static void
mark (MillFormSection *section, gpointer data)
{
  const MillProblem *problem = data;

  mill_form_section_mark (section, problem->field, problem->message);
}

/* The permission is asked for when Run is pressed; every other blocker keeps it insensitive. */
static const char *
find_blocker (const MillPlan *plan)
{
  for (guint i = 0; i < plan->advice->len; i++) {
    const MillAdvice *advice = g_ptr_array_index (plan->advice, i);
    if (advice->level == MILL_ADVICE_BLOCKER && !g_str_equal (advice->code, "remote-load"))
      return advice->message;
  }
  return NULL;
}

static void
set_reason (MillExperimentPage *self, const char *reason)
{
  if (g_strcmp0 (self->reason, reason) == 0)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  gtk_widget_set_tooltip_text (self->run, reason);
  gtk_widget_set_tooltip_text (self->bar_run, reason);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
}

static void
show_bar (MillExperimentPage *self)
{
  guint n_notes = mill_plan_pane_get_n_advice (self->pane);
  const char *sum = mill_plan_pane_get_sum (self->pane);
  g_autofree char *notes =
      g_strdup_printf (ngettext ("%u note on the plan", "%u notes on the plan", n_notes), n_notes);

  gtk_label_set_text (self->bar_sum, *sum != '\0' ? sum : _ ("No plan yet"));
  gtk_label_set_text (self->bar_notes, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->bar_notes), n_notes > 0);
  gtk_widget_set_visible (self->bar_notes_icon, n_notes > 0);
}

static void start_planning (MillExperimentPage *self);

static void
on_planned (GObject *source, GAsyncResult *result, gpointer data)
{
  MillExperimentPage *self = MILL_EXPERIMENT_PAGE (source);
  Planning *planning = g_task_get_task_data (G_TASK (result));

  self->planning = FALSE;
  if (self->pane == NULL)
    return;
  if (self->plan_is_stale) {
    start_planning (self);
    return;
  }
  g_clear_pointer (&self->plan, mill_plan_free);
  self->plan = g_steal_pointer (&planning->plan);
  for_each_section (self, clear_marks, NULL);
  /* The first problem of a field is the one that it shows. */
  for (guint i = planning->problems->len; i > 0; i--)
    for_each_section (self, mark, g_ptr_array_index (planning->problems, i - 1));
  mill_plan_pane_set_plan (self->pane, self->experiment, self->plan);
  show_bar (self);
  set_reason (self, self->readable ? find_blocker (self->plan)
                                   : _ ("A field holds something that cannot be read; "
                                        "it says in place what is wrong"));
  g_signal_emit (self, signals[PLANNED], 0);
}

static void
start_planning (MillExperimentPage *self)
{
  g_autoptr (GTask) task = NULL;
  Planning *planning;

  self->plan_is_stale = self->planning;
  if (self->planning)
    return;
  self->planning = TRUE;
  planning = g_new0 (Planning, 1);
  planning->experiment = mill_experiment_copy (self->experiment);
  task = g_task_new (self, NULL, on_planned, NULL);
  g_task_set_task_data (task, planning, planning_free);
  g_task_run_in_thread (task, plan_in_thread);
}

static const MillPreset *
find_preset (MillExperimentPage *self, const char *id, guint *place)
{
  for (guint i = 0; i < self->presets->len; i++) {
    const MillPreset *preset = g_ptr_array_index (self->presets, i);
    if (g_strcmp0 (preset->id, id) == 0) {
      *place = i + 1;
      return preset;
    }
  }
  *place = 0;
  return NULL;
}

/* The first row: the preset, and whether the form still is what it says. */
static void
show_start (MillExperimentPage *self)
{
  guint place;
  const MillPreset *preset = find_preset (self, self->experiment->preset, &place);
  g_autofree char *description = mill_experiment_describe (self->experiment);
  g_autofree char *changed = g_strdup_printf (_ ("Changed: %s"), description);
  const char *text = preset == NULL ? description
                     : mill_experiment_equal (preset->experiment, self->experiment)
                         ? preset->description
                         : changed;
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  self->loading = TRUE;
  adw_combo_row_set_selected (self->start, place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->start), escaped);
  self->loading = FALSE;
}

/* A permission is for the hosts that it was given for. */
static gboolean
same_targets (const MillExperiment *a, const MillExperiment *b)
{
  if (a->urls == NULL || b->urls == NULL)
    return a->urls == b->urls;
  return g_strv_equal ((const char *const *) a->urls, (const char *const *) b->urls);
}

static void
on_form_changed (MillExperimentPage *self)
{
  g_autoptr (MillExperiment) before = NULL;

  if (self->loading)
    return;
  before = mill_experiment_copy (self->experiment);
  self->readable = mill_form_section_store (self->work, self->experiment);
  mill_request_section_set_workload (MILL_REQUEST_SECTION (self->request),
                                     self->experiment->workload);
  mill_models_section_set_workload (MILL_MODELS_SECTION (self->models), self->experiment->workload);
  self->readable = mill_form_section_store (self->request, self->experiment) && self->readable;
  self->readable = mill_form_section_store (self->models, self->experiment) && self->readable;
  self->readable = mill_form_section_store (self->measure, self->experiment) && self->readable;
  if (!same_targets (before, self->experiment))
    self->experiment->allow_remote_load = FALSE;
  show_start (self);
  start_planning (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load_section (MillFormSection *section, gpointer data)
{
  mill_form_section_load (section, data);
}

void
mill_experiment_page_set_experiment (MillExperimentPage *self, const MillExperiment *experiment)
{
  self->loading = TRUE;
  mill_experiment_free (self->experiment);
  self->experiment = mill_experiment_copy (experiment);
  for_each_section (self, load_section, self->experiment);
  self->loading = FALSE;
  on_form_changed (self);
}

MillExperiment *
mill_experiment_page_get_experiment (MillExperimentPage *self)
{
  return mill_experiment_copy (self->experiment);
}

const char *
mill_experiment_page_get_reason (MillExperimentPage *self)
{
  return self->reason;
}

const MillPlan *
mill_experiment_page_get_plan (MillExperimentPage *self)
{
  return self->planning ? NULL : self->plan;
}

const char *
mill_experiment_page_get_command (MillExperimentPage *self)
{
  return mill_plan_pane_get_command (self->pane);
}

static void
on_start_selected (MillExperimentPage *self)
{
  guint selected = adw_combo_row_get_selected (self->start);

  if (self->loading)
    return;
  if (selected == 0) {
    g_clear_pointer (&self->experiment->preset, g_free);
    on_form_changed (self);
    return;
  }
  const MillPreset *preset = g_ptr_array_index (self->presets, selected - 1);
  mill_experiment_page_set_experiment (self, preset->experiment);
}

static void
on_remedy (MillExperimentPage *self, const MillAdvice *advice)
{
  mill_models_section_project (MILL_MODELS_SECTION (self->models), advice->model,
                               advice->remedy_requests);
}

static void
on_unfold_toggled (MillExperimentPage *self)
{
  gtk_revealer_set_reveal_child (self->side,
                                 !self->folded || gtk_toggle_button_get_active (self->unfold));
}

/* Beside each other, or the plan as a line at the foot that opens upwards. */
static void
update_layout (MillExperimentPage *self)
{
  gboolean folded = self->folded;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->outer),
                                  folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->separator),
                                  folded ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (self->bar, folded);
  gtk_widget_set_visible (self->run, !folded);
  gtk_revealer_set_transition_type (self->side, folded ? GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP
                                                       : GTK_REVEALER_TRANSITION_TYPE_NONE);
  gtk_scrolled_window_set_propagate_natural_height (self->side_scroller, folded);
  gtk_scrolled_window_set_max_content_height (self->side_scroller, folded ? 340 : -1);
  gtk_widget_set_vexpand (GTK_WIDGET (self->side_scroller), !folded);
  gtk_widget_set_size_request (GTK_WIDGET (self->side), folded ? -1 : 372, -1);
  on_unfold_toggled (self);
}

static void
update_margins (MillExperimentPage *self)
{
  int margin = self->narrow ? 12 : 24;

  gtk_widget_set_margin_start (self->form, margin);
  gtk_widget_set_margin_end (self->form, margin);
  gtk_widget_set_margin_top (self->form, self->narrow ? 18 : 24);
  gtk_widget_set_margin_bottom (self->form, self->narrow ? 18 : 24);
  g_object_set (self->models, "narrow", self->narrow, NULL);
}

static void
mill_experiment_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  MillExperimentPage *self = MILL_EXPERIMENT_PAGE (object);
  gboolean *flag = id == PROP_FOLDED ? &self->folded : &self->narrow;

  if (id != PROP_FOLDED && id != PROP_NARROW) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (*flag == g_value_get_boolean (value))
    return;
  *flag = g_value_get_boolean (value);
  if (id == PROP_FOLDED)
    update_layout (self);
  else
    update_margins (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
mill_experiment_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillExperimentPage *self = MILL_EXPERIMENT_PAGE (object);

  switch (id) {
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  case PROP_REASON:
    g_value_set_string (value, self->reason);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_experiment_page_dispose (GObject *object)
{
  MillExperimentPage *self = MILL_EXPERIMENT_PAGE (object);

  if (self->outer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->outer));
  self->outer = NULL;
  self->pane = NULL;

  G_OBJECT_CLASS (mill_experiment_page_parent_class)->dispose (object);
}

static void
mill_experiment_page_finalize (GObject *object)
{
  MillExperimentPage *self = MILL_EXPERIMENT_PAGE (object);

  g_ptr_array_unref (self->presets);
  mill_experiment_free (self->experiment);
  g_clear_pointer (&self->plan, mill_plan_free);
  g_free (self->reason);

  G_OBJECT_CLASS (mill_experiment_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, outer);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, form);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, start);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, work);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, request);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, models);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, measure);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, separator);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, side);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, side_scroller);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, run);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, bar);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, unfold);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, bar_sum);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, bar_notes);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, bar_notes_icon);
  gtk_widget_class_bind_template_child (widget_class, MillExperimentPage, bar_run);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_remedy);
  gtk_widget_class_bind_template_callback (widget_class, on_unfold_toggled);
}

static void
mill_experiment_page_class_init (MillExperimentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = MILL_TYPE_EXPERIMENT_PAGE;
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->set_property = mill_experiment_page_set_property;
  object_class->get_property = mill_experiment_page_get_property;
  object_class->dispose = mill_experiment_page_dispose;
  object_class->finalize = mill_experiment_page_finalize;
  props[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PLANNED] =
      g_signal_new ("planned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MILL_TYPE_WORK_SECTION);
  g_type_ensure (MILL_TYPE_REQUEST_SECTION);
  g_type_ensure (MILL_TYPE_MODELS_SECTION);
  g_type_ensure (MILL_TYPE_MEASURE_SECTION);
  g_type_ensure (MILL_TYPE_PLAN_PANE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               MILL_APP_PATH "/ui/experiment-page.ui");
  bind_children (widget_class);
}

static void
fill_presets (MillExperimentPage *self)
{
  g_auto (GStrv) ids = mill_preset_ids ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("My own"));
  for (guint i = 0; ids[i] != NULL; i++) {
    MillPreset *preset = mill_preset_find (ids[i], NULL);
    g_ptr_array_add (self->presets, preset);
    gtk_string_list_append (names, preset->name);
  }
  adw_combo_row_set_model (self->start, G_LIST_MODEL (names));
}

static void
mill_experiment_page_init (MillExperimentPage *self)
{
  g_autoptr (MillExperiment) first = NULL;

  self->presets = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_preset_free);
  self->experiment = mill_experiment_new ();
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_presets (self);
  update_layout (self);
  update_margins (self);
  first = mill_preset_load ("first", NULL);
  mill_experiment_page_set_experiment (self, first);
}

GtkWidget *
mill_experiment_page_new (void)
{
  return g_object_new (MILL_TYPE_EXPERIMENT_PAGE, NULL);
}
