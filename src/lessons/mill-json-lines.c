/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lessons/mill-json-lines.h"

/* A document may be hostile: deeper or longer paths are found by what is around them. */
#define MAX_PATH_BYTES 256

typedef struct {
  guint line;
  guint column;
} Place;

struct _MillJsonLines {
  GHashTable *places; /* path → Place */
};

typedef struct {
  const char *cursor;
  const char *end;
  guint line;
  const char *counted; /* up to where `column` was counted */
  guint column;
  GHashTable *places;
  GString *path;
} Walk;

static void
skip_blanks (Walk *walk)
{
  for (; walk->cursor < walk->end && g_ascii_isspace (*walk->cursor); walk->cursor++) {
    if (*walk->cursor == '\n') {
      walk->line++;
      walk->counted = walk->cursor + 1;
      walk->column = 1;
    }
  }
}

/* Notes that the value of the present path stands at `at`, which is not before the last one. */
static void
note_place (Walk *walk, const char *at)
{
  Place *place;

  walk->column += (guint) g_utf8_strlen (walk->counted, (gssize) (at - walk->counted));
  walk->counted = at;
  if (walk->path->len > MAX_PATH_BYTES)
    return;
  place = g_new (Place, 1);
  place->line = walk->line;
  place->column = walk->column;
  g_hash_table_insert (walk->places, g_strdup (walk->path->str), place);
}

/* At a quotation mark; leaves the cursor behind the closing one. */
static void
skip_string (Walk *walk)
{
  for (walk->cursor++; walk->cursor < walk->end && *walk->cursor != '"'; walk->cursor++) {
    if (*walk->cursor == '\\')
      walk->cursor++;
  }
  walk->cursor = MIN (walk->cursor + 1, walk->end);
}

/* At a name: takes it into the path, and goes to its value. */
static void
walk_name (Walk *walk)
{
  const char *start = walk->cursor;
  gsize length;

  skip_string (walk);
  length = (gsize) (walk->cursor - start) - 2;
  g_string_append (walk->path, walk->path->len > 0 ? "." : "");
  g_string_append_len (walk->path, start + 1, (gssize) MIN (length, MAX_PATH_BYTES));
  note_place (walk, start);
  skip_blanks (walk);
  walk->cursor = MIN (walk->cursor + 1, walk->end); /* the colon */
  skip_blanks (walk);
}

static void walk_value (Walk *walk);

/* At an opening bracket. The depth is bounded by mill_json_scan(). */
static void
walk_container (Walk *walk)
{
  gboolean object = *walk->cursor++ == '{';
  gsize length = walk->path->len;

  for (guint index = 0;; index++) {
    skip_blanks (walk);
    if (walk->cursor >= walk->end || *walk->cursor == '}' || *walk->cursor == ']')
      break;
    if (*walk->cursor == ',') {
      walk->cursor++;
      skip_blanks (walk);
    }
    if (object) {
      walk_name (walk);
    } else {
      g_string_append_printf (walk->path, "[%u]", index);
      note_place (walk, walk->cursor);
    }
    walk_value (walk);
    g_string_truncate (walk->path, length);
  }
  walk->cursor = MIN (walk->cursor + 1, walk->end);
}

static void
walk_value (Walk *walk)
{
  if (walk->cursor >= walk->end)
    return;
  if (*walk->cursor == '{' || *walk->cursor == '[')
    walk_container (walk);
  else if (*walk->cursor == '"')
    skip_string (walk);
  else
    while (walk->cursor < walk->end && strchr (" \t\r\n,]}", *walk->cursor) == NULL)
      walk->cursor++;
}

MillJsonLines *
mill_json_lines_new (const char *text, gsize length)
{
  MillJsonLines *lines = g_new0 (MillJsonLines, 1);
  Walk walk = { .cursor = text, .end = text + length, .line = 1, .counted = text, .column = 1 };

  lines->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  walk.places = lines->places;
  walk.path = g_string_new (NULL);
  skip_blanks (&walk);
  note_place (&walk, walk.cursor);
  walk_value (&walk);
  g_string_free (walk.path, TRUE);
  return lines;
}

void
mill_json_lines_free (MillJsonLines *lines)
{
  g_hash_table_unref (lines->places);
  g_free (lines);
}

gboolean
mill_json_lines_find (const MillJsonLines *lines, const char *path, guint *line, guint *column)
{
  g_autofree char *around = g_strdup (path);
  const Place *place;

  while ((place = g_hash_table_lookup (lines->places, around)) == NULL) {
    char *dot = strrchr (around, '.');
    char *bracket = strrchr (around, '[');
    char *cut = MAX (dot, bracket);

    *(cut != NULL ? cut : around) = '\0';
  }
  *line = place->line;
  *column = place->column;
  return g_str_equal (around, path);
}
