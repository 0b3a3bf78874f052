/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_NOTE_ROW (mill_note_row_get_type ())
G_DECLARE_FINAL_TYPE (MillNoteRow, mill_note_row, MILL, NOTE_ROW, GtkListBoxRow)

/* The reason under a field that has no room for one of its own; invisible without text. */

/**
 * mill_note_row_set_text:
 * @field: (nullable): the widget that is wrong; it gets the style `error` and the state invalid
 * @text: (nullable): what is wrong; NULL: nothing
 */
void mill_note_row_set_text (MillNoteRow *row, GtkWidget *field, const char *text);

/* (transfer none) (nullable) what it says. */
const char *mill_note_row_get_text (MillNoteRow *row);

G_END_DECLS
