/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* The experiment that the form opens with: a document in the user's configuration folder. */

/* `experiment` is NULL where there is none that can be read. */
typedef void (*MillLastExperimentFunc) (MillExperiment *experiment, gpointer data);

/**
 * mill_last_experiment_load:
 * @func: called once, later
 *
 * Reads the experiment off the main thread.
 */
void mill_last_experiment_load (MillLastExperimentFunc func, gpointer data);

/* Writes it off the main thread; the application stays until it is done. */
void mill_last_experiment_save (const MillExperiment *experiment);

G_END_DECLS
