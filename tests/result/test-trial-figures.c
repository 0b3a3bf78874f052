/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sample-result.h"

#include "experiment/mill-error.h"
#include "result/mill-trial-figures.h"

static const char finished_text[] =
    "{\"event\":\"finished\",\"status\":\"complete\",\"wall_time_s\":2.0,"
    "\"task_creation_s\":0.001,\"cold_start_ms\":12.5,\"requests_ok\":1,\"requests_failed\":0,"
    "\"errors\":{},\"bytes_downloaded\":77,\"bytes_uploaded\":10000,\"bytes_written\":5,"
    "\"cpu_total_user_s\":0.25,\"cpu_total_system_s\":0.125,"
    "\"cpu_process_percent\":{\"avg\":20,\"max\":50.5},\"cpu_system_percent\":{\"avg\":null},"
    "\"memory_mib\":{\"avg\":10,\"max\":12},\"switches_voluntary\":7,"
    "\"switches_involuntary\":2,\"threads\":3,\"processes\":1,\"cores\":2,"
    "\"connections_opened\":9,\"max_in_flight\":8,\"checksum\":\"00ff\",\"checksum_bytes\":5,"
    "\"records\":100,\"sent_late\":0}";

static MillTrial *
make_trial (gint64 requests)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:8", 1);
  MillTrial *trial;

  experiment->requests = requests;
  experiment->requests_set = TRUE;
  trial = mill_trial_new (experiment, &g_array_index (experiment->models, MillModelSpec, 0));
  return trial;
}

/* Request i is queued at i ms, handed over 5 ms later, and takes i % 100 + 1 ms from then. */
static MillRecord *
make_records (gint64 n)
{
  MillRecord *records = g_new0 (MillRecord, n);

  for (gint64 i = 0; i < n; i++) {
    records[i].queued_us = i * 1000;
    records[i].started_us = 5000;
    records[i].sent_us = 5100;
    records[i].first_byte_us = 5000 + (guint32) (i % 100 + 1) * 900;
    records[i].done_us = 5000 + (guint32) (i % 100 + 1) * 1000;
    records[i].bytes_down = 1024;
    records[i].lane = (guint16) (i % 8);
    records[i].outcome = MILL_OUTCOME_OK;
    records[i].flags = i < 8 ? MILL_RECORD_NEW_CONNECTION : 0;
  }
  return records;
}

static MillTrialResult *
figure_out (const MillTrial *trial, const MillRecord *records, gint64 n, const char *finished)
{
  g_autoptr (JsonNode) node = finished != NULL ? json_from_string (finished, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  MillTrialResult *result = mill_trial_result_from_records (
      trial, records, n, node != NULL ? json_node_get_object (node) : NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_closed_loop (void)
{
  g_autoptr (MillTrial) trial = make_trial (1000);
  g_autofree MillRecord *records = make_records (1000);
  g_autoptr (MillTrialResult) result = figure_out (trial, records, 1000, finished_text);

  g_assert_cmpint (result->status, ==, MILL_TRIAL_COMPLETE);
  g_assert_cmpint (result->requests_ok, ==, 1000);
  g_assert_cmpint (result->requests_failed, ==, 0);
  g_assert_cmpfloat (result->throughput_rps, ==, 500);
  g_assert_cmpfloat (result->latency_ms.min, ==, 1);
  g_assert_cmpfloat (result->latency_ms.max, ==, 100);
  g_assert_cmpfloat_with_epsilon (result->latency_ms.mean, 50.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (result->latency_ms.p50, 50, 0.05);
  g_assert_cmpfloat_with_epsilon (result->latency_ms.p99, 99, 0.1);
  g_assert_true (isnan (result->latency_ms.p999));
  g_assert_true (isnan (result->latency_uncorrected_ms.mean));
  g_assert_null (result->histogram_uncorrected);
  g_assert_cmpint (result->sent_late, ==, -1);
  g_assert_cmpint (result->bytes_downloaded, ==, 1024 * 1000);
  g_assert_cmpint (result->bytes_uploaded, ==, 10 * 1000);
  g_assert_cmpint (result->bytes_written, ==, 5);
  g_assert_cmpfloat (result->download_kib_s, ==, 500);
  g_assert_cmpfloat (result->cpu_user_s, ==, 0.25);
  g_assert_cmpfloat (result->cpu_process_max_percent, ==, 50.5);
  g_assert_true (isnan (result->cpu_system_avg_percent));
  g_assert_cmpfloat (result->cold_start_ms, ==, 12.5);
  g_assert_cmpint (result->connections_opened, ==, 9);
  g_assert_cmpint (result->max_in_flight, ==, 8);
  g_assert_cmpstr (result->checksum, ==, "00ff");
  g_assert_true (isnan (result->projected_wall_time_s));
}

static void
test_timeline (void)
{
  enum { N_REQUESTS = 12345 };
  g_autoptr (MillTrial) trial = make_trial (N_REQUESTS);
  g_autofree MillRecord *records = make_records (N_REQUESTS);
  g_autoptr (MillTrialResult) result = figure_out (trial, records, N_REQUESTS, finished_text);
  gint64 before = -3000;

  g_assert_cmpuint (result->timeline->len, ==, MILL_MAX_TIMELINE);
  for (guint i = 0; i < result->timeline->len; i++) {
    const MillTimelineEntry *entry = &g_array_index (result->timeline, MillTimelineEntry, i);

    /* Evenly: two or three requests apart. */
    g_assert_cmpint (entry->queued_us - before, >=, 2000);
    g_assert_cmpint (entry->queued_us - before, <=, 3000);
    g_assert_cmpint (entry->started_us, ==, entry->queued_us + 5000);
    before = entry->queued_us;
  }
  g_assert_cmpint (before, >=, (N_REQUESTS - 4) * 1000);
}

static void
test_failures_stay_out_of_latency (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autofree MillRecord *records = make_records (100);
  g_autoptr (MillTrialResult) result = NULL;

  for (int i = 0; i < 10; i++) {
    records[i * 10].outcome = i < 7 ? MILL_OUTCOME_TIMEOUT : MILL_OUTCOME_HTTP_5XX;
    records[i * 10].done_us = 30000000;
  }
  result = figure_out (trial, records, 100, finished_text);
  g_assert_cmpint (result->status, ==, MILL_TRIAL_COMPLETE);
  g_assert_cmpint (result->requests_ok, ==, 90);
  g_assert_cmpint (result->requests_failed, ==, 10);
  g_assert_cmpint (result->errors[MILL_OUTCOME_TIMEOUT], ==, 7);
  g_assert_cmpint (result->errors[MILL_OUTCOME_HTTP_5XX], ==, 3);
  g_assert_cmpfloat (result->throughput_rps, ==, 45);
  g_assert_cmpfloat (result->latency_ms.max, ==, 100);
  g_assert_cmpint (mill_histogram_count (result->histogram), ==, 90);
}

static void
test_cancelled_makes_partial (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autofree MillRecord *records = make_records (100);
  g_autoptr (MillTrialResult) result = NULL;
  g_autoptr (MillTrialResult) timed = NULL;

  for (int i = 60; i < 100; i++)
    records[i].outcome = i < 70 ? MILL_OUTCOME_CANCELLED : MILL_OUTCOME_PENDING;
  result = figure_out (trial, records, 100, finished_text);
  g_assert_cmpint (result->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpint (result->requests_ok, ==, 60);
  g_assert_cmpint (result->requests_failed, ==, 0);
  g_assert_cmpuint (result->timeline->len, ==, 70);
  g_assert_true (isnan (result->projected_wall_time_s));

  /* What a duration left over was never to be sent. */
  trial->duration_s = 2;
  timed = figure_out (trial, records, 100, finished_text);
  g_assert_cmpint (timed->status, ==, MILL_TRIAL_COMPLETE);
}

static void
test_open_loop (void)
{
  g_autoptr (MillTrial) trial = make_trial (1000);
  g_autofree MillRecord *records = make_records (1000);
  g_autoptr (MillTrialResult) result = NULL;

  trial->rate = 500;
  for (int i = 0; i < 30; i++)
    records[i].flags |= MILL_RECORD_SENT_LATE;
  result = figure_out (trial, records, 1000, finished_text);
  g_assert_cmpfloat (result->latency_ms.min, ==, 6);
  g_assert_cmpfloat (result->latency_ms.max, ==, 105);
  g_assert_cmpfloat (result->latency_uncorrected_ms.min, ==, 1);
  g_assert_cmpfloat (result->latency_uncorrected_ms.max, ==, 100);
  g_assert_cmpint (result->sent_late, ==, 30);
  g_assert_cmpint (mill_histogram_count (result->histogram_uncorrected), ==, 1000);
}

static void
test_projected (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autofree MillRecord *records = make_records (100);
  g_autoptr (MillTrialResult) result = NULL;

  trial->requests_asked = 10000;
  result = figure_out (trial, records, 100, finished_text);
  g_assert_cmpint (result->requests_asked, ==, 10000);
  g_assert_cmpint (result->requests_planned, ==, 100);
  g_assert_cmpfloat (result->wall_time_s, ==, 2);
  g_assert_cmpfloat_with_epsilon (result->projected_wall_time_s, 200, 1e-9);
}

/* A worker that died: what its records say is kept. */
static void
test_without_finished (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autofree MillRecord *records = make_records (100);
  g_autoptr (MillTrialResult) result = NULL;

  records[99].outcome = MILL_OUTCOME_PENDING;
  result = figure_out (trial, records, 100, NULL);
  g_assert_cmpint (result->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpint (result->requests_ok, ==, 99);
  g_assert_cmpfloat_with_epsilon (result->wall_time_s, 0.098 + 0.005 + 0.099, 1e-9);
  g_assert_true (isnan (result->cpu_user_s));
}

static void
test_cpu_work_without_records (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autoptr (MillTrialResult) result = NULL;

  trial->workload = MILL_WORKLOAD_CPU;
  result = figure_out (trial, NULL, 0, finished_text);
  g_assert_cmpint (result->requests_ok, ==, 1);
  g_assert_cmpint (result->bytes_downloaded, ==, 77);
  g_assert_cmpint (result->checksum_bytes, ==, 5);
  g_assert_cmpint (result->status, ==, MILL_TRIAL_COMPLETE);
}

/* A worker whose records found no room has still counted. */
static void
test_lost_records (void)
{
  g_autoptr (MillTrial) trial = make_trial (100);
  g_autoptr (MillTrialResult) result = figure_out (trial, NULL, 0, finished_text);

  g_assert_cmpint (result->requests_ok, >, 0);
  g_assert_cmpfloat (result->throughput_rps, >, 0);
  g_assert_true (isnan (result->latency_ms.mean));
  g_assert_cmpuint (result->timeline->len, ==, 0);
}

static void
test_damaged_event (void)
{
  static const char *const texts[] = {
    "{\"status\":\"fine\"}", "{\"wall_time_s\":\"2\"}", "{\"wall_time_s\":-1}",
    "{\"memory_mib\":[]}",   "{\"threads\":1e30}",
  };
  g_autoptr (MillTrial) trial = make_trial (1);
  g_autofree MillRecord *records = make_records (1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonNode) node = json_from_string (texts[i], NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (
        mill_trial_result_from_records (trial, records, 1, json_node_get_object (node), &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
}

/* What added up nothing has no checksum. */
static void
test_no_checksum (void)
{
  g_autoptr (MillTrial) trial = make_trial (1);
  g_autofree MillRecord *records = make_records (1);
  g_autoptr (MillTrialResult) result =
      figure_out (trial, records, 1, "{\"checksum\":\"00\",\"checksum_bytes\":0}");

  g_assert_null (result->checksum);
  g_assert_cmpint (result->checksum_bytes, ==, -1);
}

/* An outcome that no worker of this version writes does not reach beyond the counters. */
static void
test_damaged_records (void)
{
  g_autoptr (MillTrial) trial = make_trial (10);
  g_autofree MillRecord *records = make_records (10);
  g_autoptr (MillTrialResult) result = NULL;

  records[3].outcome = 250;
  records[4].queued_us = G_MAXINT64 / 2;
  records[5].done_us = 0;
  result = figure_out (trial, records, 10, finished_text);
  g_assert_cmpint (result->errors[MILL_OUTCOME_OTHER], ==, 1);
  g_assert_cmpint (result->requests_ok, ==, 9);
}

static void
test_samples_stay_few (void)
{
  g_autoptr (MillTrialResult) trial = mill_trial_result_new ();

  for (int i = 0; i < 5000; i++) {
    g_autofree char *text = g_strdup_printf ("{\"time_s\":%d,\"in_flight\":5}", i);
    g_autoptr (JsonNode) node = json_from_string (text, NULL);

    g_assert_true (mill_trial_result_add_sample (trial, json_node_get_object (node), NULL));
    g_assert_cmpuint (trial->samples->len, <=, MILL_MAX_SAMPLES);
  }
  g_assert_cmpuint (trial->samples->len, >=, MILL_MAX_SAMPLES / 2);
  for (guint i = 1; i < trial->samples->len; i++)
    g_assert_cmpfloat (g_array_index (trial->samples, MillSample, i).time_s, >,
                       g_array_index (trial->samples, MillSample, i - 1).time_s);
  g_assert_cmpfloat (g_array_index (trial->samples, MillSample, 0).time_s, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trial-figures/closed-loop", test_closed_loop);
  g_test_add_func ("/trial-figures/timeline", test_timeline);
  g_test_add_func ("/trial-figures/failures", test_failures_stay_out_of_latency);
  g_test_add_func ("/trial-figures/cancelled", test_cancelled_makes_partial);
  g_test_add_func ("/trial-figures/open-loop", test_open_loop);
  g_test_add_func ("/trial-figures/projected", test_projected);
  g_test_add_func ("/trial-figures/without-finished", test_without_finished);
  g_test_add_func ("/trial-figures/cpu", test_cpu_work_without_records);
  g_test_add_func ("/trial-figures/lost-records", test_lost_records);
  g_test_add_func ("/trial-figures/no-checksum", test_no_checksum);
  g_test_add_func ("/trial-figures/damaged-event", test_damaged_event);
  g_test_add_func ("/trial-figures/damaged-records", test_damaged_records);
  g_test_add_func ("/trial-figures/samples", test_samples_stay_few);
  return g_test_run ();
}
