/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-width-bin.h"

#define MINIMUM_PX 360
#define FOLDED_PX 860
#define NARROW_PX 620
/* The unit of "gtk-xft-dpi" times the resolution at which type has its normal size. */
#define NORMAL_DPI (96.0 * 1024.0)

struct _MillWidthBin {
  GtkWidget parent_instance;

  GtkWidget *child;
  gboolean folded;
  gboolean narrow;
};

enum { PROP_0, PROP_CHILD, PROP_FOLDED, PROP_NARROW, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MillWidthBin, mill_width_bin, GTK_TYPE_WIDGET)

static double
text_scale (MillWidthBin *self)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (dpi / NORMAL_DPI, 1) : 1;
}

static void
set_flag (MillWidthBin *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
mill_width_bin_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  MillWidthBin *self = MILL_WIDTH_BIN (widget);
  int child_minimum = 0;
  int child_natural = 0;

  if (self->child != NULL) {
    /* A height that fits however wide it is: which layout it will be is not known yet. */
    gtk_widget_measure (self->child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
  }
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (child_minimum, MINIMUM_PX)
                                                       : MIN (child_minimum, MINIMUM_PX);
  *natural = MAX (child_natural, *minimum);
}

static void
mill_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MillWidthBin *self = MILL_WIDTH_BIN (widget);
  double scale = text_scale (self);
  int needed_width;
  int needed_height;

  if (self->child == NULL)
    return;
  set_flag (self, &self->folded, width < FOLDED_PX * scale, PROP_FOLDED);
  set_flag (self, &self->narrow, width < NARROW_PX * scale, PROP_NARROW);
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &needed_width, NULL, NULL, NULL);
  width = MAX (width, needed_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &needed_height, NULL, NULL,
                      NULL);
  gtk_widget_allocate (self->child, width, MAX (height, needed_height), baseline, NULL);
}

gboolean
mill_width_bin_get_folded (MillWidthBin *self)
{
  return self->folded;
}

gboolean
mill_width_bin_get_narrow (MillWidthBin *self)
{
  return self->narrow;
}

static void
mill_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillWidthBin *self = MILL_WIDTH_BIN (object);

  switch (id) {
  case PROP_CHILD:
    g_clear_pointer (&self->child, gtk_widget_unparent);
    self->child = g_value_get_object (value);
    if (self->child != NULL)
      gtk_widget_set_parent (self->child, GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_width_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillWidthBin *self = MILL_WIDTH_BIN (object);

  switch (id) {
  case PROP_CHILD:
    g_value_set_object (value, self->child);
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_width_bin_dispose (GObject *object)
{
  g_clear_pointer (&MILL_WIDTH_BIN (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_width_bin_parent_class)->dispose (object);
}

static void
mill_width_bin_class_init (MillWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->set_property = mill_width_bin_set_property;
  object_class->get_property = mill_width_bin_get_property;
  object_class->dispose = mill_width_bin_dispose;
  widget_class->measure = mill_width_bin_measure;
  widget_class->size_allocate = mill_width_bin_size_allocate;
  props[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mill_width_bin_init (MillWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
