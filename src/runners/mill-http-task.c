/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-http-task.h"

#include "runners/mill-exchange.h"
#include "runners/mill-run-private.h"

#define BUFFER_BYTES (64 * 1024)
/* More connections than this in one session cost more than another session. */
#define SESSION_CONNECTIONS 16
/* What one request may read in one turn of the loop, so that the others get theirs. */
#define MAX_TURN_BYTES (1024 * 1024)

/* As many are sent in one turn of the loop; the others are begun and wait for the next turn. A
 * connection may take the system long, and a loop must hear of a stop. */
#define MAX_TURN_SENT 128

/* A place for one asynchronous request. It belongs to one session for good. Free places are
 * a stack: the last one used has the connection that is idle now, so there are never more
 * connections than there were requests in flight. */
typedef struct {
  MillHttpClient *client;
  SoupSession *session; /* borrowed */
  MillExchange exchange;
  GCancellable *cancellable;
  GInputStream *stream;
  GSource *readable;
  MillHttpCallback callback;
  gpointer data;
  gint64 deadline_us;
  GList link; /* in the queue of deadlines while in flight */
  GList unsent_link;
  gboolean unsent;
  gboolean expired;
} Slot;

struct _MillHttpClient {
  MillRun *run;
  guint lane;
  guint8 *buffer;
  MillBodySink *sink;
  GPtrArray *sessions;

  /* blocking */
  MillWatch *watch;
  MillExchange exchange;
  MillWaitHook begin_wait;
  MillWaitHook end_wait;
  gpointer hook_data;

  /* asynchronous */
  GMainContext *context;
  Slot *slots;
  int n_slots;
  int *free_slots; /* a stack of indices */
  int n_free;
  gint64 timeout_us;
  GQueue deadlines; /* Slot: all timeouts are equal, so the first to expire is the head */
  GSource *timer;
  GQueue unsent; /* Slot: begun, to be sent in a later turn */
  GSource *sender;
  int sent_in_turn;
};

static MillHttpClient *
client_new (MillRun *run, guint lane)
{
  MillHttpClient *client = g_new0 (MillHttpClient, 1);

  client->run = run;
  client->lane = lane;
  client->buffer = g_malloc (BUFFER_BYTES);
  client->sink = mill_body_sink_new (run, lane);
  client->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  client->timeout_us = (gint64) (mill_run_get_trial (run)->timeout_s * G_USEC_PER_SEC);

  return client;
}

MillHttpClient *
mill_http_client_new (MillRun *run, guint lane)
{
  MillHttpClient *client = client_new (run, lane);

  g_ptr_array_add (client->sessions, mill_http_plan_new_session (mill_run_get_http_plan (run), 1));
  client->watch = mill_watchdog_add (mill_run_get_watchdog (run), client->timeout_us);
  mill_exchange_init (&client->exchange, run, client->sink);

  return client;
}

void
mill_http_client_set_wait_hooks (MillHttpClient *client,
                                 MillWaitHook begin_wait,
                                 MillWaitHook end_wait,
                                 gpointer data)
{
  client->begin_wait = begin_wait;
  client->end_wait = end_wait;
  client->hook_data = data;
}

/* Blocking */

static GInputStream *
send_blocking (MillHttpClient *client, GCancellable *cancellable, GError **error)
{
  SoupSession *session = g_ptr_array_index (client->sessions, 0);
  GInputStream *stream;

  if (client->begin_wait != NULL)
    client->begin_wait (client->hook_data);
  stream = soup_session_send (session, client->exchange.message, cancellable, error);
  if (client->end_wait != NULL)
    client->end_wait (client->hook_data);

  return stream;
}

static gssize
read_blocking (MillHttpClient *client,
               GInputStream *stream,
               GCancellable *cancellable,
               GError **error)
{
  gssize n_read;

  if (client->begin_wait != NULL)
    client->begin_wait (client->hook_data);
  n_read = g_input_stream_read (stream, client->buffer, BUFFER_BYTES, cancellable, error);
  if (client->end_wait != NULL)
    client->end_wait (client->hook_data);

  return n_read;
}

static gboolean
run_message (MillHttpClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = send_blocking (client, cancellable, error);
  gssize n_read;

  if (stream == NULL)
    return FALSE;

  do
    n_read = read_blocking (client, stream, cancellable, error);
  while (n_read > 0 && mill_exchange_add (&client->exchange, client->buffer, (gsize) n_read));

  g_input_stream_close (stream, NULL, NULL);

  return n_read >= 0;
}

MillOutcome
mill_http_client_run_blocking (MillHttpClient *client, MillTicket *ticket)
{
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = mill_watch_begin (client->watch);
  gboolean expired;

  mill_exchange_begin (&client->exchange, ticket, client->lane, cancellable);

  while (run_message (client, cancellable, &error) && mill_exchange_redirect (&client->exchange))
    continue;

  expired = mill_watch_end (client->watch, client->exchange.repeated);

  return mill_exchange_end (&client->exchange, error, expired);
}

/* Asynchronous */

static void send_slot (Slot *slot);
static void read_slot (Slot *slot);

static void
arm_timer (MillHttpClient *client)
{
  Slot *first = g_queue_peek_head (&client->deadlines);

  g_source_set_ready_time (client->timer, first != NULL ? first->deadline_us : -1);
}

static gboolean
on_timer (gpointer data)
{
  MillHttpClient *client = data;
  gint64 now_us = g_get_monotonic_time ();
  Slot *slot;

  while ((slot = g_queue_peek_head (&client->deadlines)) != NULL && slot->deadline_us <= now_us) {
    g_queue_unlink (&client->deadlines, &slot->link);
    slot->deadline_us = 0;
    slot->expired = TRUE;
    g_cancellable_cancel (slot->cancellable);
  }
  arm_timer (client);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_sender (gpointer data)
{
  MillHttpClient *client = data;
  Slot *slot;

  g_source_set_ready_time (client->sender, -1);
  client->sent_in_turn = 0;
  while (client->sent_in_turn < MAX_TURN_SENT &&
         (slot = g_queue_peek_head (&client->unsent)) != NULL) {
    g_queue_unlink (&client->unsent, &slot->unsent_link);
    slot->unsent = FALSE;
    client->sent_in_turn++;
    send_slot (slot);
  }
  if (client->unsent.length > 0)
    g_source_set_ready_time (client->sender, 0);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { NULL, NULL, dispatch_timer, NULL, NULL, NULL };

/* Returns a source that sleeps until its ready time is set. */
static GSource *
add_source (MillHttpClient *client, GSourceFunc callback)
{
  GSource *source = g_source_new (&timer_funcs, sizeof (GSource));

  g_source_set_callback (source, callback, client, NULL);
  g_source_attach (source, client->context);

  return source;
}

static void
remove_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

MillHttpClient *
mill_http_client_new_async (MillRun *run, guint lane, int max_in_flight)
{
  MillHttpClient *client = client_new (run, lane);
  SoupSession *session = NULL;

  client->context = g_main_context_ref_thread_default ();
  client->n_slots = (int) CLAMP (max_in_flight, 1, MAX (1, mill_run_get_n_tickets (run)));
  client->n_free = client->n_slots;
  client->slots = g_new0 (Slot, client->n_slots);
  client->free_slots = g_new (int, client->n_slots);
  client->timer = add_source (client, on_timer);
  client->sender = add_source (client, on_sender);

  for (int i = 0; i < client->n_slots; i++) {
    Slot *slot = &client->slots[i];

    if (i % SESSION_CONNECTIONS == 0) {
      session = mill_http_plan_new_session (mill_run_get_http_plan (run),
                                            MIN (SESSION_CONNECTIONS, client->n_slots - i));
      g_ptr_array_add (client->sessions, session);
    }

    slot->client = client;
    slot->session = session;
    slot->link.data = slot;
    slot->unsent_link.data = slot;
    slot->cancellable = g_cancellable_new ();
    mill_exchange_init (&slot->exchange, run, client->sink);
    client->free_slots[client->n_slots - 1 - i] = i;
  }

  return client;
}

static void
close_stream (Slot *slot)
{
  remove_source (&slot->readable);
  if (slot->stream != NULL)
    g_input_stream_close (slot->stream, NULL, NULL);
  g_clear_object (&slot->stream);
}

static void
end_slot (Slot *slot, const GError *error)
{
  MillHttpClient *client = slot->client;
  gboolean expired = slot->expired;

  close_stream (slot);
  if (slot->deadline_us != 0)
    g_queue_unlink (&client->deadlines, &slot->link);
  slot->deadline_us = 0;

  if (g_cancellable_is_cancelled (slot->cancellable)) {
    g_object_unref (slot->cancellable);
    slot->cancellable = g_cancellable_new ();
  }

  client->free_slots[client->n_free++] = (int) (slot - client->slots);
  mill_exchange_end (&slot->exchange, error, expired);
  slot->callback (client, slot->data);
}

static gboolean
on_readable (GObject *stream, gpointer data)
{
  Slot *slot = data;

  slot->client->sent_in_turn = 0;
  read_slot (slot);

  return slot->readable != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Reads what has arrived without a task for each read: a small body has mostly come with its
 * headers. */
static void
read_slot (Slot *slot)
{
  MillHttpClient *client = slot->client;
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (slot->stream);
  g_autoptr (GError) error = NULL;
  gint64 turn_bytes = 0;
  gssize n_read;

  do {
    n_read = g_pollable_input_stream_read_nonblocking (stream, client->buffer, BUFFER_BYTES,
                                                       slot->cancellable, &error);
    turn_bytes += n_read;
  } while (n_read > 0 && mill_exchange_add (&slot->exchange, client->buffer, (gsize) n_read) &&
           turn_bytes < MAX_TURN_BYTES);

  if (slot->exchange.failure == MILL_OUTCOME_PENDING &&
      (n_read > 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))) {
    if (slot->readable == NULL) {
      slot->readable = g_pollable_input_stream_create_source (stream, slot->cancellable);
      g_source_set_callback (slot->readable, G_SOURCE_FUNC (on_readable), slot, NULL);
      g_source_attach (slot->readable, client->context);
    }
    /* Go on in the next turn where this one was full: the end of a body that was read to its
     * last byte shows only to another read, and nothing more arrives that would wake us. */
    g_source_set_ready_time (slot->readable, n_read > 0 ? 0 : -1);
    return;
  }

  close_stream (slot);
  if (n_read == 0 && mill_exchange_redirect (&slot->exchange))
    send_slot (slot);
  else
    end_slot (slot, n_read < 0 ? error : NULL);
}

static void
on_sent (GObject *object, GAsyncResult *result, gpointer data)
{
  Slot *slot = data;
  g_autoptr (GError) error = NULL;

  slot->client->sent_in_turn = 0;
  slot->stream = soup_session_send_finish (slot->session, result, &error);
  if (slot->stream == NULL)
    end_slot (slot, error);
  else
    read_slot (slot);
}

static void
send_slot (Slot *slot)
{
  soup_session_send_async (slot->session, slot->exchange.message, G_PRIORITY_DEFAULT,
                           slot->cancellable, on_sent, slot);
}

void
mill_http_client_start (MillHttpClient *client,
                        const MillTicket *ticket,
                        MillHttpCallback callback,
                        gpointer data)
{
  Slot *slot;

  g_return_if_fail (client->n_free > 0);

  slot = &client->slots[client->free_slots[--client->n_free]];
  slot->callback = callback;
  slot->data = data;
  slot->expired = FALSE;
  slot->deadline_us = g_get_monotonic_time () + client->timeout_us;
  g_queue_push_tail_link (&client->deadlines, &slot->link);
  /* An armed timer is left alone: it looks again when it fires. */
  if (g_source_get_ready_time (client->timer) < 0)
    arm_timer (client);

  mill_exchange_begin (&slot->exchange, ticket, client->lane, slot->cancellable);
  if (client->sent_in_turn < MAX_TURN_SENT) {
    client->sent_in_turn++;
    send_slot (slot);
  } else {
    slot->unsent = TRUE;
    g_queue_push_tail_link (&client->unsent, &slot->unsent_link);
    g_source_set_ready_time (client->sender, 0);
  }
}

static void
cancel_slot (Slot *slot)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (slot->cancellable);
  if (!slot->unsent)
    return;

  slot->unsent = FALSE;
  g_queue_unlink (&slot->client->unsent, &slot->unsent_link);
  g_cancellable_set_error_if_cancelled (slot->cancellable, &error);
  end_slot (slot, error);
}

void
mill_http_client_cancel_some (MillHttpClient *client, int most)
{
  for (int i = 0; i < client->n_slots && most > 0; i++) {
    Slot *slot = &client->slots[i];

    if (slot->deadline_us != 0 && !g_cancellable_is_cancelled (slot->cancellable)) {
      cancel_slot (slot);
      most--;
    }
  }
}

void
mill_http_client_end_early (MillHttpClient *client)
{
  for (int i = 0; i < client->n_slots; i++)
    if (client->slots[i].exchange.message != NULL && !client->slots[i].exchange.ended)
      mill_exchange_end_early (&client->slots[i].exchange);
}

void
mill_http_client_free (MillHttpClient *client)
{
  for (int i = 0; i < client->n_slots; i++) {
    mill_exchange_clear (&client->slots[i].exchange);
    g_clear_object (&client->slots[i].cancellable);
  }
  mill_exchange_clear (&client->exchange);
  g_clear_pointer (&client->watch, mill_watch_free);
  g_ptr_array_unref (client->sessions);

  remove_source (&client->timer);
  remove_source (&client->sender);
  g_clear_pointer (&client->context, g_main_context_unref);
  mill_body_sink_free (client->sink);
  g_free (client->slots);
  g_free (client->free_slots);
  g_free (client->buffer);
  g_free (client);
}
