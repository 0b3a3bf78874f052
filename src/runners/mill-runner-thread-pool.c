/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "runners/mill-lane.h"

/* Queue entries that wait at once at most: what a push costs in memory is bounded, and each
 * worker finds work whenever it looks. */
#define MAX_QUEUED 65536
#define QUEUED_PER_WORKER 2 /* of a run by duration, where nobody knows how many will be done */

/* Which lane a worker has; NULL: the entry is free. Only the worker itself reads `lane`. */
typedef struct {
  GThread *thread;
  MillLane *lane;
} Owner;

/* `thread-pool` and `gil-thread-pool`: a GThreadPool of N exclusive workers. Each request is
 * one entry in its queue. An entry does not say which request it is, only when it was pushed:
 * a worker takes the next one of the run when it comes to the entry, so that warm-up and
 * duration end exactly, and in an open loop the worker waits for the planned time. */
typedef struct {
  MillRun *run;
  MillGil *gil; /* NULL for `thread-pool` */
  MillLane *lanes;
  guint n_lanes;
  int lanes_given;
  Owner *owners; /* hash table, a power of two, never more than half full */
  guint n_owners;
  gint64 begin_us; /* monotonic: what the queue entries count from */

  GMutex mutex;
  GCond has_room;
  int max_queued;
  int n_queued;
  int refill_at; /* the pushing thread is woken when so few are left */
  int finished;  /* nothing is left to take */
  int n_done;    /* publishes the lanes to the thread that frees them */
} Pool;

static guint
table_size (int n_workers)
{
  guint size = 2;

  while (size < 2 * (guint) n_workers)
    size *= 2;
  return size;
}

/* The lane of the calling worker: GThreadPool does not say which of its threads calls. Found
 * by hashing, without a lock. Asked for only with a ticket in hand, so there are never more
 * askers than lanes. */
static MillLane *
get_lane (Pool *pool)
{
  GThread *self = g_thread_self ();
  guint mask = pool->n_owners - 1;
  guint start = ((guint) (GPOINTER_TO_SIZE (self) / sizeof (gpointer)) * 2654435761u) >> 16;

  for (guint i = start & mask;; i = (i + 1) & mask) {
    Owner *owner = &pool->owners[i];

    if (g_atomic_pointer_get (&owner->thread) == self)
      return owner->lane;
    if (g_atomic_pointer_compare_and_exchange (&owner->thread, NULL, self)) {
      owner->lane = &pool->lanes[g_atomic_int_add (&pool->lanes_given, 1)];
      return owner->lane;
    }
  }
}

static void
wake_pushing_thread (Pool *pool)
{
  g_mutex_lock (&pool->mutex);
  g_cond_signal (&pool->has_room);
  g_mutex_unlock (&pool->mutex);
}

static gboolean
do_next (Pool *pool, gint64 pushed_us)
{
  MillTicket ticket;

  if (!mill_lane_take (pool->run, pool->gil, &ticket)) {
    g_atomic_int_set (&pool->finished, TRUE);
    return FALSE;
  }
  if (ticket.record != NULL && ticket.planned_us == 0)
    ticket.record->queued_us = MAX (0, pushed_us - mill_run_get_epoch_us (pool->run));
  mill_lane_work (get_lane (pool), &ticket);
  return TRUE;
}

static void
do_entry (Pool *pool, gint64 pushed_us)
{
  if (pool->gil == NULL) {
    do_next (pool, pushed_us);
    return;
  }
  /* A Python worker gets its next task without giving up the lock; only a blocking call or
   * the request of a waiter ends its turn. The entries of the tasks that it does come to
   * nothing later. */
  mill_gil_take (pool->gil);
  while (do_next (pool, pushed_us))
    continue;
  mill_gil_release (pool->gil);
}

static void
work (gpointer entry, gpointer data)
{
  Pool *pool = data;

  if (g_atomic_int_add (&pool->n_queued, -1) - 1 == pool->refill_at)
    wake_pushing_thread (pool);
  if (!g_atomic_int_get (&pool->finished))
    do_entry (pool, pool->begin_us + (gint64) GPOINTER_TO_SIZE (entry) - 1);
  g_atomic_int_inc (&pool->n_done);
}

static void
wait_for_room (Pool *pool)
{
  g_mutex_lock (&pool->mutex);
  while (g_atomic_int_get (&pool->n_queued) > pool->refill_at)
    g_cond_wait (&pool->has_room, &pool->mutex);
  g_mutex_unlock (&pool->mutex);
}

/* Pushes an entry for every request. Returns the time that the pushes took. */
static gint64
push_all (Pool *pool, GThreadPool *threads)
{
  const MillTrial *trial = mill_run_get_trial (pool->run);
  gint64 left = trial->warmup + trial->requests;
  gint64 creation_us = 0;

  while (left > 0 && !g_atomic_int_get (&pool->finished)) {
    gint64 burst = MIN (left, pool->max_queued - g_atomic_int_get (&pool->n_queued));
    gint64 now_us = g_get_monotonic_time ();

    creation_us -= now_us;
    for (gint64 i = 0; i < burst; i++) {
      g_atomic_int_inc (&pool->n_queued);
      g_thread_pool_push (threads, GSIZE_TO_POINTER ((gsize) (now_us - pool->begin_us + 1)), NULL);
      now_us = g_get_monotonic_time ();
    }
    creation_us += now_us;
    left -= burst;
    if (left > 0)
      wait_for_room (pool);
  }
  return creation_us;
}

static GThreadPool *
start_workers (Pool *pool, int n_workers, GError **error)
{
  g_autoptr (GError) reason = NULL;
  /* Grown from one: GLib 2.84 frees a pool too early whose first threads cannot all be started. */
  GThreadPool *threads = g_thread_pool_new (work, pool, 1, TRUE, &reason);

  if (reason == NULL && g_thread_pool_set_max_threads (threads, n_workers, &reason))
    return threads;
  g_set_error (error, MILL_ERROR, MILL_ERROR_LIMIT,
               _ ("Only %u of %d threads could be started: %s. Choose fewer threads, or raise "
                  "the limit of threads or memory."),
               threads != NULL ? g_thread_pool_get_num_threads (threads) : 0, n_workers,
               reason->message);
  if (threads != NULL)
    g_thread_pool_free (threads, TRUE, TRUE);
  return NULL;
}

static gboolean
run_pool (MillRun *run, MillGil *gil, GError **error)
{
  const MillTrial *trial = mill_run_get_trial (run);
  int n_workers = trial->model.workers;
  Pool pool = { .run = run, .gil = gil, .n_lanes = mill_run_get_lanes (run) };
  GThreadPool *threads;
  gint64 creation_us;

  g_mutex_init (&pool.mutex);
  g_cond_init (&pool.has_room);
  pool.lanes = mill_lanes_new (run, pool.n_lanes, gil);
  pool.max_queued = trial->duration_s > 0 ? n_workers * QUEUED_PER_WORKER : MAX_QUEUED;
  pool.refill_at = pool.max_queued / 2;
  pool.n_owners = table_size (n_workers);
  pool.owners = g_new0 (Owner, pool.n_owners);
  pool.begin_us = g_get_monotonic_time ();
  threads = start_workers (&pool, n_workers, error);
  creation_us = g_get_monotonic_time () - pool.begin_us;
  if (threads != NULL) {
    creation_us += push_all (&pool, threads);
    g_thread_pool_free (threads, FALSE, TRUE);
    mill_run_add_task_creation (run, creation_us);
  }
  /* Orders what the workers wrote before the freeing, also for a race detector, which does not
   * see into GLib's own lock. */
  (void) g_atomic_int_get (&pool.n_done);
  mill_lanes_free (pool.lanes, pool.n_lanes);
  g_free (pool.owners);
  g_cond_clear (&pool.has_room);
  g_mutex_clear (&pool.mutex);
  return threads != NULL;
}

static gboolean
run_thread_pool (MillRun *run, GError **error)
{
  return run_pool (run, NULL, error);
}

static gboolean
run_gil_thread_pool (MillRun *run, GError **error)
{
  g_autoptr (MillGil) gil = mill_gil_new ();

  return run_pool (run, gil, error);
}

const MillRunner mill_runner_thread_pool = { run_thread_pool, run_thread_pool };
const MillRunner mill_runner_gil_thread_pool = { run_gil_thread_pool, run_gil_thread_pool };
