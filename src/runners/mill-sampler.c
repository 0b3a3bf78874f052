/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-sampler.h"

#include "platform/mill-usage.h"
#include "runners/mill-run-private.h"

#define INTERVAL_US (G_USEC_PER_SEC / 10)
/* A rate over less time than this says more about the clock than about the process. */
#define SHORTEST_RATE_US (INTERVAL_US / 2)
#define MIB (1024.0 * 1024.0)

typedef struct {
  gint64 time_us;
  MillUsage usage;
  MillSystemTime system;
} Look;

struct _MillSampler {
  MillRun *run;
  MillSampleFunc func;
  gpointer data;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  gboolean quit;

  /* Written by the lane that starts the clock, under the mutex. */
  Look start;
  gboolean started;
  Look end;
  gboolean ended;

  /* Of the thread alone until it has been joined. */
  Look last;
  gint64 scanned; /* all records before this one have been reported */
  gint64 last_done_us;
  double base_mib;
  double sum_mib;
  int n_samples;
  double max_process_percent;
  double max_system_percent;
  double max_mib;
  int max_threads;
  MillSample sample;
};

/* What was used between two readings of a figure; negative where the system does not tell. */
static double
time_between (double from_s, double to_s)
{
  return from_s >= 0 && to_s >= 0 ? to_s - from_s : -1;
}

static gint64
count_between (gint64 from, gint64 to)
{
  return from >= 0 && to >= 0 ? to - from : -1;
}

static void
look (Look *now)
{
  *now = (Look){ .time_us = g_get_monotonic_time () };
  mill_usage_read (&now->usage);
  mill_system_time_read (&now->system);
}

static double
process_percent (const Look *from, const Look *to)
{
  double user_s = time_between (from->usage.user_s, to->usage.user_s);
  double system_s = time_between (from->usage.system_s, to->usage.system_s);

  if (user_s < 0 || system_s < 0 || to->time_us <= from->time_us)
    return -1;

  return 100.0 * (user_s + system_s) * G_USEC_PER_SEC / (double) (to->time_us - from->time_us);
}

static double
system_percent (const Look *from, const Look *to)
{
  double total_s = to->system.total_s - from->system.total_s;

  return total_s > 0 ? 100.0 * (to->system.busy_s - from->system.busy_s) / total_s : -1;
}

/* The system's highest value may lag behind the present one. */
static double
highest_mib (const Look *now)
{
  return (double) MAX (now->usage.memory_bytes, now->usage.memory_peak_bytes) / MIB;
}

static void
on_clock (gpointer data)
{
  MillSampler *sampler = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sampler->mutex);

  look (&sampler->start);
  sampler->started = TRUE;
}

static void
add_recent (MillSampler *sampler, const MillRecord *record, gint64 n_new, gint64 number)
{
  MillSample *sample = &sampler->sample;
  MillRecent *recent;

  /* Evenly chosen when there are more than fit. */
  if (n_new > MILL_SAMPLER_RECENT &&
      number * MILL_SAMPLER_RECENT / n_new == (number - 1) * MILL_SAMPLER_RECENT / n_new &&
      number > 0)
    return;
  if (sample->n_recent == MILL_SAMPLER_RECENT)
    return;

  recent = &sample->recent[sample->n_recent++];
  recent->lane = record->lane;
  recent->outcome = (MillOutcome) record->outcome;
  recent->queued_us = record->queued_us;
  recent->started_us = record->queued_us + record->started_us;
  recent->sent_us = record->queued_us + record->sent_us;
  recent->first_byte_us = record->queued_us + record->first_byte_us;
  recent->done_us = record->queued_us + record->done_us;
}

/* Finds the requests that ended since the last look. Records are taken in order but end out
 * of order, so what lies between the first unfinished one and the last taken one is looked at
 * again: as many as are in flight, and those that overtook them. */
static void
find_recent (MillSampler *sampler, gint64 now_us)
{
  gint64 n_records;
  MillRecord *records = mill_run_get_records (sampler->run, &n_records);
  gint64 until_us = now_us - mill_run_get_epoch_us (sampler->run);
  gint64 n_new = 0;
  gboolean whole = TRUE;
  gint64 first = sampler->scanned;

  for (int pass = 0; pass < 2; pass++) {
    gint64 number = 0;

    for (gint64 i = first; i < n_records; i++) {
      gint64 done_us;

      if (mill_record_load_outcome (&records[i]) == MILL_OUTCOME_PENDING) {
        whole = FALSE;
        continue;
      }

      done_us = records[i].queued_us + records[i].done_us;
      if (whole && pass == 0)
        sampler->scanned = i + 1;
      if (done_us <= sampler->last_done_us || done_us > until_us)
        continue;

      if (pass == 0)
        n_new++;
      else
        add_recent (sampler, &records[i], n_new, number++);
    }
  }

  sampler->last_done_us = until_us;
}

static void
take_sample (MillSampler *sampler)
{
  MillSample *sample = &sampler->sample;
  gint64 epoch_us = mill_run_get_epoch_us (sampler->run);
  MillOthers *others = mill_run_get_others (sampler->run);
  MillCounters counters;
  Look now;

  look (&now);
  mill_run_get_counters (sampler->run, &counters);
  sample->t_s = epoch_us != 0 ? (double) (now.time_us - epoch_us) / G_USEC_PER_SEC : 0;
  sample->t_s = MAX (0, sample->t_s);
  sample->cpu_process_percent = process_percent (&sampler->last, &now);
  sample->cpu_system_percent = system_percent (&sampler->last, &now);
  sample->memory_mib = (double) now.usage.memory_bytes / MIB;
  sample->threads = now.usage.threads;
  sample->in_flight = mill_run_get_in_flight (sampler->run);
  sample->done = counters.done;
  sample->failed = counters.failed;
  sample->n_recent = 0;

  if (others == NULL && epoch_us != 0 && !mill_run_get_trial (sampler->run)->quiet)
    find_recent (sampler, now.time_us);

  sampler->sum_mib += sample->memory_mib;
  if (others != NULL)
    mill_others_add_to_sample (others, sample);

  if (epoch_us != 0 && now.time_us - sampler->last.time_us >= SHORTEST_RATE_US) {
    sampler->max_process_percent = MAX (sampler->max_process_percent, sample->cpu_process_percent);
    sampler->max_system_percent = MAX (sampler->max_system_percent, sample->cpu_system_percent);
  }
  sampler->max_threads = MAX (sampler->max_threads, now.usage.threads);
  sampler->max_mib = MAX (sampler->max_mib, highest_mib (&now));
  sampler->n_samples++;
  sampler->last = now;
}

static gpointer
sample_thread (gpointer data)
{
  MillSampler *sampler = data;
  gint64 next_us = g_get_monotonic_time () + INTERVAL_US;

  g_mutex_lock (&sampler->mutex);
  while (!sampler->quit) {
    if (g_cond_wait_until (&sampler->cond, &sampler->mutex, next_us))
      continue;

    g_mutex_unlock (&sampler->mutex);
    take_sample (sampler);
    sampler->func (&sampler->sample, sampler->data);
    g_mutex_lock (&sampler->mutex);
    next_us = MAX (next_us + INTERVAL_US, g_get_monotonic_time () + INTERVAL_US / 2);
  }
  g_mutex_unlock (&sampler->mutex);

  return NULL;
}

MillSampler *
mill_sampler_new (MillRun *run, MillSampleFunc func, gpointer data)
{
  MillSampler *sampler = g_new0 (MillSampler, 1);

  sampler->run = run;
  sampler->func = func;
  sampler->data = data;
  g_mutex_init (&sampler->mutex);
  g_cond_init (&sampler->cond);
  look (&sampler->last);
  sampler->base_mib = (double) sampler->last.usage.memory_bytes / MIB;
  mill_run_set_clock_func (run, on_clock, sampler);
  sampler->thread = g_thread_new ("sampler", sample_thread, sampler);

  return sampler;
}

void
mill_sampler_end_measurement (MillSampler *sampler)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sampler->mutex);

  look (&sampler->end);
  sampler->ended = TRUE;
}

static void
join (MillSampler *sampler)
{
  if (sampler->thread == NULL)
    return;

  g_mutex_lock (&sampler->mutex);
  sampler->quit = TRUE;
  g_cond_signal (&sampler->cond);
  g_mutex_unlock (&sampler->mutex);
  g_thread_join (g_steal_pointer (&sampler->thread));
}

void
mill_sampler_finish (MillSampler *sampler, MillSamplerTotals *totals)
{
  const Look *start = &sampler->start;
  const Look *end = &sampler->end;

  join (sampler);
  *totals = (MillSamplerTotals){ 0 };

  if (!sampler->ended)
    mill_sampler_end_measurement (sampler);
  if (!sampler->started)
    sampler->start = sampler->end;

  totals->wall_s = (double) (end->time_us - start->time_us) / G_USEC_PER_SEC;
  totals->cpu_user_s = time_between (start->usage.user_s, end->usage.user_s);
  totals->cpu_system_s = time_between (start->usage.system_s, end->usage.system_s);
  totals->cpu_process_percent_avg = process_percent (start, end);
  totals->cpu_system_percent_avg = system_percent (start, end);
  /* A run that is over before the first look has its average as its highest value. */
  totals->cpu_process_percent_max =
      MAX (sampler->max_process_percent, totals->cpu_process_percent_avg);
  totals->cpu_system_percent_max =
      MAX (sampler->max_system_percent, totals->cpu_system_percent_avg);
  totals->memory_mib_base = sampler->base_mib;
  totals->memory_mib_avg =
      (sampler->sum_mib + (double) end->usage.memory_bytes / MIB) / (sampler->n_samples + 1);
  totals->memory_mib_max = MAX (sampler->max_mib, highest_mib (end));
  totals->voluntary_switches =
      count_between (start->usage.voluntary_switches, end->usage.voluntary_switches);
  totals->involuntary_switches =
      count_between (start->usage.involuntary_switches, end->usage.involuntary_switches);
  totals->threads = MAX (sampler->max_threads, end->usage.threads);
}

void
mill_sampler_free (MillSampler *sampler)
{
  join (sampler);
  g_mutex_clear (&sampler->mutex);
  g_cond_clear (&sampler->cond);
  g_free (sampler);
}
