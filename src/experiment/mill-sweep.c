/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "experiment/mill-sweep.h"
#include "experiment/mill-text.h"

/* What the values of a parameter may be. */
typedef struct {
  double min;
  double max;
  gboolean whole;
} Range;

static Range
range_of (MillSweep sweep)
{
  switch (sweep) {
  case MILL_SWEEP_CONCURRENCY:
    return (Range){ 1, MILL_MAX_IN_FLIGHT, TRUE };
  case MILL_SWEEP_REQUESTS:
    return (Range){ 1, MILL_MAX_REQUESTS, TRUE };
  case MILL_SWEEP_BODY_SIZE:
    return (Range){ 0, MILL_MAX_ANSWER_BYTES, TRUE };
  case MILL_SWEEP_RATE:
    return (Range){ 0.001, MILL_MAX_RATE, FALSE };
  case MILL_SWEEP_DELAY:
  case MILL_SWEEP_NONE:
  default:
    return (Range){ 0, MILL_MAX_DELAY_S, FALSE };
  }
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
fail_without_values (GError **error)
{
  return fail (error, _ ("A sweep needs at least one value, for example 1,10,100"));
}

gboolean
mill_sweep_parse (const char *text, MillExperiment *experiment, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = g_strndup (text, equals != NULL ? (gsize) (equals - text) : 0);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) items = NULL;
  MillSweep sweep = MILL_SWEEP_NONE;

  if (equals == NULL || !mill_sweep_from_string (name, &sweep) || sweep == MILL_SWEEP_NONE) {
    g_autofree char *shown = mill_text_quote (text);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no sweep; write for example concurrency=1,10,100 (or requests, "
                    "delay, body-size, rate)"),
                 shown);
    return FALSE;
  }
  items = g_strsplit (equals + 1, ",", MILL_MAX_SWEEP_VALUES + 1);
  for (guint i = 0; items[i] != NULL; i++) {
    Range range = range_of (sweep);
    double value;

    if (i == MILL_MAX_SWEEP_VALUES) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("A sweep has at most %d values; choose fewer"), MILL_MAX_SWEEP_VALUES);
      return FALSE;
    }
    if (!mill_number_parse_double (g_strstrip (items[i]), range.min, range.max, &value, error))
      return FALSE;
    g_array_append_val (values, value);
  }
  if (values->len == 0)
    return fail_without_values (error);
  g_array_unref (experiment->sweep_values);
  experiment->sweep_values = g_steal_pointer (&values);
  experiment->sweep = sweep;
  return TRUE;
}

char *
mill_sweep_to_text (const MillExperiment *experiment)
{
  GString *text = g_string_new (mill_sweep_to_string (experiment->sweep));

  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    g_autofree char *value =
        mill_number_to_string (g_array_index (experiment->sweep_values, double, i));
    g_string_append_c (text, i == 0 ? '=' : ',');
    g_string_append (text, value);
  }
  return g_string_free (text, FALSE);
}

static gboolean
check_value (const MillExperiment *experiment, guint index, GError **error)
{
  double value = g_array_index (experiment->sweep_values, double, index);
  Range range = range_of (experiment->sweep);
  const char *name = mill_sweep_to_string (experiment->sweep);
  g_autofree char *text = mill_number_to_string (value);

  if (!(value >= range.min && value <= range.max) || (range.whole && value > floor (value))) {
    g_autofree char *low = mill_number_to_string (range.min);
    g_autofree char *high = mill_number_to_string (range.max);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 range.whole ? _ ("A sweep of %s takes whole numbers from %s to %s, not %s")
                             : _ ("A sweep of %s takes numbers from %s to %s, not %s"),
                 name, low, high, text);
    return FALSE;
  }
  for (guint i = 0; i < index; i++) {
    double other = g_array_index (experiment->sweep_values, double, i);
    if (other >= value && other <= value) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("The sweep has the value %s twice"),
                   text);
      return FALSE;
    }
  }
  if (experiment->sweep == MILL_SWEEP_DELAY &&
      experiment->server.distribution == MILL_DISTRIBUTION_UNIFORM &&
      experiment->server.jitter_s > value) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("The sweep has a delay of %s s, which is less than the jitter"), text);
    return FALSE;
  }
  return TRUE;
}

/* Every model but sync has a concurrency to vary, and must be able to have each value. */
static gboolean
check_concurrency (const MillExperiment *experiment, GError **error)
{
  gboolean applies = FALSE;

  for (guint m = 0; m < experiment->models->len; m++) {
    const MillModelSpec *model = &g_array_index (experiment->models, MillModelSpec, m);

    if (mill_model_parameters (model->kind, experiment->workload) == MILL_PARAMETERS_NONE)
      continue;
    applies = TRUE;
    for (guint v = 0; v < experiment->sweep_values->len; v++) {
      MillModelSpec swept = *model;
      if (!mill_model_spec_set_concurrency (
              &swept, (int) g_array_index (experiment->sweep_values, double, v), error))
        return FALSE;
    }
  }
  return applies || fail (error, _ ("No model here has a concurrency that a sweep could vary; add "
                                    "one such as thread-pool:20"));
}

gboolean
mill_sweep_check (const MillExperiment *experiment, GError **error)
{
  gboolean of_server =
      experiment->sweep == MILL_SWEEP_DELAY || experiment->sweep == MILL_SWEEP_BODY_SIZE;

  if (experiment->sweep == MILL_SWEEP_NONE)
    return TRUE;
  if (experiment->sweep_values->len == 0)
    return fail_without_values (error);
  if (experiment->sweep_values->len > MILL_MAX_SWEEP_VALUES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("A sweep has at most %d values; choose fewer"), MILL_MAX_SWEEP_VALUES);
    return FALSE;
  }
  if (experiment->workload == MILL_WORKLOAD_CPU &&
      (of_server || experiment->sweep == MILL_SWEEP_RATE))
    return fail (error, _ ("CPU-bound work has no delay, body size or rate to sweep"));
  if (of_server && experiment->urls != NULL)
    return fail (error,
                 _ ("Only the built-in server has a delay and a body size to sweep; a URL of "
                    "your own answers as it does"));
  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    if (!check_value (experiment, i, error))
      return FALSE;
  }
  return experiment->sweep != MILL_SWEEP_CONCURRENCY || check_concurrency (experiment, error);
}
