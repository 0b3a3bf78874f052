/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-histogram.h"

/* The layout is HdrHistogram's for three significant digits: 2,048 linear steps of 1 µs, then
 * for each doubling 1,024 steps of twice the width, so a bucket is at most 1/1,024 (0.1 %) of
 * its values wide. The counts grow with the largest value seen: 200 ms take 9,216 buckets. */
#define SUB_BITS 11
#define SUB_COUNT (1 << SUB_BITS)
#define SUB_HALF (SUB_COUNT / 2)
#define MAX_BUCKETS ((33 - SUB_BITS + 2) * SUB_HALF) /* 2 h have 33 bits of microseconds */
/* Expected on either side of a percentile. */
#define MIN_SAMPLES_BEYOND 5.0

struct _MillHistogram {
  GArray *counts; /* gint64 */
  gint64 count;
  gint64 out_of_range;
  gint64 min_us;
  gint64 max_us;
  double sum_us;
  double sum_squares; /* of microseconds */
};

static guint
bucket_of (gint64 value_us)
{
  /* Not g_bit_storage: its gulong has 32 bits on Windows. */
  guint bits = 64 - (guint) __builtin_clzll ((guint64) value_us | (SUB_COUNT - 1));
  guint shift = bits - SUB_BITS;

  return (shift << (SUB_BITS - 1)) + (guint) (value_us >> shift);
}

/* Below it every count is zero: a second of waiting leaves thousands of empty buckets. */
static guint
first_bucket (const MillHistogram *histogram)
{
  return bucket_of (MIN (histogram->min_us, MILL_HISTOGRAM_MAX_US));
}

static void
bucket_range (guint bucket, gint64 *low_us, gint64 *high_us)
{
  guint shift = bucket < SUB_COUNT ? 0 : (bucket >> (SUB_BITS - 1)) - 1;
  gint64 sub = (gint64) bucket - ((gint64) shift << (SUB_BITS - 1));

  *low_us = sub << shift;
  *high_us = ((sub + 1) << shift) - 1;
}

MillHistogram *
mill_histogram_new (void)
{
  MillHistogram *histogram = g_new0 (MillHistogram, 1);

  histogram->counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  return histogram;
}

MillHistogram *
mill_histogram_copy (const MillHistogram *histogram)
{
  MillHistogram *copy = mill_histogram_new ();

  mill_histogram_merge (copy, histogram);
  return copy;
}

void
mill_histogram_free (MillHistogram *histogram)
{
  if (histogram == NULL)
    return;
  g_array_unref (histogram->counts);
  g_free (histogram);
}

static gint64 *
slot (MillHistogram *histogram, guint bucket)
{
  if (bucket >= histogram->counts->len)
    g_array_set_size (histogram->counts, MIN ((bucket / SUB_HALF + 1) * SUB_HALF, MAX_BUCKETS));
  return &g_array_index (histogram->counts, gint64, bucket);
}

void
mill_histogram_add (MillHistogram *histogram, gint64 value_us)
{
  mill_histogram_add_n (histogram, value_us, 1);
}

void
mill_histogram_add_n (MillHistogram *histogram, gint64 value_us, gint64 n)
{
  g_return_if_fail (n >= 0);
  if (n == 0)
    return;

  if (value_us < 0 || value_us > MILL_HISTOGRAM_MAX_US)
    histogram->out_of_range += n;
  value_us = MAX (value_us, 0);
  *slot (histogram, bucket_of (MIN (value_us, MILL_HISTOGRAM_MAX_US))) += n;

  histogram->min_us = histogram->count == 0 ? value_us : MIN (histogram->min_us, value_us);
  histogram->max_us = MAX (histogram->max_us, value_us);
  histogram->count += n;
  histogram->sum_us += (double) value_us * (double) n;
  histogram->sum_squares += (double) value_us * (double) value_us * (double) n;
}

void
mill_histogram_merge (MillHistogram *histogram, const MillHistogram *other)
{
  if (other->count == 0)
    return;

  if (other->counts->len > 0)
    slot (histogram, other->counts->len - 1);
  for (guint i = first_bucket (other); i < other->counts->len; i++)
    g_array_index (histogram->counts, gint64, i) += g_array_index (other->counts, gint64, i);

  histogram->min_us =
      histogram->count == 0 ? other->min_us : MIN (histogram->min_us, other->min_us);
  histogram->max_us = MAX (histogram->max_us, other->max_us);
  histogram->count += other->count;
  histogram->out_of_range += other->out_of_range;
  histogram->sum_us += other->sum_us;
  histogram->sum_squares += other->sum_squares;
}

gint64
mill_histogram_count (const MillHistogram *histogram)
{
  return histogram->count;
}

gint64
mill_histogram_out_of_range (const MillHistogram *histogram)
{
  return histogram->out_of_range;
}

gint64
mill_histogram_min (const MillHistogram *histogram)
{
  return histogram->min_us;
}

gint64
mill_histogram_max (const MillHistogram *histogram)
{
  return histogram->max_us;
}

double
mill_histogram_mean (const MillHistogram *histogram)
{
  return histogram->count == 0 ? NAN : histogram->sum_us / (double) histogram->count;
}

double
mill_histogram_stddev (const MillHistogram *histogram)
{
  if (histogram->count < 2)
    return NAN;

  double n = (double) histogram->count;
  double squares = histogram->sum_squares - histogram->sum_us * histogram->sum_us / n;

  return sqrt (MAX (squares, 0.0) / (n - 1.0));
}

gint64
mill_histogram_percentile (const MillHistogram *histogram, double percent)
{
  if (histogram->count == 0)
    return 0;

  /* Nearest rank; the small term keeps 99.9 % of 1,000 at 999 despite binary fractions. */
  double rank = ceil (CLAMP (percent, 0.0, 100.0) / 100.0 * (double) histogram->count - 1e-9);
  gint64 wanted = CLAMP ((gint64) rank, 1, histogram->count);
  gint64 seen = 0;

  for (guint i = first_bucket (histogram); i < histogram->counts->len; i++) {
    seen += g_array_index (histogram->counts, gint64, i);
    if (seen >= wanted) {
      gint64 low, high;

      bucket_range (i, &low, &high);
      if (high >= MILL_HISTOGRAM_MAX_US)
        high = histogram->max_us;
      return CLAMP (high, histogram->min_us, histogram->max_us);
    }
  }
  return histogram->max_us;
}

gint64
mill_histogram_count_at_most (const MillHistogram *histogram, gint64 value_us)
{
  gint64 seen = 0;

  if (value_us < 0)
    return 0;
  if (value_us >= histogram->max_us)
    return histogram->count;
  for (guint i = 0; i < histogram->counts->len; i++) {
    gint64 low, high;

    bucket_range (i, &low, &high);
    if (low > value_us)
      break;
    seen += g_array_index (histogram->counts, gint64, i);
  }
  return seen;
}

gboolean
mill_percentile_is_carried (gint64 count, double percent)
{
  double beyond = (double) count * (100.0 - percent) / 100.0;
  double within = (double) count * percent / 100.0;

  return MIN (beyond, within) >= MIN_SAMPLES_BEYOND - 1e-6;
}

gint64
mill_percentile_needed_count (double percent)
{
  gint64 count = (gint64) (MIN_SAMPLES_BEYOND * 100.0 / MIN (percent, 100.0 - percent));

  /* Down, then up: the division rounds. */
  for (count = MAX (count - 1, 1); !mill_percentile_is_carried (count, percent); count++)
    continue;
  return count;
}

void
mill_histogram_foreach (const MillHistogram *histogram, MillBucketFunc func, gpointer data)
{
  for (guint i = 0; i < histogram->counts->len; i++) {
    gint64 count = g_array_index (histogram->counts, gint64, i);
    gint64 low, high;

    if (count == 0)
      continue;
    bucket_range (i, &low, &high);
    func (low, high, count, data);
  }
}

static void
add_bucket_json (gint64 low_us, gint64 high_us, gint64 count, gpointer data)
{
  JsonArray *bucket = json_array_sized_new (3);

  json_array_add_int_element (bucket, low_us);
  json_array_add_int_element (bucket, high_us);
  json_array_add_int_element (bucket, count);
  json_array_add_array_element (data, bucket);
}

JsonNode *
mill_histogram_to_json (const MillHistogram *histogram)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *buckets = json_array_new ();

  json_object_set_int_member (object, "count", histogram->count);
  json_object_set_int_member (object, "out_of_range", histogram->out_of_range);
  json_object_set_int_member (object, "min_us", histogram->min_us);
  json_object_set_int_member (object, "max_us", histogram->max_us);
  json_object_set_double_member (object, "sum_us", histogram->sum_us);
  json_object_set_double_member (object, "sum_squares_us2", histogram->sum_squares);
  mill_histogram_foreach (histogram, add_bucket_json, buckets);
  json_object_set_array_member (object, "buckets", buckets);
  json_node_take_object (node, object);
  return node;
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("The histogram is damaged: %s."), what);
  return FALSE;
}

static gboolean
read_bucket (MillHistogram *histogram, JsonNode *node, GError **error)
{
  JsonArray *bucket = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 values[3];

  if (bucket == NULL || json_array_get_length (bucket) != 3)
    return fail (error, _ ("a bucket is not three numbers"));
  for (guint i = 0; i < 3; i++) {
    JsonNode *element = json_array_get_element (bucket, i);

    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_INT64)
      return fail (error, _ ("a bucket is not three numbers"));
    values[i] = json_node_get_int (element);
  }
  if (values[0] < 0 || values[0] > MILL_HISTOGRAM_MAX_US)
    return fail (error, _ ("a bucket lies out of range"));
  if (values[2] < 1 || values[2] > MILL_HISTOGRAM_MAX_COUNT - histogram->count)
    return fail (error, _ ("a count is impossible"));

  *slot (histogram, bucket_of (values[0])) += values[2];
  histogram->count += values[2];
  return TRUE;
}

MillHistogram *
mill_histogram_from_json (JsonNode *node, GError **error)
{
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();
  JsonObject *object;
  JsonArray *buckets = NULL;
  gint64 count = 0;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    fail (error, _ ("it is not an object"));
    return NULL;
  }
  object = json_node_get_object (node);
  if (!mill_json_get_int (object, "count", 0, MILL_HISTOGRAM_MAX_COUNT, &count, error) ||
      !mill_json_get_int (object, "out_of_range", 0, count, &histogram->out_of_range, error) ||
      !mill_json_get_int (object, "min_us", 0, G_MAXINT64, &histogram->min_us, error) ||
      !mill_json_get_int (object, "max_us", 0, G_MAXINT64, &histogram->max_us, error) ||
      !mill_json_get_double (object, "sum_us", 0, G_MAXDOUBLE, &histogram->sum_us, error) ||
      !mill_json_get_double (object, "sum_squares_us2", 0, G_MAXDOUBLE, &histogram->sum_squares,
                             error) ||
      !mill_json_get_array (object, "buckets", MAX_BUCKETS, &buckets, error))
    return NULL;

  for (guint i = 0; buckets != NULL && i < json_array_get_length (buckets); i++) {
    if (!read_bucket (histogram, json_array_get_element (buckets, i), error))
      return NULL;
  }
  if (histogram->count != count) {
    fail (error, _ ("its buckets do not add up to its count"));
    return NULL;
  }
  if (histogram->min_us > histogram->max_us) {
    fail (error, _ ("its smallest value is above its largest"));
    return NULL;
  }
  return g_steal_pointer (&histogram);
}
