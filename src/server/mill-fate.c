/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-fate.h"

#include <math.h>

#define PAUSES_PER_PERIOD 10

/* SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): one
 * step, which is a good hash of its state. */
static guint64
split_mix (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Uniform in [0, 1): the upper 53 bits. */
static double
uniform (guint64 *state)
{
  return (double) (split_mix (state) >> 11) * 0x1p-53;
}

/* Standard normal, by Box and Muller (1958). */
static double
normal (guint64 *state)
{
  double radius = sqrt (-2 * log (1 - uniform (state)));
  return radius * cos (2 * G_PI * uniform (state));
}

static double
draw_delay (const MillServerSettings *settings, guint64 *state)
{
  double mean = settings->delay_s, width = settings->jitter_s;
  if (width <= 0 || settings->distribution == MILL_DISTRIBUTION_FIXED ||
      settings->distribution == MILL_DISTRIBUTION_PAUSES)
    return mean;
  if (settings->distribution == MILL_DISTRIBUTION_UNIFORM)
    return MAX (0, mean + (2 * uniform (state) - 1) * width);
  if (mean <= 0)
    return 0;
  /* Mean m and standard deviation s of a log-normal: sigma^2 = ln (1 + s^2/m^2),
   * mu = ln m - sigma^2 / 2. */
  double variance = log (1 + (width * width) / (mean * mean));
  return exp (log (mean) - variance / 2 + sqrt (variance) * normal (state));
}

void
mill_fate_draw (const MillServerSettings *settings, guint64 seed, guint64 number, MillFate *fate)
{
  guint64 state = seed;
  state = split_mix (&state) + number;
  state = split_mix (&state);
  fate->drop = settings->drop_rate > 0 && uniform (&state) < settings->drop_rate;
  fate->error = settings->error_rate > 0 && uniform (&state) < settings->error_rate;
  fate->delay_s = draw_delay (settings, &state);
  fate->pause_us = settings->distribution == MILL_DISTRIBUTION_PAUSES
                       ? (gint64) (settings->jitter_s * G_USEC_PER_SEC)
                       : 0;
}

gint64
mill_fate_due_us (const MillFate *fate, gint64 now_us)
{
  gint64 due_us = now_us + (gint64) (fate->delay_s * G_USEC_PER_SEC);
  gint64 period_us = fate->pause_us * PAUSES_PER_PERIOD;
  if (period_us > 0 && due_us % period_us >= period_us - fate->pause_us)
    due_us += period_us - due_us % period_us;
  return due_us;
}
