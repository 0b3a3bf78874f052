/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-quantity.h"

#include <locale.h>
#include <math.h>

#define NO_BREAK_SPACE "\u00a0"
#define MINUS "\u2212"
/* Of an interval: what lies closer together is one value. */
#define MAX_DECIMALS 6

const MillNumberFormat mill_number_format_plain = { ".", "," };

/* The written forms of a unit, from the smallest. */
typedef struct {
  double divisor;
  const char *suffix;
} Step;

static const Step second_steps[] = { { 1e-6, "µs" }, { 1e-3, "ms" }, { 1.0, "s" } };
static const Step count_steps[] = { { 1.0, "" }, { 1e3, "k" }, { 1e6, "M" }, { 1e9, "G" } };
static const Step byte_steps[] = {
  { 1.0, "B" },
  { 1024.0, "KiB" },
  { 1024.0 * 1024.0, "MiB" },
  { 1024.0 * 1024.0 * 1024.0, "GiB" },
};
static const Step byte_rate_steps[] = {
  { 1.0, "B/s" },
  { 1024.0, "KiB/s" },
  { 1024.0 * 1024.0, "MiB/s" },
  { 1024.0 * 1024.0 * 1024.0, "GiB/s" },
};

/* The largest form of which there is at least `least`. */
static const Step *
choose_step (const Step *steps, guint n_steps, double magnitude, double least)
{
  const Step *chosen = steps;

  for (guint i = 1; i < n_steps; i++) {
    if (magnitude >= least * steps[i].divisor)
      chosen = &steps[i];
  }
  return chosen;
}

void
mill_number_format_from_locale (MillNumberFormat *format)
{
  const struct lconv *conventions = localeconv ();

  *format = mill_number_format_plain;
  if (conventions->decimal_point && *conventions->decimal_point &&
      g_utf8_validate (conventions->decimal_point, -1, NULL))
    g_strlcpy (format->decimal_mark, conventions->decimal_point, sizeof format->decimal_mark);
  if (conventions->thousands_sep && g_utf8_validate (conventions->thousands_sep, -1, NULL) &&
      *conventions->thousands_sep)
    g_strlcpy (format->group_mark, conventions->thousands_sep, sizeof format->group_mark);
  else if (g_strcmp0 (format->decimal_mark, format->group_mark) == 0)
    format->group_mark[0] = '\0';
}

char *
mill_quantity_number_to_string (const MillNumberFormat *format, double value, int decimals)
{
  char digits[400];
  char pattern[8];

  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : MINUS "∞");
  decimals = CLAMP (decimals, 0, 9);
  g_snprintf (pattern, sizeof pattern, "%%.%df", decimals);
  g_ascii_formatd (digits, sizeof digits, pattern, fabs (value));

  const char *mark = strchr (digits, '.');
  size_t whole = mark ? (size_t) (mark - digits) : strlen (digits);
  gboolean is_zero = strspn (digits, "0.") == strlen (digits);
  GString *text = g_string_new (value < 0 && !is_zero ? MINUS : NULL);
  for (size_t i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0)
      g_string_append (text, format->group_mark);
    g_string_append_c (text, digits[i]);
  }
  if (mark) {
    g_string_append (text, format->decimal_mark);
    g_string_append (text, mark + 1);
  }
  return g_string_free (text, FALSE);
}

/* Decimals for three significant digits, of a value written in its unit. */
static int
three_digits (double magnitude)
{
  if (magnitude >= 99.95)
    return 0;
  if (magnitude >= 9.995)
    return 1;
  return 2;
}

/* 18.0 says no more than 18 where it is a whole number. */
static int
decimals_without_zeros (double value, int decimals)
{
  double scaled = round (value * pow (10.0, decimals));

  while (decimals > 0 && fmod (scaled, 10.0) == 0.0) {
    scaled /= 10.0;
    decimals--;
  }
  return decimals;
}

/* How a value is written: what it is divided by, the unit and the decimals. */
typedef struct {
  double divisor;
  const char *suffix;
  int decimals;
} Written;

static Written
choose_written (double value, MillUnit unit)
{
  double magnitude = fabs (value);
  Written written = { 1.0, "", 0 };

  switch (unit) {
  case MILL_UNIT_SECONDS: {
    /* From a tenth on in seconds, as bars beside each other are compared in one unit. */
    const Step *step =
        magnitude >= 0.0995 || magnitude == 0.0
            ? &second_steps[2]
            : choose_step (second_steps, G_N_ELEMENTS (second_steps) - 1, magnitude, 0.9995);
    written = (Written){ step->divisor, step->suffix, 0 };
    written.decimals = magnitude == 0.0 ? 0 : three_digits (magnitude / step->divisor);
    break;
  }
  case MILL_UNIT_BYTES:
  case MILL_UNIT_BYTES_PER_SECOND: {
    const Step *steps = unit == MILL_UNIT_BYTES ? byte_steps : byte_rate_steps;
    const Step *step = choose_step (steps, G_N_ELEMENTS (byte_steps), magnitude, 1.0);
    double scaled = value / step->divisor;
    written = (Written){ step->divisor, step->suffix, 0 };
    written.decimals =
        step == steps ? 0 : decimals_without_zeros (scaled, three_digits (fabs (scaled)));
    break;
  }
  case MILL_UNIT_PERCENT:
    written.suffix = "%";
    written.decimals = magnitude >= 9.95 ? 0 : decimals_without_zeros (value, 1);
    break;
  case MILL_UNIT_RATIO:
    written.suffix = "×";
    written.decimals =
        magnitude >= 9.95 ? 0 : decimals_without_zeros (value, magnitude < 1.995 ? 2 : 1);
    /* What is not 1 does not read as 1. */
    if (fabs (magnitude - 1.0) < 0.005)
      written.decimals = decimals_without_zeros (value, 3);
    break;
  case MILL_UNIT_PER_SECOND:
    written.decimals =
        magnitude >= 99.95 ? 0 : decimals_without_zeros (value, magnitude < 0.995 ? 2 : 1);
    break;
  case MILL_UNIT_COUNT:
  default:
    written.decimals = decimals_without_zeros (value, three_digits (magnitude));
    break;
  }
  return written;
}

static char *
write_value (const MillNumberFormat *format, double value, const Written *written)
{
  g_autofree char *number =
      mill_quantity_number_to_string (format, value / written->divisor, written->decimals);

  return *written->suffix ? g_strconcat (number, NO_BREAK_SPACE, written->suffix, NULL)
                          : g_steal_pointer (&number);
}

char *
mill_quantity_to_string (const MillNumberFormat *format, double value, MillUnit unit)
{
  if (isnan (value))
    return g_strdup ("–");
  Written written = choose_written (value, unit);
  return write_value (format, value, &written);
}

/* The largest unit of which the value is a whole number: what was asked for as 10 MB is 10 MB, and
 * not 9.54 MiB. */
static Step
choose_given_bytes (double value)
{
  static const Step decimal_steps[] = { { 1e9, "GB" }, { 1e6, "MB" }, { 1e3, "kB" } };

  for (guint i = G_N_ELEMENTS (byte_steps) - 1; i > 0; i--) {
    if (value >= byte_steps[i].divisor && fmod (value, byte_steps[i].divisor) == 0.0)
      return byte_steps[i];
  }
  for (guint i = 0; i < G_N_ELEMENTS (decimal_steps); i++) {
    if (value >= decimal_steps[i].divisor && fmod (value, decimal_steps[i].divisor) == 0.0)
      return decimal_steps[i];
  }
  return byte_steps[0];
}

char *
mill_quantity_given_to_string (const MillNumberFormat *format, double value, MillUnit unit)
{
  Step step = { 1.0, "" };

  if (isnan (value))
    return g_strdup ("–");
  if (unit == MILL_UNIT_SECONDS)
    step = value > 0.0 && value < 0.0995 ? second_steps[1] : second_steps[2];
  else if (unit == MILL_UNIT_BYTES)
    step = choose_given_bytes (value);
  const Written written = { step.divisor, step.suffix,
                            decimals_without_zeros (value / step.divisor, MAX_DECIMALS) };
  return write_value (format, value, &written);
}

char *
mill_quantity_range_to_string (const MillNumberFormat *format,
                               double low,
                               double high,
                               MillUnit unit)
{
  if (isnan (low) || isnan (high))
    return g_strdup ("–");
  Written written = choose_written (high, unit);
  g_autofree char *from = write_value (format, low, &written);
  g_autofree char *to = write_value (format, high, &written);

  while (g_str_equal (from, to) && low < high && written.decimals < MAX_DECIMALS) {
    written.decimals++;
    g_free (from);
    g_free (to);
    from = write_value (format, low, &written);
    to = write_value (format, high, &written);
  }
  if (g_str_equal (from, to))
    return g_steal_pointer (&to);
  /* Translators: the ends of an interval, with their units. */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

MillAxisUnit
mill_axis_unit_choose (MillUnit unit, double largest)
{
  MillAxisUnit axis_unit = { 1.0, "" };
  const Step *step = NULL;
  double magnitude = isfinite (largest) ? fabs (largest) : 0.0;

  switch (unit) {
  case MILL_UNIT_SECONDS:
    step = magnitude > 0.0
               ? choose_step (second_steps, G_N_ELEMENTS (second_steps), magnitude, 0.9995)
               : &second_steps[2];
    break;
  case MILL_UNIT_BYTES:
    step = choose_step (byte_steps, G_N_ELEMENTS (byte_steps), magnitude, 1.0);
    break;
  case MILL_UNIT_BYTES_PER_SECOND:
    step = choose_step (byte_rate_steps, G_N_ELEMENTS (byte_rate_steps), magnitude, 1.0);
    break;
  case MILL_UNIT_COUNT:
  case MILL_UNIT_PER_SECOND:
    step = choose_step (count_steps, G_N_ELEMENTS (count_steps), magnitude, 100.0);
    break;
  case MILL_UNIT_PERCENT:
    g_strlcpy (axis_unit.suffix, "%", sizeof axis_unit.suffix);
    break;
  case MILL_UNIT_RATIO:
  default:
    g_strlcpy (axis_unit.suffix, "×", sizeof axis_unit.suffix);
    break;
  }
  if (step) {
    axis_unit.divisor = step->divisor;
    g_strlcpy (axis_unit.suffix, step->suffix, sizeof axis_unit.suffix);
  }
  return axis_unit;
}

/* As many decimals as tell one tick from the next. */
static int
tick_decimals (double written_step)
{
  if (!(written_step > 0.0) || written_step >= 1.0)
    return written_step > 0.0 && fabs (written_step - round (written_step)) > 1e-9 ? 1 : 0;
  return CLAMP ((int) ceil (-log10 (written_step) - 1e-9), 0, 9);
}

/* The unit of one tick alone: 10,000, then 100 k, then 1 M. On an axis as a whole, counts keep a
 * unit until there are a hundred of the next. */
static MillAxisUnit
tick_unit (MillUnit unit, double value)
{
  if (unit != MILL_UNIT_COUNT && unit != MILL_UNIT_PER_SECOND)
    return mill_axis_unit_choose (unit, value);
  return mill_axis_unit_choose (unit, value < 1e5 ? value : value * 100.0);
}

char *
mill_tick_to_string (const MillNumberFormat *format,
                     double value,
                     double step,
                     MillUnit unit,
                     const MillAxisUnit *axis_unit)
{
  if (step <= 0.0 && value > 0.0 && unit != MILL_UNIT_PERCENT && unit != MILL_UNIT_RATIO) {
    /* A log axis spans units: each tick takes its own. */
    MillAxisUnit own = tick_unit (unit, value * 1.0001);
    double written = value / own.divisor;
    int decimals = written >= 1.0 ? decimals_without_zeros (written, 2) : tick_decimals (written);
    g_autofree char *number = mill_quantity_number_to_string (format, written, decimals);
    return *own.suffix ? g_strconcat (number, NO_BREAK_SPACE, own.suffix, NULL)
                       : g_steal_pointer (&number);
  }
  double written = value / axis_unit->divisor;
  int decimals = step > 0.0      ? tick_decimals (step / axis_unit->divisor)
                 : written < 1.0 ? tick_decimals (fabs (written))
                                 : decimals_without_zeros (written, 2);
  g_autofree char *number = mill_quantity_number_to_string (format, written, decimals);
  if (value == 0.0)
    return g_strdup ("0");
  return *axis_unit->suffix ? g_strconcat (number, NO_BREAK_SPACE, axis_unit->suffix, NULL)
                            : g_steal_pointer (&number);
}
