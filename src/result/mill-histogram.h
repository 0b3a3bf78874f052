/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The largest value with a bucket of its own: two hours. */
#define MILL_HISTOGRAM_MAX_US (G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC)
/* The most values that a histogram read from a file may claim. */
#define MILL_HISTOGRAM_MAX_COUNT G_GINT64_CONSTANT (1000000000000)

/* Log-linear buckets of microseconds with three significant digits, as HdrHistogram's
 * (hdrhistogram.org): exact merging, any percentile within 0.1 %. Values outside 0 to two
 * hours are counted in the first or last bucket and noted, never lost. */
typedef struct _MillHistogram MillHistogram;

/**
 * mill_histogram_new:
 *
 * Returns: (transfer full): an empty histogram
 */
MillHistogram *mill_histogram_new (void);

/**
 * mill_histogram_copy:
 *
 * Returns: (transfer full): an equal histogram of its own
 */
MillHistogram *mill_histogram_copy (const MillHistogram *histogram);
void mill_histogram_free (MillHistogram *histogram);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillHistogram, mill_histogram_free)

/**
 * mill_histogram_add:
 * @value_us: a duration in microseconds; below zero counts as zero, and above two hours in
 *   the last bucket; both are noted in mill_histogram_out_of_range()
 */
void mill_histogram_add (MillHistogram *histogram, gint64 value_us);

/**
 * mill_histogram_add_n:
 * @value_us: as in mill_histogram_add()
 * @n: how often, at least 0
 */
void mill_histogram_add_n (MillHistogram *histogram, gint64 value_us, gint64 n);

/**
 * mill_histogram_merge:
 * @histogram: grows by the values of @other
 * @other: stays as it is
 *
 * Adds bucket by bucket: the counts are the same as if all values had been added to one.
 */
void mill_histogram_merge (MillHistogram *histogram, const MillHistogram *other);

/* The number of values, those out of range among them. */
gint64 mill_histogram_count (const MillHistogram *histogram);
/* How many values lay below zero or above two hours. */
gint64 mill_histogram_out_of_range (const MillHistogram *histogram);
/* The exact smallest and largest value in microseconds; 0 when empty. */
gint64 mill_histogram_min (const MillHistogram *histogram);
gint64 mill_histogram_max (const MillHistogram *histogram);
/* The exact mean in microseconds; NAN when empty. */
double mill_histogram_mean (const MillHistogram *histogram);
/* The sample standard deviation (n - 1) in microseconds; NAN below two values. */
double mill_histogram_stddev (const MillHistogram *histogram);

/**
 * mill_histogram_percentile:
 * @percent: 0 to 100
 *
 * The smallest value that at least @percent of the values do not exceed (nearest rank), as the
 * upper end of its bucket, and never beyond the smallest or largest value.
 *
 * Returns: microseconds; 0 when empty
 */
gint64 mill_histogram_percentile (const MillHistogram *histogram, double percent);

/**
 * mill_histogram_count_at_most:
 * @value_us: microseconds
 *
 * Returns: how many values are at most @value_us (the cumulative curve), with the resolution
 *   of a bucket
 */
gint64 mill_histogram_count_at_most (const MillHistogram *histogram, gint64 value_us);

/**
 * mill_percentile_is_carried:
 * @count: number of samples
 * @percent: 0 to 100
 *
 * Whether so many samples carry a percentile: at least five are expected on either side of it,
 * the usual condition n p >= 5 and n (1 - p) >= 5 for the sampling error of a quantile (a
 * binomial proportion) to be described at all. So 80 requests carry p50, p75 and p90, not p99;
 * p99 needs 500 and p99.9 needs 5,000.
 */
gboolean mill_percentile_is_carried (gint64 count, double percent);

/* The fewest samples that carry a percentile; @percent lies between 0 and 100, without both. */
gint64 mill_percentile_needed_count (double percent);

typedef void (*MillBucketFunc) (gint64 low_us, gint64 high_us, gint64 count, gpointer data);

/**
 * mill_histogram_foreach:
 * @func: called for every bucket that is not empty, in ascending order, with its smallest and
 *   largest microsecond (both belong to it)
 */
void mill_histogram_foreach (const MillHistogram *histogram, MillBucketFunc func, gpointer data);

/**
 * mill_histogram_to_json:
 *
 * Returns: (transfer full): an object with `count`, `out_of_range`, `min_us`, `max_us`,
 *   `sum_us`, `sum_squares_us2` and `buckets`, each bucket as [low, high, count]
 */
JsonNode *mill_histogram_to_json (const MillHistogram *histogram);

/**
 * mill_histogram_from_json:
 *
 * Reads what mill_histogram_to_json() wrote, treating it as hostile.
 *
 * Returns: (transfer full): the histogram, or NULL with MILL_ERROR_INVALID
 */
MillHistogram *mill_histogram_from_json (JsonNode *node, GError **error);

G_END_DECLS
