/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-record.h"
#include "experiment/mill-trial.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/**
 * mill_trial_result_from_records:
 * @trial: what was to be run
 * @records: the worker's records, mapped or in memory; not kept
 * @n: how many
 * @finished: (nullable): the worker's last event; NULL when it died before it could report
 * @error: MILL_ERROR_INVALID where @finished is not what a worker writes
 *
 * All figures of one trial. Counts, latencies and bytes come from the records where there are
 * any, and from @finished where the workload leaves none (CPU work). Requests that were pending
 * or cancelled are not failures: they make the trial partial, with a closed set of requests; a
 * trial bounded by its duration is complete.
 *
 * Latency counts from the moment a request was handed to the library in a closed loop, and from
 * its planned time in an open one, where the uncorrected figure stands beside it. Failures are
 * in neither.
 *
 * Returns: (transfer full): the trial, without samples, server figures and verification
 */
MillTrialResult *mill_trial_result_from_records (const MillTrial *trial,
                                                 const MillRecord *records,
                                                 gint64 n,
                                                 JsonObject *finished,
                                                 GError **error);

/**
 * mill_latency_from_histogram:
 *
 * The figures of a latency in milliseconds; a percentile that the samples do not carry
 * (mill_percentile_is_carried()) is NAN.
 */
MillLatency mill_latency_from_histogram (const MillHistogram *histogram);

/**
 * mill_trial_result_add_sample:
 * @event: a `sample` event of a worker
 *
 * Adds a point to the time series. When there are more than MILL_MAX_SAMPLES, every second one
 * is dropped, so a long run keeps its shape. FALSE with MILL_ERROR_INVALID for a damaged event.
 */
gboolean mill_trial_result_add_sample (MillTrialResult *trial, JsonObject *event, GError **error);

/* The record of a request as an entry of a timeline. */
MillTimelineEntry mill_timeline_entry_from_record (const MillRecord *record);

G_END_DECLS
