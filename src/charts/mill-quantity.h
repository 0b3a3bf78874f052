/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How numbers are written: files say "1,234.5", the window follows the locale. */
typedef struct {
  char decimal_mark[8]; /* UTF-8 */
  char group_mark[8];   /* between thousands; empty: none */
} MillNumberFormat;

/* What a number measures; values are in the base unit named here. */
typedef enum {
  MILL_UNIT_COUNT,
  MILL_UNIT_SECONDS,    /* written as s, ms, µs */
  MILL_UNIT_PERCENT,    /* 0 to 100 and more */
  MILL_UNIT_RATIO,      /* 20 × */
  MILL_UNIT_BYTES,      /* B, KiB, MiB, GiB */
  MILL_UNIT_PER_SECOND, /* requests per second */
  MILL_UNIT_BYTES_PER_SECOND,
} MillUnit;

/* "." and ",": what files carry. */
extern const MillNumberFormat mill_number_format_plain;

/**
 * mill_number_format_from_locale:
 * @format: (out): the marks of the process's locale; plain where it has none
 */
void mill_number_format_from_locale (MillNumberFormat *format);

/**
 * mill_quantity_number_to_string:
 * @decimals: digits after the mark, 0 to 9
 *
 * Returns: (transfer full): the number with thousands grouped from 1,000 on; "–" for NaN, "∞" for
 *   infinity, and a true minus sign
 */
char *mill_quantity_number_to_string (const MillNumberFormat *format, double value, int decimals);

/**
 * mill_quantity_to_string:
 * @value: in the base unit
 *
 * Three significant digits and the unit a person would choose: "0.41 s", "12.3 ms", "4,717",
 * "20 ×", "18 MiB", "95 %". From 100 s on whole seconds. A narrow no-break space stands before
 * the unit.
 *
 * Returns: (transfer full): "–" for NaN
 */
char *mill_quantity_to_string (const MillNumberFormat *format, double value, MillUnit unit);

/**
 * mill_quantity_given_to_string:
 * @value: what somebody asked for
 *
 * Returns: (transfer full): the value with the digits it was asked with: "0.5 s", "20 ms",
 *   "10 MB", "64 KiB", "5,000"
 */
char *mill_quantity_given_to_string (const MillNumberFormat *format, double value, MillUnit unit);

/**
 * mill_quantity_range_to_string:
 * @low: in the base unit
 * @high: not below @low
 *
 * An interval, both ends in the unit of @high and with the decimals that tell them apart:
 * "0.421 s to 0.424 s", where each alone would be "0.42 s".
 *
 * Returns: (transfer full): one value where both ends are the same
 */
char *mill_quantity_range_to_string (const MillNumberFormat *format,
                                     double low,
                                     double high,
                                     MillUnit unit);

/* The unit that an axis is written in. */
typedef struct {
  double divisor;  /* base units per written unit */
  char suffix[12]; /* "ms", "k", "MiB", "%"; empty: none */
} MillAxisUnit;

/**
 * mill_axis_unit_choose:
 * @largest: the largest absolute value on the axis, in the base unit
 */
MillAxisUnit mill_axis_unit_choose (MillUnit unit, double largest);

/**
 * mill_tick_to_string:
 * @step: the distance of ticks, which decides the decimals; 0 on a log axis
 *
 * Returns: (transfer full): "0", "2 s", "500 ms", "20 k": all ticks of an axis in one unit
 */
char *mill_tick_to_string (const MillNumberFormat *format,
                           double value,
                           double step,
                           MillUnit unit,
                           const MillAxisUnit *axis_unit);

G_END_DECLS
