/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-report.h"
#include "runners/mill-run.h"

G_BEGIN_DECLS

/* (transfer full) A trial of one URL with the defaults of an experiment. */
MillTrial *trial_new (const char *model, const char *url, gint64 requests);

/* (transfer full) Runs it to its end; fails the test if it could not be made. */
MillRun *trial_run (const MillTrial *trial);

/* The same, stopped as soon as `is_far_enough` says so. Fails the test if the stop takes this
 * process more than half a second of CPU time, or is waited for: on a busy machine the clock
 * would say more about the others. */
typedef gboolean (*TrialFunc) (MillRun *run, gpointer data);
MillRun *trial_run_and_stop (const MillTrial *trial, TrialFunc is_far_enough, gpointer data);

/* How many of the run's requests had that outcome. */
gint64 run_count (MillRun *run, MillOutcome outcome);

G_END_DECLS
