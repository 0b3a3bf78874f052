/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* What the checks tolerate; each value says when a number is moved, not merely touched. */

/* Little's law, in flight = throughput x mean latency, is exact over a closed interval; the
 * rest is for the start and the end of a trial, and for sampling. */
#define MILL_LITTLE_TOLERANCE 0.10
/* Above this the server, not the model, is what is measured. */
#define MILL_SERVER_BUSY_PERCENT 90.0
/* Downloaded bytes per answer may differ by so much: answers that carry a counter. */
#define MILL_BYTES_TOLERANCE 0.01
/* The share of an open loop's requests that may be handed over late, and by how much of its own
 * the mean latency may grow thereby. */
#define MILL_LATE_TOLERANCE 0.01
#define MILL_LATE_LATENCY_TOLERANCE 0.05
/* The width of the interval of the time, to its median, above which the machine was noisy. */
#define MILL_NOISE_TOLERANCE 0.10

/**
 * mill_checks_run:
 * @result: summarised before
 *
 * The checks of an honest measurement over all trials of a document. Each adds at most one
 * warning per model, with the worst value; running them again replaces their own warnings and
 * leaves all others alone. The codes:
 *
 * - `littles-law`: throughput x mean latency is above the most that was in flight, or not what
 *   the samples saw in flight
 * - `order`: the percentiles do not ascend
 * - `counts`: the reasons of the failures do not add up, or requests are missing
 * - `failures`: requests failed where none were asked to
 * - `server-bottleneck`: the built-in server was busy above MILL_SERVER_BUSY_PERCENT of a core
 * - `work`: the models did not do the same number of requests, bytes, or reached different
 *   checksums
 * - `sent-late`: requests of an open loop could not be sent in time, and that moved the latency
 * - `few-samples`: too few requests for p90
 * - `noise`: the repetitions vary widely, with what is known of the machine
 * - `noise-floor`: a model differs from itself
 */
void mill_checks_run (MillResult *result);

/**
 * mill_check_littles_law:
 * @trial: a trial
 * @expected: (out) (optional): what was in flight by counting
 * @computed: (out) (optional): throughput x mean latency
 *
 * Little: A proof for the queuing formula L = λ W, 1961. The mean in flight cannot exceed the
 * most that was, and without failures it is what the samples saw, where there are enough of
 * them. In an open loop the uncorrected latency counts, the time in flight.
 *
 * Returns: FALSE where it is above the most in flight by more than MILL_LITTLE_TOLERANCE, or
 *   apart from the samples by more than twice that
 */
gboolean mill_check_littles_law (const MillTrialResult *trial, double *expected, double *computed);

/* Whether min <= p50 <= p75 <= ... <= max, and the mean lies between min and max; what is absent
 * is passed over. */
gboolean mill_check_order (const MillLatency *latency);

G_END_DECLS
