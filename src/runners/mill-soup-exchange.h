/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "runners/mill-exchange.h"

G_BEGIN_DECLS

/* An exchange by libsoup: what blocking and asynchronous lanes have in common. */
typedef struct {
  MillExchange base;
  SoupMessage *message;
  GCancellable *cancellable; /* borrowed: of the request under way */
  gboolean repeated;         /* libsoup wanted to send it again on a new connection */
} MillSoupExchange;

void mill_soup_exchange_init (MillSoupExchange *exchange, MillRun *run, MillBodySink *sink);
void mill_soup_exchange_clear (MillSoupExchange *exchange);

/* Begins the ticket and makes its message. */
void mill_soup_exchange_begin (MillSoupExchange *exchange,
                               const MillTicket *ticket,
                               guint lane,
                               GCancellable *cancellable);

/**
 * mill_soup_exchange_redirect:
 *
 * To be called when a body was read to its end.
 *
 * Returns: %TRUE if there is another message to be sent for the same ticket
 */
gboolean mill_soup_exchange_redirect (MillSoupExchange *exchange);

/**
 * mill_soup_exchange_end:
 * @error: (nullable): why there is no whole answer
 * @expired: whether its timeout had passed
 *
 * Ends the ticket.
 *
 * Returns: how it ended
 */
MillOutcome
mill_soup_exchange_end (MillSoupExchange *exchange, const GError *error, gboolean expired);

/* Ends the ticket as cancelled now; mill_soup_exchange_end() will only clean up. */
void mill_soup_exchange_end_early (MillSoupExchange *exchange);

G_END_DECLS
