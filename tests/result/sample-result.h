/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

/* Results with invented figures that agree with each other, for the tests of this module. */

/* An experiment of these models ("sync,main-loop:80"), with so many repetitions. */
MillExperiment *sample_experiment (const char *models, int repetitions);

/* Adds a complete trial of 80 requests without failures and with a timeline. */
MillTrialResult *
sample_add_trial (MillResult *result, const char *model, int repetition, double wall_time_s);

/* sync 8 s, thread-pool:20 0.41 s, main-loop:80 and hybrid:4x20 0.12 s, so many repetitions. */
MillResult *sample_result (int repetitions);
