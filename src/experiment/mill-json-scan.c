/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-json-scan.h"

#define MAX_DEPTH_EVER 64
#define MAX_NUMBER_BYTES 64
#define FNV_OFFSET G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME G_GUINT64_CONSTANT (0x100000001b3)

/* A member's name: its hash, and where it stands. Two names with one hash (FNV-1a, 64 bits)
 * count as equal: only a crafted document has them, and it is refused. */
typedef struct {
  guint64 hash;
  const char *at;
} Name;

typedef struct {
  const char *cursor;
  const char *start;
  const char *end;
  guint max_depth;
  guint depth;
  char brackets[MAX_DEPTH_EVER]; /* '{' or '[' of each open level */
  guint first_name[MAX_DEPTH_EVER];
  GArray *names; /* Name, of all objects that are open */
  char *problem;
  const char *problem_at;
} Scan;

static gboolean
fail (Scan *scan, const char *at, const char *problem)
{
  scan->problem = g_strdup (problem);
  scan->problem_at = at;
  return FALSE;
}

static gboolean
fail_unexpected (Scan *scan, const char *expected)
{
  if (scan->cursor == scan->end)
    return fail (scan, scan->cursor, _ ("the text ends in the middle"));
  scan->problem = g_strdup_printf (_ ("%s was expected here"), expected);
  scan->problem_at = scan->cursor;
  return FALSE;
}

static void
skip_blanks (Scan *scan)
{
  while (scan->cursor < scan->end && strchr (" \t\n\r", *scan->cursor) != NULL)
    scan->cursor++;
}

static gboolean
at (Scan *scan, char c)
{
  return scan->cursor < scan->end && *scan->cursor == c;
}

static gboolean
at_digit (Scan *scan)
{
  return scan->cursor < scan->end && g_ascii_isdigit (*scan->cursor);
}

/* Four hexadecimal digits; -1 where they are not. */
static gint32
take_hex (Scan *scan)
{
  gint32 value = 0;

  if (scan->end - scan->cursor < 4)
    return -1;
  for (int i = 0; i < 4; i++, scan->cursor++) {
    int digit = g_ascii_xdigit_value (*scan->cursor);
    if (digit < 0)
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

static guint64
hash_byte (guint64 hash, guint8 byte)
{
  return (hash ^ byte) * FNV_PRIME;
}

static guint64
hash_character (guint64 hash, gunichar character)
{
  char bytes[6];
  int n_bytes = g_unichar_to_utf8 (character, bytes);

  for (int i = 0; i < n_bytes; i++)
    hash = hash_byte (hash, (guint8) bytes[i]);
  return hash;
}

/* After "\u". */
static gboolean
take_unicode_escape (Scan *scan, guint64 *hash)
{
  const char *start = scan->cursor - 2;
  gint32 high = take_hex (scan);
  gint32 low;
  gunichar character;

  if (high < 0)
    return fail (scan, start, _ ("four hexadecimal digits must follow \\u"));
  if (high == 0)
    return fail (scan, start, _ ("the character U+0000 is not accepted"));
  character = (gunichar) high;
  if (high >= 0xd800 && high <= 0xdfff) {
    low = -1;
    if (high < 0xdc00 && scan->end - scan->cursor >= 6 && scan->cursor[0] == '\\' &&
        scan->cursor[1] == 'u') {
      scan->cursor += 2;
      low = take_hex (scan);
    }
    if (low < 0xdc00 || low > 0xdfff)
      return fail (scan, start, _ ("half of a surrogate pair stands alone"));
    character = 0x10000 + (((gunichar) high - 0xd800) << 10) + ((gunichar) low - 0xdc00);
  }
  *hash = hash_character (*hash, character);
  return TRUE;
}

static gboolean
take_escape (Scan *scan, guint64 *hash)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  scan->cursor++;
  if (scan->cursor == scan->end)
    return fail_unexpected (scan, "");
  if (*scan->cursor == 'u') {
    scan->cursor++;
    return take_unicode_escape (scan, hash);
  }
  letter = strchr (letters, *scan->cursor);
  if (letter == NULL)
    return fail (scan, scan->cursor - 1, _ ("there is no such escape"));
  *hash = hash_byte (*hash, (guint8) meanings[letter - letters]);
  scan->cursor++;
  return TRUE;
}

/* At the opening quotation mark. The text is known to be UTF-8 without U+0000. */
static gboolean
take_string (Scan *scan, guint64 *hash)
{
  const char *start = scan->cursor++;

  *hash = FNV_OFFSET;
  while (scan->cursor < scan->end) {
    guint8 byte = (guint8) *scan->cursor;

    if (byte == '"') {
      scan->cursor++;
      return TRUE;
    }
    if (byte < 0x20)
      return fail (scan, scan->cursor, _ ("a control character in a string must be escaped"));
    if (byte == '\\') {
      if (!take_escape (scan, hash))
        return FALSE;
      continue;
    }
    *hash = hash_byte (*hash, byte);
    scan->cursor++;
  }
  return fail (scan, start, _ ("this string has no end"));
}

static void
take_digits (Scan *scan)
{
  while (at_digit (scan))
    scan->cursor++;
}

static gboolean
take_number (Scan *scan)
{
  const char *start = scan->cursor;
  gboolean whole = TRUE;
  char text[MAX_NUMBER_BYTES + 1];
  gsize length;

  if (at (scan, '-'))
    scan->cursor++;
  if (!at_digit (scan))
    return fail_unexpected (scan, _ ("a digit"));
  if (at (scan, '0'))
    scan->cursor++;
  else
    take_digits (scan);
  if (at_digit (scan))
    return fail (scan, start, _ ("a number does not begin with 0"));
  if (at (scan, '.')) {
    whole = FALSE;
    scan->cursor++;
    if (!at_digit (scan))
      return fail_unexpected (scan, _ ("a digit"));
    take_digits (scan);
  }
  if (at (scan, 'e') || at (scan, 'E')) {
    whole = FALSE;
    scan->cursor++;
    if (at (scan, '+') || at (scan, '-'))
      scan->cursor++;
    if (!at_digit (scan))
      return fail_unexpected (scan, _ ("a digit"));
    take_digits (scan);
  }
  length = (gsize) (scan->cursor - start);
  if (length > MAX_NUMBER_BYTES)
    return fail (scan, start, _ ("this number has too many digits"));
  memcpy (text, start, length);
  text[length] = '\0';
  if (whole ? !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL)
            : !isfinite (g_ascii_strtod (text, NULL)))
    return fail (scan, start, _ ("this number is too large"));
  return TRUE;
}

static gboolean
take_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i]);
    if ((gsize) (scan->end - scan->cursor) >= length &&
        memcmp (scan->cursor, words[i], length) == 0) {
      scan->cursor += length;
      return TRUE;
    }
  }
  return fail_unexpected (scan, _ ("a value"));
}

static gboolean
open_bracket (Scan *scan)
{
  if (scan->depth == scan->max_depth) {
    scan->problem =
        g_strdup_printf (_ ("objects and arrays lie more than %u deep"), scan->max_depth);
    scan->problem_at = scan->cursor;
    return FALSE;
  }
  scan->brackets[scan->depth] = *scan->cursor++;
  scan->first_name[scan->depth] = scan->names->len;
  scan->depth++;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *first = a;
  const Name *second = b;

  if (first->hash != second->hash)
    return first->hash < second->hash ? -1 : 1;
  return first->at < second->at ? -1 : first->at > second->at;
}

static gboolean
close_bracket (Scan *scan)
{
  guint level = --scan->depth;
  guint first = scan->first_name[level];
  guint n_names = scan->names->len - first;

  scan->cursor++;
  if (scan->brackets[level] != '{' || n_names == 0)
    return TRUE;

  Name *names = &g_array_index (scan->names, Name, first);
  qsort (names, n_names, sizeof (Name), compare_names);
  for (guint i = 1; i < n_names; i++) {
    if (names[i].hash == names[i - 1].hash)
      return fail (scan, names[i].at, _ ("this name appears twice in one object"));
  }
  g_array_set_size (scan->names, first);
  return TRUE;
}

/* A name and its colon, inside an object. */
static gboolean
take_name (Scan *scan)
{
  Name name = { .at = scan->cursor };

  if (!at (scan, '"'))
    return fail_unexpected (scan, _ ("a name in quotation marks"));
  if (!take_string (scan, &name.hash))
    return FALSE;
  g_array_append_val (scan->names, name);
  skip_blanks (scan);
  if (!at (scan, ':'))
    return fail_unexpected (scan, _ ("a colon"));
  scan->cursor++;
  skip_blanks (scan);
  return TRUE;
}

/* A value, or the opening of one: then *opened is TRUE and its first value is next. */
static gboolean
take_value (Scan *scan, gboolean *opened)
{
  guint64 ignored;

  *opened = FALSE;
  if (at (scan, '{') || at (scan, '[')) {
    char closing = at (scan, '{') ? '}' : ']';
    if (!open_bracket (scan))
      return FALSE;
    skip_blanks (scan);
    if (at (scan, closing))
      return close_bracket (scan);
    *opened = TRUE;
    return closing == ']' || take_name (scan);
  }
  if (at (scan, '"'))
    return take_string (scan, &ignored);
  if (at (scan, '-') || at_digit (scan))
    return take_number (scan);
  return take_word (scan);
}

/* After a value: closes what ends here, or goes to the next value. */
static gboolean
take_after_value (Scan *scan)
{
  while (scan->depth > 0) {
    gboolean object = scan->brackets[scan->depth - 1] == '{';

    skip_blanks (scan);
    if (at (scan, ',')) {
      scan->cursor++;
      skip_blanks (scan);
      return !object || take_name (scan);
    }
    if (!at (scan, object ? '}' : ']'))
      return fail_unexpected (scan, object ? _ ("a comma or }") : _ ("a comma or ]"));
    if (!close_bracket (scan))
      return FALSE;
  }
  return TRUE;
}

static gboolean
scan_document (Scan *scan)
{
  skip_blanks (scan);
  if (scan->cursor == scan->end)
    return fail (scan, scan->cursor, _ ("there is nothing in it"));
  do {
    gboolean opened = TRUE;

    while (opened) {
      if (!take_value (scan, &opened))
        return FALSE;
    }
    if (!take_after_value (scan))
      return FALSE;
  } while (scan->depth > 0);
  skip_blanks (scan);
  if (scan->cursor != scan->end)
    return fail (scan, scan->cursor, _ ("something follows after the end of the document"));
  return TRUE;
}

char *
mill_json_scan (const char *text, gsize length, guint max_depth, gsize *position)
{
  const char *invalid = NULL;
  Scan scan = {
    .cursor = text,
    .start = text,
    .end = text + length,
    .max_depth = MIN (max_depth, MAX_DEPTH_EVER),
  };

  if (!g_utf8_validate_len (text, length, &invalid)) {
    *position = (gsize) (invalid - text);
    return g_strdup (_ ("this is not UTF-8 text"));
  }
  scan.names = g_array_new (FALSE, FALSE, sizeof (Name));
  if (!scan_document (&scan))
    *position = (gsize) (scan.problem_at - text);
  g_array_unref (scan.names);
  return scan.problem;
}

void
mill_json_find_position (const char *text, gsize position, guint *line, guint *column)
{
  gsize line_start = 0;

  *line = 1;
  for (gsize i = 0; i < position; i++) {
    if (text[i] == '\n') {
      ++*line;
      line_start = i + 1;
    }
  }
  *column = (guint) g_utf8_strlen (text + line_start, (gssize) (position - line_start)) + 1;
}
