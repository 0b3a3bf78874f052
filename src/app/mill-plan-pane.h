/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bench/mill-plan.h"
#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

#define MILL_TYPE_PLAN_PANE (mill_plan_pane_get_type ())
G_DECLARE_FINAL_TYPE (MillPlanPane, mill_plan_pane, MILL, PLAN_PANE, GtkWidget)

/* What will happen: how long each model takes, what is to be foreseen, and the command that does
 * the same.
 *
 * Signal "remedy" (const MillAdvice *): the person takes the remedy of this advice
 */

/* Shows a plan; both are only read during the call. */
void mill_plan_pane_set_plan (MillPlanPane *pane,
                              const MillExperiment *experiment,
                              const MillPlan *plan);

/* (transfer none) the sum in words, "about 45 s"; "" while there is no valid plan. */
const char *mill_plan_pane_get_sum (MillPlanPane *pane);

/* (transfer none) as it is shown and copied. */
const char *mill_plan_pane_get_command (MillPlanPane *pane);

/* How many things are to be foreseen. */
guint mill_plan_pane_get_n_advice (MillPlanPane *pane);

G_END_DECLS
