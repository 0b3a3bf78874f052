/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "experiment/mill-text.h"

/* Longer than any number that a person or this program writes. */
#define MAX_NUMBER_BYTES 64

gboolean
mill_number_parse_int (const char *text, gint64 min, gint64 max, gint64 *value, GError **error)
{
  /* GLib would accept a plus sign. */
  if ((*text == '-' || g_ascii_isdigit (*text)) &&
      g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;
  g_autofree char *shown = mill_text_quote (text);
  g_autofree char *low = mill_number_group (min);
  g_autofree char *high = mill_number_group (max);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("%s is no whole number from %s to %s, written in digits alone"), shown, low,
               high);
  return FALSE;
}

gboolean
mill_number_parse_uint64 (const char *text, guint64 *value, GError **error)
{
  if (g_ascii_isdigit (*text) && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL))
    return TRUE;
  g_autofree char *shown = mill_text_quote (text);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s is no whole number from %d to %" PRIu64),
               shown, 0, G_MAXUINT64);
  return FALSE;
}

gboolean
mill_number_parse_double (const char *text, double min, double max, double *value, GError **error)
{
  gsize length = strlen (text);
  char *end = NULL;
  double number = 0;

  /* No letter but the exponent's: strtod would take hexadecimal, "nan" and "infinity". */
  if (length > 0 && length <= MAX_NUMBER_BYTES && strspn (text, "+-.0123456789eE") == length &&
      *text != '+') {
    number = g_ascii_strtod (text, &end);
    if (*end == '\0' && isfinite (number) && number >= min && number <= max) {
      *value = number + 0.0; /* "-0" is zero */
      return TRUE;
    }
  }
  g_autofree char *shown = mill_text_quote (text);
  g_autofree char *low = mill_number_group_double (min);
  g_autofree char *high = mill_number_group_double (max);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s is no number from %s to %s"), shown, low,
               high);
  return FALSE;
}

char *
mill_number_to_string (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    double back;

    g_ascii_formatd (text, sizeof text, formats[i], value);
    back = g_ascii_strtod (text, NULL);
    if (back >= value && back <= value)
      break;
  }
  return g_strdup (text);
}

char *
mill_number_group (gint64 number)
{
  const struct lconv *conventions = localeconv ();
  const char *mark = conventions->thousands_sep;
  gssize first_digit = number < 0 ? 1 : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  if (*mark == '\0' || !g_utf8_validate (mark, -1, NULL))
    mark = g_str_equal (conventions->decimal_point, ",") ? "" : ",";
  g_string_printf (text, "%" PRId64, number);
  for (gssize at = (gssize) text->len - 3; at > first_digit; at -= 3)
    g_string_insert (text, at, mark);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mill_number_group_double (double value)
{
  /* Beyond that, a double is no exact whole number. */
  if (fabs (value) <= 1e15 && value <= floor (value) && value >= floor (value))
    return mill_number_group ((gint64) value);
  return mill_number_to_string (value);
}
