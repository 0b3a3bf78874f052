/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

gboolean
mill_chart_memory_available (const MillChartSpec *spec, char **reason)
{
  return mill_figure_bars_available (spec, MILL_FIGURE_MEMORY_AVG, reason);
}

void
mill_chart_memory_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("Memory of the process"),
    .words = _ ("average and highest"),
    .better = _ ("shorter is better"),
    .figure = MILL_FIGURE_MEMORY_AVG,
    .most = MILL_FIGURE_MEMORY_MAX,
    .unit = MILL_UNIT_BYTES,
    .base_units = 1024.0 * 1024.0,
    .compared = FALSE,
  };

  mill_figure_bars_layout (layout, &kind);
}
