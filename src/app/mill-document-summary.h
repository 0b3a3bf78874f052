/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-spec.h"
#include "result/mill-result-file.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* (transfer full) what mill_result_load_summary() would read of a saved result. */
MillResultSummary *mill_document_summary_new (const MillResult *result);

/* (transfer full) (nullable) a small chart of what a summary tells: the times of its models, or
 * over its sweep. NULL where it tells no time. */
MillChartSpec *mill_document_summary_preview (const MillResultSummary *summary);

G_END_DECLS
