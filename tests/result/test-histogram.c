/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "experiment/mill-error.h"
#include "result/mill-histogram.h"
#include "result/mill-statistics.h"

static void
test_empty (void)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();

  g_assert_cmpint (mill_histogram_count (histogram), ==, 0);
  g_assert_cmpint (mill_histogram_percentile (histogram, 50), ==, 0);
  g_assert_true (isnan (mill_histogram_mean (histogram)));
  g_assert_true (isnan (mill_histogram_stddev (histogram)));
}

static void
test_small_values_are_exact (void)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();

  for (gint64 i = 1; i <= 1000; i++)
    mill_histogram_add (histogram, i);
  g_assert_cmpint (mill_histogram_percentile (histogram, 0), ==, 1);
  g_assert_cmpint (mill_histogram_percentile (histogram, 50), ==, 500);
  g_assert_cmpint (mill_histogram_percentile (histogram, 99), ==, 990);
  g_assert_cmpint (mill_histogram_percentile (histogram, 99.9), ==, 999);
  g_assert_cmpint (mill_histogram_percentile (histogram, 100), ==, 1000);
  g_assert_cmpint (mill_histogram_count_at_most (histogram, 250), ==, 250);
  g_assert_cmpfloat_with_epsilon (mill_histogram_mean (histogram), 500.5, 1e-9);
  /* sqrt (n (n + 1) / 12) for 1 to n. */
  g_assert_cmpfloat_with_epsilon (mill_histogram_stddev (histogram), sqrt (1000 * 1001 / 12.0),
                                  1e-6);
}

/* Against the exact order statistics of 20,000 values over seven decades. */
static void
test_percentiles_within_a_thousandth (void)
{
  enum { N = 20000 };
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();
  g_autofree double *values = g_new (double, N);
  MillRandom random = { 7 };
  static const double percents[] = { 1, 10, 50, 75, 90, 99, 99.9 };

  for (int i = 0; i < N; i++) {
    double exponent = mill_random_below (&random, 1000000) / 1e6 * 7.0 + 2.0;

    values[i] = floor (pow (10, exponent));
    mill_histogram_add (histogram, (gint64) values[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++) {
    double rank = ceil (percents[i] / 100 * N - 1e-9);
    double exact = mill_quantile (values, N, (rank - 1) / (N - 1));
    double found = (double) mill_histogram_percentile (histogram, percents[i]);

    g_assert_cmpfloat (found, >=, exact * (1 - 1e-9));
    g_assert_cmpfloat (found, <=, exact * 1.001);
  }
}

static void
add_up (gint64 low_us, gint64 high_us, gint64 count, gpointer data)
{
  gint64 *state = data;

  g_assert_cmpint (low_us, >, state[1]);
  g_assert_cmpint (high_us, >=, low_us);
  g_assert_cmpint (high_us - low_us, <=, low_us / 1000);
  state[0] += count;
  state[1] = high_us;
}

static void
test_buckets_do_not_overlap (void)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();
  gint64 state[2] = { 0, -1 };

  for (gint64 value = 1; value < MILL_HISTOGRAM_MAX_US; value += value / 7 + 1)
    mill_histogram_add_n (histogram, value, 3);
  mill_histogram_foreach (histogram, add_up, state);
  g_assert_cmpint (state[0], ==, mill_histogram_count (histogram));
}

static void
test_out_of_range_is_noted (void)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();

  mill_histogram_add (histogram, -5);
  mill_histogram_add (histogram, 100);
  mill_histogram_add_n (histogram, MILL_HISTOGRAM_MAX_US * 3, 2);
  g_assert_cmpint (mill_histogram_count (histogram), ==, 4);
  g_assert_cmpint (mill_histogram_out_of_range (histogram), ==, 3);
  g_assert_cmpint (mill_histogram_min (histogram), ==, 0);
  g_assert_cmpint (mill_histogram_max (histogram), ==, MILL_HISTOGRAM_MAX_US * 3);
  g_assert_cmpint (mill_histogram_percentile (histogram, 100), ==, MILL_HISTOGRAM_MAX_US * 3);
}

static void
compare_bucket (gint64 low_us, gint64 high_us, gint64 count, gpointer data)
{
  g_assert_cmpint (mill_histogram_count_at_most (data, high_us) -
                       mill_histogram_count_at_most (data, low_us - 1),
                   ==, count);
}

static void
test_merge_is_exact (void)
{
  g_autoptr (MillHistogram) all = mill_histogram_new ();
  g_autoptr (MillHistogram) merged = mill_histogram_new ();
  MillRandom random = { 11 };

  for (int part = 0; part < 4; part++) {
    g_autoptr (MillHistogram) histogram = mill_histogram_new ();

    for (int i = 0; i < 500; i++) {
      gint64 value = mill_random_below (&random, 1000u << (part * 6));

      mill_histogram_add (histogram, value);
      mill_histogram_add (all, value);
    }
    mill_histogram_merge (merged, histogram);
  }
  g_assert_cmpint (mill_histogram_count (merged), ==, 2000);
  g_assert_cmpint (mill_histogram_min (merged), ==, mill_histogram_min (all));
  g_assert_cmpint (mill_histogram_max (merged), ==, mill_histogram_max (all));
  g_assert_cmpfloat_with_epsilon (mill_histogram_mean (merged), mill_histogram_mean (all), 1e-3);
  mill_histogram_foreach (all, compare_bucket, merged);
}

static void
test_carried (void)
{
  g_assert_true (mill_percentile_is_carried (80, 50));
  g_assert_true (mill_percentile_is_carried (80, 75));
  g_assert_true (mill_percentile_is_carried (80, 90));
  g_assert_false (mill_percentile_is_carried (80, 99));
  g_assert_false (mill_percentile_is_carried (49, 90));
  g_assert_true (mill_percentile_is_carried (50, 90));
  g_assert_true (mill_percentile_is_carried (500, 99));
  g_assert_false (mill_percentile_is_carried (1000, 99.9));
  g_assert_true (mill_percentile_is_carried (5000, 99.9));
  g_assert_false (mill_percentile_is_carried (9, 50));
  g_assert_false (mill_percentile_is_carried (0, 50));
  g_assert_cmpint (mill_percentile_needed_count (50), ==, 10);
  g_assert_cmpint (mill_percentile_needed_count (95), ==, 100);
  g_assert_cmpint (mill_percentile_needed_count (99), ==, 500);
  g_assert_cmpint (mill_percentile_needed_count (99.9), ==, 5000);
  g_assert_cmpint (mill_percentile_needed_count (99.99), ==, 50000);
  g_assert_cmpint (mill_percentile_needed_count (1), ==, 500);
}

static void
test_json (void)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();
  g_autoptr (MillHistogram) back = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 value = 1; value < MILL_HISTOGRAM_MAX_US; value = value * 3 / 2 + 1)
    mill_histogram_add (histogram, value);
  node = mill_histogram_to_json (histogram);
  back = mill_histogram_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mill_histogram_count (back), ==, mill_histogram_count (histogram));
  g_assert_cmpint (mill_histogram_percentile (back, 90), ==,
                   mill_histogram_percentile (histogram, 90));
  g_assert_cmpfloat_with_epsilon (mill_histogram_stddev (back), mill_histogram_stddev (histogram),
                                  1e-3);
}

static void
test_damaged_json (void)
{
  static const char *const texts[] = {
    "[]",
    "{\"count\":1,\"buckets\":[]}",
    "{\"count\":1,\"buckets\":[[1,1]]}",
    "{\"count\":1,\"buckets\":[[1,1,\"1\"]]}",
    "{\"count\":1,\"buckets\":[[-1,1,1]]}",
    "{\"count\":1,\"buckets\":[[9000000000000,9000000000001,1]]}",
    "{\"count\":1,\"buckets\":[[1,1,-1],[2,2,2]]}",
    "{\"count\":2,\"buckets\":[[1,1,9223372036854775807]]}",
    "{\"count\":1,\"min_us\":5,\"max_us\":1,\"buckets\":[[1,1,1]]}",
    "{\"count\":-1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonNode) node = json_from_string (texts[i], NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (mill_histogram_from_json (node, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/empty", test_empty);
  g_test_add_func ("/histogram/small-values", test_small_values_are_exact);
  g_test_add_func ("/histogram/percentiles", test_percentiles_within_a_thousandth);
  g_test_add_func ("/histogram/buckets", test_buckets_do_not_overlap);
  g_test_add_func ("/histogram/out-of-range", test_out_of_range_is_noted);
  g_test_add_func ("/histogram/merge", test_merge_is_exact);
  g_test_add_func ("/histogram/carried", test_carried);
  g_test_add_func ("/histogram/json", test_json);
  g_test_add_func ("/histogram/damaged-json", test_damaged_json);
  return g_test_run ();
}
