/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-others.h"

#define KEPT_RECENT MILL_SAMPLER_RECENT

typedef struct {
  MillSample now; /* `recent` is not used */
  MillReport report;
  gboolean finished;
} Process;

struct _MillOthers {
  GMutex mutex;
  Process *processes;
  guint n_processes;
  MillRecent recent[KEPT_RECENT];
  guint n_recent;
};

MillOthers *
mill_others_new (guint n_processes)
{
  MillOthers *others = g_new0 (MillOthers, 1);

  g_mutex_init (&others->mutex);
  others->processes = g_new0 (Process, n_processes);
  others->n_processes = n_processes;

  return others;
}

void
mill_others_free (MillOthers *others)
{
  g_mutex_clear (&others->mutex);
  g_free (others->processes);
  g_free (others);
}

static double
get_double (JsonObject *object, const char *member)
{
  return json_object_get_double_member_with_default (object, member, 0);
}

static gint64
get_int (JsonObject *object, const char *member)
{
  return json_object_get_int_member_with_default (object, member, 0);
}

static void
get_average_and_highest (JsonObject *event, const char *member, double *average, double *highest)
{
  JsonObject *object = json_object_get_object_member (event, member);

  *average = object != NULL ? get_double (object, "avg") : 0;
  *highest = object != NULL ? get_double (object, "max") : 0;
}

static void
take_sample (Process *process, JsonObject *event)
{
  process->now.cpu_process_percent = get_double (event, "cpu_process_percent");
  process->now.memory_mib = get_double (event, "memory_mib");
  process->now.threads = (int) get_int (event, "threads");
  process->now.in_flight = get_int (event, "in_flight");
  process->now.done = get_int (event, "done");
  process->now.failed = get_int (event, "failed");
}

/* The processes were started together, so their epochs are taken as one here; the records
 * are shifted exactly. */
static void
take_recent (MillOthers *others, guint number, JsonObject *event)
{
  JsonArray *rows = json_object_get_array_member (event, "recent");
  guint n_rows = rows != NULL ? json_array_get_length (rows) : 0;

  for (guint i = 0; i < n_rows && others->n_recent < KEPT_RECENT; i++) {
    JsonArray *row = json_array_get_array_element (rows, i);
    MillRecent *recent = &others->recent[others->n_recent++];

    recent->lane = number;
    recent->queued_us = json_array_get_int_element (row, 1);
    recent->started_us = json_array_get_int_element (row, 2);
    recent->sent_us = json_array_get_int_element (row, 3);
    recent->first_byte_us = json_array_get_int_element (row, 4);
    recent->done_us = json_array_get_int_element (row, 5);
    recent->outcome = (MillOutcome) json_array_get_int_element (row, 6);
  }
}

static void
take_counters (MillCounters *counters, JsonObject *event)
{
  JsonObject *errors = json_object_get_object_member (event, "errors");
  const char *checksum = json_object_get_string_member_with_default (event, "checksum", "0");

  counters->outcomes[MILL_OUTCOME_OK] = get_int (event, "requests_ok");
  for (int outcome = MILL_OUTCOME_OK + 1; errors != NULL && outcome < MILL_N_OUTCOMES; outcome++)
    counters->outcomes[outcome] = get_int (errors, mill_outcome_to_string ((MillOutcome) outcome));
  counters->bytes_downloaded = get_int (event, "bytes_downloaded");
  counters->bytes_uploaded = get_int (event, "bytes_uploaded");
  counters->bytes_written = get_int (event, "bytes_written");
  counters->connections_opened = get_int (event, "connections_opened");
  counters->sent_late = get_int (event, "sent_late");
  counters->task_creation_us = (gint64) (get_double (event, "task_creation_s") * G_USEC_PER_SEC);
  counters->checksum_bytes = (guint64) get_int (event, "checksum_bytes");
  counters->checksum = g_ascii_strtoull (checksum, NULL, 16);
}

static void
take_usage (MillSamplerTotals *usage, JsonObject *event)
{
  JsonObject *memory = json_object_get_object_member (event, "memory_mib");

  get_average_and_highest (event, "cpu_process_percent", &usage->cpu_process_percent_avg,
                           &usage->cpu_process_percent_max);
  get_average_and_highest (event, "memory_mib", &usage->memory_mib_avg, &usage->memory_mib_max);
  usage->memory_mib_base = memory != NULL ? get_double (memory, "base") : 0;
  usage->cpu_user_s = get_double (event, "cpu_user_s");
  usage->cpu_system_s = get_double (event, "cpu_system_s");
  usage->voluntary_switches = get_int (event, "switches_voluntary");
  usage->involuntary_switches = get_int (event, "switches_involuntary");
  usage->threads = (int) get_int (event, "threads");
}

static void
take_report (Process *process, JsonObject *event)
{
  MillReport *report = &process->report;

  report->complete = g_str_equal (
      json_object_get_string_member_with_default (event, "status", "partial"), "complete");
  report->epoch_us = get_int (event, "epoch_us");
  report->wall_time_s = get_double (event, "wall_time_s");
  report->cold_start_ms = get_double (event, "cold_start_ms");
  report->requests = get_int (event, "records");
  report->max_in_flight = get_int (event, "max_in_flight");
  report->cpu_total_user_s = get_double (event, "cpu_total_user_s");
  report->cpu_total_system_s = get_double (event, "cpu_total_system_s");
  take_counters (&report->counters, event);
  take_usage (&report->usage, event);
  process->now = (MillSample){ .done = process->now.done, .failed = process->now.failed };
  process->finished = TRUE;
}

void
mill_others_add_event (MillOthers *others, guint process, JsonObject *event)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&others->mutex);
  const char *name = json_object_get_string_member_with_default (event, "event", "");

  if (g_str_equal (name, "sample"))
    take_sample (&others->processes[process], event);
  else if (g_str_equal (name, "progress"))
    take_recent (others, process, event);
  else if (g_str_equal (name, "finished"))
    take_report (&others->processes[process], event);
}

void
mill_others_add_to_sample (MillOthers *others, MillSample *sample)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&others->mutex);

  for (guint i = 0; i < others->n_processes; i++) {
    const MillSample *now = &others->processes[i].now;

    sample->cpu_process_percent += now->cpu_process_percent;
    sample->memory_mib += now->memory_mib;
    sample->threads += now->threads;
    sample->in_flight += now->in_flight;
    sample->done += now->done;
    sample->failed += now->failed;
  }

  sample->n_recent = others->n_recent;
  for (guint i = 0; i < others->n_recent; i++)
    sample->recent[i] = others->recent[i];
  others->n_recent = 0;
}

static void
add_counters (MillCounters *sum, const MillCounters *counters)
{
  for (int outcome = 0; outcome < MILL_N_OUTCOMES; outcome++)
    sum->outcomes[outcome] += counters->outcomes[outcome];
  sum->bytes_downloaded += counters->bytes_downloaded;
  sum->bytes_uploaded += counters->bytes_uploaded;
  sum->bytes_written += counters->bytes_written;
  sum->connections_opened += counters->connections_opened;
  sum->sent_late += counters->sent_late;
  sum->task_creation_us += counters->task_creation_us;
  sum->checksum_bytes += counters->checksum_bytes;
  sum->checksum ^= counters->checksum;
}

static void
add_usage (MillSamplerTotals *sum, const MillSamplerTotals *usage)
{
  sum->cpu_user_s += usage->cpu_user_s;
  sum->cpu_system_s += usage->cpu_system_s;
  sum->cpu_process_percent_avg += usage->cpu_process_percent_avg;
  sum->cpu_process_percent_max = MAX (sum->cpu_process_percent_max, sum->cpu_process_percent_avg);
  sum->memory_mib_avg += usage->memory_mib_avg;
  sum->memory_mib_max += usage->memory_mib_max;
  sum->memory_mib_base += usage->memory_mib_base;
  sum->voluntary_switches += usage->voluntary_switches;
  sum->involuntary_switches += usage->involuntary_switches;
  sum->threads += usage->threads;
}

void
mill_others_add_to_report (MillOthers *others, MillReport *report)
{
  gint64 first_epoch_us = mill_others_get_first_epoch_us (others);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&others->mutex);

  report->epoch_us = first_epoch_us;
  report->cold_start_ms = others->processes[0].report.cold_start_ms;
  report->wall_time_s = 0;
  report->max_in_flight = 0;
  report->requests = 0;

  for (guint i = 0; i < others->n_processes; i++) {
    const MillReport *part = &others->processes[i].report;
    double late_s = (double) (part->epoch_us - first_epoch_us) / G_USEC_PER_SEC;

    if (!others->processes[i].finished)
      continue;

    report->complete = report->complete && part->complete;
    report->wall_time_s = MAX (report->wall_time_s, late_s + part->wall_time_s);
    report->requests += part->requests;
    report->max_in_flight += part->max_in_flight;
    report->cpu_total_user_s += part->cpu_total_user_s;
    report->cpu_total_system_s += part->cpu_total_system_s;
    report->processes++;
    add_counters (&report->counters, &part->counters);
    add_usage (&report->usage, &part->usage);
  }
}

gint64
mill_others_get_epoch_us (MillOthers *others, guint process)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&others->mutex);

  return others->processes[process].report.epoch_us;
}

gint64
mill_others_get_first_epoch_us (MillOthers *others)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&others->mutex);
  gint64 first_us = 0;

  for (guint i = 0; i < others->n_processes; i++) {
    gint64 epoch_us = others->processes[i].report.epoch_us;

    if (epoch_us != 0 && (first_us == 0 || epoch_us < first_us))
      first_us = epoch_us;
  }

  return first_us;
}
