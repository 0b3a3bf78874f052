/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_SERIES_SWATCH (mill_series_swatch_get_type ())
G_DECLARE_FINAL_TYPE (MillSeriesSwatch, mill_series_swatch, MILL, SERIES_SWATCH, GtkWidget)

/* A small square in the colour that a model has in the charts of a result. */

/**
 * mill_series_swatch_new:
 * @result: not kept
 * @model: of that result
 *
 * Returns: (transfer floating)
 */
GtkWidget *mill_series_swatch_new (const MillResult *result, const MillModelResult *model);

G_END_DECLS
