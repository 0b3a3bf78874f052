/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-quantity.h"

G_BEGIN_DECLS

/**
 * mill_time_to_string:
 * @value_s: seconds
 * @reference_s: the largest value beside it
 *
 * Durations that are to be compared with each other: all in the unit of the largest, and with as
 * many decimals as tell a thousandth of it ("207.4 ms" beside "308.1 ms", where
 * mill_quantity_to_string() would say "0.21 s").
 *
 * Returns: (transfer full): "–" for NaN
 */
char *mill_time_to_string (const MillNumberFormat *format, double value_s, double reference_s);

G_END_DECLS
