/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-body-sink.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/mill-json.h"

/* A JSON body is kept whole until it is parsed; more than this is an error and not kept. */
#define MAX_JSON_BYTES (64 * 1024 * 1024)
/* A buffer that one large answer has blown up is not kept for the next. */
#define MAX_KEPT_BYTES (256 * 1024)

struct _MillBodySink {
  MillRun *run;
  guint lane;
  MillAfter after;
  GOutputStream *file; /* MILL_AFTER_WRITE, made for the first body */
  gboolean file_failed;
  guint64 checksum_bytes;
  guint64 checksum;
};

struct _MillBody {
  MillBodySink *sink;
  gint64 bytes;
  GChecksum *checksum; /* MILL_AFTER_HASH */
  GByteArray *kept;    /* MILL_AFTER_JSON */
};

MillBodySink *
mill_body_sink_new (MillRun *run, guint lane)
{
  MillBodySink *sink = g_new0 (MillBodySink, 1);

  sink->run = run;
  sink->lane = lane;
  sink->after = mill_run_get_trial (run)->after;

  return sink;
}

static void
note_write_error (MillBodySink *sink, const GError *error)
{
  g_autofree char *message = NULL;

  sink->file_failed = TRUE;
  message = g_strdup_printf (_ ("The response bodies could not be written into “%s”: %s"),
                             mill_run_get_trial (sink->run)->scratch_path, error->message);
  mill_run_note (sink->run, message);
}

void
mill_body_sink_free (MillBodySink *sink)
{
  g_autoptr (GError) error = NULL;

  if (sink->file != NULL && !g_output_stream_close (sink->file, NULL, &error))
    note_write_error (sink, error);

  g_clear_object (&sink->file);
  mill_run_add_checksum (sink->run, sink->checksum_bytes, sink->checksum);
  g_free (sink);
}

MillBody *
mill_body_new (MillBodySink *sink)
{
  MillBody *body = g_new0 (MillBody, 1);

  body->sink = sink;
  if (sink->after == MILL_AFTER_HASH)
    body->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  else if (sink->after == MILL_AFTER_JSON)
    body->kept = g_byte_array_new ();

  return body;
}

void
mill_body_free (MillBody *body)
{
  g_clear_pointer (&body->checksum, g_checksum_free);
  g_clear_pointer (&body->kept, g_byte_array_unref);
  g_free (body);
}

void
mill_body_begin (MillBody *body)
{
  body->bytes = 0;

  if (body->checksum != NULL)
    g_checksum_reset (body->checksum);

  if (body->kept != NULL && body->kept->len > MAX_KEPT_BYTES) {
    g_byte_array_unref (body->kept);
    body->kept = g_byte_array_new ();
  } else if (body->kept != NULL) {
    g_byte_array_set_size (body->kept, 0);
  }
}

static gboolean
write_chunk (MillBodySink *sink, const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (sink->file_failed)
    return FALSE;

  if (sink->file == NULL) {
    g_autofree char *name = g_strdup_printf ("bodies-%u", sink->lane);
    g_autoptr (GFile) file =
        g_file_new_build_filename (mill_run_get_trial (sink->run)->scratch_path, name, NULL);

    sink->file =
        G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  }

  if (sink->file == NULL ||
      !g_output_stream_write_all (sink->file, data, length, NULL, NULL, &error)) {
    note_write_error (sink, error);
    return FALSE;
  }

  mill_run_add_bytes_written (sink->run, sink->lane, (gint64) length);

  return TRUE;
}

gboolean
mill_body_add (MillBody *body, const guint8 *data, gsize length)
{
  body->bytes += (gint64) length;

  switch (body->sink->after) {
  case MILL_AFTER_WRITE:
    return write_chunk (body->sink, data, length);
  case MILL_AFTER_HASH:
    g_checksum_update (body->checksum, data, (gssize) length);
    return TRUE;
  case MILL_AFTER_JSON:
    if (body->kept->len + length > MAX_JSON_BYTES) {
      mill_run_note (body->sink->run, _ ("A response is too large to be parsed as JSON."));
      return FALSE;
    }
    g_byte_array_append (body->kept, data, (guint) length);
    return TRUE;
  case MILL_AFTER_NOTHING:
  default:
    return TRUE;
  }
}

/* The digest is bound to the number of its request, so that equal bodies do not cancel each
 * other out; multiplying by an odd number loses nothing. */
static void
add_digest (MillBody *body, const MillTicket *ticket)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 head;

  g_checksum_get_digest (body->checksum, digest, &length);
  memcpy (&head, digest, sizeof head);
  body->sink->checksum ^= GUINT64_FROM_BE (head) * (2 * (guint64) ticket->request + 1);
  body->sink->checksum_bytes += (guint64) body->bytes;
}

gboolean
mill_body_end (MillBody *body, const MillTicket *ticket)
{
  if (body->sink->after == MILL_AFTER_HASH && ticket->record != NULL) {
    add_digest (body, ticket);
  } else if (body->sink->after == MILL_AFTER_JSON) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mill_json_parse ((const char *) body->kept->data,
                                                 (gssize) body->kept->len, "response", &error);

    if (node == NULL) {
      mill_run_note (body->sink->run, error->message);
      return FALSE;
    }
  }

  return TRUE;
}

gint64
mill_body_get_bytes (const MillBody *body)
{
  return body->bytes;
}
