/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-chart-view-private.h"
#include "charts/mill-chart-timeline.h"

#define ZOOM_STEP 0.7
#define PAN_STEP 0.15
/* The least time that can be seen, as a share of the whole, and in seconds. */
#define MIN_SHARE 1e-6
#define MIN_WINDOW_S 2e-5

/* The visible time as it is, and the whole. */
typedef struct {
  double whole_s, start_s, end_s;
} Window;

static gboolean
get_window (MillChartView *view, Window *window)
{
  MillChartSpec *spec = mill_chart_view_get_spec (view);

  /* A replay moves its window itself. */
  return spec != NULL && mill_chart_spec_get_kind (spec) == MILL_CHART_TIMELINE &&
         mill_chart_spec_get_options (spec)->replay == NULL &&
         mill_chart_timeline_window (spec, &window->whole_s, &window->start_s, &window->end_s) &&
         window->end_s > window->start_s;
}

gboolean
mill_chart_view_can_zoom (MillChartView *view)
{
  Window window;

  return get_window (view, &window);
}

/* Keeps a stretch of time inside of the whole, or of what is shown beyond it already. */
static void
set_window (MillChartView *view, const Window *old, double start_s, double length_s)
{
  double limit = MAX (old->whole_s, old->end_s);

  length_s = CLAMP (length_s, MIN (MAX (limit * MIN_SHARE, MIN_WINDOW_S), limit), limit);
  start_s = CLAMP (start_s, 0.0, limit - length_s);
  mill_chart_view_set_window (view, start_s, start_s + length_s);
}

void
mill_chart_view_zoom (MillChartView *view, double factor, double place)
{
  Window window;

  if (!get_window (view, &window))
    return;
  double length = window.end_s - window.start_s;
  double fixed = window.start_s + place * length;

  set_window (view, &window, fixed - place * length * factor, length * factor);
}

void
mill_chart_view_pan (MillChartView *view, double share)
{
  Window window;

  if (!get_window (view, &window))
    return;
  double length = window.end_s - window.start_s;

  set_window (view, &window, window.start_s + share * length, length);
}

void
mill_chart_view_reset_zoom (MillChartView *view)
{
  Window window;

  if (get_window (view, &window))
    mill_chart_view_set_window (view, 0.0, window.whole_s);
}

char *
mill_chart_view_dup_window_text (MillChartView *view)
{
  const MillNumberFormat *numbers;
  Window window;

  if (!get_window (view, &window))
    return NULL;
  numbers = &mill_chart_spec_get_options (mill_chart_view_get_spec (view))->numbers;
  MillAxisUnit unit = mill_axis_unit_choose (MILL_UNIT_SECONDS, window.end_s);
  double step = pow (10.0, floor (log10 (window.end_s - window.start_s)) - 1.0);
  g_autofree char *end = mill_tick_to_string (numbers, round (window.end_s / step) * step, step,
                                              MILL_UNIT_SECONDS, &unit);
  if (window.start_s < step / 2.0)
    return g_strdup_printf ("0–%s", end);
  g_autofree char *start = mill_quantity_number_to_string (
      numbers, round (window.start_s / step) * step / unit.divisor,
      (int) CLAMP (-floor (log10 (step / unit.divisor) + 1e-9), 0.0, 9.0));
  return g_strdup_printf ("%s–%s", start, end);
}

/* Where the lanes lie: from the leftmost datum to the right edge of the plot. */
static gboolean
get_plot (MillChartView *view, double *left, double *right, double *top)
{
  const MillScene *scene = mill_chart_view_get_scene (view);

  if (scene == NULL || mill_scene_get_n_hits (scene) == 0)
    return FALSE;
  *left = *top = G_MAXDOUBLE;
  *right = 0.0;
  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillBox *box = &mill_scene_get_hit (scene, i)->box;

    *left = MIN (*left, box->x);
    *top = MIN (*top, box->y);
    *right = MAX (*right, box->x + box->width);
  }
  /* The plot may reach farther than the last datum on the side of later times. */
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (scene, i);

    if (primitive->type != MILL_PRIMITIVE_PUSH_CLIP)
      continue;
    if (primitive->box.x <= 0.0)
      *right = MAX (*right, primitive->box.width);
    else
      *left = MIN (*left, primitive->box.x);
  }
  return *right > *left;
}

/* The place in the visible time, 0 to 1, which runs leftwards from right to left. */
static double
place_of (MillChartView *view, double x)
{
  double left, right, top;

  if (!get_plot (view, &left, &right, &top))
    return 0.5;
  double place = CLAMP ((x - left) / (right - left), 0.0, 1.0);

  return gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL ? 1.0 - place : place;
}

gboolean
mill_chart_view_pans_at (MillChartView *view, double x, double y)
{
  double left, right, top;
  Window window;

  return get_window (view, &window) && get_plot (view, &left, &right, &top) && y >= top &&
         x >= left && x <= right;
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, gpointer data)
{
  MillChartView *view = MILL_CHART_VIEW (data);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double x = 0.0, y = 0.0;

  if (!(state & GDK_CONTROL_MASK) || !mill_chart_view_can_zoom (view))
    return GDK_EVENT_PROPAGATE;
  /* The event's place is relative to the surface, the pointer's readout to the widget. */
  if (event != NULL && gdk_event_get_position (event, &x, &y)) {
    GtkNative *native = gtk_widget_get_native (GTK_WIDGET (view));
    double surface_x = 0.0, surface_y = 0.0;

    gtk_native_get_surface_transform (native, &surface_x, &surface_y);
    gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (view), x - surface_x,
                                      y - surface_y, &x, &y);
  }
  mill_chart_view_zoom (view, pow (ZOOM_STEP, -dy), place_of (view, x));
  return GDK_EVENT_STOP;
}

/* The time at which a drag began, so that the chart follows the pointer exactly. */
typedef struct {
  Window window;
  double width_px;
} Drag;

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  MillChartView *view = MILL_CHART_VIEW (data);
  double left, right, top;
  Drag drag;

  if (!mill_chart_view_pans_at (view, x, y) || !get_window (view, &drag.window) ||
      !get_plot (view, &left, &right, &top)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  drag.width_px = right - left;
  g_object_set_data_full (G_OBJECT (gesture), "drag", g_memdup2 (&drag, sizeof drag), g_free);
}

static void
on_drag_update (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  MillChartView *view = MILL_CHART_VIEW (data);
  const Drag *drag = g_object_get_data (G_OBJECT (gesture), "drag");

  if (drag == NULL)
    return;
  double length = drag->window.end_s - drag->window.start_s;
  double moved = x / drag->width_px * length;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL)
    moved = -moved;
  set_window (view, &drag->window, drag->window.start_s - moved, length);
}

static void
on_drag_end (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  g_object_set_data (G_OBJECT (gesture), "drag", NULL);
}

static gboolean
pan_or_move (MillChartView *view, MillCursorDirection direction, gboolean pan)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL;
  gboolean later = (direction == MILL_CURSOR_RIGHT) != mirrored;
  gboolean sideways = direction == MILL_CURSOR_LEFT || direction == MILL_CURSOR_RIGHT;
  gboolean timeline = mill_chart_view_can_zoom (view);

  if (timeline && sideways && (pan || !mill_chart_view_has_cursor (view))) {
    mill_chart_view_pan (view, later ? PAN_STEP : -PAN_STEP);
    return GDK_EVENT_STOP;
  }
  if (pan)
    return GDK_EVENT_PROPAGATE;
  /* At the edge of what is visible the time moves on. */
  if (!mill_chart_view_move_cursor (view, direction) && timeline && sideways)
    mill_chart_view_pan (view, later ? PAN_STEP : -PAN_STEP);
  return GDK_EVENT_STOP;
}

static gboolean
on_zoom_key (MillChartView *view, guint key)
{
  if (!mill_chart_view_can_zoom (view))
    return GDK_EVENT_PROPAGATE;
  switch (key) {
  case GDK_KEY_plus:
  case GDK_KEY_equal:
  case GDK_KEY_KP_Add:
    mill_chart_view_zoom (view, ZOOM_STEP, 0.5);
    return GDK_EVENT_STOP;
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    mill_chart_view_zoom (view, 1.0 / ZOOM_STEP, 0.5);
    return GDK_EVENT_STOP;
  case GDK_KEY_0:
  case GDK_KEY_KP_0:
    mill_chart_view_reset_zoom (view);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static gboolean
on_key (MillChartView *view, guint key, guint code, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    return pan_or_move (view, MILL_CURSOR_LEFT, control);
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    return pan_or_move (view, MILL_CURSOR_RIGHT, control);
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    return pan_or_move (view, MILL_CURSOR_UP, control);
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    return pan_or_move (view, MILL_CURSOR_DOWN, control);
  case GDK_KEY_Home:
  case GDK_KEY_Return:
    mill_chart_view_move_cursor (view, MILL_CURSOR_FIRST);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    mill_chart_view_move_cursor (view, MILL_CURSOR_LAST);
    return GDK_EVENT_STOP;
  case GDK_KEY_Escape:
    if (!mill_chart_view_has_cursor (view))
      return GDK_EVENT_PROPAGATE;
    mill_chart_view_clear_cursor (view);
    return GDK_EVENT_STOP;
  default:
    return on_zoom_key (view, key);
  }
}

void
mill_chart_view_add_zoom_controllers (MillChartView *view)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), view);
  gtk_widget_add_controller (GTK_WIDGET (view), scroll);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), view);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), view);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}
