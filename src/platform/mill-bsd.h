/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "platform/mill-limits.h"

G_BEGIN_DECLS

/* What macOS and FreeBSD both answer through sysctl(3); only their modules use it. */

/**
 * mill_bsd_number:
 * @name: "hw.physmem"
 *
 * Returns: the number under that name, whatever its width; -1 where there is none
 */
gint64 mill_bsd_number (const char *name);

/**
 * mill_bsd_text:
 * @name: "hw.model"
 *
 * Returns: (transfer full): the text under that name, or NULL
 */
char *mill_bsd_text (const char *name);

/**
 * mill_bsd_limits:
 * @limits: (out): descriptors, ports and how long a port stays taken; the rest is unknown (-1)
 *
 * The limits that have the same names in both systems.
 */
void mill_bsd_limits (MillLimits *limits);

G_END_DECLS
