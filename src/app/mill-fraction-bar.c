/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-app-theme.h"
#include "app/mill-fraction-bar.h"

#define BAR_HEIGHT_PX 6

struct _MillFractionBar {
  GtkWidget parent_instance;

  MillModelKind family;
  double fraction;
};

G_DEFINE_FINAL_TYPE (MillFractionBar, mill_fraction_bar, GTK_TYPE_WIDGET)

static void
append_pill (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float width, float height)
{
  GskRoundedRect pill;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, 0, width, height);

  gsk_rounded_rect_init_from_rect (&pill, &bounds, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
mill_fraction_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillFractionBar *self = MILL_FRACTION_BAR (widget);
  const MillTheme *theme = mill_app_theme ();
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float filled = MAX ((float) self->fraction * width, MIN (height, width));
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  MillSeriesStyle style;
  GdkRGBA color;

  mill_app_theme_rgba (theme->grid, &color);
  append_pill (snapshot, &color, 0, width, height);
  mill_series_style (theme, self->family, 0, &style);
  mill_app_theme_rgba (style.color, &color);
  append_pill (snapshot, &color, from_right ? width - filled : 0, filled, height);
}

static void
mill_fraction_bar_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = BAR_HEIGHT_PX;
  *natural = BAR_HEIGHT_PX;
}

static void
mill_fraction_bar_class_init (MillFractionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = mill_fraction_bar_snapshot;
  widget_class->measure = mill_fraction_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mill_fraction_bar_init (MillFractionBar *self)
{
  mill_app_theme_watch (GTK_WIDGET (self), G_CALLBACK (gtk_widget_queue_draw));
}

GtkWidget *
mill_fraction_bar_new (MillModelKind family, double fraction)
{
  MillFractionBar *self = g_object_new (MILL_TYPE_FRACTION_BAR, NULL);

  self->family = family;
  self->fraction = CLAMP (fraction, 0, 1);
  return GTK_WIDGET (self);
}
