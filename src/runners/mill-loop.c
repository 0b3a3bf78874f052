/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-loop.h"

#include "runners/mill-http-task.h"
#include "runners/mill-run-private.h"

/* A main loop wakes up to a millisecond late, because it polls in milliseconds. Waking it a
 * little early and sleeping the rest keeps an open loop within a millisecond of its plan. */
#define WAKE_EARLY_US 300

/* A stop cancels this many requests in each turn, and after this time reports the others as
 * cancelled without waiting for them. */
#define CANCELLED_IN_TURN 100
#define STOP_PATIENCE_US (G_USEC_PER_SEC / 5)

typedef struct {
  MillRun *run;
  GMainContext *context;
  MillHttpClient *client;
  GSource *stop;
  gint64 stop_until_us; /* monotonic; 0: not stopping */
  GSource *due;         /* open loop: fires when `next` is due */
  MillTicket next;
  gboolean has_next;
  gboolean exhausted; /* nothing is left to be taken */
  int in_flight;
  int max_in_flight;
  int batch;
  int left_in_batch;
} Loop;

static void fill (Loop *loop);

static void
on_done (MillHttpClient *client, gpointer data)
{
  Loop *loop = data;

  loop->in_flight--;
  if (loop->batch > 0 && loop->in_flight == 0 && loop->left_in_batch == 0)
    loop->left_in_batch = loop->batch;
  fill (loop);
}

static gboolean
take (Loop *loop)
{
  if (loop->has_next)
    return TRUE;
  if (loop->exhausted || (loop->batch > 0 && loop->left_in_batch == 0))
    return FALSE;

  loop->has_next = mill_run_take (loop->run, &loop->next);
  loop->exhausted = !loop->has_next;
  if (loop->has_next && loop->batch > 0)
    loop->left_in_batch--;

  return loop->has_next;
}

/* Starts whatever may start now. */
static void
fill (Loop *loop)
{
  while (loop->in_flight < loop->max_in_flight && take (loop)) {
    if (loop->next.planned_us > g_get_monotonic_time ()) {
      g_source_set_ready_time (loop->due, loop->next.planned_us - WAKE_EARLY_US);
      return;
    }

    loop->has_next = FALSE;
    loop->in_flight++;
    mill_http_client_start (loop->client, &loop->next, on_done, loop);
  }
}

static gboolean
on_due (gpointer data)
{
  Loop *loop = data;
  gint64 early_us = loop->next.planned_us - g_get_monotonic_time ();

  if (loop->has_next && early_us > 0 && early_us <= WAKE_EARLY_US)
    g_usleep ((gulong) early_us);
  g_source_set_ready_time (loop->due, -1);
  fill (loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (GCancellable *cancellable, gpointer data)
{
  Loop *loop = data;

  loop->has_next = FALSE;
  loop->exhausted = TRUE;
  loop->stop_until_us = g_get_monotonic_time () + STOP_PATIENCE_US;
  g_source_set_ready_time (loop->due, loop->stop_until_us);

  return G_SOURCE_REMOVE;
}

static gboolean
dispatch_due (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs due_funcs = { NULL, NULL, dispatch_due, NULL, NULL, NULL };

static Loop *
loop_new (MillRun *run, guint lane, int max_in_flight, int batch)
{
  Loop *loop = g_new0 (Loop, 1);
  gint64 all = MIN (mill_run_get_n_tickets (run), MILL_MAX_REQUESTS);

  loop->run = run;
  loop->context = g_main_context_new ();
  loop->batch = batch;
  loop->left_in_batch = batch;
  loop->max_in_flight = max_in_flight > 0 ? max_in_flight : (int) all;
  if (batch > 0)
    loop->max_in_flight = MIN (loop->max_in_flight, batch);

  g_main_context_push_thread_default (loop->context);
  loop->client = mill_http_client_new_async (run, lane, loop->max_in_flight);
  loop->stop = g_cancellable_source_new (mill_run_get_cancellable (run));
  g_source_set_callback (loop->stop, G_SOURCE_FUNC (on_stop), loop, NULL);
  g_source_attach (loop->stop, loop->context);
  loop->due = g_source_new (&due_funcs, sizeof (GSource));
  g_source_set_callback (loop->due, on_due, loop, NULL);
  g_source_attach (loop->due, loop->context);

  return loop;
}

static void
loop_free (Loop *loop)
{
  g_source_destroy (loop->stop);
  g_source_unref (loop->stop);
  g_source_destroy (loop->due);
  g_source_unref (loop->due);
  mill_http_client_free (loop->client);
  while (g_main_context_iteration (loop->context, FALSE))
    continue;
  g_main_context_pop_thread_default (loop->context);
  g_main_context_unref (loop->context);
  g_free (loop);
}

/* Waits for what is still in flight in the library; perhaps in another thread than before. */
static void
clean_up (gpointer data)
{
  Loop *loop = data;

  g_main_context_push_thread_default (loop->context);
  while (loop->in_flight > 0) {
    mill_http_client_cancel_some (loop->client, CANCELLED_IN_TURN);
    g_main_context_iteration (loop->context, TRUE);
  }
  loop_free (loop);
}

void
mill_loop_run_http (MillRun *run, guint lane, int max_in_flight, int batch)
{
  Loop *loop = loop_new (run, lane, max_in_flight, batch);
  gint64 begun_us = g_get_monotonic_time ();

  fill (loop);
  mill_run_add_task_creation (run, g_get_monotonic_time () - begun_us);

  while (loop->in_flight > 0 || loop->has_next) {
    if (loop->stop_until_us != 0 && g_get_monotonic_time () >= loop->stop_until_us) {
      mill_http_client_end_early (loop->client);
      g_main_context_pop_thread_default (loop->context);
      mill_run_add_leftover (run, clean_up, loop);
      return;
    }

    if (loop->stop_until_us != 0)
      mill_http_client_cancel_some (loop->client, CANCELLED_IN_TURN);
    g_main_context_iteration (loop->context, TRUE);
  }

  loop_free (loop);
}
