/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

/* Below this the speed only says how many requests per second there were. */
#define LEAST_BODY_BYTES 1024.0

static gboolean
has_bodies (const MillResult *result)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    double bytes = model->figures[MILL_FIGURE_BYTES_DOWNLOADED].median;
    double requests = model->figures[MILL_FIGURE_REQUESTS_OK].median;

    if (requests > 0.0 && bytes / requests >= LEAST_BODY_BYTES)
      return TRUE;
  }
  return FALSE;
}

gboolean
mill_chart_download_available (const MillChartSpec *spec, char **reason)
{
  if (!mill_figure_bars_available (spec, MILL_FIGURE_DOWNLOAD, reason))
    return FALSE;
  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    if (has_bodies (mill_chart_spec_get_result (spec, i)))
      return TRUE;
  }
  *reason = g_strdup (mill_chart_spec_computes (spec) ? _ ("Nothing downloaded")
                                                      : _ ("Bodies too small to compare"));
  return FALSE;
}

void
mill_chart_download_layout (MillLayout *layout)
{
  const MillFigureBars kind = {
    .title = _ ("Download speed"),
    .words = _ ("bytes of bodies per second"),
    .better = _ ("longer is better"),
    .figure = MILL_FIGURE_DOWNLOAD,
    .most = MILL_N_FIGURES,
    .unit = MILL_UNIT_BYTES_PER_SECOND,
    .base_units = 1024.0,
    .compared = FALSE,
  };

  mill_figure_bars_layout (layout, &kind);
}
