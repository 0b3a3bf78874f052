/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_WELCOME (mill_welcome_get_type ())
G_DECLARE_FINAL_TYPE (MillWelcome, mill_welcome, MILL, WELCOME, GtkWidget)

/* What one sees first: one suggested action, and what the program is for.
 *
 * Property "narrow" (gboolean): without the three cards
 *
 * Signals:
 *   "first-run": run the first experiment
 *   "set-up": show the form
 */

/**
 * mill_welcome_new:
 *
 * Returns: (transfer floating): the welcome
 */
GtkWidget *mill_welcome_new (void);

G_END_DECLS
