/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-http-task.h"

#include "runners/mill-places.h"
#include "runners/mill-run-private.h"
#include "runners/mill-soup-exchange.h"

#define BUFFER_BYTES (64 * 1024)
/* More connections than this in one session cost more than another session. */
#define SESSION_CONNECTIONS 16
/* What one request may read in one turn of the loop, so that the others get theirs. */
#define MAX_TURN_BYTES (1024 * 1024)

/* A place for one asynchronous request. It belongs to one session for good. */
typedef struct {
  MillHttpClient *client;
  MillPlace place;
  SoupSession *session; /* borrowed */
  MillSoupExchange exchange;
  GCancellable *cancellable;
  GInputStream *stream;
  GSource *readable;
  MillHttpCallback callback;
  gpointer data;
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
  gint64 timeout_us;
  MillSoupExchange exchange;
  MillWaitHook begin_wait;
  MillWaitHook end_wait;
  gpointer hook_data;

  /* asynchronous */
  GMainContext *context;
  Slot *slots;
  int n_slots;
  MillPlaces places;
  GSource *timer;
  GSource *sender;
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
  mill_soup_exchange_init (&client->exchange, run, client->sink);

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
  while (n_read > 0 && mill_exchange_add (&client->exchange.base, client->buffer, (gsize) n_read));

  g_input_stream_close (stream, NULL, NULL);

  return n_read >= 0;
}

MillOutcome
mill_http_client_run_blocking (MillHttpClient *client, MillTicket *ticket)
{
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = mill_watch_begin (client->watch);
  gboolean expired;

  mill_soup_exchange_begin (&client->exchange, ticket, client->lane, cancellable);

  while (run_message (client, cancellable, &error) &&
         mill_soup_exchange_redirect (&client->exchange))
    continue;

  expired = mill_watch_end (client->watch, client->exchange.repeated);

  return mill_soup_exchange_end (&client->exchange, error, expired);
}

/* Asynchronous */

static void send_slot (Slot *slot);
static void read_slot (Slot *slot);

static void
arm_timer (MillHttpClient *client)
{
  g_source_set_ready_time (client->timer, mill_places_get_deadline (&client->places));
}

static gboolean
on_timer (gpointer data)
{
  MillHttpClient *client = data;
  gint64 now_us = g_get_monotonic_time ();
  Slot *slot;

  while ((slot = mill_places_next_expired (&client->places, now_us)) != NULL) {
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
  mill_places_begin_turn (&client->places);
  while ((slot = mill_places_next_unsent (&client->places)) != NULL)
    send_slot (slot);
  if (mill_places_has_unsent (&client->places))
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
  client->slots = g_new0 (Slot, client->n_slots);
  mill_places_init (&client->places, client->n_slots, client->timeout_us);
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
    mill_place_init (&slot->place, slot, i);
    slot->cancellable = g_cancellable_new ();
    mill_soup_exchange_init (&slot->exchange, run, client->sink);
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

  close_stream (slot);
  if (g_cancellable_is_cancelled (slot->cancellable)) {
    g_object_unref (slot->cancellable);
    slot->cancellable = g_cancellable_new ();
  }

  mill_places_leave (&client->places, &slot->place);
  mill_soup_exchange_end (&slot->exchange, error, slot->expired);
  slot->callback (client, slot->data);
}

static gboolean
on_readable (GObject *stream, gpointer data)
{
  Slot *slot = data;

  mill_places_begin_turn (&slot->client->places);
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
  } while (n_read > 0 && mill_exchange_add (&slot->exchange.base, client->buffer, (gsize) n_read) &&
           turn_bytes < MAX_TURN_BYTES);

  if (slot->exchange.base.failure == MILL_OUTCOME_PENDING &&
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
  if (n_read == 0 && mill_soup_exchange_redirect (&slot->exchange))
    send_slot (slot);
  else
    end_slot (slot, n_read < 0 ? error : NULL);
}

static void
on_sent (GObject *object, GAsyncResult *result, gpointer data)
{
  Slot *slot = data;
  g_autoptr (GError) error = NULL;

  mill_places_begin_turn (&slot->client->places);
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
  Slot *slot = &client->slots[mill_places_pop (&client->places)];

  slot->callback = callback;
  slot->data = data;
  slot->expired = FALSE;
  mill_places_enter (&client->places, &slot->place);
  /* An armed timer is left alone: it looks again when it fires. */
  if (g_source_get_ready_time (client->timer) < 0)
    arm_timer (client);

  mill_soup_exchange_begin (&slot->exchange, ticket, client->lane, slot->cancellable);
  if (mill_places_may_send (&client->places, &slot->place))
    send_slot (slot);
  else
    g_source_set_ready_time (client->sender, 0);
}

static void
cancel_slot (Slot *slot)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (slot->cancellable);
  if (!slot->place.unsent)
    return;

  g_cancellable_set_error_if_cancelled (slot->cancellable, &error);
  end_slot (slot, error);
}

gboolean
mill_http_client_cancel_some (MillHttpClient *client, int most)
{
  for (int i = 0; i < client->n_slots; i++) {
    Slot *slot = &client->slots[i];

    if (slot->exchange.base.under_way && !g_cancellable_is_cancelled (slot->cancellable)) {
      if (most-- == 0)
        return TRUE;
      cancel_slot (slot);
    }
  }
  return FALSE;
}

void
mill_http_client_end_early (MillHttpClient *client)
{
  for (int i = 0; i < client->n_slots; i++)
    mill_soup_exchange_end_early (&client->slots[i].exchange);
}

void
mill_http_client_free (MillHttpClient *client)
{
  for (int i = 0; i < client->n_slots; i++) {
    mill_soup_exchange_clear (&client->slots[i].exchange);
    g_clear_object (&client->slots[i].cancellable);
  }
  mill_soup_exchange_clear (&client->exchange);
  g_clear_pointer (&client->watch, mill_watch_free);
  g_ptr_array_unref (client->sessions);

  remove_source (&client->timer);
  remove_source (&client->sender);
  g_clear_pointer (&client->context, g_main_context_unref);
  mill_body_sink_free (client->sink);
  mill_places_clear (&client->places);
  g_free (client->slots);
  g_free (client->buffer);
  g_free (client);
}
