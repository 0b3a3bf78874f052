/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest line that a helper program may write. A worker's `finished` with its time series
 * takes about 100 kB. */
#define MILL_MAX_LINE_BYTES (4 * 1024 * 1024)

/* Called for each line, without its newline; not called again after it has returned FALSE. */
typedef gboolean (*MillLineReaderFunc) (const char *line, gsize length, gpointer data);
/* Called once at the end: `error` is NULL at the end of the stream. */
typedef void (*MillLineReaderEndFunc) (const GError *error, gpointer data);

/**
 * mill_line_reader_start:
 * @stream: the stream to read; kept until the end
 * @cancellable: ends the reading without a further call of @line
 * @line: called in the thread-default main context of the caller
 * @end: called once, also when cancelled
 * @data: for both
 *
 * Reads lines without ever holding more than %MILL_MAX_LINE_BYTES: a longer one ends the reading
 * with %MILL_ERROR_INVALID, since what a broken program writes has no bound.
 */
void mill_line_reader_start (GInputStream *stream,
                             GCancellable *cancellable,
                             MillLineReaderFunc line,
                             MillLineReaderEndFunc end,
                             gpointer data);

G_END_DECLS
