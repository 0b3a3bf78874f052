/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-exchange.h"

#include <glib/gi18n-lib.h>

#include "runners/mill-http-outcome.h"
#include "runners/mill-run-private.h"

/* As many as libsoup follows by itself. */
#define MAX_REDIRECTS 20

void
mill_exchange_init (MillExchange *exchange, MillRun *run, MillBodySink *sink)
{
  exchange->run = run;
  exchange->body = mill_body_new (sink);
}

void
mill_exchange_clear (MillExchange *exchange)
{
  g_clear_object (&exchange->message);
  g_clear_pointer (&exchange->body, mill_body_free);
}

/* A request whose connection was closed before the answer would be sent a second time, and
 * nobody would count it. A load generator reports what happened instead. The message must ask
 * for a new connection, which it does not get: where libsoup 3.2 finds an idle one it takes the
 * end of the first attempt for that of the second. */
static void
on_restarted (SoupMessage *message, gpointer data)
{
  MillExchange *exchange = data;

  exchange->repeated = TRUE;
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  g_cancellable_cancel (exchange->cancellable);
}

static void
set_message (MillExchange *exchange, SoupMessage *message)
{
  g_clear_object (&exchange->message);
  exchange->message = message;
  g_signal_connect (message, "restarted", G_CALLBACK (on_restarted), exchange);
  mill_body_begin (exchange->body);
}

void
mill_exchange_begin (MillExchange *exchange,
                     const MillTicket *ticket,
                     guint lane,
                     GCancellable *cancellable)
{
  exchange->ticket = *ticket;
  exchange->cancellable = cancellable;
  exchange->redirects = 0;
  exchange->repeated = FALSE;
  exchange->failure = MILL_OUTCOME_PENDING;
  exchange->bytes_down = 0;
  exchange->ended = FALSE;
  mill_run_begin (exchange->run, &exchange->ticket, lane);
  set_message (exchange, mill_http_plan_new_message (mill_run_get_http_plan (exchange->run),
                                                     ticket->request));
}

gboolean
mill_exchange_add (MillExchange *exchange, const guint8 *data, gsize length)
{
  if (mill_body_add (exchange->body, data, length))
    return TRUE;

  exchange->failure = MILL_OUTCOME_CONTENT;

  return FALSE;
}

static guint32
after_queued_us (MillExchange *exchange, guint64 time_us)
{
  gint64 queued_us = mill_run_get_epoch_us (exchange->run) + exchange->ticket.record->queued_us;

  return (guint32) CLAMP ((gint64) time_us - queued_us, 0, G_MAXUINT32);
}

/* Reads the times that libsoup took; the first message of a request counts as sent, the last
 * one as answered. */
static void
take_metrics (MillExchange *exchange)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  MillRecord *record = exchange->ticket.record;
  guint64 request_us = soup_message_metrics_get_request_start (metrics);
  guint64 response_us = soup_message_metrics_get_response_start (metrics);
  gboolean connected = soup_message_metrics_get_connect_start (metrics) != 0;

  exchange->bytes_down += mill_body_get_bytes (exchange->body);
  if (connected && request_us != 0)
    mill_run_add_connection (exchange->run, exchange->ticket.lane);

  if (record == NULL)
    return;

  if (connected)
    record->flags |= MILL_RECORD_NEW_CONNECTION;
  if (request_us != 0 && record->sent_us == 0)
    record->sent_us = after_queued_us (exchange, request_us);
  if (response_us != 0)
    record->first_byte_us = after_queued_us (exchange, response_us);
}

gboolean
mill_exchange_redirect (MillExchange *exchange)
{
  gboolean forbidden;
  SoupMessage *next;

  if (G_LIKELY (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (exchange->message))) ||
      exchange->failure != MILL_OUTCOME_PENDING)
    return FALSE;

  next = mill_http_plan_new_redirected (mill_run_get_http_plan (exchange->run), exchange->message,
                                        &forbidden);
  if (forbidden || (next != NULL && exchange->redirects == MAX_REDIRECTS)) {
    exchange->failure = MILL_OUTCOME_REDIRECT;
    g_clear_object (&next);
  }
  if (next == NULL)
    return FALSE;

  exchange->redirects++;
  take_metrics (exchange);
  set_message (exchange, next);

  return TRUE;
}

static MillOutcome
outcome_of_error (MillExchange *exchange, const GError *error, gboolean expired)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  MillOutcome outcome;

  if (expired)
    return MILL_OUTCOME_TIMEOUT;
  if (mill_run_is_stopping (exchange->run))
    return MILL_OUTCOME_CANCELLED;
  if (exchange->repeated)
    return MILL_OUTCOME_RESET;

  outcome = mill_outcome_from_error (
      error, soup_message_metrics_get_response_header_bytes_received (metrics) > 0);
  if (outcome == MILL_OUTCOME_RESOURCES || outcome == MILL_OUTCOME_OTHER ||
      outcome == MILL_OUTCOME_TLS)
    mill_run_note (exchange->run, error->message);

  return outcome;
}

MillOutcome
mill_exchange_end (MillExchange *exchange, const GError *error, gboolean expired)
{
  MillRun *run = exchange->run;
  guint status = soup_message_get_status (exchange->message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
  MillOutcome outcome = exchange->failure;

  if (exchange->ended) {
    g_clear_object (&exchange->message);
    return MILL_OUTCOME_CANCELLED;
  }

  if (error != NULL)
    outcome = outcome_of_error (exchange, error, expired);
  if (outcome == MILL_OUTCOME_PENDING)
    outcome = mill_outcome_from_status (status);
  if (outcome == MILL_OUTCOME_OK && !mill_body_end (exchange->body, &exchange->ticket))
    outcome = MILL_OUTCOME_CONTENT;

  take_metrics (exchange);
  mill_run_add_bytes (run, &exchange->ticket, exchange->bytes_down,
                      (gint64) soup_message_metrics_get_request_body_size (metrics));
  mill_run_end (run, &exchange->ticket, outcome);
  g_clear_object (&exchange->message);

  return outcome;
}

void
mill_exchange_end_early (MillExchange *exchange)
{
  take_metrics (exchange);
  mill_run_end (exchange->run, &exchange->ticket, MILL_OUTCOME_CANCELLED);
  exchange->ended = TRUE;
}
