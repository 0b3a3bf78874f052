/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many resamples a bootstrap draws; the same seed each time, so the same data always give
 * the same interval. */
#define MILL_BOOTSTRAP_RESAMPLES 2000

/* A small generator of its own, so that an interval does not depend on the library's: SplitMix64
 * (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). */
typedef struct {
  guint64 state;
} MillRandom;

/* The next 64 bits. */
guint64 mill_random_next (MillRandom *random);
/* A number from 0 to bound - 1 (Lemire's multiplication; its bias of bound / 2^32 is far below
 * what a bootstrap resolves). */
guint mill_random_below (MillRandom *random, guint bound);

/* The mean; NAN when empty. */
double mill_mean (const double *values, guint n);
/* The sample standard deviation (n - 1); NAN below two values. */
double mill_stddev (const double *values, guint n);

/**
 * mill_quantile:
 * @values: in any order; not changed
 * @n: how many
 * @probability: 0 to 1
 *
 * The quantile of type 7, linear between the order statistics, as R and NumPy do by default
 * (Hyndman and Fan: Sample quantiles in statistical packages, 1996).
 *
 * Returns: NAN when empty
 */
double mill_quantile (const double *values, guint n, double probability);
double mill_median (const double *values, guint n);

/**
 * mill_bootstrap_median:
 * @low: (out): the 2.5 % quantile of the medians of the resamples
 * @high: (out): the 97.5 % quantile
 *
 * The percentile interval of the median (Efron and Tibshirani: An introduction to the
 * bootstrap, 1993, chapter 13). Both are NAN when empty.
 */
void mill_bootstrap_median (const double *values, guint n, double *low, double *high);

/**
 * mill_bootstrap_ratio:
 * @a: the sample in the numerator
 * @b: the sample in the denominator
 *
 * The percentile interval of median(a) / median(b), both resampled on their own. NAN where a
 * sample is empty or the ratio is not finite.
 */
void mill_bootstrap_ratio (
    const double *a, guint n_a, const double *b, guint n_b, double *low, double *high);

/**
 * mill_mann_whitney:
 * @a: one sample
 * @b: the other
 * @u: (out) (optional): U of the first sample, ties counting one half
 *
 * The two-sided Mann-Whitney U test (Wilcoxon rank sum): exact by counting the arrangements
 * where there are no ties and both samples have at most MILL_MANN_WHITNEY_EXACT values, else by
 * the normal approximation with the correction for ties and for continuity. The same as R's
 * wilcox.test and SciPy's mannwhitneyu.
 *
 * Returns: the probability of a difference at least as large if there were none; 1 when all
 *   values are equal; NAN when a sample is empty
 */
double mill_mann_whitney (const double *a, guint n_a, const double *b, guint n_b, double *u);
#define MILL_MANN_WHITNEY_EXACT 49

/**
 * mill_mann_whitney_smallest:
 *
 * Returns: the smallest p that the exact test can reach with samples of these sizes,
 *   2 / (n_a + n_b over n_a): 0.1 of 3 and 3, so that they can never carry a verdict
 */
double mill_mann_whitney_smallest (guint n_a, guint n_b);

/**
 * mill_count_outliers:
 *
 * How many values lie beyond Tukey's fences, 1.5 interquartile ranges below the lower or above
 * the upper quartile (Tukey: Exploratory data analysis, 1977; quartiles of type 7).
 *
 * Returns: 0 below four values
 */
guint mill_count_outliers (const double *values, guint n);

G_END_DECLS
