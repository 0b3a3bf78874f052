/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Work on files, done one after the other on a thread of its own: what is asked for later sees
 * what was written before. Reference-counted; the last reference waits for the end of the work. */
typedef struct _MillFileQueue MillFileQueue;

MillFileQueue *mill_file_queue_new (void);
MillFileQueue *mill_file_queue_ref (MillFileQueue *queue);
void mill_file_queue_unref (MillFileQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillFileQueue, mill_file_queue_unref)

/**
 * mill_file_queue_push:
 * @task: (transfer full): what the work answers to; given up in the task's own context, so that
 *   nothing that belongs there is finalised on the thread
 * @func: the work; must return from @task
 */
void mill_file_queue_push (MillFileQueue *queue, GTask *task, GTaskThreadFunc func);

/* Blocks until everything is done that was pushed before: for the end of a program, and before
 * it, never. */
void mill_file_queue_wait (MillFileQueue *queue);

G_END_DECLS
