/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-replay-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "charts/mill-time-text.h"

/* A replay takes about so long unless somebody chooses otherwise. */
#define DEFAULT_LENGTH_S 12.0
/* Painting takes at most a half of the time, and never more often than this. */
#define MIN_FRAME_US (G_USEC_PER_SEC / 30)

struct _MillReplayView {
  GtkWidget parent_instance;

  GtkWidget *box;
  MillChartView *chart;
  GtkWidget *transport;
  GtkButton *play_button;
  GtkAdjustment *place;
  GtkScale *scrub;
  GtkLabel *time_label;
  GtkWidget *choices;
  GtkAdjustment *slowness;
  GtkScale *slowness_scale;
  GtkLabel *slowness_label;
  GtkWidget *models;
  GtkDropDown *first;
  GtkDropDown *second;
  GtkToggleButton *lane_button;
  GtkToggleButton *request_button;

  MillChartSpec *spec; /* without a replay */
  MillReplay *replay;
  double time_us; /* a fraction counts when it is slow */
  guint tick;
  gint64 last_frame_us; /* of the frame clock */
  gint64 next_paint_us;
  gboolean filling; /* the choices are being filled */
  gboolean narrow;
  gboolean bare;
};

G_DEFINE_FINAL_TYPE (MillReplayView, mill_replay_view, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_PLAYING, PROP_NARROW, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
update_controls (MillReplayView *self)
{
  double end_us = self->replay != NULL ? (double) mill_replay_get_end_us (self->replay) : 0.0;
  MillNumberFormat numbers;
  g_autofree char *time = NULL;

  mill_number_format_from_locale (&numbers);
  time = mill_time_to_string (&numbers, self->time_us / G_USEC_PER_SEC, end_us / G_USEC_PER_SEC);
  gtk_adjustment_set_value (self->place, end_us > 0.0 ? self->time_us / end_us : 0.0);
  gtk_label_set_label (self->time_label, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scrub), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  time, -1);
}

/* The moment as a chart. */
static void
show_moment (MillReplayView *self)
{
  MillChartOptions options;
  g_autoptr (MillChartSpec) moment = NULL;

  if (self->spec != NULL && self->replay != NULL) {
    options = *mill_chart_spec_get_options (self->spec); /* borrows its strings */
    options.replay = self->replay;
    options.replay_us = (gint64) self->time_us;
    options.timeline_view = gtk_toggle_button_get_active (self->request_button)
                                ? MILL_TIMELINE_BY_REQUEST
                                : MILL_TIMELINE_BY_LANE;
    options.large = self->bare;
    moment = mill_chart_spec_with_options (self->spec, &options);
  }
  mill_chart_view_set_spec (self->chart, moment);
  update_controls (self);
}

static void
update_play_button (MillReplayView *self)
{
  gboolean playing = self->tick != 0;

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button),
                               playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  MillReplayView *self = MILL_REPLAY_VIEW (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock), begun_us;
  double end_us = (double) mill_replay_get_end_us (self->replay);

  if (self->last_frame_us > 0)
    self->time_us += (double) (now_us - self->last_frame_us) / mill_replay_view_get_slowness (self);
  self->last_frame_us = now_us;
  self->time_us = MIN (self->time_us, end_us);
  if (now_us < self->next_paint_us && self->time_us < end_us)
    return G_SOURCE_CONTINUE;
  begun_us = g_get_monotonic_time ();
  show_moment (self);
  self->next_paint_us = now_us + MAX (MIN_FRAME_US, 2 * (g_get_monotonic_time () - begun_us));
  if (self->time_us < end_us)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  update_play_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
  return G_SOURCE_REMOVE;
}

void
mill_replay_view_set_playing (MillReplayView *view, gboolean playing)
{
  playing = playing && view->replay != NULL;
  if (playing == (view->tick != 0))
    return;
  if (playing) {
    /* Again from the begin. */
    if (view->time_us >= (double) mill_replay_get_end_us (view->replay))
      view->time_us = 0.0;
    view->last_frame_us = view->next_paint_us = 0;
    view->tick = gtk_widget_add_tick_callback (GTK_WIDGET (view), on_tick, NULL, NULL);
  } else {
    gtk_widget_remove_tick_callback (GTK_WIDGET (view), view->tick);
    view->tick = 0;
  }
  update_play_button (view);
  g_object_notify_by_pspec (G_OBJECT (view), properties[PROP_PLAYING]);
}

gboolean
mill_replay_view_get_playing (MillReplayView *view)
{
  return view->tick != 0;
}

gint64
mill_replay_view_get_time (MillReplayView *view)
{
  return (gint64) view->time_us;
}

void
mill_replay_view_set_time (MillReplayView *view, gint64 time_us)
{
  if (view->replay == NULL)
    return;
  view->time_us = (double) CLAMP (time_us, 0, mill_replay_get_end_us (view->replay));
  show_moment (view);
}

void
mill_replay_view_step (MillReplayView *view, gboolean forwards)
{
  if (view->replay == NULL)
    return;
  mill_replay_view_set_playing (view, FALSE);
  mill_replay_view_set_time (
      view, mill_replay_next (view->replay, mill_replay_view_get_time (view), forwards));
}

double
mill_replay_view_get_slowness (MillReplayView *view)
{
  return pow (10.0, gtk_adjustment_get_value (view->slowness));
}

void
mill_replay_view_set_slowness (MillReplayView *view, double slowness)
{
  gtk_adjustment_set_value (view->slowness,
                            log10 (CLAMP (slowness, 1.0, MILL_REPLAY_MAX_SLOWNESS)));
}

static void
on_slowness_changed (MillReplayView *self)
{
  double slowness = mill_replay_view_get_slowness (self);
  MillNumberFormat numbers;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  mill_number_format_from_locale (&numbers);
  number = mill_quantity_number_to_string (&numbers, slowness, slowness < 9.95 ? 1 : 0);
  /* Translators: how much slower than it ran a replay plays. */
  text = slowness < 1.05 ? g_strdup (_ ("as it ran")) : g_strdup_printf (_ ("%s × slower"), number);
  gtk_label_set_label (self->slowness_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slowness_scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/* So slow that all of it takes a dozen seconds, in steps that a person would choose. */
static void
choose_slowness (MillReplayView *self)
{
  static const double steps[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 };
  double length_s = (double) mill_replay_get_end_us (self->replay) / G_USEC_PER_SEC;
  double chosen = steps[0];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (length_s * steps[i] <= DEFAULT_LENGTH_S)
      chosen = steps[i];
  }
  mill_replay_view_set_slowness (self, chosen);
}

static void
on_models_changed (MillReplayView *self)
{
  guint first = gtk_drop_down_get_selected (self->first);
  guint second = gtk_drop_down_get_selected (self->second);

  if (self->filling || self->spec == NULL)
    return;
  g_clear_pointer (&self->replay, mill_replay_unref);
  /* The first of the second list is "alone". */
  if (first != GTK_INVALID_LIST_POSITION)
    self->replay = mill_replay_new (self->spec, first,
                                    second == GTK_INVALID_LIST_POSITION ? -1 : (int) second - 1);
  if (self->replay == NULL)
    mill_replay_view_set_playing (self, FALSE);
  else
    self->time_us = MIN (self->time_us, (double) mill_replay_get_end_us (self->replay));
  show_moment (self);
}

static void
select_models (MillReplayView *self, guint first, int second)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->first, first);
  gtk_drop_down_set_selected (self->second, (guint) (second + 1));
  self->filling = FALSE;
  on_models_changed (self);
}

static int
find_label (const char *const *labels, const char *label)
{
  for (int i = 0; label != NULL && labels[i] != NULL; i++) {
    if (g_str_equal (labels[i], label))
      return i;
  }
  return -1;
}

void
mill_replay_view_set_models (MillReplayView *view, const char *first, const char *second)
{
  g_auto (GStrv) labels = view->spec != NULL ? mill_replay_labels (view->spec) : NULL;
  int index, other;

  if (labels == NULL)
    return;
  index = find_label ((const char *const *) labels, first);
  other = find_label ((const char *const *) labels, second);
  /* Where one of two was not recorded, both stay as they were: not one alone. */
  if (index < 0 || (second != NULL && other < 0))
    return;
  select_models (view, (guint) index, other);
  choose_slowness (view);
}

void
mill_replay_view_set_spec (MillReplayView *view, MillChartSpec *spec)
{
  g_auto (GStrv) labels = spec != NULL ? mill_replay_labels (spec) : NULL;
  g_autoptr (GtkStringList) first = gtk_string_list_new ((const char *const *) labels);
  g_autoptr (GtkStringList) second = gtk_string_list_new (NULL);

  mill_replay_view_set_playing (view, FALSE);
  if (spec != NULL)
    mill_chart_spec_ref (spec);
  g_clear_pointer (&view->replay, mill_replay_unref);
  g_clear_pointer (&view->spec, mill_chart_spec_unref);
  view->spec = spec != NULL ? mill_chart_spec_with_kind (spec, MILL_CHART_TIMELINE) : NULL;
  g_clear_pointer (&spec, mill_chart_spec_unref);
  view->time_us = 0.0;
  gtk_string_list_append (second, _ ("Alone"));
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    gtk_string_list_append (second, labels[i]);
  view->filling = TRUE;
  gtk_drop_down_set_model (view->first, G_LIST_MODEL (first));
  gtk_drop_down_set_model (view->second, G_LIST_MODEL (second));
  view->filling = FALSE;
  gtk_widget_set_sensitive (view->transport, labels != NULL && labels[0] != NULL);
  gtk_widget_set_sensitive (view->choices, labels != NULL && labels[0] != NULL);
  select_models (view, 0, labels != NULL && labels[0] != NULL && labels[1] != NULL ? 1 : -1);
  if (view->replay != NULL)
    choose_slowness (view);
}

MillReplay *
mill_replay_view_get_replay (MillReplayView *view)
{
  return view->replay;
}

MillChartView *
mill_replay_view_get_chart (MillReplayView *view)
{
  return view->chart;
}

void
mill_replay_view_set_bare (MillReplayView *view, gboolean bare)
{
  view->bare = bare;
  gtk_widget_set_visible (view->transport, !bare);
  gtk_widget_set_visible (view->choices, !bare);
  show_moment (view);
}

static void
set_narrow (MillReplayView *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->choices),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
on_play (MillReplayView *self)
{
  mill_replay_view_set_playing (self, !mill_replay_view_get_playing (self));
}

static void
on_back (MillReplayView *self)
{
  mill_replay_view_step (self, FALSE);
}

static void
on_forward (MillReplayView *self)
{
  mill_replay_view_step (self, TRUE);
}

static gboolean
on_scrubbed (MillReplayView *self, GtkScrollType scroll, double value)
{
  double end_us = self->replay != NULL ? (double) mill_replay_get_end_us (self->replay) : 0.0;

  mill_replay_view_set_playing (self, FALSE);
  mill_replay_view_set_time (self, (gint64) (CLAMP (value, 0.0, 1.0) * end_us));
  return GDK_EVENT_STOP;
}

static void
on_view_changed (MillReplayView *self)
{
  show_moment (self);
}

/* Whether what has the keyboard needs the key itself. */
static gboolean
is_taken (MillReplayView *self, guint key)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean arrows = key != GDK_KEY_space;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return FALSE;
  if (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  if (arrows)
    return GTK_IS_SCALE (focus);
  return GTK_IS_TOGGLE_BUTTON (focus) ||
         gtk_widget_get_ancestor (focus, GTK_TYPE_DROP_DOWN) != NULL;
}

static gboolean
on_key (MillReplayView *self, guint key, guint code, GdkModifierType state)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || self->replay == NULL ||
      is_taken (self, key))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_space:
    on_play (self);
    return GDK_EVENT_STOP;
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    mill_replay_view_step (self, mirrored);
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    mill_replay_view_step (self, !mirrored);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
    mill_replay_view_set_playing (self, FALSE);
    mill_replay_view_set_time (self, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    mill_replay_view_set_playing (self, FALSE);
    mill_replay_view_set_time (self, mill_replay_get_end_us (self->replay));
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* Where Space and the arrows are understood. */
static gboolean
mill_replay_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MILL_REPLAY_VIEW (widget)->play_button));
}

static void
mill_replay_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillReplayView *self = MILL_REPLAY_VIEW (object);

  switch (id) {
  case PROP_PLAYING:
    g_value_set_boolean (value, mill_replay_view_get_playing (self));
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_replay_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillReplayView *self = MILL_REPLAY_VIEW (object);

  switch (id) {
  case PROP_PLAYING:
    mill_replay_view_set_playing (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_replay_view_dispose (GObject *object)
{
  MillReplayView *self = MILL_REPLAY_VIEW (object);

  mill_replay_view_set_playing (self, FALSE);
  g_clear_pointer (&self->replay, mill_replay_unref);
  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_REPLAY_VIEW);
  G_OBJECT_CLASS (mill_replay_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, box);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, chart);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, transport);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, play_button);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, place);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, scrub);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, time_label);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, choices);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, slowness);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, slowness_scale);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, slowness_label);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, models);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, first);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, second);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, lane_button);
  gtk_widget_class_bind_template_child (widget_class, MillReplayView, request_button);
  gtk_widget_class_bind_template_callback (widget_class, on_play);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_forward);
  gtk_widget_class_bind_template_callback (widget_class, on_scrubbed);
  gtk_widget_class_bind_template_callback (widget_class, on_slowness_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_models_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
}

static void
mill_replay_view_class_init (MillReplayViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = mill_replay_view_dispose;
  object_class->get_property = mill_replay_view_get_property;
  object_class->set_property = mill_replay_view_set_property;
  widget_class->grab_focus = mill_replay_view_grab_focus;
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (MILL_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/replay-view.ui");
  bind_children (widget_class);
}

static void
mill_replay_view_init (MillReplayView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the chart, whose arrows move its cursor, and before buttons take Space. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  on_slowness_changed (self);
}

GtkWidget *
mill_replay_view_new (void)
{
  return g_object_new (MILL_TYPE_REPLAY_VIEW, NULL);
}
