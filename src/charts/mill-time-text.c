/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-time-text.h"

#include <math.h>

char *
mill_time_to_string (const MillNumberFormat *format, double value_s, double reference_s)
{
  MillAxisUnit unit;
  double step;

  if (!isfinite (value_s) || !isfinite (reference_s) || reference_s <= 0.0)
    return mill_quantity_to_string (format, value_s, MILL_UNIT_SECONDS);
  unit = mill_axis_unit_choose (MILL_UNIT_SECONDS, reference_s);
  /* Clocks count microseconds: no more decimals than that. */
  step = MAX (pow (10.0, floor (log10 (reference_s)) - 3.0), 1e-6);
  return mill_tick_to_string (format, value_s, step, MILL_UNIT_SECONDS, &unit);
}
