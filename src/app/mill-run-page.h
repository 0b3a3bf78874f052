/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bench/mill-bench.h"

G_BEGIN_DECLS

#define MILL_TYPE_RUN_PAGE (mill_run_page_get_type ())
G_DECLARE_FINAL_TYPE (MillRunPage, mill_run_page, MILL, RUN_PAGE, GtkWidget)

/* What is running: a row per model, the throughput of all, the lanes of the one that runs. Draws
 * at most five times a second, and nothing while it cannot be seen. Its button activates
 * "win.stop".
 *
 * Properties (read, write):
 *   "narrow" (gboolean): small margins, and rows of two lines
 *   "folded" (gboolean): the charts stand one below the other
 */

/**
 * mill_run_page_new:
 *
 * Returns: (transfer floating): a page that shows no run
 */
GtkWidget *mill_run_page_new (void);

/**
 * mill_run_page_set_bench:
 * @bench: (nullable): what to show, before it is started; NULL: nothing
 *
 * Follows a run. When it ends the page keeps its last state.
 */
void mill_run_page_set_bench (MillRunPage *page, MillBench *bench);

/* How often the page was redrawn since it has its bench: for tests. */
guint mill_run_page_get_n_redraws (MillRunPage *page);

G_END_DECLS
