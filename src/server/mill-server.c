/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-server.h"

#include <gio/gio.h>
#include <microhttpd.h>
#include <string.h>

#include "experiment/mill-json.h"
#include "platform/mill-socket.h"
#include "server/mill-answer.h"
#include "server/mill-connection-rate.h"
#include "server/mill-counts.h"
#include "server/mill-delay-queue.h"
#include "server/mill-endpoint.h"
#include "server/mill-fate.h"

#define MAX_CONNECTIONS 60000
/* Several times what one thread can accept, so that a measurement never meets it, while a client
 * that runs wild does not take the machine. */
#define MAX_CONNECTIONS_PER_S 200000
/* Per connection, for its header: ten thousand connections have to fit. */
#define CONNECTION_MEMORY_BYTES (16 * 1024)
/* JSON is parsed whole, so it has to be small. */
#define MAX_JSON_BYTES (1024 * 1024)

struct _MillServer {
  GSocket *socket;
  guint16 port;
  struct MHD_Daemon *daemon;
  MillConnectionRate rate; /* of the daemon's thread */
  MillDelayQueue *delays;
  MillAnswers *answers;
  GMutex mutex; /* of what follows */
  MillCounts counts;
  MillServerSettings settings;
  guint64 seed;
  guint64 next_number; /* of the request whose fate is drawn next */
};

/* One request, from its header to its end. */
typedef struct {
  MillRoute route;
  MillFate fate;
  guint64 epoch;             /* of the counts that it belongs to */
  gint64 default_size_bytes; /* of the settings */
  gint64 body_bytes;
  gint64 answer_bytes;
  GByteArray *json; /* what was posted to /json */
  gboolean delayed; /* its delay is over, or there was none */
  MillEnd end;      /* unless the connection breaks before it */
} Request;

static Request *
request_new (MillServer *server, const char *method, const char *path)
{
  Request *request = g_new0 (Request, 1);
  mill_route (method, path, &request->route);
  if (request->route.endpoint == MILL_ENDPOINT_STATS)
    return request;
  g_mutex_lock (&server->mutex);
  request->epoch = mill_counts_begin (&server->counts);
  MillServerSettings settings = server->settings;
  guint64 seed = server->seed;
  guint64 number = server->next_number++;
  g_mutex_unlock (&server->mutex);
  if (request->route.delay_s >= 0)
    settings.delay_s = request->route.delay_s;
  mill_fate_draw (&settings, seed, number, &request->fate);
  request->default_size_bytes = settings.body_size_bytes;
  return request;
}

static void
request_free (Request *request)
{
  g_clear_pointer (&request->json, g_byte_array_unref);
  g_free (request);
}

static gint64
max_body_bytes (const Request *request)
{
  return request->route.endpoint == MILL_ENDPOINT_JSON ? MAX_JSON_BYTES
                                                       : MILL_SERVER_MAX_BODY_BYTES;
}

/* Whether the header announces more than will be read: then nothing of it is. */
static gboolean
announces_too_much (struct MHD_Connection *connection, const Request *request)
{
  guint64 length;
  const char *text =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  return text != NULL && (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &length, NULL) ||
                          length > (guint64) max_body_bytes (request));
}

/* Keeps what /json needs and counts the rest. Returns FALSE where a body without an announced
 * length turns out to be too large. */
static gboolean
request_take_body (Request *request, const char *data, gsize length)
{
  request->body_bytes += (gint64) length;
  if (request->body_bytes > max_body_bytes (request))
    return FALSE;
  if (request->route.endpoint == MILL_ENDPOINT_JSON) {
    if (request->json == NULL)
      request->json = g_byte_array_new ();
    g_byte_array_append (request->json, (const guint8 *) data, (guint) length);
  }
  return TRUE;
}

static enum MHD_Result
send_text (struct MHD_Connection *connection,
           Request *request,
           guint status,
           char *body,
           const char *content_type)
{
  request->answer_bytes = (gint64) strlen (body);
  struct MHD_Response *response = mill_answers_text (body, content_type);
  enum MHD_Result result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
send_error (struct MHD_Connection *connection, Request *request, guint status, const char *words)
{
  return send_text (connection, request, status, g_strdup_printf ("%s\n", words),
                    "text/plain; charset=utf-8");
}

static enum MHD_Result
send_stats (MillServer *server, struct MHD_Connection *connection, Request *request)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, mill_server_stats (server));
  return send_text (connection, request, MHD_HTTP_OK, mill_json_to_line (node), "application/json");
}

static enum MHD_Result
send_json (struct MHD_Connection *connection, Request *request)
{
  guint status;
  const char *data = request->json == NULL ? "" : (const char *) request->json->data;
  char *answer =
      mill_endpoint_answer_json (data, request->json == NULL ? 0 : request->json->len, &status);
  return send_text (connection, request, status, answer, "application/json");
}

/* The small JSON, or as many bytes as the path or the settings ask for. */
static enum MHD_Result
send_body (MillServer *server, struct MHD_Connection *connection, Request *request)
{
  gint64 size_bytes = request->route.size_bytes;
  if (size_bytes < 0)
    size_bytes = request->default_size_bytes;
  if (size_bytes < 0) {
    request->answer_bytes = (gint64) strlen ("{\"ok\":true}\n");
    return MHD_queue_response (connection, request->route.status,
                               mill_answers_ping (server->answers));
  }
  request->answer_bytes = size_bytes;
  return MHD_queue_response (connection, request->route.status,
                             mill_answers_filler (server->answers, size_bytes));
}

/* Answers a request that is read whole and has waited its time. */
static enum MHD_Result
answer (MillServer *server, struct MHD_Connection *connection, Request *request)
{
  if (request->fate.drop || request->route.endpoint == MILL_ENDPOINT_DROP) {
    request->end = MILL_END_DROPPED;
    return MHD_NO;
  }
  if (request->fate.error) {
    request->end = MILL_END_ERROR;
    return send_error (connection, request, MHD_HTTP_INTERNAL_SERVER_ERROR,
                       "An error, as the settings ask for");
  }
  switch (request->route.endpoint) {
  case MILL_ENDPOINT_UNKNOWN:
    return send_error (connection, request, MHD_HTTP_NOT_FOUND,
                       "Not here. Try /ping /delay/SECONDS /bytes/N /status/CODE /json /drop "
                       "/stats");
  case MILL_ENDPOINT_BAD_REQUEST:
    return send_error (connection, request, MHD_HTTP_BAD_REQUEST,
                       "The number in the path cannot be");
  case MILL_ENDPOINT_BAD_METHOD:
    return send_error (connection, request, MHD_HTTP_METHOD_NOT_ALLOWED, "POST JSON here");
  case MILL_ENDPOINT_STATS:
    return send_stats (server, connection, request);
  case MILL_ENDPOINT_JSON:
    return send_json (connection, request);
  case MILL_ENDPOINT_PING:
  case MILL_ENDPOINT_DELAY:
  case MILL_ENDPOINT_BYTES:
  case MILL_ENDPOINT_STATUS:
  case MILL_ENDPOINT_DROP:
  default:
    return send_body (server, connection, request);
  }
}

static void
resume (gpointer connection)
{
  MHD_resume_connection (connection);
}

/* Called by the daemon when the header is there (without *state), for each piece of the body,
 * and at its end; again after a suspended connection was resumed. */
static enum MHD_Result
handle (void *data,
        struct MHD_Connection *connection,
        const char *path,
        const char *method,
        const char *version,
        const char *upload,
        size_t *upload_length,
        void **state)
{
  MillServer *server = data;
  Request *request = *state;
  if (request == NULL) {
    *state = request = request_new (server, method, path);
    if (announces_too_much (connection, request))
      return send_error (connection, request, MHD_HTTP_CONTENT_TOO_LARGE, "The body is too large");
    return MHD_YES;
  }
  if (*upload_length > 0) {
    gsize length = *upload_length;
    *upload_length = 0;
    return request_take_body (request, upload, length) ? MHD_YES : MHD_NO;
  }
  gint64 now_us = g_get_monotonic_time ();
  gint64 due_us = mill_fate_due_us (&request->fate, now_us);
  if (!request->delayed && due_us > now_us) {
    request->delayed = TRUE;
    MHD_suspend_connection (connection);
    mill_delay_queue_add (server->delays, due_us, connection);
    return MHD_YES;
  }
  return answer (server, connection, request);
}

static void
handle_completed (void *data,
                  struct MHD_Connection *connection,
                  void **state,
                  enum MHD_RequestTerminationCode code)
{
  MillServer *server = data;
  Request *request = *state;
  if (request == NULL)
    return;
  if (request->route.endpoint != MILL_ENDPOINT_STATS) {
    MillEnd end = request->end;
    if (code != MHD_REQUEST_TERMINATED_COMPLETED_OK && end != MILL_END_DROPPED)
      end = MILL_END_ABANDONED;
    g_mutex_lock (&server->mutex);
    mill_counts_end (&server->counts, request->epoch, end, request->body_bytes,
                     request->answer_bytes);
    g_mutex_unlock (&server->mutex);
  }
  *state = NULL;
  request_free (request);
}

static void
handle_connection (void *data,
                   struct MHD_Connection *connection,
                   void **socket_state,
                   enum MHD_ConnectionNotificationCode code)
{
  MillServer *server = data;
  if (code != MHD_CONNECTION_NOTIFY_STARTED)
    return;
  g_mutex_lock (&server->mutex);
  server->counts.connections++;
  g_mutex_unlock (&server->mutex);
}

static enum MHD_Result
admit_connection (void *data, const struct sockaddr *address, socklen_t length)
{
  MillServer *server = data;
  return mill_connection_rate_admit (&server->rate, g_get_monotonic_time ()) ? MHD_YES : MHD_NO;
}

static GSocket *
listen_on (guint16 port, guint16 *bound_port, GError **error)
{
  g_autoptr (GSocket) listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (listener == NULL)
    return NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_socket_set_listen_backlog (listener, mill_socket_listen_backlog ());
  g_socket_set_blocking (listener, FALSE);
  if (!g_socket_bind (listener, address, TRUE, error) || !g_socket_listen (listener, error)) {
    g_prefix_error (error,
                    "The test server cannot listen on 127.0.0.1:%u; choose another port: ", port);
    return NULL;
  }
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (listener, error);
  if (local == NULL)
    return NULL;
  *bound_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
  return g_steal_pointer (&listener);
}

MillServer *
mill_server_new (guint16 port, const MillServerSettings *settings, guint64 seed, GError **error)
{
  guint16 bound_port = 0;
  g_autoptr (GSocket) listener = listen_on (port, &bound_port, error);
  if (listener == NULL)
    return NULL;
  MillServer *server = g_new0 (MillServer, 1);
  g_mutex_init (&server->mutex);
  server->socket = g_steal_pointer (&listener);
  server->port = bound_port;
  server->settings = *settings;
  server->seed = seed;
  mill_connection_rate_init (&server->rate, MAX_CONNECTIONS_PER_S, MAX_CONNECTIONS);
  server->answers = mill_answers_new ();
  server->delays = mill_delay_queue_new (resume);

  unsigned int polling = MHD_is_feature_supported (MHD_FEATURE_EPOLL) == MHD_YES
                             ? MHD_USE_EPOLL_INTERNAL_THREAD
                             : MHD_USE_AUTO_INTERNAL_THREAD;
  server->daemon = MHD_start_daemon (
      polling | MHD_ALLOW_SUSPEND_RESUME, 0, admit_connection, server, handle, server,
      MHD_OPTION_LISTEN_SOCKET, (MHD_socket) g_socket_get_fd (server->socket),
      MHD_OPTION_CONNECTION_LIMIT, (unsigned int) MAX_CONNECTIONS,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) CONNECTION_MEMORY_BYTES,
      MHD_OPTION_NOTIFY_COMPLETED, handle_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
      handle_connection, server, MHD_OPTION_END);
  if (server->daemon == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 "The test server could not start on 127.0.0.1:%u: no thread or no descriptor "
                 "was to be had",
                 bound_port);
    mill_server_free (server);
    return NULL;
  }
  return server;
}

void
mill_server_free (MillServer *server)
{
  /* No new connections; the socket stays ours. Then everything that waits is answered, since
   * the daemon cannot stop while a connection is suspended. */
  if (server->daemon != NULL)
    MHD_quiesce_daemon (server->daemon);
  mill_delay_queue_end (server->delays);
  g_clear_pointer (&server->daemon, MHD_stop_daemon);
  mill_delay_queue_free (server->delays);
  mill_answers_free (server->answers);
  g_clear_object (&server->socket);
  g_mutex_clear (&server->mutex);
  g_free (server);
}

guint16
mill_server_get_port (MillServer *server)
{
  return server->port;
}

void
mill_server_configure (MillServer *server, const MillServerSettings *settings, guint64 seed)
{
  g_mutex_lock (&server->mutex);
  server->settings = *settings;
  server->seed = seed;
  server->next_number = 0;
  g_mutex_unlock (&server->mutex);
}

void
mill_server_get_settings (MillServer *server, MillServerSettings *settings)
{
  g_mutex_lock (&server->mutex);
  *settings = server->settings;
  g_mutex_unlock (&server->mutex);
}

void
mill_server_reset (MillServer *server)
{
  g_mutex_lock (&server->mutex);
  server->next_number = 0;
  mill_counts_reset (&server->counts);
  g_mutex_unlock (&server->mutex);
}

JsonObject *
mill_server_stats (MillServer *server)
{
  g_mutex_lock (&server->mutex);
  MillCounts counts = server->counts;
  g_mutex_unlock (&server->mutex);
  return mill_counts_to_json (&counts);
}
