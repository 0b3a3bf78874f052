/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

gboolean
mill_chart_cpu_available (const MillChartSpec *spec, char **reason)
{
  return mill_figure_bars_available (spec, MILL_FIGURE_CPU_PROCESS_AVG, reason);
}

void
mill_chart_cpu_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("CPU of the process"),
    .words = _ ("percent of one core, average and highest"),
    /* A model that does more in less time, or on more cores, uses more of them meanwhile. */
    .better = NULL,
    .figure = MILL_FIGURE_CPU_PROCESS_AVG,
    .most = MILL_FIGURE_CPU_PROCESS_MAX,
    .unit = MILL_UNIT_PERCENT,
    .base_units = 1.0,
    .compared = FALSE,
  };

  mill_figure_bars_layout (layout, &kind);
}
