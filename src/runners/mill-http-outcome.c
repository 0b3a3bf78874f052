/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-http-outcome.h"

#include <libsoup/soup.h>

#include "platform/mill-socket.h"

static MillOutcome
from_io_error (const GError *error, gboolean answered)
{
  switch (error->code) {
  case G_IO_ERROR_TIMED_OUT:
    return mill_socket_got_no_answer (error) && !answered ? MILL_OUTCOME_REFUSED
                                                          : MILL_OUTCOME_TIMEOUT;
  case G_IO_ERROR_CONNECTION_REFUSED:
  case G_IO_ERROR_HOST_UNREACHABLE:
  case G_IO_ERROR_NETWORK_UNREACHABLE:
    return MILL_OUTCOME_REFUSED;
  case G_IO_ERROR_CONNECTION_CLOSED:
  case G_IO_ERROR_NOT_CONNECTED:
    return MILL_OUTCOME_RESET;
  case G_IO_ERROR_PARTIAL_INPUT:
    return answered ? MILL_OUTCOME_PROTOCOL : MILL_OUTCOME_RESET;
  case G_IO_ERROR_INVALID_DATA:
  case G_IO_ERROR_INVALID_ARGUMENT:
    return MILL_OUTCOME_PROTOCOL;
  case G_IO_ERROR_HOST_NOT_FOUND:
    return MILL_OUTCOME_RESOLVE;
  case G_IO_ERROR_TOO_MANY_OPEN_FILES:
  case G_IO_ERROR_ADDRESS_IN_USE:
  case G_IO_ERROR_NO_SPACE:
    return MILL_OUTCOME_RESOURCES;
  case G_IO_ERROR_CANCELLED:
    return MILL_OUTCOME_CANCELLED;
  default:
    return MILL_OUTCOME_OTHER;
  }
}

MillOutcome
mill_outcome_from_error (const GError *error, gboolean answered)
{
  if (mill_socket_ran_out (error))
    return MILL_OUTCOME_RESOURCES;

  if (error->domain == G_IO_ERROR)
    return from_io_error (error, answered);
  if (error->domain == G_RESOLVER_ERROR)
    return MILL_OUTCOME_RESOLVE;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return MILL_OUTCOME_RESET;
  if (error->domain == G_TLS_ERROR)
    return MILL_OUTCOME_TLS;
  if (error->domain == SOUP_SESSION_ERROR)
    return MILL_OUTCOME_PROTOCOL;

  return MILL_OUTCOME_OTHER;
}

MillOutcome
mill_outcome_from_status (guint status)
{
  if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    return MILL_OUTCOME_HTTP_4XX;
  if (SOUP_STATUS_IS_SERVER_ERROR (status))
    return MILL_OUTCOME_HTTP_5XX;

  return MILL_OUTCOME_OK;
}

gboolean
mill_outcome_needs_note (MillOutcome outcome)
{
  return outcome == MILL_OUTCOME_RESOURCES || outcome == MILL_OUTCOME_OTHER ||
         outcome == MILL_OUTCOME_TLS;
}
