/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-curl-client.h"

#include "runners/mill-curl-exchange.h"
#include "runners/mill-curl-shard.h"
#include "runners/mill-places.h"
#include "runners/mill-run-private.h"

/* Shards that send in one turn before the loop looks at its sockets again. */
#define MAX_TURN_SHARDS 128

/* A place for one request. It belongs to one shard for good, and has a handle from its first
 * request on. */
typedef struct {
  MillCurlClient *client;
  MillPlace place;
  MillCurlExchange exchange;
} Slot;

struct _MillCurlClient {
  MillRun *run;
  guint lane;
  uv_loop_t *loop;
  MillCurlCallback callback;
  gpointer data;
  MillBodySink *sink;
  MillCurlPlan *plan;
  MillCurlShards *shards;
  MillCurlShard **shard_of; /* by place / MILL_SHARD_CONNECTIONS; NULL until it is needed */
  Slot **slots;             /* NULL until it is needed */
  int n_slots;
  MillPlaces places;
  uv_timer_t timer;     /* of the timeouts */
  uv_prepare_t prepare; /* before the loop waits */
  uv_check_t check;     /* after it has waited */
  uv_idle_t idle;       /* keeps it from waiting while there is something to be sent */
  int n_closing;
};

static void
end_slot (Slot *slot)
{
  MillCurlClient *client = slot->client;

  mill_places_leave (&client->places, &slot->place);
  client->callback (client->data);
}

static void
on_transfer_done (CURL *easy, CURLcode result, gpointer data)
{
  MillCurlExchange *exchange = mill_curl_exchange_from_easy (easy);
  Slot *slot = (Slot *) ((char *) exchange - G_STRUCT_OFFSET (Slot, exchange));

  mill_places_begin_turn (&slot->client->places);
  if (mill_curl_exchange_redirect (exchange, result)) {
    mill_curl_shard_start (slot->exchange.shard, easy);
    return;
  }
  mill_curl_exchange_end (exchange, result);
  end_slot (slot);
}

static void
on_nothing (uv_idle_t *idle)
{
}

/* Sends what was started since. */
static void
take_turn (MillCurlClient *client)
{
  Slot *slot;
  gboolean more;

  mill_places_begin_turn (&client->places);
  while ((slot = mill_places_next_unsent (&client->places)) != NULL)
    mill_curl_shard_start (slot->exchange.shard, slot->exchange.easy);
  more = mill_curl_shards_run (client->shards, MAX_TURN_SHARDS);
  if (more || mill_places_has_unsent (&client->places))
    uv_idle_start (&client->idle, on_nothing);
  else
    uv_idle_stop (&client->idle);
}

static void
on_prepare (uv_prepare_t *prepare)
{
  take_turn (prepare->data);
}

static void
on_check (uv_check_t *check)
{
  take_turn (check->data);
}

static void
stop_transfer (Slot *slot, MillOutcome outcome)
{
  if (!slot->place.unsent)
    mill_curl_shard_cancel (slot->exchange.shard, slot->exchange.easy);
  mill_curl_exchange_abandon (&slot->exchange, outcome);
  end_slot (slot);
}

static void on_timeout (uv_timer_t *timer);

static void
arm_timer (MillCurlClient *client)
{
  gint64 deadline_us = mill_places_get_deadline (&client->places);
  gint64 left_us;

  if (deadline_us < 0)
    return;

  uv_update_time (client->loop);
  left_us = MAX (0, deadline_us - g_get_monotonic_time ());
  uv_timer_start (&client->timer, on_timeout, (uint64_t) (left_us / 1000 + 1), 0);
}

static void
on_timeout (uv_timer_t *timer)
{
  MillCurlClient *client = timer->data;
  gint64 now_us = g_get_monotonic_time ();
  Slot *slot;

  while ((slot = mill_places_next_expired (&client->places, now_us)) != NULL)
    stop_transfer (slot, MILL_OUTCOME_TIMEOUT);
  arm_timer (client);
}

MillCurlClient *
mill_curl_client_new (MillRun *run,
                      guint lane,
                      uv_loop_t *loop,
                      int max_in_flight,
                      MillCurlCallback callback,
                      gpointer data)
{
  MillCurlClient *client = g_new0 (MillCurlClient, 1);
  double timeout_s = mill_run_get_trial (run)->timeout_s;

  client->run = run;
  client->lane = lane;
  client->loop = loop;
  client->callback = callback;
  client->data = data;
  client->sink = mill_body_sink_new (run, lane);
  client->plan = mill_curl_plan_new (run);
  client->shards = mill_curl_shards_new (loop, on_transfer_done, client);
  client->n_slots = (int) CLAMP (max_in_flight, 1, MAX (1, mill_run_get_n_tickets (run)));
  client->slots = g_new0 (Slot *, client->n_slots);
  client->shard_of = g_new0 (MillCurlShard *, client->n_slots / MILL_SHARD_CONNECTIONS + 1);
  mill_places_init (&client->places, client->n_slots, (gint64) (timeout_s * G_USEC_PER_SEC));

  uv_timer_init (loop, &client->timer);
  uv_prepare_init (loop, &client->prepare);
  uv_check_init (loop, &client->check);
  uv_idle_init (loop, &client->idle);
  client->timer.data = client->prepare.data = client->check.data = client->idle.data = client;
  uv_prepare_start (&client->prepare, on_prepare);
  uv_check_start (&client->check, on_check);

  return client;
}

static Slot *
get_slot (MillCurlClient *client, int index)
{
  Slot *slot = client->slots[index];
  int number = index / MILL_SHARD_CONNECTIONS;

  if (G_LIKELY (slot != NULL))
    return slot;

  if (client->shard_of[number] == NULL)
    client->shard_of[number] = mill_curl_shards_add (
        client->shards,
        MIN (MILL_SHARD_CONNECTIONS, client->n_slots - number * MILL_SHARD_CONNECTIONS));

  slot = client->slots[index] = g_new0 (Slot, 1);
  slot->client = client;
  mill_place_init (&slot->place, slot, index);
  mill_curl_exchange_init (&slot->exchange, client->run, client->sink, client->plan,
                           client->shard_of[number]);

  return slot;
}

void
mill_curl_client_start (MillCurlClient *client, const MillTicket *ticket)
{
  Slot *slot = get_slot (client, mill_places_pop (&client->places));

  mill_places_enter (&client->places, &slot->place);
  /* An armed timer is left alone: it looks again when it fires. */
  if (!uv_is_active ((const uv_handle_t *) &client->timer))
    arm_timer (client);

  mill_curl_exchange_begin (&slot->exchange, ticket, client->lane);
  if (mill_places_may_send (&client->places, &slot->place))
    mill_curl_shard_start (slot->exchange.shard, slot->exchange.easy);
}

void
mill_curl_client_cancel_some (MillCurlClient *client, int most)
{
  for (int i = 0; i < client->n_slots && most > 0; i++) {
    if (client->slots[i] != NULL && client->slots[i]->exchange.base.under_way) {
      stop_transfer (client->slots[i], MILL_OUTCOME_CANCELLED);
      most--;
    }
  }
}

void
mill_curl_client_end_early (MillCurlClient *client)
{
  for (int i = 0; i < client->n_slots; i++)
    if (client->slots[i] != NULL)
      mill_curl_exchange_end_early (&client->slots[i]->exchange);
}

/* The last of the client's handles on the loop takes the client with it. */
static void
on_closed (uv_handle_t *handle)
{
  MillCurlClient *client = handle->data;

  if (--client->n_closing == 0)
    g_free (client);
}

void
mill_curl_client_free (MillCurlClient *client)
{
  uv_handle_t *handles[] = { (uv_handle_t *) &client->timer, (uv_handle_t *) &client->prepare,
                             (uv_handle_t *) &client->check, (uv_handle_t *) &client->idle };

  for (int i = 0; i < client->n_slots; i++) {
    if (client->slots[i] != NULL)
      mill_curl_exchange_clear (&client->slots[i]->exchange);
    g_free (client->slots[i]);
  }
  mill_curl_shards_free (client->shards);
  mill_curl_plan_free (client->plan);
  mill_body_sink_free (client->sink);
  mill_places_clear (&client->places);
  g_free (client->slots);
  g_free (client->shard_of);

  client->n_closing = G_N_ELEMENTS (handles);
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    uv_close (handles[i], on_closed);
}
