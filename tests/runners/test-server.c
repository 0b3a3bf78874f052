/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-server.h"

#include <stdlib.h>
#include <string.h>

#define BACKLOG 4096
#define TRICKLE_MS 50
#define GATHERED_MS 20
#define MAX_HEAD_BYTES 65536

struct _TestServer {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GSocket *listening;
  GSource *accepting;
  GPtrArray *connections; /* of the thread */
  guint16 port;

  GMutex mutex;
  int n_requests;
  int n_connections;
  int in_flight;
  int max_in_flight;
  GArray *in_flight_at; /* int */
  char *last_head;
};

typedef struct {
  TestServer *server;
  GSocket *socket;
  GSource *readable;
  GSource *timer;
  GString *input;
  gboolean answering;
  gboolean gathering; /* waits until enough others are in flight */
  gboolean close_after;
} Connection;

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
end_request (Connection *connection)
{
  if (!connection->answering)
    return;

  connection->answering = FALSE;
  g_mutex_lock (&connection->server->mutex);
  connection->server->in_flight--;
  g_mutex_unlock (&connection->server->mutex);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  end_request (connection);
  drop_source (&connection->readable);
  drop_source (&connection->timer);
  g_socket_close (connection->socket, NULL);
  g_object_unref (connection->socket);
  g_string_free (connection->input, TRUE);
  g_free (connection);
}

static void
hang_up (Connection *connection)
{
  g_ptr_array_remove_fast (connection->server->connections, connection);
}

static gboolean
send_all (Connection *connection, const char *data, gsize length)
{
  gsize sent = 0;

  while (sent < length) {
    gssize n = g_socket_send_with_blocking (connection->socket, data + sent, length - sent, TRUE,
                                            NULL, NULL);

    if (n <= 0)
      return FALSE;
    sent += (gsize) n;
  }

  return TRUE;
}

/* Returns: FALSE if the connection is gone */
static gboolean
answer (Connection *connection,
        const char *status,
        const char *headers,
        gint64 length,
        const char *body)
{
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %" G_GINT64_FORMAT "\r\n\r\n%s", status,
                       headers, length, body);

  end_request (connection);
  if (!send_all (connection, head, strlen (head)) || connection->close_after) {
    hang_up (connection);
    return FALSE;
  }

  return TRUE;
}

static gboolean
on_delay_over (gpointer data)
{
  Connection *connection = data;

  drop_source (&connection->timer);
  answer (connection, "200 OK", "", 2, "{}");

  return G_SOURCE_REMOVE;
}

static gboolean
on_trickle (gpointer data)
{
  Connection *connection = data;

  if (!send_all (connection, "x", 1))
    hang_up (connection);

  return G_SOURCE_CONTINUE;
}

static void
set_timer (Connection *connection, guint interval_ms, GSourceFunc func)
{
  connection->timer = g_timeout_source_new (interval_ms);
  g_source_set_callback (connection->timer, func, connection, NULL);
  g_source_attach (connection->timer, connection->server->context);
}

static void
answer_bytes (Connection *connection, gint64 n_bytes)
{
  g_autofree char *piece = g_malloc (65536);
  gboolean close_after = connection->close_after;

  memset (piece, 'x', 65536);
  connection->close_after = FALSE;
  if (!answer (connection, "200 OK", "", n_bytes, ""))
    return;

  while (n_bytes > 0) {
    gint64 n = MIN (n_bytes, 65536);

    if (!send_all (connection, piece, (gsize) n)) {
      hang_up (connection);
      return;
    }
    n_bytes -= n;
  }

  if (close_after)
    hang_up (connection);
}

/* Answers nobody before @n requests have been in flight at once. */
static void
gather (Connection *connection, int n)
{
  TestServer *server = connection->server;

  connection->gathering = TRUE;
  if (server->max_in_flight < n)
    return;

  for (guint i = 0; i < server->connections->len; i++) {
    Connection *other = g_ptr_array_index (server->connections, i);

    if (other->gathering)
      set_timer (other, GATHERED_MS, on_delay_over);
    other->gathering = FALSE;
  }
}

static void
handle (Connection *connection, const char *path)
{
  if (g_str_has_prefix (path, "/gather/")) {
    gather (connection, atoi (path + 8));
  } else if (g_str_has_prefix (path, "/delay/")) {
    set_timer (connection, (guint) (1000 * g_ascii_strtod (path + 7, NULL)), on_delay_over);
  } else if (g_str_has_prefix (path, "/bytes/")) {
    answer_bytes (connection, atoi (path + 7));
  } else if (g_str_has_prefix (path, "/status/")) {
    g_autofree char *status = g_strdup_printf ("%s Status", path + 8);

    answer (connection, status, "", 0, "");
  } else if (g_str_equal (path, "/trickle")) {
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    if (send_all (connection, head, sizeof head - 1))
      set_timer (connection, TRICKLE_MS, on_trickle);
    else
      hang_up (connection);
  } else if (g_str_equal (path, "/drop")) {
    hang_up (connection);
  } else if (g_str_equal (path, "/short")) {
    connection->close_after = TRUE;
    answer (connection, "200 OK", "", 100, "too short");
  } else if (g_str_equal (path, "/garbage")) {
    send_all (connection, "this is not HTTP\r\n\r\n", 20);
    hang_up (connection);
  } else if (g_str_equal (path, "/circle")) {
    answer (connection, "302 Found", "Location: /circle\r\n", 0, "");
  } else if (g_str_equal (path, "/hop")) {
    answer (connection, "301 Moved", "Location: /ping\r\n", 0, "");
  } else if (g_str_equal (path, "/away")) {
    answer (connection, "302 Found", "Location: http://localhost:9/\r\n", 0, "");
  } else if (g_str_equal (path, "/not-json")) {
    answer (connection, "200 OK", "", 1, "{");
  } else if (!g_str_equal (path, "/hang")) {
    answer (connection, "200 OK", "", 2, "{}");
  }
}

static void
count_request (Connection *connection)
{
  TestServer *server = connection->server;

  connection->answering = TRUE;
  g_mutex_lock (&server->mutex);
  server->n_requests++;
  server->in_flight++;
  server->max_in_flight = MAX (server->max_in_flight, server->in_flight);
  g_array_append_val (server->in_flight_at, server->in_flight);
  g_free (server->last_head);
  server->last_head = g_strdup (connection->input->str);
  g_mutex_unlock (&server->mutex);
}

static gsize
body_length (const char *head)
{
  const char *line = strstr (head, "Content-Length: ");

  return line != NULL ? (gsize) g_ascii_strtoull (line + 16, NULL, 10) : 0;
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  Connection *connection = data;
  char buffer[4096];
  gssize n_read = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);
  g_auto (GStrv) words = NULL;
  char *end;
  gsize length;

  if (n_read <= 0 || connection->input->len > MAX_HEAD_BYTES) {
    hang_up (connection);
    return G_SOURCE_REMOVE;
  }

  g_string_append_len (connection->input, buffer, n_read);
  end = strstr (connection->input->str, "\r\n\r\n");
  if (end == NULL)
    return G_SOURCE_CONTINUE;

  length = (gsize) (end - connection->input->str) + 4 + body_length (connection->input->str);
  if (connection->input->len < length)
    return G_SOURCE_CONTINUE;

  count_request (connection);
  words = g_strsplit (connection->input->str, " ", 3);
  connection->close_after = strstr (connection->input->str, "Connection: close") != NULL;
  g_string_erase (connection->input, 0, (gssize) length);
  handle (connection, words[1]);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_acceptable (GSocket *listening, GIOCondition condition, gpointer data)
{
  TestServer *server = data;
  g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, NULL);
  Connection *connection;

  if (socket == NULL)
    return G_SOURCE_CONTINUE;

  g_mutex_lock (&server->mutex);
  server->n_connections++;
  g_mutex_unlock (&server->mutex);

  connection = g_new0 (Connection, 1);
  connection->server = server;
  connection->socket = g_steal_pointer (&socket);
  connection->input = g_string_new (NULL);
  g_socket_set_blocking (connection->socket, FALSE);
  connection->readable = g_socket_create_source (connection->socket, G_IO_IN, NULL);
  g_source_set_callback (connection->readable, G_SOURCE_FUNC (on_readable), connection, NULL);
  g_source_attach (connection->readable, server->context);
  g_ptr_array_add (server->connections, connection);

  return G_SOURCE_CONTINUE;
}

static gpointer
serve (gpointer data)
{
  TestServer *server = data;

  g_main_loop_run (server->loop);
  drop_source (&server->accepting);
  g_ptr_array_unref (server->connections);

  return NULL;
}

TestServer *
test_server_new (void)
{
  TestServer *server = g_new0 (TestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&server->mutex);
  server->in_flight_at = g_array_new (FALSE, FALSE, sizeof (int));
  server->connections = g_ptr_array_new_with_free_func (connection_free);
  server->listening =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (server->listening, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (server->listening, BACKLOG);
  g_socket_listen (server->listening, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (server->listening, &error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->accepting = g_socket_create_source (server->listening, G_IO_IN, NULL);
  g_source_set_callback (server->accepting, G_SOURCE_FUNC (on_acceptable), server, NULL);
  g_source_attach (server->accepting, server->context);
  server->thread = g_thread_new ("test-server", serve, server);

  return server;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
test_server_free (TestServer *server)
{
  g_main_context_invoke (server->context, on_quit, server->loop);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_socket_close (server->listening, NULL);
  g_object_unref (server->listening);
  g_array_unref (server->in_flight_at);
  g_free (server->last_head);
  g_mutex_clear (&server->mutex);
  g_free (server);
}

char *
test_server_url (TestServer *server, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%d%s", server->port, path);
}

static int
get (TestServer *server, const int *field)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->mutex);

  return *field;
}

int
test_server_requests (TestServer *server)
{
  return get (server, &server->n_requests);
}

int
test_server_connections (TestServer *server)
{
  return get (server, &server->n_connections);
}

int
test_server_max_in_flight (TestServer *server)
{
  return get (server, &server->max_in_flight);
}

int
test_server_in_flight_at (TestServer *server, int number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->mutex);

  return g_array_index (server->in_flight_at, int, number);
}

char *
test_server_last_head (TestServer *server)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&server->mutex);

  return g_strdup (server->last_head);
}
