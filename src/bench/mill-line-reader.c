/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-line-reader.h"
#include "experiment/mill-error.h"

#define CHUNK_BYTES (64 * 1024)

typedef struct {
  GInputStream *stream;
  GCancellable *cancellable;
  MillLineReaderFunc line;
  MillLineReaderEndFunc end;
  gpointer data;
  GByteArray *pending; /* the beginning of a line whose end has not come yet */
} Reader;

static void
reader_end (Reader *reader, const GError *error)
{
  reader->end (error, reader->data);
  g_clear_object (&reader->stream);
  g_clear_object (&reader->cancellable);
  g_byte_array_unref (reader->pending);
  g_free (reader);
}

/* Hands over every whole line; FALSE when the receiver wants no more. */
static gboolean
reader_split (Reader *reader)
{
  gsize begin = 0;

  while (begin < reader->pending->len) {
    guint8 *start = reader->pending->data + begin;
    guint8 *newline = memchr (start, '\n', reader->pending->len - begin);
    if (newline == NULL)
      break;
    *newline = '\0';
    if (!reader->line ((const char *) start, newline - start, reader->data))
      return FALSE;
    if (g_cancellable_is_cancelled (reader->cancellable))
      return FALSE;
    begin = newline + 1 - reader->pending->data;
  }
  if (begin > 0)
    g_byte_array_remove_range (reader->pending, 0, begin);
  return TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reader *reader = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    reader_end (reader, error);
    return;
  }
  g_byte_array_append (reader->pending, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!reader_split (reader)) {
    reader_end (reader, NULL);
    return;
  }
  if (reader->pending->len > MILL_MAX_LINE_BYTES) {
    g_autoptr (GError) long_line =
        g_error_new (MILL_ERROR, MILL_ERROR_INVALID, _ ("it wrote a line of more than %d bytes"),
                     MILL_MAX_LINE_BYTES);
    reader_end (reader, long_line);
    return;
  }
  g_input_stream_read_bytes_async (reader->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   reader->cancellable, on_read, reader);
}

void
mill_line_reader_start (GInputStream *stream,
                        GCancellable *cancellable,
                        MillLineReaderFunc line,
                        MillLineReaderEndFunc end,
                        gpointer data)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->stream = g_object_ref (stream);
  reader->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  reader->line = line;
  reader->end = end;
  reader->data = data;
  reader->pending = g_byte_array_new ();
  g_input_stream_read_bytes_async (stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, reader->cancellable,
                                   on_read, reader);
}
