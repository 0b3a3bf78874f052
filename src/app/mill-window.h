/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-application.h"
#include "app/mill-experiment-page.h"
#include "app/mill-session.h"

G_BEGIN_DECLS

#define MILL_TYPE_WINDOW (mill_window_get_type ())
G_DECLARE_FINAL_TYPE (MillWindow, mill_window, MILL, WINDOW, AdwApplicationWindow)

/* The window. It alone watches its width, and tells it in two properties (read, notify); the
 * pages that have properties of these names follow them:
 *   "folded" (gboolean): under 860 px at 100 % text: side panes fold
 *   "narrow" (gboolean): under 620 px at 100 % text: the view switcher is at the bottom, margins
 *                        are 12, nothing scrolls sideways but tables
 */

/**
 * mill_window_new:
 * @library: (nullable): where results are kept
 *
 * Returns: (transfer floating): a window in the size and with the experiment of the last time
 */
MillWindow *mill_window_new (MillApplication *application, MillLibrary *library);

/**
 * mill_window_toast:
 * @text: one line, translated
 * @button: (nullable): the label of its button
 * @action: (nullable): what the button does, such as "win.undo" or "win.page::history"
 */
void
mill_window_toast (MillWindow *window, const char *text, const char *button, const char *action);

/**
 * mill_window_show_error:
 * @heading: what could not be done
 * @error: why, and what to do
 *
 * A dialog, for what the person must know; for small things use mill_window_toast().
 */
void mill_window_show_error (MillWindow *window, const char *heading, const GError *error);

/**
 * mill_window_show_document:
 * @document: from the library
 *
 * Opens a document on the results page, reading it first where it must.
 */
void mill_window_show_document (MillWindow *window, MillDocument *document);

/* (transfer none) (nullable) the document of the results page, while that is visible. */
MillDocument *mill_window_get_visible_document (MillWindow *window);

/* Compares results (element-type MillResult) on the results page; the first is the base. */
void mill_window_show_comparison (MillWindow *window, GPtrArray *results);

/* Opens an experiment in the form. */
void mill_window_show_experiment (MillWindow *window, const MillExperiment *experiment);

/**
 * mill_window_open_files:
 * @files: (array length=n_files): documents
 *
 * Opens documents, as `threadmill FILE…`: an experiment into the form, results into the library.
 */
void mill_window_open_files (MillWindow *window, GFile **files, int n_files);

/* Checks a teacher's own lesson, keeps a copy and shows it, or what is wrong with it. */
void mill_window_open_lesson (MillWindow *window, GFile *file);

/* "experiment", "results", "history", "learn": those that are there. */
void mill_window_show_page (MillWindow *window, const char *name);
const char *mill_window_get_page (MillWindow *window);

MillSession *mill_window_get_session (MillWindow *window);
/* (transfer none) (nullable) */
MillLibrary *mill_window_get_library (MillWindow *window);
MillExperimentPage *mill_window_get_experiment_page (MillWindow *window);
gboolean mill_window_get_narrow (MillWindow *window);
gboolean mill_window_get_folded (MillWindow *window);

G_END_DECLS
