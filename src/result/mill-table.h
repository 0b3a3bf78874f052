/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* The table of a result as plain data: the one that terminal, Markdown, HTML and the window
 * show. */

typedef struct {
  char *title;     /* translated: "Time, s" */
  gboolean number; /* to the right */
} MillTableColumn;

typedef struct {
  char *text;         /* "8.05"; "–" where there is nothing */
  char *detail;       /* of less weight, beside it: "8.04–8.07"; or NULL */
  gboolean projected; /* marked by "~" in `text` already */
  gboolean partial;   /* of a trial that was stopped; marked by "*" in `text` already */
} MillTableCell;

typedef struct {
  const MillModelResult *model; /* of the result that the table was made from */
  GPtrArray *cells;             /* MillTableCell, one for each column */
} MillTableRow;

typedef struct {
  GPtrArray *columns; /* MillTableColumn */
  GPtrArray *rows;    /* MillTableRow, in the order of the models */
  gboolean projected; /* whether any cell is, so that "~" must be explained */
  gboolean partial;   /* the same for "*" */
} MillTable;

/**
 * mill_table_new:
 * @result: must outlive the table
 *
 * Model, swept value, time with its interval, speed-up, requests per second, p50, p90 and p99
 * where the samples of any model carry them, failed, CPU and memory. A column without any value
 * is left out, but for the first ones. Where all trials of a model were stopped, what they measured
 * until then stands in its row.
 */
MillTable *mill_table_new (const MillResult *result);
void mill_table_free (MillTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTable, mill_table_free)

/* What "~" and "*" mean, for under the table, a line each; NULL where neither stands in it. */
char *mill_table_note (const MillTable *table);

/* One line that says where and with what it was measured; published results name their source. */
char *mill_result_environment_line (const MillResult *result);

/**
 * mill_format_number:
 * @value: any value
 *
 * Three significant digits, and two of what is below a tenth; whole numbers are grouped; NAN is
 * "–". 8.05, 0.12, 0.0004, 194, 12,345.
 */
char *mill_format_number (double value);

/* A number that was asked for, with the digits it was asked with: 0.5, 10,000,000. */
char *mill_format_given (double value);

/* A model's name, and behind it the value of a sweep: "sync @ 0.5"; the name alone where that is
 * NAN. */
char *mill_format_swept (const char *name, double value);

/* How many times as much: as mill_format_number(), but what is not 1 does not read as 1: 1.004. */
char *mill_format_ratio (double ratio);

/* A duration in the unit that suits it: "8.05 s", "120 ms", "35 µs". */
char *mill_format_duration (double value_s);

G_END_DECLS
