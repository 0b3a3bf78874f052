/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-export.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/**
 * mill_chart_output_check:
 * @kind_id: "time"
 * @path: a file name whose extension says the format
 * @kind: (out): the kind
 * @error: %MILL_ERROR_USAGE: no such kind, no such format
 *
 * Returns: whether such a chart can be written
 */
gboolean mill_chart_output_check (const char *kind_id,
                                  const char *path,
                                  MillChartKind *kind,
                                  GError **error);

/**
 * mill_chart_output_write:
 * @results: MillResult: the first is looked at, the others overlay it
 * @kind: which chart
 * @chart_options: (nullable): what of it
 * @path: the file; its extension says the format
 * @options: (nullable): size and theme
 * @error: what the chart or the file system says
 *
 * Writes a chart. One without meaningful data is written too, and standard error says why it is
 * empty.
 *
 * Returns: whether it was written
 */
gboolean mill_chart_output_write (GPtrArray *results,
                                  MillChartKind kind,
                                  const MillChartOptions *chart_options,
                                  const char *path,
                                  const MillExportOptions *options,
                                  GError **error);

G_END_DECLS
