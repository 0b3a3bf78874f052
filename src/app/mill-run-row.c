/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-app-theme.h"
#include "app/mill-repetition-bar.h"
#include "app/mill-run-row.h"

struct _MillRunRow {
  GtkListBoxRow parent_instance;

  GtkWidget *swatch;
  GtkWidget *bar; /* between the columns */
  GtkWidget *figures;
  GtkLabel *name;
  GtkLabel *done;
  GtkLabel *failed;
  GtkLabel *in_flight;
  GtkLabel *rate;
  GtkLabel *left;
  GtkWidget *more; /* the second line of a narrow row */
  GtkWidget *narrow_bar;
  GtkLabel *caption;

  MillColor color;
  MillNumberFormat numbers;
};

G_DEFINE_FINAL_TYPE (MillRunRow, mill_run_row, GTK_TYPE_LIST_BOX_ROW)

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  MillRunRow *self = data;
  GdkRGBA color;

  mill_app_theme_rgba (self->color, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static void
mill_run_row_class_init (MillRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (MILL_TYPE_REPETITION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, bar);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, figures);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, name);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, done);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, failed);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, in_flight);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, rate);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, left);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, more);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, MillRunRow, caption);
}

static void
mill_run_row_init (MillRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mill_number_format_from_locale (&self->numbers);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->swatch), draw_swatch, self, NULL);
}

GtkWidget *
mill_run_row_new (GtkSizeGroup *const columns[MILL_RUN_N_COLUMNS])
{
  MillRunRow *self = g_object_new (MILL_TYPE_RUN_ROW, NULL);
  gpointer cells[MILL_RUN_N_COLUMNS] = { gtk_widget_get_parent (GTK_WIDGET (self->name)),
                                         NULL,
                                         self->done,
                                         self->failed,
                                         self->in_flight,
                                         self->rate,
                                         self->left };

  for (guint i = 0; i < MILL_RUN_N_COLUMNS; i++) {
    if (cells[i] != NULL)
      gtk_size_group_add_widget (columns[i], cells[i]);
  }
  return GTK_WIDGET (self);
}

GtkWidget *
mill_run_row_new_header (GtkSizeGroup *const columns[MILL_RUN_N_COLUMNS])
{
  GtkWidget *row = mill_run_row_new (columns);
  MillRunRow *self = MILL_RUN_ROW (row);
  GtkWidget *title = gtk_label_new (_ ("Repetitions"));
  GtkWidget *parent = gtk_widget_get_parent (self->bar);
  const struct {
    GtkLabel *label;
    const char *text;
  } titles[] = {
    { self->name, _ ("Model") },
    { self->done, _ ("Done") },
    { self->failed, _ ("Failed") },
    { self->in_flight, _ ("In flight") },
    { self->rate, _ ("Requests/s") },
    { self->left, _ ("Time left") },
    { GTK_LABEL (title), _ ("Repetitions") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    gtk_label_set_text (titles[i].label, titles[i].text);
    gtk_widget_add_css_class (GTK_WIDGET (titles[i].label), "caption-heading");
    gtk_widget_add_css_class (GTK_WIDGET (titles[i].label), "dim-label");
  }
  gtk_widget_set_visible (self->swatch, FALSE);
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_insert_child_after (GTK_BOX (parent), title, self->bar);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "titles");
  return row;
}

void
mill_run_row_set_narrow (MillRunRow *row, gboolean narrow)
{
  GtkWidget *wide[] = { row->bar, row->figures };

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    gtk_widget_set_visible (wide[i], !narrow);
  gtk_widget_set_visible (row->more, narrow);
}

/* A label asks for a new layout even where its text stays. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_label (label), text))
    gtk_label_set_label (label, text);
}

static char *
count_text (MillRunRow *self, gint64 value)
{
  return mill_quantity_number_to_string (&self->numbers, (double) value, 0);
}

static void
set_count (MillRunRow *self, GtkLabel *label, gint64 value, gboolean present)
{
  g_autofree char *text = present ? count_text (self, value) : NULL;

  set_text (label, present ? text : "–");
}

static char *
left_text (const MillRunState *state, const MillRunModel *model)
{
  if (model->n_finished >= model->n_trials)
    /* Translators: all repetitions of a model have run. */
    return g_strdup (_ ("done"));
  return state->finished ? g_strdup ("–") : mill_run_state_time_text (model->left_s);
}

static char *
rate_text (MillRunRow *self, const MillRunModel *model)
{
  return isnan (model->throughput_rps)
             ? g_strdup ("–")
             : mill_quantity_number_to_string (&self->numbers, model->throughput_rps,
                                               model->throughput_rps < 100 ? 1 : 0);
}

static void
set_done (MillRunRow *self, const MillRunModel *model, char **plain)
{
  gint64 asked = mill_run_model_get_asked (model);
  g_autofree char *done = count_text (self, model->done);
  g_autofree char *all = asked >= 0 ? count_text (self, asked) : NULL;
  g_autofree char *markup = NULL;

  if (all == NULL) {
    *plain = g_strdup (done);
    set_text (self->done, done);
    return;
  }
  /* Translators: so many of so many requests are done. */
  *plain = g_strdup_printf (_ ("%s of %s"), done, all);
  markup = g_strdup_printf ("%s <span alpha=\"60%%\">/ %s</span>", done, all);
  set_text (self->done, markup);
}

void
mill_run_row_update (MillRunRow *row, const MillRunState *state, const MillRunModel *model)
{
  gboolean runs = mill_run_state_get_current (state) == model;
  double done = model->n_finished + mill_run_state_trial_fraction (state, model);
  g_autofree char *left = left_text (state, model);
  g_autofree char *rate = rate_text (row, model);
  g_autofree char *of = NULL;
  g_autofree char *caption = NULL;

  if (!mill_color_equal (row->color, model->style.color)) {
    row->color = model->style.color;
    gtk_widget_queue_draw (row->swatch);
  }
  set_text (row->name, model->name);
  mill_repetition_bar_set (MILL_REPETITION_BAR (row->bar), row->color, model->n_trials, done);
  mill_repetition_bar_set (MILL_REPETITION_BAR (row->narrow_bar), row->color, model->n_trials,
                           done);
  set_done (row, model, &of);
  set_count (row, row->failed, model->failed, TRUE);
  set_count (row, row->in_flight, model->in_flight, runs);
  set_text (row->rate, rate);
  set_text (row->left, left);
  /* Translators: requests done, requests per second, time left: "12 of 80 · 488/s · 5 s". */
  caption = model->failed > 0 ? g_strdup_printf (_ ("%s, %" PRId64 " failed · %s/s · %s"), of,
                                                 model->failed, rate, left)
                              : g_strdup_printf (_ ("%s · %s/s · %s"), of, rate, left);
  set_text (row->caption, caption);
  if (model->failed > 0)
    gtk_widget_add_css_class (GTK_WIDGET (row->failed), "error");
  if (runs)
    gtk_widget_add_css_class (GTK_WIDGET (row), "running");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "running");
}
