/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-lesson-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-chart-view.h"
#include "app/mill-step-bar.h"
#include "charts/mill-replay.h"

/* A number that may be larger than this is predicted in whole ones. */
#define MAX_SPAN_OF_TENTHS 1e5

struct _MillLessonView {
  GtkWidget parent_instance;

  GtkScrolledWindow *scrolled;
  MillStepBar *steps;
  GtkLabel *question;
  GtkWidget *prediction;
  GtkLabel *prompt;
  GtkBox *choices;
  GtkWidget *number_row;
  GtkSpinButton *number;
  GtkAdjustment *number_adjustment;
  GtkLabel *unit;
  GtkWidget *predict_button;
  GtkLabel *predicted;
  GtkLabel *obstacle;
  GtkButton *run_button;
  GtkWidget *running;
  GtkProgressBar *progress;
  GtkWidget *stop_button;
  GtkWidget *reveal;
  MillChartView *chart;
  GtkLabel *explanation;
  GtkLabel *verdict;
  GtkWidget *actions;
  GtkButton *again_button;
  GtkWidget *replay_button;
  GtkWidget *next_button;
  AdwPreferencesGroup *followups;
  GtkWidget *published;
  GtkExpander *note;
  GtkLabel *note_text;

  MillLessonFlow *flow;
  GPtrArray *choice_buttons; /* GtkToggleButton */
  GPtrArray *followup_rows;
  const MillResult *shown; /* whose chart stands there; only compared */
  double scale;            /* of the numbers in the follow-ups and the note */
  gboolean filling;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (MillLessonView, mill_lesson_view, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_NARROW, N_PROPS };
enum { NEXT, REPLAY, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const MillPredictionSpec *
get_spec (MillLessonView *self)
{
  return mill_lesson_get_prediction (mill_lesson_flow_get_lesson (self->flow));
}

/* A label below a choice: whose it is. */
static GtkLabel *
choice_note (GtkWidget *button)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));

  return GTK_LABEL (gtk_widget_get_last_child (box));
}

static void
update_choices (MillLessonView *self, const MillExplanation *explanation)
{
  const MillPrediction *prediction = mill_lesson_flow_get_prediction (self->flow);
  const MillPredictionSpec *spec = get_spec (self);
  gboolean open = mill_lesson_flow_get_phase (self->flow) <= MILL_LESSON_PREDICTED;

  self->filling = TRUE;
  for (guint i = 0; i < self->choice_buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (self->choice_buttons, i);
    const MillLessonChoice *choice = g_ptr_array_index (spec->choices, i);
    gboolean predicted = prediction != NULL && g_strcmp0 (prediction->choice, choice->id) == 0;
    gboolean measured =
        explanation != NULL && g_strcmp0 (explanation->measured_choice, choice->id) == 0;

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), predicted);
    gtk_widget_set_sensitive (button, open || predicted || measured);
    gtk_widget_set_can_target (button, open);
    gtk_label_set_label (choice_note (button), measured && predicted ? _ ("predicted, measured")
                                               : measured            ? _ ("measured")
                                               : predicted           ? _ ("your prediction")
                                                                     : "");
    gtk_widget_set_visible (GTK_WIDGET (choice_note (button)), measured || predicted);
    if (measured)
      gtk_widget_add_css_class (button, "measured");
    else
      gtk_widget_remove_css_class (button, "measured");
  }
  self->filling = FALSE;
}

static void
update_prediction (MillLessonView *self, const MillExplanation *explanation)
{
  const MillPrediction *prediction = mill_lesson_flow_get_prediction (self->flow);
  gboolean number = get_spec (self)->kind == MILL_PREDICTION_NUMBER;
  gboolean open = mill_lesson_flow_get_phase (self->flow) <= MILL_LESSON_PREDICTED;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->prediction, mill_lesson_flow_get_step (self->flow) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), !number);
  gtk_widget_set_visible (self->number_row, number && open);
  if (prediction != NULL && number) {
    g_autofree char *value =
        mill_lesson_format_prediction (mill_lesson_flow_get_lesson (self->flow), prediction);

    text = g_strdup_printf (_ ("You predict %s."), value);
  }
  gtk_label_set_label (self->predicted, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->predicted), text != NULL);
  update_choices (self, explanation);
}

static void
update_run (MillLessonView *self)
{
  MillLessonPhase phase = mill_lesson_flow_get_phase (self->flow);
  const char *failure = mill_lesson_flow_get_failure (self->flow);
  gboolean waits = phase == MILL_LESSON_QUESTION || phase == MILL_LESSON_PREDICTED;
  g_autofree char *reason = NULL, *label = NULL, *estimate = NULL;
  gboolean can = FALSE;

  gtk_widget_set_visible (self->running, phase == MILL_LESSON_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), waits);
  if (phase == MILL_LESSON_RUNNING) {
    g_autofree char *progress = mill_lesson_flow_dup_progress (self->flow);

    gtk_progress_bar_set_fraction (self->progress, mill_lesson_flow_get_fraction (self->flow));
    gtk_progress_bar_set_text (self->progress, progress);
  }
  if (waits) {
    can = mill_lesson_flow_can_run (self->flow, &reason);
    estimate = mill_lesson_flow_dup_estimate (self->flow);
    /* Translators: the label of a button; %s is "about 12 s". */
    label = g_strdup_printf (_ ("_Run, %s"), estimate);
    gtk_button_set_label (self->run_button, can ? label : _ ("_Run"));
    gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->run_button)), TRUE);
    gtk_button_set_use_underline (self->run_button, TRUE);
    gtk_widget_set_sensitive (GTK_WIDGET (self->run_button), can && phase == MILL_LESSON_PREDICTED);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->run_button), reason != NULL ? reason
                                                                : phase == MILL_LESSON_QUESTION
                                                                    ? _ ("Predict first")
                                                                    : NULL);
  }
  if (reason == NULL && failure != NULL)
    reason = g_strdup (failure);
  if (reason == NULL && waits)
    reason = mill_lesson_get_limit (mill_lesson_flow_get_lesson (self->flow),
                                    mill_lesson_flow_get_step (self->flow),
                                    mill_lesson_flow_get_scale (self->flow));
  gtk_label_set_label (self->obstacle, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), reason != NULL);
}

/* Whether something of the present step can be played again. */
static gboolean
can_replay (MillLessonView *self)
{
  g_autoptr (MillChartSpec) spec = mill_lesson_flow_dup_chart (self->flow, FALSE);
  g_auto (GStrv) labels = spec != NULL ? mill_replay_labels (spec) : NULL;

  return labels != NULL && labels[0] != NULL;
}

static void
update_reveal (MillLessonView *self, const MillExplanation *explanation)
{
  const MillResult *result = mill_lesson_flow_get_result (self->flow);
  gboolean revealed = mill_lesson_flow_get_phase (self->flow) == MILL_LESSON_REVEALED;
  g_autofree char *markup = NULL;

  gtk_widget_set_visible (self->reveal, revealed);
  if (result != self->shown) {
    g_autoptr (MillChartSpec) spec = mill_lesson_flow_dup_chart (self->flow, FALSE);

    mill_chart_view_set_spec (self->chart, spec);
    gtk_widget_set_visible (self->replay_button, can_replay (self));
    self->shown = result;
  }
  if (explanation == NULL)
    return;
  markup = *explanation->headline != '\0'
               ? g_markup_printf_escaped ("<b>%s</b> %s", explanation->headline, explanation->text)
               : g_markup_escape_text (explanation->text, -1);
  gtk_label_set_markup (self->explanation, markup);
  gtk_label_set_label (self->verdict, explanation->verdict);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), *explanation->verdict != '\0');
  gtk_button_set_label (self->again_button, mill_lesson_flow_get_step (self->flow) > 0
                                                ? _ ("_Back to the Question")
                                                : _ ("Predict _Again"));
}

static void
update_followups (MillLessonView *self)
{
  guint step = mill_lesson_flow_get_step (self->flow);
  gboolean revealed = mill_lesson_flow_get_phase (self->flow) == MILL_LESSON_REVEALED;

  gtk_widget_set_visible (GTK_WIDGET (self->followups),
                          self->followup_rows->len > 0 && (revealed || step > 0));
  /* They stand for the lesson, not for a follow-up. */
  gtk_widget_set_visible (
      self->published,
      revealed && step == 0 &&
          mill_lesson_get_published (mill_lesson_flow_get_lesson (self->flow)) != NULL);
}

static void
update (MillLessonView *self)
{
  MillLesson *lesson = mill_lesson_flow_get_lesson (self->flow);
  const MillExplanation *explanation = mill_lesson_flow_get_explanation (self->flow);
  MillLessonPhase phase = mill_lesson_flow_get_phase (self->flow);
  g_autofree char *question = mill_lesson_get_step_question (
      lesson, mill_lesson_flow_get_step (self->flow), mill_lesson_flow_get_scale (self->flow));
  static const guint places[] = {
    [MILL_LESSON_QUESTION] = 1,
    [MILL_LESSON_PREDICTED] = 2,
    [MILL_LESSON_RUNNING] = 2,
    [MILL_LESSON_REVEALED] = 3,
  };

  mill_step_bar_set_current (self->steps, places[phase]);
  gtk_label_set_label (self->question, question);
  update_prediction (self, explanation);
  update_run (self);
  update_reveal (self, explanation);
  update_followups (self);
}

static void
on_choice (MillLessonView *self, GtkToggleButton *button)
{
  guint index;

  if (self->filling || !gtk_toggle_button_get_active (button) ||
      !g_ptr_array_find (self->choice_buttons, button, &index))
    return;
  const MillLessonChoice *choice = g_ptr_array_index (get_spec (self)->choices, index);
  mill_lesson_flow_predict_choice (self->flow, choice->id);
}

static GtkWidget *
choice_button_new (MillLessonView *self, const MillLessonChoice *choice)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (choice->label);
  GtkWidget *note = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (note, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), note);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice->label, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_choice), self);
  return button;
}

static void
fill_choices (MillLessonView *self)
{
  const MillPredictionSpec *spec = get_spec (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  g_ptr_array_set_size (self->choice_buttons, 0);
  for (guint i = 0; i < spec->choices->len; i++) {
    GtkWidget *button = choice_button_new (self, g_ptr_array_index (spec->choices, i));

    if (i > 0)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                   g_ptr_array_index (self->choice_buttons, 0));
    gtk_box_append (self->choices, button);
    g_ptr_array_add (self->choice_buttons, button);
  }
  gtk_label_set_label (self->prompt, spec->prompt);
  if (spec->kind == MILL_PREDICTION_NUMBER) {
    double span = spec->max - spec->min;

    gtk_adjustment_configure (self->number_adjustment, spec->min, spec->min, spec->max,
                              span > 20.0 ? 1.0 : 0.1, span / 10.0, 0.0);
    gtk_spin_button_set_digits (self->number, span > MAX_SPAN_OF_TENTHS ? 0 : 1);
    gtk_label_set_label (self->unit, spec->unit);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    spec->prompt, -1);
  }
}

static void
on_number_activated (MillLessonView *self)
{
  gtk_spin_button_update (self->number);
  mill_lesson_flow_predict_value (self->flow, gtk_spin_button_get_value (self->number));
}

static void
scroll_to_top (MillLessonView *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0.0);
}

static void
on_followup (AdwActionRow *row, gpointer data)
{
  MillLessonView *self = MILL_LESSON_VIEW (data);
  guint index;

  if (mill_lesson_flow_is_running (self->flow) ||
      !g_ptr_array_find (self->followup_rows, row, &index))
    return;
  mill_lesson_flow_set_step (self->flow, index + 1);
  if (mill_lesson_flow_get_result (self->flow) == NULL)
    mill_lesson_flow_run (self->flow);
  scroll_to_top (self);
}

static void
fill_followups (MillLessonView *self)
{
  MillLesson *lesson = mill_lesson_flow_get_lesson (self->flow);

  for (guint i = 0; i < self->followup_rows->len; i++)
    adw_preferences_group_remove (self->followups, g_ptr_array_index (self->followup_rows, i));
  g_ptr_array_set_size (self->followup_rows, 0);
  for (guint step = 1; step < mill_lesson_get_n_steps (lesson); step++) {
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *question =
        mill_lesson_get_step_question (lesson, step, mill_lesson_flow_get_scale (self->flow));
    g_autofree char *subtitle = g_markup_escape_text (question, -1);
    g_autofree char *title = g_markup_escape_text (mill_lesson_get_step_title (lesson, step), -1);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("media-playback-start-symbolic"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    g_signal_connect_object (row, "activated", G_CALLBACK (on_followup), self, 0);
    adw_preferences_group_add (self->followups, row);
    g_ptr_array_add (self->followup_rows, row);
  }
}

/* What names the numbers of a scale and does not change otherwise. */
static void
fill_scaled (MillLessonView *self)
{
  double scale = mill_lesson_flow_get_scale (self->flow);
  g_autofree char *note =
      mill_lesson_get_teacher_note (mill_lesson_flow_get_lesson (self->flow), scale);

  self->scale = scale;
  gtk_label_set_label (self->note_text, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  fill_followups (self);
}

static void
on_run (MillLessonView *self)
{
  mill_lesson_flow_run (self->flow);
  gtk_widget_grab_focus (self->stop_button);
}

static void
on_stop (MillLessonView *self)
{
  mill_lesson_flow_stop (self->flow);
}

static void
on_again (MillLessonView *self)
{
  if (mill_lesson_flow_get_step (self->flow) > 0)
    mill_lesson_flow_set_step (self->flow, 0);
  else
    mill_lesson_flow_restart (self->flow);
  scroll_to_top (self);
}

static void
on_replay (MillLessonView *self)
{
  g_signal_emit (self, signals[REPLAY], 0);
}

static void
on_next (MillLessonView *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
on_flow_changed (MillLessonView *self)
{
  gboolean waited =
      gtk_widget_get_visible (self->running) && gtk_widget_has_focus (self->stop_button);

  if (self->scale != mill_lesson_flow_get_scale (self->flow))
    fill_scaled (self);
  update (self);
  /* What was measured is what the person waits for: the keyboard follows it. */
  if (waited && mill_lesson_flow_get_phase (self->flow) == MILL_LESSON_REVEALED)
    gtk_widget_grab_focus (GTK_WIDGET (self->chart));
}

void
mill_lesson_view_set_flow (MillLessonView *view, MillLessonFlow *flow)
{
  if (flow == view->flow)
    return;
  if (view->flow != NULL)
    g_signal_handlers_disconnect_by_func (view->flow, on_flow_changed, view);
  g_set_object (&view->flow, flow);
  view->shown = NULL;
  mill_chart_view_set_spec (view->chart, NULL);
  if (flow == NULL)
    return;
  g_signal_connect_object (flow, "changed", G_CALLBACK (on_flow_changed), view, G_CONNECT_SWAPPED);
  gtk_expander_set_expanded (view->note, FALSE);
  fill_choices (view);
  fill_scaled (view);
  update (view);
  scroll_to_top (view);
}

MillLessonFlow *
mill_lesson_view_get_flow (MillLessonView *view)
{
  return view->flow;
}

static void
set_narrow (MillLessonView *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  mill_step_bar_set_narrow (self->steps, narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->choices), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->actions), orientation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
mill_lesson_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, MILL_LESSON_VIEW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mill_lesson_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (MILL_LESSON_VIEW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mill_lesson_view_dispose (GObject *object)
{
  MillLessonView *self = MILL_LESSON_VIEW (object);

  if (self->flow != NULL)
    g_signal_handlers_disconnect_by_func (self->flow, on_flow_changed, self);
  g_clear_object (&self->flow);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_LESSON_VIEW);
  G_OBJECT_CLASS (mill_lesson_view_parent_class)->dispose (object);
}

static void
mill_lesson_view_finalize (GObject *object)
{
  MillLessonView *self = MILL_LESSON_VIEW (object);

  g_ptr_array_unref (self->choice_buttons);
  g_ptr_array_unref (self->followup_rows);
  G_OBJECT_CLASS (mill_lesson_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, steps);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, question);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, prediction);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, prompt);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, choices);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, number_row);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, number);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, number_adjustment);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, unit);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, predict_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, predicted);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, obstacle);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, run_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, running);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, progress);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, stop_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, reveal);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, chart);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, explanation);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, verdict);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, actions);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, again_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, replay_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, next_button);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, followups);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, published);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, note);
  gtk_widget_class_bind_template_child (widget_class, MillLessonView, note_text);
  gtk_widget_class_bind_template_callback (widget_class, on_number_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_run);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_replay);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
}

static void
mill_lesson_view_class_init (MillLessonViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mill_lesson_view_dispose;
  object_class->finalize = mill_lesson_view_finalize;
  object_class->get_property = mill_lesson_view_get_property;
  object_class->set_property = mill_lesson_view_set_property;
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[NEXT] = g_signal_new ("next", MILL_TYPE_LESSON_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[REPLAY] = g_signal_new ("replay", MILL_TYPE_LESSON_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  g_type_ensure (MILL_TYPE_CHART_VIEW);
  g_type_ensure (MILL_TYPE_STEP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/lesson-view.ui");
  bind_children (widget_class);
}

static void
mill_lesson_view_init (MillLessonView *self)
{
  const char *const steps[] = { _ ("Question"), _ ("Prediction"), _ ("Run"), _ ("Reveal"), NULL };

  self->choice_buttons = g_ptr_array_new ();
  self->followup_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  mill_step_bar_set_steps (self->steps, steps);
  /* A spin button tells nothing of Return at the floor; what it is typed into does. */
  g_signal_connect_swapped (gtk_editable_get_delegate (GTK_EDITABLE (self->number)), "activate",
                            G_CALLBACK (on_number_activated), self);
}

GtkWidget *
mill_lesson_view_new (void)
{
  return g_object_new (MILL_TYPE_LESSON_VIEW, NULL);
}
