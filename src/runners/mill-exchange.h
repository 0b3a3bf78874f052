/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-body-sink.h"
#include "runners/mill-run.h"

G_BEGIN_DECLS

/* One request under way, from its ticket to its outcome: what all lanes have in common,
 * whichever library speaks HTTP for them. Used for one request after the other. */
typedef struct {
  MillRun *run;
  MillBody *body;
  MillTicket ticket;
  int redirects;
  MillOutcome failure; /* found while reading; MILL_OUTCOME_PENDING: none */
  gint64 bytes_down;
  gboolean under_way;
  gboolean ended; /* its ticket is, before the library knows */
} MillExchange;

void mill_exchange_init (MillExchange *exchange, MillRun *run, MillBodySink *sink);
void mill_exchange_clear (MillExchange *exchange);

/* Begins the ticket. */
void mill_exchange_begin (MillExchange *exchange, const MillTicket *ticket, guint lane);

/**
 * mill_exchange_add:
 *
 * Deals with the next bytes of the body.
 *
 * Returns: %FALSE if the rest need not be read
 */
gboolean mill_exchange_add (MillExchange *exchange, const guint8 *data, gsize length);

/* Monotonic times: when the first message was begun to be written, and when the answer to the
 * last one began. */
void mill_exchange_sent (MillExchange *exchange, gint64 time_us);
void mill_exchange_answered (MillExchange *exchange, gint64 time_us);

/* The request is the first on a connection of its own; said once for each such connection. */
void mill_exchange_connected (MillExchange *exchange);

/**
 * mill_exchange_follow:
 * @status: of an answer whose body was read to its end
 * @method: of the message that was answered
 * @base: its URL
 * @location: (nullable): the header of that name
 * @as_get: (out): whether GET without a body is to be asked next
 *
 * Decides whether a redirect is followed. Then the body begins anew.
 *
 * Returns: (transfer full) (nullable): what to ask next for the same ticket, or %NULL if the
 *   answer is final
 */
GUri *mill_exchange_follow (MillExchange *exchange,
                            guint status,
                            const char *method,
                            GUri *base,
                            const char *location,
                            gboolean *as_get);

/**
 * mill_exchange_end:
 * @outcome: why there is no whole answer; %MILL_OUTCOME_PENDING where there is one
 * @status: of the answer
 * @bytes_up: of the request's body
 *
 * Ends the ticket.
 *
 * Returns: how it ended
 */
MillOutcome
mill_exchange_end (MillExchange *exchange, MillOutcome outcome, guint status, gint64 bytes_up);

/* Ends the ticket as cancelled now; mill_exchange_end() will only clean up. */
void mill_exchange_end_early (MillExchange *exchange);

G_END_DECLS
