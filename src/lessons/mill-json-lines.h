/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the values of a JSON document stand in its text, so that a fault found in a value can
 * be shown to the person who wrote it. */
typedef struct _MillJsonLines MillJsonLines;

/**
 * mill_json_lines_new:
 * @text: a document that mill_json_scan() found well-formed
 * @length: how many bytes
 *
 * Returns: (transfer full): the places of all its values
 */
MillJsonLines *mill_json_lines_new (const char *text, gsize length);
void mill_json_lines_free (MillJsonLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillJsonLines, mill_json_lines_free)

/**
 * mill_json_lines_find:
 * @path: "outcomes[2].when[0].figure"; "" is the document
 * @line: (out): from 1
 * @column: (out): from 1, in characters
 *
 * Of a member, the place of its name; where @path is not there, of the nearest value around it.
 *
 * Returns: whether exactly @path is there
 */
gboolean
mill_json_lines_find (const MillJsonLines *lines, const char *path, guint *line, guint *column);

G_END_DECLS
