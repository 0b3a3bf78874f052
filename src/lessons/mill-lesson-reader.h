/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-lesson.h"

G_BEGIN_DECLS

/**
 * mill_lesson_read:
 * @bytes: the document
 * @translate: whether its texts are the program's own, so that they have translations
 * @problems: (out): as in mill_lesson_load_file()
 *
 * Returns: (transfer full) (nullable): the lesson
 */
MillLesson *mill_lesson_read (GBytes *bytes, gboolean translate, GPtrArray **problems);

G_END_DECLS
