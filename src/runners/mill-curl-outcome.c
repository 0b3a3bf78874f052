/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-curl-outcome.h"

#include <errno.h>

static MillOutcome
from_system_error (long system_error)
{
  switch (system_error) {
  case EADDRNOTAVAIL:
  case EMFILE:
  case ENFILE:
  case ENOBUFS:
  case ENOMEM:
    return MILL_OUTCOME_RESOURCES;
  default:
    return MILL_OUTCOME_REFUSED;
  }
}

MillOutcome
mill_outcome_from_curl (CURLcode result, long system_error, gboolean has_socket)
{
  switch (result) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
    return MILL_OUTCOME_RESOLVE;
  case CURLE_COULDNT_CONNECT:
    return has_socket ? from_system_error (system_error) : MILL_OUTCOME_RESOURCES;
  case CURLE_OPERATION_TIMEDOUT:
    return MILL_OUTCOME_TIMEOUT;
  case CURLE_OUT_OF_MEMORY:
    /* Also said, before curl 8.6, of a header that is larger than it reads. */
    return has_socket ? MILL_OUTCOME_PROTOCOL : MILL_OUTCOME_RESOURCES;
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING:
    return MILL_OUTCOME_RESET;
  case CURLE_SSL_CONNECT_ERROR:
    return system_error == ECONNRESET ? MILL_OUTCOME_RESET : MILL_OUTCOME_TLS;
  case CURLE_SSL_ENGINE_NOTFOUND:
  case CURLE_SSL_ENGINE_SETFAILED:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_ENGINE_INITFAILED:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_SHUTDOWN_FAILED:
  case CURLE_SSL_CRL_BADFILE:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
  case CURLE_SSL_INVALIDCERTSTATUS:
    return MILL_OUTCOME_TLS;
  case CURLE_UNSUPPORTED_PROTOCOL: /* what was answered is no HTTP/1 */
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_HTTP2:
  case CURLE_HTTP2_STREAM:
  case CURLE_PARTIAL_FILE:
  case CURLE_BAD_CONTENT_ENCODING:
#if LIBCURL_VERSION_NUM >= 0x080600
  case CURLE_TOO_LARGE:
#endif
    return MILL_OUTCOME_PROTOCOL;
  default:
    return MILL_OUTCOME_OTHER;
  }
}
