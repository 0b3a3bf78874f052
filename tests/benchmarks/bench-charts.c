/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"
#include "../charts/sample-results.h"

/* Lays out and paints every kind from a result of 100,000 requests per model, and from one of 40
 * models with 64 repetitions each, and prints the median of some rounds after the first. Fails
 * where one takes longer than promised. */
#define REQUESTS 100000
#define ROUNDS 7
#define PROMISED_MS 50.0

static double
draw_once (const MillChartSpec *spec, MillTextMeasurer *measurer, cairo_t *cr)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 374, measurer);

  mill_scene_paint (scene, cr, TRUE);
  return (g_get_monotonic_time () - start_us) / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Returns whether every kind kept the promise. */
static gboolean
draw_all (const char *name, const MillResult *result, const MillResult *sweep)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 856, 374);
  cairo_t *cr = cairo_create (surface);
  gboolean kept = TRUE;

  g_print ("%s\n", name);
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (
        (MillChartKind) kind, kind == MILL_CHART_SCALING ? sweep : result, NULL);
    double first_ms = draw_once (spec, measurer, cr);
    double times_ms[ROUNDS];

    for (guint i = 0; i < ROUNDS; i++)
      times_ms[i] = draw_once (spec, measurer, cr);
    qsort (times_ms, ROUNDS, sizeof *times_ms, compare_doubles);
    g_print ("  %-13s first %6.1f ms, then %6.2f ms\n",
             mill_chart_kind_info ((MillChartKind) kind)->id, first_ms, times_ms[ROUNDS / 2]);
    kept &= times_ms[ROUNDS / 2] <= PROMISED_MS;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return kept;
}

int
main (void)
{
  g_autoptr (MillResult) requests = sample_result_of_requests (REQUESTS);
  g_autoptr (MillResult) models = sample_result_many_repetitions ();
  g_autoptr (MillResult) sweep = sample_result_sweep ();
  gboolean kept = draw_all ("100,000 requests", requests, sweep);

  kept &= draw_all ("40 models, 64 repetitions", models, sweep);
  return kept ? 0 : 1;
}
