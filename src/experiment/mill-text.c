/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-text.h"

#define MAX_SHOWN_CHARACTERS 100
#define MAX_LOOKED_AT_BYTES (MAX_SHOWN_CHARACTERS * 6)

char *
mill_text_quote (const char *text)
{
  gsize length = strnlen (text, MAX_LOOKED_AT_BYTES);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_autoptr (GString) shown = g_string_new (NULL);
  const char *character = valid;

  for (int i = 0; *character != '\0' && i < MAX_SHOWN_CHARACTERS; i++) {
    gunichar code = g_utf8_get_char (character);
    g_string_append_unichar (shown, g_unichar_iscntrl (code) ? 0xfffd : code);
    character = g_utf8_next_char (character);
  }
  if (*character != '\0' || text[length] != '\0')
    g_string_append (shown, "…");
  return g_strdup_printf (_ ("“%s”"), shown->str);
}

guint
mill_text_columns (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }
  return width;
}
