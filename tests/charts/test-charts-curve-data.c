/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "charts/mill-bins.h"
#include "charts/mill-chart-frame.h"
#include "charts/mill-percentile-curve.h"
#include "charts/mill-sweep-lines.h"
#include "charts/mill-time-text.h"
#include "sample-results.h"

static MillHistogram *
random_histogram (GRand *rand, guint n, double spread)
{
  MillHistogram *histogram = mill_histogram_new ();

  for (guint i = 0; i < n; i++)
    mill_histogram_add (histogram,
                        (gint64) (1000.0 * exp (spread * g_rand_double_range (rand, -1.0, 1.0))));
  return histogram;
}

static void
test_last_carried (void)
{
  g_assert_cmpfloat (mill_percentile_last_carried (0), ==, 0.0);
  g_assert_cmpfloat (mill_percentile_last_carried (9), ==, 0.0);
  g_assert_cmpfloat (mill_percentile_last_carried (10), ==, 50.0);
  g_assert_cmpfloat (mill_percentile_last_carried (80), ==, 90.0);
  g_assert_cmpfloat (mill_percentile_last_carried (400), ==, 98.0);
  g_assert_cmpfloat (mill_percentile_last_carried (500), ==, 99.0);
  g_assert_cmpfloat (mill_percentile_last_carried (5000), ==, 99.9);
  for (gint64 n = 10; n < 2000000; n = n * 3 / 2)
    g_assert_true (mill_percentile_is_carried (n, mill_percentile_last_carried (n)));
}

static void
test_positions (void)
{
  g_assert_cmpfloat (mill_percentile_position (0.0), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (mill_percentile_position (90.0), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (mill_percentile_position (99.9), 3.0, 1e-9);
  g_assert_true (isfinite (mill_percentile_position (100.0)));
  g_assert_true (isfinite (mill_percentile_position (-1.0)));
}

static void
test_curve (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (MillHistogram) histogram = random_histogram (rand, 5000, 2.0);
  g_autoptr (GArray) points = mill_percentile_curve_new (histogram);
  static const double needed[] = { 0, 50, 90, 99, 99.9 };
  guint found = 0;

  for (guint i = 0; i < points->len; i++) {
    const MillPercentilePoint *point = &g_array_index (points, MillPercentilePoint, i);

    for (guint j = 0; j < G_N_ELEMENTS (needed); j++)
      found += point->percent == needed[j];
    if (point->percent > 0.0)
      g_assert_cmpfloat (point->latency_ms, ==,
                         (double) mill_histogram_percentile (histogram, point->percent) / 1000.0);
    if (i > 0) {
      g_assert_cmpfloat (point->percent, >, point[-1].percent);
      g_assert_cmpfloat (point->latency_ms, >=, point[-1].latency_ms);
    }
  }
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (needed));
  g_assert_cmpfloat (g_array_index (points, MillPercentilePoint, 0).latency_ms, ==,
                     (double) mill_histogram_min (histogram) / 1000.0);
  g_assert_cmpfloat (g_array_index (points, MillPercentilePoint, points->len - 1).percent, ==,
                     99.9);
}

static void
test_pooling (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  const MillTrialResult *first = g_ptr_array_index (result->trials, 0);
  g_autoptr (MillHistogram) pooled =
      mill_result_pool_histograms (result, first->model, first->sweep_value, FALSE);
  gint64 count = 0;

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_strcmp0 (trial->model, first->model) == 0)
      count += mill_histogram_count (trial->histogram);
  }
  g_assert_cmpint (count, >, mill_histogram_count (first->histogram));
  g_assert_cmpint (mill_histogram_count (pooled), ==, count);
  g_assert_null (mill_result_pool_histograms (result, "nobody", NAN, FALSE));
  g_assert_null (mill_result_pool_histograms (result, first->model, NAN, TRUE));
}

static void
test_bins_conserve_counts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int round = 0; round < 40; round++) {
    g_autoptr (MillHistogram) a = random_histogram (rand, 1 + (guint) round * 20, round * 0.1);
    g_autoptr (MillHistogram) b = random_histogram (rand, 300, 0.2);
    const MillHistogram *both[] = { a, b };
    MillBins bins = mill_bins_choose (both, 2, 60);

    g_assert_cmpuint (bins.n, >=, 1);
    g_assert_cmpuint (bins.n, <=, 60);
    for (guint h = 0; h < 2; h++) {
      g_autofree gint64 *counts = mill_bins_count (&bins, both[h]);
      g_autoptr (GArray) curve = mill_cumulative_curve_new (&bins, both[h], 50);
      gint64 sum = 0;

      for (guint i = 0; i < bins.n; i++) {
        sum += counts[i];
        g_assert_cmpfloat (mill_bins_edge (&bins, i), <, mill_bins_edge (&bins, i + 1));
      }
      g_assert_cmpint (sum, ==, mill_histogram_count (both[h]));
      g_assert_cmpuint (curve->len, <=, 52);
      g_assert_cmpfloat (g_array_index (curve, MillCumulativePoint, curve->len - 1).share, ==, 1.0);
    }
  }
}

static void
test_bins_axis (void)
{
  g_autoptr (MillHistogram) none = mill_histogram_new ();
  g_autoptr (MillHistogram) equal = mill_histogram_new ();
  g_autoptr (MillHistogram) zero = mill_histogram_new ();
  g_autoptr (MillHistogram) wide = mill_histogram_new ();
  const MillHistogram *list[] = { none };

  g_assert_cmpuint (mill_bins_choose (list, 1, 50).n, ==, 0);
  mill_histogram_add_n (equal, 5000, 70);
  list[0] = equal;
  g_assert_cmpuint (mill_bins_choose (list, 1, 50).n, ==, 1);
  /* A zero cannot stand on a logarithmic axis. */
  mill_histogram_add (zero, 0);
  mill_histogram_add (zero, 9000000);
  list[0] = zero;
  g_assert_false (mill_bins_choose (list, 1, 50).logarithmic);
  mill_histogram_add (wide, 100);
  mill_histogram_add (wide, 9000000);
  list[0] = wide;
  g_assert_true (mill_bins_choose (list, 1, 50).logarithmic);
}

static void
test_sweep_lines (void)
{
  g_autoptr (MillResult) result = sample_result_sweep ();
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_SCALING, result, NULL);
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GPtrArray) lines = mill_sweep_lines_new (series, MILL_FIGURE_THROUGHPUT);
  guint n_points = 0;

  g_assert_cmpuint (mill_sweep_count_values (series), ==, 4);
  g_assert_cmpuint (lines->len, ==, 3);
  for (guint i = 0; i < lines->len; i++) {
    const MillSweepLine *line = g_ptr_array_index (lines, i);

    n_points += line->points->len;
    g_assert_null (strchr (line->label, ':'));
    for (guint j = 1; j < line->points->len; j++)
      g_assert_cmpfloat (g_array_index (line->points, MillSweepPoint, j).sweep_value, >,
                         g_array_index (line->points, MillSweepPoint, j - 1).sweep_value);
  }
  g_assert_cmpuint (n_points, ==, series->len);
}

/* Labels at the ends of lines: apart, inside, in order, and where they want to be if they can. */
static void
test_label_spread (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (int round = 0; round < 300; round++) {
    guint n = (guint) g_rand_int_range (rand, 1, 1 + round % 20 + 1);
    g_autofree double *wanted = g_new (double, n);
    g_autofree double *places = g_new (double, n);
    double nearest = INFINITY;

    for (guint i = 0; i < n; i++)
      places[i] = wanted[i] = g_rand_double_range (rand, 0.0, 400.0);
    mill_layout_spread (places, n, 15.0, 0.0, 400.0);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpfloat (places[i], >=, -1e-6);
      g_assert_cmpfloat (places[i], <=, 400.0 + 1e-6);
      for (guint j = 0; j < n; j++) {
        if (i == j)
          continue;
        nearest = MIN (nearest, fabs (wanted[i] - wanted[j]));
        g_assert_cmpfloat (fabs (places[i] - places[j]), >=, 15.0 - 1e-6);
        if (wanted[i] < wanted[j])
          g_assert_cmpfloat (places[i], <, places[j]);
      }
    }
    for (guint i = 0; i < n && nearest >= 15.0; i++)
      g_assert_cmpfloat_with_epsilon (places[i], wanted[i], 1e-6);
  }
}

static void
test_time_text (void)
{
  g_autofree char *fine = mill_time_to_string (&mill_number_format_plain, 0.2074, 0.3081);
  g_autofree char *absent = mill_time_to_string (&mill_number_format_plain, NAN, 1.0);
  g_autofree char *odd = mill_time_to_string (&mill_number_format_plain, 1.0, NAN);

  g_assert_true (g_str_has_prefix (fine, "207.4"));
  g_assert_true (g_str_has_suffix (fine, "ms"));
  g_assert_cmpstr (absent, ==, "–");
  g_assert_true (g_str_has_prefix (odd, "1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/curve-data/last-carried", test_last_carried);
  g_test_add_func ("/charts/curve-data/positions", test_positions);
  g_test_add_func ("/charts/curve-data/percentile-curve", test_curve);
  g_test_add_func ("/charts/curve-data/pooling", test_pooling);
  g_test_add_func ("/charts/curve-data/bins-conserve-counts", test_bins_conserve_counts);
  g_test_add_func ("/charts/curve-data/bins-axis", test_bins_axis);
  g_test_add_func ("/charts/curve-data/sweep-lines", test_sweep_lines);
  g_test_add_func ("/charts/curve-data/label-spread", test_label_spread);
  g_test_add_func ("/charts/curve-data/time-text", test_time_text);
  return g_test_run ();
}
