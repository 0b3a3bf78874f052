/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* What mill-http-task is on libsoup and a main context, on libcurl and a libuv loop: a lane's
 * way to make requests, with its connections and timeouts. Belongs to the thread of the loop. */
typedef struct _MillCurlClient MillCurlClient;

/* Called from the loop after a ticket has been ended. */
typedef void (*MillCurlCallback) (gpointer data);

/**
 * mill_curl_client_new:
 * @lane: the lane that its requests are recorded for
 * @loop: must outlive the client
 * @max_in_flight: the most requests that will be in flight at once
 *
 * Returns: (transfer full): the client
 */
MillCurlClient *mill_curl_client_new (MillRun *run,
                                      guint lane,
                                      uv_loop_t *loop,
                                      int max_in_flight,
                                      MillCurlCallback callback,
                                      gpointer data);

/* No request may be in flight. What the loop holds of the client is gone after its next turn. */
void mill_curl_client_free (MillCurlClient *client);

/**
 * mill_curl_client_start:
 * @ticket: taken and due; copied
 *
 * Starts a request and returns. There must be less than `max_in_flight` under way. Begins the
 * ticket, ends it, then the callback is called, never before this function has returned.
 */
void mill_curl_client_start (MillCurlClient *client, const MillTicket *ticket);

/**
 * mill_curl_client_cancel_some:
 * @most: how many requests, so that one turn of the loop does not take long
 *
 * Ends requests that are in flight as cancelled; the callback is called for each at once.
 */
void mill_curl_client_cancel_some (MillCurlClient *client, int most);

/* Ends the tickets of everything that is in flight as cancelled; the requests themselves stay. */
void mill_curl_client_end_early (MillCurlClient *client);

G_END_DECLS
