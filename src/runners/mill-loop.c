/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-loop.h"

#include "runners/mill-admission.h"
#include "runners/mill-http-task.h"

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
  GSource *stop;   /* woken when the run is stopped */
  GSource *cancel; /* while stopping: cancels what is in flight */
  gulong stop_handler;
  gint64 stop_until_us; /* monotonic; 0: not stopping */
  GSource *due;         /* open loop: fires when the next request is due */
  gint64 due_us;
  MillAdmission admission;
} Loop;

static void fill (Loop *loop);

static void
on_done (MillHttpClient *client, gpointer data)
{
  Loop *loop = data;

  mill_admission_done (&loop->admission);
  fill (loop);
}

/* Starts whatever may start now. */
static void
fill (Loop *loop)
{
  MillTicket ticket;

  while (mill_admission_next (&loop->admission, &ticket, &loop->due_us))
    mill_http_client_start (loop->client, &ticket, on_done, loop);
  if (loop->due_us != 0)
    g_source_set_ready_time (loop->due, loop->due_us - WAKE_EARLY_US);
}

static gboolean
on_due (gpointer data)
{
  Loop *loop = data;
  gint64 early_us = loop->due_us - g_get_monotonic_time ();

  if (early_us > 0 && early_us <= WAKE_EARLY_US)
    g_usleep ((gulong) early_us);
  g_source_set_ready_time (loop->due, -1);
  fill (loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (gpointer data)
{
  Loop *loop = data;

  g_source_set_ready_time (loop->stop, -1);

  mill_admission_close (&loop->admission);
  loop->stop_until_us = g_get_monotonic_time () + STOP_PATIENCE_US;
  g_source_set_ready_time (loop->due, loop->stop_until_us);
  g_source_set_ready_time (loop->cancel, 0);

  return G_SOURCE_CONTINUE;
}

/* Again in the next turn, until all are cancelled. It waits until nothing else is ready: libsoup
 * (3.6.5) frees a request too early that is cancelled between its answer and its callback. */
static gboolean
on_cancel (gpointer data)
{
  Loop *loop = data;

  g_source_set_ready_time (loop->cancel,
                           mill_http_client_cancel_some (loop->client, CANCELLED_IN_TURN) ? 0 : -1);

  return G_SOURCE_CONTINUE;
}

/* In the thread that stops the run. A source of the cancellable itself would be left to GLib's
 * own thread where it is freed meanwhile, which nobody waits for. */
static void
on_cancelled (GCancellable *cancellable, gpointer stop)
{
  g_source_set_ready_time (stop, 0);
}

static gboolean
dispatch_due (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs due_funcs = { NULL, NULL, dispatch_due, NULL, NULL, NULL };

/* A source that sleeps until its ready time is set. */
static GSource *
add_source (Loop *loop, GSourceFunc callback)
{
  GSource *source = g_source_new (&due_funcs, sizeof (GSource));

  g_source_set_callback (source, callback, loop, NULL);
  g_source_attach (source, loop->context);

  return source;
}

static Loop *
loop_new (MillRun *run, guint lane, int max_in_flight, int batch)
{
  Loop *loop = g_new0 (Loop, 1);

  loop->run = run;
  loop->context = g_main_context_new ();
  mill_admission_init (&loop->admission, run, max_in_flight, batch);

  g_main_context_push_thread_default (loop->context);
  loop->client = mill_http_client_new_async (run, lane, loop->admission.max_in_flight);
  loop->stop = add_source (loop, on_stop);
  loop->cancel = add_source (loop, on_cancel);
  g_source_set_priority (loop->cancel, G_PRIORITY_LOW);
  loop->due = add_source (loop, on_due);
  loop->stop_handler = g_cancellable_connect (mill_run_get_cancellable (run),
                                              G_CALLBACK (on_cancelled), loop->stop, NULL);

  return loop;
}

static void
loop_free (Loop *loop)
{
  g_source_destroy (loop->stop);
  g_source_unref (loop->stop);
  g_source_destroy (loop->cancel);
  g_source_unref (loop->cancel);
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
  while (!mill_admission_is_over (&loop->admission)) {
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

  while (!mill_admission_is_over (&loop->admission)) {
    if (loop->stop_until_us != 0 && g_get_monotonic_time () >= loop->stop_until_us) {
      g_cancellable_disconnect (mill_run_get_cancellable (run), loop->stop_handler);
      mill_http_client_end_early (loop->client);
      g_main_context_pop_thread_default (loop->context);
      mill_run_add_leftover (run, clean_up, loop);
      return;
    }

    g_main_context_iteration (loop->context, TRUE);
  }

  g_cancellable_disconnect (mill_run_get_cancellable (run), loop->stop_handler);
  loop_free (loop);
}
