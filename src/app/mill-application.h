/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_APPLICATION (mill_application_get_type ())
G_DECLARE_FINAL_TYPE (MillApplication, mill_application, MILL, APPLICATION, AdwApplication)

/**
 * mill_application_new:
 *
 * Returns: (transfer full): the application, `threadmill [--preset ID] [--run] [FILE…]`
 */
MillApplication *mill_application_new (void);

/* (transfer none) size of the window, preferences; data/io.github.threadmill.Threadmill.gschema.xml
 */
GSettings *mill_application_get_settings (MillApplication *application);

G_END_DECLS
