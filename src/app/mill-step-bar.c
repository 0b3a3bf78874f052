/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-step-bar.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget *disc; /* a stack of the number and the tick */
  GtkWidget *name;
} Step;

struct _MillStepBar {
  GtkBox parent_instance;

  GArray *steps; /* Step */
  guint current;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (MillStepBar, mill_step_bar, GTK_TYPE_BOX)

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (MillStepBar *self)
{
  for (guint i = 0; i < self->steps->len; i++) {
    const Step *step = &g_array_index (self->steps, Step, i);
    gboolean present = i == self->current, done = i < self->current;

    gtk_stack_set_visible_child_name (GTK_STACK (step->disc), done ? "done" : "number");
    set_class (step->disc, "reached", present || done);
    set_class (step->name, "heading", present);
    set_class (step->name, "dim-label", !present && !done);
    gtk_widget_set_visible (step->name, !self->narrow || present);
  }
  if (self->current < self->steps->len) {
    const Step *step = &g_array_index (self->steps, Step, self->current);
    g_autofree char *text =
        /* Translators: the number of the present step, how many there are, its name. */
        g_strdup_printf (_ ("Step %u of %u: %s"), self->current + 1, self->steps->len,
                         gtk_label_get_label (GTK_LABEL (step->name)));

    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
}

static GtkWidget *
disc_new (guint number)
{
  GtkWidget *disc = gtk_stack_new ();
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_stack_add_named (GTK_STACK (disc), gtk_label_new (text), "number");
  gtk_stack_add_named (GTK_STACK (disc), gtk_image_new_from_icon_name ("object-select-symbolic"),
                       "done");
  gtk_widget_add_css_class (disc, "step");
  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  return disc;
}

void
mill_step_bar_set_steps (MillStepBar *bar, const char *const *names)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (bar))) != NULL)
    gtk_box_remove (GTK_BOX (bar), child);
  g_array_set_size (bar->steps, 0);
  for (guint i = 0; names[i] != NULL; i++) {
    Step step = { disc_new (i + 1), gtk_label_new (names[i]) };

    if (i > 0) {
      GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_widget_set_hexpand (line, TRUE);
      gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (bar), line);
    }
    gtk_box_append (GTK_BOX (bar), step.disc);
    gtk_box_append (GTK_BOX (bar), step.name);
    g_array_append_val (bar->steps, step);
  }
  update (bar);
}

void
mill_step_bar_set_current (MillStepBar *bar, guint current)
{
  if (current == bar->current)
    return;
  bar->current = current;
  update (bar);
}

void
mill_step_bar_set_narrow (MillStepBar *bar, gboolean narrow)
{
  if (narrow == bar->narrow)
    return;
  bar->narrow = narrow;
  update (bar);
}

static void
mill_step_bar_finalize (GObject *object)
{
  g_array_unref (MILL_STEP_BAR (object)->steps);
  G_OBJECT_CLASS (mill_step_bar_parent_class)->finalize (object);
}

static void
mill_step_bar_class_init (MillStepBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_step_bar_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mill_step_bar_init (MillStepBar *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
mill_step_bar_new (void)
{
  return g_object_new (MILL_TYPE_STEP_BAR, NULL);
}
