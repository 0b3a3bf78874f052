/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-export-private.h"

/* Characters that end a literal, a line or an HTML script are written as numbers. */
static gboolean
is_plain (gunichar character)
{
  return character >= 0x20 && character < 0x7f && strchr ("\"'\\<>&`$", (int) character) == NULL;
}

char *
mill_export_quote_javascript (const char *value)
{
  GString *text = g_string_new ("\"");

  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (is_plain (character)) {
      g_string_append_c (text, (char) character);
    } else if (character < 0x10000) {
      g_string_append_printf (text, "\\u%04x", character);
    } else {
      guint32 rest = character - 0x10000;
      g_string_append_printf (text, "\\u%04x\\u%04x", 0xd800 + (rest >> 10),
                              0xdc00 + (rest & 0x3ff));
    }
  }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

char *
mill_export_quote_python (const char *value)
{
  GString *text = g_string_new ("\"");

  for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (is_plain (character))
      g_string_append_c (text, (char) character);
    else
      g_string_append_printf (text, character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
  }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

void
mill_export_add_note (const MillExportLoad *load, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (load->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The bound is somebody's text. */
void
mill_export_add_bound_note (const MillExportLoad *load,
                            const MillThreshold *threshold,
                            const char *why)
{
  g_autofree char *quoted = mill_export_quote_python (threshold->text);

  mill_export_add_note (load, "The bound %s: %s.", quoted, why);
}

const char *
mill_export_operator (MillComparison comparison)
{
  static const char *const texts[] = { "<", "<=", ">", ">=" };

  return texts[comparison];
}

static void
append_comment (GString *text, const char *prefix, const char *line)
{
  g_autofree char *whole = g_strconcat (prefix, line, NULL);

  g_string_append_printf (text, "%s\n", g_strchomp (whole));
}

static void
append_notes (GString *text, const GPtrArray *notes, const char *prefix)
{
  for (guint i = 0; i < notes->len; i++) {
    g_auto (GStrv) lines = g_strsplit (g_ptr_array_index (notes, i), "\n", -1);

    for (guint j = 0; lines[j] != NULL; j++) {
      g_autofree char *line = g_strconcat (j == 0 ? "- " : "  ", lines[j], NULL);
      append_comment (text, prefix, line);
    }
  }
}

void
mill_export_append_head (GString *text, const MillExportLoad *load, const char *prefix)
{
  const MillExperiment *experiment = load->experiment;
  const char *name = experiment->name != NULL ? experiment->name : "an experiment";
  /* As a literal: a name with a line break must not leave the comment. */
  g_autofree char *quoted = mill_export_quote_python (name);
  g_autofree char *origin =
      g_strdup_printf ("Written by Threadmill " MILL_VERSION " from %s,", quoted);
  g_autofree char *in_flight = g_strdup_printf ("with the requests in flight of the model %s: %d.",
                                                load->model, load->in_flight);

  append_comment (text, prefix, origin);
  append_comment (text, prefix, in_flight);
  append_comment (text, prefix, "");
  append_comment (text, prefix,
                  "A load needs permission: run this only against a host that is "
                  "yours, or whose owner");
  append_comment (text, prefix, "agreed to it.");
  append_comment (text, prefix, "");
  if (load->serve_command != NULL) {
    g_autofree char *command = g_strconcat ("    ", load->serve_command, NULL);
    append_comment (text, prefix,
                    "The target is Threadmill's built-in server. Start it first, on "
                    "the same machine:");
    append_comment (text, prefix, command);
    append_comment (text, prefix, "BASE_URL in the environment names another server.");
    append_comment (text, prefix, "");
  }
  append_comment (text, prefix, "Not the same as in Threadmill:");
  append_notes (text, load->notes, prefix);
  append_comment (text, prefix, "");
}

void
mill_export_append_items (GString *text, GStrv items, const MillExportSyntax *syntax)
{
  for (guint i = 0; items[i] != NULL; i++) {
    g_autofree char *quoted = syntax->quote (items[i]);

    g_string_append_printf (text, "%s%s,\n", syntax->indent, quoted);
  }
}

typedef struct {
  char *name;
  char *value;
} Header;

static void
header_free (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static Header *
find_header (const GPtrArray *headers, const char *name)
{
  for (guint i = 0; i < headers->len; i++) {
    Header *header = g_ptr_array_index (headers, i);

    if (g_ascii_strcasecmp (header->name, name) == 0)
      return header;
  }
  return NULL;
}

static GPtrArray *
gather_headers (const MillExperiment *experiment)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func (header_free);

  for (guint i = 0; experiment->headers[i] != NULL; i++) {
    g_auto (GStrv) sides = g_strsplit (experiment->headers[i], ":", 2);
    const char *name = g_strstrip (sides[0]);
    const char *value = sides[1] != NULL ? g_strstrip (sides[1]) : "";
    Header *known = find_header (headers, name);

    if (known != NULL) {
      gboolean is_cookie = g_ascii_strcasecmp (name, "Cookie") == 0;
      char *joined = g_strjoin (is_cookie ? "; " : ", ", known->value, value, NULL);
      g_free (known->value);
      known->value = joined;
      continue;
    }
    Header *header = g_new0 (Header, 1);
    header->name = g_strdup (name);
    header->value = g_strdup (value);
    g_ptr_array_add (headers, header);
  }
  return headers;
}

void
mill_export_append_headers (GString *text,
                            const MillExperiment *experiment,
                            const MillExportSyntax *syntax)
{
  g_autoptr (GPtrArray) headers = gather_headers (experiment);

  for (guint i = 0; i < headers->len; i++) {
    const Header *header = g_ptr_array_index (headers, i);
    g_autofree char *name = syntax->quote (header->name);
    g_autofree char *value = syntax->quote (header->value);

    g_string_append_printf (text, "%s%s%s%s: %s,\n", syntax->indent, syntax->key_begin, name,
                            syntax->key_end, value);
  }
}

gboolean
mill_export_body_is_binary (GBytes *body)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return length > 0 &&
         (memchr (data, '\0', length) != NULL || !g_utf8_validate (data, (gssize) length, NULL));
}

char *
mill_export_body (GBytes *body, const MillExportSyntax *syntax)
{
  gsize length;
  const char *data;

  if (body == NULL)
    return g_strdup (syntax->none);
  data = g_bytes_get_data (body, &length);
  if (mill_export_body_is_binary (body)) {
    g_autofree char *base64 = g_base64_encode ((const guchar *) data, length);
    return g_strdup_printf ("%s(\"%s\")", syntax->base64, base64);
  }
  g_autofree char *copy = g_strndup (length > 0 ? data : "", length);
  g_autofree char *quoted = syntax->quote (copy);
  return g_strconcat (quoted, syntax->bytes_end, NULL);
}
