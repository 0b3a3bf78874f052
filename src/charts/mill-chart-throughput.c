/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

gboolean
mill_chart_throughput_available (const MillChartSpec *spec, char **reason)
{
  return mill_figure_bars_available (spec, MILL_FIGURE_THROUGHPUT, reason);
}

void
mill_chart_throughput_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("Throughput"),
    .words = mill_chart_spec_computes (layout->spec) ? _ ("URLs encoded per second")
                                                     : _ ("successful requests per second"),
    .better = _ ("longer is better"),
    .figure = MILL_FIGURE_THROUGHPUT,
    .most = MILL_N_FIGURES,
    .unit = MILL_UNIT_PER_SECOND,
    .base_units = 1.0,
    .compared = FALSE,
  };

  mill_figure_bars_layout (layout, &kind);
}
