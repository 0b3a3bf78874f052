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

/* Turns the main loop until a condition holds; the test fails where it does not within a time that
 * a loaded machine and a sanitizer do not need. */
#define app_fixture_wait_until(condition)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 app_fixture_deadline_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                \
    while (!(condition)) {                                                                         \
      g_assert_cmpint (g_get_monotonic_time (), <, app_fixture_deadline_us);                       \
      app_fixture_turn ();                                                                         \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

/* Handles what is pending in the main loop, or waits a little where nothing is. */
void app_fixture_turn (void);
