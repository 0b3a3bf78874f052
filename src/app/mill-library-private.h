/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-file-queue.h"
#include "app/mill-library.h"

G_BEGIN_DECLS

/* What the parts of the library share. */

/* Runs work on the files; @data is freed with the task. Every callback calls
 * mill_library_end_task(). */
void mill_library_begin_task (MillLibrary *library,
                              GTaskThreadFunc func,
                              gpointer data,
                              GDestroyNotify free_data,
                              GAsyncReadyCallback callback,
                              gpointer callback_data);
void mill_library_end_task (MillLibrary *library);

/* Puts a document into the list, where it belongs by its time. */
void mill_library_insert (MillLibrary *library, MillDocument *document);

/* (transfer none) */
MillFileQueue *mill_library_get_queue (MillLibrary *library);

G_END_DECLS
