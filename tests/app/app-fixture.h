/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Starts a test program of the window: the user's folders are empty ones of its own. Those of the
 * system stay, GTK needs its icons and types. */
void app_fixture_init (int *argc, char ***argv);

/* Runs the tests and removes the folders. */
int app_fixture_run (void);

/* Drops the last reference of an object, and asserts that it was the last: at once, or as soon as
 * a thread that still reads for it has ended. */
void app_fixture_finalize (gpointer object);
