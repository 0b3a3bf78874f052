/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * figures_write:
 * @name: of the test
 * @format: a JSON object
 *
 * Leaves figures for tests/RELIABILITY.md in the folder MILL_FIGURES; without it, nowhere. What
 * fragments.py does for tests in Python.
 */
void figures_write (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A number of the environment, or @otherwise. */
gint64 figures_setting (const char *name, gint64 otherwise);

G_END_DECLS
