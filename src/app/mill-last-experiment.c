/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-last-experiment.h"
#include "app/mill-load.h"

static GFile *
last_file (void)
{
  return g_file_new_build_filename (g_get_user_config_dir (), "threadmill", "experiment.threadmill",
                                    NULL);
}

static gpointer
load_experiment (GFile *file, GCancellable *cancellable, GError **error)
{
  return mill_experiment_load (file, cancellable, error);
}

typedef struct {
  MillLastExperimentFunc func;
  gpointer data;
} Waiter;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Waiter *waiter = data;
  /* There is none before the first run; one that is damaged is not worth a message. */
  g_autoptr (MillExperiment) experiment = mill_load_finish (result, NULL);

  waiter->func (experiment, waiter->data);
}

void
mill_last_experiment_load (MillLastExperimentFunc func, gpointer data)
{
  g_autoptr (GFile) file = last_file ();
  Waiter *waiter = g_new (Waiter, 1);

  waiter->func = func;
  waiter->data = data;
  mill_load_async (file, load_experiment, (GDestroyNotify) mill_experiment_free, NULL, on_loaded,
                   waiter);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFile) file = last_file ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;

  g_file_make_directory_with_parents (folder, NULL, NULL);
  if (!mill_experiment_save (data, file, NULL, &error))
    g_debug ("The last experiment is not remembered: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  if (source != NULL)
    g_application_release (G_APPLICATION (source));
}

void
mill_last_experiment_save (const MillExperiment *experiment)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GTask) task = g_task_new (application, NULL, on_saved, NULL);

  if (application != NULL)
    g_application_hold (application);
  g_task_set_task_data (task, mill_experiment_copy (experiment),
                        (GDestroyNotify) mill_experiment_free);
  g_task_run_in_thread (task, save_in_thread);
}
