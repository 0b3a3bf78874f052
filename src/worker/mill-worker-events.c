/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "worker/mill-worker-events.h"

#include <math.h>
#include <stdio.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "platform/mill-process.h"

static JsonObject *
event_new (const char *name)
{
  JsonObject *event = json_object_new ();

  json_object_set_string_member (event, "event", name);

  return event;
}

/* One call of the C library writes the whole line: it locks the stream, so lines of different
 * threads do not mix. */
static void
emit (JsonObject *event)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), event);
  g_autofree char *text = mill_json_to_line (node);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  fputs (line, stdout);
  fflush (stdout);
  json_object_unref (event);
}

/* What the system does not tell is left out. */
static void
set_known (JsonObject *object, const char *member, double value)
{
  if (isfinite (value) && value >= 0)
    json_object_set_double_member (object, member, value);
}

static void
set_known_int (JsonObject *object, const char *member, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

void
mill_worker_emit_ready (guint lanes)
{
  JsonObject *event = event_new ("ready");

  json_object_set_int_member (event, "pid", mill_process_id ());
  json_object_set_int_member (event, "lanes", lanes);
  emit (event);
}

static void
set_counts (JsonObject *event, const MillSample *sample)
{
  json_object_set_double_member (event, "time_s", sample->t_s);
  json_object_set_int_member (event, "done", sample->done);
  json_object_set_int_member (event, "failed", sample->failed);
  json_object_set_int_member (event, "in_flight", sample->in_flight);
}

void
mill_worker_emit_progress (const MillSample *sample)
{
  JsonObject *event = event_new ("progress");
  JsonArray *all = json_array_sized_new (sample->n_recent);

  set_counts (event, sample);
  for (guint i = 0; i < sample->n_recent; i++) {
    const MillRecent *recent = &sample->recent[i];
    JsonArray *row = json_array_sized_new (7);

    json_array_add_int_element (row, recent->lane);
    json_array_add_int_element (row, recent->queued_us);
    json_array_add_int_element (row, recent->started_us);
    json_array_add_int_element (row, recent->sent_us);
    json_array_add_int_element (row, recent->first_byte_us);
    json_array_add_int_element (row, recent->done_us);
    json_array_add_int_element (row, recent->outcome);
    json_array_add_array_element (all, row);
  }
  json_object_set_array_member (event, "recent", all);
  emit (event);
}

void
mill_worker_emit_sample (const MillSample *sample)
{
  JsonObject *event = event_new ("sample");

  set_counts (event, sample);
  set_known (event, "cpu_process_percent", sample->cpu_process_percent);
  set_known (event, "cpu_system_percent", sample->cpu_system_percent);
  set_known (event, "memory_mib", sample->memory_mib);
  set_known_int (event, "threads", sample->threads);
  emit (event);
}

static JsonObject *
average_and_highest (double average, double highest)
{
  JsonObject *object = json_object_new ();

  set_known (object, "avg", average);
  set_known (object, "max", highest);

  return object;
}

static void
set_usage (JsonObject *event, const MillSamplerTotals *usage)
{
  JsonObject *memory = average_and_highest (usage->memory_mib_avg, usage->memory_mib_max);

  set_known (memory, "base", usage->memory_mib_base);
  json_object_set_object_member (event, "memory_mib", memory);
  json_object_set_object_member (
      event, "cpu_process_percent",
      average_and_highest (usage->cpu_process_percent_avg, usage->cpu_process_percent_max));
  json_object_set_object_member (
      event, "cpu_system_percent",
      average_and_highest (usage->cpu_system_percent_avg, usage->cpu_system_percent_max));
  set_known (event, "cpu_user_s", usage->cpu_user_s);
  set_known (event, "cpu_system_s", usage->cpu_system_s);
  set_known (event, "cpu_wall_s", usage->wall_s);
  set_known_int (event, "switches_voluntary", usage->voluntary_switches);
  set_known_int (event, "switches_involuntary", usage->involuntary_switches);
  set_known_int (event, "threads", usage->threads);
}

static JsonObject *
errors_of (const MillCounters *counters, gint64 *n_failed)
{
  JsonObject *errors = json_object_new ();

  *n_failed = 0;
  for (int outcome = 0; outcome < MILL_N_OUTCOMES; outcome++) {
    if (outcome == MILL_OUTCOME_PENDING || outcome == MILL_OUTCOME_OK ||
        counters->outcomes[outcome] == 0)
      continue;

    json_object_set_int_member (errors, mill_outcome_to_string ((MillOutcome) outcome),
                                counters->outcomes[outcome]);
    *n_failed += counters->outcomes[outcome];
  }

  return errors;
}

void
mill_worker_emit_finished (const MillReport *report)
{
  const MillCounters *counters = &report->counters;
  JsonObject *event = event_new ("finished");
  g_autofree char *checksum = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", counters->checksum);
  gint64 n_failed;
  JsonObject *errors = errors_of (counters, &n_failed);

  json_object_set_string_member (event, "status", report->complete ? "complete" : "partial");
  if (report->reason != NULL)
    json_object_set_string_member (event, "reason", report->reason);
  json_object_set_int_member (event, "epoch_us", report->epoch_us);
  json_object_set_double_member (event, "wall_time_s", report->wall_time_s);
  json_object_set_double_member (event, "task_creation_s",
                                 (double) counters->task_creation_us / G_USEC_PER_SEC);
  set_known (event, "cold_start_ms", report->cold_start_ms);
  json_object_set_int_member (event, "requests_ok", counters->outcomes[MILL_OUTCOME_OK]);
  json_object_set_int_member (event, "requests_failed", n_failed);
  json_object_set_object_member (event, "errors", errors);
  json_object_set_int_member (event, "bytes_downloaded", counters->bytes_downloaded);
  json_object_set_int_member (event, "bytes_uploaded", counters->bytes_uploaded);
  json_object_set_int_member (event, "bytes_written", counters->bytes_written);
  set_usage (event, &report->usage);
  set_known (event, "cpu_total_user_s", report->cpu_total_user_s);
  set_known (event, "cpu_total_system_s", report->cpu_total_system_s);
  json_object_set_int_member (event, "processes", report->processes);
  json_object_set_int_member (event, "cores", report->cores);
  json_object_set_int_member (event, "connections_opened", counters->connections_opened);
  json_object_set_int_member (event, "max_in_flight", report->max_in_flight);
  json_object_set_string_member (event, "checksum", checksum);
  json_object_set_int_member (event, "checksum_bytes", (gint64) counters->checksum_bytes);
  json_object_set_int_member (event, "records", report->requests);
  json_object_set_int_member (event, "sent_late", counters->sent_late);
  emit (event);
}

static const char *
code_of (const GError *error)
{
  if (error->domain != MILL_ERROR)
    return "failed";

  switch ((MillError) error->code) {
  case MILL_ERROR_LIMIT:
    return "limit";
  case MILL_ERROR_USAGE:
  case MILL_ERROR_INVALID:
  case MILL_ERROR_VERSION:
  case MILL_ERROR_PERMISSION:
    return "usage";
  case MILL_ERROR_FAILED:
  case MILL_ERROR_STOPPED:
  default:
    return "failed";
  }
}

void
mill_worker_emit_failed (const GError *error)
{
  JsonObject *event = event_new ("failed");

  json_object_set_string_member (event, "code", code_of (error));
  json_object_set_string_member (event, "message", error->message);
  emit (event);
}
