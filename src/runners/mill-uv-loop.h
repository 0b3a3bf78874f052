/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmodule.h>

#include "runners/mill-run.h"

G_BEGIN_DECLS

/**
 * mill_uv_loop_run_http:
 * @lane: the lane of this thread
 * @max_in_flight: the most requests at once; 0 for all
 * @error: %MILL_ERROR_LIMIT where the system has no room for a loop
 *
 * Runs a libuv loop in the calling thread until no request is left and none is in flight.
 */
typedef gboolean (*MillUvLoopFunc) (MillRun *run, guint lane, int max_in_flight, GError **error);
G_MODULE_EXPORT gboolean mill_uv_loop_run_http (MillRun *run,
                                                guint lane,
                                                int max_in_flight,
                                                GError **error);

G_END_DECLS
