/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-loop.h"

static gboolean
run_http (MillRun *run, GError **error)
{
  const MillModelSpec *model = &mill_run_get_trial (run)->model;

  mill_loop_run_http (run, 0, model->in_flight, model->batch);

  return TRUE;
}

const MillRunner mill_runner_main_loop_batched = { run_http, NULL };
