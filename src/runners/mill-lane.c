/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-lane.h"

static void
begin_wait (gpointer data)
{
  mill_gil_release (data);
}

static void
end_wait (gpointer data)
{
  mill_gil_take (data);
}

/**
 * mill_lane_init:
 * @lane: (out caller-allocates): the lane
 * @run: the run; must outlive the lane
 * @number: below mill_run_get_lanes()
 * @gil: (nullable): the lock under which the lane computes; must outlive the lane
 *
 * Prepares a lane for the trial's workload, before the clock starts.
 */
void
mill_lane_init (MillLane *lane, MillRun *run, guint number, MillGil *gil)
{
  const MillTrial *trial = mill_run_get_trial (run);

  *lane = (MillLane){ .run = run, .number = number, .gil = gil };
  if (trial->workload == MILL_WORKLOAD_CPU) {
    lane->task = mill_cpu_task_new (trial->seed, trial->rounds);
    return;
  }
  lane->client = mill_http_client_new (run, number);
  if (gil != NULL)
    mill_http_client_set_wait_hooks (lane->client, begin_wait, end_wait, gil);
}

/**
 * mill_lane_clear:
 * @lane: a lane that no thread uses any more
 *
 * Adds what the lane has computed to the run and frees what it owns, not the structure.
 */
void
mill_lane_clear (MillLane *lane)
{
  if (lane->task != NULL)
    mill_run_add_checksum (lane->run, lane->checksum_bytes, lane->checksum);
  g_clear_pointer (&lane->task, mill_cpu_task_free);
  g_clear_pointer (&lane->client, mill_http_client_free);
}

/**
 * mill_lane_take:
 * @run: the run
 * @gil: (nullable): a lock that this thread holds
 * @ticket: (out): the next request of the run, due now
 *
 * Takes a request and waits for its time in an open loop; the lock is free meanwhile.
 *
 * Returns: %FALSE when there is nothing left to do
 */
gboolean
mill_lane_take (MillRun *run, MillGil *gil, MillTicket *ticket)
{
  gboolean waits;
  gboolean due;

  if (!mill_run_take (run, ticket))
    return FALSE;
  waits = gil != NULL && ticket->planned_us > g_get_monotonic_time ();
  if (waits)
    mill_gil_release (gil);
  due = mill_run_wait_until_due (run, ticket);
  if (waits)
    mill_gil_take (gil);
  return due;
}

static gboolean
check_between_rounds (gpointer data)
{
  MillLane *lane = data;

  if (lane->gil != NULL)
    mill_gil_check (lane->gil);
  return !mill_run_is_stopping (lane->run);
}

/**
 * mill_lane_work:
 * @lane: the lane; its lock is held by this thread, if there is one
 * @ticket: taken and due
 *
 * Does the request or the unit of CPU work, begins and ends its ticket.
 */
void
mill_lane_work (MillLane *lane, MillTicket *ticket)
{
  MillCpuResult result;
  gboolean done;

  if (lane->client != NULL) {
    mill_http_client_run_blocking (lane->client, ticket);
    return;
  }
  mill_run_begin (lane->run, ticket, lane->number);
  done = mill_cpu_task_run (lane->task, ticket->request, check_between_rounds, lane, &result);
  if (done && ticket->record != NULL) {
    lane->checksum_bytes += result.bytes;
    lane->checksum ^= result.digest;
  }
  mill_run_end (lane->run, ticket, done ? MILL_OUTCOME_OK : MILL_OUTCOME_CANCELLED);
}

/**
 * mill_lanes_new:
 * @run: the run; must outlive the lanes
 * @n_lanes: how many
 * @gil: (nullable): the lock under which all of them compute
 *
 * Returns: (transfer full): an array of lanes; free it with mill_lanes_free()
 */
MillLane *
mill_lanes_new (MillRun *run, guint n_lanes, MillGil *gil)
{
  MillLane *lanes = g_new0 (MillLane, n_lanes);

  for (guint i = 0; i < n_lanes; i++)
    mill_lane_init (&lanes[i], run, i, gil);
  return lanes;
}

/**
 * mill_lanes_free:
 * @lanes: (transfer full): from mill_lanes_new()
 * @n_lanes: how many
 */
void
mill_lanes_free (MillLane *lanes, guint n_lanes)
{
  for (guint i = 0; i < n_lanes; i++)
    mill_lane_clear (&lanes[i]);
  g_free (lanes);
}
