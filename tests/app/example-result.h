/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "result/mill-result.h"

G_BEGIN_DECLS

/* (transfer full) a summarised result of sync and main-loop:80, five repetitions each, where the
 * loop's times are multiplied by @factor. */
MillResult *example_result_new (const char *name, double factor);

/* (transfer full) an empty folder of its own, and how it goes again. */
GFile *example_folder_new (void);
void example_folder_remove (GFile *folder);

/* Turns the main loop until @condition, at most a minute. */
typedef gboolean (*ExampleCondition) (gpointer data);
void example_wait (ExampleCondition condition, gpointer data);

G_END_DECLS
