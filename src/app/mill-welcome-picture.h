/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MILL_TYPE_WELCOME_PICTURE (mill_welcome_picture_get_type ())
G_DECLARE_FINAL_TYPE (MillWelcomePicture, mill_welcome_picture, MILL, WELCOME_PICTURE, GtkWidget)

/* A small drawing in the colours of the models, for a card of the welcome.
 *
 * Property "motif" (int): 0 bars, 1 lanes, 2 lines
 */

G_END_DECLS
