/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bound that a run must keep, as scripts write it:
 *
 *   p95<200ms  p99.9<=0.5s  mean<50ms  max<2s  time<2s  throughput>1000  failed<1%
 *
 * FIGURE OPERATOR VALUE, without blanks or with blanks around the operator. The operators are
 * < <= > >=. Times need a unit (us, ms, s, min), `failed` is a share of the requests in percent,
 * `throughput` is in requests per second. Any percentile from p1 to p99.99 can be named; p999 is
 * p99.9. A bound holds for every model, or for the one in front of a dot:
 * main-loop:80.p95<200ms */

typedef enum {
  MILL_THRESHOLD_TIME,       /* wall time of a trial, seconds */
  MILL_THRESHOLD_THROUGHPUT, /* requests per second */
  MILL_THRESHOLD_FAILED,     /* failed share of the requests, percent */
  MILL_THRESHOLD_MIN,        /* latency, milliseconds */
  MILL_THRESHOLD_MEAN,       /* latency, milliseconds */
  MILL_THRESHOLD_MAX,        /* latency, milliseconds */
  MILL_THRESHOLD_PERCENTILE, /* latency, milliseconds; see `percentile` */
} MillThresholdFigure;

typedef enum {
  MILL_COMPARISON_LESS,
  MILL_COMPARISON_LESS_OR_EQUAL,
  MILL_COMPARISON_GREATER,
  MILL_COMPARISON_GREATER_OR_EQUAL,
} MillComparison;

typedef struct {
  char *text;  /* as written */
  char *model; /* as written; NULL: every model */
  MillThresholdFigure figure;
  double percentile; /* of MILL_THRESHOLD_PERCENTILE: 95 for p95 */
  MillComparison comparison;
  double value; /* in the unit of the figure */
} MillThreshold;

/**
 * mill_threshold_parse:
 * @text: a bound as described above
 * @error: %MILL_ERROR_USAGE, saying what is wrong
 *
 * Returns: (transfer full) (nullable): the bound
 */
MillThreshold *mill_threshold_parse (const char *text, GError **error);
void mill_threshold_free (MillThreshold *threshold);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillThreshold, mill_threshold_free)

/**
 * mill_threshold_holds:
 * @threshold: a bound
 * @value: what was measured, in the unit of the figure
 *
 * Returns: whether @value keeps the bound; not-a-number never does
 */
gboolean mill_threshold_holds (const MillThreshold *threshold, double value);

G_END_DECLS
