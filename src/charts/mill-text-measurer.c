/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-text-measurer.h"

#include <pango/pango.h>

#include "charts/mill-font.h"

#define ELLIPSIS "…"
/* Names come from documents; beyond this they would only cost memory. */
#define MAX_REMEMBERED 20000

struct _MillTextMeasurer {
  char *family;
  PangoContext *context;  /* NULL: fixed advances */
  GHashTable *remembered; /* Key → MillTextExtents */
};

typedef struct {
  char *text;
  double size_px;
  MillWeight weight;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) ^ (guint) (key->size_px * 64.0) ^ ((guint) key->weight << 31);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *first = a;
  const Key *second = b;

  return first->size_px == second->size_px && first->weight == second->weight &&
         g_str_equal (first->text, second->text);
}

static void
key_free (gpointer data)
{
  Key *key = data;

  g_free (key->text);
  g_free (key);
}

static MillTextMeasurer *
measurer_new (const char *family, PangoContext *context)
{
  MillTextMeasurer *measurer = g_new0 (MillTextMeasurer, 1);

  measurer->family = g_strdup (family ? family : "sans");
  measurer->context = context;
  measurer->remembered = g_hash_table_new_full (key_hash, key_equal, key_free, g_free);
  return measurer;
}

MillTextMeasurer *
mill_text_measurer_new_pango (const char *family)
{
  return measurer_new (family, mill_font_context_new ());
}

MillTextMeasurer *
mill_text_measurer_new_fixed (void)
{
  return measurer_new (NULL, NULL);
}

void
mill_text_measurer_free (MillTextMeasurer *measurer)
{
  if (!measurer)
    return;
  g_free (measurer->family);
  g_clear_object (&measurer->context);
  g_hash_table_unref (measurer->remembered);
  g_free (measurer);
}

const char *
mill_text_measurer_get_family (const MillTextMeasurer *measurer)
{
  return measurer->family;
}

static void
measure_fixed (const char *text, double size_px, MillWeight weight, MillTextExtents *extents)
{
  double advance = weight == MILL_WEIGHT_BOLD ? 0.6 : 0.55;
  double characters = 0.0;

  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (g_unichar_iszerowidth (character))
      continue;
    characters += g_unichar_iswide (character) ? 2.0 : 1.0;
  }
  *extents = (MillTextExtents){ characters * advance * size_px, 0.95 * size_px, 0.25 * size_px };
}

static void
measure_pango (MillTextMeasurer *measurer,
               const char *text,
               double size_px,
               MillWeight weight,
               MillTextExtents *extents)
{
  g_autoptr (PangoLayout) layout =
      mill_font_layout_new (measurer->context, measurer->family, text, size_px, weight);
  PangoRectangle logical;
  int baseline = pango_layout_get_baseline (layout);

  pango_layout_get_extents (layout, NULL, &logical);
  extents->width_px = (double) logical.width / PANGO_SCALE;
  extents->ascent_px = (double) (baseline - logical.y) / PANGO_SCALE;
  extents->descent_px = (double) (logical.y + logical.height - baseline) / PANGO_SCALE;
}

void
mill_text_measure (MillTextMeasurer *measurer,
                   const char *text,
                   double size_px,
                   MillWeight weight,
                   MillTextExtents *extents)
{
  const Key key = { (char *) text, size_px, weight };
  const MillTextExtents *known = g_hash_table_lookup (measurer->remembered, &key);

  if (known) {
    *extents = *known;
    return;
  }
  if (measurer->context)
    measure_pango (measurer, text, size_px, weight, extents);
  else
    measure_fixed (text, size_px, weight, extents);
  if (g_hash_table_size (measurer->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (measurer->remembered);
  Key *owned = g_new (Key, 1);
  *owned = (Key){ g_strdup (text), size_px, weight };
  g_hash_table_insert (measurer->remembered, owned, g_memdup2 (extents, sizeof *extents));
}

double
mill_text_width (MillTextMeasurer *measurer, const char *text, double size_px, MillWeight weight)
{
  MillTextExtents extents;

  mill_text_measure (measurer, text, size_px, weight, &extents);
  return extents.width_px;
}

/* Byte offsets at which the text may be cut, the end among them. */
static GArray *
grapheme_ends (const char *text)
{
  int n_characters = (int) g_utf8_strlen (text, -1);
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, n_characters + 1);
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  const char *at = text;

  pango_get_log_attrs (text, -1, -1, NULL, attributes, n_characters + 1);
  for (int i = 0; i <= n_characters; i++) {
    if (attributes[i].is_cursor_position || i == n_characters) {
      gsize end = (gsize) (at - text);

      g_array_append_val (ends, end);
    }
    if (i < n_characters)
      at = g_utf8_next_char (at);
  }
  return ends;
}

/* The text with all but `kept` of its `n` graphemes replaced by an ellipsis. */
static char *
cut_to (const char *text, const GArray *ends, guint kept, gboolean middle)
{
  guint n = ends->len - 1;
  guint head = middle ? (kept + 1) / 2 : kept;
  guint tail = kept - head;
  g_autofree char *start = g_strndup (text, g_array_index (ends, gsize, head));

  g_strchomp (start);
  return g_strconcat (start, ELLIPSIS, text + g_array_index (ends, gsize, n - tail), NULL);
}

char *
mill_text_elide (MillTextMeasurer *measurer,
                 const char *text,
                 double size_px,
                 MillWeight weight,
                 double max_width_px,
                 gboolean middle)
{
  if (mill_text_width (measurer, text, size_px, weight) <= max_width_px)
    return g_strdup (text);
  if (mill_text_width (measurer, ELLIPSIS, size_px, weight) > max_width_px)
    return g_strdup ("");

  g_autoptr (GArray) ends = grapheme_ends (text);
  guint fits = 0;
  guint too_many = ends->len - 1;
  while (too_many - fits > 1) {
    guint kept = (fits + too_many) / 2;
    g_autofree char *candidate = cut_to (text, ends, kept, middle);

    if (mill_text_width (measurer, candidate, size_px, weight) <= max_width_px)
      fits = kept;
    else
      too_many = kept;
  }
  return cut_to (text, ends, fits, middle);
}

GStrv
mill_text_wrap (MillTextMeasurer *measurer,
                const char *text,
                double size_px,
                MillWeight weight,
                double max_width_px,
                guint max_lines)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_lines = 0;
  guint n_words = g_strv_length (words);

  for (guint i = 0; i < n_words; i++) {
    g_autofree char *longer =
        line->len > 0 ? g_strconcat (line->str, " ", words[i], NULL) : g_strdup (words[i]);

    if (n_lines + 1 < max_lines && line->len > 0 &&
        mill_text_width (measurer, longer, size_px, weight) > max_width_px) {
      g_autofree char *fitting =
          mill_text_elide (measurer, line->str, size_px, weight, max_width_px, FALSE);
      g_strv_builder_add (lines, fitting);
      n_lines++;
      g_string_assign (line, words[i]);
    } else {
      g_string_assign (line, longer);
    }
  }
  if (line->len > 0 && max_lines > 0) {
    g_autofree char *fitting =
        mill_text_elide (measurer, line->str, size_px, weight, max_width_px, FALSE);
    g_strv_builder_add (lines, fitting);
  }
  return g_strv_builder_end (lines);
}
