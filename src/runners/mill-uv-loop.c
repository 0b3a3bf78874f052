/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-uv-loop.h"

#include <glib/gi18n-lib.h>
#include <uv.h>

#include "experiment/mill-error.h"
#include "runners/mill-admission.h"
#include "runners/mill-curl-client.h"

/* The loop waits in whole milliseconds and wakes up to one of them late. It is woken before a
 * request is due, and sleeps the rest in naps between which it looks at its sockets. */
#define WAKE_EARLY_US 300
#define NAP_US 200

/* A stop cancels this many requests in each turn, and after this time reports the others as
 * cancelled without waiting for them. */
#define CANCELLED_IN_TURN 100
#define STOP_PATIENCE_US (G_USEC_PER_SEC / 5)

typedef struct {
  MillRun *run;
  uv_loop_t loop;
  uv_async_t stop;
  gulong stop_handler;
  gint64 stop_until_us; /* monotonic; 0: not stopping */
  uv_timer_t due;       /* open loop: fires before the next request is due */
  gint64 due_us;
  MillCurlClient *client;
  MillAdmission admission;
} Loop;

static void on_due (uv_timer_t *timer);

/* Starts whatever may start now. */
static void
fill (Loop *loop)
{
  MillTicket ticket;
  gint64 wait_us;

  while (mill_admission_next (&loop->admission, &ticket, &loop->due_us))
    mill_curl_client_start (loop->client, &ticket);
  if (loop->due_us == 0)
    return;

  uv_update_time (&loop->loop);
  wait_us = loop->due_us - WAKE_EARLY_US - g_get_monotonic_time ();
  uv_timer_start (&loop->due, on_due, (uint64_t) MAX (0, wait_us / 1000), 0);
}

static void
on_due (uv_timer_t *timer)
{
  Loop *loop = timer->data;
  gint64 early_us = loop->due_us - g_get_monotonic_time ();

  if (early_us > 0 && early_us <= G_USEC_PER_SEC / 1000 + WAKE_EARLY_US)
    g_usleep ((gulong) MIN (early_us, NAP_US));
  fill (loop);
}

static void
on_done (gpointer data)
{
  Loop *loop = data;

  mill_admission_done (&loop->admission);
  fill (loop);
}

static void
on_stop (uv_async_t *async)
{
  Loop *loop = async->data;

  if (loop->stop_until_us != 0)
    return;

  mill_admission_close (&loop->admission);
  loop->stop_until_us = g_get_monotonic_time () + STOP_PATIENCE_US;
}

/* In the thread that stops the run. */
static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Loop *loop = data;

  uv_async_send (&loop->stop);
}

static Loop *
loop_new (MillRun *run, guint lane, int max_in_flight, GError **error)
{
  Loop *loop = g_new0 (Loop, 1);
  int status = uv_loop_init (&loop->loop);

  if (status != 0) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_LIMIT,
                 _ ("The event loop could not be made: %s. Close other programs, or raise the "
                    "limit of open files."),
                 uv_strerror (status));
    g_free (loop);
    return NULL;
  }

  loop->run = run;
  uv_async_init (&loop->loop, &loop->stop, on_stop);
  uv_timer_init (&loop->loop, &loop->due);
  loop->stop.data = loop->due.data = loop;
  mill_admission_init (&loop->admission, run, max_in_flight, 0);
  loop->client =
      mill_curl_client_new (run, lane, &loop->loop, loop->admission.max_in_flight, on_done, loop);
  loop->stop_handler =
      g_cancellable_connect (mill_run_get_cancellable (run), G_CALLBACK (on_cancelled), loop, NULL);

  return loop;
}

static void
loop_free (Loop *loop)
{
  mill_curl_client_free (loop->client);
  uv_close ((uv_handle_t *) &loop->stop, NULL);
  uv_close ((uv_handle_t *) &loop->due, NULL);
  uv_run (&loop->loop, UV_RUN_DEFAULT);
  uv_loop_close (&loop->loop);
  g_free (loop);
}

/* Closes what is still in flight; perhaps in another thread than before. */
static void
clean_up (gpointer data)
{
  Loop *loop = data;

  mill_curl_client_cancel_some (loop->client, loop->admission.max_in_flight);
  loop_free (loop);
}

gboolean
mill_uv_loop_run_http (MillRun *run, guint lane, int max_in_flight, GError **error)
{
  Loop *loop = loop_new (run, lane, max_in_flight, error);
  gint64 begun_us = g_get_monotonic_time ();
  gboolean early = FALSE;

  if (loop == NULL)
    return FALSE;

  fill (loop);
  mill_run_add_task_creation (run, g_get_monotonic_time () - begun_us);

  while (!early && !mill_admission_is_over (&loop->admission)) {
    if (loop->stop_until_us != 0) {
      mill_curl_client_cancel_some (loop->client, CANCELLED_IN_TURN);
      early = g_get_monotonic_time () >= loop->stop_until_us;
    }
    uv_run (&loop->loop, loop->stop_until_us != 0 ? UV_RUN_NOWAIT : UV_RUN_ONCE);
  }

  g_cancellable_disconnect (mill_run_get_cancellable (run), loop->stop_handler);
  if (mill_admission_is_over (&loop->admission)) {
    loop_free (loop);
  } else {
    mill_curl_client_end_early (loop->client);
    mill_run_add_leftover (run, clean_up, loop);
  }

  return TRUE;
}
