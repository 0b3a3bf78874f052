/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-socket.h"

#include <errno.h>
#include <glib/gstdio.h>

gboolean
mill_socket_close (gintptr socket)
{
  return g_close ((int) socket, NULL);
}

int
mill_socket_listen_backlog (void)
{
  return 16384;
}

static gboolean
is_system_error (const GError *error, int number)
{
  return g_str_has_suffix (error->message, g_strerror (number));
}

gboolean
mill_socket_ran_out (const GError *error)
{
  return is_system_error (error, EADDRNOTAVAIL) || is_system_error (error, EMFILE) ||
         is_system_error (error, ENFILE) || is_system_error (error, ENOBUFS) ||
         is_system_error (error, ENOMEM);
}

gboolean
mill_socket_got_no_answer (const GError *error)
{
  return is_system_error (error, ETIMEDOUT);
}
