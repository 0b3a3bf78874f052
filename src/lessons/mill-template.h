/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson-private.h"

G_BEGIN_DECLS

/* Texts of a lesson with numbers in braces: {requests}, {delay}, or the name of a figure. */

/* The text of a named figure; NULL where it has no value. */
typedef char *(*MillTemplateLookup) (const char *name, gpointer data);

/**
 * mill_template_expand:
 * @text: with placeholders; one that is unknown stays as it is
 * @experiment: for the numbers of the experiment
 * @lookup: (nullable): for all other names
 *
 * Returns: (transfer full): the text with its numbers; "–" for a figure without a value
 */
char *mill_template_expand (const char *text,
                            const MillExperiment *experiment,
                            MillTemplateLookup lookup,
                            gpointer data);

/**
 * mill_template_check:
 * @text: with placeholders
 * @step: (nullable): whose figures may stand in it; %NULL for a text before the run
 *
 * Returns: (transfer full) (nullable): what is wrong with it, in words
 */
char *mill_template_check (const char *text, const MillLessonStep *step);

G_END_DECLS
