/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-delay-queue.h"

/* Items that are due within the same tick are handed out together: each hand-over wakes the
 * daemon, which then looks at everything that waits. */
#define TICK_US 500

typedef struct {
  gint64 due_us;
  gpointer item;
} Entry;

struct _MillDelayQueue {
  MillDelayFunc due;
  GThread *thread;
  GMutex mutex;
  GCond changed;
  GArray *heap; /* Entry; a binary heap, the earliest first */
  gboolean ending;
};

#define AT(heap, i) g_array_index ((heap), Entry, (i))

static void
heap_push (GArray *heap, Entry entry)
{
  g_array_append_val (heap, entry);
  guint i = heap->len - 1;
  while (i > 0 && AT (heap, (i - 1) / 2).due_us > entry.due_us) {
    AT (heap, i) = AT (heap, (i - 1) / 2);
    i = (i - 1) / 2;
  }
  AT (heap, i) = entry;
}

static gpointer
heap_pop (GArray *heap)
{
  gpointer item = AT (heap, 0).item;
  Entry last = AT (heap, heap->len - 1);
  g_array_set_size (heap, heap->len - 1);
  guint i = 0;
  while (2 * i + 1 < heap->len) {
    guint child = 2 * i + 1;
    if (child + 1 < heap->len && AT (heap, child + 1).due_us < AT (heap, child).due_us)
      child++;
    if (AT (heap, child).due_us >= last.due_us)
      break;
    AT (heap, i) = AT (heap, child);
    i = child;
  }
  if (heap->len > 0)
    AT (heap, i) = last;
  return item;
}

/* Moves what is due at @now_us into @batch. */
static void
take_due (MillDelayQueue *queue, gint64 now_us, GPtrArray *batch)
{
  while (queue->heap->len > 0 && (queue->ending || AT (queue->heap, 0).due_us <= now_us))
    g_ptr_array_add (batch, heap_pop (queue->heap));
}

static gpointer
run (gpointer data)
{
  MillDelayQueue *queue = data;
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_mutex_lock (&queue->mutex);
  while (!queue->ending || queue->heap->len > 0) {
    take_due (queue, g_get_monotonic_time (), batch);
    if (batch->len > 0) {
      g_mutex_unlock (&queue->mutex);
      for (guint i = 0; i < batch->len; i++)
        queue->due (batch->pdata[i]);
      g_ptr_array_set_size (batch, 0);
      g_mutex_lock (&queue->mutex);
    } else if (queue->heap->len > 0) {
      g_cond_wait_until (&queue->changed, &queue->mutex, AT (queue->heap, 0).due_us + TICK_US);
    } else if (!queue->ending) {
      g_cond_wait (&queue->changed, &queue->mutex);
    }
  }
  g_mutex_unlock (&queue->mutex);
  return NULL;
}

MillDelayQueue *
mill_delay_queue_new (MillDelayFunc due)
{
  MillDelayQueue *queue = g_new0 (MillDelayQueue, 1);
  queue->due = due;
  queue->heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_mutex_init (&queue->mutex);
  g_cond_init (&queue->changed);
  queue->thread = g_thread_new ("delays", run, queue);
  return queue;
}

void
mill_delay_queue_end (MillDelayQueue *queue)
{
  g_mutex_lock (&queue->mutex);
  queue->ending = TRUE;
  g_cond_signal (&queue->changed);
  g_mutex_unlock (&queue->mutex);
  g_thread_join (queue->thread);
}

void
mill_delay_queue_free (MillDelayQueue *queue)
{
  g_array_unref (queue->heap);
  g_mutex_clear (&queue->mutex);
  g_cond_clear (&queue->changed);
  g_free (queue);
}

void
mill_delay_queue_add (MillDelayQueue *queue, gint64 due_us, gpointer item)
{
  g_mutex_lock (&queue->mutex);
  if (queue->ending) {
    g_mutex_unlock (&queue->mutex);
    queue->due (item);
    return;
  }
  gint64 earliest_us = queue->heap->len > 0 ? AT (queue->heap, 0).due_us : G_MAXINT64;
  heap_push (queue->heap, (Entry){ due_us, item });
  /* The thread sleeps until the earliest item: only an earlier one need wake it. */
  if (due_us < earliest_us)
    g_cond_signal (&queue->changed);
  g_mutex_unlock (&queue->mutex);
}
