/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-curl-plan.h"
#include "runners/mill-curl-shard.h"
#include "runners/mill-exchange.h"

G_BEGIN_DECLS

/* An exchange by libcurl: an easy handle that is used for one request after the other. */
typedef struct {
  MillExchange base;
  const MillCurlPlan *plan;
  MillCurlShard *shard;
  CURL *easy;
  GUri *redirected;      /* where the message under way goes, if it follows a redirect */
  CURLU *url;            /* the same, as libcurl has it */
  gboolean is_set;       /* the handle is ready for the next request to the only URL */
  gboolean asked_as_get; /* by a redirect */
  gboolean has_socket;   /* the message under way has opened one */
  gboolean asked;        /* the message under way was about to be written */
  gboolean answered;     /* and something came back */
  gboolean repeated;     /* libcurl wanted to send it again on a new connection */
  char words[CURL_ERROR_SIZE];
} MillCurlExchange;

void mill_curl_exchange_init (MillCurlExchange *exchange,
                              MillRun *run,
                              MillBodySink *sink,
                              const MillCurlPlan *plan,
                              MillCurlShard *shard);
void mill_curl_exchange_clear (MillCurlExchange *exchange);

/* Begins the ticket and makes its handle ready to be added to a multi handle. */
void mill_curl_exchange_begin (MillCurlExchange *exchange, const MillTicket *ticket, guint lane);

/**
 * mill_curl_exchange_redirect:
 * @result: how libcurl ended the transfer
 *
 * Returns: %TRUE if the handle is to be added again for the same ticket
 */
gboolean mill_curl_exchange_redirect (MillCurlExchange *exchange, CURLcode result);

/* The exchange that a handle belongs to. */
MillCurlExchange *mill_curl_exchange_from_easy (CURL *easy);

/**
 * mill_curl_exchange_end:
 * @result: how libcurl ended the transfer
 *
 * Ends the ticket.
 *
 * Returns: how it ended
 */
MillOutcome mill_curl_exchange_end (MillCurlExchange *exchange, CURLcode result);

/* Ends the ticket of a transfer that was taken out of its multi handle: its timeout had passed,
 * or the run is stopping. */
MillOutcome mill_curl_exchange_abandon (MillCurlExchange *exchange, MillOutcome outcome);

/* Ends the ticket as cancelled now; mill_curl_exchange_abandon() will only clean up. */
void mill_curl_exchange_end_early (MillCurlExchange *exchange);

G_END_DECLS
