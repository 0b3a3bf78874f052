/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "bench/mill-child.h"
#include "bench/mill-worker-process.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

/* A worker says something ten times a second, and every request ends within its timeout. What
 * goes beyond by so much has stopped, or been stopped; a trial ends a second after the timeout. */
#define GRACE_S 0.8
/* Where news, or a look of ours, comes late, the machine is busy with something else. The end of a
 * request passes through half a dozen threads until it is heard of here, and each is as late. */
#define HOPS 6
#define LONGEST_BUSY_S 4.0
/* After the last request: the records of millions are written, and connections closed. */
#define REPORT_GRACE_S 10.0
/* Loading libraries on a busy machine, under a sanitizer. */
#define START_TIMEOUT_S 30.0
/* Stopping takes a worker under 500 ms; three times that, and it does not listen. */
#define STOP_GRACE_S 1.5
/* From its last report to its end. */
#define EXIT_GRACE_S 2.0
#define WATCH_INTERVAL_MS 100
#define NEWS_INTERVAL_S 0.1

struct _MillWorkerProcess {
  GObject parent_instance;

  MillChild *child;
  const MillWorkerFuncs *funcs;
  gpointer data;

  gint64 n_requests;
  double timeout_s; /* of a request */
  double gap_s;     /* of an open loop: longest time between two requests */
  double before_s;  /* longest time before the measurement, 0 once it has begun: that other
                     * processes start, and that of the requests that nobody counts */
  gboolean bounded; /* requests have a timeout; CPU work has none */
  gboolean ready;
  gboolean began;
  gboolean stopping;
  gint64 event_us;   /* monotonic: the last event */
  gint64 moved_us;   /* the last one with another number of requests done */
  gint64 watched_us; /* the last look */
  gint64 stopped_us;
  double late_s; /* the most that news or looks were late since another request was done */
  gint64 done;
  JsonObject *finished;
  GError *failure; /* what the worker itself said in `failed` */
  GSource *watch;
};

G_DEFINE_FINAL_TYPE (MillWorkerProcess, mill_worker_process, G_TYPE_OBJECT)

static void
clear_watch (MillWorkerProcess *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

static void
mill_worker_process_dispose (GObject *object)
{
  MillWorkerProcess *self = MILL_WORKER_PROCESS (object);

  clear_watch (self);
  if (self->child != NULL) {
    mill_child_detach (self->child);
    mill_child_kill (self->child, "");
  }
  g_clear_object (&self->child);
  g_clear_pointer (&self->finished, json_object_unref);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (mill_worker_process_parent_class)->dispose (object);
}

static void
mill_worker_process_class_init (MillWorkerProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_worker_process_dispose;
}

static void
mill_worker_process_init (MillWorkerProcess *self)
{
  self->done = -1;
}

static double
seconds_since (gint64 then_us)
{
  return (double) (g_get_monotonic_time () - then_us) / G_USEC_PER_SEC;
}

/* What should come each interval came now. */
static void
note_lateness (MillWorkerProcess *self, gint64 last_us, double interval_s)
{
  self->late_s = MAX (self->late_s, seconds_since (last_us) - interval_s);
}

/* Why a worker that runs should not run any longer, or NULL. */
static char *
overdue_reason (MillWorkerProcess *self)
{
  double silent_s = seconds_since (self->event_us);
  double still_s = seconds_since (self->moved_us);
  double busy_s = MIN (HOPS * self->late_s, LONGEST_BUSY_S);
  double limit_s =
      self->timeout_s + busy_s + (self->done >= self->n_requests ? REPORT_GRACE_S : GRACE_S);

  if (self->finished != NULL)
    return silent_s > EXIT_GRACE_S + busy_s
               ? g_strdup (_ ("the worker did not end after its report"))
               : NULL;
  if (self->stopping && seconds_since (self->stopped_us) > STOP_GRACE_S + busy_s)
    return g_strdup (_ ("the worker did not stop when it was asked to, and was killed"));
  if (!self->ready)
    return silent_s > START_TIMEOUT_S
               ? g_strdup (_ ("the worker did not become ready, and was killed"))
               : NULL;
  if (!self->began)
    return NULL;
  if (silent_s > limit_s)
    return g_strdup_printf (_ ("the worker said nothing for %.1f s, and was killed"), silent_s);
  if (self->bounded && still_s > limit_s + self->gap_s + self->before_s)
    return g_strdup_printf (
        _ ("no request ended for %.1f s, longer than the timeout; the worker was "
           "killed"),
        still_s);
  return NULL;
}

static gboolean
on_watch (gpointer data)
{
  MillWorkerProcess *self = data;
  g_autofree char *reason = NULL;

  note_lateness (self, self->watched_us, WATCH_INTERVAL_MS / 1000.0);
  self->watched_us = g_get_monotonic_time ();
  reason = overdue_reason (self);
  if (reason == NULL)
    return G_SOURCE_CONTINUE;
  mill_child_kill (self->child, reason);
  return G_SOURCE_REMOVE;
}

static void
note_failure (MillWorkerProcess *self, JsonObject *object)
{
  g_autofree char *message = NULL;
  g_autofree char *code = NULL;

  mill_json_get_string (object, "message", 4096, &message, NULL);
  mill_json_get_string (object, "code", 64, &code, NULL);
  g_clear_error (&self->failure);
  self->failure = g_error_new_literal (MILL_ERROR,
                                       g_strcmp0 (code, "limit") == 0   ? MILL_ERROR_LIMIT
                                       : g_strcmp0 (code, "usage") == 0 ? MILL_ERROR_USAGE
                                                                        : MILL_ERROR_FAILED,
                                       message != NULL ? message : _ ("it gave no reason"));
}

static void
on_event (MillChild *child, const char *event, JsonObject *object, gpointer data)
{
  g_autoptr (MillWorkerProcess) self = g_object_ref (MILL_WORKER_PROCESS (data));
  gint64 done = self->done;
  double time_s = 0;

  if (self->began)
    note_lateness (self, self->event_us, NEWS_INTERVAL_S);
  self->event_us = g_get_monotonic_time ();
  if (g_str_equal (event, "finished")) {
    g_clear_pointer (&self->finished, json_object_unref);
    self->finished = json_object_ref (object);
    mill_child_close_input (self->child);
    return;
  }
  if (g_str_equal (event, "failed")) {
    note_failure (self, object);
    mill_child_close_input (self->child);
    return;
  }
  if (g_str_equal (event, "ready")) {
    self->ready = TRUE;
    self->moved_us = self->event_us;
  }
  mill_json_get_int (object, "done", 0, G_MAXINT64, &done, NULL);
  mill_json_get_double (object, "time_s", 0, 1e9, &time_s, NULL);
  /* The measurement begins: from here on requests are counted. */
  if (time_s > 0 && self->before_s > 0) {
    self->before_s = 0;
    self->moved_us = self->event_us;
  }
  if (done != self->done) {
    self->done = done;
    self->moved_us = self->event_us;
    self->late_s = 0;
  }
  self->funcs->event (event, object, self->data);
}

static void
on_end (MillChild *child, const GError *error, gpointer data)
{
  g_autoptr (MillWorkerProcess) self = g_object_ref (MILL_WORKER_PROCESS (data));

  clear_watch (self);
  if (self->finished != NULL) {
    self->funcs->end (self->finished, NULL, self->data);
  } else if (self->failure != NULL) {
    self->funcs->end (NULL, self->failure, self->data);
  } else if (error != NULL) {
    self->funcs->end (NULL, error, self->data);
  } else {
    g_autoptr (GError) silent = g_error_new_literal (MILL_ERROR, MILL_ERROR_FAILED,
                                                     _ ("the worker ended without a report"));
    self->funcs->end (NULL, silent, self->data);
  }
}

MillWorkerProcess *
mill_worker_process_start (const MillTrial *trial,
                           const MillWorkerFuncs *funcs,
                           gpointer data,
                           GError **error)
{
  g_autoptr (MillWorkerProcess) self = g_object_new (MILL_TYPE_WORKER_PROCESS, NULL);
  g_autoptr (JsonNode) node = mill_trial_to_json (trial);

  self->funcs = funcs;
  self->data = data;
  self->n_requests = trial->requests;
  self->timeout_s = trial->timeout_s;
  self->before_s = START_TIMEOUT_S + (double) trial->warmup * (trial->timeout_s + GRACE_S);
  self->gap_s = trial->rate > 0 ? 1 / trial->rate : 0;
  self->bounded = trial->workload == MILL_WORKLOAD_HTTP;
  self->event_us = self->moved_us = self->watched_us = g_get_monotonic_time ();
  self->child = mill_child_spawn ("threadmill-worker", NULL, on_event, on_end, self, error);
  if (self->child == NULL)
    return NULL;
  mill_child_send (self->child, node);
  self->began = !trial->await_start;
  self->watch = g_timeout_source_new (WATCH_INTERVAL_MS);
  g_source_set_callback (self->watch, on_watch, self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
  return g_steal_pointer (&self);
}

void
mill_worker_process_begin (MillWorkerProcess *self)
{
  self->began = TRUE;
  self->event_us = self->moved_us = g_get_monotonic_time ();
  mill_child_send_command (self->child, "start");
}

void
mill_worker_process_stop (MillWorkerProcess *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  self->stopped_us = g_get_monotonic_time ();
  mill_child_send_command (self->child, "stop");
}

const char *
mill_worker_process_get_identifier (MillWorkerProcess *self)
{
  return mill_child_get_identifier (self->child);
}
