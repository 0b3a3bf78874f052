/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-soup-exchange.h"

#include "runners/mill-http-outcome.h"
#include "runners/mill-run-private.h"

void
mill_soup_exchange_init (MillSoupExchange *exchange, MillRun *run, MillBodySink *sink)
{
  mill_exchange_init (&exchange->base, run, sink);
}

void
mill_soup_exchange_clear (MillSoupExchange *exchange)
{
  g_clear_object (&exchange->message);
  mill_exchange_clear (&exchange->base);
}

/* A request whose connection was closed before the answer would be sent a second time, and
 * nobody would count it. A load generator reports what happened instead. The message must ask
 * for a new connection, which it does not get: where libsoup 3.2 finds an idle one it takes the
 * end of the first attempt for that of the second. */
static void
on_restarted (SoupMessage *message, gpointer data)
{
  MillSoupExchange *exchange = data;

  exchange->repeated = TRUE;
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  g_cancellable_cancel (exchange->cancellable);
}

static void
set_message (MillSoupExchange *exchange, SoupMessage *message)
{
  g_clear_object (&exchange->message);
  exchange->message = message;
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), exchange);
}

void
mill_soup_exchange_begin (MillSoupExchange *exchange,
                          const MillTicket *ticket,
                          guint lane,
                          GCancellable *cancellable)
{
  exchange->cancellable = cancellable;
  exchange->repeated = FALSE;
  mill_exchange_begin (&exchange->base, ticket, lane);
  set_message (exchange, mill_http_plan_new_message (mill_run_get_http_plan (exchange->base.run),
                                                     ticket->request));
}

/* Tells the times that libsoup took. */
static void
take_metrics (MillSoupExchange *exchange)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  guint64 request_us = soup_message_metrics_get_request_start (metrics);
  guint64 response_us = soup_message_metrics_get_response_start (metrics);

  if (request_us != 0)
    mill_exchange_sent (&exchange->base, (gint64) request_us);
  if (request_us != 0 && soup_message_metrics_get_connect_start (metrics) != 0)
    mill_exchange_connected (&exchange->base);
  if (response_us != 0)
    mill_exchange_answered (&exchange->base, (gint64) response_us);
}

gboolean
mill_soup_exchange_redirect (MillSoupExchange *exchange)
{
  SoupMessage *message = exchange->message;
  guint status = soup_message_get_status (message);
  g_autoptr (GUri) next = NULL;
  gboolean as_get;

  if (G_LIKELY (!SOUP_STATUS_IS_REDIRECTION (status)))
    return FALSE;

  next = mill_exchange_follow (
      &exchange->base, status, soup_message_get_method (message), soup_message_get_uri (message),
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"),
      &as_get);
  if (next == NULL)
    return FALSE;

  take_metrics (exchange);
  set_message (exchange, mill_http_plan_new_redirected (mill_run_get_http_plan (exchange->base.run),
                                                        message, next, as_get));

  return TRUE;
}

static MillOutcome
outcome_of_error (MillSoupExchange *exchange, const GError *error, gboolean expired)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  MillOutcome outcome;

  if (expired)
    return MILL_OUTCOME_TIMEOUT;
  if (mill_run_is_stopping (exchange->base.run))
    return MILL_OUTCOME_CANCELLED;
  if (exchange->repeated)
    return MILL_OUTCOME_RESET;

  outcome = mill_outcome_from_error (
      error, soup_message_metrics_get_response_header_bytes_received (metrics) > 0);
  if (mill_outcome_needs_note (outcome))
    mill_run_note (exchange->base.run, error->message);

  return outcome;
}

MillOutcome
mill_soup_exchange_end (MillSoupExchange *exchange, const GError *error, gboolean expired)
{
  guint status = soup_message_get_status (exchange->message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  MillOutcome outcome = MILL_OUTCOME_PENDING;

  if (!exchange->base.ended) {
    if (error != NULL)
      outcome = outcome_of_error (exchange, error, expired);
    take_metrics (exchange);
  }
  outcome = mill_exchange_end (&exchange->base, outcome, status,
                               (gint64) soup_message_metrics_get_request_body_size (metrics));
  g_clear_object (&exchange->message);

  return outcome;
}

void
mill_soup_exchange_end_early (MillSoupExchange *exchange)
{
  if (!exchange->base.under_way || exchange->base.ended)
    return;

  take_metrics (exchange);
  mill_exchange_end_early (&exchange->base);
}
