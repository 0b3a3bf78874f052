/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A small HTTP/1.1 server on the loopback interface, with a thread for each connection: it
 * waits before each answer and counts what it sees. For up to some hundred connections. */
typedef struct _WaitServer WaitServer;

WaitServer *wait_server_new (gint64 delay_us);
void wait_server_free (WaitServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaitServer, wait_server_free)

const char *wait_server_get_url (WaitServer *server);
int wait_server_get_requests (WaitServer *server);
int wait_server_get_connections (WaitServer *server);
int wait_server_get_in_flight (WaitServer *server);
int wait_server_get_max_in_flight (WaitServer *server);

G_END_DECLS
