/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-server-process.h"
#include "experiment/mill-trial.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/**
 * mill_verification_apply:
 * @result: of the trial; gets `verified` and `verification`
 * @trial: what was run
 * @stats: (nullable): what the built-in server counted, or %NULL without one
 * @no_witness: (nullable): why there are no counts of a server that there should be
 *
 * Compares the client's counts with the server's. A request that certainly got its answer
 * (success, an error status, an answer that `after` refused) must have been counted by the
 * server; one that ended otherwise (timeout, reset, cancelled) may have been. The requests that
 * the server saw must lie between the two sums, and it must not have had more in flight than the
 * model allows.
 *
 * Returns: whether nothing differs
 */
gboolean mill_verification_apply (MillTrialResult *result,
                                  const MillTrial *trial,
                                  const MillServerStats *stats,
                                  const char *no_witness);

G_END_DECLS
