/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "charts/mill-chart-kind.h"
#include "charts/mill-chart-timeline.h"
#include "charts/mill-paint.h"
#include "sample-results.h"

#define WIDTH 856
#define HEIGHT 560

static MillScene *
lay_out (MillChartKind kind, const MillResult *result, const MillChartOptions *options)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (kind, result, options);

  return mill_chart_layout (spec, MILL_THEME_PRINT, WIDTH, HEIGHT, measurer);
}

static const MillHit *
find_hit (const MillScene *scene, const char *text)
{
  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    if (strstr (mill_scene_get_hit (scene, i)->text, text) != NULL)
      return mill_scene_get_hit (scene, i);
  }
  return NULL;
}

static gboolean
has_text (const MillScene *scene, const char *text)
{
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (scene, i);

    if (primitive->type == MILL_PRIMITIVE_TEXT && strstr (primitive->text, text) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* 400 answers carry 98 %, and no more is drawn; 30,000 carry 99.9 %. */
static void
test_latency_carries (void)
{
  g_autoptr (MillResult) first = sample_result_first ();
  g_autoptr (MillResult) many = sample_result_ten_thousand ();
  g_autoptr (MillScene) few_scene = lay_out (MILL_CHART_LATENCY, first, NULL);
  g_autoptr (MillScene) many_scene = lay_out (MILL_CHART_LATENCY, many, NULL);

  g_assert_nonnull (find_hit (few_scene, "90 of 100 requests"));
  g_assert_null (find_hit (few_scene, "99 of 100 requests"));
  g_assert_nonnull (find_hit (many_scene, "99 of 100 requests"));
  g_assert_true (has_text (many_scene, "99.9"));
  g_assert_false (has_text (few_scene, "99.9"));
  g_assert_true (has_text (few_scene, "server delay"));
  g_assert_cmpuint (mill_scene_get_n_table_rows (few_scene), ==, 5);
}

static void
test_timeline_window (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIMELINE, result, NULL);
  g_autoptr (MillChartSpec) zoomed = NULL;
  g_auto (MillChartOptions) options;
  double whole, start, end;

  /* sync takes 20 times as long as the others, and does not hide them. */
  g_assert_true (mill_chart_timeline_window (spec, &whole, &start, &end));
  g_assert_cmpfloat (whole, >, 7.0);
  g_assert_cmpfloat (start, ==, 0.0);
  g_assert_cmpfloat (end, <, 1.0);
  mill_chart_options_init (&options);
  options.window_start_s = 2.0;
  options.window_end_s = 3.0;
  zoomed = mill_chart_spec_with_options (spec, &options);
  g_assert_true (mill_chart_timeline_window (zoomed, NULL, &start, &end));
  g_assert_cmpfloat (start, ==, 2.0);
  g_assert_cmpfloat (end, ==, 3.0);
}

static void
test_timeline_readout (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillScene) scene = lay_out (MILL_CHART_TIMELINE, result, NULL);
  const MillHit *hit = find_hit (scene, "thread 1 of 20");

  g_assert_nonnull (hit);
  g_assert_nonnull (strstr (hit->text, "Request "));
  g_assert_nonnull (strstr (hit->text, "\nsent\t"));
  g_assert_nonnull (strstr (hit->text, "\nfirst byte\t"));
  g_assert_nonnull (strstr (hit->text, "\ndone\t"));
  g_assert_nonnull (strstr (hit->text, "\nconnection\t"));
  g_assert_true (has_text (scene, "lanes"));
  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *other = mill_scene_get_hit (scene, i);

    g_assert_cmpfloat (other->box.x, >=, 0.0);
    g_assert_cmpfloat (other->box.x + other->box.width, <=, WIDTH + 1.0);
    g_assert_cmpfloat (other->box.y + other->box.height, <=, HEIGHT);
  }
}

static void
test_timeline_views (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_auto (MillChartOptions) options;
  g_autoptr (MillScene) scene = NULL;

  mill_chart_options_init (&options);
  options.timeline_view = MILL_TIMELINE_BY_REQUEST;
  scene = lay_out (MILL_CHART_TIMELINE, result, &options);
  g_assert_true (has_text (scene, "of 80 requests"));
  g_assert_false (has_text (scene, "lanes"));
}

/* One lane of 100,000 requests one after another, a tenth of the time receiving. */
static MillResult *
dense_result (void)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillResult *result = mill_result_new (experiment);
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup ("sync");
  trial->status = MILL_TRIAL_COMPLETE;
  trial->repetition = trial->order = 1;
  trial->sweep_value = NAN;
  trial->wall_time_s = 100.0;
  for (gint64 i = 0; i < 100000; i++) {
    MillTimelineEntry entry = {
      .started_us = i * 1000,
      .sent_us = i * 1000,
      .first_byte_us = i * 1000 + 900,
      .done_us = i * 1000 + 1000,
      .outcome = MILL_OUTCOME_OK,
    };

    g_array_append_val (trial->timeline, entry);
  }
  g_ptr_array_add (result->trials, trial);
  mill_result_summarise (result);
  return result;
}

static double
dark_share (const MillScene *scene, const MillBox *box)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  const guint8 *pixels;
  int stride, dark = 0, all = 0;

  mill_scene_paint (scene, cr, TRUE);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = (int) box->y; y < (int) (box->y + box->height); y++) {
    for (int x = (int) box->x; x < (int) (box->x + box->width); x++, all++)
      dark += pixels[y * stride + x * 4 + 1] < 0x60;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return (double) dark / MAX (all, 1);
}

/* Never a black block: what is drawn solid is the share of time that it took. */
static void
test_timeline_dense (void)
{
  g_autoptr (MillResult) result = dense_result ();
  g_autoptr (MillScene) scene = lay_out (MILL_CHART_TIMELINE, result, NULL);
  const MillHit *hit = find_hit (scene, "receiving");

  g_assert_cmpuint (mill_scene_get_n_primitives (scene), <, 500);
  g_assert_cmpuint (mill_scene_get_n_hits (scene), <, 500);
  g_assert_nonnull (hit);
  g_assert_nonnull (strstr (hit->text, "\nwaiting\t90"));
  g_assert_nonnull (strstr (hit->text, "\nreceiving\t10"));
  g_assert_cmpfloat (dark_share (scene, &hit->box), <, 0.4);
}

/* One failure among thousands of answers is still marked, and told. */
static void
test_timeline_dense_failures (void)
{
  g_autoptr (MillResult) result = dense_result ();
  MillTrialResult *trial = g_ptr_array_index (result->trials, 0);
  g_autoptr (MillScene) without = lay_out (MILL_CHART_TIMELINE, result, NULL);
  guint marks = 0;

  g_assert_null (find_hit (without, "\nfailed\t"));
  g_array_index (trial->timeline, MillTimelineEntry, trial->timeline->len / 2).outcome =
      MILL_OUTCOME_TIMEOUT;
  trial->requests_failed = 1;
  g_autoptr (MillScene) with = lay_out (MILL_CHART_TIMELINE, result, NULL);

  g_assert_nonnull (find_hit (with, "\nfailed\t1"));
  g_assert_true (has_text (with, "failed"));
  for (guint i = 0; i < mill_scene_get_n_primitives (with); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (with, i);

    marks += primitive->type == MILL_PRIMITIVE_RECT &&
             primitive->fill.pattern == MILL_PATTERN_CROSS_HATCH;
  }
  /* One in the lane, one in the legend. */
  g_assert_cmpuint (marks, ==, 2);
}

/* What computes is not said to receive. */
static void
test_timeline_computing (void)
{
  g_autoptr (MillResult) result = dense_result ();
  MillTrialResult *trial = g_ptr_array_index (result->trials, 0);

  result->experiment->workload = MILL_WORKLOAD_CPU;
  for (guint i = 0; i < trial->timeline->len; i++) {
    MillTimelineEntry *entry = &g_array_index (trial->timeline, MillTimelineEntry, i);

    entry->sent_us = entry->first_byte_us = 0;
  }
  g_autoptr (MillScene) scene = lay_out (MILL_CHART_TIMELINE, result, NULL);
  const MillHit *hit = find_hit (scene, "computing\t100");

  g_assert_nonnull (hit);
  g_assert_true (has_text (scene, "computing"));
  g_assert_false (has_text (scene, "receiving"));
  g_assert_false (has_text (scene, "connecting"));
}

static void
test_resources (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillScene) scene = lay_out (MILL_CHART_RESOURCES, result, NULL);

  g_assert_true (has_text (scene, "CPU"));
  g_assert_true (has_text (scene, "memory"));
  g_assert_true (has_text (scene, "in flight"));
  g_assert_nonnull (find_hit (scene, "memory of the process\t"));
}

static void
test_availability (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillResult) sweep = sample_result_sweep ();
  g_autoptr (MillChartSpec) without =
      mill_chart_spec_new_for_result (MILL_CHART_SCALING, result, NULL);
  g_autoptr (MillChartSpec) with = mill_chart_spec_new_for_result (MILL_CHART_SCALING, sweep, NULL);
  g_autofree char *reason = NULL;

  g_assert_false (mill_chart_available (without, &reason));
  g_assert_cmpstr (reason, ==, "Needs a sweep");
  g_assert_true (mill_chart_available (with, NULL));
}

/* Each figure that can be chosen has its own title and values. */
static void
test_scaling_figures (void)
{
  static const MillFigure figures[] = { MILL_FIGURE_THROUGHPUT, MILL_FIGURE_WALL_TIME,
                                        MILL_FIGURE_LATENCY_P50, MILL_FIGURE_CPU_PROCESS_AVG,
                                        MILL_FIGURE_MEMORY_MAX };
  g_autoptr (MillResult) result = sample_result_sweep ();
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    g_autoptr (MillScene) scene = NULL;
    g_auto (MillChartOptions) options;

    mill_chart_options_init (&options);
    options.figure = figures[i];
    scene = lay_out (MILL_CHART_SCALING, result, &options);
    g_assert_true (g_hash_table_add (titles, g_strdup (mill_scene_get_title (scene))));
    g_assert_cmpuint (mill_scene_get_n_hits (scene), ==, 12);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/lines/latency-carries", test_latency_carries);
  g_test_add_func ("/charts/lines/timeline-window", test_timeline_window);
  g_test_add_func ("/charts/lines/timeline-readout", test_timeline_readout);
  g_test_add_func ("/charts/lines/timeline-views", test_timeline_views);
  g_test_add_func ("/charts/lines/timeline-dense", test_timeline_dense);
  g_test_add_func ("/charts/lines/timeline-dense-failures", test_timeline_dense_failures);
  g_test_add_func ("/charts/lines/timeline-computing", test_timeline_computing);
  g_test_add_func ("/charts/lines/resources", test_resources);
  g_test_add_func ("/charts/lines/availability", test_availability);
  g_test_add_func ("/charts/lines/scaling-figures", test_scaling_figures);
  return g_test_run ();
}
