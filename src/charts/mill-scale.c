/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-scale.h"

#include <math.h>

/* Beyond this a double cannot tell one tick from the next, and nothing is measured. */
#define LARGEST 1e300
#define SMALLEST 1e-300

static double
finite_or (double value, double fallback)
{
  if (!isfinite (value))
    return fallback;
  return fabs (value) < SMALLEST ? 0.0 : CLAMP (value, -LARGEST, LARGEST);
}

MillScale
mill_scale_linear (double min, double max, double from_px, double to_px)
{
  MillScale scale = { FALSE, finite_or (min, 0.0), 0.0, from_px, to_px };

  scale.max = finite_or (max, scale.min);
  /* Also a domain so narrow that ticks would be the same double. */
  if (!(scale.max - scale.min > fabs (scale.min) * 1e-9 + SMALLEST))
    scale.max = scale.min + (scale.min == 0.0 ? 1.0 : fabs (scale.min) * 0.1);
  return scale;
}

MillScale
mill_scale_log (double min, double max, double from_px, double to_px)
{
  MillScale scale = { TRUE, 0.0, 0.0, from_px, to_px };

  scale.max = isfinite (max) && max > 0.0 ? CLAMP (max, SMALLEST * 100, LARGEST) : 1.0;
  scale.min = isfinite (min) && min > 0.0 ? MAX (min, SMALLEST) : scale.max / 10.0;
  if (scale.min > scale.max)
    scale.min = scale.max;
  if (scale.max / scale.min < 1.0 + 1e-9) {
    scale.min /= 2.0;
    scale.max *= 2.0;
  }
  return scale;
}

double
mill_scale_map (const MillScale *scale, double value)
{
  double share;

  if (!isfinite (value) || (scale->log && value <= 0.0))
    return scale->from_px;
  if (scale->log)
    share = (log (value) - log (scale->min)) / (log (scale->max) - log (scale->min));
  else
    share = (value - scale->min) / (scale->max - scale->min);
  /* Far outside is as good as just outside, and stays drawable. */
  share = CLAMP (share, -100.0, 100.0);
  return scale->from_px + share * (scale->to_px - scale->from_px);
}

double
mill_scale_map_clamped (const MillScale *scale, double value)
{
  return CLAMP (mill_scale_map (scale, value), MIN (scale->from_px, scale->to_px),
                MAX (scale->from_px, scale->to_px));
}

double
mill_scale_invert (const MillScale *scale, double position_px)
{
  double extent = scale->to_px - scale->from_px;
  double share = extent == 0.0 ? 0.0 : (position_px - scale->from_px) / extent;

  if (scale->log)
    return exp (log (scale->min) + share * (log (scale->max) - log (scale->min)));
  return scale->min + share * (scale->max - scale->min);
}

/* The smallest of 1, 2, 5, 10, 20, ... that is at least `least`. */
static double
step_at_least (double least)
{
  double power = pow (10.0, floor (log10 (least)));
  static const double factors[] = { 1.0, 2.0, 5.0, 10.0 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
    if (factors[i] * power >= least * (1.0 - 1e-9))
      return factors[i] * power;
  }
  return 10.0 * power;
}

/* The smallest step in base units of which about `max_ticks` fit into the domain. */
static double
linear_step (const MillScale *scale, int max_ticks, gboolean integers, double divisor)
{
  double step = step_at_least ((scale->max - scale->min) / divisor / max_ticks);

  if (integers && divisor == 1.0)
    step = MAX (step, 1.0);
  return step * divisor;
}

static void
append_linear (const MillScale *scale, double step, GArray *values)
{
  double first = ceil (scale->min / step - 1e-9);
  double last = floor (scale->max / step + 1e-9);

  for (double i = first; i <= last; i += 1.0) {
    double value = i * step;

    g_array_append_val (values, value);
  }
}

/* 10 to the power; in binary units 1, 10 and 100 of each: 100 KiB, then 1 MiB. */
static double
log_tick (double power, gboolean binary)
{
  double group = floor (power / 3.0);

  return binary && power > 0.0 ? pow (1024.0, group) * pow (10.0, power - 3.0 * group)
                               : pow (10.0, power);
}

/* Powers of ten, with `factors` between them. */
static void
append_log (const MillScale *scale,
            const double *factors,
            guint n_factors,
            double stride,
            gboolean binary,
            GArray *values)
{
  double first = floor (log10 (scale->min)) - 1.0;
  double last = ceil (log10 (scale->max)) + 1.0;

  for (double power = first; power <= last; power += 1.0) {
    if (stride > 1.0 && fmod (fabs (power), stride) != 0.0)
      continue;
    for (guint i = 0; i < n_factors; i++) {
      double value = factors[i] * log_tick (power, binary);

      if (value >= scale->min * (1.0 - 1e-9) && value <= scale->max * (1.0 + 1e-9))
        g_array_append_val (values, value);
    }
  }
}

static gboolean
log_ticks (const MillScale *scale, int max_ticks, gboolean binary, MillTicks *ticks)
{
  static const double factors[] = { 1.0, 2.0, 5.0 };
  static const double halves[] = { 1.0, 5.0 };
  double decades = log10 (scale->max) - log10 (scale->min);

  append_log (scale, factors, 3, 1.0, binary, ticks->values);
  if ((int) ticks->values->len <= max_ticks)
    return ticks->values->len >= 3;
  g_array_set_size (ticks->values, 0);
  append_log (scale, halves, 2, 1.0, binary, ticks->values);
  if ((int) ticks->values->len <= max_ticks)
    return ticks->values->len >= 2;
  for (double stride = 1.0; stride <= decades + 1.0; stride += 1.0) {
    g_array_set_size (ticks->values, 0);
    append_log (scale, factors, 1, stride, binary, ticks->values);
    if ((int) ticks->values->len <= max_ticks)
      return ticks->values->len >= 2;
  }
  return FALSE;
}

void
mill_scale_ticks (const MillScale *scale,
                  int max_ticks,
                  gboolean integers,
                  const MillAxisUnit *unit,
                  MillTicks *ticks)
{
  double divisor = unit && unit->divisor > 0.0 ? unit->divisor : 1.0;

  max_ticks = CLAMP (max_ticks, 2, 1000);
  ticks->values = g_array_new (FALSE, FALSE, sizeof (double));
  ticks->step = 0.0;
  /* A unit beyond the first that is no power of ten is one of bytes. */
  gboolean binary = divisor > 1.0 && fmod (divisor, 1024.0) == 0.0;

  if (scale->log && log_ticks (scale, max_ticks, binary, ticks))
    return;

  /* Linear, or a log domain too short for 1-2-5. Depending on where the domain begins a step may
   * give one tick too many, then the next one is taken. */
  double step = linear_step (scale, max_ticks, integers, divisor);
  do {
    g_array_set_size (ticks->values, 0);
    append_linear (scale, step, ticks->values);
    ticks->step = step;
    step = step_at_least (step / divisor * 1.5) * divisor;
  } while ((int) ticks->values->len > max_ticks);
  if (ticks->values->len == 0) {
    double value = integers ? ceil (scale->min) : scale->min;

    value = value > scale->max ? scale->min : value;
    g_array_append_val (ticks->values, value);
  }
}

void
mill_ticks_clear (MillTicks *ticks)
{
  g_clear_pointer (&ticks->values, g_array_unref);
}

void
mill_scale_nice (MillScale *scale, int max_ticks)
{
  if (scale->log) {
    static const double factors[] = { 1.0, 2.0, 5.0, 10.0 };
    double low = pow (10.0, floor (log10 (scale->min) + 1e-9));
    double high = pow (10.0, floor (log10 (scale->max) - 1e-9));

    for (guint i = G_N_ELEMENTS (factors); i-- > 0;) {
      if (factors[i] * low <= scale->min * (1.0 + 1e-9)) {
        scale->min = factors[i] * low;
        break;
      }
    }
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
      if (factors[i] * high >= scale->max * (1.0 - 1e-9)) {
        scale->max = factors[i] * high;
        break;
      }
    }
    return;
  }
  double step = linear_step (scale, max_ticks, FALSE, 1.0);
  scale->min = floor (scale->min / step + 1e-9) * step;
  scale->max = ceil (scale->max / step - 1e-9) * step;
}
