/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "experiment/mill-error.h"
#include "experiment/mill-threshold.h"

static void
test_read (void)
{
  static const struct {
    const char *text;
    const char *model;
    MillThresholdFigure figure;
    double percentile;
    MillComparison comparison;
    double value;
  } cases[] = {
    { "p95<200ms", NULL, MILL_THRESHOLD_PERCENTILE, 95, MILL_COMPARISON_LESS, 200 },
    { "p99 <= 0.5s", NULL, MILL_THRESHOLD_PERCENTILE, 99, MILL_COMPARISON_LESS_OR_EQUAL, 500 },
    { "p99.9<1s", NULL, MILL_THRESHOLD_PERCENTILE, 99.9, MILL_COMPARISON_LESS, 1000 },
    { "p999<1s", NULL, MILL_THRESHOLD_PERCENTILE, 99.9, MILL_COMPARISON_LESS, 1000 },
    { "p50>10us", NULL, MILL_THRESHOLD_PERCENTILE, 50, MILL_COMPARISON_GREATER, 0.01 },
    { "mean<5µs", NULL, MILL_THRESHOLD_MEAN, 0, MILL_COMPARISON_LESS, 0.005 },
    { "max<1min", NULL, MILL_THRESHOLD_MAX, 0, MILL_COMPARISON_LESS, 60000 },
    { "min>=1ms", NULL, MILL_THRESHOLD_MIN, 0, MILL_COMPARISON_GREATER_OR_EQUAL, 1 },
    { "throughput>1000", NULL, MILL_THRESHOLD_THROUGHPUT, 0, MILL_COMPARISON_GREATER, 1000 },
    { "throughput>=1.5/s", NULL, MILL_THRESHOLD_THROUGHPUT, 0, MILL_COMPARISON_GREATER_OR_EQUAL,
      1.5 },
    { "failed<1%", NULL, MILL_THRESHOLD_FAILED, 0, MILL_COMPARISON_LESS, 1 },
    { "failed<=0%", NULL, MILL_THRESHOLD_FAILED, 0, MILL_COMPARISON_LESS_OR_EQUAL, 0 },
    { "time<2s", NULL, MILL_THRESHOLD_TIME, 0, MILL_COMPARISON_LESS, 2 },
    { "time<1500ms", NULL, MILL_THRESHOLD_TIME, 0, MILL_COMPARISON_LESS, 1.5 },
    { "main-loop:80.p95<200ms", "main-loop:80", MILL_THRESHOLD_PERCENTILE, 95, MILL_COMPARISON_LESS,
      200 },
    { "sync.p99.9<1s", "sync", MILL_THRESHOLD_PERCENTILE, 99.9, MILL_COMPARISON_LESS, 1000 },
    { "hybrid:4.time<1s", "hybrid:4", MILL_THRESHOLD_TIME, 0, MILL_COMPARISON_LESS, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MillThreshold) threshold = mill_threshold_parse (cases[i].text, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (threshold->text, ==, cases[i].text);
    g_assert_cmpstr (threshold->model, ==, cases[i].model);
    g_assert_cmpint (threshold->figure, ==, cases[i].figure);
    g_assert_cmpint (threshold->comparison, ==, cases[i].comparison);
    g_assert_cmpfloat_with_epsilon (threshold->percentile, cases[i].percentile, 1e-12);
    g_assert_cmpfloat_with_epsilon (threshold->value, cases[i].value, 1e-9);
  }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",           "p95",           "<200ms",
    "p95<",       "p95<200",       "p95=200ms",
    "p0<1s",      "p100<1s",       "p<1s",
    "p95<-1s",    "p95<nans",      "p95<0x5s",
    "p95<<1s",    "weight<1kg",    "failed<1",
    "failed<1s",  "throughput>1s", "time<1%",
    "p95<1 s 5",  "nope.p95<1s",   "thread-pool:0.p95<1s",
    "p95<1e400s", "\xff<1s",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MillThreshold) threshold = mill_threshold_parse (cases[i], &error);

    if (threshold != NULL)
      g_test_fail_printf ("“%s” was not refused", cases[i]);
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  }
}

static void
test_holds (void)
{
  static const struct {
    const char *text;
    double value;
    gboolean holds;
  } cases[] = {
    { "time<2s", 1.999, TRUE },  { "time<2s", 2, FALSE },     { "time<=2s", 2, TRUE },
    { "time<=2s", 2.01, FALSE }, { "time>2s", 2, FALSE },     { "time>2s", 2.01, TRUE },
    { "time>=2s", 2, TRUE },     { "time>=2s", 1.99, FALSE }, { "time<2s", NAN, FALSE },
    { "time>=2s", NAN, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillThreshold) threshold = mill_threshold_parse (cases[i].text, NULL);
    g_assert_cmpint (mill_threshold_holds (threshold, cases[i].value), ==, cases[i].holds);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threshold/read", test_read);
  g_test_add_func ("/threshold/refused", test_refused);
  g_test_add_func ("/threshold/holds", test_holds);
  return g_test_run ();
}
