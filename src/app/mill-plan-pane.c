/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "app/mill-fraction-bar.h"
#include "app/mill-plan-pane.h"

/* More rows than fit are not read; the rest is counted. */
#define MAX_MODEL_ROWS 12
/* Besides the card. */
#define MAX_FURTHER_ADVICE 4

struct _MillPlanPane {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *sum;
  GtkLabel *first;
  GtkBox *models;
  GtkLabel *repetitions;
  GtkWidget *card;
  GtkImage *card_icon;
  GtkLabel *card_title;
  GtkLabel *card_message;
  GtkButton *remedy;
  GtkBox *further;
  GtkWidget *fine;
  GtkLabel *command;

  MillAdvice advice; /* of the card, while it has a remedy; strings are owned */
  guint n_advice;
};

static guint remedy_signal;

G_DEFINE_FINAL_TYPE (MillPlanPane, mill_plan_pane, GTK_TYPE_WIDGET)

/* The estimates of a model over all swept values. */
typedef struct {
  const char *model;
  MillModelKind family;
  double total_s;
  gboolean projected;
} ModelTime;

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The estimates come in the order of models and swept values: those of a model follow each other,
 * as many as there are values. */
static GArray *
times_by_model (const MillExperiment *experiment, const MillPlan *plan)
{
  GArray *times = g_array_new (FALSE, TRUE, sizeof (ModelTime));

  for (guint i = 0; i < plan->estimates->len; i++) {
    const MillModelEstimate *estimate = g_ptr_array_index (plan->estimates, i);
    guint per_model = MAX (plan->estimates->len / MAX (experiment->models->len, 1), 1);
    guint place = MIN (i / per_model, experiment->models->len - 1);
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, place);

    if (place >= times->len) {
      ModelTime time = { .model = estimate->model, .family = mill_model_info (spec->kind)->family };
      g_array_append_val (times, time);
    }
    ModelTime *time = &g_array_index (times, ModelTime, times->len - 1);
    time->total_s += estimate->total_s;
    time->projected = time->projected || estimate->projected;
  }
  return times;
}

static void
add_model (MillPlanPane *self, const ModelTime *time, const char *name, double longest_s)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = label_new (name, NULL);
  g_autofree char *duration = mill_plan_describe_duration (time->total_s);
  g_autofree char *text =
      /* Translators: a time that is not measured whole but projected. */
      time->projected ? g_strdup_printf (_ ("%s, projected"), duration) : g_strdup (duration);
  GtkWidget *value = gtk_label_new (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (row),
                  mill_fraction_bar_new (time->family, time->total_s / MAX (longest_s, 1e-9)));
  gtk_box_append (self->models, row);
}

static void
show_models (MillPlanPane *self, const MillExperiment *experiment, const MillPlan *plan)
{
  g_autoptr (GArray) times = times_by_model (experiment, plan);
  double longest_s = 0;

  clear_box (self->models);
  for (guint i = 0; i < times->len; i++)
    longest_s = MAX (longest_s, g_array_index (times, ModelTime, i).total_s);
  for (guint i = 0; i < MIN (times->len, MAX_MODEL_ROWS); i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    const ModelTime *time = &g_array_index (times, ModelTime, i);
    /* Of a sweep over the concurrency only the kind is the same in all estimates. */
    g_autofree char *name = experiment->sweep == MILL_SWEEP_CONCURRENCY
                                ? g_strdup (mill_model_info (spec->kind)->id)
                                : mill_model_spec_to_string (spec, experiment->workload);
    add_model (self, time, name, longest_s);
  }
  if (times->len > MAX_MODEL_ROWS) {
    guint more = times->len - MAX_MODEL_ROWS;
    g_autofree char *text =
        g_strdup_printf (ngettext ("and %u more model", "and %u more models", more), more);
    gtk_box_append (self->models, label_new (text, "dim-label"));
  }
}

static void
show_sum (MillPlanPane *self, const MillExperiment *experiment, const MillPlan *plan)
{
  gboolean valid = plan->trials->len > 0;
  g_autofree char *total = mill_plan_describe_duration (plan->total_s);
  g_autofree char *first = mill_plan_describe_duration (plan->first_round_s);
  g_autofree char *sum = g_strdup_printf (_ ("about %s"), total);
  g_autofree char *first_text = g_strdup_printf (_ ("first chart after %s"), first);
  int n = experiment->repetitions;
  guint n_values = experiment->sweep != MILL_SWEEP_NONE ? experiment->sweep_values->len : 0;
  g_autofree char *repeated = g_strdup_printf (
      ngettext ("%d repetition of each", "%d repetitions of each, interleaved", (unsigned long) n),
      n);
  g_autofree char *swept = g_strdup_printf (
      ngettext ("%s, with %u value", "%s, with %u values each", n_values), repeated, n_values);

  gtk_label_set_text (self->sum, valid ? sum : "");
  gtk_label_set_text (self->first, first_text);
  gtk_widget_set_visible (GTK_WIDGET (self->sum), valid);
  gtk_widget_set_visible (GTK_WIDGET (self->first), valid && experiment->repetitions > 1);
  gtk_label_set_text (self->repetitions, n_values > 0 ? swept : repeated);
  gtk_widget_set_visible (GTK_WIDGET (self->repetitions), valid);
}

static void
show_card (MillPlanPane *self, const MillAdvice *advice)
{
  gboolean blocks = advice != NULL && advice->level == MILL_ADVICE_BLOCKER;

  g_clear_pointer (&self->advice.code, g_free);
  g_clear_pointer (&self->advice.model, g_free);
  gtk_widget_set_visible (self->card, advice != NULL);
  if (advice == NULL)
    return;
  g_autofree char *remedy = g_strdup_printf (_ ("Measure %" PRId64), advice->remedy_requests);
  self->advice = (MillAdvice){ .level = advice->level,
                               .code = g_strdup (advice->code),
                               .model = g_strdup (advice->model),
                               .remedy_requests = advice->remedy_requests };
  gtk_label_set_text (self->card_title, advice->title);
  gtk_label_set_text (self->card_message, advice->message);
  gtk_image_set_from_icon_name (self->card_icon,
                                blocks ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), advice->remedy_requests > 0);
  gtk_button_set_label (self->remedy, remedy);
  if (blocks) {
    gtk_widget_remove_css_class (self->card, "warning");
    gtk_widget_add_css_class (self->card, "error");
  } else {
    gtk_widget_remove_css_class (self->card, "error");
    gtk_widget_add_css_class (self->card, "warning");
  }
}

static gboolean
is_limit (const MillAdvice *advice)
{
  static const char *const limits[] = { "descriptors", "ports", "threads", "memory", NULL };

  return g_strv_contains (limits, advice->code);
}

static gboolean
is_told_already (const MillPlan *plan, guint place)
{
  const MillAdvice *advice = g_ptr_array_index (plan->advice, place);

  for (guint i = 0; i < place; i++) {
    const MillAdvice *other = g_ptr_array_index (plan->advice, i);
    if (g_str_equal (other->message, advice->message))
      return TRUE;
  }
  return FALSE;
}

/* The most serious is a card where it is a warning; all else is a grey line. What is of the kind of
 * the card comes up when that is settled. */
static void
show_advice (MillPlanPane *self, const MillPlan *plan)
{
  const MillAdvice *first = plan->advice->len > 0 ? g_ptr_array_index (plan->advice, 0) : NULL;
  gboolean has_card = first != NULL && first->level != MILL_ADVICE_NOTE;
  gboolean limited = FALSE;
  guint n_lines = 0;

  clear_box (self->further);
  show_card (self, has_card ? first : NULL);
  self->n_advice = 0;
  for (guint i = 0; i < plan->advice->len; i++) {
    const MillAdvice *advice = g_ptr_array_index (plan->advice, i);
    limited = limited || is_limit (advice);
    if (is_told_already (plan, i) || (i > 0 && has_card && g_str_equal (advice->code, first->code)))
      continue;
    self->n_advice++;
    if ((i > 0 || !has_card) && n_lines++ < MAX_FURTHER_ADVICE) {
      GtkWidget *line = label_new (advice->message, "caption");
      gtk_widget_add_css_class (line, "dim-label");
      gtk_box_append (self->further, line);
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->further), n_lines > 0);
  /* GTK keeps the size that the box had when it was last visible. */
  gtk_widget_queue_resize (GTK_WIDGET (self->further));
  gtk_widget_set_visible (self->fine, plan->trials->len > 0 && !limited);
}

void
mill_plan_pane_set_plan (MillPlanPane *self, const MillExperiment *experiment, const MillPlan *plan)
{
  g_autofree char *command = mill_experiment_to_command_line (experiment);

  show_sum (self, experiment, plan);
  show_models (self, experiment, plan);
  show_advice (self, plan);
  gtk_label_set_text (self->command, command);
}

const char *
mill_plan_pane_get_sum (MillPlanPane *self)
{
  return gtk_label_get_text (self->sum);
}

const char *
mill_plan_pane_get_command (MillPlanPane *self)
{
  return gtk_label_get_text (self->command);
}

guint
mill_plan_pane_get_n_advice (MillPlanPane *self)
{
  return self->n_advice;
}

static void
on_remedy_clicked (MillPlanPane *self)
{
  g_signal_emit (self, remedy_signal, 0, &self->advice);
}

static void
mill_plan_pane_dispose (GObject *object)
{
  MillPlanPane *self = MILL_PLAN_PANE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_plan_pane_parent_class)->dispose (object);
}

static void
mill_plan_pane_finalize (GObject *object)
{
  MillPlanPane *self = MILL_PLAN_PANE (object);

  g_free (self->advice.code);
  g_free (self->advice.model);

  G_OBJECT_CLASS (mill_plan_pane_parent_class)->finalize (object);
}

static void
mill_plan_pane_class_init (MillPlanPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_plan_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = mill_plan_pane_finalize;
  remedy_signal = g_signal_new ("remedy", MILL_TYPE_PLAN_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/plan-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, box);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, sum);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, first);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, models);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, repetitions);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, card);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, card_icon);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, card_title);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, card_message);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, remedy);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, further);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, fine);
  gtk_widget_class_bind_template_child (widget_class, MillPlanPane, command);
  gtk_widget_class_bind_template_callback (widget_class, on_remedy_clicked);
}

static void
mill_plan_pane_init (MillPlanPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
