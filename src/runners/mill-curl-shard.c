/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-curl-shard.h"

#include "platform/mill-socket.h"

struct _MillCurlShard {
  MillCurlShards *shards;
  CURLM *multi;
  uv_timer_t timer;
  GList link; /* in the queue of those that are due */
  gboolean due;
};

struct _MillCurlShards {
  uv_loop_t *loop;
  MillCurlDone done;
  gpointer data;
  GPtrArray *all;      /* MillCurlShard */
  GHashTable *watches; /* Watch, by socket */
  GQueue due;          /* MillCurlShard */
};

/* A socket. libcurl says anew for each request that it wants to read, and takes it back at the
 * end; to change what the system watches would cost two calls each time. So a connection stays
 * watched while it is idle, until something comes in unasked. What is no connection (a resolver
 * that works in another thread) is closed without a word, so its watch ends when libcurl says so.
 */
typedef struct {
  uv_poll_t poll;
  MillCurlShard *shard;
  curl_socket_t socket;
  gboolean is_connection;
  gboolean on_loop; /* `poll` is */
  int wanted;       /* by libcurl: UV_READABLE, UV_WRITABLE */
  int watched;      /* by the loop */
} Watch;

static void
free_handle (uv_handle_t *handle)
{
  g_free (handle->data);
}

static void
end_transfers (MillCurlShard *shard)
{
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (shard->multi, &n_left)) != NULL) {
    CURL *easy = message->easy_handle;
    CURLcode result = message->data.result;

    if (message->msg != CURLMSG_DONE)
      continue;
    curl_multi_remove_handle (shard->multi, easy);
    shard->shards->done (easy, result, shard->shards->data);
  }
}

static void
act (MillCurlShard *shard, curl_socket_t socket, int events)
{
  int n_running;

  curl_multi_socket_action (shard->multi, socket, events, &n_running);
  end_transfers (shard);
}

/* Sockets */

static void on_ready (uv_poll_t *poll, int status, int events);

static void
watch_for (Watch *watch, int events)
{
  watch->watched = events;
  if (events != 0)
    uv_poll_start (&watch->poll, events, on_ready);
  else
    uv_poll_stop (&watch->poll);
}

static void
on_ready (uv_poll_t *poll, int status, int events)
{
  Watch *watch = poll->data;
  int happened = 0;

  if (watch->wanted == 0) {
    watch_for (watch, 0);
    return;
  }

  if (status < 0)
    happened = CURL_CSELECT_ERR;
  if ((events & UV_READABLE) != 0)
    happened |= CURL_CSELECT_IN;
  if ((events & UV_WRITABLE) != 0)
    happened |= CURL_CSELECT_OUT;
  act (watch->shard, watch->socket, happened);
}

static Watch *
add_watch (MillCurlShard *shard, curl_socket_t socket, gboolean is_connection)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->shard = shard;
  watch->socket = socket;
  watch->is_connection = is_connection;
  watch->poll.data = watch;
  g_hash_table_insert (shard->shards->watches, GSIZE_TO_POINTER ((gsize) socket), watch);

  return watch;
}

static void
drop_watch (MillCurlShards *shards, curl_socket_t socket)
{
  gpointer found = NULL;
  Watch *watch;

  if (!g_hash_table_steal_extended (shards->watches, GSIZE_TO_POINTER ((gsize) socket), NULL,
                                    &found))
    return;

  watch = found;
  if (watch->on_loop)
    uv_close ((uv_handle_t *) &watch->poll, free_handle);
  else
    g_free (watch);
}

void
mill_curl_shard_keep (MillCurlShard *shard, curl_socket_t socket)
{
  /* The system gives a number again; what was watched by it is gone. */
  drop_watch (shard->shards, socket);
  add_watch (shard, socket, TRUE);
}

static Watch *
find_watch (MillCurlShard *shard, curl_socket_t socket)
{
  Watch *watch = g_hash_table_lookup (shard->shards->watches, GSIZE_TO_POINTER ((gsize) socket));

  if (watch == NULL)
    watch = add_watch (shard, socket, FALSE);
  if (!watch->on_loop)
    watch->on_loop = uv_poll_init_socket (shard->shards->loop, &watch->poll, socket) == 0;

  return watch->on_loop ? watch : NULL;
}

static int
on_socket (CURL *easy, curl_socket_t socket, int what, void *user_data, void *socket_data)
{
  MillCurlShard *shard = user_data;
  Watch *watch = socket_data;
  int wanted = 0;

  if (watch == NULL) {
    if (what == CURL_POLL_REMOVE)
      return 0;
    watch = find_watch (shard, socket);
    if (watch == NULL)
      return -1;
    curl_multi_assign (shard->multi, socket, watch);
  }

  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
    wanted |= UV_READABLE;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
    wanted |= UV_WRITABLE;
  watch->wanted = wanted;
  if (wanted == 0 && !watch->is_connection) {
    drop_watch (shard->shards, socket);
    return 0;
  }
  if (wanted == 0)
    wanted = watch->watched & UV_READABLE;
  if (wanted != watch->watched)
    watch_for (watch, wanted);

  return 0;
}

static int
on_close_socket (void *user_data, curl_socket_t socket)
{
  drop_watch (user_data, socket);

  return mill_socket_close ((gintptr) socket) ? 0 : 1;
}

/* Time */

static void
set_due (MillCurlShard *shard)
{
  if (shard->due)
    return;

  shard->due = TRUE;
  g_queue_push_tail_link (&shard->shards->due, &shard->link);
}

static void
on_timeout (uv_timer_t *timer)
{
  set_due (timer->data);
}

static int
on_timer_change (CURLM *multi, long timeout_ms, void *user_data)
{
  MillCurlShard *shard = user_data;

  if (timeout_ms == 0)
    set_due (shard);
  if (timeout_ms > 0)
    uv_timer_start (&shard->timer, on_timeout, (uint64_t) timeout_ms, 0);
  else if (uv_is_active ((const uv_handle_t *) &shard->timer))
    uv_timer_stop (&shard->timer);

  return 0;
}

gboolean
mill_curl_shards_run (MillCurlShards *shards, int most)
{
  MillCurlShard *shard;

  while (most-- > 0 && (shard = g_queue_peek_head (&shards->due)) != NULL) {
    g_queue_unlink (&shards->due, &shard->link);
    shard->due = FALSE;
    act (shard, CURL_SOCKET_TIMEOUT, 0);
  }

  return shards->due.length > 0;
}

/* Shards */

MillCurlShards *
mill_curl_shards_new (uv_loop_t *loop, MillCurlDone done, gpointer data)
{
  MillCurlShards *shards = g_new0 (MillCurlShards, 1);

  shards->loop = loop;
  shards->done = done;
  shards->data = data;
  shards->all = g_ptr_array_new ();
  shards->watches = g_hash_table_new (NULL, NULL);

  return shards;
}

MillCurlShard *
mill_curl_shards_add (MillCurlShards *shards, int connections)
{
  MillCurlShard *shard = g_new0 (MillCurlShard, 1);

  shard->shards = shards;
  shard->link.data = shard;
  uv_timer_init (shards->loop, &shard->timer);
  shard->timer.data = shard;
  shard->multi = curl_multi_init ();
  curl_multi_setopt (shard->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt (shard->multi, CURLMOPT_SOCKETDATA, shard);
  curl_multi_setopt (shard->multi, CURLMOPT_TIMERFUNCTION, on_timer_change);
  curl_multi_setopt (shard->multi, CURLMOPT_TIMERDATA, shard);
  curl_multi_setopt (shard->multi, CURLMOPT_MAXCONNECTS, (long) connections);
  curl_multi_setopt (shard->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long) connections);
  g_ptr_array_add (shards->all, shard);

  return shard;
}

void
mill_curl_shards_free (MillCurlShards *shards)
{
  for (guint i = 0; i < shards->all->len; i++) {
    MillCurlShard *shard = g_ptr_array_index (shards->all, i);

    curl_multi_cleanup (shard->multi);
    uv_close ((uv_handle_t *) &shard->timer, free_handle);
  }
  g_ptr_array_unref (shards->all);
  g_hash_table_unref (shards->watches);
  g_free (shards);
}

void
mill_curl_shard_set_up (MillCurlShard *shard, CURL *easy)
{
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
  curl_easy_setopt (easy, CURLOPT_CLOSESOCKETDATA, shard->shards);
}

void
mill_curl_shard_start (MillCurlShard *shard, CURL *easy)
{
  curl_multi_add_handle (shard->multi, easy);
}

void
mill_curl_shard_cancel (MillCurlShard *shard, CURL *easy)
{
  curl_multi_remove_handle (shard->multi, easy);
}
