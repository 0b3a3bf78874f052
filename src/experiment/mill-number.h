/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers in options and documents: decimal, in the C locale, the same on every system. */

/**
 * mill_number_parse_int:
 * @text: digits with an optional minus sign; nothing else, no blanks
 * @min: the smallest value that is accepted
 * @max: the largest value that is accepted
 * @value: (out): the number
 * @error: %MILL_ERROR_USAGE, saying what is expected instead of @text
 *
 * Reads a whole number. Hexadecimal, exponents and fractions are refused.
 *
 * Returns: whether @text is such a number
 */
gboolean
mill_number_parse_int (const char *text, gint64 min, gint64 max, gint64 *value, GError **error);

/**
 * mill_number_parse_uint64:
 * @text: decimal digits
 * @value: (out): the number
 * @error: %MILL_ERROR_USAGE
 *
 * Reads a whole number from 0 to 18446744073709551615: a seed.
 *
 * Returns: whether @text is such a number
 */
gboolean mill_number_parse_uint64 (const char *text, guint64 *value, GError **error);

/**
 * mill_number_parse_double:
 * @text: decimal digits with an optional minus sign, decimal point and exponent
 * @min: the smallest value that is accepted
 * @max: the largest value that is accepted
 * @value: (out): the number
 * @error: %MILL_ERROR_USAGE, saying what is expected instead of @text
 *
 * Reads a number. Hexadecimal, "nan", "inf" and numbers too large for a double are refused.
 *
 * Returns: whether @text is such a number
 */
gboolean
mill_number_parse_double (const char *text, double min, double max, double *value, GError **error);

/**
 * mill_number_to_string:
 * @value: a finite number
 *
 * Writes the shortest decimal number that reads back as exactly @value: 0.1, not
 * 0.10000000000000001.
 *
 * Returns: (transfer full): the number, in the C locale
 */
char *mill_number_to_string (double value);

/**
 * mill_number_group:
 * @number: a whole number
 *
 * Writes a number for people, not for options and documents.
 *
 * Returns: (transfer full): the number as the language groups it: 100,000
 */
char *mill_number_group (gint64 number);

/* As mill_number_to_string(), but grouped where it is a whole number. */
char *mill_number_group_double (double value);

G_END_DECLS
