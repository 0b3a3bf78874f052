/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <microhttpd.h>

G_BEGIN_DECLS

/* The bodies of answers. Those that many requests share are made once; used in the daemon's
 * thread only. */
typedef struct _MillAnswers MillAnswers;

MillAnswers *mill_answers_new (void);
void mill_answers_free (MillAnswers *answers);

/**
 * mill_answers_ping:
 *
 * Returns: (transfer none): the small JSON of /ping
 */
struct MHD_Response *mill_answers_ping (MillAnswers *answers);

/**
 * mill_answers_filler:
 * @size_bytes: from 0
 *
 * Returns: (transfer none): a body of exactly that size, the same bytes each time; valid until
 *   the next call
 */
struct MHD_Response *mill_answers_filler (MillAnswers *answers, gint64 size_bytes);

/**
 * mill_answers_text:
 * @body: (transfer full): from g_malloc
 * @content_type: with its character set
 *
 * Returns: (transfer full): an answer that holds @body, for MHD_destroy_response()
 */
struct MHD_Response *mill_answers_text (char *body, const char *content_type);

G_END_DECLS
