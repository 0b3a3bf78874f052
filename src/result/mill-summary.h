/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/**
 * mill_result_get_values:
 * @model: which model, sweep value and copy; of this result
 * @figure: which figure
 * @projected: (out) (optional): whether any value is projected
 *
 * One value for each complete trial, in the order they ran; absent ones are left out. The wall
 * time of a trial that measured only part of the requests is its projection.
 *
 * Returns: (transfer full): an array of double
 */
GArray *mill_result_get_values (const MillResult *result,
                                const MillModelResult *model,
                                MillFigure figure,
                                gboolean *projected);

/**
 * mill_result_get_trials:
 * @model: which model, sweep value and copy; of this result
 *
 * Returns: (transfer container): the trials of a model, whatever their status, in the order
 *   they ran
 */
GPtrArray *mill_result_get_trials (const MillResult *result, const MillModelResult *model);

/**
 * mill_estimate_from_values:
 *
 * The median, its interval where there are MILL_MIN_REPETITIONS_FOR_INTERVAL values, and the
 * number of outliers.
 */
MillEstimate mill_estimate_from_values (const double *values, guint n, gboolean projected);

G_END_DECLS
