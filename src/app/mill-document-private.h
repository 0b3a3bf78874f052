/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-document.h"
#include "app/mill-file-queue.h"

G_BEGIN_DECLS

/* For the library, which alone makes and changes documents. */

#define MILL_DOCUMENT_SUFFIX ".threadmill"

/* (transfer full) one that stands in a file and is read when it is asked for; takes @summary. */
MillDocument *
mill_document_new_from_file (MillFileQueue *queue, GFile *file, MillResultSummary *summary);

/* (transfer full) a file that cannot be read, and why; @changed_s: since 1970. */
MillDocument *mill_document_new_unreadable (MillFileQueue *queue,
                                            GFile *file,
                                            gint64 changed_s,
                                            const GError *error);

/* (transfer full) one in memory; takes @result, which is held as after a load. */
MillDocument *mill_document_new_from_result (MillFileQueue *queue, MillResult *result);

/* A name or notes; NULL leaves what there is. Returns whether that changed anything. */
gboolean mill_document_set_text (MillDocument *document, const char *name, const char *notes);

/* Where it stands now; NULL: nowhere yet. */
void mill_document_set_file (MillDocument *document, GFile *file);

/* Why it is not saved; NULL: nothing is wrong. */
void mill_document_set_problem (MillDocument *document, const char *problem);

/* The result in memory is being read on the queue: its texts stay until the end of that. */
void mill_document_begin_writing (MillDocument *document);
void mill_document_end_writing (MillDocument *document);

/* What lists are sorted by: newer ones first, published ones last. */
int mill_document_compare (gconstpointer a, gconstpointer b, gpointer data);

G_END_DECLS
