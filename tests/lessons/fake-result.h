/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

/* Results with invented figures, for the tests of this module. */

/* Sets the figures of one trial, which is complete and has 2 cores. */
typedef void (*FakeTrialFunc) (MillTrialResult *trial, guint sweep_index, gpointer data);

/* A result with a trial for each model, value of the sweep and repetition; summarised. */
MillResult *fake_result_new (const MillExperiment *experiment, FakeTrialFunc func, gpointer data);
/* The same without estimates, whose bootstrap takes most of the time: for many results. */
MillResult *
fake_result_new_bare (const MillExperiment *experiment, FakeTrialFunc func, gpointer data);

/* An experiment of these models ("sync,main-loop:80"): 80 requests of 0.1 s. */
MillExperiment *
fake_experiment_new (MillWorkloadKind workload, const char *models, int repetitions);
