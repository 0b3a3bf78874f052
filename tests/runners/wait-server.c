/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wait-server.h"

#include <string.h>

#define BACKLOG 1024
#define MAX_REQUEST_BYTES 8192

struct _WaitServer {
  GSocket *socket;
  GCancellable *cancellable;
  GThread *thread;
  char *url;
  gint64 delay_us;
  int requests;
  int connections;
  int in_flight;
  int max_in_flight;
};

typedef struct {
  WaitServer *server;
  GSocket *socket;
} Connection;

static void
count_up (WaitServer *server)
{
  int now = g_atomic_int_add (&server->in_flight, 1) + 1;
  int highest = g_atomic_int_get (&server->max_in_flight);

  g_atomic_int_inc (&server->requests);
  while (now > highest && !g_atomic_int_compare_and_exchange (&server->max_in_flight, highest, now))
    highest = g_atomic_int_get (&server->max_in_flight);
}

/* Reads to the empty line after the headers. FALSE when the client has closed. */
static gboolean
read_request (Connection *connection)
{
  char buffer[MAX_REQUEST_BYTES + 1];
  gsize length = 0;

  while (length < MAX_REQUEST_BYTES) {
    gssize n_read =
        g_socket_receive (connection->socket, buffer + length, MAX_REQUEST_BYTES - length,
                          connection->server->cancellable, NULL);

    if (n_read <= 0)
      return FALSE;
    length += (gsize) n_read;
    buffer[length] = '\0';
    if (strstr (buffer, "\r\n\r\n") != NULL)
      return TRUE;
  }
  return FALSE;
}

static gpointer
serve (gpointer data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                               "Content-Length: 5\r\n\r\nhello";
  Connection *connection = data;
  WaitServer *server = connection->server;
  gboolean open = TRUE;

  while (open && read_request (connection)) {
    count_up (server);
    /* Ends early when the client gives up, or the server. */
    if (server->delay_us > 0)
      g_socket_condition_timed_wait (connection->socket, G_IO_IN | G_IO_HUP, server->delay_us,
                                     server->cancellable, NULL);
    g_atomic_int_add (&server->in_flight, -1);
    open = g_socket_send (connection->socket, answer, sizeof answer - 1, server->cancellable,
                          NULL) > 0;
  }
  g_object_unref (connection->socket);
  g_free (connection);
  return NULL;
}

static void
join (gpointer thread)
{
  g_thread_join (thread);
}

static gpointer
accept_connections (gpointer data)
{
  WaitServer *server = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (join);
  GSocket *socket;

  while ((socket = g_socket_accept (server->socket, server->cancellable, NULL)) != NULL) {
    Connection *connection = g_new (Connection, 1);

    g_atomic_int_inc (&server->connections);
    *connection = (Connection){ server, socket };
    g_ptr_array_add (threads, g_thread_new ("connection", serve, connection));
  }
  return NULL;
}

WaitServer *
wait_server_new (gint64 delay_us)
{
  WaitServer *server = g_new0 (WaitServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  server->delay_us = delay_us;
  server->cancellable = g_cancellable_new ();
  server->socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (server->socket, BACKLOG);
  g_assert_true (g_socket_bind (server->socket, any_port, TRUE, &error));
  g_assert_true (g_socket_listen (server->socket, &error));
  address = g_socket_get_local_address (server->socket, &error);
  g_assert_no_error (error);
  server->url = g_strdup_printf ("http://127.0.0.1:%u/",
                                 g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  server->thread = g_thread_new ("server", accept_connections, server);
  return server;
}

void
wait_server_free (WaitServer *server)
{
  g_cancellable_cancel (server->cancellable);
  g_thread_join (server->thread);
  g_object_unref (server->socket);
  g_object_unref (server->cancellable);
  g_free (server->url);
  g_free (server);
}

const char *
wait_server_get_url (WaitServer *server)
{
  return server->url;
}

int
wait_server_get_requests (WaitServer *server)
{
  return g_atomic_int_get (&server->requests);
}

int
wait_server_get_connections (WaitServer *server)
{
  return g_atomic_int_get (&server->connections);
}

int
wait_server_get_in_flight (WaitServer *server)
{
  return g_atomic_int_get (&server->in_flight);
}

int
wait_server_get_max_in_flight (WaitServer *server)
{
  return g_atomic_int_get (&server->max_in_flight);
}
