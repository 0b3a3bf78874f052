/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* The box that says what the datum under the pointer or the cursor is. */

/**
 * mill_readout_add:
 * @hit: index of a hit of the layout's scene
 *
 * Marks the datum and writes its text into a box beside it, inside of the image and never over
 * the datum itself. The scene must be mirrored already.
 */
void mill_readout_add (MillLayout *layout, int hit);

/**
 * mill_readout_scene_new:
 * @scene: a chart
 * @hit: index of one of its hits
 * @base_px: its type size
 *
 * The same as a scene of its own, without background, to be painted over the chart: so that a
 * pointer that moves needs no new layout.
 *
 * Returns: (transfer full): as large as @scene
 */
MillScene *mill_readout_scene_new (const MillScene *scene,
                                   int hit,
                                   MillThemeId theme,
                                   MillTextMeasurer *measurer,
                                   double base_px,
                                   gboolean right_to_left);

G_END_DECLS
