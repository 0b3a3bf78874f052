/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-document.h"

G_BEGIN_DECLS

/* What lists say about documents, as text. All (transfer full). */

/* "Today 22:06", "18 November". */
char *mill_document_text_day (GDateTime *time);

/* "sync, thread-pool:20"; of a sweep the kinds alone. */
char *mill_document_text_models (const MillResultSummary *summary);

/* A file name that every system accepts: ASCII letters and digits with hyphens. */
char *mill_document_text_file_name (const char *name, const char *extension);

/* Everything that a search looks into, folded by g_utf8_casefold(). */
char *mill_document_text_search (MillDocument *document);

G_END_DECLS
