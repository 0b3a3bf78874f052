/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-plan.h"
#include "experiment/mill-command-line.h"

G_BEGIN_DECLS

/**
 * mill_run_thresholds_foresee:
 * @options: of the run, with its thresholds
 * @experiment: what will run
 * @plan: of @experiment
 * @error: %MILL_ERROR_USAGE
 *
 * Refuses, before anything runs, a bound that could not be judged afterwards: on a model that does
 * not run, on a percentile that so few requests do not carry, or on a time that is projected.
 *
 * Returns: whether each bound can be judged, as far as that is known before the run
 */
gboolean mill_run_thresholds_foresee (const MillRunOptions *options,
                                      const MillExperiment *experiment,
                                      const MillPlan *plan,
                                      GError **error);

G_END_DECLS
