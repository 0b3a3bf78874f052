/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-load.h"

typedef struct {
  MillLoader loader;
  GDestroyNotify destroy;
} Load;

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  GError *error = NULL;
  gpointer loaded = load->loader (G_FILE (source), cancellable, &error);

  if (loaded == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, loaded, load->destroy);
}

void
mill_load_async (GFile *file,
                 MillLoader loader,
                 GDestroyNotify destroy,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, data);
  Load *load = g_new (Load, 1);

  load->loader = loader;
  load->destroy = destroy;
  g_task_set_task_data (task, load, g_free);
  g_task_run_in_thread (task, load_in_thread);
}

gpointer
mill_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
