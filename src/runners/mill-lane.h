/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-cpu-task.h"
#include "runners/mill-gil.h"
#include "runners/mill-http-task.h"
#include "runners/mill-run.h"

G_BEGIN_DECLS

/* A lane that does one thing after another: a blocking HTTP client or the CPU task, whichever
 * the trial asks for. One thread at a time may use it; another may go on with it after a
 * join. */
typedef struct {
  MillRun *run;
  guint number;
  MillGil *gil;           /* NULL where nothing is interpreted */
  MillHttpClient *client; /* http */
  MillCpuTask *task;      /* cpu */
  guint64 checksum_bytes; /* of measured units only */
  guint64 checksum;
} MillLane;

void mill_lane_init (MillLane *lane, MillRun *run, guint number, MillGil *gil);
void mill_lane_clear (MillLane *lane);

gboolean mill_lane_take (MillRun *run, MillGil *gil, MillTicket *ticket);
void mill_lane_work (MillLane *lane, MillTicket *ticket);

MillLane *mill_lanes_new (MillRun *run, guint n_lanes, MillGil *gil);
void mill_lanes_free (MillLane *lanes, guint n_lanes);

G_END_DECLS
