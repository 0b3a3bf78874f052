/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"
#include "platform/mill-limits.h"

G_BEGIN_DECLS

/**
 * mill_plan_fit_sweep:
 * @experiment: what to run; its sweep is changed
 * @limits: (nullable): of this machine; read from the system when %NULL
 * @reason: (out) (optional) (transfer full) (nullable): what the machine refused, and the remedy
 *
 * Where a sweep over requests, or over requests in flight, goes beyond the descriptors, ports,
 * threads or memory of this machine, lowers its last value to the largest number of 1, 2 or 5 times
 * a power of ten that fits and is above the one before it. Where there is none, nothing is changed
 * and the plan refuses the run.
 *
 * Returns: whether the value was lowered
 */
gboolean mill_plan_fit_sweep (MillExperiment *experiment, const MillLimits *limits, char **reason);

G_END_DECLS
