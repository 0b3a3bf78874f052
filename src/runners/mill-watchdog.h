/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread that ends the requests of blocking lanes: at their timeout, and all at once when
 * the run stops. A lane costs two atomic operations per request and takes no lock. */
typedef struct _MillWatchdog MillWatchdog;
typedef struct _MillWatch MillWatch;

/**
 * mill_watchdog_new:
 * @stop: once cancelled, everything that is watched is cancelled
 *
 * Returns: (transfer full): a watchdog with its own thread
 */
MillWatchdog *mill_watchdog_new (GCancellable *stop);
void mill_watchdog_free (MillWatchdog *watchdog);

/**
 * mill_watchdog_add:
 * @timeout_us: for each request of this lane
 *
 * Returns: (transfer full): one lane's watch; mill_watch_free()
 */
MillWatch *mill_watchdog_add (MillWatchdog *watchdog, gint64 timeout_us);
void mill_watch_free (MillWatch *watch);

/**
 * mill_watch_begin:
 *
 * Returns: (transfer none): a cancellable that is cancelled at the timeout from now, or when
 *   the run stops
 */
GCancellable *mill_watch_begin (MillWatch *watch);

/**
 * mill_watch_end:
 * @renew: whether the lane itself has cancelled the cancellable
 *
 * Returns: %TRUE if the timeout had passed
 */
gboolean mill_watch_end (MillWatch *watch, gboolean renew);

G_END_DECLS
