/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "runners/mill-cpu-lanes.h"
#include "runners/mill-loop.h"

typedef struct {
  MillRun *run;
  guint lane;
} LoopThread;

static gpointer
loop_thread (gpointer data)
{
  LoopThread *thread = data;

  mill_loop_run_http (thread->run, thread->lane, mill_run_get_trial (thread->run)->model.in_flight,
                      0);

  return NULL;
}

static gboolean
run_http (MillRun *run, GError **error)
{
  guint n_threads = mill_run_get_lanes (run);
  g_autofree LoopThread *loops = g_new0 (LoopThread, n_threads);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  gint64 begun_us = g_get_monotonic_time ();
  g_autoptr (GError) thread_error = NULL;

  for (guint i = 0; i < n_threads && thread_error == NULL; i++) {
    loops[i] = (LoopThread){ run, i };
    threads[i] = g_thread_try_new ("loop", loop_thread, &loops[i], &thread_error);
  }
  mill_run_add_task_creation (run, g_get_monotonic_time () - begun_us);

  if (thread_error != NULL)
    mill_run_stop (run);
  for (guint i = 0; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);

  if (thread_error != NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_LIMIT,
                 _ ("This machine does not allow %u threads: %s. Use fewer threads."), n_threads,
                 thread_error->message);
    return FALSE;
  }

  return TRUE;
}

const MillRunner mill_runner_hybrid = { run_http, mill_cpu_lanes_run_loops };
