/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-published-bar.h"

#include <glib/gi18n-lib.h>

#include "lessons/mill-published-guide.h"

/* Documents are called like the figures that they carry. */
#define ID_PREFIX "published-"

struct _MillPublishedBar {
  GtkBox parent_instance;

  GtkExpander *expander;
  GtkLabel *differences;
  GtkLabel *text;
  GtkWidget *button;

  MillChartSpec *spec; /* keeps the results; or NULL */
  const MillResult *published;
  MillPublishedGuide guide;
};

G_DEFINE_FINAL_TYPE (MillPublishedBar, mill_published_bar, GTK_TYPE_BOX)

enum { RUN, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
find_guide (const MillResult *result, MillPublishedGuide *guide)
{
  return result->published && g_str_has_prefix (result->id, ID_PREFIX) &&
         mill_published_guide_find (result->id + strlen (ID_PREFIX), guide);
}

/* The first published result with a guide, and the first that was measured. */
static const MillResult *
find_results (MillPublishedBar *self)
{
  const MillResult *measured = NULL;

  self->published = NULL;
  for (guint i = 0; self->spec != NULL && i < mill_chart_spec_get_n_results (self->spec); i++) {
    const MillResult *result = mill_chart_spec_get_result (self->spec, i);

    if (self->published == NULL && find_guide (result, &self->guide))
      self->published = result;
    else if (measured == NULL && !result->published)
      measured = result;
  }
  return measured;
}

static void
show_differences (MillPublishedBar *self, const MillResult *measured)
{
  g_auto (GStrv) lines = mill_published_guide_differences (self->guide.published, measured);
  g_autofree char *text = g_strjoinv ("\n", lines);

  gtk_label_set_label (self->differences, text);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), *text != '\0');
  gtk_expander_set_expanded (self->expander, measured != NULL);
}

void
mill_published_bar_set_spec (MillPublishedBar *bar, MillChartSpec *spec)
{
  const MillResult *measured;

  if (spec != NULL)
    mill_chart_spec_ref (spec);
  g_clear_pointer (&bar->spec, mill_chart_spec_unref);
  bar->spec = spec;
  measured = find_results (bar);
  gtk_widget_set_visible (GTK_WIDGET (bar), bar->published != NULL);
  if (bar->published == NULL)
    return;
  gtk_widget_set_visible (bar->button, measured == NULL);
  gtk_label_set_label (bar->text, measured == NULL ? bar->guide.scaling : "");
  gtk_widget_set_visible (GTK_WIDGET (bar->text), measured == NULL && *bar->guide.scaling != '\0');
  show_differences (bar, measured);
}

gboolean
mill_published_bar_run (MillPublishedBar *bar)
{
  if (bar->published == NULL || !gtk_widget_get_visible (bar->button))
    return FALSE;
  g_signal_emit (bar, signals[RUN], 0, bar->guide.preset, bar->published);
  return TRUE;
}

const char *
mill_published_bar_get_text (MillPublishedBar *bar)
{
  return gtk_label_get_label (bar->differences);
}

static void
on_clicked (MillPublishedBar *self)
{
  mill_published_bar_run (self);
}

static void
mill_published_bar_finalize (GObject *object)
{
  g_clear_pointer (&MILL_PUBLISHED_BAR (object)->spec, mill_chart_spec_unref);
  G_OBJECT_CLASS (mill_published_bar_parent_class)->finalize (object);
}

static void
mill_published_bar_class_init (MillPublishedBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_published_bar_finalize;
  signals[RUN] = g_signal_new ("run", MILL_TYPE_PUBLISHED_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static GtkWidget *
wrapped_label_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  return label;
}

static void
mill_published_bar_init (MillPublishedBar *self)
{
  GtkWidget *expander = gtk_expander_new (_ ("Why do they differ?"));
  GtkWidget *differences = wrapped_label_new (), *text = wrapped_label_new ();

  self->button = gtk_button_new_with_mnemonic (_ ("_Run the Same Here"));
  self->expander = GTK_EXPANDER (expander);
  self->differences = GTK_LABEL (differences);
  self->text = GTK_LABEL (text);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (differences, 6);
  gtk_expander_set_child (self->expander, differences);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_box_append (GTK_BOX (self), text);
  gtk_box_append (GTK_BOX (self), expander);
}

GtkWidget *
mill_published_bar_new (void)
{
  return g_object_new (MILL_TYPE_PUBLISHED_BAR, NULL);
}
