/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-document.h"

G_BEGIN_DECLS

/**
 * mill_attention_hold:
 * @window: (nullable): the window that runs something
 *
 * Keeps the machine awake and the application alive while a run goes on.
 *
 * Returns: a number for mill_attention_drop()
 */
guint mill_attention_hold (GtkApplication *application, GtkWindow *window);
void mill_attention_drop (GtkApplication *application, guint hold);

/**
 * mill_attention_run_finished:
 * @document: (nullable): what was measured
 * @error: (nullable): why nothing was
 * @elapsed_s: how long it took
 *
 * Says by a notification that a run is done, where its person looks elsewhere and wants to be
 * told (setting "notify"). It opens the window at the result.
 *
 * Returns: whether it did
 */
gboolean mill_attention_run_finished (GtkApplication *application,
                                      GSettings *settings,
                                      GtkWindow *window,
                                      MillDocument *document,
                                      const GError *error,
                                      double elapsed_s);

G_END_DECLS
