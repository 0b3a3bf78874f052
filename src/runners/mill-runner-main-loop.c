/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-cpu-lanes.h"
#include "runners/mill-loop.h"

static gboolean
run_http (MillRun *run, GError **error)
{
  mill_loop_run_http (run, 0, mill_run_get_trial (run)->model.in_flight, 0);

  return TRUE;
}

const MillRunner mill_runner_main_loop = { run_http, mill_cpu_lanes_run_loops };
