/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The temporary folder of one run: record files, and bodies that `--after write` keeps. */

/**
 * mill_run_folder_new:
 * @error: where it could not be made
 *
 * Makes a new folder of this process under the system's temporary folder, and removes those
 * that processes which are gone have left there.
 *
 * Returns: (transfer full): its path
 */
char *mill_run_folder_new (GError **error);

G_END_DECLS
