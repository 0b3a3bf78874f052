/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "runners/mill-cpu-lanes.h"
#include "runners/mill-lane.h"

/* A main loop and the CPU work that it does: one unit at each turn, so that other sources of
 * the loop would have their turn between two units. */
typedef struct {
  MillLane *lane;
  GMainLoop *loop;
  GThread *thread;
} Loop;

static gboolean
do_one_unit (gpointer data)
{
  Loop *loop = data;
  MillTicket ticket;

  if (!mill_lane_take (loop->lane->run, NULL, &ticket)) {
    g_main_loop_quit (loop->loop);
    return G_SOURCE_REMOVE;
  }
  mill_lane_work (loop->lane, &ticket);
  return G_SOURCE_CONTINUE;
}

static gpointer
run_loop (gpointer data)
{
  Loop *loop = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = g_idle_source_new ();

  loop->loop = g_main_loop_new (context, FALSE);
  g_source_set_callback (source, do_one_unit, loop, NULL);
  g_source_attach (source, context);
  g_main_loop_run (loop->loop);
  g_clear_pointer (&loop->loop, g_main_loop_unref);
  return NULL;
}

static gboolean
start_loops (Loop *loops, guint n_loops, GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint i = 0; i < n_loops; i++) {
    loops[i].thread = g_thread_try_new ("loop", run_loop, &loops[i], &reason);
    if (loops[i].thread == NULL) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_LIMIT,
                   _ ("Only %u of %u threads could be started: %s. Choose fewer threads, or "
                      "raise the limit of threads or memory."),
                   i, n_loops, reason->message);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * mill_cpu_lanes_run_loops:
 * @run: a run of CPU work
 * @error: %MILL_ERROR_LIMIT when a thread could not be started
 *
 * CPU work on main loops: in the calling thread for one loop (`main-loop`), else each loop in
 * a thread of its own (`hybrid:T`). The loops share the work as they come to it.
 *
 * Returns: %TRUE when all loops have ended; %FALSE if they could not all be started
 */
gboolean
mill_cpu_lanes_run_loops (MillRun *run, GError **error)
{
  guint n_loops = mill_run_get_lanes (run);
  g_autofree Loop *loops = g_new0 (Loop, n_loops);
  MillLane *lanes = mill_lanes_new (run, n_loops, NULL);
  gint64 before_us = g_get_monotonic_time ();
  gboolean started = TRUE;

  for (guint i = 0; i < n_loops; i++)
    loops[i].lane = &lanes[i];
  if (n_loops == 1) {
    run_loop (&loops[0]);
  } else {
    started = start_loops (loops, n_loops, error);
    mill_run_add_task_creation (run, g_get_monotonic_time () - before_us);
    if (!started)
      mill_run_stop (run);
  }
  for (guint i = 0; i < n_loops; i++)
    g_clear_pointer (&loops[i].thread, g_thread_join);
  mill_lanes_free (lanes, n_loops);
  return started;
}
