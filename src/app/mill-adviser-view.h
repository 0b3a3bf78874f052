/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-library.h"
#include "lessons/mill-adviser.h"

G_BEGIN_DECLS

#define MILL_TYPE_ADVISER_VIEW (mill_adviser_view_get_type ())
G_DECLARE_FINAL_TYPE (MillAdviserView, mill_adviser_view, MILL, ADVISER_VIEW, GtkWidget)

/* "Which model for me?": one question after another, then what was measured of it.
 *
 * Signal "run" (MillExperiment *): the person wants to run the experiment that decides
 */

/* (transfer floating) at the first question. */
GtkWidget *mill_adviser_view_new (void);

/* (nullable) where the evidence is. */
void mill_adviser_view_set_library (MillAdviserView *view, MillLibrary *library);

/* As by a click: FALSE where that is no answer to the present question. */
gboolean mill_adviser_view_answer (MillAdviserView *view, const char *answer);

/* (transfer none) (nullable) once all is answered and the evidence is read. */
const MillRecommendation *mill_adviser_view_get_recommendation (MillAdviserView *view);

/* Concludes again: the history has changed. */
void mill_adviser_view_refresh (MillAdviserView *view);

G_END_DECLS
