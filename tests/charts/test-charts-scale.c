/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-scale.h"

#include <math.h>

#define N_RANDOM 20000

/* Whether a step is 1, 2 or 5 times a power of ten. */
static gboolean
is_chosen_step (double step)
{
  double mantissa = step / pow (10.0, floor (log10 (step) + 1e-9));

  return fabs (mantissa - 1.0) < 1e-6 || fabs (mantissa - 2.0) < 1e-6 ||
         fabs (mantissa - 5.0) < 1e-6;
}

static void
check_ticks (const MillScale *scale, const MillTicks *ticks, int max_ticks, double divisor)
{
  double tolerance = (scale->max - scale->min) * 1e-6;

  g_assert_cmpuint (ticks->values->len, >=, 1);
  g_assert_cmpuint (ticks->values->len, <=, (guint) max_ticks);
  for (guint i = 0; i < ticks->values->len; i++) {
    double value = g_array_index (ticks->values, double, i);

    g_assert_true (isfinite (value));
    g_assert_cmpfloat (value, >=, scale->min - tolerance);
    g_assert_cmpfloat (value, <=, scale->max + tolerance);
    if (i > 0)
      g_assert_cmpfloat (value, >, g_array_index (ticks->values, double, i - 1));
  }
  if (ticks->step > 0.0)
    g_assert_true (is_chosen_step (ticks->step / divisor));
}

static void
test_linear_ticks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_RANDOM; i++) {
    double min =
        g_rand_int_range (random, 0, 3) == 0
            ? 0.0
            : pow (10.0, g_rand_double_range (random, -9, 9)) * (g_rand_boolean (random) ? 1 : -1);
    double max = min + pow (10.0, g_rand_double_range (random, -9, 12));
    int max_ticks = g_rand_int_range (random, 2, 15);
    const MillAxisUnit unit = { g_rand_boolean (random) ? 1.0 : 1048576.0, "" };
    MillScale scale = mill_scale_linear (min, max, 0, 100);
    g_auto (MillTicks) ticks = { 0 };

    mill_scale_ticks (&scale, max_ticks, FALSE, &unit, &ticks);
    check_ticks (&scale, &ticks, max_ticks, unit.divisor);
    /* A domain from zero always shows more than its zero. */
    if (min == 0.0 && max_ticks >= 3)
      g_assert_cmpuint (ticks.values->len, >=, 2);
  }
}

static void
test_log_ticks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_RANDOM; i++) {
    double min = pow (10.0, g_rand_double_range (random, -9, 9));
    double max = min * pow (10.0, g_rand_double_range (random, 0.0, 12));
    int max_ticks = g_rand_int_range (random, 2, 15);
    const MillAxisUnit unit = { 1.0, "" };
    MillScale scale = mill_scale_log (min, max, 0, 100);
    g_auto (MillTicks) ticks = { 0 };

    mill_scale_ticks (&scale, max_ticks, FALSE, &unit, &ticks);
    check_ticks (&scale, &ticks, max_ticks, 1.0);
  }
}

/* Bytes on a log axis stand at round numbers of their units. */
static void
test_log_ticks_of_bytes (void)
{
  const MillAxisUnit unit = mill_axis_unit_choose (MILL_UNIT_BYTES, 3e9);
  const double kib = 1024, mib = kib * 1024, gib = mib * 1024;
  const double expected[] = { 5 * kib, 10 * kib, 50 * kib, 100 * kib, 500 * kib, mib,
                              5 * mib, 10 * mib, 50 * mib, 100 * mib, 500 * mib, gib };
  MillScale scale = mill_scale_log (4000, 3e9, 0, 100);
  g_auto (MillTicks) ticks = { 0 };

  mill_scale_ticks (&scale, 12, FALSE, &unit, &ticks);
  g_assert_cmpuint (ticks.values->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < ticks.values->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (ticks.values, double, i) / expected[i], 1, 1e-9);
}

static void
test_map_inverts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < N_RANDOM; i++) {
    double min = pow (10.0, g_rand_double_range (random, -6, 6));
    double max = min * g_rand_double_range (random, 1.01, 1e6);
    double value = g_rand_double_range (random, min, max);
    MillScale scale = g_rand_boolean (random) ? mill_scale_log (min, max, 500, 20)
                                              : mill_scale_linear (min, max, 500, 20);
    double position = mill_scale_map (&scale, value);

    g_assert_cmpfloat (position, >=, 20 - 1e-6);
    g_assert_cmpfloat (position, <=, 500 + 1e-6);
    g_assert_cmpfloat_with_epsilon (mill_scale_invert (&scale, position), value, value * 1e-6);
  }
}

static void
test_bad_domains (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY, 0.0, -1.0, 1.0, 1e308, -1e308, 5e-324 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (bad); k++) {
      for (int logarithmic = 0; logarithmic < 2; logarithmic++) {
        MillScale scale = logarithmic ? mill_scale_log (bad[i], bad[k], 0, 100)
                                      : mill_scale_linear (bad[i], bad[k], 0, 100);
        const MillAxisUnit unit = mill_axis_unit_choose (MILL_UNIT_COUNT, scale.max);
        g_auto (MillTicks) ticks = { 0 };

        g_assert_true (isfinite (scale.min) && isfinite (scale.max));
        g_assert_cmpfloat (scale.max, >, scale.min);
        mill_scale_ticks (&scale, 8, FALSE, &unit, &ticks);
        g_assert_cmpuint (ticks.values->len, >=, 1);
        g_assert_cmpuint (ticks.values->len, <=, 8);
        for (guint v = 0; v < G_N_ELEMENTS (bad); v++)
          g_assert_true (isfinite (mill_scale_map (&scale, bad[v])));
        mill_scale_nice (&scale, 5);
        g_assert_cmpfloat (scale.max, >, scale.min);
      }
    }
  }
}

static void
test_integers (void)
{
  MillScale scale = mill_scale_linear (0, 3, 0, 100);
  const MillAxisUnit unit = { 1.0, "" };
  g_auto (MillTicks) ticks = { 0 };

  mill_scale_ticks (&scale, 10, TRUE, &unit, &ticks);
  g_assert_cmpuint (ticks.values->len, ==, 4);
  g_assert_cmpfloat (ticks.step, ==, 1.0);
}

static void
test_nice (void)
{
  MillScale linear = mill_scale_linear (0.3, 8.05, 0, 100);
  MillScale logarithmic = mill_scale_log (17, 740, 0, 100);

  mill_scale_nice (&linear, 5);
  g_assert_cmpfloat (linear.min, ==, 0.0);
  g_assert_cmpfloat (linear.max, ==, 10.0);
  mill_scale_nice (&logarithmic, 5);
  g_assert_cmpfloat_with_epsilon (logarithmic.min, 10.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (logarithmic.max, 1000.0, 1e-9);
}

static void
test_quantities (void)
{
  static const struct {
    double value;
    MillUnit unit;
    const char *text;
  } cases[] = {
    { 8.05, MILL_UNIT_SECONDS, "8.05\u00a0s" },
    { 0.41, MILL_UNIT_SECONDS, "0.41\u00a0s" },
    { 0.0123, MILL_UNIT_SECONDS, "12.3\u00a0ms" },
    { 0.0000456, MILL_UNIT_SECONDS, "45.6\u00a0µs" },
    { 1980, MILL_UNIT_SECONDS, "1,980\u00a0s" },
    { 0, MILL_UNIT_SECONDS, "0\u00a0s" },
    { 19.7, MILL_UNIT_RATIO, "20\u00a0×" },
    { 1.0, MILL_UNIT_RATIO, "1\u00a0×" },
    { 4.58, MILL_UNIT_RATIO, "4.6\u00a0×" },
    { 1.0023, MILL_UNIT_RATIO, "1.002\u00a0×" },
    { 4717.2, MILL_UNIT_PER_SECOND, "4,717" },
    { 9.9, MILL_UNIT_PER_SECOND, "9.9" },
    { 18.0 * 1048576, MILL_UNIT_BYTES, "18\u00a0MiB" },
    { 1.5 * 1024, MILL_UNIT_BYTES_PER_SECOND, "1.5\u00a0KiB/s" },
    { 95.4, MILL_UNIT_PERCENT, "95\u00a0%" },
    { NAN, MILL_UNIT_SECONDS, "–" },
    { INFINITY, MILL_UNIT_COUNT, "∞" },
    { -1.5, MILL_UNIT_SECONDS, "\u22121.50\u00a0s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        mill_quantity_to_string (&mill_number_format_plain, cases[i].value, cases[i].unit);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* What was asked for keeps the digits it was asked with. */
static void
test_given (void)
{
  static const struct {
    double value;
    MillUnit unit;
    const char *text;
  } cases[] = {
    { 0, MILL_UNIT_BYTES, "0\u00a0B" },        { 100, MILL_UNIT_BYTES, "100\u00a0B" },
    { 1000, MILL_UNIT_BYTES, "1\u00a0kB" },    { 10000000, MILL_UNIT_BYTES, "10\u00a0MB" },
    { 65536, MILL_UNIT_BYTES, "64\u00a0KiB" }, { 1234567, MILL_UNIT_BYTES, "1,234,567\u00a0B" },
    { 0.001, MILL_UNIT_SECONDS, "1\u00a0ms" }, { 0.0125, MILL_UNIT_SECONDS, "12.5\u00a0ms" },
    { 0.5, MILL_UNIT_SECONDS, "0.5\u00a0s" },  { 0, MILL_UNIT_SECONDS, "0\u00a0s" },
    { 5000, MILL_UNIT_COUNT, "5,000" },        { 0.25, MILL_UNIT_COUNT, "0.25" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        mill_quantity_given_to_string (&mill_number_format_plain, cases[i].value, cases[i].unit);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_marks (void)
{
  const MillNumberFormat german = { ",", "." };
  const MillNumberFormat swiss = { ".", "\u2019" };
  g_autofree char *first = mill_quantity_number_to_string (&german, 1234567.891, 2);
  g_autofree char *second = mill_quantity_number_to_string (&swiss, 1234567.891, 0);
  g_autofree char *zero = mill_quantity_number_to_string (&german, -0.0001, 2);

  g_assert_cmpstr (first, ==, "1.234.567,89");
  g_assert_cmpstr (second, ==, "1\u2019234\u2019568");
  g_assert_cmpstr (zero, ==, "0,00");
}

static void
test_tick_texts (void)
{
  const MillAxisUnit seconds = mill_axis_unit_choose (MILL_UNIT_SECONDS, 8.0);
  const MillAxisUnit milliseconds = mill_axis_unit_choose (MILL_UNIT_SECONDS, 0.5);
  const MillAxisUnit thousands = mill_axis_unit_choose (MILL_UNIT_COUNT, 200000);
  const struct {
    double value, step;
    MillUnit unit;
    const MillAxisUnit *axis_unit;
    const char *text;
  } cases[] = {
    { 0, 2, MILL_UNIT_SECONDS, &seconds, "0" },
    { 2, 2, MILL_UNIT_SECONDS, &seconds, "2\u00a0s" },
    { 0.5, 0.5, MILL_UNIT_SECONDS, &seconds, "0.5\u00a0s" },
    { 0.2, 0.1, MILL_UNIT_SECONDS, &milliseconds, "200\u00a0ms" },
    { 50000, 50000, MILL_UNIT_COUNT, &thousands, "50\u00a0k" },
    /* A log axis: each by itself. */
    { 10000, 0, MILL_UNIT_COUNT, &thousands, "10,000" },
    { 100000, 0, MILL_UNIT_COUNT, &thousands, "100\u00a0k" },
    { 1000000, 0, MILL_UNIT_COUNT, &thousands, "1\u00a0M" },
    { 5e9, 0, MILL_UNIT_PER_SECOND, &thousands, "5\u00a0G" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = mill_tick_to_string (&mill_number_format_plain, cases[i].value,
                                                 cases[i].step, cases[i].unit, cases[i].axis_unit);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_ranges (void)
{
  static const struct {
    double low, high;
    MillUnit unit;
    const char *text;
  } ranges[] = {
    { 0.41, 0.43, MILL_UNIT_SECONDS, "0.41\u00a0s to 0.43\u00a0s" },
    { 0.4213, 0.4239, MILL_UNIT_SECONDS, "0.421\u00a0s to 0.424\u00a0s" },
    { 0.42131, 0.42139, MILL_UNIT_SECONDS, "0.4213\u00a0s to 0.4214\u00a0s" },
    { 0.42, 0.42, MILL_UNIT_SECONDS, "0.42\u00a0s" },
    { 0.0991, 0.412, MILL_UNIT_SECONDS, "0.10\u00a0s to 0.41\u00a0s" },
    { 4717.2, 4717.4, MILL_UNIT_PER_SECOND, "4,717.2 to 4,717.4" },
    { 0.42, NAN, MILL_UNIT_SECONDS, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++) {
    g_autofree char *text = mill_quantity_range_to_string (&mill_number_format_plain, ranges[i].low,
                                                           ranges[i].high, ranges[i].unit);

    g_assert_cmpstr (text, ==, ranges[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/scale/linear-ticks", test_linear_ticks);
  g_test_add_func ("/charts/scale/log-ticks", test_log_ticks);
  g_test_add_func ("/charts/scale/log-ticks-of-bytes", test_log_ticks_of_bytes);
  g_test_add_func ("/charts/scale/map-inverts", test_map_inverts);
  g_test_add_func ("/charts/scale/bad-domains", test_bad_domains);
  g_test_add_func ("/charts/scale/integers", test_integers);
  g_test_add_func ("/charts/scale/nice", test_nice);
  g_test_add_func ("/charts/quantity/quantities", test_quantities);
  g_test_add_func ("/charts/quantity/ranges", test_ranges);
  g_test_add_func ("/charts/quantity/given", test_given);
  g_test_add_func ("/charts/quantity/marks", test_marks);
  g_test_add_func ("/charts/quantity/ticks", test_tick_texts);
  return g_test_run ();
}
