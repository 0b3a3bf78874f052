/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-gil.h"

/* The protocol is that of CPython since 3.2, Python/ceval_gil.c (`take_gil`, `drop_gil`,
 * `gil_drop_request`, FORCE_SWITCHING; A. Pitrou, "Reworking the GIL", python-dev, 2009):
 *
 * - A waiter waits on a condition for one interval. If nobody else got the lock meanwhile, it
 *   sets the drop request and waits again.
 * - The holder looks at the request between two pieces of work. If it is set, it drops the
 *   lock and waits until another thread has taken it before it waits for it itself: without
 *   this forced switching the holder would mostly win the lock back at once.
 * - Whoever takes the lock clears the request.
 * - Around a blocking call the lock is given up without being asked.
 *
 * CPython guards the forced switching with a second mutex; here one mutex guards all. The
 * fields are atomic nevertheless: `drop_request` because it is read without the mutex in the
 * hot path, `locked` because taking it orders the memory of the threads under the lock. */
struct _MillGil {
  GMutex mutex;
  GCond released; /* the lock is free */
  GCond switched; /* another thread has it */
  int locked;
  int drop_request;
  int switches;         /* how often the lock went to another thread */
  GThread *last_holder; /* compared, never followed */
};

/**
 * mill_gil_new:
 *
 * Returns: (transfer full): a lock that nobody holds
 */
MillGil *
mill_gil_new (void)
{
  MillGil *gil = g_new0 (MillGil, 1);

  g_mutex_init (&gil->mutex);
  g_cond_init (&gil->released);
  g_cond_init (&gil->switched);
  return gil;
}

/**
 * mill_gil_free:
 * @gil: (transfer full) (nullable): a lock that nobody holds or waits for
 */
void
mill_gil_free (MillGil *gil)
{
  if (gil == NULL)
    return;
  g_cond_clear (&gil->switched);
  g_cond_clear (&gil->released);
  g_mutex_clear (&gil->mutex);
  g_free (gil);
}

/**
 * mill_gil_take:
 * @gil: a lock that this thread does not hold
 *
 * Waits for the lock; asks its holder to hand it over after each %MILL_GIL_INTERVAL_US in which
 * it did not go to another thread.
 */
void
mill_gil_take (MillGil *gil)
{
  GThread *self = g_thread_self ();
  int seen;

  g_mutex_lock (&gil->mutex);
  while (g_atomic_int_get (&gil->locked)) {
    seen = g_atomic_int_get (&gil->switches);
    if (!g_cond_wait_until (&gil->released, &gil->mutex,
                            g_get_monotonic_time () + MILL_GIL_INTERVAL_US) &&
        g_atomic_int_get (&gil->locked) && g_atomic_int_get (&gil->switches) == seen)
      g_atomic_int_set (&gil->drop_request, TRUE);
  }
  g_atomic_int_set (&gil->locked, TRUE);
  if (g_atomic_pointer_get (&gil->last_holder) != self) {
    g_atomic_pointer_set (&gil->last_holder, self);
    g_atomic_int_inc (&gil->switches);
  }
  g_atomic_int_set (&gil->drop_request, FALSE);
  g_cond_signal (&gil->switched);
  g_mutex_unlock (&gil->mutex);
}

/**
 * mill_gil_release:
 * @gil: a lock that this thread holds
 *
 * Gives the lock up, as before a blocking call. If a waiter has asked for it, returns only when
 * another thread has taken it.
 */
void
mill_gil_release (MillGil *gil)
{
  GThread *self = g_thread_self ();

  g_mutex_lock (&gil->mutex);
  g_atomic_int_set (&gil->locked, FALSE);
  g_cond_signal (&gil->released);
  if (g_atomic_int_get (&gil->drop_request)) {
    while (g_atomic_pointer_get (&gil->last_holder) == self)
      g_cond_wait (&gil->switched, &gil->mutex);
  }
  g_mutex_unlock (&gil->mutex);
}

/**
 * mill_gil_check:
 * @gil: a lock that this thread holds
 *
 * To be called between two pieces of work: hands the lock over if a waiter has asked for it,
 * and takes it again. Costs one read of memory otherwise.
 */
void
mill_gil_check (MillGil *gil)
{
  if (G_LIKELY (!g_atomic_int_get (&gil->drop_request)))
    return;
  mill_gil_release (gil);
  mill_gil_take (gil);
}

/**
 * mill_gil_get_switches:
 * @gil: a lock
 *
 * Returns: how often the lock went to a thread other than its last holder
 */
guint
mill_gil_get_switches (MillGil *gil)
{
  return (guint) g_atomic_int_get (&gil->switches);
}
