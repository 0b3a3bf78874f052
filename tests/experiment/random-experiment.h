/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/**
 * random_experiment_new:
 * @seed: the same seed makes the same experiment
 *
 * Makes a valid experiment that uses any of what an experiment can hold, texts with quotation
 * marks, line breaks and other scripts among it.
 *
 * Returns: (transfer full): the experiment
 */
MillExperiment *random_experiment_new (guint32 seed);

G_END_DECLS
