/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "result/mill-result-file.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_DOCUMENT (mill_document_get_type ())
G_DECLARE_FINAL_TYPE (MillDocument, mill_document, MILL, DOCUMENT, GObject)

/* A result as the library knows it: what a list shows of it, at once; the whole of it when it is
 * asked for. Belongs to the main thread.
 *
 * Properties (all read, notify):
 *   "name"  (string): never empty
 *   "notes" (string): "" without notes
 *   "saved" (gboolean): it stands in a file, or need not (published)
 *   "problem" (string): why it cannot be read, or could not be saved; NULL: all is well
 */

/* (transfer none) the UUID in the document; of an unreadable one, the name of its file. */
const char *mill_document_get_id (MillDocument *document);

/* (transfer none) never NULL; of an unreadable one, the name of its file. */
const char *mill_document_get_name (MillDocument *document);

/* (transfer none) never NULL. */
const char *mill_document_get_notes (MillDocument *document);

/* (transfer none) (nullable) who measured and published it, and where; NULL for one's own. */
const char *mill_document_get_source (MillDocument *document);

/* (transfer none) (nullable) when it was measured, in local time; NULL where it does not say. */
GDateTime *mill_document_get_started (MillDocument *document);

/* Whether others measured it. */
gboolean mill_document_is_published (MillDocument *document);

/* Whether it is part of the program: it cannot be renamed or deleted. A published document that
 * was imported can. */
gboolean mill_document_is_shipped (MillDocument *document);

/* Whether it can be read; where not, mill_document_get_problem() says why. */
gboolean mill_document_is_readable (MillDocument *document);

gboolean mill_document_is_saved (MillDocument *document);

/* (transfer none) (nullable) translated, one sentence. */
const char *mill_document_get_problem (MillDocument *document);

/* (transfer none) (nullable) where it is kept; NULL for published and unsaved ones. */
GFile *mill_document_get_file (MillDocument *document);

/* (transfer none) (nullable) what a list shows; NULL where it is unreadable. */
const MillResultSummary *mill_document_get_summary (MillDocument *document);

/**
 * mill_document_load_async:
 * @cancellable: (nullable): to stop waiting
 *
 * Reads the whole document, off the main thread; at once where it is in memory. Every success
 * holds the result in memory until as many calls of mill_document_release().
 */
void mill_document_load_async (MillDocument *document,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);

/**
 * mill_document_load_finish:
 * @error: as mill_result_load(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer none) (nullable): the result; valid as long as the document lives and was
 *   not released. It does not change but for its name and notes.
 */
const MillResult *
mill_document_load_finish (MillDocument *document, GAsyncResult *result, GError **error);

/* Gives back one success of mill_document_load_finish(): the last one frees the result where a
 * file holds it. Who never calls this keeps it in memory, which is allowed. */
void mill_document_release (MillDocument *document);

/* (transfer none) (nullable) the result where it is in memory already; the caller holds it by a
 * reference to the document and an earlier load. */
const MillResult *mill_document_peek_result (MillDocument *document);

/**
 * mill_document_matches:
 * @words: folded by g_utf8_casefold() and split at blanks
 *
 * Returns: whether every word stands in its name, models, notes, source or problem
 */
gboolean mill_document_matches (MillDocument *document, const char *const *words);

/**
 * mill_document_get_fastest:
 * @time_s: (out) (optional): its median wall time
 *
 * Returns: (transfer none) (nullable): the model with the shortest time
 */
const MillSummaryModel *mill_document_get_fastest (MillDocument *document);

/**
 * mill_document_describe:
 *
 * Returns: (transfer full): the second line of a list: when, and which models; of published ones
 *   the source; of unreadable ones why
 */
char *mill_document_describe (MillDocument *document);

/**
 * mill_document_export_async:
 * @file: what its name ends in decides: .csv, .md, .html, .json (a trace for Perfetto), else the
 *   document itself
 *
 * Writes a copy in one of the formats, atomically and off the main thread.
 */
void mill_document_export_async (MillDocument *document,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
gboolean mill_document_export_finish (MillDocument *document, GAsyncResult *result, GError **error);

/* (transfer full) a file name for a copy: the name without what some system refuses, and
 * @extension (".threadmill"). */
char *mill_document_suggest_file_name (MillDocument *document, const char *extension);

G_END_DECLS
