/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-chart-view.h"
#include "app/mill-document.h"
#include "app/mill-published-bar.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_RESULTS_PAGE (mill_results_page_get_type ())
G_DECLARE_FINAL_TYPE (MillResultsPage, mill_results_page, MILL, RESULTS_PAGE, GtkWidget)

/* One result, or several compared: the sentence, the chart, the kinds of chart, the table.
 *
 * Properties:
 *   "folded" (gboolean): the kinds become a dropdown above the chart
 *   "narrow" (gboolean): small margins, the buttons under the title
 *   "kind" (string): the id of the kind that is shown: "time", ...
 *   "timeline-view" (string): "lane" or "request"
 *   "show-data" (gboolean): the chart's data as a table in the place of the chart
 *
 * Signal "result-changed": another result, or none, is shown
 */

/**
 * mill_results_page_new:
 *
 * Returns: (transfer floating): a page without result
 */
GtkWidget *mill_results_page_new (void);

/**
 * mill_results_page_set_result:
 * @result: (nullable): what to show; copied. %NULL: nothing
 * @live: the run goes on: more rounds follow
 *
 * The kind of chart and the place of the cursor stay where the result is the same one with
 * another round. Rounds that follow each other too fast to be seen are passed over; the result at
 * the end, which is not live, never is.
 */
void mill_results_page_set_result (MillResultsPage *page, const MillResult *result, gboolean live);

/**
 * mill_results_page_set_document:
 * @document: (nullable): from the library
 *
 * Reads a document off the main thread and shows its result, or why it cannot be read. Its name
 * follows the document's; it can be exported.
 */
void mill_results_page_set_document (MillResultsPage *page, MillDocument *document);

/* (transfer none) (nullable): the document that is shown, where it is one. */
MillDocument *mill_results_page_get_document (MillResultsPage *page);

/**
 * mill_results_page_compare:
 * @results: (element-type MillResult): two or more; the first is the base. Copied
 */
void mill_results_page_compare (MillResultsPage *page, GPtrArray *results);

/* (transfer none) (nullable): the first result that is shown, until another one is set. */
const MillResult *mill_results_page_get_result (MillResultsPage *page);

/* (transfer none) what stands beside published figures. */
MillPublishedBar *mill_results_page_get_published_bar (MillResultsPage *page);

/* (transfer none) the widget of the chart. */
MillChartView *mill_results_page_get_chart (MillResultsPage *page);

/* (transfer none) (nullable): the chart that is shown. Its results live as long as it does. */
MillChartSpec *mill_results_page_get_spec (MillResultsPage *page);

/* (transfer full) what the page says about its result, or about the results that it compares. */
char *mill_results_page_dup_sentence (MillResultsPage *page);

/**
 * mill_results_page_add_actions:
 * @actions: the window
 *
 * Adds what concerns the page, as APP.md names it: chart-kind, timeline-view, show-data,
 * save-chart, copy-chart, print-chart, export-result and details; they are disabled without a
 * result.
 */
void mill_results_page_add_actions (MillResultsPage *page, GActionMap *actions);

/* What the actions do. */
void mill_results_page_set_kind (MillResultsPage *page, MillChartKind kind);
MillChartKind mill_results_page_get_kind (MillResultsPage *page);
void mill_results_page_save_chart (MillResultsPage *page);
void mill_results_page_copy_chart (MillResultsPage *page);
void mill_results_page_print_chart (MillResultsPage *page);
void mill_results_page_export (MillResultsPage *page);
void mill_results_page_show_details (MillResultsPage *page);

G_END_DECLS
