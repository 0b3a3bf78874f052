/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-run.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "runners/mill-run-private.h"

/* A record holds its lane in 16 bits. */
G_STATIC_ASSERT (MILL_MAX_THREADS <= G_MAXUINT16);

/* Two lanes never write to the same pair of cache lines (the prefetcher fetches pairs). */
#define LANE_ALIGNMENT 128
#define LATE_US 1000

typedef _Atomic gint64 Counter;

/* Written by one lane; the sampler reads while it is written. */
typedef struct {
  _Alignas(LANE_ALIGNMENT) Counter outcomes[MILL_N_OUTCOMES];
  Counter bytes_downloaded;
  Counter bytes_uploaded;
  Counter bytes_written;
  Counter connections_opened;
  Counter sent_late;
} Lane;

typedef struct {
  MillCleanUp clean_up;
  gpointer data;
} Leftover;

struct _MillRun {
  const MillTrial *trial;
  GCancellable *cancellable;
  MillRecord *records;
  Lane *lanes;
  guint n_lanes;
  gint64 warmup;
  gint64 n_tickets; /* warm-up and measured */
  gint64 duration_us;
  MillClockFunc clock_func;
  gpointer clock_data;

  GMutex mutex; /* for what is created or noted once */
  char *note;
  GArray *leftovers; /* Leftover */
  MillWatchdog *watchdog;
  MillHttpPlan *http_plan;
  _Atomic (MillOthers *) others;

  Counter begin_us;
  Counter epoch_us;
  atomic_int phase;
  atomic_bool stopping;
  Counter task_creation_us;
  Counter cold_start_us; /* begin of the very first request, then how long it took */
  _Atomic guint64 checksum_bytes;
  _Atomic guint64 checksum;

  _Alignas(LANE_ALIGNMENT) Counter next;
  _Alignas(LANE_ALIGNMENT) Counter in_flight;
  Counter max_in_flight;
};

static inline void
counter_add (Counter *counter, gint64 value)
{
  gint64 old = atomic_load_explicit (counter, memory_order_relaxed);

  atomic_store_explicit (counter, old + value, memory_order_relaxed);
}

static inline gint64
counter_get (Counter *counter)
{
  return atomic_load_explicit (counter, memory_order_relaxed);
}

static inline guint32
saturate (gint64 value)
{
  return (guint32) CLAMP (value, 0, G_MAXUINT32);
}

MillRun *
mill_run_new (const MillTrial *trial, GError **error)
{
  gint64 requests = trial->requests;
  gsize size = (sizeof (MillRun) + LANE_ALIGNMENT - 1) / LANE_ALIGNMENT * LANE_ALIGNMENT;
  MillRun *run = g_aligned_alloc0 (1, size, LANE_ALIGNMENT);

  if (trial->rate > 0 && trial->duration_s > 0)
    requests = (gint64) MIN ((double) requests, ceil (trial->rate * trial->duration_s));

  run->trial = trial;
  run->cancellable = g_cancellable_new ();
  run->warmup = trial->warmup;
  run->n_tickets = trial->warmup + requests;
  run->duration_us = (gint64) (trial->duration_s * G_USEC_PER_SEC);
  run->n_lanes = (guint) MAX (1, mill_model_spec_lanes (&trial->model, requests + trial->warmup));
  run->lanes = g_aligned_alloc0 (run->n_lanes, sizeof (Lane), LANE_ALIGNMENT);
  g_mutex_init (&run->mutex);
  run->leftovers = g_array_new (FALSE, FALSE, sizeof (Leftover));
  /* Zeroed memory of this size comes from the system untouched: it is committed page by page
   * as records are written, so a large limit costs nothing until it is used. */
  run->records = calloc ((gsize) MAX (requests, 1), sizeof (MillRecord));

  if (run->records == NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_LIMIT,
                 _ ("There is not enough memory for the records of %" PRId64
                    " requests; ask for fewer requests."),
                 requests);
    mill_run_free (run);
    return NULL;
  }

  if (trial->workload == MILL_WORKLOAD_HTTP) {
    run->http_plan = mill_http_plan_new (trial, error);
    if (run->http_plan == NULL) {
      mill_run_free (run);
      return NULL;
    }
  }

  return run;
}

void
mill_run_free (MillRun *run)
{
  for (guint i = 0; i < run->leftovers->len; i++) {
    const Leftover *leftover = &g_array_index (run->leftovers, Leftover, i);

    leftover->clean_up (leftover->data);
  }
  g_array_unref (run->leftovers);
  g_clear_pointer (&run->watchdog, mill_watchdog_free);
  g_clear_pointer (&run->http_plan, mill_http_plan_free);
  if (run->others != NULL)
    mill_others_free (run->others);
  g_mutex_clear (&run->mutex);
  g_object_unref (run->cancellable);
  g_aligned_free (run->lanes);
  free (run->records);
  g_free (run->note);
  g_aligned_free (run);
}

const MillTrial *
mill_run_get_trial (MillRun *run)
{
  return run->trial;
}

guint
mill_run_get_lanes (MillRun *run)
{
  return run->n_lanes;
}

GCancellable *
mill_run_get_cancellable (MillRun *run)
{
  return run->cancellable;
}

MillWatchdog *
mill_run_get_watchdog (MillRun *run)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->mutex);

  if (run->watchdog == NULL)
    run->watchdog = mill_watchdog_new (run->cancellable);

  return run->watchdog;
}

const MillHttpPlan *
mill_run_get_http_plan (MillRun *run)
{
  return run->http_plan;
}

gint64
mill_run_get_n_tickets (MillRun *run)
{
  return run->n_tickets;
}

MillOthers *
mill_run_make_others (MillRun *run, guint n_processes)
{
  MillOthers *others = mill_others_new (n_processes);

  atomic_store (&run->others, others);

  return others;
}

MillOthers *
mill_run_get_others (MillRun *run)
{
  return atomic_load (&run->others);
}

static gint64
planned_us (MillRun *run, gint64 index)
{
  gint64 begin_us = atomic_load (&run->begin_us);

  return begin_us + (gint64) ((double) index * G_USEC_PER_SEC / run->trial->rate);
}

/* Whoever takes the first ticket sets the time from which an open loop is planned. */
static void
ensure_begun (MillRun *run, gint64 now_us)
{
  gint64 none = 0;

  if (G_LIKELY (atomic_load_explicit (&run->begin_us, memory_order_acquire) != 0))
    return;

  if (atomic_compare_exchange_strong (&run->begin_us, &none, now_us))
    atomic_store (&run->phase, run->warmup > 0 ? MILL_PHASE_WARM_UP : MILL_PHASE_MEASURE);
}

static void
ensure_clock (MillRun *run, gint64 now_us)
{
  gint64 none = 0;

  if (G_LIKELY (atomic_load_explicit (&run->epoch_us, memory_order_acquire) != 0))
    return;

  if (run->trial->rate > 0)
    now_us = planned_us (run, run->warmup);

  if (atomic_compare_exchange_strong (&run->epoch_us, &none, now_us)) {
    atomic_store (&run->phase, MILL_PHASE_MEASURE);
    if (run->clock_func != NULL)
      run->clock_func (run->clock_data);
  }
}

void
mill_run_begin_elsewhere (MillRun *run)
{
  gint64 now_us = g_get_monotonic_time ();

  ensure_begun (run, now_us);
  if (run->warmup == 0)
    ensure_clock (run, now_us);
}

void
mill_run_measure_elsewhere (MillRun *run, gint64 epoch_us)
{
  ensure_clock (run, epoch_us);
}

static gboolean
is_over (MillRun *run, gint64 now_us)
{
  gint64 epoch_us;

  if (run->duration_us == 0)
    return FALSE;

  epoch_us = atomic_load (&run->epoch_us);
  return epoch_us != 0 && now_us >= epoch_us + run->duration_us;
}

gboolean
mill_run_take (MillRun *run, MillTicket *ticket)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 index;

  if (mill_run_is_stopping (run))
    return FALSE;

  ensure_begun (run, now_us);

  if (is_over (run, now_us) ||
      (index = atomic_fetch_add_explicit (&run->next, 1, memory_order_relaxed)) >= run->n_tickets) {
    atomic_store (&run->phase, MILL_PHASE_DRAIN);
    return FALSE;
  }

  ticket->index = index;
  ticket->planned_us = run->trial->rate > 0 ? planned_us (run, index) : 0;
  ticket->taken_us = now_us;
  ticket->lane = 0;

  if (index < run->warmup) {
    ticket->request = index;
    ticket->record = NULL;
    return TRUE;
  }

  ensure_clock (run, now_us);
  ticket->request = run->trial->first_request + index - run->warmup;
  ticket->record = &run->records[index - run->warmup];
  ticket->record->queued_us = MAX (0, (ticket->planned_us != 0 ? ticket->planned_us : now_us) -
                                          counter_get (&run->epoch_us));

  return TRUE;
}

gboolean
mill_run_wait_until_due (MillRun *run, const MillTicket *ticket)
{
  GPollFD poll_fd;
  gint64 left_us;

  if (ticket->planned_us == 0)
    return !mill_run_is_stopping (run);

  left_us = ticket->planned_us - g_get_monotonic_time ();
  if (left_us > LATE_US && g_cancellable_make_pollfd (run->cancellable, &poll_fd)) {
    while (left_us > LATE_US && !mill_run_is_stopping (run)) {
      g_poll (&poll_fd, 1, (int) MIN (left_us / 1000, G_MAXINT));
      left_us = ticket->planned_us - g_get_monotonic_time ();
    }
    g_cancellable_release_fd (run->cancellable);
  }
  /* Polling counts in milliseconds; the rest is slept, so that nothing is sent too early. */
  if (left_us > 0 && !mill_run_is_stopping (run))
    g_usleep ((gulong) left_us);

  return !mill_run_is_stopping (run);
}

void
mill_run_begin (MillRun *run, MillTicket *ticket, guint lane)
{
  gint64 now_in_flight = atomic_fetch_add_explicit (&run->in_flight, 1, memory_order_relaxed) + 1;
  gint64 highest = counter_get (&run->max_in_flight);

  while (now_in_flight > highest &&
         !atomic_compare_exchange_weak_explicit (&run->max_in_flight, &highest, now_in_flight,
                                                 memory_order_relaxed, memory_order_relaxed))
    continue;

  ticket->lane = lane;
  if (ticket->index == 0)
    atomic_store (&run->cold_start_us, g_get_monotonic_time ());

  if (ticket->record != NULL) {
    gint64 now_us = ticket->planned_us == 0 && ticket->taken_us != 0 ? ticket->taken_us
                                                                     : g_get_monotonic_time ();
    gint64 after_us = now_us - counter_get (&run->epoch_us) - ticket->record->queued_us;

    ticket->record->lane = (guint16) lane;
    ticket->record->started_us = saturate (after_us);
    if (ticket->planned_us != 0 && after_us > LATE_US) {
      ticket->record->flags |= MILL_RECORD_SENT_LATE;
      counter_add (&run->lanes[lane].sent_late, 1);
    }
  }
}

void
mill_run_end (MillRun *run, const MillTicket *ticket, MillOutcome outcome)
{
  MillRecord *record = ticket->record;

  atomic_fetch_sub_explicit (&run->in_flight, 1, memory_order_relaxed);
  if (ticket->index == 0)
    atomic_store (&run->cold_start_us, g_get_monotonic_time () - atomic_load (&run->cold_start_us));

  if (record == NULL)
    return;

  record->done_us =
      saturate (g_get_monotonic_time () - counter_get (&run->epoch_us) - record->queued_us);
  __atomic_store_n (&record->outcome, (guint8) outcome, __ATOMIC_RELEASE);
  counter_add (&run->lanes[ticket->lane].outcomes[outcome], 1);
}

MillOutcome
mill_record_load_outcome (const MillRecord *record)
{
  return (MillOutcome) __atomic_load_n (&record->outcome, __ATOMIC_ACQUIRE);
}

void
mill_run_add_bytes (MillRun *run, const MillTicket *ticket, gint64 down, gint64 up)
{
  Lane *lane = &run->lanes[ticket->lane];

  if (ticket->record == NULL)
    return;

  ticket->record->bytes_down = saturate (down);
  counter_add (&lane->bytes_downloaded, down);
  counter_add (&lane->bytes_uploaded, up);
}

void
mill_run_add_bytes_written (MillRun *run, guint lane, gint64 bytes)
{
  counter_add (&run->lanes[lane].bytes_written, bytes);
}

void
mill_run_add_connection (MillRun *run, guint lane)
{
  counter_add (&run->lanes[lane].connections_opened, 1);
}

void
mill_run_add_task_creation (MillRun *run, gint64 time_us)
{
  atomic_fetch_add (&run->task_creation_us, time_us);
}

void
mill_run_add_checksum (MillRun *run, guint64 total_bytes, guint64 digest_xor)
{
  atomic_fetch_add (&run->checksum_bytes, total_bytes);
  atomic_fetch_xor (&run->checksum, digest_xor);
}

void
mill_run_note (MillRun *run, const char *message)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->mutex);

  if (run->note == NULL)
    run->note = g_strdup (message);
}

char *
mill_run_take_note (MillRun *run)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->mutex);

  return g_steal_pointer (&run->note);
}

void
mill_run_add_leftover (MillRun *run, MillCleanUp clean_up, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->mutex);
  Leftover leftover = { clean_up, data };

  g_array_append_val (run->leftovers, leftover);
}

gboolean
mill_run_has_leftovers (MillRun *run)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->mutex);

  return run->leftovers->len > 0;
}

gboolean
mill_run_is_stopping (MillRun *run)
{
  return atomic_load_explicit (&run->stopping, memory_order_relaxed);
}

void
mill_run_stop (MillRun *run)
{
  atomic_store (&run->stopping, 1);
  g_cancellable_cancel (run->cancellable);
}

MillPhase
mill_run_get_phase (MillRun *run)
{
  return (MillPhase) atomic_load (&run->phase);
}

void
mill_run_set_phase (MillRun *run, MillPhase phase)
{
  atomic_store (&run->phase, (int) phase);
}

gint64
mill_run_get_epoch_us (MillRun *run)
{
  return atomic_load (&run->epoch_us);
}

gint64
mill_run_get_begin_us (MillRun *run)
{
  return atomic_load (&run->begin_us);
}

void
mill_run_set_clock_func (MillRun *run, MillClockFunc func, gpointer data)
{
  run->clock_func = func;
  run->clock_data = data;
}

gint64
mill_run_get_in_flight (MillRun *run)
{
  return counter_get (&run->in_flight);
}

gint64
mill_run_get_max_in_flight (MillRun *run)
{
  return counter_get (&run->max_in_flight);
}

gint64
mill_run_get_cold_start_us (MillRun *run)
{
  return atomic_load (&run->cold_start_us);
}

void
mill_run_get_counters (MillRun *run, MillCounters *counters)
{
  memset (counters, 0, sizeof *counters);

  for (guint i = 0; i < run->n_lanes; i++) {
    Lane *lane = &run->lanes[i];

    for (int outcome = 0; outcome < MILL_N_OUTCOMES; outcome++)
      counters->outcomes[outcome] += counter_get (&lane->outcomes[outcome]);
    counters->bytes_downloaded += counter_get (&lane->bytes_downloaded);
    counters->bytes_uploaded += counter_get (&lane->bytes_uploaded);
    counters->bytes_written += counter_get (&lane->bytes_written);
    counters->connections_opened += counter_get (&lane->connections_opened);
    counters->sent_late += counter_get (&lane->sent_late);
  }

  for (int outcome = MILL_OUTCOME_OK; outcome < MILL_N_OUTCOMES; outcome++)
    if (outcome != MILL_OUTCOME_CANCELLED)
      counters->done += counters->outcomes[outcome];
  counters->failed = counters->done - counters->outcomes[MILL_OUTCOME_OK];
  counters->task_creation_us = atomic_load (&run->task_creation_us);
  counters->checksum_bytes = atomic_load (&run->checksum_bytes);
  counters->checksum = atomic_load (&run->checksum);
}

MillRecord *
mill_run_get_records (MillRun *run, gint64 *n_records)
{
  gint64 taken = MIN (counter_get (&run->next), run->n_tickets);

  *n_records = MAX (0, taken - run->warmup);

  return run->records;
}

gint64
mill_share (gint64 total, int parts, int part)
{
  return total / parts + (part < total % parts ? 1 : 0);
}
