/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The test server over real connections, in this process.
 */
#include "config.h"

#include <string.h>

#include "http-client.h"
#include "platform/mill-limits.h"
#include "server/mill-server.h"

#define SMALL_JSON "{\"ok\":true}\n"

static const MillServerSettings plain = { .body_size_bytes = -1 };

static MillServer *
start (const MillServerSettings *settings, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  MillServer *server = mill_server_new (0, settings, seed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mill_server_get_port (server), >, 0);
  return server;
}

static gint64
count (MillServer *server, const char *member)
{
  g_autoptr (JsonObject) stats = mill_server_stats (server);
  g_assert_true (json_object_has_member (stats, member));
  return json_object_get_int_member (stats, member);
}

/* The client may have its answer a moment before the server has counted it. */
static void
assert_soon (MillServer *server, const char *member, gint64 expected)
{
  gint64 end_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  while (count (server, member) != expected && g_get_monotonic_time () < end_us)
    g_usleep (1000);
  g_assert_cmpint (count (server, member), ==, expected);
}

static void
assert_body (const HttpAnswer *answer, const char *expected)
{
  g_assert_cmpmem (answer->body->data, answer->body->len, expected, strlen (expected));
}

static void
test_ping_takes_all_methods (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  g_autoptr (GSocket) socket = http_connect (mill_server_get_port (server));
  const char *methods[] = { "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH" };
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_auto (HttpAnswer) answer = { 0 };
    http_ask_on (socket, methods[i], i % 2 ? "/ping" : "/?x=1", i > 1 ? "12345" : NULL, &answer);
    g_assert_cmpint (answer.status, ==, 200);
    assert_body (&answer, g_str_equal (methods[i], "HEAD") ? "" : SMALL_JSON);
  }
  assert_soon (server, "answered", G_N_ELEMENTS (methods));
  g_assert_cmpint (count (server, "requests"), ==, G_N_ELEMENTS (methods));
  g_assert_cmpint (count (server, "connections"), ==, 1);
  g_assert_cmpint (count (server, "bytes_in"), ==, 5 * 4);
  g_assert_cmpint (count (server, "max_in_flight"), ==, 1);
}

static void
test_endpoints (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  guint16 port = mill_server_get_port (server);
  const int sizes[] = { 0, 1, 4096, 300000, 2000000 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_auto (HttpAnswer) answer = { 0 };
    g_autofree char *path = g_strdup_printf ("/bytes/%d", sizes[i]);
    http_ask (port, "GET", path, NULL, &answer);
    g_assert_cmpint (answer.status, ==, 200);
    g_assert_cmpuint (answer.body->len, ==, (guint) sizes[i]);
  }
  g_assert_cmpint (http_get_status (port, "/status/418"), ==, 418);
  g_assert_cmpint (http_get_status (port, "/status/503"), ==, 503);
  g_assert_cmpint (http_get_status (port, "/status/abc"), ==, 400);
  g_assert_cmpint (http_get_status (port, "/nowhere"), ==, 404);
  g_assert_cmpint (http_get_status (port, "/json"), ==, 405);
  g_assert_cmpint (http_get_status (port, "/drop"), ==, 0);
  g_assert_cmpint (http_get_status (port, "/ping"), ==, 200);
  assert_soon (server, "dropped", 1);
  g_assert_cmpint (count (server, "errors"), ==, 0);
}

static void
test_delay_of_the_path (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  gint64 before_us = g_get_monotonic_time ();
  g_assert_cmpint (http_get_status (mill_server_get_port (server), "/delay/0.1"), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - before_us, >=, 100000);
}

static void
test_json (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  guint16 port = mill_server_get_port (server);
  {
    g_auto (HttpAnswer) answer = { 0 };
    http_ask (port, "POST", "/json", "{\"a\":1,\"b\":[true]}", &answer);
    g_autoptr (JsonObject) object = http_answer_json (&answer);
    g_assert_cmpint (answer.status, ==, 200);
    g_assert_true (json_object_get_boolean_member (object, "ok"));
    g_assert_cmpint (json_object_get_int_member (object, "members"), ==, 2);
    g_assert_cmpint (json_object_get_int_member (object, "bytes"), ==, 18);
  }
  const char *wrong[] = { "{\"a\":", "", "nonsense" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (HttpAnswer) answer = { 0 };
    http_ask (port, "POST", "/json", wrong[i], &answer);
    g_autoptr (JsonObject) object = http_answer_json (&answer);
    g_assert_cmpint (answer.status, ==, 400);
    g_assert_true (json_object_has_member (object, "error"));
  }
}

static void
test_stats_over_http_are_not_counted (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  guint16 port = mill_server_get_port (server);
  g_assert_cmpint (http_get_status (port, "/ping"), ==, 200);
  assert_soon (server, "answered", 1);
  for (int i = 0; i < 3; i++) {
    g_auto (HttpAnswer) answer = { 0 };
    http_ask (port, "GET", "/stats", NULL, &answer);
    g_autoptr (JsonObject) object = http_answer_json (&answer);
    g_assert_cmpint (json_object_get_int_member (object, "requests"), ==, 1);
    g_assert_cmpint (json_object_get_int_member (object, "in_flight"), ==, 0);
    g_assert_cmpint (json_object_get_int_member (object, "bytes_out"), ==, strlen (SMALL_JSON));
  }
}

static void
test_settings_shape_answers (void)
{
  MillServerSettings settings = { .body_size_bytes = 1000, .delay_s = 0.05 };
  g_autoptr (MillServer) server = start (&settings, 1);
  g_auto (HttpAnswer) answer = { 0 };
  gint64 before_us = g_get_monotonic_time ();
  http_ask (mill_server_get_port (server), "GET", "/ping", NULL, &answer);
  g_assert_cmpuint (answer.body->len, ==, 1000);
  g_assert_cmpint (g_get_monotonic_time () - before_us, >=, 50000);

  settings.error_rate = 1;
  mill_server_configure (server, &settings, 1);
  g_assert_cmpint (http_get_status (mill_server_get_port (server), "/ping"), ==, 500);
  assert_soon (server, "errors", 1);
  g_assert_cmpint (count (server, "answered"), ==, 2);
}

/* One letter per request: answered, error, dropped. */
static char *
fates (guint16 port, int n)
{
  GString *letters = g_string_new (NULL);
  for (int i = 0; i < n; i++) {
    int status = http_get_status (port, "/ping");
    g_string_append_c (letters, status == 200 ? 'a' : status == 500 ? 'e' : 'd');
  }
  return g_string_free (letters, FALSE);
}

static int
count_letter (const char *text, char letter)
{
  int n = 0;
  for (; *text != '\0'; text++)
    n += *text == letter;
  return n;
}

static void
test_rates_repeat_with_the_seed (void)
{
  const MillServerSettings settings = { .body_size_bytes = -1,
                                        .error_rate = 0.2,
                                        .drop_rate = 0.1 };
  g_autoptr (MillServer) server = start (&settings, 42);
  guint16 port = mill_server_get_port (server);
  g_autofree char *first = fates (port, 200);
  int drops = count_letter (first, 'd'), errors = count_letter (first, 'e');
  g_assert_cmpint (drops, >, 0);
  g_assert_cmpint (errors, >, 0);
  assert_soon (server, "dropped", drops);
  assert_soon (server, "errors", errors);
  assert_soon (server, "answered", 200 - drops);
  g_assert_cmpint (count (server, "requests"), ==, 200);
  g_assert_cmpint (count (server, "abandoned"), ==, 0);

  mill_server_reset (server);
  g_assert_cmpint (count (server, "requests"), ==, 0);
  g_autofree char *again = fates (port, 200);
  g_assert_cmpstr (again, ==, first);

  mill_server_configure (server, &settings, 43);
  g_autofree char *other = fates (port, 200);
  g_assert_cmpstr (other, !=, first);
}

static void
test_clients_that_give_up_are_counted_apart (void)
{
  enum { N = 10 };
  /* Long enough for all to be there before the first is answered. */
  const MillServerSettings settings = { .body_size_bytes = -1, .delay_s = 1 };
  static const char request[] = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autoptr (MillServer) server = start (&settings, 1);
  guint16 port = mill_server_get_port (server);
  for (int i = 0; i < N; i++) {
    g_autoptr (GSocket) socket = http_connect (port);
    http_send (socket, request, strlen (request));
  }
  assert_soon (server, "requests", N);
  g_assert_cmpint (count (server, "max_in_flight"), ==, N);
  assert_soon (server, "in_flight", 0);
  g_assert_cmpint (count (server, "abandoned") + count (server, "answered"), ==, N);
  g_assert_cmpint (count (server, "abandoned"), >, 0);

  /* What waits at a reset belongs to before. */
  for (int i = 0; i < N; i++) {
    g_autoptr (GSocket) socket = http_connect (port);
    http_send (socket, request, strlen (request));
  }
  assert_soon (server, "in_flight", N);
  mill_server_reset (server);
  g_assert_cmpint (http_get_status (port, "/ping"), ==, 200);
  assert_soon (server, "answered", 1);
  g_assert_cmpint (count (server, "requests"), ==, 1);
  g_assert_cmpint (count (server, "max_in_flight"), ==, 1);
  g_assert_cmpint (count (server, "abandoned"), ==, 0);
}

static void
test_ends_while_requests_wait (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  static const char request[] = "GET /delay/3600 HTTP/1.1\r\nHost: localhost\r\n\r\n";
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < 50; i++) {
    g_ptr_array_add (sockets, http_connect (mill_server_get_port (server)));
    http_send (sockets->pdata[i], request, strlen (request));
  }
  assert_soon (server, "in_flight", 50);
  gint64 before_us = g_get_monotonic_time ();
  g_clear_pointer (&server, mill_server_free);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 5 * G_USEC_PER_SEC);
}

/* A connection that the backlog cannot take is tried again after a second at the earliest. */
static void
test_burst_of_connections (void)
{
  enum { N = 2000 };
  gint64 limit = mill_limits_raise_descriptors ();
  if (limit >= 0 && limit < 2 * N + 100) {
    g_test_skip ("too few file descriptors for both ends of the connections");
    return;
  }
  g_autoptr (MillServer) server = start (&plain, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new (loopback, mill_server_get_port (server));
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 before_us = g_get_monotonic_time ();
  for (int i = 0; i < N; i++) {
    GSocket *socket =
        g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    g_ptr_array_add (sockets, socket);
    g_socket_set_blocking (socket, FALSE);
    g_socket_connect (socket, address, NULL, NULL);
  }
  for (int i = 0; i < N; i++) {
    g_autoptr (GError) error = NULL;
    g_socket_condition_timed_wait (sockets->pdata[i], G_IO_OUT, 10 * G_USEC_PER_SEC, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_socket_check_connect_result (sockets->pdata[i], NULL));
  }
  gint64 took_us = g_get_monotonic_time () - before_us;
  g_test_message ("%d connections in %d ms", N, (int) (took_us / 1000));
  g_assert_cmpint (took_us, <, 900000);
  assert_soon (server, "connections", N);
}

/* Sends @text and reads what comes back; the status, 0 where the connection was closed. */
static int
provoke (guint16 port, const char *text, gsize length)
{
  g_auto (HttpAnswer) answer = { 0 };
  g_autoptr (GSocket) socket = http_connect (port);
  http_send (socket, text, length);
  http_read_answer (socket, "POST", &answer);
  return answer.status;
}

static void
test_hostile_requests (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  guint16 port = mill_server_get_port (server);
  g_autofree char *million = g_strnfill (1000000, 'x');
  g_autofree char *header =
      g_strdup_printf ("GET /ping HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n\r\n", million);
  int status = provoke (port, header, strlen (header));
  g_assert_true (status == 0 || (status >= 400 && status < 500));

  g_autofree char *line = g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n", million);
  status = provoke (port, line, strlen (line));
  g_assert_true (status == 0 || (status >= 400 && status < 500));

  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  char garbage[4096];
  for (gsize i = 0; i < sizeof garbage; i++)
    garbage[i] = (char) g_rand_int_range (rand, 0, 256);
  memcpy (garbage + sizeof garbage - 4, "\r\n\r\n", 4);
  status = provoke (port, garbage, sizeof garbage);
  g_assert_true (status == 0 || (status >= 400 && status < 500));

  /* A body that is announced as too large is not read at all. */
  static const char announced[] =
      "POST /ping HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n";
  g_assert_cmpint (provoke (port, announced, strlen (announced)), ==, 413);
  static const char announced_json[] =
      "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n";
  g_assert_cmpint (provoke (port, announced_json, strlen (announced_json)), ==, 413);

  /* One that is not announced is read up to the limit. */
  g_autoptr (GSocket) socket = http_connect (port);
  static const char chunked[] =
      "POST /json HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  g_autofree char *chunk = g_strdup_printf ("F4240\r\n%s\r\n", million);
  gboolean open = http_send (socket, chunked, strlen (chunked));
  for (int i = 0; i < 50 && open; i++)
    open = http_send (socket, chunk, strlen (chunk));
  g_assert_false (open);

  g_assert_cmpint (http_get_status (port, "/ping"), ==, 200);
  assert_soon (server, "in_flight", 0);
}

static void
test_taken_port_is_an_error (void)
{
  g_autoptr (MillServer) server = start (&plain, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%d", mill_server_get_port (server));
  g_assert_null (mill_server_new (mill_server_get_port (server), &plain, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_nonnull (strstr (error->message, port));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/ping", test_ping_takes_all_methods);
  g_test_add_func ("/server/endpoints", test_endpoints);
  g_test_add_func ("/server/delay", test_delay_of_the_path);
  g_test_add_func ("/server/json", test_json);
  g_test_add_func ("/server/stats", test_stats_over_http_are_not_counted);
  g_test_add_func ("/server/settings", test_settings_shape_answers);
  g_test_add_func ("/server/rates", test_rates_repeat_with_the_seed);
  g_test_add_func ("/server/abandoned", test_clients_that_give_up_are_counted_apart);
  g_test_add_func ("/server/end-while-waiting", test_ends_while_requests_wait);
  g_test_add_func ("/server/burst", test_burst_of_connections);
  g_test_add_func ("/server/hostile", test_hostile_requests);
  g_test_add_func ("/server/taken-port", test_taken_port_is_an_error);
  return g_test_run ();
}
