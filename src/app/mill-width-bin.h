/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MILL_TYPE_WIDTH_BIN (mill_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (MillWidthBin, mill_width_bin, MILL, WIDTH_BIN, GtkWidget)

/* Holds the content of the window, asks for 360 pixels of width only, and tells from the width it
 * gets which layout fits. The widths grow with the type, so that a large one gets the layout of a
 * small window.
 *
 * Properties:
 *   "child" (GtkWidget)
 *   "folded" (gboolean, read): under 860 px
 *   "narrow" (gboolean, read): under 620 px
 */
gboolean mill_width_bin_get_folded (MillWidthBin *bin);
gboolean mill_width_bin_get_narrow (MillWidthBin *bin);

G_END_DECLS
