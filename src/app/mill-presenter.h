/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-lesson-flow.h"
#include "app/mill-slide.h"

G_BEGIN_DECLS

#define MILL_TYPE_PRESENTER (mill_presenter_get_type ())
G_DECLARE_FINAL_TYPE (MillPresenter, mill_presenter, MILL, PRESENTER, GtkWindow)

/* The presenter's view: the whole screen, nothing but question, chart and sentence.
 *
 * Keys, as clickers send them: Page Down, Right, Down, Space and Return go on; Page Up, Left, Up
 * and BackSpace go back; Home and End; digits choose a prediction; period and B blank the screen;
 * Escape, F5 and F11 leave. On the replay Space plays, Left and Right step. */

typedef enum {
  MILL_SLIDE_QUESTION,
  MILL_SLIDE_PREDICTION,
  MILL_SLIDE_RUN,
  MILL_SLIDE_CHART,
  MILL_SLIDE_EXPLANATION,
  MILL_SLIDE_REPLAY,
} MillSlideKind;

/**
 * mill_presenter_new_for_lesson:
 * @parent: (nullable): the window it stands over
 *
 * Begins where the lesson is. The run begins when its page comes.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
MillPresenter *mill_presenter_new_for_lesson (GtkWindow *parent, MillLessonFlow *flow);

/**
 * mill_presenter_new_for_chart:
 * @spec: the chart to begin with; the other kinds that have data follow, then the replay
 * @sentence: (nullable): what the data show, plain
 */
MillPresenter *
mill_presenter_new_for_chart (GtkWindow *parent, MillChartSpec *spec, const char *sentence);

guint mill_presenter_get_n_slides (MillPresenter *presenter);
/* From 0. */
guint mill_presenter_get_place (MillPresenter *presenter);
MillSlideKind mill_presenter_get_kind (MillPresenter *presenter);
/* (transfer none): the page, where it is not the replay. */
MillSlide *mill_presenter_get_slide (MillPresenter *presenter);

/* What a key does; FALSE where it does nothing. */
gboolean mill_presenter_press (MillPresenter *presenter, guint key);

G_END_DECLS
