/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Holds any number of waiting requests with one thread and one heap. */
typedef struct _MillDelayQueue MillDelayQueue;

/* Called in the queue's thread when an item is due. */
typedef void (*MillDelayFunc) (gpointer item);

/**
 * mill_delay_queue_new:
 * @due: what to do with an item whose time has come
 *
 * Starts the thread.
 */
MillDelayQueue *mill_delay_queue_new (MillDelayFunc due);

/**
 * mill_delay_queue_end:
 *
 * Hands out everything that still waits, at once, and joins the thread. What is added later is
 * handed out by who adds it.
 */
void mill_delay_queue_end (MillDelayQueue *queue);

/* Frees a queue that was ended. */
void mill_delay_queue_free (MillDelayQueue *queue);

/**
 * mill_delay_queue_add:
 * @due_us: monotonic time, microseconds
 * @item: (not nullable)
 *
 * Thread-safe. An item is handed out at most a millisecond late, load permitting.
 */
void mill_delay_queue_add (MillDelayQueue *queue, gint64 due_us, gpointer item);

G_END_DECLS
