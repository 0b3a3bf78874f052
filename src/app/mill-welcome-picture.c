/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-app-theme.h"
#include "app/mill-welcome-picture.h"

#define WIDTH_PX 96
#define HEIGHT_PX 64

typedef enum {
  MOTIF_BARS,
  MOTIF_LANES,
  MOTIF_LINES,
} Motif;

struct _MillWelcomePicture {
  GtkWidget parent_instance;

  Motif motif;
};

enum { PROP_0, PROP_MOTIF, N_PROPS };

static GParamSpec *props[N_PROPS];

static const MillModelKind families[] = { MILL_MODEL_SYNC, MILL_MODEL_THREAD_POOL,
                                          MILL_MODEL_MAIN_LOOP, MILL_MODEL_HYBRID };

G_DEFINE_FINAL_TYPE (MillWelcomePicture, mill_welcome_picture, GTK_TYPE_WIDGET)

static void
set_source (cairo_t *cr, MillModelKind family, double alpha)
{
  MillSeriesStyle style;

  mill_series_style (mill_app_theme (), family, 0, &style);
  cairo_set_source_rgba (cr, style.color.red / 255.0, style.color.green / 255.0,
                         style.color.blue / 255.0, alpha);
}

static void
draw_bars (cairo_t *cr)
{
  static const double lengths_px[] = { 72, 10, 5, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    set_source (cr, families[i], 1);
    cairo_rectangle (cr, 12, 12 + 11 * i, lengths_px[i], 7);
    cairo_fill (cr);
  }
}

/* Each lane waits, pale, and then receives. */
static void
draw_lanes (cairo_t *cr)
{
  for (int lane = 0; lane < 6; lane++) {
    for (int request = 0; request < 3; request++) {
      double x = 12 + 23 * request + (lane * 5) % 7;
      set_source (cr, MILL_MODEL_EPOLL_LOOP, 0.5);
      cairo_rectangle (cr, x, 10 + 7.5 * lane, 15, 5);
      cairo_fill (cr);
      set_source (cr, MILL_MODEL_SYNC, 1);
      cairo_rectangle (cr, x + 15, 10 + 7.5 * lane, 4, 5);
      cairo_fill (cr);
    }
  }
}

static void
draw_lines (cairo_t *cr)
{
  static const double rises_px[] = { 12, 19, 26 };

  cairo_set_line_width (cr, 2.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < G_N_ELEMENTS (rises_px); i++) {
    set_source (cr, families[i + 1], 1);
    cairo_move_to (cr, 12, 50 - 4 * i);
    cairo_curve_to (cr, 40, 48 - 4 * i, 60, 44 - rises_px[i] / 2, 84, 40 - rises_px[i]);
    cairo_stroke (cr);
  }
}

static void
mill_welcome_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillWelcomePicture *self = MILL_WELCOME_PICTURE (widget);
  int width = gtk_widget_get_width (widget);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, (float) width, (float) gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL) {
    cairo_translate (cr, width, 0);
    cairo_scale (cr, -1, 1);
  }
  if (self->motif == MOTIF_BARS)
    draw_bars (cr);
  else if (self->motif == MOTIF_LANES)
    draw_lanes (cr);
  else
    draw_lines (cr);
  cairo_destroy (cr);
}

static void
mill_welcome_picture_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : HEIGHT_PX;
  *natural = *minimum;
}

static void
mill_welcome_picture_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  switch (id) {
  case PROP_MOTIF:
    MILL_WELCOME_PICTURE (object)->motif = (Motif) g_value_get_int (value);
    gtk_widget_queue_draw (GTK_WIDGET (object));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_welcome_picture_class_init (MillWelcomePictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = mill_welcome_picture_set_property;
  widget_class->snapshot = mill_welcome_picture_snapshot;
  widget_class->measure = mill_welcome_picture_measure;
  props[PROP_MOTIF] = g_param_spec_int ("motif", NULL, NULL, MOTIF_BARS, MOTIF_LINES, MOTIF_BARS,
                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mill_welcome_picture_init (MillWelcomePicture *self)
{
  mill_app_theme_watch (GTK_WIDGET (self), G_CALLBACK (gtk_widget_queue_draw));
}
