/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-window.h"

G_BEGIN_DECLS

/* Opening documents and saving the experiment of the form. */

/* Asks for documents and opens them. */
void mill_open_choose (MillWindow *window);

/* Files that are dropped on the window are opened. */
void mill_open_accept_drops (MillWindow *window);

/* Opens one document: an experiment into the form, a result through the library, a lesson onto the
 * page of the lessons. What cannot be
 * opened is told in a dialog. */
void mill_open_file (MillWindow *window, GFile *file);

/* Asks where to, and writes the experiment of the form. */
void mill_open_save_experiment (MillWindow *window);

G_END_DECLS
