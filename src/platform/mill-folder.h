/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mill_folder_remove:
 * @path: a folder
 *
 * Removes it with everything in it, following no symbolic link; what cannot be removed stays.
 */
void mill_folder_remove (const char *path);

G_END_DECLS
