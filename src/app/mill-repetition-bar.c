/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-app-theme.h"
#include "app/mill-repetition-bar.h"

#define HEIGHT_PX 8
#define GAP_PX 4.0
#define MIN_SEGMENT_PX 8.0
#define RADIUS_PX 3.0f
#define MIN_WIDTH_PX 48
#define NATURAL_WIDTH_PX 200
/* Of what is not done yet. */
#define TRACK_ALPHA 0.15f

struct _MillRepetitionBar {
  GtkWidget parent_instance;

  MillColor color;
  guint n;
  double done;
};

G_DEFINE_FINAL_TYPE (MillRepetitionBar, mill_repetition_bar, GTK_TYPE_WIDGET)

static void
append_piece (GtkSnapshot *snapshot, double x, double y, double width, const GdkRGBA *color)
{
  GskRoundedRect shape;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, HEIGHT_PX);

  gsk_rounded_rect_init_from_rect (&shape, &bounds, MIN (RADIUS_PX, (float) width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
mill_repetition_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillRepetitionBar *self = MILL_REPETITION_BAR (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget);
  double y = (gtk_widget_get_height (widget) - HEIGHT_PX) / 2;
  guint n = self->n;
  double done = self->done, segment;
  GdkRGBA color, track;

  if (n == 0)
    return;
  if ((width + GAP_PX) / n - GAP_PX < MIN_SEGMENT_PX) {
    done /= n;
    n = 1;
  }
  segment = (width + GAP_PX) / n - GAP_PX;
  mill_app_theme_rgba (self->color, &color);
  mill_app_theme_rgba (mill_app_theme ()->text, &track);
  track.alpha = TRACK_ALPHA;
  for (guint i = 0; i < n; i++) {
    double x = i * (segment + GAP_PX);
    double filled = CLAMP (done - i, 0, 1) * segment;

    append_piece (snapshot, mirrored ? width - x - segment : x, y, segment, &track);
    if (filled > 0)
      append_piece (snapshot, mirrored ? width - x - filled : x, y, filled, &color);
  }
}

static void
mill_repetition_bar_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH_PX : HEIGHT_PX;
  *natural = horizontal ? NATURAL_WIDTH_PX : HEIGHT_PX;
}

static void
mill_repetition_bar_class_init (MillRepetitionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = mill_repetition_bar_snapshot;
  widget_class->measure = mill_repetition_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
mill_repetition_bar_init (MillRepetitionBar *self)
{
}

void
mill_repetition_bar_set (MillRepetitionBar *bar, MillColor color, guint n, double done)
{
  if (n == bar->n && done == bar->done && mill_color_equal (color, bar->color))
    return;
  bar->color = color;
  bar->n = n;
  bar->done = done;
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, done, -1);
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}
