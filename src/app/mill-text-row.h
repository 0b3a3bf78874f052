/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_TEXT_ROW (mill_text_row_get_type ())
G_DECLARE_FINAL_TYPE (MillTextRow, mill_text_row, MILL, TEXT_ROW, AdwPreferencesRow)

/* Several lines of text in a form, under a title.
 *
 * Property "hint" (string): what is to be written, under the title
 * Signal "changed": the person changed the text
 */
void mill_text_row_set_text (MillTextRow *row, const char *text);
char *mill_text_row_dup_text (MillTextRow *row);

/* What is wrong, in the place of the hint; NULL: nothing. */
void mill_text_row_set_problem (MillTextRow *row, const char *message);

G_END_DECLS
