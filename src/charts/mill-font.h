/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

#include "charts/mill-text-measurer.h"

G_BEGIN_DECLS

/* How text is set, the same for measuring and for every output: absolute sizes, no hinting, no
 * rounding of glyph positions, so that a text is as wide on paper as in the window. */

/**
 * mill_font_context_new:
 *
 * Returns: (transfer full): a context of this thread's font map
 */
PangoContext *mill_font_context_new (void);

/**
 * mill_font_layout_new:
 *
 * Returns: (transfer full): one line of text
 */
PangoLayout *mill_font_layout_new (
    PangoContext *context, const char *family, const char *text, double size_px, MillWeight weight);

G_END_DECLS
