/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_HELP_WINDOW (mill_help_window_get_type ())
G_DECLARE_FINAL_TYPE (MillHelpWindow, mill_help_window, MILL, HELP_WINDOW, AdwWindow)

/* The user's help: the pages of docs/help beside their list, in a window of its own that may stay
 * open beside the work. */

/* Returns: (transfer none): a window, owned by GTK */
MillHelpWindow *mill_help_window_new (GtkApplication *application);

/**
 * mill_help_window_show_page:
 * @id: "models"; what there is no page of shows the first one
 */
void mill_help_window_show_page (MillHelpWindow *window, const char *id);

/* The id of the page that is shown. */
const char *mill_help_window_get_page (MillHelpWindow *window);

G_END_DECLS
