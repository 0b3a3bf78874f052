/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "experiment/mill-record.h"

G_BEGIN_DECLS

/**
 * mill_outcome_from_curl:
 * @result: how libcurl ended a transfer, not CURLE_OK
 * @system_error: the system's number for it, or 0
 * @has_socket: whether there was a socket to connect with
 *
 * Returns: which kind of failure it is, by the same names as mill_outcome_from_error()
 */
MillOutcome mill_outcome_from_curl (CURLcode result, long system_error, gboolean has_socket);

G_END_DECLS
