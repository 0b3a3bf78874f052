/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-scene.h"

G_BEGIN_DECLS

#define MILL_TYPE_IMAGE_PREVIEW (mill_image_preview_get_type ())
G_DECLARE_FINAL_TYPE (MillImagePreview, mill_image_preview, MILL, IMAGE_PREVIEW, GtkWidget)

/* An image as it will be saved, scaled down to fit, with squares where it is transparent. */

/**
 * mill_image_preview_set_scene:
 * @scene: (nullable): a reference is taken
 * @transparent: without the background
 */
void
mill_image_preview_set_scene (MillImagePreview *preview, MillScene *scene, gboolean transparent);

G_END_DECLS
