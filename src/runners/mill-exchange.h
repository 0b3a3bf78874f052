/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "runners/mill-body-sink.h"
#include "runners/mill-run.h"

G_BEGIN_DECLS

/* One request under way, from its ticket to its outcome: what blocking and asynchronous
 * lanes have in common. Used for one request after the other. */
typedef struct {
  MillRun *run;
  MillBody *body;
  MillTicket ticket;
  SoupMessage *message;
  GCancellable *cancellable; /* borrowed: of the request under way */
  int redirects;
  gboolean repeated;   /* libsoup wanted to send it again on a new connection */
  MillOutcome failure; /* found while reading; MILL_OUTCOME_PENDING: none */
  gint64 bytes_down;
  gboolean ended; /* its ticket is, before its message */
} MillExchange;

void mill_exchange_init (MillExchange *exchange, MillRun *run, MillBodySink *sink);
void mill_exchange_clear (MillExchange *exchange);

/* Begins the ticket and makes its message. */
void mill_exchange_begin (MillExchange *exchange,
                          const MillTicket *ticket,
                          guint lane,
                          GCancellable *cancellable);

/**
 * mill_exchange_add:
 *
 * Deals with the next bytes of the body.
 *
 * Returns: %FALSE if the rest need not be read
 */
gboolean mill_exchange_add (MillExchange *exchange, const guint8 *data, gsize length);

/**
 * mill_exchange_redirect:
 *
 * To be called when a body was read to its end.
 *
 * Returns: %TRUE if there is another message to be sent for the same ticket
 */
gboolean mill_exchange_redirect (MillExchange *exchange);

/**
 * mill_exchange_end:
 * @error: (nullable): why there is no whole answer
 * @expired: whether its timeout had passed
 *
 * Ends the ticket.
 *
 * Returns: how it ended
 */
MillOutcome mill_exchange_end (MillExchange *exchange, const GError *error, gboolean expired);

/* Ends the ticket as cancelled now; mill_exchange_end() will only clean up. */
void mill_exchange_end_early (MillExchange *exchange);

G_END_DECLS
