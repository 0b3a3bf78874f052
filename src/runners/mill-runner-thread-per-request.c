/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "runners/mill-lane.h"

/* A place for one living thread. Its lane goes from one thread to the next, so that kept
 * connections are used again. Only the creating thread touches a place that has no thread. */
typedef struct {
  MillLane *lane;
  MillTicket ticket;
  GThread *thread;
  GAsyncQueue *free_places; /* not owned */
} Place;

static gpointer
do_request (gpointer data)
{
  Place *place = data;

  mill_lane_work (place->lane, &place->ticket);
  g_async_queue_push (place->free_places, place);
  return NULL;
}

/* Joined before its place is used again: never are more than N threads alive. */
static void
join (Place *place)
{
  g_clear_pointer (&place->thread, g_thread_join);
}

static void
fail_for_want_of_a_thread (MillRun *run, Place *place, const GError *reason)
{
  g_autofree char *message =
      g_strdup_printf (_ ("A thread could not be started: %s. Choose fewer threads at once, or "
                          "raise the limit of threads or memory."),
                       reason->message);

  mill_run_note (run, message);
  mill_run_begin (run, &place->ticket, place->lane->number);
  mill_run_end (run, &place->ticket, MILL_OUTCOME_RESOURCES);
}

/* Starts threads until there is nothing left to do. Returns the time spent starting them. */
static gint64
start_threads (MillRun *run, GAsyncQueue *free_places)
{
  gint64 creation_us = 0;
  gint64 before_us;
  Place *place;

  for (;;) {
    g_autoptr (GError) reason = NULL;

    place = g_async_queue_pop (free_places);
    join (place);
    if (!mill_lane_take (run, NULL, &place->ticket))
      return creation_us;
    /* The thread begins it, once it runs. */
    place->ticket.taken_us = 0;
    before_us = g_get_monotonic_time ();
    place->thread = g_thread_try_new ("request", do_request, place, &reason);
    creation_us += g_get_monotonic_time () - before_us;
    if (place->thread == NULL) {
      fail_for_want_of_a_thread (run, place, reason);
      g_async_queue_push (free_places, place);
    }
  }
}

/* A new thread for each request or unit of CPU work, at most N alive. */
static gboolean
run_thread_per_request (MillRun *run, GError **error)
{
  guint n_places = mill_run_get_lanes (run);
  g_autoptr (GAsyncQueue) free_places = g_async_queue_new ();
  g_autofree Place *places = g_new0 (Place, n_places);
  MillLane *lanes = mill_lanes_new (run, n_places, NULL);

  for (guint i = 0; i < n_places; i++) {
    places[i].lane = &lanes[i];
    places[i].free_places = free_places;
    g_async_queue_push (free_places, &places[i]);
  }
  mill_run_add_task_creation (run, start_threads (run, free_places));
  for (guint i = 0; i < n_places; i++)
    join (&places[i]);
  mill_lanes_free (lanes, n_places);
  return TRUE;
}

const MillRunner mill_runner_thread_per_request = {
  run_thread_per_request,
  run_thread_per_request,
};
