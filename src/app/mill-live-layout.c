/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-app-theme.h"
#include "app/mill-live-layout.h"
#include "charts/mill-paint.h"

/* Ticks are a little smaller than the interface's text. */
#define TYPE_SHARE 0.86

static const PangoFontDescription *
font_of (GtkWidget *widget)
{
  return pango_context_get_font_description (gtk_widget_get_pango_context (widget));
}

static double
font_size_px (GtkWidget *widget)
{
  const PangoFontDescription *font = font_of (widget);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget)) / 72;
}

MillTextMeasurer *
mill_live_measurer_new (GtkWidget *widget)
{
  return mill_text_measurer_new_pango (pango_font_description_get_family (font_of (widget)));
}

void
mill_live_layout_init (MillLiveLayout *live, GtkWidget *widget, MillTextMeasurer *measurer)
{
  MillLayout *layout = &live->layout;

  mill_chart_options_init (&live->options);
  mill_number_format_from_locale (&live->options.numbers);
  live->options.right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  layout->spec = NULL;
  layout->options = &live->options;
  layout->theme = mill_app_theme ();
  layout->measurer = measurer;
  layout->width_px = gtk_widget_get_width (widget);
  layout->height_px = gtk_widget_get_height (widget);
  layout->base_px = TYPE_SHARE * font_size_px (widget);
  layout->scene = mill_scene_new (layout->width_px, layout->height_px);
  mill_scene_set_family (layout->scene, mill_text_measurer_get_family (measurer));
}

void
mill_live_layout_clear (MillLiveLayout *live)
{
  g_clear_pointer (&live->layout.scene, mill_scene_unref);
  mill_chart_options_clear (&live->options);
}

void
mill_live_layout_paint (MillLiveLayout *live, GtkSnapshot *snapshot)
{
  MillScene *scene = live->layout.scene;
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, (float) live->layout.width_px, (float) live->layout.height_px);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  if (live->options.right_to_left)
    mill_scene_mirror (scene);
  mill_scene_paint (scene, cr, FALSE);
  cairo_destroy (cr);
}
