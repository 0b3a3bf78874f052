/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ThreadSanitizer sees only instrumented code, and the distribution's GLib is not: its futex
 * based locks, queues and thread pools look like races. This library, loaded before GLib in the
 * thread sanitizer's tests, wraps the functions by which one thread hands something to another
 * and tells the sanitizer what they promise. It hides nothing else.
 */
#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* The function of the same name that would have been called without this library. */
#define NEXT(name)                                                                                 \
  static __typeof__ (&name) next;                                                                  \
  if (__atomic_load_n (&next, __ATOMIC_RELAXED) == NULL)                                           \
    __atomic_store_n (&next, (__typeof__ (&name)) dlsym (RTLD_NEXT, #name), __ATOMIC_RELAXED);

void
g_mutex_lock (GMutex *mutex)
{
  NEXT (g_mutex_lock)
  next (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  NEXT (g_mutex_trylock)
  gboolean locked = next (mutex);
  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  NEXT (g_mutex_unlock)
  __tsan_release (mutex);
  next (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  NEXT (g_cond_wait)
  __tsan_release (mutex);
  next (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  NEXT (g_cond_wait_until)
  __tsan_release (mutex);
  gboolean signalled = next (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

gboolean (g_once_init_enter) (volatile void *location)
{
  NEXT (g_once_init_enter)
  gboolean enter = next (location);
  __tsan_acquire ((void *) location);
  return enter;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  NEXT (g_once_init_leave)
  __tsan_release ((void *) location);
  next (location, result);
}

/* A pool's function, its data, and the pool once it is known. */
typedef struct {
  GFunc func;
  gpointer data;
} PoolCall;

static void
pool_call (gpointer item, gpointer data)
{
  PoolCall *call = data;
  __tsan_acquire (call);
  call->func (item, call->data);
  __tsan_release (call);
}

static gpointer
pool_wrap (GFunc func, gpointer data)
{
  PoolCall *call = g_new (PoolCall, 1);
  *call = (PoolCall){ func, data };
  __tsan_release (call);
  return call;
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer data, int max_threads, gboolean exclusive, GError **error)
{
  NEXT (g_thread_pool_new)
  return next (pool_call, pool_wrap (func, data), max_threads, exclusive, error);
}

GThreadPool *
g_thread_pool_new_full (GFunc func,
                        gpointer data,
                        GDestroyNotify item_free,
                        int max_threads,
                        gboolean exclusive,
                        GError **error)
{
  NEXT (g_thread_pool_new_full)
  return next (pool_call, pool_wrap (func, data), item_free, max_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  NEXT (g_thread_pool_push)
  __tsan_release (pool->user_data);
  return next (pool, data, error);
}

void
g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait)
{
  NEXT (g_thread_pool_free)
  PoolCall *call = pool->user_data;
  next (pool, immediate, wait);
  __tsan_acquire (call);
  if (wait)
    g_free (call);
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  NEXT (g_async_queue_push)
  __tsan_release (queue);
  next (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  NEXT (g_async_queue_pop)
  gpointer data = next (queue);
  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  NEXT (g_async_queue_try_pop)
  gpointer data = next (queue);
  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  NEXT (g_async_queue_timeout_pop)
  gpointer data = next (queue, timeout);
  __tsan_acquire (queue);
  return data;
}

void
g_cancellable_cancel (GCancellable *cancellable)
{
  NEXT (g_cancellable_cancel)
  if (cancellable != NULL)
    __tsan_release (cancellable);
  next (cancellable);
}

gboolean
g_cancellable_is_cancelled (GCancellable *cancellable)
{
  NEXT (g_cancellable_is_cancelled)
  gboolean cancelled = next (cancellable);
  if (cancellable != NULL)
    __tsan_acquire (cancellable);
  return cancelled;
}

/* A callback that a main context runs, maybe in another thread. */
typedef struct {
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} ContextCall;

static gboolean
context_call (gpointer data)
{
  ContextCall *call = data;
  __tsan_acquire (call);
  return call->func (call->data);
}

static void
context_call_free (gpointer data)
{
  ContextCall *call = data;
  __tsan_acquire (call);
  if (call->notify != NULL)
    call->notify (call->data);
  g_free (call);
}

static ContextCall *
context_wrap (GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  ContextCall *call = g_new (ContextCall, 1);
  *call = (ContextCall){ func, data, notify };
  __tsan_release (call);
  return call;
}

void
g_main_context_invoke_full (
    GMainContext *context, int priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  NEXT (g_main_context_invoke_full)
  next (context, priority, context_call, context_wrap (func, data, notify), context_call_free);
}

void
g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}

guint
g_idle_add_full (int priority, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  NEXT (g_idle_add_full)
  return next (priority, context_call, context_wrap (func, data, notify), context_call_free);
}

guint (g_idle_add) (GSourceFunc func, gpointer data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, func, data, NULL);
}

/* A task's work in a thread, and the way back. */
typedef struct {
  GTaskThreadFunc func;
} TaskCall;

static void
task_call (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  __tsan_acquire (task);
  TaskCall *call = g_object_get_data (G_OBJECT (task), "mill-tsan-call");
  call->func (task, source, data, cancellable);
  __tsan_release (task);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  NEXT (g_task_run_in_thread)
  TaskCall *call = g_new (TaskCall, 1);
  call->func = func;
  g_object_set_data_full (G_OBJECT (task), "mill-tsan-call", call, g_free);
  __tsan_release (task);
  next (task, task_call);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  NEXT (g_task_propagate_pointer)
  __tsan_acquire (task);
  return next (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  NEXT (g_task_propagate_boolean)
  __tsan_acquire (task);
  return next (task, error);
}
