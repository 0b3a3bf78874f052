/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One request that is in flight on a loop. */
typedef struct {
  gpointer owner;
  int index;
  gint64 deadline_us; /* monotonic; 0: not in flight, or its time is over */
  GList link;         /* in the queue of deadlines */
  GList unsent_link;
  gboolean unsent; /* begun, to be sent in a later turn */
} MillPlace;

/* The places of a loop. Free places are a stack: the last one used has the connection that is
 * idle now, so there are never more connections than there were requests in flight. */
typedef struct {
  int *free; /* indices */
  int n_free;
  gint64 timeout_us;
  GQueue deadlines; /* all timeouts are equal, so the first to expire is the head */
  GQueue unsent;
  int sent_in_turn;
} MillPlaces;

void mill_places_init (MillPlaces *places, int n_places, gint64 timeout_us);
void mill_places_clear (MillPlaces *places);

void mill_place_init (MillPlace *place, gpointer owner, int index);

/* The index of a free place; there must be one. */
int mill_places_pop (MillPlaces *places);

/* A request begins at a place that was popped: its timeout runs. */
void mill_places_enter (MillPlaces *places, MillPlace *place);

/**
 * mill_places_may_send:
 *
 * A connection may take the system long, and a loop must hear of a stop: only so many requests
 * are sent in one turn.
 *
 * Returns: %TRUE if the request is to be sent now; else it has been queued for a later turn
 */
gboolean mill_places_may_send (MillPlaces *places, MillPlace *place);

/* A turn of the loop begins. */
void mill_places_begin_turn (MillPlaces *places);

/* (nullable): the owner whose request is to be sent next in this turn. */
gpointer mill_places_next_unsent (MillPlaces *places);

gboolean mill_places_has_unsent (const MillPlaces *places);

/* When the next timeout ends, or -1. */
gint64 mill_places_get_deadline (const MillPlaces *places);

/* (nullable): the owner of a request whose timeout is over; each is returned once. */
gpointer mill_places_next_expired (MillPlaces *places, gint64 now_us);

/* The request has ended: its place is free again. */
void mill_places_leave (MillPlaces *places, MillPlace *place);

G_END_DECLS
