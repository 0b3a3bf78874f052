/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

gboolean
mill_chart_speedup_available (const MillChartSpec *spec, char **reason)
{
  if (mill_figure_bars_available (spec, MILL_N_FIGURES, reason))
    return TRUE;
  if (mill_chart_spec_is_incomplete (spec))
    return FALSE;
  g_free (*reason);
  *reason = g_strdup (mill_chart_spec_is_timed (spec) ? _ ("All had the same time")
                                                      : _ ("Nothing to compare with"));
  return FALSE;
}

void
mill_chart_speedup_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("Speed-up"),
    .words = _ ("times as fast as sync"),
    .better = _ ("longer is better"),
    .figure = MILL_N_FIGURES,
    .most = MILL_N_FIGURES,
    .unit = MILL_UNIT_RATIO,
    .base_units = 1.0,
    .compared = FALSE,
  };

  mill_figure_bars_layout (layout, &kind);
}
