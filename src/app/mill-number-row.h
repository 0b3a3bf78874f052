/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MILL_TYPE_NUMBER_ROW (mill_number_row_get_type ())
G_DECLARE_FINAL_TYPE (MillNumberRow, mill_number_row, MILL, NUMBER_ROW, AdwActionRow)

/* A number in a form. Unlike a spin button it keeps every number exactly as it was set, and says
 * in place what is wrong with a text instead of taking it back.
 *
 * Properties (read, write):
 *   "value" (double): the number; not changed by a text that cannot be read
 *   "min", "max" (double): what is accepted
 *   "whole" (gboolean): no fractions
 *   "positive" (gboolean): above 0
 *   "optional" (gboolean): an empty text is the value -1
 *   "hint" (string): what the number is and its unit, under the title
 *   "placeholder" (string): what an empty optional text means
 *
 * Signal "changed": the person changed the text.
 */

/**
 * mill_number_row_new:
 * @title: translated
 * @hint: (nullable): under the title, with the unit
 *
 * Returns: (transfer floating): a row for a whole number
 */
GtkWidget *mill_number_row_new (const char *title, const char *hint, double min, double max);

/* Shows `value`, whatever it is, and forgets what was typed. */
void mill_number_row_set_value (MillNumberRow *row, double value);
double mill_number_row_get_value (MillNumberRow *row);

/* Whether the text is a number in the range. */
gboolean mill_number_row_is_readable (MillNumberRow *row);

/* What is wrong with the value, under the title; NULL: nothing. What is wrong with the text has
 * precedence. */
void mill_number_row_set_problem (MillNumberRow *row, const char *message);

/* (transfer none) (nullable) what the row says is wrong. */
const char *mill_number_row_get_problem (MillNumberRow *row);

/* The text as if it was typed. */
void mill_number_row_set_text (MillNumberRow *row, const char *text);

G_END_DECLS
