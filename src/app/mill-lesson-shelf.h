/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lessons/mill-lesson.h"

G_BEGIN_DECLS

#define MILL_TYPE_LESSON_SHELF (mill_lesson_shelf_get_type ())
G_DECLARE_FINAL_TYPE (MillLessonShelf, mill_lesson_shelf, MILL, LESSON_SHELF, GObject)

/* The lessons of the program in the order of the course, then those of the teacher, which stand
 * in a folder of the user's.
 *
 * Signal "changed": there are other lessons
 */

/**
 * mill_lesson_shelf_new:
 * @folder: (nullable): of the teacher's lessons, made when the first is added; NULL: the user's,
 *   g_get_user_data_dir()/threadmill/lessons
 *
 * Returns: (transfer full): a shelf that begins to read its folder at once, off the main thread
 */
MillLessonShelf *mill_lesson_shelf_new (GFile *folder);

guint mill_lesson_shelf_get_n (MillLessonShelf *shelf);
/* (transfer none) */
MillLesson *mill_lesson_shelf_get (MillLessonShelf *shelf, guint index);
/* Whether it is the teacher's, which can be removed. */
gboolean mill_lesson_shelf_is_own (MillLessonShelf *shelf, guint index);
/* -1 where there is none. */
int mill_lesson_shelf_find (MillLessonShelf *shelf, const char *id);

/**
 * mill_lesson_shelf_add_async:
 * @file: a lesson, from anywhere
 *
 * Checks a lesson and puts a copy into the folder, off the main thread. One with the same id takes
 * the place of the teacher's older one; those of the program stay.
 */
void mill_lesson_shelf_add_async (MillLessonShelf *shelf,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer data);

/**
 * mill_lesson_shelf_add_finish:
 * @problems: (out) (transfer full) (element-type MillLessonProblem): what is wrong with it; NULL
 *   where nothing is
 * @error: where it could not be read or copied; not set where there are problems
 *
 * Returns: its id, or NULL
 */
const char *mill_lesson_shelf_add_finish (MillLessonShelf *shelf,
                                          GAsyncResult *result,
                                          GPtrArray **problems,
                                          GError **error);

/* Removes one of the teacher's: its file goes to the trash, or is deleted where there is none. */
void mill_lesson_shelf_remove (MillLessonShelf *shelf, guint index);

/* Whether a file says that it is a lesson; reads a little of it, blocks. */
gboolean mill_lesson_file_is_lesson (GFile *file, GCancellable *cancellable);

G_END_DECLS
