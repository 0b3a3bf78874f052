/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

/**
 * mill_loop_run_http:
 * @lane: the lane of this thread
 * @max_in_flight: the most requests at once; 0 for all
 * @batch: requests of a batch, which ends before the next starts; 0 for none
 *
 * Runs a main loop in the calling thread until no request is left and none is in flight.
 */
void mill_loop_run_http (MillRun *run, guint lane, int max_in_flight, int batch);

G_END_DECLS
