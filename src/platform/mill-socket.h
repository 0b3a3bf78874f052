/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mill_socket_close:
 * @socket: of the system; what libraries without GSocket hand over
 *
 * Returns: %FALSE if the system refused
 */
gboolean mill_socket_close (gintptr socket);

/**
 * mill_socket_listen_backlog:
 *
 * Returns: for g_socket_set_listen_backlog(): how many connections may wait to be accepted, enough
 * for a burst of thousands; GIO's own 10 makes it wait for retransmissions
 */
int mill_socket_listen_backlog (void);

/**
 * mill_socket_ran_out:
 * @error: of GIO, which has no code of its own for these but ends its message with the system's
 * words
 *
 * Returns: whether there were no ports, sockets, descriptors or memory left
 */
gboolean mill_socket_ran_out (const GError *error);

/**
 * mill_socket_got_no_answer:
 * @error: of GIO
 *
 * Returns: whether the system gave up on the other side, and not a timeout of ours
 */
gboolean mill_socket_got_no_answer (const GError *error);

G_END_DECLS
