/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* What a result shows: who was best, and whether that is certain. */
typedef struct {
  const MillResult *result;
  MillFigure figure;
  GPtrArray *models;  /* MillModelResult with a measured figure, the best first */
  GPtrArray *leaders; /* the best, and those that do not clearly differ from it */
  gboolean too_few;   /* whether the verdicts of the leaders lacked repetitions */
} MillFindings;

/* What is judged: the time where the work is fixed; where the time is, the throughput; and where
 * the rate is, how fast half of the requests were answered. */
MillFigure mill_findings_figure (const MillExperiment *experiment);

/**
 * mill_findings_compares_time:
 * @sweep_value: of mill_findings_sweep_value()
 *
 * Returns: whether the time of a model is one to compare: it did all of the work, that work and not
 *   the time was given, and it is the value of the sweep that is judged
 */
gboolean mill_findings_compares_time (const MillResult *result,
                                      const MillModelResult *model,
                                      double sweep_value);

void mill_findings_init (MillFindings *findings, const MillResult *result);
void mill_findings_clear (MillFindings *findings);

/**
 * mill_findings_sweep_value:
 *
 * Concurrency competes as models do; of every other parameter the largest value is judged.
 *
 * Returns: the value of the sweep that the findings are about, or NAN
 */
double mill_findings_sweep_value (const MillResult *result);

/**
 * mill_findings_reference:
 *
 * Returns: (transfer none) (nullable): what the best is measured by, which is no leader: sync, or
 *   the slowest
 */
const MillModelResult *mill_findings_reference (const MillFindings *findings);

/**
 * mill_findings_are_alike:
 * @least: (out): the least value of a leader
 * @most: (out): the highest
 *
 * Returns: whether a reader would call the values of the leaders the same
 */
gboolean mill_findings_are_alike (const MillFindings *findings, double *least, double *most);

/* The repetitions that were measured whole of the model with the fewest: a run may have been
 * stopped. */
guint mill_findings_repetitions (const MillFindings *findings);

G_END_DECLS
