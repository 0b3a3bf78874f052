/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mill_json_scan:
 * @text: the bytes of a document
 * @length: how many
 * @max_depth: how deep objects and arrays may lie in each other
 * @position: (out): where the fault is, as an offset into @text
 *
 * Checks that @text is one JSON value (RFC 8259) before anything is built from it, without
 * recursion. Stricter than the standard where programs differ in what they read: a name may
 * appear once in an object; numbers must fit a double, whole numbers 64 bits; U+0000 and lone
 * surrogates are refused. Comments and the other extensions of parsers are refused too.
 *
 * Returns: (transfer full) (nullable): what is wrong, in words, or %NULL when it is well-formed
 */
char *mill_json_scan (const char *text, gsize length, guint max_depth, gsize *position);

/**
 * mill_json_find_position:
 * @text: the bytes of a document
 * @position: an offset into it, as from mill_json_scan()
 * @line: (out): from 1
 * @column: (out): from 1, in characters
 *
 * Says where an offset is, for messages.
 */
void mill_json_find_position (const char *text, gsize position, guint *line, guint *column);

G_END_DECLS
