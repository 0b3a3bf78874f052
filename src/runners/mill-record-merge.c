/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-record-merge.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-record.h"

#define PIECE_RECORDS 1024

typedef struct {
  const MillRecordSource *source;
  GInputStream *stream;
  MillRecord records[PIECE_RECORDS];
  gsize n_records;
  gsize next;
} Reader;

static void
reader_free (gpointer data)
{
  Reader *reader = data;

  g_clear_object (&reader->stream);
  g_free (reader);
}

static gboolean
refill (Reader *reader, GError **error)
{
  gsize n_bytes;

  if (!g_input_stream_read_all (reader->stream, reader->records, sizeof reader->records, &n_bytes,
                                NULL, error))
    return FALSE;

  reader->n_records = n_bytes / sizeof (MillRecord);
  reader->next = 0;
  for (gsize i = 0; i < reader->n_records; i++) {
    reader->records[i].lane = reader->source->lane;
    reader->records[i].queued_us += reader->source->shift_us;
  }

  return TRUE;
}

static Reader *
reader_new (const MillRecordSource *source, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (source->path);
  Reader *reader = g_new0 (Reader, 1);

  reader->source = source;
  reader->stream = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (reader->stream == NULL || !refill (reader, error))
    g_clear_pointer (&reader, reader_free);

  return reader;
}

static Reader *
earliest (GPtrArray *readers)
{
  Reader *first = NULL;

  for (guint i = 0; i < readers->len; i++) {
    Reader *reader = g_ptr_array_index (readers, i);

    if (reader->next < reader->n_records &&
        (first == NULL ||
         reader->records[reader->next].queued_us < first->records[first->next].queued_us))
      first = reader;
  }

  return first;
}

static gboolean
merge (GPtrArray *readers, GOutputStream *output, GError **error)
{
  Reader *reader;

  while ((reader = earliest (readers)) != NULL) {
    if (!g_output_stream_write_all (output, &reader->records[reader->next++], sizeof (MillRecord),
                                    NULL, NULL, error))
      return FALSE;
    if (reader->next == reader->n_records && !refill (reader, error))
      return FALSE;
  }

  return g_output_stream_close (output, NULL, error);
}

gboolean
mill_record_merge (const MillRecordSource *sources,
                   guint n_sources,
                   const char *path,
                   GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (reader_free);
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr (GOutputStream) output =
      stream != NULL ? g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream),
                                                           PIECE_RECORDS * sizeof (MillRecord))
                     : NULL;

  for (guint i = 0; i < n_sources && output != NULL; i++) {
    Reader *reader = reader_new (&sources[i], error);

    if (reader == NULL)
      break;
    g_ptr_array_add (readers, reader);
  }

  if (output == NULL || readers->len < n_sources || !merge (readers, output, error)) {
    g_prefix_error (error, _ ("The records of the processes could not be merged into “%s”: "),
                    path);
    return FALSE;
  }

  return TRUE;
}
