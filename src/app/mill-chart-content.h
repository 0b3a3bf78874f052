/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/mill-chart-export.h"

G_BEGIN_DECLS

#define MILL_TYPE_CHART_CONTENT (mill_chart_content_get_type ())
G_DECLARE_FINAL_TYPE (MillChartContent, mill_chart_content, MILL, CHART_CONTENT, GdkContentProvider)

/* A chart on the clipboard or under a dragging pointer: PNG and SVG, made in a thread when
 * somebody asks for them. */

/**
 * mill_chart_content_new:
 * @spec: a chart; its results must not change any more
 * @options: how the image looks; the scale counts for PNG only
 *
 * Returns: (transfer full): image/png and image/svg+xml
 */
GdkContentProvider *mill_chart_content_new (MillChartSpec *spec, const MillExportOptions *options);

/**
 * mill_chart_content_new_with_file:
 *
 * As above, and a PNG file in the user's cache that is written meanwhile, for a drop onto a
 * folder.
 */
GdkContentProvider *mill_chart_content_new_with_file (MillChartSpec *spec,
                                                      const MillExportOptions *options);

/**
 * mill_chart_file_name:
 * @extension: ".png"
 *
 * Returns: (transfer full): what a chart is called as a file: "first-experiment-time.png"
 */
char *mill_chart_file_name (const MillChartSpec *spec, const char *extension);

G_END_DECLS
