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

G_END_DECLS
