/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "result/mill-result.h"

G_BEGIN_DECLS

#define MILL_TYPE_DETAILS (mill_details_get_type ())
G_DECLARE_FINAL_TYPE (MillDetails, mill_details, MILL, DETAILS, AdwWindow)

/* What lies behind a result: its warnings, every trial, and the machine it ran on. */

/**
 * mill_details_new:
 * @parent: (nullable): the window over which it is modal
 * @result: not kept
 *
 * Returns: (transfer none): a window, owned by GTK
 */
MillDetails *mill_details_new (GtkWindow *parent, const MillResult *result);

G_END_DECLS
