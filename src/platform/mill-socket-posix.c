/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-socket.h"

#include <glib/gstdio.h>

gboolean
mill_socket_close (gintptr socket)
{
  return g_close ((int) socket, NULL);
}
