/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-http-outcome.h"

#include <errno.h>
#include <libsoup/soup.h>

/* GIO has no code of its own for these, but ends its message with the system's words. */
static gboolean
is_system_error (const GError *error, int number)
{
  return g_str_has_suffix (error->message, g_strerror (number));
}

static MillOutcome
from_io_error (const GError *error, gboolean answered)
{
  switch (error->code) {
  case G_IO_ERROR_TIMED_OUT:
    return is_system_error (error, ETIMEDOUT) && !answered ? MILL_OUTCOME_REFUSED
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
  if (is_system_error (error, EADDRNOTAVAIL) || is_system_error (error, EMFILE) ||
      is_system_error (error, ENFILE) || is_system_error (error, ENOBUFS) ||
      is_system_error (error, ENOMEM))
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
