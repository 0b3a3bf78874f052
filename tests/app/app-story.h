/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-application.h"
#include "app/mill-window.h"

/* What is done in a window that has just opened. */
typedef void (*AppStory) (MillApplication *application, MillWindow *window);

/* Runs the application whole, from its start to the end after its window was closed. */
void app_story_run (AppStory story);

/* Adds a test that does so. */
void app_story_add (const char *path, AppStory story);

/* Asserts that the content of the window needs no more than this; says what does. */
void app_story_assert_fits (MillWindow *window, int width_px);

/* The first widget of a type, depth first; or NULL. */
GtkWidget *app_story_find (GtkWidget *widget, const char *type);
