/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  MILL_WEIGHT_NORMAL,
  MILL_WEIGHT_BOLD,
} MillWeight;

typedef struct {
  double width_px, ascent_px, descent_px;
} MillTextExtents;

/* How wide a text is. Two of them: pangocairo with fixed resolution and hinting off, and one
 * with a fixed advance for tests that must not depend on fonts. Remembers what it measured.
 * Not thread-safe: one per thread. */
typedef struct _MillTextMeasurer MillTextMeasurer;

/**
 * mill_text_measurer_new_pango:
 * @family: (nullable): a font family; NULL: sans
 */
MillTextMeasurer *mill_text_measurer_new_pango (const char *family);
/* Every character is 0.55 (bold 0.6) of the size wide, wide ones the double. */
MillTextMeasurer *mill_text_measurer_new_fixed (void);
void mill_text_measurer_free (MillTextMeasurer *measurer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTextMeasurer, mill_text_measurer_free)

/* The family that it measures; "sans" for the fixed one. */
const char *mill_text_measurer_get_family (const MillTextMeasurer *measurer);

void mill_text_measure (MillTextMeasurer *measurer,
                        const char *text,
                        double size_px,
                        MillWeight weight,
                        MillTextExtents *extents);
double
mill_text_width (MillTextMeasurer *measurer, const char *text, double size_px, MillWeight weight);

/**
 * mill_text_elide:
 * @max_width_px: what there is
 * @middle: leave out the middle instead of the end (for names that differ at their end)
 *
 * Cuts at grapheme boundaries.
 *
 * Returns: (transfer full): the text, or as much of it as fits and "…"; "" where not even that
 *   fits
 */
char *mill_text_elide (MillTextMeasurer *measurer,
                       const char *text,
                       double size_px,
                       MillWeight weight,
                       double max_width_px,
                       gboolean middle);

/**
 * mill_text_wrap:
 * @max_lines: the last line is elided
 *
 * Breaks at spaces; a word that does not fit is elided.
 *
 * Returns: (transfer full): lines
 */
GStrv mill_text_wrap (MillTextMeasurer *measurer,
                      const char *text,
                      double size_px,
                      MillWeight weight,
                      double max_width_px,
                      guint max_lines);

G_END_DECLS
