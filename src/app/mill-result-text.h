/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* What the results page says about results in words. All (transfer full). */

/**
 * mill_result_text_subtitle:
 * @results: (element-type MillResult): what is shown
 * @live: the run goes on
 *
 * When, what and how often, and whether the server's counts agree: "Today 21:48 · 80 requests
 * × 0.1 s · 5 repetitions · counts verified by the server".
 */
char *mill_result_text_subtitle (GPtrArray *results, gboolean live);

/* "First experiment and Second". */
char *mill_result_text_comparison_title (GPtrArray *results);

/* The first warning and how many more there are; NULL without one. */
char *mill_result_text_warnings (const MillResult *result);

/* What stands under the table: what "~" means, and where published figures come from; or NULL. */
char *mill_result_text_note (const MillResult *result);

G_END_DECLS
