/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-welcome-picture.h"
#include "app/mill-welcome.h"

/* Under this height the cards, which only tell, would push the buttons out of sight. */
#define CARDS_MIN_HEIGHT_PX 600

struct _MillWelcome {
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *cards;

  gboolean narrow;
};

enum { PROP_0, PROP_NARROW, N_PROPS };
enum { FIRST_RUN, SET_UP, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillWelcome, mill_welcome, GTK_TYPE_WIDGET)

static void
on_first_run_clicked (MillWelcome *self)
{
  g_signal_emit (self, signals[FIRST_RUN], 0);
}

static void
on_set_up_clicked (MillWelcome *self)
{
  g_signal_emit (self, signals[SET_UP], 0);
}

static void
mill_welcome_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MillWelcome *self = MILL_WELCOME (widget);

  gtk_widget_set_visible (self->cards, !self->narrow && height >= CARDS_MIN_HEIGHT_PX);
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
}

static void
mill_welcome_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (MILL_WELCOME (widget)->content, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static void
mill_welcome_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillWelcome *self = MILL_WELCOME (object);

  switch (id) {
  case PROP_NARROW:
    if (self->narrow == g_value_get_boolean (value))
      return;
    self->narrow = g_value_get_boolean (value);
    gtk_widget_set_visible (self->cards, !self->narrow);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_welcome_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_NARROW:
    g_value_set_boolean (value, MILL_WELCOME (object)->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_welcome_dispose (GObject *object)
{
  g_clear_pointer (&MILL_WELCOME (object)->content, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_welcome_parent_class)->dispose (object);
}

static void
mill_welcome_class_init (MillWelcomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = MILL_TYPE_WELCOME;

  object_class->set_property = mill_welcome_set_property;
  object_class->get_property = mill_welcome_get_property;
  object_class->dispose = mill_welcome_dispose;
  widget_class->size_allocate = mill_welcome_size_allocate;
  widget_class->measure = mill_welcome_measure;
  props[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[FIRST_RUN] =
      g_signal_new ("first-run", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SET_UP] =
      g_signal_new ("set-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MILL_TYPE_WELCOME_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, MillWelcome, content);
  gtk_widget_class_bind_template_child (widget_class, MillWelcome, cards);
  gtk_widget_class_bind_template_callback (widget_class, on_first_run_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_set_up_clicked);
}

static void
mill_welcome_init (MillWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mill_welcome_new (void)
{
  return g_object_new (MILL_TYPE_WELCOME, NULL);
}
