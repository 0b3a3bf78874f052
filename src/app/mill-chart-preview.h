/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

#define MILL_TYPE_CHART_PREVIEW (mill_chart_preview_get_type ())
G_DECLARE_FINAL_TYPE (MillChartPreview, mill_chart_preview, MILL, CHART_PREVIEW, GtkWidget)

/* A chart of 54 x 36 px without text, painted from the same data as the large one. It says
 * nothing to a screen reader: what stands beside it does. */

/* (transfer floating) a preview that shows nothing */
GtkWidget *mill_chart_preview_new (void);

/**
 * mill_chart_preview_set_spec:
 * @spec: (nullable): what to show; its option `plain` is set here
 *
 * A reference is taken; the results of the spec must live as long.
 */
void mill_chart_preview_set_spec (MillChartPreview *preview, MillChartSpec *spec);

G_END_DECLS
