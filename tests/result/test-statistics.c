/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "result/mill-statistics.h"

#define N(array) (guint) G_N_ELEMENTS (array)

/* The first outputs of splitmix64 from seed 1234567, as in Rosetta Code's task "Pseudo-random
 * numbers/Splitmix64". */
static void
test_random (void)
{
  MillRandom random = { 1234567 };

  g_assert_cmpuint (mill_random_next (&random), ==, G_GUINT64_CONSTANT (6457827717110365317));
  g_assert_cmpuint (mill_random_next (&random), ==, G_GUINT64_CONSTANT (3203168211198807973));
  g_assert_cmpuint (mill_random_next (&random), ==, G_GUINT64_CONSTANT (9817491932198370423));
  for (int i = 0; i < 1000; i++)
    g_assert_cmpuint (mill_random_below (&random, 7), <, 7);
}

/* R: quantile(c(15, 20, 35, 40, 50), type = 7). */
static void
test_quantiles (void)
{
  static const double values[] = { 40, 15, 50, 20, 35 };
  static const double even[] = { 4, 1, 3, 2 };

  g_assert_cmpfloat (mill_median (values, N (values)), ==, 35);
  g_assert_cmpfloat_with_epsilon (mill_quantile (values, N (values), 0.4), 29, 1e-12);
  g_assert_cmpfloat (mill_quantile (values, N (values), 0.25), ==, 20);
  g_assert_cmpfloat (mill_quantile (values, N (values), 0), ==, 15);
  g_assert_cmpfloat (mill_quantile (values, N (values), 1), ==, 50);
  g_assert_cmpfloat (mill_median (even, N (even)), ==, 2.5);
  g_assert_cmpfloat (mill_quantile (even, N (even), 0.25), ==, 1.75);
  g_assert_true (isnan (mill_median (values, 0)));
}

/* The worked example of the sample standard deviation: 2, 4, 4, 4, 5, 5, 7, 9 has the mean 5 and
 * a sum of squares of 32. */
static void
test_mean (void)
{
  static const double values[] = { 2, 4, 4, 4, 5, 5, 7, 9 };

  g_assert_cmpfloat (mill_mean (values, N (values)), ==, 5);
  g_assert_cmpfloat_with_epsilon (mill_stddev (values, N (values)), sqrt (32.0 / 7), 1e-12);
  g_assert_true (isnan (mill_stddev (values, 1)));
}

/* Of odd samples the bootstrap distribution of the median is known: it is at most the k-th of n
 * with the probability P(Binomial(n, k/n) >= (n + 1) / 2) (Efron: Bootstrap methods, Annals of
 * Statistics 1979, section 3). Of 7 values that is 0.010 for the first and 0.105 for the second,
 * so the 2.5 % quantile is the second. */
static void
test_bootstrap (void)
{
  static const double values[] = { 7, 1, 6, 2, 5, 3, 4 };
  static const double five[] = { 5, 1, 4, 2, 3 };
  double low, high, low_again, high_again;

  mill_bootstrap_median (values, N (values), &low, &high);
  g_assert_cmpfloat (low, ==, 2);
  g_assert_cmpfloat (high, ==, 6);
  mill_bootstrap_median (values, N (values), &low_again, &high_again);
  g_assert_cmpfloat (low, ==, low_again);
  g_assert_cmpfloat (high, ==, high_again);

  /* P(median of a resample is the smallest of 5) = 0.058 > 2.5 %: the ends. */
  mill_bootstrap_median (five, N (five), &low, &high);
  g_assert_cmpfloat (low, ==, 1);
  g_assert_cmpfloat (high, ==, 5);

  mill_bootstrap_median (five, 0, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

static void
test_bootstrap_ratio (void)
{
  static const double slow[] = { 8.0, 8.1, 8.2, 8.05, 8.15 };
  static const double fast[] = { 0.80, 0.81, 0.82, 0.805, 0.815 };
  static const double zero[] = { 0, 0, 0, 0, 0 };
  double low, high;

  mill_bootstrap_ratio (slow, N (slow), fast, N (fast), &low, &high);
  g_assert_cmpfloat (low, >, 8.0 / 0.82 - 1e-9);
  g_assert_cmpfloat (low, <, 10);
  g_assert_cmpfloat (high, <, 8.2 / 0.80 + 1e-9);
  g_assert_cmpfloat (high, >, 10);
  mill_bootstrap_ratio (slow, N (slow), zero, N (zero), &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

/* Two samples of n_a and n_b values without ties whose U is `u`: a takes the lowest ranks, and
 * its highest value moves up by u. */
static double
p_of_u (guint n_a, guint n_b, guint u)
{
  double a[32], b[32];
  double found;
  guint moved[32] = { 0 };
  double p;

  for (guint i = n_a; i-- > 0;) {
    moved[i] = MIN (u, n_b);
    u -= moved[i];
  }
  g_assert_cmpuint (u, ==, 0);
  for (guint i = 0; i < n_a; i++)
    a[i] = (double) (i + moved[i] * 100) + 0.5;
  for (guint i = 0; i < n_b; i++)
    b[i] = (double) (i * 100 + 99);
  p = mill_mann_whitney (a, n_a, b, n_b, &found);
  for (guint i = 0, sum = 0; i < n_a; sum += moved[i++])
    if (i == n_a - 1)
      g_assert_cmpfloat (found, ==, sum + moved[i]);
  return p;
}

/* The exact two-sided probabilities of the Mann-Whitney table (Mann and Whitney 1947, table I;
 * the same as R's 2 * pwilcox(U, n1, n2)). */
static void
test_mann_whitney_exact (void)
{
  g_assert_cmpfloat_with_epsilon (p_of_u (3, 3, 0), 2.0 / 20, 1e-12);
  g_assert_cmpfloat_with_epsilon (p_of_u (4, 4, 0), 2.0 / 70, 1e-12);
  g_assert_cmpfloat_with_epsilon (p_of_u (4, 4, 1), 4.0 / 70, 1e-12);
  g_assert_cmpfloat_with_epsilon (p_of_u (5, 5, 0), 2.0 / 252, 1e-12);
  g_assert_cmpfloat_with_epsilon (p_of_u (5, 5, 2), 8.0 / 252, 1e-12);
  g_assert_cmpfloat_with_epsilon (p_of_u (5, 5, 3), 14.0 / 252, 1e-12);
  /* Critical values at 5 %, two-sided: U = 8 for 7 and 7, 23 for 10 and 10, 127 for 20 and 20. */
  g_assert_cmpfloat (p_of_u (7, 7, 8), <=, 0.05);
  g_assert_cmpfloat (p_of_u (7, 7, 9), >, 0.05);
  g_assert_cmpfloat (p_of_u (10, 10, 23), <=, 0.05);
  g_assert_cmpfloat (p_of_u (10, 10, 24), >, 0.05);
  g_assert_cmpfloat (p_of_u (20, 20, 127), <=, 0.05);
  g_assert_cmpfloat (p_of_u (20, 20, 128), >, 0.05);
}

/* The example of R's ?wilcox.test (Hollander and Wolfe 1973, page 69: permeability of the
 * chorioamnion): W = 35, exact p = 0.1272 for alternative = "greater", so 0.2544 two-sided. */
static void
test_mann_whitney_r (void)
{
  static const double x[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 };
  static const double y[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
  double u;
  double p = mill_mann_whitney (x, N (x), y, N (y), &u);

  g_assert_cmpfloat (u, ==, 35);
  g_assert_cmpfloat_with_epsilon (p, 0.2544, 5e-5);
}

/* The example of SciPy's mannwhitneyu: ages of diagnosis of diabetes, males and females: U = 17,
 * exact p = 0.1111, asymptotic with continuity 0.11134688653314041. */
static void
test_mann_whitney_scipy (void)
{
  static const double males[] = { 19, 22, 16, 29, 24 };
  static const double females[] = { 20, 11, 17, 12 };
  double u;
  double p = mill_mann_whitney (males, N (males), females, N (females), &u);

  g_assert_cmpfloat (u, ==, 17);
  g_assert_cmpfloat_with_epsilon (p, 0.1111111111111111, 1e-12);
}

/* Ties by hand: ranks 1.5 1.5 4 4 4 7 7 7 and so on; the variance is that of Lehmann 1975,
 * n1 n2 / 12 (N + 1 - sum (t^3 - t) / (N (N - 1))). */
static void
test_mann_whitney_ties (void)
{
  static const double a[] = { 1, 1, 2, 2, 3 };
  static const double b[] = { 2, 3, 3, 4, 4 };
  /* Ranks: 1 1 -> 1.5, 2 2 2 -> 4, 3 3 3 -> 7, 4 4 -> 9.5. R_a = 3 + 8 + 7 = 18, U = 3. */
  double variance = 25.0 / 12.0 * (11.0 - (6 + 24 + 24 + 6) / 90.0);
  double u;
  double p = mill_mann_whitney (a, N (a), b, N (b), &u);

  g_assert_cmpfloat (u, ==, 3);
  g_assert_cmpfloat_with_epsilon (p, erfc ((12.5 - 3 - 0.5) / sqrt (variance) / sqrt (2.0)), 1e-12);
  g_assert_cmpfloat (mill_mann_whitney (a, 2, a, 2, NULL), ==, 1);
  g_assert_true (isnan (mill_mann_whitney (a, 0, b, N (b), NULL)));
}

static void
test_smallest (void)
{
  g_assert_cmpfloat_with_epsilon (mill_mann_whitney_smallest (3, 3), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (mill_mann_whitney_smallest (4, 4), 2.0 / 70, 1e-12);
  g_assert_cmpfloat (mill_mann_whitney_smallest (1, 1), ==, 1);
}

/* Quartiles 2.5 and 8.5 (type 7 of 1, 2, 3, 4, 8, 9, 30): fences at -6.5 and 17.5. */
static void
test_outliers (void)
{
  static const double values[] = { 1, 2, 3, 4, 8, 9, 30 };

  g_assert_cmpuint (mill_count_outliers (values, N (values)), ==, 1);
  g_assert_cmpuint (mill_count_outliers (values, N (values) - 1), ==, 0);
  g_assert_cmpuint (mill_count_outliers (values + 4, 3), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/random", test_random);
  g_test_add_func ("/statistics/quantiles", test_quantiles);
  g_test_add_func ("/statistics/mean", test_mean);
  g_test_add_func ("/statistics/bootstrap", test_bootstrap);
  g_test_add_func ("/statistics/bootstrap-ratio", test_bootstrap_ratio);
  g_test_add_func ("/statistics/mann-whitney/exact", test_mann_whitney_exact);
  g_test_add_func ("/statistics/mann-whitney/r", test_mann_whitney_r);
  g_test_add_func ("/statistics/mann-whitney/scipy", test_mann_whitney_scipy);
  g_test_add_func ("/statistics/mann-whitney/ties", test_mann_whitney_ties);
  g_test_add_func ("/statistics/mann-whitney/smallest", test_smallest);
  g_test_add_func ("/statistics/outliers", test_outliers);
  return g_test_run ();
}
