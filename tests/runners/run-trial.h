/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-report.h"
#include "runners/mill-run.h"

G_BEGIN_DECLS

/* (transfer full) A trial of one URL with the defaults of an experiment. */
MillTrial *trial_new (const char *model, const char *url, gint64 requests);

/* (transfer full) Runs it to its end; fails the test if it could not be made. */
MillRun *trial_run (const MillTrial *trial);

/* The same, stopped after that time. `took_us` is how long the stop took. */
MillRun *trial_run_and_stop (const MillTrial *trial, gint64 after_us, gint64 *took_us);

/* How many of the run's requests had that outcome. */
gint64 run_count (MillRun *run, MillOutcome outcome);

G_END_DECLS
