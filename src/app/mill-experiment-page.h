/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bench/mill-plan.h"
#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

#define MILL_TYPE_EXPERIMENT_PAGE (mill_experiment_page_get_type ())
G_DECLARE_FINAL_TYPE (MillExperimentPage, mill_experiment_page, MILL, EXPERIMENT_PAGE, GtkWidget)

/* The form that edits an experiment, and the plan of it beside.
 *
 * Properties:
 *   "folded" (gboolean): the plan becomes a line at the foot
 *   "narrow" (gboolean): small margins
 *   "reason" (string, read): why it cannot be run as it is, or NULL
 *
 * Signals:
 *   "changed": the person, or a preset, changed the experiment
 *   "planned": the plan of the experiment as it stands is there; "reason" is true now
 */

/**
 * mill_experiment_page_new:
 *
 * Returns: (transfer floating): a form with the preset `first`
 */
GtkWidget *mill_experiment_page_new (void);

/**
 * mill_experiment_page_set_experiment:
 * @experiment: what the form is to show; need not be valid
 */
void mill_experiment_page_set_experiment (MillExperimentPage *page,
                                          const MillExperiment *experiment);

/**
 * mill_experiment_page_get_experiment:
 *
 * Returns: (transfer full): what the form says. A field whose text cannot be read keeps its last
 *   value here, and `reason` says so.
 */
MillExperiment *mill_experiment_page_get_experiment (MillExperimentPage *page);

/* (transfer none) (nullable) why it cannot be run as it is. */
const char *mill_experiment_page_get_reason (MillExperimentPage *page);

/* (transfer none) (nullable) of the experiment as it stands; NULL until it was made. */
const MillPlan *mill_experiment_page_get_plan (MillExperimentPage *page);

/* (transfer none) the command line that does the same; of the plan. */
const char *mill_experiment_page_get_command (MillExperimentPage *page);

G_END_DECLS
