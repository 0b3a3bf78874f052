/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* The built-in test server: HTTP on the loopback interface, answers shaped by its settings.
 * One thread serves (epoll where there is one), one holds the delayed requests. */
typedef struct _MillServer MillServer;

/* The most that is read of a request's body, and the most that /bytes/N answers. */
#define MILL_SERVER_MAX_BODY_BYTES (64 * 1024 * 1024)
#define MILL_SERVER_MAX_ANSWER_BYTES ((gint64) 1024 * 1024 * 1024)
/* The longest delay that /delay/SECONDS takes. */
#define MILL_SERVER_MAX_DELAY_S 3600.0

/**
 * mill_server_new:
 * @port: to listen on; 0 takes a free one
 * @settings: how to answer
 * @seed: of the random draws
 * @error: a GIOError that names the port
 *
 * Starts serving on 127.0.0.1.
 */
MillServer *
mill_server_new (guint16 port, const MillServerSettings *settings, guint64 seed, GError **error);

/**
 * mill_server_free:
 *
 * Answers what waits, closes all connections and joins the threads.
 */
void mill_server_free (MillServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillServer, mill_server_free)

guint16 mill_server_get_port (MillServer *server);

/**
 * mill_server_configure:
 * @settings: how to answer from now on
 * @seed: starts the random draws anew
 *
 * Thread-safe.
 */
void mill_server_configure (MillServer *server, const MillServerSettings *settings, guint64 seed);

/* What the settings are now. */
void mill_server_get_settings (MillServer *server, MillServerSettings *settings);

/**
 * mill_server_reset:
 *
 * Counts and random draws start anew. Thread-safe.
 */
void mill_server_reset (MillServer *server);

/**
 * mill_server_stats:
 *
 * Returns: (transfer full): what was seen since the last reset. Thread-safe.
 */
JsonObject *mill_server_stats (MillServer *server);

G_END_DECLS
