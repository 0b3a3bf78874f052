/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-lane.h"

/* One blocking request, or one unit of CPU work, after another. */
static gboolean
run_sync (MillRun *run, GError **error)
{
  MillLane lane;
  MillTicket ticket;

  mill_lane_init (&lane, run, 0, NULL);
  while (mill_lane_take (run, NULL, &ticket))
    mill_lane_work (&lane, &ticket);
  mill_lane_clear (&lane);
  return TRUE;
}

const MillRunner mill_runner_sync = { run_sync, run_sync };
