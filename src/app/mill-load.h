/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a file; may block. */
typedef gpointer (*MillLoader) (GFile *file, GCancellable *cancellable, GError **error);

/**
 * mill_load_async:
 * @file: what to read
 * @loader: reads it, in a thread
 * @destroy: frees what @loader returned
 *
 * Reads a file away from the main thread. Where @cancellable is cancelled the callback still comes.
 */
void mill_load_async (GFile *file,
                      MillLoader loader,
                      GDestroyNotify destroy,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data);

/* (transfer full) (nullable) what the loader returned; of `source`, the GFile, in the callback. */
gpointer mill_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
