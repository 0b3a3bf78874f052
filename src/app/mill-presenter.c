/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-presenter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-app-theme.h"
#include "app/mill-replay-view.h"
#include "charts/mill-chart-kind.h"

/* Three lines of the large type. */
#define MOST_BESIDE_CHART_CHARACTERS 200

/* One page: of a result, with the kind of its chart. */
typedef struct {
  MillSlideKind kind;
  MillChartKind chart;
} Place;

struct _MillPresenter {
  GtkWindow parent_instance;

  GtkStack *stack;
  MillSlide *slide;
  MillReplayView *replay;

  MillLessonFlow *flow; /* or NULL */
  MillChartSpec *spec;  /* of a plain result, or NULL */
  char *sentence;
  GArray *places; /* Place */
  guint place;
};

G_DEFINE_FINAL_TYPE (MillPresenter, mill_presenter, GTK_TYPE_WINDOW)

static const Place *
get_place (MillPresenter *self)
{
  return &g_array_index (self->places, Place, self->place);
}

static void
add_place (MillPresenter *self, MillSlideKind kind, MillChartKind chart)
{
  const Place place = { kind, chart };

  g_array_append_val (self->places, place);
}

/* The chart of the page; of a lesson, its own. */
static MillChartSpec *
place_chart (MillPresenter *self)
{
  if (self->flow != NULL)
    return mill_lesson_flow_dup_chart (self->flow, TRUE);
  return mill_chart_spec_with_kind (self->spec, get_place (self)->chart);
}

static char *
heading_text (MillPresenter *self)
{
  MillSlideKind kind = get_place (self)->kind;

  if (self->flow == NULL)
    return g_strdup (mill_chart_spec_get_result (self->spec, 0)->name);
  /* A long question would leave no room for the chart. */
  if (kind == MILL_SLIDE_CHART || kind == MILL_SLIDE_EXPLANATION)
    return g_strdup (mill_lesson_get_step_title (mill_lesson_flow_get_lesson (self->flow),
                                                 mill_lesson_flow_get_step (self->flow)));
  return mill_lesson_get_step_question (mill_lesson_flow_get_lesson (self->flow),
                                        mill_lesson_flow_get_step (self->flow),
                                        mill_lesson_flow_get_scale (self->flow));
}

/* The choices of the lesson; of a number only what is asked. */
static void
fill_prediction (MillPresenter *self, MillSlideContent *content, GPtrArray *items)
{
  const MillPredictionSpec *spec =
      mill_lesson_get_prediction (mill_lesson_flow_get_lesson (self->flow));
  const MillPrediction *prediction = mill_lesson_flow_get_prediction (self->flow);

  for (guint i = 0; i < spec->choices->len; i++) {
    const MillLessonChoice *choice = g_ptr_array_index (spec->choices, i);

    g_ptr_array_add (items, choice->label);
    if (prediction != NULL && g_strcmp0 (prediction->choice, choice->id) == 0)
      content->marked = (int) i;
  }
  g_ptr_array_add (items, NULL);
  content->items = (const char *const *) items->pdata;
  content->text = spec->prompt;
}

static char *
run_text (MillPresenter *self)
{
  g_autofree char *reason = NULL;

  switch (mill_lesson_flow_get_phase (self->flow)) {
  case MILL_LESSON_RUNNING:
    return mill_lesson_flow_dup_progress (self->flow);
  case MILL_LESSON_REVEALED:
    return g_strdup (_ ("Measured."));
  case MILL_LESSON_QUESTION:
  case MILL_LESSON_PREDICTED:
  default:
    if (mill_lesson_flow_get_failure (self->flow) != NULL)
      return g_strdup (mill_lesson_flow_get_failure (self->flow));
    return mill_lesson_flow_can_run (self->flow, &reason) ? g_strdup (_ ("Ready to run."))
                                                          : g_steal_pointer (&reason);
  }
}

static void
fill_explanation (MillPresenter *self, MillSlideContent *content)
{
  const MillExplanation *explanation =
      self->flow != NULL ? mill_lesson_flow_get_explanation (self->flow) : NULL;

  if (explanation != NULL) {
    content->lead = *explanation->headline != '\0' ? explanation->headline : NULL;
    content->text = explanation->text;
  }
}

/* A chart has a page of its own. Above a long explanation its lines would lie too close to be told
 * apart, and of lanes models would be left out. */
static gboolean
fits_beside_chart (MillChartSpec *chart, const MillSlideContent *content)
{
  glong length = content->text != NULL ? g_utf8_strlen (content->text, -1) : 0;

  if (content->lead != NULL)
    length += g_utf8_strlen (content->lead, -1);
  return mill_chart_spec_get_kind (chart) != MILL_CHART_TIMELINE &&
         length <= MOST_BESIDE_CHART_CHARACTERS;
}

static void
show_replay (MillPresenter *self)
{
  g_autoptr (MillChartSpec) spec = place_chart (self);
  const char *const *models =
      self->flow != NULL ? mill_lesson_get_replay_models (mill_lesson_flow_get_lesson (self->flow))
                         : NULL;

  if (spec != NULL && mill_replay_view_get_replay (self->replay) == NULL) {
    mill_replay_view_set_spec (self->replay, spec);
    if (models != NULL && models[0] != NULL)
      mill_replay_view_set_models (self->replay, models[0], models[1]);
  }
  gtk_stack_set_visible_child_name (self->stack, "replay");
}

static void
update (MillPresenter *self)
{
  MillSlideKind kind = get_place (self)->kind;
  g_autofree char *heading = heading_text (self), *run = NULL;
  g_autofree char *page = g_strdup_printf ("%u / %u", self->place + 1, self->places->len);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (MillChartSpec) chart = NULL;
  MillSlideContent content = { heading, .marked = -1, .fraction = NAN, .page = page };

  if (kind == MILL_SLIDE_REPLAY) {
    show_replay (self);
    return;
  }
  mill_replay_view_set_playing (self->replay, FALSE);
  if (kind == MILL_SLIDE_PREDICTION)
    fill_prediction (self, &content, items);
  if (kind == MILL_SLIDE_RUN) {
    content.text = run = run_text (self);
    if (mill_lesson_flow_is_running (self->flow))
      content.fraction = mill_lesson_flow_get_fraction (self->flow);
  }
  if (kind == MILL_SLIDE_CHART || kind == MILL_SLIDE_EXPLANATION)
    chart = place_chart (self);
  if (kind == MILL_SLIDE_EXPLANATION)
    fill_explanation (self, &content);
  if (chart != NULL && (kind == MILL_SLIDE_CHART || fits_beside_chart (chart, &content)))
    content.chart = chart;
  if (kind == MILL_SLIDE_CHART && self->flow == NULL && self->place == 0)
    content.text = self->sentence;
  mill_slide_set_content (self->slide, &content);
  gtk_stack_set_visible_child_name (self->stack, "slide");
}

/* What comes after the run needs something that was measured. */
static gboolean
may_show (MillPresenter *self, guint place)
{
  MillSlideKind kind = g_array_index (self->places, Place, place).kind;

  return self->flow == NULL || kind <= MILL_SLIDE_RUN ||
         mill_lesson_flow_get_result (self->flow) != NULL;
}

static void
go_to (MillPresenter *self, guint place)
{
  if (place >= self->places->len || !may_show (self, place))
    return;
  self->place = place;
  if (get_place (self)->kind == MILL_SLIDE_RUN &&
      mill_lesson_flow_get_phase (self->flow) <= MILL_LESSON_PREDICTED &&
      mill_lesson_flow_can_run (self->flow, NULL))
    mill_lesson_flow_run (self->flow);
  update (self);
}

static gboolean
choose (MillPresenter *self, guint index)
{
  const MillPredictionSpec *spec;

  if (self->flow == NULL || get_place (self)->kind != MILL_SLIDE_PREDICTION)
    return FALSE;
  spec = mill_lesson_get_prediction (mill_lesson_flow_get_lesson (self->flow));
  if (index >= spec->choices->len)
    return FALSE;
  mill_lesson_flow_predict_choice (
      self->flow, ((MillLessonChoice *) g_ptr_array_index (spec->choices, index))->id);
  return TRUE;
}

static void
toggle_blank (MillPresenter *self)
{
  gboolean blank = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "blank") == 0;

  if (blank)
    update (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "blank");
}

static gboolean
press_on_replay (MillPresenter *self, guint key)
{
  switch (key) {
  case GDK_KEY_space:
    mill_replay_view_set_playing (self->replay, !mill_replay_view_get_playing (self->replay));
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_Right:
    mill_replay_view_step (self->replay, key == GDK_KEY_Right);
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
mill_presenter_press (MillPresenter *presenter, guint key)
{
  if (get_place (presenter)->kind == MILL_SLIDE_REPLAY && press_on_replay (presenter, key))
    return TRUE;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return choose (presenter, key - GDK_KEY_1);
  switch (key) {
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
  case GDK_KEY_Right:
  case GDK_KEY_Down:
  case GDK_KEY_space:
  case GDK_KEY_Return:
    go_to (presenter, presenter->place + 1);
    return TRUE;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
  case GDK_KEY_Left:
  case GDK_KEY_Up:
  case GDK_KEY_BackSpace:
    if (presenter->place > 0)
      go_to (presenter, presenter->place - 1);
    return TRUE;
  case GDK_KEY_Home:
    go_to (presenter, 0);
    return TRUE;
  case GDK_KEY_End:
    go_to (presenter, presenter->places->len - 1);
    return TRUE;
  case GDK_KEY_period:
  case GDK_KEY_b:
    toggle_blank (presenter);
    return TRUE;
  case GDK_KEY_Escape:
  case GDK_KEY_F5:
  case GDK_KEY_F11:
    gtk_window_close (GTK_WINDOW (presenter));
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
on_key (MillPresenter *self, guint key, guint code, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return mill_presenter_press (self, key) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
on_clicked (MillPresenter *self)
{
  if (get_place (self)->kind != MILL_SLIDE_REPLAY)
    go_to (self, self->place + 1);
}

static void
on_flow_changed (MillPresenter *self)
{
  /* The lesson may have gone back to its question elsewhere. */
  while (!may_show (self, self->place))
    self->place--;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "blank") != 0)
    update (self);
}

static MillPresenter *
presenter_new (GtkWindow *parent)
{
  return g_object_new (MILL_TYPE_PRESENTER, "transient-for", parent, NULL);
}

/* Once everything is known. */
static void
begin (MillPresenter *self, MillSlideKind kind)
{
  while (get_place (self)->kind < kind)
    self->place++;
  update (self);
  gtk_window_fullscreen (GTK_WINDOW (self));
}

MillPresenter *
mill_presenter_new_for_lesson (GtkWindow *parent, MillLessonFlow *flow)
{
  MillPresenter *self = presenter_new (parent);
  static const MillSlideKind kinds[] = {
    [MILL_LESSON_QUESTION] = MILL_SLIDE_QUESTION,
    [MILL_LESSON_PREDICTED] = MILL_SLIDE_PREDICTION,
    [MILL_LESSON_RUNNING] = MILL_SLIDE_RUN,
    [MILL_LESSON_REVEALED] = MILL_SLIDE_CHART,
  };
  MillLessonPhase phase = mill_lesson_flow_get_phase (flow);

  self->flow = g_object_ref (flow);
  add_place (self, MILL_SLIDE_QUESTION, 0);
  /* The choices answer the question of the lesson, not that of a follow-up. */
  if (mill_lesson_flow_get_step (flow) == 0)
    add_place (self, MILL_SLIDE_PREDICTION, 0);
  add_place (self, MILL_SLIDE_RUN, 0);
  add_place (self, MILL_SLIDE_CHART, 0);
  add_place (self, MILL_SLIDE_EXPLANATION, 0);
  if (mill_lesson_get_replay_models (mill_lesson_flow_get_lesson (flow)) != NULL)
    add_place (self, MILL_SLIDE_REPLAY, 0);
  g_signal_connect_object (flow, "changed", G_CALLBACK (on_flow_changed), self, G_CONNECT_SWAPPED);
  begin (self, mill_lesson_flow_get_step (flow) > 0 && phase == MILL_LESSON_PREDICTED
                   ? MILL_SLIDE_QUESTION
                   : kinds[phase]);
  return self;
}

MillPresenter *
mill_presenter_new_for_chart (GtkWindow *parent, MillChartSpec *spec, const char *sentence)
{
  MillPresenter *self = presenter_new (parent);
  MillChartKind first = mill_chart_spec_get_kind (spec);
  g_auto (GStrv) recorded = mill_replay_labels (spec);

  self->spec = mill_chart_spec_ref (spec);
  self->sentence = g_strdup (sentence);
  add_place (self, MILL_SLIDE_CHART, first);
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    g_autoptr (MillChartSpec) one = mill_chart_spec_with_kind (spec, (MillChartKind) i);

    if ((MillChartKind) i != first && mill_chart_available (one, NULL))
      add_place (self, MILL_SLIDE_CHART, (MillChartKind) i);
  }
  if (recorded[0] != NULL)
    add_place (self, MILL_SLIDE_REPLAY, MILL_CHART_TIMELINE);
  begin (self, MILL_SLIDE_CHART);
  return self;
}

guint
mill_presenter_get_n_slides (MillPresenter *presenter)
{
  return presenter->places->len;
}

guint
mill_presenter_get_place (MillPresenter *presenter)
{
  return presenter->place;
}

MillSlideKind
mill_presenter_get_kind (MillPresenter *presenter)
{
  return get_place (presenter)->kind;
}

MillSlide *
mill_presenter_get_slide (MillPresenter *presenter)
{
  return presenter->slide;
}

static void
mill_presenter_dispose (GObject *object)
{
  MillPresenter *self = MILL_PRESENTER (object);

  g_clear_object (&self->flow);
  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  G_OBJECT_CLASS (mill_presenter_parent_class)->dispose (object);
}

static void
mill_presenter_finalize (GObject *object)
{
  MillPresenter *self = MILL_PRESENTER (object);

  g_free (self->sentence);
  g_array_unref (self->places);
  G_OBJECT_CLASS (mill_presenter_parent_class)->finalize (object);
}

static void
mill_presenter_class_init (MillPresenterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mill_presenter_dispose;
  object_class->finalize = mill_presenter_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "window");
}

static void
mill_presenter_init (MillPresenter *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *stack = gtk_stack_new ();

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->stack = GTK_STACK (stack);
  self->slide = MILL_SLIDE (mill_slide_new ());
  self->replay = MILL_REPLAY_VIEW (mill_replay_view_new ());
  mill_replay_view_set_bare (self->replay, TRUE);
  mill_chart_view_set_theme (mill_replay_view_get_chart (self->replay), MILL_THEME_HIGH_CONTRAST);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->slide), "slide");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->replay), "replay");
  gtk_stack_add_named (self->stack, adw_bin_new (), "blank");
  gtk_window_set_child (GTK_WINDOW (self), stack);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Presentation"));
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 720);
  gtk_window_set_titlebar (GTK_WINDOW (self), adw_bin_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self), "presenter");
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->slide), "none");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_clicked), self);
  gtk_widget_add_controller (GTK_WIDGET (self->slide), GTK_EVENT_CONTROLLER (click));
}
