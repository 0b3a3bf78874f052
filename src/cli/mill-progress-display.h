/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-bench.h"

G_BEGIN_DECLS

/* The progress of a run on standard error: one bar per trial on a terminal, drawn at most ten
 * times a second and as wide as the terminal; elsewhere a plain line when a trial begins and
 * when it ends. */
typedef struct _MillProgressDisplay MillProgressDisplay;

/**
 * mill_progress_display_new:
 * @bench: not running yet; must outlive the display
 * @experiment: what it runs; must outlive the display
 * @terminal: whether standard error is a terminal
 *
 * Returns: (transfer full): a display that follows the bench
 */
MillProgressDisplay *
mill_progress_display_new (MillBench *bench, const MillExperiment *experiment, gboolean terminal);
void mill_progress_display_free (MillProgressDisplay *display);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillProgressDisplay, mill_progress_display_free)

/**
 * mill_progress_bar:
 * @fraction: 0 to 1
 * @cells: width in columns
 * @unicode: whether block characters can be shown
 *
 * Returns: (transfer full): the bar, @cells columns wide
 */
char *mill_progress_bar (double fraction, int cells, gboolean unicode);

G_END_DECLS
