/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/**
 * mill_sweep_parse:
 * @text: as on the command line: "concurrency=1,10,100"
 * @experiment: gets the parameter and its values; untouched on failure
 * @error: %MILL_ERROR_USAGE
 *
 * Returns: whether @text is a sweep; whether it fits the experiment says mill_sweep_check()
 */
gboolean mill_sweep_parse (const char *text, MillExperiment *experiment, GError **error);

/**
 * mill_sweep_to_text:
 *
 * Returns: (transfer full): the sweep of @experiment as mill_sweep_parse() reads it
 */
char *mill_sweep_to_text (const MillExperiment *experiment);

/**
 * mill_sweep_check:
 * @experiment: what to run
 * @error: %MILL_ERROR_USAGE
 *
 * Each value must be possible, appear once, and fit every model that has the parameter; at least
 * one model must have it.
 *
 * Returns: whether the sweep of @experiment can be run; so also when there is none
 */
gboolean mill_sweep_check (const MillExperiment *experiment, GError **error);

G_END_DECLS
