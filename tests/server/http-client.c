/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "http-client.h"

#include <stdlib.h>
#include <string.h>

#define TIMEOUT_S 10

void
http_answer_clear (HttpAnswer *answer)
{
  g_clear_pointer (&answer->head, g_free);
  g_clear_pointer (&answer->body, g_byte_array_unref);
}

GSocket *
http_connect (guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (socket, TIMEOUT_S);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  return socket;
}

gboolean
http_send (GSocket *socket, const char *text, gsize length)
{
  gsize sent = 0;
  while (sent < length) {
    gssize n = g_socket_send (socket, text + sent, length - sent, NULL, NULL);
    if (n <= 0)
      return FALSE;
    sent += (gsize) n;
  }
  return TRUE;
}

/* Reads up to @length bytes more; 0 at the end or after a reset. Waiting too long is a failure
 * of the test. */
static gsize
receive (GSocket *socket, char *buffer, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_socket_receive (socket, buffer, length, NULL, &error);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  return n > 0 ? (gsize) n : 0;
}

static gint64
content_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *field = strstr (lower, "content-length:");
  return field == NULL ? 0 : g_ascii_strtoll (field + strlen ("content-length:"), NULL, 10);
}

void
http_read_answer (GSocket *socket, const char *method, HttpAnswer *answer)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char buffer[16384];
  *answer = (HttpAnswer){ .body = g_byte_array_new () };
  while (strstr (head->str, "\r\n\r\n") == NULL) {
    char letter;
    if (receive (socket, &letter, 1) == 0) {
      answer->closed = TRUE;
      return;
    }
    g_string_append_c (head, letter);
  }
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1."));
  answer->status = atoi (head->str + strlen ("HTTP/1.1 "));
  answer->head = g_strdup (head->str);
  gint64 left = g_str_equal (method, "HEAD") ? 0 : content_length (head->str);
  while (left > 0) {
    gsize n = receive (socket, buffer, (gsize) MIN (left, (gint64) sizeof buffer));
    if (n == 0) {
      answer->closed = TRUE;
      return;
    }
    g_byte_array_append (answer->body, (const guint8 *) buffer, (guint) n);
    left -= (gint64) n;
  }
}

void
http_ask_on (
    GSocket *socket, const char *method, const char *path, const char *body, HttpAnswer *answer)
{
  g_autofree char *request = g_strdup_printf (
      "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", method,
      path, body == NULL ? 0 : strlen (body), body == NULL ? "" : body);
  http_send (socket, request, strlen (request));
  http_read_answer (socket, method, answer);
}

void
http_ask (guint16 port, const char *method, const char *path, const char *body, HttpAnswer *answer)
{
  g_autoptr (GSocket) socket = http_connect (port);
  http_ask_on (socket, method, path, body, answer);
}

int
http_get_status (guint16 port, const char *path)
{
  g_auto (HttpAnswer) answer = { 0 };
  http_ask (port, "GET", path, NULL, &answer);
  return answer.status;
}

JsonObject *
http_answer_json (const HttpAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_data (parser, (const char *) answer->body->data, answer->body->len, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}
