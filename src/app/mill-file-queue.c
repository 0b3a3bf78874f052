/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-file-queue.h"

struct _MillFileQueue {
  GThreadPool *pool; /* of one thread */
  GMutex lock;
  GCond changed;
  guint n_pending;
};

typedef struct {
  GTask *task;
  GTaskThreadFunc func;
} Work;

static gboolean
do_nothing (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Gives the task up where it was made, after its callback, which was put there before. */
static void
give_up_task (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, do_nothing, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
do_work (gpointer data, gpointer user_data)
{
  g_autofree Work *work = data;
  MillFileQueue *queue = user_data;

  work->func (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task),
              g_task_get_cancellable (work->task));
  give_up_task (work->task);

  g_mutex_lock (&queue->lock);
  queue->n_pending--;
  g_cond_broadcast (&queue->changed);
  g_mutex_unlock (&queue->lock);
}

static void
queue_clear (gpointer data)
{
  MillFileQueue *queue = data;

  g_thread_pool_free (queue->pool, FALSE, TRUE);
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->changed);
}

MillFileQueue *
mill_file_queue_new (void)
{
  MillFileQueue *queue = g_atomic_rc_box_new0 (MillFileQueue);

  g_mutex_init (&queue->lock);
  g_cond_init (&queue->changed);
  queue->pool = g_thread_pool_new (do_work, queue, 1, FALSE, NULL);
  return queue;
}

MillFileQueue *
mill_file_queue_ref (MillFileQueue *queue)
{
  return g_atomic_rc_box_acquire (queue);
}

void
mill_file_queue_unref (MillFileQueue *queue)
{
  g_atomic_rc_box_release_full (queue, queue_clear);
}

void
mill_file_queue_push (MillFileQueue *queue, GTask *task, GTaskThreadFunc func)
{
  Work *work = g_new (Work, 1);

  work->task = task;
  work->func = func;
  g_mutex_lock (&queue->lock);
  queue->n_pending++;
  g_mutex_unlock (&queue->lock);
  g_thread_pool_push (queue->pool, work, NULL);
}

void
mill_file_queue_wait (MillFileQueue *queue)
{
  g_mutex_lock (&queue->lock);
  while (queue->n_pending > 0)
    g_cond_wait (&queue->changed, &queue->lock);
  g_mutex_unlock (&queue->lock);
}
