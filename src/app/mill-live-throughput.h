/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-run-state.h"

G_BEGIN_DECLS

#define MILL_TYPE_LIVE_THROUGHPUT (mill_live_throughput_get_type ())
G_DECLARE_FINAL_TYPE (MillLiveThroughput, mill_live_throughput, MILL, LIVE_THROUGHPUT, GtkWidget)

/* Requests per second over the time of a trial, a line for each model; the repetition before the
 * running one is pale. */

/* Shows a state as it is when it is drawn; NULL: nothing. Not kept longer than until the next
 * call. */
void mill_live_throughput_set_state (MillLiveThroughput *view, const MillRunState *state);

G_END_DECLS
