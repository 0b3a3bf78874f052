/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-color.h"

#include <math.h>

static guint8
mix_channel (guint8 a, guint8 b, double share)
{
  return (guint8) lround (a + (b - a) * CLAMP (share, 0.0, 1.0));
}

MillColor
mill_color_mix (MillColor a, MillColor b, double share)
{
  return (MillColor){
    mix_channel (a.red, b.red, share),
    mix_channel (a.green, b.green, share),
    mix_channel (a.blue, b.blue, share),
    mix_channel (a.alpha, b.alpha, share),
  };
}

MillColor
mill_color_with_alpha (MillColor color, double alpha)
{
  color.alpha = (guint8) lround (CLAMP (alpha, 0.0, 1.0) * 255.0);
  return color;
}

/* The linear light of an sRGB channel, as WCAG 2.1 defines it. */
static double
linear_channel (guint8 channel)
{
  double value = channel / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
relative_luminance (MillColor color)
{
  return 0.2126 * linear_channel (color.red) + 0.7152 * linear_channel (color.green) +
         0.0722 * linear_channel (color.blue);
}

double
mill_color_contrast (MillColor a, MillColor b)
{
  double first = relative_luminance (a);
  double second = relative_luminance (b);

  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

gboolean
mill_color_equal (MillColor a, MillColor b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}
