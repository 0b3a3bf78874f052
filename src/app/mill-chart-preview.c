/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-chart-preview.h"

#include "app/mill-app-theme.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"

#define WIDTH_PX 54
#define HEIGHT_PX 36
#define RADIUS_PX 6.0f

struct _MillChartPreview {
  GtkWidget parent_instance;

  MillChartSpec *spec;
  GskRenderNode *node;
  guint idle; /* the layout waits until nothing else is to be done */
};

G_DEFINE_FINAL_TYPE (MillChartPreview, mill_chart_preview, GTK_TYPE_WIDGET)

static void
paint (MillChartPreview *self)
{
  const MillChartOptions *options = mill_chart_spec_get_options (self->spec);
  MillChartOptions plain = *options; /* borrows its strings */
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, WIDTH_PX, HEIGHT_PX);

  plain.plain = TRUE;
  plain.right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr (MillChartSpec) spec = mill_chart_spec_with_options (self->spec, &plain);
  g_autoptr (MillScene) scene =
      mill_chart_layout (spec, mill_app_theme_id (), WIDTH_PX, HEIGHT_PX, measurer);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (self->node);
  mill_scene_paint (scene, cr, TRUE);
  cairo_destroy (cr);
}

static gboolean
on_idle (gpointer data)
{
  MillChartPreview *self = MILL_CHART_PREVIEW (data);

  self->idle = 0;
  paint (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* The old picture stays until there is a new one. */
static void
refresh (MillChartPreview *self)
{
  if (self->spec == NULL) {
    g_clear_handle_id (&self->idle, g_source_remove);
    g_clear_pointer (&self->node, gsk_render_node_unref);
    gtk_widget_queue_draw (GTK_WIDGET (self));
  } else if (self->idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self))) {
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
  }
}

static void
on_interface_changed (MillChartPreview *self)
{
  refresh (self);
}

static void
mill_chart_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mill_chart_preview_parent_class)->map (widget);
  refresh (MILL_CHART_PREVIEW (widget));
}

/* Three bars in the colour of the grid, for what has no data. */
static void
append_placeholder (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  static const float widths[] = { 28, 18, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (9, 9 + 7.0f * (float) i, widths[i], 4));
}

static void
mill_chart_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillChartPreview *self = MILL_CHART_PREVIEW (widget);
  const MillTheme *theme = mill_app_theme ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, WIDTH_PX, HEIGHT_PX);
  GskRoundedRect frame;
  const float widths[4] = { 1, 1, 1, 1 };
  GdkRGBA background, border;

  mill_app_theme_rgba (theme->background, &background);
  mill_app_theme_rgba (theme->grid, &border);
  const GdkRGBA borders[4] = { border, border, border, border };

  gsk_rounded_rect_init_from_rect (&frame, &bounds, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &background, &bounds);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
  else if (self->spec == NULL)
    append_placeholder (snapshot, &border);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &frame, widths, borders);
}

static void
mill_chart_preview_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : HEIGHT_PX;
}

static void
mill_chart_preview_dispose (GObject *object)
{
  MillChartPreview *self = MILL_CHART_PREVIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  G_OBJECT_CLASS (mill_chart_preview_parent_class)->dispose (object);
}

static void
mill_chart_preview_class_init (MillChartPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_chart_preview_dispose;
  widget_class->map = mill_chart_preview_map;
  widget_class->snapshot = mill_chart_preview_snapshot;
  widget_class->measure = mill_chart_preview_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mill_chart_preview_init (MillChartPreview *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  mill_app_theme_watch (GTK_WIDGET (self), G_CALLBACK (on_interface_changed));
}

GtkWidget *
mill_chart_preview_new (void)
{
  return g_object_new (MILL_TYPE_CHART_PREVIEW, NULL);
}

void
mill_chart_preview_set_spec (MillChartPreview *preview, MillChartSpec *spec)
{
  if (spec != NULL)
    mill_chart_spec_ref (spec);
  g_clear_pointer (&preview->spec, mill_chart_spec_unref);
  preview->spec = spec;
  refresh (preview);
}
