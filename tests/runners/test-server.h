/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An HTTP/1.1 server on the loopback interface for tests: one thread with a main loop, so
 * that thousands of connections are no problem. It does by path what a test asks for:
 *
 *   /ping, /delay/SECONDS   200 and "{}", at once or later
 *   /gather/N               the same, once N requests have been in flight at once
 *   /bytes/N, /status/CODE  a body of N bytes; an empty answer with that status
 *   /hang                   never answers
 *   /trickle                announces a long body and sends a byte every 50 ms
 *   /drop                   closes the connection without an answer
 *   /short                  closes it within the body
 *   /garbage                answers what is not HTTP
 *   /circle, /hop, /away    redirects to itself, to /ping, to another host
 *   /not-json               200 and "{"
 */
typedef struct _TestServer TestServer;

TestServer *test_server_new (void);
void test_server_free (TestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

/* (transfer full) the URL of a path. */
char *test_server_url (TestServer *server, const char *path);

/* What it has seen so far. */
int test_server_requests (TestServer *server);
int test_server_connections (TestServer *server);
int test_server_max_in_flight (TestServer *server);
/* How many were in flight when request `number`, counted from 0, had come; itself included. */
int test_server_in_flight_at (TestServer *server, int number);
/* (transfer full) The last request as it came: method, headers, body. */
char *test_server_last_head (TestServer *server);

G_END_DECLS
