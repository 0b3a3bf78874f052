/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* URLs as targets. They are taken apart exactly as libsoup does, so that the host that is
 * judged here is the host that will be asked. */

/**
 * mill_url_check:
 * @text: what somebody wrote
 * @error: %MILL_ERROR_USAGE, saying what is missing and how to write it
 *
 * A target begins with http:// or https:// and names a host; it has no blanks or control
 * characters and at most %MILL_MAX_URL_BYTES bytes.
 *
 * Returns: whether @text is a URL that can be asked
 */
gboolean mill_url_check (const char *text, GError **error);

/**
 * mill_url_get_host:
 * @text: a URL
 *
 * Returns: (transfer full) (nullable): its host (an IPv6 address without brackets), or %NULL
 *   where it is no URL with a host
 */
char *mill_url_get_host (const char *text);

/**
 * mill_host_is_loopback:
 * @host: a name or an address, without brackets
 *
 * Names are not looked up: only 127.0.0.0/8, ::1, "localhost" and names below it (RFC 6761)
 * count. Whatever else may lead to this machine is foreign, and merely needs permission.
 *
 * Returns: whether @host is this machine for certain
 */
gboolean mill_host_is_loopback (const char *host);

/**
 * mill_url_is_loopback:
 * @text: a URL
 *
 * Returns: whether its host is this machine for certain; %FALSE where it is no URL
 */
gboolean mill_url_is_loopback (const char *text);

G_END_DECLS
