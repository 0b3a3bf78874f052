/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-result-private.h"
#include "result/mill-trial-figures.h"

/* Ten years from the epoch of a trial. */
#define MAX_QUEUED_US (G_GINT64_CONSTANT (3652) * 24 * 3600 * G_USEC_PER_SEC)

MillLatency
mill_latency_from_histogram (const MillHistogram *histogram)
{
  gint64 count = mill_histogram_count (histogram);
  MillLatency latency = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  const struct {
    double percent;
    double *value;
  } percentiles[] = {
    { 50, &latency.p50 }, { 75, &latency.p75 },    { 90, &latency.p90 },
    { 99, &latency.p99 }, { 99.9, &latency.p999 },
  };

  if (count == 0)
    return latency;
  latency.min = (double) mill_histogram_min (histogram) / 1000.0;
  latency.max = (double) mill_histogram_max (histogram) / 1000.0;
  latency.mean = mill_histogram_mean (histogram) / 1000.0;
  latency.stddev = mill_histogram_stddev (histogram) / 1000.0;
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++) {
    if (mill_percentile_is_carried (count, percentiles[i].percent))
      *percentiles[i].value =
          (double) mill_histogram_percentile (histogram, percentiles[i].percent) / 1000.0;
  }
  return latency;
}

MillTimelineEntry
mill_timeline_entry_from_record (const MillRecord *record)
{
  return (MillTimelineEntry){
    .lane = record->lane,
    .queued_us = record->queued_us,
    .started_us = record->queued_us + record->started_us,
    .sent_us = record->queued_us + record->sent_us,
    .first_byte_us = record->queued_us + record->first_byte_us,
    .done_us = record->queued_us + record->done_us,
    .outcome = record->outcome < MILL_N_OUTCOMES ? record->outcome : MILL_OUTCOME_OTHER,
    .new_connection = (record->flags & MILL_RECORD_NEW_CONNECTION) != 0,
  };
}

/* What the records add up to. */
typedef struct {
  gint64 unfinished;
  gint64 late;
  gint64 connections;
  gint64 bytes_down;
  gint64 first_us;
  gint64 last_us;
  gint64 first_answer_us;
} Totals;

/* A moment that no clock shows is of a damaged file. The request is counted; when it was is not
 * known. */
static gboolean
has_moment (const MillRecord *record)
{
  return record->queued_us >= -MAX_QUEUED_US && record->queued_us <= MAX_QUEUED_US;
}

static gboolean
is_on_timeline (const MillRecord *record)
{
  return record->outcome != MILL_OUTCOME_PENDING && has_moment (record);
}

static void
add_record (MillTrialResult *result, const MillRecord *record, gboolean open_loop, Totals *totals)
{
  guint outcome = MIN (record->outcome, MILL_OUTCOME_OTHER);

  if (outcome == MILL_OUTCOME_PENDING || outcome == MILL_OUTCOME_CANCELLED) {
    totals->unfinished++;
    return;
  }
  if (has_moment (record)) {
    totals->first_us = MIN (totals->first_us, record->queued_us);
    totals->last_us = MAX (totals->last_us, record->queued_us + record->done_us);
  }
  totals->late += (record->flags & MILL_RECORD_SENT_LATE) != 0;
  totals->connections += (record->flags & MILL_RECORD_NEW_CONNECTION) != 0;
  totals->bytes_down += record->bytes_down;
  if (outcome != MILL_OUTCOME_OK) {
    result->errors[outcome]++;
    result->requests_failed++;
    return;
  }

  gint64 service_us = (gint64) record->done_us - record->started_us;

  result->requests_ok++;
  if (has_moment (record))
    totals->first_answer_us =
        MIN (totals->first_answer_us, record->queued_us + record->first_byte_us);
  mill_histogram_add (result->histogram, open_loop ? record->done_us : service_us);
  if (open_loop)
    mill_histogram_add (result->histogram_uncorrected, service_us);
}

/* CPU work may leave no records; HTTP does, if only pending ones, unless they were lost. */
static gboolean
has_records (const MillTrial *trial,
             const MillRecord *records,
             gint64 n,
             const MillTrialResult *reported)
{
  if (trial->workload == MILL_WORKLOAD_HTTP)
    return n > 0 || reported->requests_ok + reported->requests_failed <= 0;
  for (gint64 i = 0; i < n; i++) {
    if (records[i].outcome != MILL_OUTCOME_PENDING)
      return TRUE;
  }
  return FALSE;
}

/* At most MILL_MAX_TIMELINE entries, evenly over the records that were used at all. */
static void
choose_timeline (MillTrialResult *result, const MillRecord *records, gint64 n)
{
  gint64 used = 0;
  gint64 seen = 0;
  gint64 kept;

  for (gint64 i = 0; i < n; i++)
    used += is_on_timeline (&records[i]);
  kept = MIN (used, MILL_MAX_TIMELINE);
  for (gint64 i = 0; i < n && result->timeline->len < kept; i++) {
    if (!is_on_timeline (&records[i]))
      continue;
    /* The k-th kept one is number k * used / kept. */
    if (seen++ == result->timeline->len * used / kept) {
      MillTimelineEntry entry = mill_timeline_entry_from_record (&records[i]);

      g_array_append_val (result->timeline, entry);
    }
  }
}

/* A figure of an object that may itself be absent. */
static gboolean
get_nested (JsonObject *object, const char *member, double *value, GError **error)
{
  return object == NULL || mill_json_get_figure (object, member, value, error);
}

static gboolean
read_usage (MillTrialResult *result, JsonObject *finished, GError **error)
{
  JsonObject *process = NULL;
  JsonObject *machine = NULL;
  JsonObject *memory = NULL;

  return mill_json_get_object (finished, "cpu_process_percent", &process, error) &&
         mill_json_get_object (finished, "cpu_system_percent", &machine, error) &&
         mill_json_get_object (finished, "memory_mib", &memory, error) &&
         get_nested (process, "avg", &result->cpu_process_avg_percent, error) &&
         get_nested (process, "max", &result->cpu_process_max_percent, error) &&
         get_nested (machine, "avg", &result->cpu_system_avg_percent, error) &&
         get_nested (machine, "max", &result->cpu_system_max_percent, error) &&
         get_nested (memory, "avg", &result->memory_avg_mib, error) &&
         get_nested (memory, "max", &result->memory_max_mib, error) &&
         mill_json_get_figure (finished, "cpu_total_user_s", &result->cpu_user_s, error) &&
         mill_json_get_figure (finished, "cpu_total_system_s", &result->cpu_system_s, error) &&
         mill_json_get_count (finished, "switches_voluntary", &result->switches_voluntary, error) &&
         mill_json_get_count (finished, "switches_involuntary", &result->switches_involuntary,
                              error) &&
         mill_json_get_small (finished, "threads", &result->threads, error) &&
         mill_json_get_small (finished, "processes", &result->processes, error) &&
         mill_json_get_small (finished, "cores", &result->cores, error);
}

/* The counts of a workload without records. */
static gboolean
read_counts (MillTrialResult *result, JsonObject *finished, GError **error)
{
  JsonObject *errors = NULL;

  return mill_json_get_count (finished, "requests_ok", &result->requests_ok, error) &&
         mill_json_get_count (finished, "requests_failed", &result->requests_failed, error) &&
         mill_json_get_count (finished, "bytes_downloaded", &result->bytes_downloaded, error) &&
         mill_json_get_object (finished, "errors", &errors, error) &&
         (errors == NULL || mill_errors_from_json (errors, result->errors, error));
}

static gboolean
read_finished (MillTrialResult *result, JsonObject *finished, GError **error)
{
  g_autofree char *status = NULL;

  if (!mill_json_get_string (finished, "status", MILL_RESULT_MAX_NAME_BYTES, &status, error) ||
      !mill_json_get_string (finished, "reason", MILL_RESULT_MAX_TEXT_BYTES, &result->reason,
                             error) ||
      !mill_json_get_figure (finished, "wall_time_s", &result->wall_time_s, error) ||
      !mill_json_get_figure (finished, "task_creation_s", &result->task_creation_s, error) ||
      !mill_json_get_figure (finished, "cold_start_ms", &result->cold_start_ms, error) ||
      !mill_json_get_count (finished, "bytes_uploaded", &result->bytes_uploaded, error) ||
      !mill_json_get_count (finished, "bytes_written", &result->bytes_written, error) ||
      !mill_json_get_count (finished, "connections_opened", &result->connections_opened, error) ||
      !mill_json_get_count (finished, "max_in_flight", &result->max_in_flight, error) ||
      !mill_json_get_string (finished, "checksum", MILL_RESULT_MAX_NAME_BYTES, &result->checksum,
                             error) ||
      !mill_json_get_count (finished, "checksum_bytes", &result->checksum_bytes, error) ||
      !read_usage (result, finished, error))
    return FALSE;

  /* The sum of nothing is no checksum. */
  if (result->checksum_bytes <= 0) {
    g_clear_pointer (&result->checksum, g_free);
    result->checksum_bytes = -1;
  }
  if (status != NULL && !mill_trial_status_from_string (status, &result->status)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID,
                 _ ("The worker reported the unknown status “%s”."), status);
    return FALSE;
  }
  return TRUE;
}

static void
set_rates (MillTrialResult *result)
{
  if (!(result->wall_time_s > 0))
    return;
  if (result->requests_ok >= 0)
    result->throughput_rps = (double) result->requests_ok / result->wall_time_s;
  if (result->bytes_downloaded >= 0)
    result->download_kib_s = (double) result->bytes_downloaded / 1024.0 / result->wall_time_s;
  if (result->bytes_uploaded >= 0)
    result->upload_kib_s = (double) result->bytes_uploaded / 1024.0 / result->wall_time_s;
}

/* The time for all requests, at the rate of those that were measured. */
static void
project (MillTrialResult *result, const MillTrial *trial)
{
  gint64 measured = result->requests_ok + result->requests_failed;

  if (result->status != MILL_TRIAL_COMPLETE || trial->duration_s > 0 || measured <= 0 ||
      trial->requests_asked <= trial->requests)
    return;
  result->projected_wall_time_s =
      result->wall_time_s / (double) measured * (double) trial->requests_asked;
}

static void
set_totals (MillTrialResult *result, const MillTrial *trial, gint64 n, const Totals *totals)
{
  gint64 finished = result->requests_ok + result->requests_failed;

  result->bytes_downloaded = totals->bytes_down;
  result->latency_ms = mill_latency_from_histogram (result->histogram);
  if (trial->rate > 0) {
    result->latency_uncorrected_ms = mill_latency_from_histogram (result->histogram_uncorrected);
    result->sent_late = totals->late;
  }
  if (result->connections_opened < 0)
    result->connections_opened = totals->connections;
  /* A worker that died has no clock to tell; its records have. */
  if (isnan (result->wall_time_s) && totals->first_us < G_MAXINT64)
    result->wall_time_s = (double) (totals->last_us - MIN (totals->first_us, 0)) / 1e6;
  if (isnan (result->cold_start_ms) && totals->first_answer_us < G_MAXINT64)
    result->cold_start_ms = (double) totals->first_answer_us / 1e3;
  if (trial->duration_s <= 0 && result->status == MILL_TRIAL_COMPLETE &&
      (totals->unfinished > 0 || finished < trial->requests))
    result->status = MILL_TRIAL_PARTIAL;
}

MillTrialResult *
mill_trial_result_from_records (const MillTrial *trial,
                                const MillRecord *records,
                                gint64 n,
                                JsonObject *finished,
                                GError **error)
{
  g_autoptr (MillTrialResult) result = mill_trial_result_new ();
  Totals totals = { .first_us = G_MAXINT64, .first_answer_us = G_MAXINT64 };
  gboolean open_loop = trial->rate > 0;

  result->model = g_strdup (trial->model_name);
  result->repetition = trial->repetition;
  result->order = trial->order;
  result->sweep_value = trial->sweep_value;
  result->requests_asked = trial->requests_asked;
  result->requests_planned = trial->requests;
  result->status = finished != NULL ? MILL_TRIAL_COMPLETE : MILL_TRIAL_PARTIAL;
  if (finished != NULL &&
      (!read_finished (result, finished, error) || !read_counts (result, finished, error)))
    return NULL;

  if (has_records (trial, records, n, result)) {
    result->requests_ok = 0;
    result->requests_failed = 0;
    memset (result->errors, 0, sizeof result->errors);
    if (open_loop)
      result->histogram_uncorrected = mill_histogram_new ();
    for (gint64 i = 0; i < n; i++)
      add_record (result, &records[i], open_loop, &totals);
    choose_timeline (result, records, n);
    set_totals (result, trial, n, &totals);
  }
  set_rates (result);
  project (result, trial);
  return g_steal_pointer (&result);
}

gboolean
mill_trial_result_add_sample (MillTrialResult *trial, JsonObject *event, GError **error)
{
  MillSample sample;

  if (!mill_sample_from_json (event, &sample, error))
    return FALSE;
  if (trial->samples->len >= MILL_MAX_SAMPLES) {
    for (guint i = 0; i < trial->samples->len / 2; i++)
      g_array_index (trial->samples, MillSample, i) =
          g_array_index (trial->samples, MillSample, 2 * i);
    g_array_set_size (trial->samples, trial->samples->len / 2);
  }
  g_array_append_val (trial->samples, sample);
  return TRUE;
}
