/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* Results that several machines measured at the same time, as one result. */

/* The most machines of a merged result. */
#define MILL_MAX_MACHINES 64
/* How far apart the machines may have started a trial, unless somebody says otherwise. */
#define MILL_DEFAULT_SKEW_S 1.0
#define MILL_MAX_SKEW_S 3600.0

/**
 * mill_result_merge:
 * @results: (element-type MillResult): at least two; merged ones among them are taken apart again
 * @labels: what each is called: names its machine, and stands in errors
 * @max_skew_s: how far apart the starts of a trial on two machines may lie
 * @error: %MILL_ERROR_USAGE, saying which document differs in what
 *
 * Adds up what several machines did together. Histograms add bucket by bucket, so every percentile
 * is that of all requests; counts, bytes and errors add; throughput is the sum, the rate while all
 * were at work. The order of @results does not matter, and merging merged results gives what
 * merging all at once gives, but for what is only looked at: the times at which the samples stand,
 * and which requests of a long timeline are kept.
 *
 * What the figures of a merged trial mean:
 *
 * - time: from the first start to the last end, by the machines' clocks
 * - task creation, cold start, CPU of the server: of the machine where it is highest
 * - CPU time, memory, context switches, threads, connections, in flight: the sum. The highest of
 *   memory and in flight is then an upper bound, since the machines need not reach theirs at once.
 * - CPU in percent: absent. Percent of different processors, over windows that are not the same,
 *   neither add nor average; CPU time does, and each machine's percent stands in its part.
 * - any figure that one of the machines lacks: absent
 *
 * A trial is complete where it is on every machine. The experiment is what each machine ran, as
 * written: its number of requests and its rate are per machine.
 *
 * Refused: different experiments, published results, the same document twice, trials without a
 * start time or that did not overlap in time, latencies without a histogram.
 *
 * Returns: (transfer full) (nullable): the merged result
 */
MillResult *mill_result_merge (GPtrArray *results,
                               const char *const *labels,
                               double max_skew_s,
                               GError **error);

/**
 * mill_result_count_machines:
 *
 * Returns: on how many machines @result was measured; 1 where it was not merged
 */
guint mill_result_count_machines (const MillResult *result);

G_END_DECLS
