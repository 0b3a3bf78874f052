/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* What the server has counted since its last reset. */
typedef struct {
  gint64 requests; /* arrived whole */
  gint64 answered; /* answers sent whole, errors included */
  gint64 errors;   /* of these, made to fail by the error rate */
  gint64 dropped;  /* connections closed without an answer by the drop rate */
  gint64 connections;
  gint64 in_flight; /* now */
  gint64 max_in_flight;
  double cpu_s; /* of the process since its start; not reset */
} MillServerStats;

#define MILL_TYPE_SERVER_PROCESS (mill_server_process_get_type ())
G_DECLARE_FINAL_TYPE (MillServerProcess, mill_server_process, MILL, SERVER_PROCESS, GObject)

MillServerProcess *mill_server_process_new (void);

/**
 * mill_server_process_start_async:
 * @self: not started yet
 * @port: of the loopback interface; 0 takes a free one
 * @settings: how it answers
 * @seed: of its random draws
 *
 * Starts `threadmill-server`.
 */
void mill_server_process_start_async (MillServerProcess *self,
                                      int port,
                                      const MillServerSettings *settings,
                                      guint64 seed,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean
mill_server_process_start_finish (MillServerProcess *self, GAsyncResult *result, GError **error);

/**
 * mill_server_process_prepare_async:
 * @settings: how it answers from now on
 * @seed: starts its random draws anew, so that each trial meets the same ones
 *
 * Prepares it for a trial: new settings, and counters at zero.
 */
void mill_server_process_prepare_async (MillServerProcess *self,
                                        const MillServerSettings *settings,
                                        guint64 seed,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
gboolean
mill_server_process_prepare_finish (MillServerProcess *self, GAsyncResult *result, GError **error);

/* Reads its counters. */
void mill_server_process_stats_async (MillServerProcess *self,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean mill_server_process_stats_finish (MillServerProcess *self,
                                           GAsyncResult *result,
                                           MillServerStats *stats,
                                           GError **error);

/**
 * mill_server_process_set_end_func:
 * @func: (nullable): called once when the server is gone
 *
 * For who only waits for its end. Not called for a server that did not start.
 */
typedef void (*MillServerEndFunc) (const GError *error, gpointer data);
void
mill_server_process_set_end_func (MillServerProcess *self, MillServerEndFunc func, gpointer data);

/* "http://127.0.0.1:PORT", or NULL before it listens. */
const char *mill_server_process_get_url (MillServerProcess *self);
gboolean mill_server_process_is_running (MillServerProcess *self);
/* Its process id as the system writes it, or NULL. */
const char *mill_server_process_get_identifier (MillServerProcess *self);
/* Ends it; nothing is waited for. */
void mill_server_process_stop (MillServerProcess *self);

G_END_DECLS
