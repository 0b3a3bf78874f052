/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-model.h"
#include "experiment/mill-number.h"
#include "experiment/mill-text.h"
#include "experiment/mill-threshold.h"

#define MAX_VALUE 1e12

typedef struct {
  const char *name;
  double factor;
} Unit;

static const Unit second_units[] = { { "us", 1e-6 }, { "µs", 1e-6 }, { "ms", 1e-3 },
                                     { "s", 1 },     { "min", 60 },  { NULL, 0 } };
static const Unit millisecond_units[] = { { "us", 1e-3 }, { "µs", 1e-3 }, { "ms", 1 },
                                          { "s", 1e3 },   { "min", 6e4 }, { NULL, 0 } };
static const Unit rate_units[] = { { "", 1 }, { "/s", 1 }, { NULL, 0 } };
static const Unit share_units[] = { { "%", 1 }, { NULL, 0 } };

static const struct {
  const char *name;
  MillThresholdFigure figure;
} figures[] = {
  { "time", MILL_THRESHOLD_TIME },     { "throughput", MILL_THRESHOLD_THROUGHPUT },
  { "failed", MILL_THRESHOLD_FAILED }, { "min", MILL_THRESHOLD_MIN },
  { "mean", MILL_THRESHOLD_MEAN },     { "max", MILL_THRESHOLD_MAX },
};

static const Unit *
units_of (MillThresholdFigure figure)
{
  switch (figure) {
  case MILL_THRESHOLD_TIME:
    return second_units;
  case MILL_THRESHOLD_THROUGHPUT:
    return rate_units;
  case MILL_THRESHOLD_FAILED:
    return share_units;
  case MILL_THRESHOLD_MIN:
  case MILL_THRESHOLD_MEAN:
  case MILL_THRESHOLD_MAX:
  case MILL_THRESHOLD_PERCENTILE:
  default:
    return millisecond_units;
  }
}

static gboolean
parse_figure (const char *text, MillThreshold *threshold)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    if (g_str_equal (figures[i].name, text)) {
      threshold->figure = figures[i].figure;
      return TRUE;
    }
  }
  if (text[0] != 'p' || strspn (text + 1, G_CSET_DIGITS ".") != strlen (text + 1))
    return FALSE;
  threshold->figure = MILL_THRESHOLD_PERCENTILE;
  if (g_str_equal (text, "p999")) {
    threshold->percentile = 99.9;
    return TRUE;
  }
  return mill_number_parse_double (text + 1, 1, 99.99, &threshold->percentile, NULL);
}

static gboolean
is_model (const char *text)
{
  MillModelSpec spec;

  return mill_model_spec_parse (text, MILL_WORKLOAD_HTTP, &spec, NULL) ||
         mill_model_spec_parse (text, MILL_WORKLOAD_CPU, &spec, NULL);
}

/* "p95" or "MODEL.p95"; a dot may be part of a percentile too. */
static gboolean
parse_subject (const char *text, MillThreshold *threshold)
{
  if (parse_figure (text, threshold))
    return TRUE;
  for (const char *dot = strchr (text, '.'); dot != NULL; dot = strchr (dot + 1, '.')) {
    g_autofree char *model = g_strndup (text, (gsize) (dot - text));
    if (is_model (model) && parse_figure (dot + 1, threshold)) {
      threshold->model = g_steal_pointer (&model);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
parse_value (const char *text, MillThreshold *threshold)
{
  gsize length = strspn (text, G_CSET_DIGITS ".");
  g_autofree char *number = g_strndup (text, length);

  for (const Unit *unit = units_of (threshold->figure); unit->name != NULL; unit++) {
    if (!g_str_equal (unit->name, text + length))
      continue;
    if (!mill_number_parse_double (number, 0, MAX_VALUE, &threshold->value, NULL))
      return FALSE;
    threshold->value *= unit->factor;
    return TRUE;
  }
  return FALSE;
}

static const char *
example_of (MillThresholdFigure figure)
{
  switch (figure) {
  case MILL_THRESHOLD_TIME:
    return "time<2s";
  case MILL_THRESHOLD_THROUGHPUT:
    return "throughput>1000";
  case MILL_THRESHOLD_FAILED:
    return "failed<1%";
  case MILL_THRESHOLD_MIN:
  case MILL_THRESHOLD_MEAN:
  case MILL_THRESHOLD_MAX:
  case MILL_THRESHOLD_PERCENTILE:
  default:
    return "p95<200ms";
  }
}

MillThreshold *
mill_threshold_parse (const char *text, GError **error)
{
  g_autoptr (MillThreshold) threshold = g_new0 (MillThreshold, 1);
  gsize subject_length = strcspn (text, "<>");
  const char *operator_text = text + subject_length;
  g_autofree char *subject = g_strstrip (g_strndup (text, subject_length));
  g_autofree char *shown = mill_text_quote (text);
  g_autofree char *value = NULL;
  gboolean or_equal = *operator_text != '\0' && operator_text[1] == '=';

  threshold->text = g_strdup (text);
  if (*operator_text == '\0' || !parse_subject (subject, threshold)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no threshold; write a figure (time, throughput, failed, min, mean, "
                    "max, p50 to p99.99), < or >, and a value, for example p95<200ms"),
                 shown);
    return NULL;
  }
  if (*operator_text == '<')
    threshold->comparison = or_equal ? MILL_COMPARISON_LESS_OR_EQUAL : MILL_COMPARISON_LESS;
  else
    threshold->comparison = or_equal ? MILL_COMPARISON_GREATER_OR_EQUAL : MILL_COMPARISON_GREATER;
  value = g_strstrip (g_strdup (operator_text + (or_equal ? 2 : 1)));
  if (!parse_value (value, threshold)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s: the value must be a number with its unit, for example %s"), shown,
                 example_of (threshold->figure));
    return NULL;
  }
  return g_steal_pointer (&threshold);
}

void
mill_threshold_free (MillThreshold *threshold)
{
  g_free (threshold->text);
  g_free (threshold->model);
  g_free (threshold);
}

gboolean
mill_threshold_holds (const MillThreshold *threshold, double value)
{
  switch (threshold->comparison) {
  case MILL_COMPARISON_LESS:
    return value < threshold->value;
  case MILL_COMPARISON_LESS_OR_EQUAL:
    return value <= threshold->value;
  case MILL_COMPARISON_GREATER:
    return value > threshold->value;
  case MILL_COMPARISON_GREATER_OR_EQUAL:
  default:
    return value >= threshold->value;
  }
}
