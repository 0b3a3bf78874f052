/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"
#include "experiment/mill-threshold.h"

G_BEGIN_DECLS

/* Scripts for other load engines that do the load of an experiment. They carry what is in flight,
 * not the concurrency model: another engine has its own. */

/**
 * mill_export_engine_ids:
 *
 * Returns: (transfer full): the ids of the engines that scripts can be written for: "k6", ...
 */
GStrv mill_export_engine_ids (void);

/**
 * mill_export_script:
 * @engine: the id of an engine
 * @experiment: what to run, valid
 * @model: (nullable): the model as written whose requests in flight are taken; %NULL for the first
 *   that has more than one, else the first
 * @thresholds: (nullable) (element-type MillThreshold): bounds of `threadmill-cli run`, taken over
 *   where the engine has their like
 * @error: %MILL_ERROR_USAGE: no such engine or model, CPU work, or nothing that ends the load
 *
 * Writes the script. What the engine cannot represent is said in its head. Texts of the experiment
 * stand in it only as escaped literals in ASCII.
 *
 * Returns: (transfer full) (nullable): the script, UTF-8
 */
char *mill_export_script (const char *engine,
                          const MillExperiment *experiment,
                          const char *model,
                          GPtrArray *thresholds,
                          GError **error);

G_END_DECLS
