/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of URLs as a text file: one a line; blank lines and lines that begin with # are
 * ignored, blanks around a URL too. UTF-8, with or without byte order mark, any line ends. */

/**
 * mill_url_list_parse:
 * @text: the bytes, may be anything
 * @length: how many
 * @where: names the source in errors
 * @error: %MILL_ERROR_USAGE: the list has bad lines (the first ten are named with their numbers
 *   and reasons, the others counted), is empty, too long, or no text
 *
 * Returns: (transfer full) (nullable): the URLs, at least one, at most %MILL_MAX_URLS
 */
GStrv mill_url_list_parse (const char *text, gsize length, const char *where, GError **error);

/**
 * mill_url_list_load:
 * @file: a list of URLs
 * @cancellable: (nullable): to stop
 * @error: as mill_url_list_parse() and mill_file_read()
 *
 * Reads a list. Blocks.
 *
 * Returns: (transfer full) (nullable): the URLs
 */
GStrv mill_url_list_load (GFile *file, GCancellable *cancellable, GError **error);

/**
 * mill_url_list_to_text:
 *
 * Returns: (transfer full): the list as mill_url_list_parse() reads it
 */
char *mill_url_list_to_text (GStrv urls);

G_END_DECLS
