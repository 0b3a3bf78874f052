/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"
#include "experiment/mill-trial.h"

G_BEGIN_DECLS

/**
 * mill_estimate_trial_s:
 * @experiment: what it belongs to
 * @trial: one trial
 * @requests: how many requests, instead of those of the trial
 * @cores: usable cores
 *
 * How long a trial will take, process start included. With d the time of an answer, c the
 * requests in flight, u the processor time of one request and p the lanes that can compute at
 * once, it is the longer one of waiting and computing: max (ceil (requests / c) d, requests u / p).
 * The constants are measurements, written where they stand.
 *
 * Returns: seconds
 */
double mill_estimate_trial_s (const MillExperiment *experiment,
                              const MillTrial *trial,
                              gint64 requests,
                              int cores);

/* How many requests this trial will make: those of the trial, or as many as fit its duration. */
gint64 mill_estimate_requests (const MillExperiment *experiment, const MillTrial *trial, int cores);

/* The delay of the built-in server in this trial, seconds; -1 for a foreign one. */
double mill_estimate_delay_s (const MillExperiment *experiment, const MillTrial *trial);

G_END_DECLS
