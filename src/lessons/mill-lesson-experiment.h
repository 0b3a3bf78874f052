/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson-fields.h"

G_BEGIN_DECLS

/**
 * mill_lesson_read_experiment:
 * @fields: what holds the member "experiment"
 * @base: (nullable): the lesson's experiment, which a follow-up changes
 *
 * Reads an experiment: a whole one, a preset with changes, or the changes of a follow-up. They
 * are merged as RFC 7386 says: members replace those of the same name, null takes one away.
 * What a lesson may not do is refused: read or write a file of its own choice, or load a foreign
 * host beyond what needs no permission.
 *
 * Returns: (transfer full) (nullable): the experiment; %NULL after a complaint
 */
MillExperiment *mill_lesson_read_experiment (const MillFields *fields, const MillExperiment *base);

G_END_DECLS
