/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/**
 * mill_sentence_text:
 *
 * What the data show, in one or a few sentences with their uncertainty: which models were
 * fastest and by how much, whether those differ from each other, what failed, what is partial,
 * what is projected. Computed from the verdicts of mill_compare_models(), so that "no clear
 * difference" and "too few repetitions" are answers. With a fixed duration the throughput is
 * judged, in an open loop the median latency, else the time.
 *
 * Returns: (transfer full): plain text in the user's language
 */
char *mill_sentence_text (const MillResult *result);

/* The same with the names of models in <b>; all else is escaped for Pango and HTML. */
char *mill_sentence_markup (const MillResult *result);

G_END_DECLS
