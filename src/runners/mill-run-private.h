/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-http-plan.h"
#include "runners/mill-others.h"
#include "runners/mill-run.h"
#include "runners/mill-watchdog.h"

G_BEGIN_DECLS

/* The one watchdog of all blocking lanes of a run, made when the first lane asks for it. */
MillWatchdog *mill_run_get_watchdog (MillRun *run);

/* What all requests of a run have in common; NULL for CPU work. */
const MillHttpPlan *mill_run_get_http_plan (MillRun *run);

/* How many tickets can be taken at most, warm-up included. */
gint64 mill_run_get_n_tickets (MillRun *run);

/* The other processes of the run, once there are any; NULL before. */
MillOthers *mill_run_make_others (MillRun *run, guint n_processes);
MillOthers *mill_run_get_others (MillRun *run);

/* A run whose requests are taken by other processes begins; without a warm-up, so does its clock.
 */
void mill_run_begin_elsewhere (MillRun *run);

/* Their warm-up is over: the first measured request of all was taken then. Later calls do
 * nothing. */
void mill_run_measure_elsewhere (MillRun *run, gint64 epoch_us);

G_END_DECLS
