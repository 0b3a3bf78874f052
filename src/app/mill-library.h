/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-document.h"

G_BEGIN_DECLS

#define MILL_TYPE_LIBRARY (mill_library_get_type ())
G_DECLARE_FINAL_TYPE (MillLibrary, mill_library, MILL, LIBRARY, GObject)

/* Everything that ran, and what others published: a GListModel of MillDocument. Measured ones
 * come first, the newest at the top, then the published ones. Each stands in a file of its own;
 * files are read and written in the order of the calls, on one thread of the library's own.
 *
 * Properties (read, notify):
 *   "loading" (gboolean): the folder is being read
 *
 * Signals (run-last, no return value):
 *   "save-failed" (MillDocument *, const GError *): a document could not be written; it stays in
 *                 the list and in memory, and mill_library_save_again() tries once more
 *   "failed"      (const char *, const GError *): something else could not be done, with a
 *                 translated heading that says what
 */

/**
 * mill_library_new:
 * @folder: (nullable): where results are kept, made when the first is saved; NULL: the user's,
 *   g_get_user_data_dir()/threadmill/results
 *
 * Returns: (transfer full): a library that begins to read its folder at once
 */
MillLibrary *mill_library_new (GFile *folder);

/* (transfer none) where results are kept. */
GFile *mill_library_get_folder (MillLibrary *library);

gboolean mill_library_is_loading (MillLibrary *library);

/* Whether a file is being read or written. */
gboolean mill_library_is_busy (MillLibrary *library);

/* Blocks until everything is written: before a program ends, and only then. */
void mill_library_flush (MillLibrary *library);

/**
 * mill_library_add_result:
 * @result: (transfer full): what was measured
 *
 * Adds a result and writes it, off the main thread; "save-failed" tells where that is not
 * possible. The result is at once, and stays until mill_document_release(), in memory, as after
 * mill_document_load_finish().
 *
 * Returns: (transfer none): its document, which the library keeps
 */
MillDocument *mill_library_add_result (MillLibrary *library, MillResult *result);

/* Writes a document again that could not be saved. */
void mill_library_save_again (MillLibrary *library, MillDocument *document);

/* (transfer none) (nullable) by the UUID in the document. */
MillDocument *mill_library_find (MillLibrary *library, const char *id);

/**
 * mill_library_rename:
 * @name: an empty one, or the same, changes nothing
 *
 * Changes the name, here at once and then in the file. Published and unreadable ones stay.
 */
void mill_library_rename (MillLibrary *library, MillDocument *document, const char *name);

/* The same for the notes; empty ones are allowed. */
void mill_library_set_notes (MillLibrary *library, MillDocument *document, const char *notes);

/**
 * mill_library_delete:
 * @documents: (element-type MillDocument): published ones are left alone
 *
 * Takes documents out of the list and moves their files aside. What was deleted before is gone
 * for good by that.
 *
 * Returns: how many were deleted
 */
guint mill_library_delete (MillLibrary *library, GPtrArray *documents);

gboolean mill_library_can_undo (MillLibrary *library);

/* Brings back what was deleted last. */
void mill_library_undo_delete (MillLibrary *library);

/* Removes for good what was deleted: when nobody can undo it any more. What a program that ended
 * before left aside is removed at the next start. */
void mill_library_purge (MillLibrary *library);

/**
 * mill_library_import_async:
 * @file: a result document
 *
 * Reads a document and puts a copy into the library. One that is there already (by its UUID) is
 * not added again.
 */
void mill_library_import_async (MillLibrary *library,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);

/**
 * mill_library_import_finish:
 * @error: as mill_result_load_summary(), or as writing fails
 *
 * Returns: (transfer full) (nullable): its document
 */
MillDocument *
mill_library_import_finish (MillLibrary *library, GAsyncResult *result, GError **error);

G_END_DECLS
