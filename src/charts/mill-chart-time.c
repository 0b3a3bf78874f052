/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

gboolean
mill_chart_time_available (const MillChartSpec *spec, char **reason)
{
  return mill_figure_bars_available (spec, MILL_FIGURE_WALL_TIME, reason);
}

void
mill_chart_time_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("Execution time"),
    .words = _ ("of a whole trial"),
    .better = mill_chart_spec_is_timed (layout->spec) ? _ ("bounded by the duration that was given")
                                                      : _ ("shorter is better"),
    .figure = MILL_FIGURE_WALL_TIME,
    .most = MILL_N_FIGURES,
    .unit = MILL_UNIT_SECONDS,
    .base_units = 1.0,
    .compared = TRUE,
  };

  mill_figure_bars_layout (layout, &kind);
}
