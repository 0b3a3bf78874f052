/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* One lane's way to make requests: its SoupSessions, its buffer, its timeouts, and what is
 * done with a body afterwards. A client belongs to the thread that uses it; a blocking client
 * may be handed to another thread between two requests. */
typedef struct _MillHttpClient MillHttpClient;

/* Called in the client's main context after the ticket has been ended. */
typedef void (*MillHttpCallback) (MillHttpClient *client, gpointer data);

/**
 * mill_http_client_new:
 * @lane: the lane that its requests are recorded for
 *
 * Makes a client that blocks: one session, one connection.
 *
 * Returns: (transfer full): the client
 */
MillHttpClient *mill_http_client_new (MillRun *run, guint lane);

/**
 * mill_http_client_new_async:
 * @max_in_flight: the most requests that will be in flight at once
 *
 * Makes a client for the thread's default main context. It owns as many sessions as it takes
 * to have at most 16 connections each, because a session looks at all its requests whenever
 * one of them ends.
 *
 * Returns: (transfer full): the client
 */
MillHttpClient *mill_http_client_new_async (MillRun *run, guint lane, int max_in_flight);

void mill_http_client_free (MillHttpClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillHttpClient, mill_http_client_free)

/**
 * mill_http_client_run_blocking:
 * @ticket: taken and due
 *
 * Makes the request and returns when its body has been read and dealt with, its timeout is
 * over or the run is stopping. Begins and ends the ticket.
 *
 * Returns: how it ended
 */
MillOutcome mill_http_client_run_blocking (MillHttpClient *client, MillTicket *ticket);

/**
 * mill_http_client_start:
 * @ticket: taken and due; copied
 *
 * Starts a request and returns. There must be less than `max_in_flight` under way. Begins the
 * ticket, ends it, then calls @callback, never before this function has returned.
 */
void mill_http_client_start (MillHttpClient *client,
                             const MillTicket *ticket,
                             MillHttpCallback callback,
                             gpointer data);

/**
 * mill_http_client_cancel_some:
 * @most: how many requests, so that one turn of the loop does not take long
 *
 * Cancels requests that are in flight in an asynchronous client. Their callbacks still come.
 *
 * Returns: whether there are more
 */
gboolean mill_http_client_cancel_some (MillHttpClient *client, int most);

/**
 * mill_http_client_end_early:
 *
 * Ends the tickets of everything that is in flight as cancelled, without waiting for the
 * library. The callbacks still come, once the loop runs again.
 */
void mill_http_client_end_early (MillHttpClient *client);

/**
 * mill_http_client_set_wait_hooks:
 * @begin_wait: called before the network part of a blocking request
 * @end_wait: called when the body is there, before it is hashed, parsed or written
 *
 * Brackets the time in which a lane waits for others, for a model that holds a lock while it
 * computes.
 */
typedef void (*MillWaitHook) (gpointer data);
void mill_http_client_set_wait_hooks (MillHttpClient *client,
                                      MillWaitHook begin_wait,
                                      MillWaitHook end_wait,
                                      gpointer data);

G_END_DECLS
