/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-plan.h"

G_BEGIN_DECLS

/* For g_ptr_array_new_with_free_func(): a MillAdvice. */
void mill_advice_free (gpointer data);

/* Rounds down to 1, 2 or 5 times a power of ten, a number that a person would choose; at least 1.
 */
gint64 mill_plan_round_requests (double requests);

/**
 * mill_plan_advise_problems:
 * @plan: gets a blocker for each problem
 * @experiment: what to run
 *
 * Returns: whether the experiment is valid, so that trials can be made of it
 */
gboolean mill_plan_advise_problems (MillPlan *plan, const MillExperiment *experiment);

/**
 * mill_plan_advise:
 * @plan: a plan with its estimates, which gets what is to be foreseen, the most serious first
 * @experiment: what to run
 * @round: MillTrial: each model at each swept value, once, in the order of the estimates
 * @limits: of this machine
 *
 * Foresees permissions, limits of the machine, very slow models and too few repetitions.
 */
void mill_plan_advise (MillPlan *plan,
                       const MillExperiment *experiment,
                       GPtrArray *round,
                       const MillLimits *limits);

G_END_DECLS
