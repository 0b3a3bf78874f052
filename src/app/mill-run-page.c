/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-app-theme.h"
#include "app/mill-live-lanes.h"
#include "app/mill-live-throughput.h"
#include "app/mill-run-page.h"
#include "app/mill-run-row.h"
#include "app/mill-run-state.h"

/* Four redraws of the charts a second, so that watching does not disturb; the table, whose figures
 * are to be read and whose layout costs more, at every second of them. */
#define REDRAW_MS 250
#define MARGIN_PX 24
#define NARROW_MARGIN_PX 12

struct _MillRunPage {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *content;
  GtkLabel *title;
  GtkLabel *status;
  GtkWidget *key;
  GtkWidget *stop;
  GtkWidget *stop_label;
  GtkProgressBar *progress;
  GtkListBox *list;
  GtkBox *charts;
  MillLiveThroughput *throughput;
  MillLiveLanes *lanes;

  GtkSizeGroup *columns[MILL_RUN_N_COLUMNS];
  GtkWidget *header;
  GPtrArray *rows; /* MillRunRow, as the models of the state */
  MillBench *bench;
  MillRunState *state;
  guint timer; /* while the page can be seen */
  gboolean dirty;
  gboolean only_charts; /* the last redraw */
  guint n_redraws;
  gboolean narrow;
  gboolean folded;
};

enum { PROP_0, PROP_NARROW, PROP_FOLDED, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (MillRunPage, mill_run_page, GTK_TYPE_WIDGET)

/* "Repetition 2 of 3 · thread-pool:100 is running · 41 s gone, about 44 s left" */
static char *
status_text (const MillRunState *state)
{
  const MillRunModel *current = mill_run_state_get_current (state);
  g_autofree char *gone = mill_run_state_time_text (floor (state->elapsed_s));
  g_autofree char *left = mill_run_state_time_text (state->left_s);
  g_autofree char *times = NULL;

  if (state->finished)
    return g_strdup_printf (_ ("Finished after %s"), gone);
  /* Translators: "41 s gone, about 44 s left" */
  times = g_strdup_printf (_ ("%s gone, about %s left"), gone, left);
  if (current == NULL && state->repetition == 0)
    return g_strdup (_ ("Starting…"));
  if (current == NULL)
    return g_steal_pointer (&times);
  if (state->repetitions <= 1)
    return g_strdup_printf (_ ("%s is running · %s"), current->name, times);
  return g_strdup_printf (_ ("Repetition %d of %d · %s is running · %s"), state->repetition,
                          state->repetitions, current->name, times);
}

static void
update_table (MillRunPage *self)
{
  g_autofree char *status = status_text (self->state);

  if (!g_str_equal (status, gtk_label_get_label (self->status)))
    gtk_label_set_label (self->status, status);
  gtk_progress_bar_set_fraction (self->progress, self->state->finished ? 1 : self->state->fraction);
  for (guint i = 0; i < self->rows->len; i++)
    mill_run_row_update (g_ptr_array_index (self->rows, i), self->state,
                         g_ptr_array_index (self->state->models, i));
}

static void
redraw_charts (MillRunPage *self)
{
  self->dirty = FALSE;
  self->n_redraws++;
  mill_run_state_update (self->state);
  mill_live_throughput_set_state (self->throughput, self->state);
  mill_live_lanes_redraw (self->lanes);
}

static void
redraw (MillRunPage *self)
{
  redraw_charts (self);
  update_table (self);
}

/* Nobody can see a minimised window. */
static gboolean
is_hidden (MillRunPage *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return surface == NULL || !gdk_surface_get_mapped (surface) ||
         (GDK_IS_TOPLEVEL (surface) &&
          (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0);
}

static gboolean
on_timer (gpointer data)
{
  MillRunPage *self = MILL_RUN_PAGE (data);

  if (self->state == NULL || !self->dirty || is_hidden (self))
    return G_SOURCE_CONTINUE;
  self->only_charts = !self->only_charts;
  if (self->only_charts)
    redraw_charts (self);
  else
    redraw (self);
  return G_SOURCE_CONTINUE;
}

static void
update_timer (MillRunPage *self)
{
  gboolean wanted =
      self->state != NULL && !self->state->finished && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->timer == 0)
    self->timer = g_timeout_add (REDRAW_MS, on_timer, self);
  else if (!wanted)
    g_clear_handle_id (&self->timer, g_source_remove);
}

static void
mill_run_page_map (GtkWidget *widget)
{
  MillRunPage *self = MILL_RUN_PAGE (widget);

  GTK_WIDGET_CLASS (mill_run_page_parent_class)->map (widget);
  if (self->state != NULL)
    redraw (self);
  update_timer (self);
}

static void
mill_run_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mill_run_page_parent_class)->unmap (widget);
  update_timer (MILL_RUN_PAGE (widget));
}

/* The colours of the models in the interface as it is now. */
static void
on_theme_changed (MillRunPage *self)
{
  const MillRunModel *current;

  if (self->state == NULL)
    return;
  mill_run_state_set_theme (self->state, mill_app_theme ());
  current = mill_run_state_get_current (self->state);
  if (current != NULL)
    mill_live_lanes_set_style (self->lanes, &current->style);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    redraw (self);
}

static void
on_trial_started (MillRunPage *self, const MillTrial *trial)
{
  mill_run_state_trial_started (self->state, trial);
  mill_live_lanes_begin (self->lanes, mill_run_state_get_current (self->state), trial->requests);
  self->dirty = TRUE;
}

static void
on_progress (MillRunPage *self, const MillProgress *progress)
{
  mill_run_state_progress (self->state, progress);
  mill_live_lanes_add (self->lanes, progress);
  self->dirty = TRUE;
}

/* Whether no trial follows. */
static gboolean
is_last (MillRunPage *self, const MillTrialResult *trial)
{
  return trial->order >= (int) mill_bench_get_plan (self->bench)->trials->len ||
         mill_bench_was_stopped (self->bench);
}

static void
on_trial_finished (MillRunPage *self, const MillTrialResult *trial)
{
  mill_run_state_trial_finished (self->state, trial);
  mill_live_lanes_begin (self->lanes, NULL, 0);
  self->dirty = TRUE;
  if (!is_last (self, trial))
    return;
  mill_run_state_update (self->state);
  mill_run_state_finish (self->state);
  update_timer (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    redraw (self);
}

static void
clear_bench (MillRunPage *self)
{
  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_object (&self->bench);
  if (self->throughput != NULL)
    mill_live_throughput_set_state (self->throughput, NULL);
  g_clear_pointer (&self->state, mill_run_state_free);
}

static void
clear_rows (MillRunPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_rows (MillRunPage *self)
{
  for (guint i = 0; i < self->state->models->len; i++) {
    GtkWidget *row = mill_run_row_new (self->columns);

    mill_run_row_set_narrow (MILL_RUN_ROW (row), self->narrow);
    gtk_list_box_append (self->list, row);
    g_ptr_array_add (self->rows, row);
  }
}

void
mill_run_page_set_bench (MillRunPage *page, MillBench *bench)
{
  clear_rows (page);
  clear_bench (page);
  page->n_redraws = 0;
  if (bench == NULL) {
    update_timer (page);
    return;
  }
  page->bench = g_object_ref (bench);
  page->state = mill_run_state_new (mill_bench_peek_result (bench), mill_bench_get_plan (bench));
  mill_run_state_set_theme (page->state, mill_app_theme ());
  gtk_label_set_label (page->title, page->state->name);
  add_rows (page);
  g_signal_connect_swapped (bench, "trial-started", G_CALLBACK (on_trial_started), page);
  g_signal_connect_swapped (bench, "progress", G_CALLBACK (on_progress), page);
  g_signal_connect_swapped (bench, "trial-finished", G_CALLBACK (on_trial_finished), page);
  redraw (page);
  update_timer (page);
}

guint
mill_run_page_get_n_redraws (MillRunPage *page)
{
  return page->n_redraws;
}

static void
set_narrow (MillRunPage *self, gboolean narrow)
{
  int margin = narrow ? NARROW_MARGIN_PX : MARGIN_PX;

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_widget_set_margin_start (self->content, margin);
  gtk_widget_set_margin_end (self->content, margin);
  gtk_widget_set_visible (self->header, !narrow);
  gtk_widget_set_visible (self->key, !narrow);
  gtk_widget_set_visible (self->stop_label, !narrow);
  for (guint i = 0; i < self->rows->len; i++)
    mill_run_row_set_narrow (g_ptr_array_index (self->rows, i), narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
set_folded (MillRunPage *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->charts),
                                  folded ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
mill_run_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillRunPage *self = MILL_RUN_PAGE (object);

  switch (id) {
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_run_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillRunPage *self = MILL_RUN_PAGE (object);

  switch (id) {
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  case PROP_FOLDED:
    set_folded (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_run_page_dispose (GObject *object)
{
  MillRunPage *self = MILL_RUN_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  clear_bench (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  for (guint i = 0; i < MILL_RUN_N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  self->throughput = NULL;

  G_OBJECT_CLASS (mill_run_page_parent_class)->dispose (object);
}

static void
mill_run_page_class_init (MillRunPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  g_type_ensure (MILL_TYPE_LIVE_LANES);
  g_type_ensure (MILL_TYPE_LIVE_THROUGHPUT);
  object_class->get_property = mill_run_page_get_property;
  object_class->set_property = mill_run_page_set_property;
  object_class->dispose = mill_run_page_dispose;
  widget_class->map = mill_run_page_map;
  widget_class->unmap = mill_run_page_unmap;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, content);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, title);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, status);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, key);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, stop);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, stop_label);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, progress);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, list);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, charts);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, throughput);
  gtk_widget_class_bind_template_child (widget_class, MillRunPage, lanes);
}

static void
mill_run_page_init (MillRunPage *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < MILL_RUN_N_COLUMNS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->header = mill_run_row_new_header (self->columns);
  gtk_list_box_append (self->list, self->header);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (on_theme_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (on_theme_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
mill_run_page_new (void)
{
  return g_object_new (MILL_TYPE_RUN_PAGE, NULL);
}
