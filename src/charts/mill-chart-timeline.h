/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

/**
 * mill_chart_timeline_window:
 * @whole_s: (out) (optional): seconds until the last request of any model ended
 * @start_s: (out) (optional): where the visible window begins
 * @end_s: (out) (optional): where it ends
 *
 * The window that a timeline shows: that of the options; where they name none, the whole time, or,
 * where one model takes more than four times as long as all others, as much as shows the others,
 * up to a round number.
 *
 * Returns: FALSE where there is no timeline; the window is then 0 to 1
 */
gboolean mill_chart_timeline_window (const MillChartSpec *spec,
                                     double *whole_s,
                                     double *start_s,
                                     double *end_s);

G_END_DECLS
