/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The records of one process. */
typedef struct {
  char *path;
  gint64 shift_us; /* its epoch, after the common one */
  guint16 lane;    /* what its records get as lane */
} MillRecordSource;

/**
 * mill_record_merge:
 * @sources: @n_sources files of MillRecords, each in the order of its queue
 * @path: of the file to write
 *
 * Merges records into one file in the order in which they were queued. They are read and
 * written in pieces and never held in memory together.
 *
 * Returns: %FALSE with an error that says which file cannot be read or written
 */
gboolean mill_record_merge (const MillRecordSource *sources,
                            guint n_sources,
                            const char *path,
                            GError **error);

G_END_DECLS
