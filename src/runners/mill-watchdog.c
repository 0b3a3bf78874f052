/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-watchdog.h"

#include <stdatomic.h>

/* What stands in a watch instead of a deadline. */
#define IDLE 0     /* nothing is in flight */
#define EXPIRED -1 /* the watchdog cancels, under its mutex */

/* Without a lane there is nothing to look at; adding one wakes the thread. */
#define LONGEST_SLEEP_US (60 * G_USEC_PER_SEC)

struct _MillWatch {
  MillWatchdog *watchdog;
  GCancellable *cancellable;
  gboolean holds_fd;
  gint64 timeout_us;
  _Atomic gint64 deadline_us; /* monotonic, or one of the above */
};

struct _MillWatchdog {
  GCancellable *stop;
  gulong stop_handler;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GPtrArray *watches; /* under the mutex */
  gboolean quit;
  gboolean stopping;
};

/* The lane may have ended its request meanwhile; then its watch is no longer what it was. */
static void
expire (MillWatch *watch, gint64 deadline_us)
{
  if (atomic_compare_exchange_strong (&watch->deadline_us, &deadline_us, EXPIRED))
    g_cancellable_cancel (watch->cancellable);
}

/* Ends what is due. All lanes of a run have the same timeout, so a request that begins later
 * than this look is due no earlier than one timeout from now: that is the longest sleep.
 * Returns: the time of the next look */
static gint64
look (MillWatchdog *watchdog)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 next_us = now_us + LONGEST_SLEEP_US;

  for (guint i = 0; i < watchdog->watches->len; i++) {
    MillWatch *watch = g_ptr_array_index (watchdog->watches, i);
    gint64 deadline_us = atomic_load (&watch->deadline_us);

    if (deadline_us > 0 && deadline_us <= now_us)
      expire (watch, deadline_us);
    else if (deadline_us > 0)
      next_us = MIN (next_us, deadline_us);

    next_us = MIN (next_us, now_us + watch->timeout_us);
  }

  return next_us;
}

static gpointer
watch_thread (gpointer data)
{
  MillWatchdog *watchdog = data;
  gboolean stopped = FALSE;

  g_mutex_lock (&watchdog->mutex);

  while (!watchdog->quit) {
    if (watchdog->stopping && !stopped) {
      stopped = TRUE;
      for (guint i = 0; i < watchdog->watches->len; i++) {
        MillWatch *watch = g_ptr_array_index (watchdog->watches, i);

        g_cancellable_cancel (watch->cancellable);
      }
    }

    g_cond_wait_until (&watchdog->cond, &watchdog->mutex, look (watchdog));
  }

  g_mutex_unlock (&watchdog->mutex);

  return NULL;
}

static void
on_stop (GCancellable *stop, gpointer data)
{
  MillWatchdog *watchdog = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&watchdog->mutex);

  watchdog->stopping = TRUE;
  g_cond_signal (&watchdog->cond);
}

MillWatchdog *
mill_watchdog_new (GCancellable *stop)
{
  MillWatchdog *watchdog = g_new0 (MillWatchdog, 1);

  g_mutex_init (&watchdog->mutex);
  g_cond_init (&watchdog->cond);
  watchdog->watches = g_ptr_array_new ();
  watchdog->stop = g_object_ref (stop);
  watchdog->thread = g_thread_new ("watchdog", watch_thread, watchdog);
  watchdog->stop_handler = g_cancellable_connect (stop, G_CALLBACK (on_stop), watchdog, NULL);

  return watchdog;
}

void
mill_watchdog_free (MillWatchdog *watchdog)
{
  g_cancellable_disconnect (watchdog->stop, watchdog->stop_handler);

  g_mutex_lock (&watchdog->mutex);
  watchdog->quit = TRUE;
  g_cond_signal (&watchdog->cond);
  g_mutex_unlock (&watchdog->mutex);

  g_thread_join (watchdog->thread);
  g_ptr_array_unref (watchdog->watches);
  g_object_unref (watchdog->stop);
  g_cond_clear (&watchdog->cond);
  g_mutex_clear (&watchdog->mutex);
  g_free (watchdog);
}

/* A cancellable opens a descriptor whenever somebody polls it and closes it afterwards; held
 * open, it is opened once per lane and not once per wait. */
static void
hold_fd (MillWatch *watch)
{
  GPollFD poll_fd;

  watch->holds_fd = g_cancellable_make_pollfd (watch->cancellable, &poll_fd);
}

static void
release_fd (MillWatch *watch)
{
  if (watch->holds_fd)
    g_cancellable_release_fd (watch->cancellable);
  watch->holds_fd = FALSE;
}

MillWatch *
mill_watchdog_add (MillWatchdog *watchdog, gint64 timeout_us)
{
  g_autoptr (GMutexLocker) locker = NULL;
  MillWatch *watch = g_new0 (MillWatch, 1);

  watch->watchdog = watchdog;
  watch->timeout_us = timeout_us;
  watch->cancellable = g_cancellable_new ();
  hold_fd (watch);

  locker = g_mutex_locker_new (&watchdog->mutex);
  g_ptr_array_add (watchdog->watches, watch);
  if (watchdog->stopping)
    g_cancellable_cancel (watch->cancellable);
  else
    g_cond_signal (&watchdog->cond);

  return watch;
}

void
mill_watch_free (MillWatch *watch)
{
  g_mutex_lock (&watch->watchdog->mutex);
  g_ptr_array_remove_fast (watch->watchdog->watches, watch);
  g_mutex_unlock (&watch->watchdog->mutex);

  release_fd (watch);
  g_object_unref (watch->cancellable);
  g_free (watch);
}

GCancellable *
mill_watch_begin (MillWatch *watch)
{
  atomic_store (&watch->deadline_us, g_get_monotonic_time () + watch->timeout_us);

  return watch->cancellable;
}

/* A cancelled cancellable is not reset but replaced: somebody may still hold it. The mutex
 * also waits for a watchdog that is still cancelling. */
static void
replace_cancellable (MillWatch *watch)
{
  g_autoptr (GCancellable) old = watch->cancellable;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&watch->watchdog->mutex);

  release_fd (watch);
  watch->cancellable = g_cancellable_new ();
  hold_fd (watch);
  if (watch->watchdog->stopping)
    g_cancellable_cancel (watch->cancellable);
}

gboolean
mill_watch_end (MillWatch *watch, gboolean renew)
{
  gboolean expired = atomic_exchange (&watch->deadline_us, IDLE) == EXPIRED;

  if (expired || renew)
    replace_cancellable (watch);

  return expired;
}
