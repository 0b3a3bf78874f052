/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A small blocking HTTP client for the tests: it sends what it is told, byte for byte, so that
 * it can also send what no client should. */

/* What came back. */
typedef struct {
  int status; /* 0: the connection was closed without an answer */
  char *head; /* with its lines' ends */
  GByteArray *body;
  gboolean closed; /* the server closed the connection during or after the answer */
} HttpAnswer;

void http_answer_clear (HttpAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HttpAnswer, http_answer_clear)

/* A connection to 127.0.0.1 that gives up after ten seconds. */
GSocket *http_connect (guint16 port);

/* Sends all of @text; FALSE where the server has closed. */
gboolean http_send (GSocket *socket, const char *text, gsize length);

/* Reads one answer; @method says whether a body follows. */
void http_read_answer (GSocket *socket, const char *method, HttpAnswer *answer);

/* One request on an open connection; @body may be NULL. */
void http_ask_on (
    GSocket *socket, const char *method, const char *path, const char *body, HttpAnswer *answer);

/* One request on a connection of its own. */
void
http_ask (guint16 port, const char *method, const char *path, const char *body, HttpAnswer *answer);

/* One GET; the status, 0 where the connection was closed without an answer. */
int http_get_status (guint16 port, const char *path);

/* (transfer full): the body as a JSON object. */
JsonObject *http_answer_json (const HttpAnswer *answer);

G_END_DECLS
