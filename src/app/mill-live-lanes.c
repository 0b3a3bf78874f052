/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/mill-app-theme.h"
#include "app/mill-live-lanes.h"
#include "app/mill-live-layout.h"

#define MIN_WIDTH_PX 220
#define MIN_HEIGHT_PX 180
#define MIN_ROW_PX 4.0
#define MAX_ROW_PX 36.0
#define MIN_RECEIVING_PX 3.0
#define HATCH_PX 6
#define MAX_ROWS 256
#define MAX_SPANS 4096
/* The worker tells of so many requests at a time; more ended than it told. */
#define SATURATED 64

/* One request in its row, in microseconds of the trial. */
typedef struct {
  guint row;
  gint64 begin_us, answer_us, end_us;
} Span;

struct _MillLiveLanes {
  GtkWidget parent_instance;

  MillTextMeasurer *measurer;
  MillSeriesStyle style;
  gboolean blocking; /* a row is a thread; else one of the requests in flight */
  guint n_lanes;     /* threads, or requests in flight at most */
  guint n_rows;      /* used so far */
  gint64 ends_us[MAX_ROWS];
  GArray *spans; /* Span, in the order of their ends */
  gint64 now_us;
  double latency_us; /* a smoothed mean */
  gboolean sampled;  /* some requests were not told of */
  gboolean busy;     /* something is in flight */
};

G_DEFINE_FINAL_TYPE (MillLiveLanes, mill_live_lanes, GTK_TYPE_WIDGET)

/* The time that is shown: a few requests long, in a round number of seconds. */
static double
window_s (MillLiveLanes *self)
{
  static const double choices_s[] = { 1, 2, 5, 10, 30 };

  for (guint i = 0; i < G_N_ELEMENTS (choices_s); i++) {
    if (self->latency_us * 8 <= choices_s[i] * G_USEC_PER_SEC)
      return choices_s[i];
  }
  return 60;
}

void
mill_live_lanes_begin (MillLiveLanes *view, const MillRunModel *model, gint64 requests)
{
  view->busy = FALSE;
  if (model == NULL)
    return;
  view->blocking = model->spec.in_flight == 1 && model->spec.kind != MILL_MODEL_MAIN_LOOP;
  view->n_lanes = view->blocking ? (guint) mill_model_spec_lanes (&model->spec, requests)
                                 : (guint) mill_model_spec_concurrency (&model->spec, requests);
  view->style = model->style;
  view->n_rows = 0;
  view->now_us = 0;
  view->latency_us = 0;
  view->sampled = FALSE;
  g_array_set_size (view->spans, 0);
}

void
mill_live_lanes_set_style (MillLiveLanes *view, const MillSeriesStyle *style)
{
  view->style = *style;
}

/* The row of a request: its thread, or the first one that was free when it began. */
static guint
choose_row (MillLiveLanes *self, const MillTimelineEntry *entry)
{
  if (self->blocking)
    return entry->lane;
  for (guint row = 0; row < self->n_rows; row++) {
    if (self->ends_us[row] <= entry->started_us)
      return row;
  }
  return self->n_rows;
}

static void
add_span (MillLiveLanes *self, const MillTimelineEntry *entry)
{
  Span span = { .row = choose_row (self, entry),
                .begin_us = entry->started_us,
                .answer_us = entry->first_byte_us,
                .end_us = entry->done_us };

  if (span.row >= MAX_ROWS || span.end_us <= span.begin_us)
    return;
  if (span.answer_us < span.begin_us || span.answer_us > span.end_us)
    span.answer_us = span.end_us;
  while (self->n_rows <= span.row)
    self->ends_us[self->n_rows++] = 0;
  self->ends_us[span.row] = span.end_us;
  self->latency_us += (self->latency_us > 0 ? 0.05 : 1) *
                      ((double) (span.end_us - span.begin_us) - self->latency_us);
  g_array_append_val (self->spans, span);
}

void
mill_live_lanes_add (MillLiveLanes *view, const MillProgress *progress)
{
  gint64 oldest_us;
  guint n_old = 0;

  for (guint i = 0; i < progress->n_recent; i++)
    add_span (view, &progress->recent[i]);
  view->sampled |= progress->n_recent >= SATURATED;
  view->busy = progress->in_flight > 0;
  view->now_us = (gint64) (progress->elapsed_s * G_USEC_PER_SEC);
  oldest_us = view->now_us - (gint64) (window_s (view) * G_USEC_PER_SEC);
  while (n_old < view->spans->len && (g_array_index (view->spans, Span, n_old).end_us < oldest_us ||
                                      view->spans->len - n_old > MAX_SPANS))
    n_old++;
  if (n_old > 0)
    g_array_remove_range (view->spans, 0, n_old);
}

void
mill_live_lanes_redraw (MillLiveLanes *view)
{
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

guint
mill_live_lanes_get_n_rows (MillLiveLanes *view)
{
  return view->n_rows;
}

static void
set_color (cairo_t *cr, MillColor color)
{
  cairo_set_source_rgba (cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0,
                         color.alpha / 255.0);
}

/* Where the lanes lie. */
typedef struct {
  MillBox box;
  guint n_rows;
  double row_px;
  double px_per_us;
  gint64 from_us;
} Plot;

static double
place (const Plot *plot, gint64 time_us)
{
  return plot->box.x +
         CLAMP ((double) (time_us - plot->from_us) * plot->px_per_us, 0, plot->box.width);
}

/* Whole pixels, each filled for itself: thousands of rectangles in one path are slow to fill. */
static void
paint_piece (cairo_t *cr, const Plot *plot, guint row, double from, double to)
{
  double left = floor (from), right = ceil (to);

  if (row >= plot->n_rows || right <= left)
    return;
  cairo_rectangle (cr, left, floor (plot->box.y + row * plot->row_px), right - left,
                   MAX (plot->row_px - 1, 2));
  cairo_fill (cr);
}

/* Rising lines on a pale ground, as a tile that repeats. */
static cairo_pattern_t *
hatch_new (MillColor ground, MillColor ink)
{
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_RGB24, HATCH_PX, HATCH_PX);
  cairo_t *cr = cairo_create (tile);
  cairo_pattern_t *pattern;

  set_color (cr, ground);
  cairo_paint (cr);
  set_color (cr, ink);
  cairo_set_line_width (cr, 1.6);
  for (int offset = -HATCH_PX; offset <= HATCH_PX; offset += HATCH_PX) {
    cairo_move_to (cr, offset - 1, HATCH_PX + 1);
    cairo_line_to (cr, offset + HATCH_PX + 1, -1);
  }
  cairo_stroke (cr);
  cairo_destroy (cr);
  pattern = cairo_pattern_create_for_surface (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_surface_destroy (tile);
  return pattern;
}

static void
paint_waiting (MillLiveLanes *self, cairo_t *cr, const Plot *plot)
{
  for (guint i = 0; i < self->spans->len; i++) {
    const Span *span = &g_array_index (self->spans, Span, i);

    paint_piece (cr, plot, span->row, place (plot, span->begin_us), place (plot, span->answer_us));
  }
  /* Where every request is told of, what ended last is followed by the next one. */
  if (!self->busy || self->sampled || !self->blocking)
    return;
  for (guint row = 0; row < self->n_rows; row++)
    paint_piece (cr, plot, row, place (plot, self->ends_us[row]), place (plot, self->now_us));
}

static void
paint_lanes (MillLiveLanes *self, cairo_t *cr, const Plot *plot, const MillTheme *theme)
{
  MillColor color = self->style.color;
  cairo_pattern_t *hatch = hatch_new (mill_color_mix (theme->background, color, 0.2),
                                      mill_color_mix (theme->background, color, 0.6));

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  /* The lanes themselves, so that an idle one is seen. */
  set_color (cr, mill_color_mix (theme->background, color, 0.08));
  for (guint row = 0; row < MIN (self->n_rows, plot->n_rows); row++)
    paint_piece (cr, plot, row, plot->box.x, plot->box.x + plot->box.width);

  cairo_set_source (cr, hatch);
  paint_waiting (self, cr, plot);
  cairo_pattern_destroy (hatch);

  set_color (cr, color);
  for (guint i = 0; i < self->spans->len; i++) {
    const Span *span = &g_array_index (self->spans, Span, i);
    double end = place (plot, span->end_us);

    if (end > plot->box.x)
      paint_piece (cr, plot, span->row, MIN (place (plot, span->answer_us), end - MIN_RECEIVING_PX),
                   end);
  }
}

static char *
describe (MillLiveLanes *self, const MillNumberFormat *numbers, guint n_shown)
{
  g_autofree char *shown = mill_quantity_number_to_string (numbers, n_shown, 0);
  g_autofree char *all = mill_quantity_number_to_string (numbers, self->n_lanes, 0);
  g_autofree char *what = NULL;
  int seconds = (int) window_s (self);

  if (self->blocking && n_shown >= self->n_lanes)
    what = g_strdup_printf (ngettext ("%s thread", "%s threads", self->n_lanes), all);
  else if (self->blocking)
    /* Translators: so many of so many threads are shown. */
    what = g_strdup_printf (_ ("%s of %s threads"), shown, all);
  else
    /* Translators: so many requests of those in flight at once (at most the second number). */
    what = g_strdup_printf (_ ("%s of %s requests in flight"), shown, all);
  if (self->sampled)
    /* Translators: behind "48 of 100 threads": not every request is shown. */
    return g_strdup_printf (ngettext ("%s, a sample of the last second",
                                      "%s, a sample of the last %d seconds", seconds),
                            what, seconds);
  /* Translators: behind "48 of 100 threads". */
  return g_strdup_printf (ngettext ("%s, the last second", "%s, the last %d seconds", seconds),
                          what, seconds);
}

/* One entry of the legend, from its right end; returns where it begins. */
static double
add_legend (MillLayout *layout, const MillFill *fill, const char *text, double right, double middle)
{
  double unit = mill_layout_unit (layout);
  double x = right - mill_layout_text_width (layout, text, MILL_TEXT_TICK);

  mill_layout_text (layout, text, x, middle + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, 0);
  x -= 22 * unit;
  mill_scene_add_rect (layout->scene, x, middle - 5 * unit, 16 * unit, 10 * unit, 2 * unit, fill,
                       NULL);
  return x - 12 * unit;
}

static void
add_texts (MillLiveLanes *self, MillLayout *layout, const Plot *plot)
{
  MillColor background = layout->theme->background;
  double middle = mill_layout_text_height (layout, MILL_TEXT_TICK) / 2;
  double baseline = plot->box.y + plot->box.height + 5 * mill_layout_unit (layout) + 1.56 * middle;
  guint n_shown = MIN (plot->n_rows, MAX (self->n_rows, 1));
  g_autofree char *text = describe (self, &layout->options->numbers, MIN (n_shown, self->n_lanes));
  MillFill receiving = { MILL_PATTERN_SOLID, self->style.color, self->style.color, 7, 1 };
  MillFill waiting = { MILL_PATTERN_HATCH, mill_color_mix (background, self->style.color, 0.2),
                       mill_color_mix (background, self->style.color, 0.6), 6, 1.4 };
  double right = layout->width_px;
  int seconds = (int) window_s (self);

  right = add_legend (layout, &receiving, _ ("receiving"), right, middle);
  right = add_legend (layout, &waiting, _ ("waiting"), right, middle);
  mill_layout_text (layout, text, 0, middle + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, MAX (right, 1));
  for (int i = 0; i <= 2; i++) {
    double ago_s = seconds * (2 - i) / 2.0;
    /* Translators: the right end of a time axis. */
    g_autofree char *label =
        i == 2 ? g_strdup (_ ("now"))
               : g_strdup_printf (ago_s == floor (ago_s) ? "−%.0f s" : "−%.1f s", ago_s);

    mill_layout_text (layout, label, plot->box.x + plot->box.width * i / 2, baseline,
                      i == 0   ? MILL_ANCHOR_LEFT
                      : i == 1 ? MILL_ANCHOR_MIDDLE
                               : MILL_ANCHOR_RIGHT,
                      MILL_TEXT_TICK, NULL, 0);
  }
}

static void
plot_init (MillLiveLanes *self, const MillLayout *layout, Plot *plot)
{
  double line = mill_layout_text_height (layout, MILL_TEXT_TICK);
  double top = 1.9 * line;
  double height = layout->height_px - top - mill_axis_bottom_height (layout, FALSE);
  guint wanted = MAX (self->blocking ? MIN (self->n_lanes, MAX_ROWS) : self->n_rows, 1);

  plot->n_rows = MIN (wanted, (guint) MAX (height / MIN_ROW_PX, 1));
  plot->row_px = MIN (height / plot->n_rows, MAX_ROW_PX);
  /* Whole pixels, so that all lanes look alike. */
  plot->row_px = MAX (floor (plot->row_px), MIN_ROW_PX);
  plot->box = (MillBox){ 0, top, layout->width_px, height };
  plot->px_per_us = layout->width_px / (window_s (self) * G_USEC_PER_SEC);
  plot->from_us = self->now_us - (gint64) (window_s (self) * G_USEC_PER_SEC);
}

static void
mill_live_lanes_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillLiveLanes *self = MILL_LIVE_LANES (widget);
  g_auto (MillLiveLayout) live = { 0 };
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr;
  Plot plot;

  if (self->n_lanes == 0 || width < 64 || height < 64)
    return;
  if (self->measurer == NULL)
    self->measurer = mill_live_measurer_new (widget);
  mill_live_layout_init (&live, widget, self->measurer);
  plot_init (self, &live.layout, &plot);

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (live.options.right_to_left) {
    cairo_translate (cr, width, 0);
    cairo_scale (cr, -1, 1);
  }
  paint_lanes (self, cr, &plot, live.layout.theme);
  cairo_destroy (cr);
  add_texts (self, &live.layout, &plot);
  mill_live_layout_paint (&live, snapshot);
}

static void
mill_live_lanes_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = *minimum;
}

/* The interface's font may be another one now. */
static void
mill_live_lanes_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MillLiveLanes *self = MILL_LIVE_LANES (widget);

  GTK_WIDGET_CLASS (mill_live_lanes_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->measurer, mill_text_measurer_free);
}

static void
mill_live_lanes_finalize (GObject *object)
{
  MillLiveLanes *self = MILL_LIVE_LANES (object);

  g_clear_pointer (&self->measurer, mill_text_measurer_free);
  g_clear_pointer (&self->spans, g_array_unref);

  G_OBJECT_CLASS (mill_live_lanes_parent_class)->finalize (object);
}

static void
mill_live_lanes_class_init (MillLiveLanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_live_lanes_finalize;
  widget_class->snapshot = mill_live_lanes_snapshot;
  widget_class->measure = mill_live_lanes_measure;
  widget_class->css_changed = mill_live_lanes_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mill_live_lanes_init (MillLiveLanes *self)
{
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lanes of the running model"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("What each thread or request did in the last seconds"), -1);
}
