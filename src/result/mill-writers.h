/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* A result as text of other formats. All return (transfer full) UTF-8; the files are written by
 * mill_file_write(). */

/**
 * mill_result_to_csv:
 *
 * One row per trial with all its figures, RFC 4180: CRLF, a header, quotes where they are
 * needed, a point as decimal mark in every locale. What is absent is an empty field. A text that
 * a spreadsheet would take for a formula gets an apostrophe in front.
 */
char *mill_result_to_csv (const MillResult *result);

/**
 * mill_result_to_markdown:
 *
 * The name, the sentence, the table, where it was measured, and the warnings. What is markup in
 * Markdown or HTML is escaped.
 */
char *mill_result_to_markdown (const MillResult *result);

/**
 * mill_result_to_terminal:
 *
 * The table with aligned columns (wide characters take two), what "~" means, the sentence and
 * the warnings. Control characters of names do not reach the terminal.
 */
char *mill_result_to_terminal (const MillResult *result);

/**
 * mill_result_to_trace:
 *
 * Chrome's trace event format for Perfetto: each model's typical trial is a process, its lanes
 * are named threads. Requests of a lane may overlap, so they are nestable asynchronous events
 * ("b" and "e") with an id of their own, and in them connecting, waiting and receiving; a
 * counter says how many are in flight. Times are microseconds since the trial began.
 */
char *mill_result_to_trace (const MillResult *result);

G_END_DECLS
