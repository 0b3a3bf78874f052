/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-app-theme.h"
#include "app/mill-live-layout.h"
#include "app/mill-live-throughput.h"
#include "charts/mill-line-labels.h"
#include "charts/mill-paint.h"

#define MIN_WIDTH_PX 220
#define MIN_HEIGHT_PX 180
/* More names than these cover the lines. */
#define MAX_LABELS 6
#define PALE 0.35

struct _MillLiveThroughput {
  GtkWidget parent_instance;

  const MillRunState *state;
  MillTextMeasurer *measurer;
};

G_DEFINE_FINAL_TYPE (MillLiveThroughput, mill_live_throughput, GTK_TYPE_WIDGET)

static const MillRunCurve *
newest_curve (const MillRunModel *model)
{
  return model->curves->len > 0 ? g_ptr_array_index (model->curves, model->curves->len - 1) : NULL;
}

static double
curve_end_s (const MillRunCurve *curve)
{
  return curve->points->len > 0
             ? g_array_index (curve->points, MillRunPoint, curve->points->len - 1).time_s
             : 0;
}

/* The largest time and throughput of all curves. */
static void
find_extent (const MillRunState *state, double *time_s, double *rps)
{
  const MillRunModel *current = mill_run_state_get_current (state);

  *time_s = current != NULL ? MAX (state->trial_elapsed_s, MIN (current->trial_s, 3600)) : 0;
  *rps = 0;
  for (guint i = 0; i < state->models->len; i++) {
    const MillRunModel *model = g_ptr_array_index (state->models, i);

    for (guint c = 0; c < model->curves->len; c++) {
      const MillRunCurve *curve = g_ptr_array_index (model->curves, c);

      *time_s = MAX (*time_s, curve_end_s (curve));
      for (guint p = 0; p < curve->points->len; p++)
        *rps = MAX (*rps, g_array_index (curve->points, MillRunPoint, p).rps);
    }
  }
  *time_s = MAX (*time_s, 0.1);
  *rps = MAX (*rps, 1);
}

static void
add_curve (MillLayout *layout,
           const MillScale *x,
           const MillScale *y,
           const MillRunCurve *curve,
           const MillStroke *stroke)
{
  g_autofree MillPoint *points = g_new (MillPoint, curve->points->len + 2);
  guint n = 0;

  points[n++] = (MillPoint){ mill_scale_map (x, 0), mill_scale_map (y, 0) };
  for (guint i = 0; i < curve->points->len; i++) {
    const MillRunPoint *point = &g_array_index (curve->points, MillRunPoint, i);

    points[n++] = (MillPoint){ mill_scale_map (x, point->time_s), mill_scale_map (y, point->rps) };
  }
  if (curve->finished) {
    points[n] = (MillPoint){ points[n - 1].x, mill_scale_map (y, 0) };
    n++;
  }
  mill_scene_add_polyline (layout->scene, points, n, stroke);
}

static void
add_model (MillLayout *layout,
           const MillRunState *state,
           const MillRunModel *model,
           const MillScale *x,
           const MillScale *y)
{
  gboolean runs = mill_run_state_get_current (state) == model;

  for (guint i = 0; i < model->curves->len; i++) {
    const MillRunCurve *curve = g_ptr_array_index (model->curves, i);
    gboolean newest = i + 1 == model->curves->len;
    MillStroke stroke = mill_layout_stroke (layout, &model->style.line);

    if (curve->points->len == 0)
      continue;
    /* The repetition before is only of interest until the running one has overtaken it. */
    if (!newest) {
      if (!runs)
        continue;
      stroke.color = mill_color_mix (layout->theme->background, stroke.color, PALE);
    }
    add_curve (layout, x, y, curve, &stroke);
    if (newest && runs) {
      const MillRunPoint *last =
          &g_array_index (curve->points, MillRunPoint, curve->points->len - 1);
      mill_line_marker_add (layout, mill_scale_map (x, last->time_s), mill_scale_map (y, last->rps),
                            &model->style);
    }
  }
}

/* A name beside its line. */
typedef struct {
  const MillRunModel *model;
  char *text;
  double x, y, width;
  gboolean runs;
} Label;

static void
label_clear (gpointer data)
{
  g_free (((Label *) data)->text);
}

static char *
label_text (MillLayout *layout, const MillRunState *state, const MillRunModel *model)
{
  g_autofree char *now = NULL;

  if (mill_run_state_get_current (state) != model || isnan (model->throughput_rps))
    return g_strdup (model->name);
  now = mill_quantity_number_to_string (&layout->options->numbers, model->throughput_rps,
                                        model->throughput_rps < 100 ? 1 : 0);
  /* Translators: the throughput of a model now: "thread-pool:100, now 488". */
  return g_strdup_printf (_ ("%s, now %s"), model->name, now);
}

static GArray *
collect_labels (MillLayout *layout,
                const MillRunState *state,
                const MillBox *plot,
                const MillScale *x,
                const MillScale *y)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
  double gap = 8 * mill_layout_unit (layout);

  g_array_set_clear_func (labels, label_clear);
  for (guint i = 0; i < state->models->len && labels->len < MAX_LABELS; i++) {
    const MillRunModel *model = g_ptr_array_index (state->models, i);
    const MillRunCurve *curve = newest_curve (model);
    Label label = { .model = model };

    if (curve == NULL || curve->points->len == 0)
      continue;
    const MillRunPoint *middle =
        &g_array_index (curve->points, MillRunPoint, curve->points->len / 2);
    label.text = label_text (layout, state, model);
    label.runs = mill_run_state_get_current (state) == model;
    label.width = mill_layout_text_width (layout, label.text, MILL_TEXT_LABEL_BOLD);
    label.x = mill_scale_map (x, curve_end_s (curve)) + gap;
    label.y = mill_scale_map (y, middle->rps);
    /* Over its line where there is no room behind it. */
    if (label.x + label.width > plot->x + plot->width) {
      label.x = plot->x + plot->width - label.width;
      label.y -= mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD);
    }
    label.x = MAX (label.x, plot->x);
    g_array_append_val (labels, label);
  }
  return labels;
}

static void
add_labels (MillLayout *layout, GArray *labels, const MillBox *plot)
{
  g_autofree double *places = g_new (double, MAX (labels->len, 1));
  double height = mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD);
  MillColor color = mill_color_with_alpha (layout->theme->background, 0.8);
  MillFill halo = { MILL_PATTERN_SOLID, color, color, 7, 1 };

  for (guint i = 0; i < labels->len; i++)
    places[i] = g_array_index (labels, Label, i).y;
  mill_layout_spread (places, labels->len, height, plot->y + height / 2,
                      plot->y + plot->height - height / 2);
  for (guint i = 0; i < labels->len; i++) {
    const Label *label = &g_array_index (labels, Label, i);

    /* So that a name can be read where it lies over a line. */
    mill_scene_add_rect (layout->scene, label->x - 2, places[i] - height / 2, label->width + 4,
                         height, 3, &halo, NULL);
    mill_layout_text (layout, label->text, label->x,
                      places[i] + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                      MILL_ANCHOR_LEFT, MILL_TEXT_LABEL_BOLD, &label->model->style.text_color,
                      plot->x + plot->width - label->x + 1);
  }
}

static void
lay_out (MillLayout *layout, const MillRunState *state)
{
  double unit = mill_layout_unit (layout);
  double bottom = mill_axis_bottom_height (layout, FALSE);
  MillBox plot = { 0, 8 * unit, layout->width_px, layout->height_px - bottom - 8 * unit };
  double time_s, rps, left;
  MillScale x, y;

  find_extent (state, &time_s, &rps);
  y = mill_scale_linear (0, rps * 1.05, plot.y + plot.height, plot.y);
  left = mill_axis_left_width (layout, &y, plot.height, MILL_UNIT_PER_SECOND, TRUE);
  plot.x = left;
  plot.width -= left;
  x = mill_scale_linear (0, time_s * 1.04, plot.x, plot.x + plot.width);
  mill_axis_left (layout, &plot, &y, MILL_UNIT_PER_SECOND, TRUE);
  mill_axis_bottom (layout, &plot, &x, MILL_UNIT_SECONDS, FALSE, NULL);
  for (guint i = 0; i < state->models->len; i++)
    add_model (layout, state, g_ptr_array_index (state->models, i), &x, &y);

  g_autoptr (GArray) labels = collect_labels (layout, state, &plot, &x, &y);
  add_labels (layout, labels, &plot);
}

static void
mill_live_throughput_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillLiveThroughput *self = MILL_LIVE_THROUGHPUT (widget);
  g_auto (MillLiveLayout) live = { 0 };
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->state == NULL || width < 64 || height < 64)
    return;
  if (self->measurer == NULL)
    self->measurer = mill_live_measurer_new (widget);
  mill_live_layout_init (&live, widget, self->measurer);
  lay_out (&live.layout, self->state);
  mill_live_layout_paint (&live, snapshot);
}

static void
mill_live_throughput_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = *minimum;
}

/* The interface's font may be another one now. */
static void
mill_live_throughput_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MillLiveThroughput *self = MILL_LIVE_THROUGHPUT (widget);

  GTK_WIDGET_CLASS (mill_live_throughput_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->measurer, mill_text_measurer_free);
}

static void
mill_live_throughput_finalize (GObject *object)
{
  g_clear_pointer (&MILL_LIVE_THROUGHPUT (object)->measurer, mill_text_measurer_free);

  G_OBJECT_CLASS (mill_live_throughput_parent_class)->finalize (object);
}

static void
mill_live_throughput_class_init (MillLiveThroughputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_live_throughput_finalize;
  widget_class->snapshot = mill_live_throughput_snapshot;
  widget_class->measure = mill_live_throughput_measure;
  widget_class->css_changed = mill_live_throughput_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mill_live_throughput_init (MillLiveThroughput *self)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Throughput of all models"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      _ ("Requests per second over the time of a trial; the table has the figures"), -1);
}

void
mill_live_throughput_set_state (MillLiveThroughput *view, const MillRunState *state)
{
  view->state = state;
  gtk_widget_queue_draw (GTK_WIDGET (view));
}
