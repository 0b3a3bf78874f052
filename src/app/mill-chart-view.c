/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-chart-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-app-theme.h"
#include "app/mill-chart-content.h"
#include "app/mill-chart-view-private.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"
#include "charts/mill-readout.h"
#include "charts/mill-text-measurer.h"

/* How far from a datum the pointer still reads it. */
#define REACH_PX 24.0
/* What an image dragged out carries for screens of twice the density. */
#define DRAG_SCALE 2.0
#define MIN_WIDTH_PX 240
#define MIN_HEIGHT_PX 260
#define NATURAL_WIDTH_PX 640
#define NATURAL_HEIGHT_PX 320
#define FULL_PERCENT_DPI (96.0 * 1024.0)

typedef enum {
  CURSOR_NONE,
  CURSOR_POINTER,
  CURSOR_KEYBOARD,
} CursorSource;

struct _MillChartView {
  GtkWidget parent_instance;

  MillChartSpec *spec;
  MillThemeId theme; /* MILL_N_THEMES: the interface's */

  /* What the last layout made, until something changes. */
  MillTextMeasurer *measurer;
  MillScene *scene;
  GskRenderNode *scene_node;
  GskRenderNode *readout_node;
  MillThemeId scene_theme;

  CursorSource cursor_source;
  int cursor; /* a hit of the scene, or -1 */
  int cursor_series;
  int cursor_index;
};

G_DEFINE_FINAL_TYPE (MillChartView, mill_chart_view, GTK_TYPE_WIDGET)

enum { WINDOW_CHANGED, CURSOR_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
drop_readout (MillChartView *self)
{
  g_clear_pointer (&self->readout_node, gsk_render_node_unref);
}

static void
drop_scene (MillChartView *self)
{
  drop_readout (self);
  g_clear_pointer (&self->scene_node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, mill_scene_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What a screen reader says: the title and, while the keyboard reads a datum, its text, else what
 * the chart shows. */
static void
update_accessible (MillChartView *self)
{
  const char *readout = mill_chart_view_get_readout (self);
  g_autofree char *spoken = NULL;

  if (self->scene == NULL)
    return;
  if (readout != NULL && self->cursor_source == CURSOR_KEYBOARD) {
    spoken = g_strdup (readout);
    g_strdelimit (spoken, "\t", ' ');
    g_strdelimit (spoken, "\n", ';');
  }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, mill_scene_get_title (self->scene),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      spoken != NULL ? spoken : mill_scene_get_summary (self->scene), -1);
}

static void
set_cursor (MillChartView *self, int hit, CursorSource source)
{
  if (hit < 0)
    source = CURSOR_NONE;
  if (hit == self->cursor && source == self->cursor_source)
    return;
  self->cursor = hit;
  self->cursor_source = source;
  if (hit >= 0) {
    const MillHit *datum = mill_scene_get_hit (self->scene, (guint) hit);

    self->cursor_series = datum->series;
    self->cursor_index = datum->index;
  }
  drop_readout (self);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

/* The size of type follows the setting for large text. */
static double
text_scale (MillChartView *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  int dpi = -1;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (dpi / FULL_PERCENT_DPI, 1.0) : 1.0;
}

static MillChartSpec *
spec_for_size (MillChartView *self, double width_px, double height_px)
{
  const MillChartOptions *options = mill_chart_spec_get_options (self->spec);
  double scale = text_scale (self);
  MillChartOptions scaled = *options; /* borrows its strings */
  gboolean right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (scale <= 1.0 && right_to_left == options->right_to_left)
    return mill_chart_spec_ref (self->spec);
  scaled.base_px = scale * mill_chart_base_size (options, width_px, height_px);
  scaled.right_to_left = right_to_left;
  return mill_chart_spec_with_options (self->spec, &scaled);
}

static void
ensure_measurer (MillChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const char *family =
      pango_font_description_get_family (pango_context_get_font_description (context));

  family = family != NULL ? family : "sans";
  if (self->measurer != NULL &&
      g_str_equal (mill_text_measurer_get_family (self->measurer), family))
    return;
  g_clear_pointer (&self->measurer, mill_text_measurer_free);
  self->measurer = mill_text_measurer_new_pango (family);
}

static void
ensure_scene (MillChartView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  MillThemeId theme = self->theme == MILL_N_THEMES ? mill_app_theme_id () : self->theme;

  if (self->spec == NULL || width < 1.0 || height < 1.0)
    return;
  if (self->scene != NULL && theme == self->scene_theme &&
      mill_scene_get_width (self->scene) == width && mill_scene_get_height (self->scene) == height)
    return;
  drop_readout (self);
  g_clear_pointer (&self->scene_node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, mill_scene_unref);
  ensure_measurer (self);
  g_autoptr (MillChartSpec) spec = spec_for_size (self, width, height);
  self->scene = mill_chart_layout (spec, theme, width, height, self->measurer);
  self->scene_theme = theme;
  if (self->cursor_source != CURSOR_NONE) {
    self->cursor = mill_scene_find_hit (self->scene, self->cursor_series, self->cursor_index);
    if (self->cursor < 0)
      self->cursor_source = CURSOR_NONE;
  }
  update_accessible (self);
}

static GskRenderNode *
paint_node (const MillScene *scene, gboolean background)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) mill_scene_get_width (scene),
                                               (float) mill_scene_get_height (scene));
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  mill_scene_paint (scene, cr, background);
  cairo_destroy (cr);
  return node;
}

static void
ensure_readout (MillChartView *self)
{
  if (self->readout_node != NULL || self->cursor < 0)
    return;
  double base = mill_chart_base_size (mill_chart_spec_get_options (self->spec),
                                      mill_scene_get_width (self->scene),
                                      mill_scene_get_height (self->scene)) *
                text_scale (self);
  g_autoptr (MillScene) readout =
      mill_readout_scene_new (self->scene, self->cursor, self->scene_theme, self->measurer, base,
                              gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
  self->readout_node = paint_node (readout, FALSE);
}

static void
mill_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillChartView *self = MILL_CHART_VIEW (widget);

  ensure_scene (self);
  if (self->scene == NULL)
    return;
  if (self->scene_node == NULL)
    self->scene_node = paint_node (self->scene, TRUE);
  gtk_snapshot_append_node (snapshot, self->scene_node);
  ensure_readout (self);
  if (self->readout_node != NULL)
    gtk_snapshot_append_node (snapshot, self->readout_node);
}

static void
mill_chart_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  double scale = text_scale (MILL_CHART_VIEW (widget));

  *minimum = horizontal ? MIN_WIDTH_PX : (int) (MIN_HEIGHT_PX * scale);
  *natural = horizontal ? NATURAL_WIDTH_PX : (int) (NATURAL_HEIGHT_PX * scale);
}

static void
mill_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ensure_scene (MILL_CHART_VIEW (widget));
}

static void
on_interface_changed (MillChartView *self)
{
  drop_scene (self);
}

static void
mill_chart_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (mill_chart_view_parent_class)->system_setting_changed (widget, setting);
  drop_scene (MILL_CHART_VIEW (widget));
  gtk_widget_queue_resize (widget);
}

static void
mill_chart_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (mill_chart_view_parent_class)->direction_changed (widget, previous);
  drop_scene (MILL_CHART_VIEW (widget));
}

static void
on_pointer (MillChartView *self, double x, double y)
{
  mill_chart_view_point_at (self, x, y);
}

static void
on_pointer_left (MillChartView *self)
{
  if (self->cursor_source == CURSOR_POINTER)
    set_cursor (self, -1, CURSOR_NONE);
}

static void
on_pressed (MillChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static GdkContentProvider *
on_drag_prepare (MillChartView *self, double x, double y)
{
  MillExportOptions options;

  if (self->scene == NULL || mill_chart_view_pans_at (self, x, y))
    return NULL;
  options = (MillExportOptions){ MAX (mill_scene_get_width (self->scene), MILL_EXPORT_MIN_PX),
                                 MAX (mill_scene_get_height (self->scene), MILL_EXPORT_MIN_PX),
                                 DRAG_SCALE, self->scene_theme, FALSE };
  return mill_chart_content_new_with_file (self->spec, &options);
}

static void
on_drag_begin (MillChartView *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);

  set_cursor (self, -1, CURSOR_NONE);
  gtk_drag_source_set_icon (source, still, 12, 12);
}

static void
add_controllers (MillChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_pointer), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_pointer), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  mill_chart_view_add_zoom_controllers (self);
}

static void
mill_chart_view_dispose (GObject *object)
{
  MillChartView *self = MILL_CHART_VIEW (object);

  g_clear_pointer (&self->readout_node, gsk_render_node_unref);
  g_clear_pointer (&self->scene_node, gsk_render_node_unref);
  g_clear_pointer (&self->scene, mill_scene_unref);
  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  G_OBJECT_CLASS (mill_chart_view_parent_class)->dispose (object);
}

static void
mill_chart_view_finalize (GObject *object)
{
  g_clear_pointer (&MILL_CHART_VIEW (object)->measurer, mill_text_measurer_free);
  G_OBJECT_CLASS (mill_chart_view_parent_class)->finalize (object);
}

static void
mill_chart_view_class_init (MillChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mill_chart_view_dispose;
  object_class->finalize = mill_chart_view_finalize;
  widget_class->snapshot = mill_chart_view_snapshot;
  widget_class->measure = mill_chart_view_measure;
  widget_class->size_allocate = mill_chart_view_size_allocate;
  widget_class->system_setting_changed = mill_chart_view_system_setting_changed;
  widget_class->direction_changed = mill_chart_view_direction_changed;

  signals[WINDOW_CHANGED] = g_signal_new ("window-changed", MILL_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CURSOR_CHANGED] = g_signal_new ("cursor-changed", MILL_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "millchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mill_chart_view_init (MillChartView *self)
{
  self->theme = MILL_N_THEMES;
  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  mill_app_theme_watch (GTK_WIDGET (self), G_CALLBACK (on_interface_changed));
  add_controllers (self);
}

GtkWidget *
mill_chart_view_new (void)
{
  return g_object_new (MILL_TYPE_CHART_VIEW, NULL);
}

void
mill_chart_view_set_spec (MillChartView *view, MillChartSpec *spec)
{
  gboolean keep = spec != NULL && view->spec != NULL &&
                  mill_chart_spec_get_kind (spec) == mill_chart_spec_get_kind (view->spec);

  if (spec == view->spec)
    return;
  if (spec != NULL)
    mill_chart_spec_ref (spec);
  g_clear_pointer (&view->spec, mill_chart_spec_unref);
  view->spec = spec;
  if (!keep)
    set_cursor (view, -1, CURSOR_NONE);
  drop_scene (view);
  ensure_scene (view);
}

MillChartSpec *
mill_chart_view_get_spec (MillChartView *view)
{
  return view->spec;
}

void
mill_chart_view_set_theme (MillChartView *view, MillThemeId theme)
{
  view->theme = theme;
  drop_scene (view);
}

const MillScene *
mill_chart_view_get_scene (MillChartView *view)
{
  ensure_scene (view);
  return view->scene;
}

const char *
mill_chart_view_get_readout (MillChartView *view)
{
  if (view->scene == NULL || view->cursor < 0)
    return NULL;
  return mill_scene_get_hit (view->scene, (guint) view->cursor)->text;
}

void
mill_chart_view_point_at (MillChartView *view, double x, double y)
{
  ensure_scene (view);
  if (view->scene == NULL)
    return;
  int hit = mill_scene_hit (view->scene, x, y, REACH_PX);

  /* The keyboard's cursor yields only to a pointer that reads something else. */
  if (hit >= 0 || view->cursor_source == CURSOR_POINTER)
    set_cursor (view, hit, CURSOR_POINTER);
}

gboolean
mill_chart_view_move_cursor (MillChartView *view, MillCursorDirection direction)
{
  ensure_scene (view);
  if (view->scene == NULL)
    return FALSE;
  int before = view->cursor;
  int hit = mill_scene_cursor_move (view->scene, before, direction);

  set_cursor (view, hit, CURSOR_KEYBOARD);
  return hit != before;
}

void
mill_chart_view_clear_cursor (MillChartView *view)
{
  set_cursor (view, -1, CURSOR_NONE);
}

gboolean
mill_chart_view_has_cursor (MillChartView *view)
{
  return view->cursor_source == CURSOR_KEYBOARD;
}

void
mill_chart_view_set_window (MillChartView *view, double start_s, double end_s)
{
  MillChartOptions options = *mill_chart_spec_get_options (view->spec); /* borrows its strings */

  if (options.window_start_s == start_s && options.window_end_s == end_s)
    return;
  options.window_start_s = start_s;
  options.window_end_s = end_s;
  MillChartSpec *spec = mill_chart_spec_with_options (view->spec, &options);

  mill_chart_spec_unref (view->spec);
  view->spec = spec;
  drop_scene (view);
  ensure_scene (view);
  g_signal_emit (view, signals[WINDOW_CHANGED], 0);
}
