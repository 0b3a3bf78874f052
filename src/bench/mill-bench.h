/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bench/mill-plan.h"
#include "experiment/mill-experiment.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* The live state of a trial, sent at most ten times a second. */
typedef struct {
  const MillTrial *trial;
  double elapsed_s;
  gint64 done; /* ok and failed */
  gint64 failed;
  gint64 in_flight;
  double throughput_rps;           /* over the last interval */
  const MillTimelineEntry *recent; /* requests that ended since the last event, at most 64 */
  guint n_recent;
} MillProgress;

#define MILL_TYPE_BENCH (mill_bench_get_type ())
G_DECLARE_FINAL_TYPE (MillBench, mill_bench, MILL, BENCH, GObject)

/* Runs an experiment: starts the server and one worker per trial, in the fair order of the
 * plan; everything asynchronous in the caller's thread-default main context.
 *
 * Signals (all run-last, no return value):
 *   "trial-started"  (const MillTrial *)
 *   "progress"       (const MillProgress *)
 *   "sample"         (const MillTrial *, const MillSample *)
 *   "trial-finished" (const MillTrialResult *)   the result is summarised by then
 *   "event"          (const char *)              every event as a JSON line, for --events
 */

/**
 * mill_bench_new:
 * @experiment: what to run; copied, need not be valid
 *
 * Returns: (transfer full): a bench with its plan made for this machine
 */
MillBench *mill_bench_new (const MillExperiment *experiment);

/**
 * mill_bench_run_async:
 * @cancellable: (nullable): the same as mill_bench_stop() when it is cancelled
 *
 * Runs the plan. To be called once.
 */
void mill_bench_run_async (MillBench *bench,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);

/**
 * mill_bench_run_finish:
 * @error: only where nothing could be run: the first blocker of the plan, a server that does
 *   not start
 *
 * Stopping is no error: see mill_bench_was_stopped().
 *
 * Returns: (transfer full): the document
 */
MillResult *mill_bench_run_finish (MillBench *bench, GAsyncResult *result, GError **error);

/* Asks for the end: in flight is cancelled, all that was measured is kept; under 500 ms. */
void mill_bench_stop (MillBench *bench);
gboolean mill_bench_was_stopped (MillBench *bench);

const MillPlan *mill_bench_get_plan (MillBench *bench);
/* (transfer none) the document as it stands now; valid until the next trial ends. */
const MillResult *mill_bench_peek_result (MillBench *bench);
/* "http://127.0.0.1:PORT" of the built-in server while it runs, else NULL. */
const char *mill_bench_get_server_url (MillBench *bench);

/* Process ids as the system writes them, and the folder of the run; NULL where there is none
 * now. For tests and for people who want to look at the processes. */
const char *mill_bench_get_server_identifier (MillBench *bench);
const char *mill_bench_get_worker_identifier (MillBench *bench);
const char *mill_bench_get_folder (MillBench *bench);

G_END_DECLS
