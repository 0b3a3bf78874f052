/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "charts/mill-scene.h"

G_BEGIN_DECLS

/**
 * mill_pattern_path:
 * @fill: what is drawn
 * @box: where
 *
 * Appends the lines or dots of a fill inside the box to the path, as closed shapes cut exactly at
 * the box, to be filled with the fill's ink. They lie on one grid for the whole image, so that
 * neighbours match, and stay vectors in every output.
 */
void mill_pattern_path (cairo_t *cr, const MillFill *fill, const MillBox *box);

G_END_DECLS
