/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-exchange.h"

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
  g_clear_pointer (&exchange->body, mill_body_free);
}

void
mill_exchange_begin (MillExchange *exchange, const MillTicket *ticket, guint lane)
{
  exchange->ticket = *ticket;
  exchange->redirects = 0;
  exchange->failure = MILL_OUTCOME_PENDING;
  exchange->bytes_down = 0;
  exchange->under_way = TRUE;
  exchange->ended = FALSE;
  mill_run_begin (exchange->run, &exchange->ticket, lane);
  mill_body_begin (exchange->body);
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
after_queued_us (MillExchange *exchange, gint64 time_us)
{
  gint64 queued_us = mill_run_get_epoch_us (exchange->run) + exchange->ticket.record->queued_us;

  return (guint32) CLAMP (time_us - queued_us, 0, G_MAXUINT32);
}

void
mill_exchange_sent (MillExchange *exchange, gint64 time_us)
{
  MillRecord *record = exchange->ticket.record;

  if (record != NULL && record->sent_us == 0)
    record->sent_us = after_queued_us (exchange, time_us);
}

void
mill_exchange_answered (MillExchange *exchange, gint64 time_us)
{
  MillRecord *record = exchange->ticket.record;

  if (record != NULL)
    record->first_byte_us = after_queued_us (exchange, time_us);
}

void
mill_exchange_connected (MillExchange *exchange)
{
  mill_run_add_connection (exchange->run, exchange->ticket.lane);
  if (exchange->ticket.record != NULL)
    exchange->ticket.record->flags |= MILL_RECORD_NEW_CONNECTION;
}

GUri *
mill_exchange_follow (MillExchange *exchange,
                      guint status,
                      const char *method,
                      GUri *base,
                      const char *location,
                      gboolean *as_get)
{
  g_autoptr (GUri) next = NULL;
  gboolean forbidden;

  if (exchange->failure != MILL_OUTCOME_PENDING)
    return NULL;

  next = mill_http_plan_follow (mill_run_get_http_plan (exchange->run), status, method, base,
                                location, as_get, &forbidden);
  if (forbidden || (next != NULL && exchange->redirects == MAX_REDIRECTS)) {
    exchange->failure = MILL_OUTCOME_REDIRECT;
    return NULL;
  }
  if (next == NULL)
    return NULL;

  exchange->redirects++;
  exchange->bytes_down += mill_body_get_bytes (exchange->body);
  mill_body_begin (exchange->body);

  return g_steal_pointer (&next);
}

MillOutcome
mill_exchange_end (MillExchange *exchange, MillOutcome outcome, guint status, gint64 bytes_up)
{
  exchange->under_way = FALSE;
  if (exchange->ended)
    return MILL_OUTCOME_CANCELLED;

  if (outcome == MILL_OUTCOME_PENDING)
    outcome = exchange->failure;
  if (outcome == MILL_OUTCOME_PENDING)
    outcome = mill_outcome_from_status (status);
  if (outcome == MILL_OUTCOME_OK && !mill_body_end (exchange->body, &exchange->ticket))
    outcome = MILL_OUTCOME_CONTENT;

  exchange->bytes_down += mill_body_get_bytes (exchange->body);
  mill_run_add_bytes (exchange->run, &exchange->ticket, exchange->bytes_down, bytes_up);
  mill_run_end (exchange->run, &exchange->ticket, outcome);

  return outcome;
}

void
mill_exchange_end_early (MillExchange *exchange)
{
  if (!exchange->under_way || exchange->ended)
    return;

  mill_run_end (exchange->run, &exchange->ticket, MILL_OUTCOME_CANCELLED);
  exchange->ended = TRUE;
}
