/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-answer.h"

#include <string.h>

/* Bodies up to this size are sent from one shared buffer; longer ones are made while sending. */
#define BUFFER_BYTES (256 * 1024)
#define BLOCK_BYTES (64 * 1024)

struct _MillAnswers {
  struct MHD_Response *ping;
  struct MHD_Response *filler; /* of the size that was asked for last */
  gint64 filler_bytes;
  char *buffer;
};

/* The filler at @position: lines of letters, so that it can be looked at. */
static void
fill (char *buffer, gsize length, guint64 position)
{
  for (gsize i = 0; i < length; i++) {
    guint64 column = (position + i) % 64;
    buffer[i] = column == 63 ? '\n' : (char) ('a' + column % 26);
  }
}

static void
add_header (struct MHD_Response *response, const char *content_type)
{
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
}

MillAnswers *
mill_answers_new (void)
{
  static const char ping[] = "{\"ok\":true}\n";
  MillAnswers *answers = g_new0 (MillAnswers, 1);
  answers->ping =
      MHD_create_response_from_buffer (sizeof ping - 1, (void *) ping, MHD_RESPMEM_PERSISTENT);
  add_header (answers->ping, "application/json");
  answers->buffer = g_malloc (BUFFER_BYTES);
  fill (answers->buffer, BUFFER_BYTES, 0);
  return answers;
}

void
mill_answers_free (MillAnswers *answers)
{
  MHD_destroy_response (answers->ping);
  g_clear_pointer (&answers->filler, MHD_destroy_response);
  g_free (answers->buffer);
  g_free (answers);
}

struct MHD_Response *
mill_answers_ping (MillAnswers *answers)
{
  return answers->ping;
}

static ssize_t
read_filler (void *data, uint64_t position, char *buffer, size_t length)
{
  fill (buffer, length, position);
  return (ssize_t) length;
}

struct MHD_Response *
mill_answers_filler (MillAnswers *answers, gint64 size_bytes)
{
  if (answers->filler == NULL || answers->filler_bytes != size_bytes) {
    g_clear_pointer (&answers->filler, MHD_destroy_response);
    if (size_bytes <= BUFFER_BYTES)
      answers->filler = MHD_create_response_from_buffer ((size_t) size_bytes, answers->buffer,
                                                         MHD_RESPMEM_PERSISTENT);
    else
      answers->filler = MHD_create_response_from_callback ((uint64_t) size_bytes, BLOCK_BYTES,
                                                           read_filler, NULL, NULL);
    add_header (answers->filler, "text/plain; charset=utf-8");
    answers->filler_bytes = size_bytes;
  }
  return answers->filler;
}

struct MHD_Response *
mill_answers_text (char *body, const char *content_type)
{
  struct MHD_Response *response =
      MHD_create_response_from_buffer_with_free_callback (strlen (body), body, g_free);
  add_header (response, content_type);
  return response;
}
