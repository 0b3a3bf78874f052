/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "result/mill-statistics.h"

#define SEED G_GUINT64_CONSTANT (0x7472656164)

guint64
mill_random_next (MillRandom *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
mill_random_below (MillRandom *random, guint bound)
{
  return (guint) (((mill_random_next (random) >> 32) * bound) >> 32);
}

double
mill_mean (const double *values, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  return n == 0 ? NAN : sum / n;
}

double
mill_stddev (const double *values, guint n)
{
  double mean = mill_mean (values, n);
  double squares = 0;

  for (guint i = 0; i < n; i++)
    squares += (values[i] - mean) * (values[i] - mean);
  return n < 2 ? NAN : sqrt (squares / (n - 1));
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Insertion sort for the few values of a resample, quicksort for more. */
static void
sort (double *values, guint n)
{
  if (n > 32) {
    qsort (values, n, sizeof *values, compare_doubles);
    return;
  }
  for (guint i = 1; i < n; i++) {
    double value = values[i];
    guint j = i;

    for (; j > 0 && values[j - 1] > value; j--)
      values[j] = values[j - 1];
    values[j] = value;
  }
}

static double
sorted_quantile (const double *sorted, guint n, double probability)
{
  double at = (n - 1) * CLAMP (probability, 0.0, 1.0);
  guint below = (guint) at;
  double part = at - below;

  if (below + 1 >= n)
    return sorted[n - 1];
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double
mill_quantile (const double *values, guint n, double probability)
{
  g_autofree double *sorted = NULL;

  if (n == 0)
    return NAN;
  sorted = g_memdup2 (values, n * sizeof *values);
  sort (sorted, n);
  return sorted_quantile (sorted, n, probability);
}

double
mill_median (const double *values, guint n)
{
  return mill_quantile (values, n, 0.5);
}

static double
resampled_median (MillRandom *random, const double *values, guint n, double *scratch)
{
  for (guint i = 0; i < n; i++)
    scratch[i] = values[mill_random_below (random, n)];
  sort (scratch, n);
  return sorted_quantile (scratch, n, 0.5);
}

/* The interval of median(a), or of median(a) / median(b) where there is a b. */
static void
bootstrap (const double *a, guint n_a, const double *b, guint n_b, double *low, double *high)
{
  g_autofree double *medians = g_new (double, MILL_BOOTSTRAP_RESAMPLES);
  g_autofree double *scratch = g_new (double, MAX (n_a, n_b));
  MillRandom random = { SEED };

  for (guint i = 0; i < MILL_BOOTSTRAP_RESAMPLES; i++) {
    medians[i] = resampled_median (&random, a, n_a, scratch);
    if (b != NULL)
      medians[i] /= resampled_median (&random, b, n_b, scratch);
    if (!isfinite (medians[i])) {
      *low = *high = NAN;
      return;
    }
  }
  sort (medians, MILL_BOOTSTRAP_RESAMPLES);
  *low = sorted_quantile (medians, MILL_BOOTSTRAP_RESAMPLES, 0.025);
  *high = sorted_quantile (medians, MILL_BOOTSTRAP_RESAMPLES, 0.975);
}

void
mill_bootstrap_median (const double *values, guint n, double *low, double *high)
{
  *low = *high = NAN;
  if (n > 0)
    bootstrap (values, n, NULL, 0, low, high);
}

void
mill_bootstrap_ratio (
    const double *a, guint n_a, const double *b, guint n_b, double *low, double *high)
{
  *low = *high = NAN;
  if (n_a > 0 && n_b > 0)
    bootstrap (a, n_a, b, n_b, low, high);
}

typedef struct {
  double value;
  gboolean of_a;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  return compare_doubles (&((const Ranked *) a)->value, &((const Ranked *) b)->value);
}

/* U of a; *ties becomes the sum of t^3 - t over the groups of equal values. */
static double
rank_sum (const double *a, guint n_a, const double *b, guint n_b, double *ties)
{
  guint n = n_a + n_b;
  g_autofree Ranked *all = g_new (Ranked, n);
  double rank_sum_a = 0;

  for (guint i = 0; i < n; i++)
    all[i] = i < n_a ? (Ranked){ a[i], TRUE } : (Ranked){ b[i - n_a], FALSE };
  qsort (all, n, sizeof *all, compare_ranked);

  *ties = 0;
  for (guint i = 0; i < n;) {
    guint end = i + 1;

    while (end < n && all[end].value <= all[i].value)
      end++;
    double group = end - i;
    double rank = (i + 1 + end) / 2.0;

    for (guint j = i; j < end; j++)
      rank_sum_a += all[j].of_a ? rank : 0;
    *ties += group * group * group - group;
    i = end;
  }
  return rank_sum_a - n_a * (n_a + 1.0) / 2.0;
}

/* How many ways there are to choose `a` of a + b. */
static double
arrangements (guint n_a, guint n_b)
{
  double count = 1;

  for (guint i = 1; i <= n_a; i++)
    count *= (double) (n_b + i) / i;
  return count;
}

/* P(U <= u) by counting arrangements: as many have that U as the coefficient of q^U in the
 * Gaussian binomial (n_a + n_b over n_a), the product of (1 - q^(n_b + i)) / (1 - q^i). Each
 * coefficient rests on lower ones alone, so those above u are not needed. */
static double
exact_at_most (guint u, guint n_a, guint n_b)
{
  guint size = u + 1;
  g_autofree double *ways = g_new0 (double, size);
  double at_most = 0;

  ways[0] = 1;
  for (guint i = 1; i <= n_a; i++) {
    for (guint j = size; j-- > n_b + i;)
      ways[j] -= ways[j - n_b - i];
    for (guint j = i; j < size; j++)
      ways[j] += ways[j - i];
  }
  for (guint i = 0; i < size; i++)
    at_most += ways[i];
  return at_most / arrangements (n_a, n_b);
}

double
mill_mann_whitney (const double *a, guint n_a, const double *b, guint n_b, double *u)
{
  double ties, smaller, mean, variance, n = (double) n_a + n_b;
  double u_a;

  if (n_a == 0 || n_b == 0)
    return NAN;
  u_a = rank_sum (a, n_a, b, n_b, &ties);
  if (u != NULL)
    *u = u_a;
  smaller = MIN (u_a, (double) n_a * n_b - u_a);
  if (ties <= 0 && MAX (n_a, n_b) <= MILL_MANN_WHITNEY_EXACT)
    return MIN (1.0, 2.0 * exact_at_most ((guint) smaller, n_a, n_b));

  mean = (double) n_a * n_b / 2.0;
  variance = (double) n_a * n_b / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
  if (variance <= 0)
    return 1.0;
  return MIN (1.0, erfc (MAX (0.0, mean - smaller - 0.5) / sqrt (variance) / M_SQRT2));
}

double
mill_mann_whitney_smallest (guint n_a, guint n_b)
{
  return MIN (1.0, 2.0 / arrangements (n_a, n_b));
}

guint
mill_count_outliers (const double *values, guint n)
{
  double lower, upper, range;
  guint outliers = 0;

  if (n < 4)
    return 0;
  lower = mill_quantile (values, n, 0.25);
  upper = mill_quantile (values, n, 0.75);
  range = 1.5 * (upper - lower);
  for (guint i = 0; i < n; i++)
    outliers += values[i] < lower - range || values[i] > upper + range;
  return outliers;
}
