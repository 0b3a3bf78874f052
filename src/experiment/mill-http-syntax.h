/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mill_http_method_check:
 * @method: what somebody wrote
 * @error: %MILL_ERROR_USAGE
 *
 * Returns: whether @method is a method (a token of RFC 9110) that makes sense for a load; CONNECT
 *   does not
 */
gboolean mill_http_method_check (const char *method, GError **error);

/**
 * mill_http_header_check:
 * @header: "Name: value" as somebody wrote it
 * @error: %MILL_ERROR_USAGE
 *
 * Refuses what is no header (RFC 9110), line breaks (which would smuggle in further headers) and
 * the headers that the program must set itself.
 *
 * Returns: whether @header can be sent
 */
gboolean mill_http_header_check (const char *header, GError **error);

G_END_DECLS
