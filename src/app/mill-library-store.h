/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result-file.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* What the library does with files. Everything here blocks and runs on its thread. */

/* Longer ones are cut: a document with them could not be read again. */
#define MILL_STORE_MAX_NAME_BYTES 400
#define MILL_STORE_MAX_NOTES_BYTES (32 * 1024)

/* A file of the folder: what it says, or why it cannot be read. */
typedef struct {
  GFile *file;
  MillResultSummary *summary; /* or NULL */
  GError *error;              /* where there is no summary */
  gint64 changed_s;           /* since 1970 */
} MillStoreEntry;

/**
 * mill_store_list:
 * @folder: need not exist
 *
 * Returns: (transfer full) (element-type MillStoreEntry): every document in it, unordered
 */
GPtrArray *mill_store_list (GFile *folder, GCancellable *cancellable);
void mill_store_entry_free (gpointer data);

/**
 * mill_store_save:
 * @folder: made where it does not exist
 *
 * Writes a result into a file of its own, named after it.
 *
 * Returns: (transfer full): the file, or NULL with an error
 */
GFile *mill_store_save (GFile *folder, const MillResult *result, GError **error);

/* Changes the name and notes in a file; what else is in it stays. */
gboolean mill_store_set_text (GFile *file, const char *name, const char *notes, GError **error);

/**
 * mill_store_import:
 * @source: a result document; read whole and checked
 * @summary: (out) (transfer full): what it says
 *
 * Copies a document into the folder, as it is.
 *
 * Returns: (transfer full): the copy, or NULL with an error
 */
GFile *mill_store_import (GFile *folder,
                          GFile *source,
                          MillResultSummary **summary,
                          GCancellable *cancellable,
                          GError **error);

/* Deleted files wait beside the others, in a folder that is not listed. */
gboolean mill_store_set_aside (GFile *file, GError **error);
gboolean mill_store_bring_back (GFile *file, GError **error);
/* Removes for good what waits. */
void mill_store_empty_aside (GFile *folder);

G_END_DECLS
