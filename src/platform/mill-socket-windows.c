/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-socket.h"

#include <winsock2.h>

gboolean
mill_socket_close (gintptr socket)
{
  return closesocket ((SOCKET) socket) == 0;
}

int
mill_socket_listen_backlog (void)
{
  /* Every other number above 200 counts as 200. */
  return SOMAXCONN;
}

static gboolean
is_system_error (const GError *error, int number)
{
  g_autofree char *words = g_win32_error_message (number);
  return words != NULL && *words != '\0' && g_str_has_suffix (error->message, words);
}

gboolean
mill_socket_ran_out (const GError *error)
{
  return is_system_error (error, WSAEADDRNOTAVAIL) || is_system_error (error, WSAEMFILE) ||
         is_system_error (error, WSAENOBUFS) || is_system_error (error, ERROR_NOT_ENOUGH_MEMORY);
}

gboolean
mill_socket_got_no_answer (const GError *error)
{
  return is_system_error (error, WSAETIMEDOUT);
}
