/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-save-dialog.h"

G_BEGIN_DECLS

#define MILL_TYPE_PREFERENCES (mill_preferences_get_type ())
G_DECLARE_FINAL_TYPE (MillPreferences, mill_preferences, MILL, PREFERENCES, AdwPreferencesWindow)

/**
 * mill_preferences_new:
 * @settings: of data/io.github.threadmill.Threadmill.gschema.xml
 * @folder: (nullable): where results are kept; its row opens it
 *
 * Returns: (transfer none): the preferences, a window owned by GTK; every change takes effect at
 *   once
 */
GtkWidget *mill_preferences_new (GSettings *settings, GFile *folder);

/* Sets what a saved chart begins with: theme, size and format. */
void mill_preferences_apply (GSettings *settings, MillSaveDialog *dialog);

G_END_DECLS
