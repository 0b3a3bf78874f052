/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "experiment/mill-error.h"
#include "result/mill-merge.h"
#include "result/mill-published.h"
#include "result/mill-table.h"
#include "result/mill-trial-figures.h"

#define NOON_US (G_GINT64_CONSTANT (1795262400) * G_USEC_PER_SEC)

static const char *const labels[] = { "a", "b", "c", "d", NULL };

static MillTrialResult *
trial_of (const MillResult *result, guint index)
{
  return g_ptr_array_index (result->trials, index);
}

/* The result of a machine that started `late_us` after noon, each trial 10 s after the last. */
static MillResult *
machine_result (int repetitions, gint64 late_us)
{
  MillResult *result = sample_result (repetitions);
  g_autoptr (GDateTime) noon = g_date_time_new_from_unix_utc (NOON_US / G_USEC_PER_SEC);
  g_autoptr (GDateTime) started = g_date_time_add (noon, late_us);

  g_free (result->started);
  result->started = g_date_time_format_iso8601 (started);
  for (guint i = 0; i < result->trials->len; i++)
    trial_of (result, i)->started_us = NOON_US + (gint64) i * 10 * G_USEC_PER_SEC + late_us;
  return result;
}

static GPtrArray *
list_of (MillResult *first, ...)
{
  GPtrArray *list = g_ptr_array_new ();
  va_list arguments;

  va_start (arguments, first);
  for (MillResult *result = first; result != NULL; result = va_arg (arguments, MillResult *))
    g_ptr_array_add (list, result);
  va_end (arguments);
  return list;
}

static MillResult *
merge (GPtrArray *results)
{
  g_autoptr (GError) error = NULL;
  MillResult *merged = mill_result_merge (results, labels, MILL_DEFAULT_SKEW_S, &error);

  g_assert_no_error (error);
  g_assert_nonnull (merged);
  return merged;
}

static void
assert_refused (GPtrArray *results, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillResult) merged = mill_result_merge (results, labels, MILL_DEFAULT_SKEW_S, &error);

  g_assert_null (merged);
  g_assert_error (error, MILL_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static gboolean
has_warning (const MillResult *result, const char *code)
{
  for (guint i = 0; i < result->warnings->len; i++) {
    if (g_str_equal (((MillWarning *) g_ptr_array_index (result->warnings, i))->code, code))
      return TRUE;
  }
  return FALSE;
}

static const MillWarning *
find_warning (const MillResult *result, const char *code)
{
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    if (g_str_equal (warning->code, code))
      return warning;
  }
  g_error ("there is no warning “%s”", code);
}

/* Latencies of a machine, skewed, some of them out of range; also added to `all`. */
static void
fill_latencies (MillTrialResult *trial, MillHistogram *all, GRand *random, int n, double scale)
{
  mill_histogram_free (trial->histogram);
  trial->histogram = mill_histogram_new ();
  for (int i = 0; i < n; i++) {
    gint64 value = (gint64) (-log (1 - g_rand_double (random)) * scale);

    if (i % 1000 == 999)
      value = MILL_HISTOGRAM_MAX_US + i;
    mill_histogram_add (trial->histogram, value);
    mill_histogram_add (all, value);
  }
  trial->latency_ms = mill_latency_from_histogram (trial->histogram);
}

static void
test_percentiles (void)
{
  const double percents[] = { 0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (MillHistogram) all = mill_histogram_new ();
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 1000);
  g_autoptr (MillResult) c = machine_result (1, 2000);
  g_autoptr (GPtrArray) list = list_of (a, b, c, NULL);
  g_autoptr (MillResult) merged = NULL;
  MillLatency expected;
  const MillTrialResult *trial;

  /* Averaging the machines' percentiles would give something else: they differ a hundredfold. */
  fill_latencies (trial_of (a, 0), all, random, 20000, 1e3);
  fill_latencies (trial_of (b, 0), all, random, 3000, 1e5);
  fill_latencies (trial_of (c, 0), all, random, 500, 2e4);
  merged = merge (list);
  trial = trial_of (merged, 0);
  expected = mill_latency_from_histogram (all);

  g_assert_cmpint (mill_histogram_count (trial->histogram), ==, 23500);
  g_assert_cmpint (mill_histogram_out_of_range (trial->histogram), ==, 23);
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    g_assert_cmpint (mill_histogram_percentile (trial->histogram, percents[i]), ==,
                     mill_histogram_percentile (all, percents[i]));
  g_assert_cmpfloat (trial->latency_ms.p99, ==, expected.p99);
  g_assert_cmpfloat (trial->latency_ms.p999, ==, expected.p999);
  g_assert_cmpfloat (trial->latency_ms.min, ==, expected.min);
  g_assert_cmpfloat (trial->latency_ms.max, ==, expected.max);
  g_assert_cmpfloat_with_epsilon (trial->latency_ms.mean, expected.mean, 1e-9 * expected.mean);
}

static void
test_sums (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 20000);
  g_autoptr (GPtrArray) list = list_of (a, b, NULL);
  g_autoptr (MillResult) merged = NULL;
  const MillTrialResult *trial;
  MillTrialResult *slow = trial_of (b, 0);

  slow->requests_ok = 75;
  slow->requests_failed = 5;
  slow->errors[MILL_OUTCOME_TIMEOUT] = 5;
  slow->wall_time_s = 9;
  slow->task_creation_s = 0.5;
  slow->throughput_rps = 75.0 / 9;
  trial_of (b, 1)->bytes_written = -1;
  merged = merge (list);
  trial = trial_of (merged, 0);

  g_assert_cmpint (trial->requests_ok, ==, 155);
  g_assert_cmpint (trial->requests_failed, ==, 5);
  g_assert_cmpint (trial->errors[MILL_OUTCOME_TIMEOUT], ==, 5);
  g_assert_cmpint (trial->requests_asked, ==, 160);
  g_assert_cmpint (trial->bytes_downloaded, ==, 2 * 80 * 25);
  g_assert_cmpint (trial->max_in_flight, ==, 160);
  g_assert_cmpint (trial->cores, ==, 4);
  g_assert_cmpint (trial->threads, ==, 2);
  g_assert_cmpint (trial->timeline->len, ==, 160);
  g_assert_cmpfloat_with_epsilon (trial->throughput_rps, 80 / 8.05 + 75.0 / 9, 1e-9);
  g_assert_cmpfloat_with_epsilon (trial->cpu_user_s, 0.02, 1e-9);
  g_assert_cmpfloat_with_epsilon (trial->memory_max_mib, 36, 1e-9);
  /* From the first start to the last end. */
  g_assert_cmpfloat_with_epsilon (trial->wall_time_s, 9.02, 1e-6);
  g_assert_cmpint (trial->started_us, ==, NOON_US);
  g_assert_cmpfloat (trial->task_creation_s, ==, 0.5);
  /* Percent of different processors do not add; each machine's stands in its part. */
  g_assert_true (isnan (trial->cpu_process_avg_percent));
  g_assert_true (isnan (trial->cpu_system_max_percent));
  g_assert_cmpint (trial->parts->len, ==, 2);
  g_assert_cmpfloat (
      ((MillTrialResult *) g_ptr_array_index (trial->parts, 1))->cpu_process_avg_percent, ==, 24.5);
  /* A sum of some would be taken for that of all. */
  g_assert_cmpint (trial_of (merged, 1)->bytes_written, ==, -1);
  g_assert_cmpint (trial_of (merged, 2)->bytes_written, ==, 0);

  g_assert_cmpint (merged->trials->len, ==, a->trials->len);
  g_assert_cmpint (merged->models->len, ==, 4);
  g_assert_cmpuint (mill_result_count_machines (merged), ==, 2);
  g_assert_cmpuint (mill_result_count_machines (a), ==, 1);
  g_assert_true (mill_experiment_equal (merged->experiment, a->experiment));
}

/* Says where they differ, not all that they are. */
static void
assert_same (const MillResult *result, const char *expected)
{
  g_autofree char *text = mill_result_to_text (result);
  gsize same = 0;

  while (text[same] != '\0' && text[same] == expected[same])
    same++;
  if (text[same] != expected[same])
    g_error ("“%.200s” instead of “%.200s”", text + same - MIN (same, 50),
             expected + same - MIN (same, 50));
}

static void
test_order_and_nesting (void)
{
  g_autoptr (MillResult) a = machine_result (2, 0);
  g_autoptr (MillResult) b = machine_result (2, 3000);
  g_autoptr (MillResult) c = machine_result (2, 7000);
  const char *const reversed[] = { "c", "b", "a", NULL };
  const char *const of_ab_c[] = { "ab", "c", NULL };
  const char *const of_a_bc[] = { "bc", "a", NULL };
  g_autoptr (GError) error = NULL;

  mill_result_add_warning (b, "governor", NULL, "The governor is powersave.");
  trial_of (c, 3)->errors[MILL_OUTCOME_RESET] = 2;

  g_autoptr (GPtrArray) abc = list_of (a, b, c, NULL);
  g_autoptr (GPtrArray) cba = list_of (c, b, a, NULL);
  g_autoptr (MillResult) together = merge (abc);
  g_autoptr (MillResult) backwards = mill_result_merge (cba, reversed, 1, &error);
  g_assert_no_error (error);
  g_autofree char *expected = mill_result_to_text (together);
  assert_same (backwards, expected);

  g_autoptr (GPtrArray) first_two = list_of (a, b, NULL);
  g_autoptr (MillResult) ab = merge (first_two);
  g_autoptr (GPtrArray) ab_c = list_of (ab, c, NULL);
  g_autoptr (MillResult) left = mill_result_merge (ab_c, of_ab_c, 1, &error);
  g_assert_no_error (error);
  assert_same (left, expected);

  g_autoptr (GPtrArray) last_two = list_of (b, c, NULL);
  g_autoptr (MillResult) bc = mill_result_merge (last_two, labels + 1, 1, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) bc_a = list_of (bc, a, NULL);
  g_autoptr (MillResult) right = mill_result_merge (bc_a, of_a_bc, 1, &error);
  g_assert_no_error (error);
  assert_same (right, expected);
}

static void
add_sample (MillTrialResult *trial, double time_s, gint64 in_flight, gint64 done)
{
  MillSample sample = { time_s, 50, 30, 10, in_flight, done, 0, 2 };

  g_array_append_val (trial->samples, sample);
}

/* On one clock and on lanes of their own: b began a second later. */
static void
test_series (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 1);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  const MillSample *samples;
  guint lanes_of_a = 0;

  trial_of (b, 0)->started_us = NOON_US + G_USEC_PER_SEC;
  for (int i = 0; i < 4; i++)
    add_sample (trial_of (a, 0), i, 10 + i, 5 * i);
  add_sample (trial_of (b, 0), 0.5, 100, 7);
  g_autoptr (MillResult) merged = merge (both);
  const MillTrialResult *trial = trial_of (merged, 0);

  g_assert_cmpint (trial->samples->len, ==, 4);
  samples = (const MillSample *) (gpointer) trial->samples->data;
  g_assert_cmpint (samples[1].in_flight, ==, 11);
  g_assert_cmpint (samples[1].threads, ==, 2);
  g_assert_cmpint (samples[2].in_flight, ==, 112);
  g_assert_cmpint (samples[2].done, ==, 17);
  g_assert_cmpfloat (samples[2].memory_mib, ==, 20);
  g_assert_true (isnan (samples[2].cpu_process_percent));

  for (guint i = 0; i < trial->timeline->len; i++) {
    const MillTimelineEntry *entry = &g_array_index (trial->timeline, MillTimelineEntry, i);
    gboolean of_a = entry->lane < 4;

    lanes_of_a += of_a;
    g_assert_cmpint (entry->queued_us, ==, of_a ? 0 : G_USEC_PER_SEC);
    g_assert_cmpint (entry->lane, <, 8);
  }
  g_assert_cmpint (lanes_of_a, ==, 80);
}

static void
test_same_twice (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 0);
  g_autoptr (MillResult) copy = mill_result_copy (a);
  g_autoptr (GPtrArray) twice = list_of (a, copy, NULL);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  g_autoptr (MillResult) merged = merge (both);
  g_autoptr (GPtrArray) inside = list_of (b, merged, NULL);
  g_autoptr (GPtrArray) one = list_of (a, NULL);

  assert_refused (twice, MILL_ERROR_USAGE, "“a” and “b” hold the same measurement");
  assert_refused (inside, MILL_ERROR_USAGE, "“a” and “b” hold the same measurement");
  assert_refused (one, MILL_ERROR_USAGE, "at least two");
}

static void
test_plans (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 0);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  g_autoptr (MillResult) published = mill_published_load ("80-requests", NULL);
  g_autoptr (GPtrArray) with_published = list_of (a, published, NULL);

  b->experiment->requests = 100;
  assert_refused (both, MILL_ERROR_USAGE, "“requests” is “80” in “a” and “100” in “b”");
  b->experiment->requests = a->experiment->requests;
  g_array_set_size (b->experiment->models, 2);
  assert_refused (both, MILL_ERROR_USAGE, "“models”");
  g_array_set_size (b->experiment->models, 0);
  g_array_append_vals (b->experiment->models, a->experiment->models->data,
                       a->experiment->models->len);
  b->experiment->server.delay_s = 0.2;
  assert_refused (both, MILL_ERROR_USAGE, "“server”");
  b->experiment->server.delay_s = a->experiment->server.delay_s;
  /* What is only a label does not count. */
  g_free (b->experiment->name);
  b->experiment->name = g_strdup ("the same on b");
  g_autoptr (MillResult) merged = merge (both);
  g_assert_nonnull (merged);
  assert_refused (with_published, MILL_ERROR_USAGE, "“b” was published");
}

static void
test_clocks (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) late = machine_result (1, 5 * G_USEC_PER_SEC);
  g_autoptr (MillResult) gone = machine_result (1, G_USEC_PER_SEC / 2);
  g_autoptr (MillResult) old = machine_result (1, 0);
  g_autoptr (MillResult) endless = machine_result (1, 0);
  g_autoptr (GPtrArray) with_late = list_of (a, late, NULL);
  g_autoptr (GPtrArray) with_gone = list_of (a, gone, NULL);
  g_autoptr (GPtrArray) with_old = list_of (a, old, NULL);
  g_autoptr (GPtrArray) with_endless = list_of (a, endless, NULL);
  g_autoptr (MillResult) merged = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (with_late, MILL_ERROR_USAGE, "sync, repetition 1: “b” started 5.000 s after “a”");
  /* More is accepted when it is asked for, but not what did not overlap: thread-pool:20 takes
   * 0.41 s. */
  merged = mill_result_merge (with_late, labels, 6, &error);
  g_assert_null (merged);
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message,
                            "thread-pool:20, repetition 1: “b” started 4.590 s after "
                            "“a” had ended"));
  g_clear_error (&error);
  assert_refused (with_gone, MILL_ERROR_USAGE, "had ended");
  for (guint i = 0; i < 4; i++)
    trial_of (gone, i)->started_us -= G_USEC_PER_SEC / 2 - 1000;
  g_autoptr (MillResult) together = merge (with_gone);
  g_assert_nonnull (together);

  trial_of (old, 2)->started_us = -1;
  assert_refused (with_old, MILL_ERROR_USAGE, "main-loop:80, repetition 1: “b” does not say when");
  trial_of (endless, 0)->wall_time_s = 1e15;
  assert_refused (with_endless, MILL_ERROR_USAGE, "“b” does not say when");
}

static void
test_overlap (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 0);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  g_autoptr (MillResult) whole = merge (both);

  g_assert_false (has_warning (whole, "merge-overlap"));
  trial_of (b, 1)->wall_time_s *= 2;
  g_autoptr (MillResult) half = merge (both);
  const MillWarning *warning = find_warning (half, "merge-overlap");
  g_assert_cmpstr (warning->model, ==, "thread-pool:20");
  g_assert_nonnull (strstr (warning->message, "50 %"));
}

static void
test_status (void)
{
  g_autoptr (MillResult) a = machine_result (2, 0);
  g_autoptr (MillResult) b = machine_result (2, 0);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  MillTrialResult *partial = trial_of (b, 0);
  MillTrialResult *failed = trial_of (b, 1);
  const MillTrialResult *trial;

  partial->status = MILL_TRIAL_PARTIAL;
  partial->reason = g_strdup ("stopped");
  partial->requests_ok = 20;
  failed->status = MILL_TRIAL_FAILED;
  failed->reason = g_strdup ("no memory");
  failed->started_us = -1;
  failed->requests_ok = failed->requests_failed = -1;
  failed->throughput_rps = failed->wall_time_s = NAN;
  trial_of (b, 2)->verified = 0;
  trial_of (b, 2)->verification = g_strdup ("the server counted 79");
  g_ptr_array_set_size (b->trials, 7);
  g_autoptr (MillResult) merged = merge (both);

  trial = trial_of (merged, 0);
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpstr (trial->reason, ==, "b: stopped");
  g_assert_cmpint (trial->requests_ok, ==, 100);
  trial = trial_of (merged, 1);
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpstr (trial->reason, ==, "b: no memory");
  g_assert_cmpint (trial->requests_ok, ==, 80);
  g_assert_cmpint (mill_histogram_count (trial->histogram), ==, 80);
  trial = trial_of (merged, 2);
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_COMPLETE);
  g_assert_cmpint (trial->verified, ==, 0);
  g_assert_cmpstr (trial->verification, ==, "b: the server counted 79");
  g_assert_cmpint (trial_of (merged, 3)->verified, ==, 1);
  /* b was stopped before its last trial. */
  g_assert_cmpint (merged->trials->len, ==, 8);
  trial = trial_of (merged, 7);
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_nonnull (strstr (trial->reason, "only 1 of 2 machines"));
  for (guint i = 0; i < merged->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (merged->models, i);
    g_assert_cmpint (model->complete, ==, i == 2 ? 2 : 1);
  }
}

static void
test_open_loop (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 0);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  MillResult *results[] = { a, b };

  for (int i = 0; i < 2; i++) {
    results[i]->experiment->rate = 500;
    for (guint j = 0; j < 4; j++) {
      MillTrialResult *trial = trial_of (results[i], j);
      trial->sent_late = 3;
      trial->histogram_uncorrected = mill_histogram_new ();
      mill_histogram_add_n (trial->histogram_uncorrected, i == 0 ? 1000 : 3000, 80);
    }
  }
  g_autoptr (MillResult) merged = merge (both);
  const MillTrialResult *trial = trial_of (merged, 0);

  g_assert_cmpint (trial->sent_late, ==, 6);
  g_assert_cmpint (mill_histogram_count (trial->histogram_uncorrected), ==, 160);
  g_assert_cmpfloat_with_epsilon (trial->latency_uncorrected_ms.mean, 2.0, 1e-9);
  g_assert_nonnull (strstr (merged->notes, "1000 requests/s"));
}

static void
test_warnings (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 1);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);

  mill_result_add_warning (b, "limits", "sync", "Too few descriptors.");
  /* Judged anew, over all requests. */
  mill_result_add_warning (b, "few-samples", "sync", "Too few requests for p90.");
  /* Said of all together already: the sum of b's reasons is wrong, so that of all is. */
  mill_result_add_warning (b, "counts", "sync", "0 requests failed, but the reasons add up to 2.");
  trial_of (b, 0)->errors[MILL_OUTCOME_RESET] = 2;
  b->program_version = (g_free (b->program_version), g_strdup ("0.2.0"));
  g_autoptr (MillResult) merged = merge (both);

  g_assert_cmpstr (find_warning (merged, "limits")->message, ==, "b: Too few descriptors.");
  g_assert_cmpstr (find_warning (merged, "limits")->model, ==, "sync");
  g_assert_false (has_warning (merged, "few-samples"));
  g_assert_false (g_str_has_prefix (find_warning (merged, "counts")->message, "b: "));
  g_assert_true (has_warning (merged, "merge-version"));
  g_assert_true (has_warning (merged, "merge-target"));
}

static void
test_document (void)
{
  g_autoptr (MillResult) a = machine_result (5, 0);
  g_autoptr (MillResult) b = machine_result (5, 12345);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  g_autoptr (MillResult) merged = merge (both);
  g_autoptr (JsonNode) node = mill_result_to_json (merged);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillResult) again = mill_result_from_json (node, &error);
  g_assert_no_error (error);
  g_autoptr (MillResult) copy = mill_result_copy (again);
  g_autofree char *expected = mill_result_to_text (merged);
  g_autofree char *line = mill_result_environment_line (merged);
  const MillTrialResult *trial = trial_of (again, 0);

  assert_same (again, expected);
  assert_same (copy, expected);
  g_assert_cmpint (trial->started_us, ==, NOON_US);
  g_assert_cmpint (((MillTrialResult *) g_ptr_array_index (trial->parts, 1))->started_us, ==,
                   NOON_US + 12345);
  g_assert_cmpstr (((MillTrialResult *) g_ptr_array_index (trial->parts, 1))->machine, ==, "b");
  g_assert_nonnull (strstr (line, "2 machines"));
}

/* A document whose list of machines was tampered with. */
static void
assert_damaged (MillResult *merged, MillResult *other, const char *environment, const char *words)
{
  g_autoptr (GPtrArray) both = list_of (merged, other, NULL);

  g_clear_pointer (&merged->environment, json_node_unref);
  merged->environment = json_from_string (environment, NULL);
  assert_refused (both, MILL_ERROR_INVALID, words);
}

static void
test_hostile (void)
{
  g_autoptr (MillResult) a = machine_result (1, 0);
  g_autoptr (MillResult) b = machine_result (1, 0);
  g_autoptr (MillResult) c = machine_result (1, 0);
  g_autoptr (GPtrArray) both = list_of (a, b, NULL);
  g_autoptr (MillResult) merged = merge (both);
  g_autoptr (GPtrArray) large = list_of (a, c, NULL);

  assert_damaged (merged, c, "{\"machines\": [1]}", "“a” is damaged");
  assert_damaged (merged, c, "{\"machines\": [{\"label\": 5}]}", "“a” is damaged");
  assert_damaged (merged, c, "{\"machines\": [{\"label\": \"x\"}]}", "“a” is damaged");
  /* Parts of machines that the document does not have are not counted. */
  g_clear_pointer (&merged->environment, json_node_unref);
  merged->environment =
      json_from_string ("{\"machines\": [{\"label\": \"x\", \"document\": \"y\"}]}", NULL);
  g_autoptr (GPtrArray) strange = list_of (merged, c, NULL);
  g_autoptr (MillResult) mixed = merge (strange);
  g_assert_cmpint (trial_of (mixed, 0)->status, ==, MILL_TRIAL_PARTIAL);

  mill_histogram_add_n (trial_of (a, 0)->histogram, 5, MILL_HISTOGRAM_MAX_COUNT - 100);
  assert_refused (large, MILL_ERROR_USAGE, "more requests than can be");
  trial_of (a, 0)->histogram =
      (mill_histogram_free (trial_of (a, 0)->histogram), mill_histogram_new ());
  assert_refused (large, MILL_ERROR_USAGE, "without a histogram");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/percentiles", test_percentiles);
  g_test_add_func ("/merge/sums", test_sums);
  g_test_add_func ("/merge/order-and-nesting", test_order_and_nesting);
  g_test_add_func ("/merge/series", test_series);
  g_test_add_func ("/merge/same-twice", test_same_twice);
  g_test_add_func ("/merge/plans", test_plans);
  g_test_add_func ("/merge/clocks", test_clocks);
  g_test_add_func ("/merge/overlap", test_overlap);
  g_test_add_func ("/merge/status", test_status);
  g_test_add_func ("/merge/open-loop", test_open_loop);
  g_test_add_func ("/merge/warnings", test_warnings);
  g_test_add_func ("/merge/document", test_document);
  g_test_add_func ("/merge/hostile", test_hostile);
  return g_test_run ();
}
