/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bench/mill-bench.h"
#include "experiment/mill-experiment.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

typedef struct _MillLibrary MillLibrary;
typedef struct _MillDocument MillDocument;

#define MILL_TYPE_SESSION (mill_session_get_type ())
G_DECLARE_FINAL_TYPE (MillSession, mill_session, MILL, SESSION, GObject)

/* What runs in the window: at most one experiment at a time, on the same bench as the command
 * line. Keeps the machine awake and the application alive while it runs, and puts the result,
 * also a partial one, into the library.
 *
 * Properties:
 *   "running" (gboolean, read)
 *
 * Signals (all run-last, no return value):
 *   "run-started"    (MillBench *)
 *   "round-finished" (const MillResult *)   every model has run once more; the document as it
 *                                           stands, valid during the emission
 *   "run-finished"   (MillDocument * or NULL, GError * or NULL)   a document where something was
 *                                           measured; an error where nothing could be run, or the
 *                                           document could not be kept. "running" is FALSE by then,
 *                                           the bench is still there
 */

/**
 * mill_session_new:
 * @library: (nullable): where results are kept
 *
 * Returns: (transfer full): a session in which nothing runs
 */
MillSession *mill_session_new (MillLibrary *library);

/**
 * mill_session_start:
 * @experiment: what to run; copied
 *
 * Runs an experiment. One that cannot be run ends in "run-finished" with the reason.
 *
 * Returns: FALSE when one runs already
 */
gboolean mill_session_start (MillSession *session, const MillExperiment *experiment);

/* Asks for the end; what was measured is kept. Nothing happens where nothing runs. */
void mill_session_stop (MillSession *session);

gboolean mill_session_is_running (MillSession *session);

/* (transfer none) (nullable) the bench of the run, or of the last one. */
MillBench *mill_session_get_bench (MillSession *session);

/* (transfer none) (nullable) what the last run measured; valid until the next one starts. */
const MillResult *mill_session_get_result (MillSession *session);

G_END_DECLS
