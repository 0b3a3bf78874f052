/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-places.h"

#define MAX_TURN_SENT 128

void
mill_places_init (MillPlaces *places, int n_places, gint64 timeout_us)
{
  *places = (MillPlaces){ .timeout_us = timeout_us };
  places->free = g_new (int, n_places);
  for (int index = n_places - 1; index >= 0; index--)
    places->free[places->n_free++] = index;
}

void
mill_places_clear (MillPlaces *places)
{
  g_clear_pointer (&places->free, g_free);
}

void
mill_place_init (MillPlace *place, gpointer owner, int index)
{
  *place = (MillPlace){ .owner = owner, .index = index };
  place->link.data = place;
  place->unsent_link.data = place;
}

int
mill_places_pop (MillPlaces *places)
{
  g_return_val_if_fail (places->n_free > 0, -1);

  return places->free[--places->n_free];
}

void
mill_places_enter (MillPlaces *places, MillPlace *place)
{
  place->deadline_us = g_get_monotonic_time () + places->timeout_us;
  g_queue_push_tail_link (&places->deadlines, &place->link);
}

gboolean
mill_places_may_send (MillPlaces *places, MillPlace *place)
{
  if (places->sent_in_turn < MAX_TURN_SENT) {
    places->sent_in_turn++;
    return TRUE;
  }

  place->unsent = TRUE;
  g_queue_push_tail_link (&places->unsent, &place->unsent_link);

  return FALSE;
}

void
mill_places_begin_turn (MillPlaces *places)
{
  places->sent_in_turn = 0;
}

static void
unqueue (MillPlaces *places, MillPlace *place)
{
  g_queue_unlink (&places->unsent, &place->unsent_link);
  place->unsent = FALSE;
}

gpointer
mill_places_next_unsent (MillPlaces *places)
{
  MillPlace *place = g_queue_peek_head (&places->unsent);

  if (place == NULL || places->sent_in_turn >= MAX_TURN_SENT)
    return NULL;

  unqueue (places, place);
  places->sent_in_turn++;

  return place->owner;
}

gboolean
mill_places_has_unsent (const MillPlaces *places)
{
  return places->unsent.length > 0;
}

gint64
mill_places_get_deadline (const MillPlaces *places)
{
  const MillPlace *place = places->deadlines.head != NULL ? places->deadlines.head->data : NULL;

  return place != NULL ? place->deadline_us : -1;
}

static void
end_timeout (MillPlaces *places, MillPlace *place)
{
  if (place->deadline_us != 0)
    g_queue_unlink (&places->deadlines, &place->link);
  place->deadline_us = 0;
}

gpointer
mill_places_next_expired (MillPlaces *places, gint64 now_us)
{
  MillPlace *place = g_queue_peek_head (&places->deadlines);

  if (place == NULL || place->deadline_us > now_us)
    return NULL;

  end_timeout (places, place);

  return place->owner;
}

void
mill_places_leave (MillPlaces *places, MillPlace *place)
{
  end_timeout (places, place);
  if (place->unsent)
    unqueue (places, place);
  places->free[places->n_free++] = place->index;
}
