/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/**
 * mill_experiment_check_permission:
 * @experiment: what to run, valid
 * @error: %MILL_ERROR_PERMISSION, naming the host, the numbers and --allow-remote-load
 *
 * A load needs permission: a host that is not this machine gets at most
 * %MILL_REMOTE_MAX_REQUESTS requests from the whole run (all models, swept values, repetitions
 * and warm-ups together), and has at most %MILL_REMOTE_MAX_IN_FLIGHT in flight, until the person
 * confirms that they may load it.
 *
 * Returns: whether it may run as it is
 */
gboolean mill_experiment_check_permission (const MillExperiment *experiment, GError **error);

G_END_DECLS
