/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-adviser-walk.h"

G_BEGIN_DECLS

/* What one result says about a case. */
typedef struct {
  MillAdviserEvidence *evidence; /* NULL: the result is about something else */
  const MillModelResult *winner; /* where the evidence carries: the simplest of the best */
} MillAdviserFinding;

/**
 * mill_adviser_examine:
 * @adviser_case: what the user's work is
 * @result: a result of the history
 *
 * The models of the case that the result measured under such a load are compared. It carries
 * where each of them has complete, unprojected trials without failures nobody asked for, and
 * where the verdict of mill_compare_models() between the best and every other is clear, or says
 * that there is no clear difference: then the simpler one wins.
 */
MillAdviserFinding mill_adviser_examine (const MillAdviserCase *adviser_case,
                                         const MillResult *result);

void mill_adviser_evidence_free (MillAdviserEvidence *evidence);

G_END_DECLS
