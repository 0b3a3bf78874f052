/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-experiment.h"
#include "experiment/mill-number.h"
#include "experiment/mill-url.h"

/* How many, or from the fewest to the most of a sweep; `count` chooses the plural. */
static char *
requests_text (const MillExperiment *experiment, unsigned long *count)
{
  double least, most;

  *count = (unsigned long) experiment->requests;
  if (experiment->sweep_values->len < 2 ||
      !mill_experiment_get_sweep_range (experiment, MILL_SWEEP_REQUESTS, &least, &most))
    return mill_number_group (experiment->requests);
  *count = (unsigned long) most;
  g_autofree char *first = mill_number_group_double (least);
  g_autofree char *last = mill_number_group_double (most);
  return g_strdup_printf ("%s–%s", first, last);
}

static char *
describe_amount (const MillExperiment *experiment)
{
  g_autofree char *duration = mill_number_to_string (experiment->duration_s);
  unsigned long plural;
  g_autofree char *requests = requests_text (experiment, &plural);

  if (!mill_experiment_has_request_bound (experiment))
    return g_strdup_printf (_ ("requests for %s s"), duration);
  if (experiment->workload == MILL_WORKLOAD_CPU)
    return g_strdup_printf (ngettext ("%s URL to encode", "%s URLs to encode", plural), requests);
  return g_strdup_printf (ngettext ("%s request", "%s requests", plural), requests);
}

/* What the requests meet: the delay of the built-in server, or a host. */
static void
append_target (GString *text, const MillExperiment *experiment)
{
  if (experiment->workload == MILL_WORKLOAD_CPU) {
    if (experiment->rounds > 1)
      g_string_append_printf (
          text, ngettext (" × %d round", " × %d rounds", (unsigned long) experiment->rounds),
          experiment->rounds);
  } else if (experiment->urls == NULL) {
    g_autofree char *delay = mill_number_to_string (experiment->server.delay_s);
    if (experiment->server.delay_s > 0 && experiment->sweep != MILL_SWEEP_DELAY)
      g_string_append_printf (text, _ (" × %s s"), delay);
  } else if (experiment->urls[0] != NULL) {
    g_autofree char *host = mill_url_get_host (experiment->urls[0]);
    guint n_urls = g_strv_length (experiment->urls);
    if (n_urls > 1)
      g_string_append_printf (text, ngettext (" to %u URL", " to %u URLs", (unsigned long) n_urls),
                              n_urls);
    else
      g_string_append_printf (text, _ (" to %s"), host != NULL ? host : experiment->urls[0]);
  }
  if (experiment->rate > 0) {
    g_autofree char *rate = mill_number_group_double (experiment->rate);
    g_string_append_printf (text, _ (", %s per second"), rate);
  }
}

static void
append_models (GString *text, const MillExperiment *experiment)
{
  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autofree char *model = mill_model_spec_to_string (spec, experiment->workload);
    g_string_append (text, i == 0 ? " · " : ", ");
    g_string_append (text, model);
  }
}

/* The swept parameter as a person calls it. */
static const char *
sweep_word (MillSweep sweep)
{
  switch (sweep) {
  case MILL_SWEEP_REQUESTS:
    return _ ("requests");
  case MILL_SWEEP_DELAY:
    return _ ("delay");
  case MILL_SWEEP_BODY_SIZE:
    return _ ("body size");
  case MILL_SWEEP_RATE:
    return _ ("rate");
  case MILL_SWEEP_CONCURRENCY:
  case MILL_SWEEP_NONE:
  default:
    return _ ("concurrency");
  }
}

char *
mill_experiment_describe (const MillExperiment *experiment)
{
  g_autofree char *amount = describe_amount (experiment);
  GString *text = g_string_new (amount);

  append_target (text, experiment);
  append_models (text, experiment);
  if (experiment->sweep != MILL_SWEEP_NONE)
    g_string_append_printf (text,
                            ngettext (" · %s with %u value", " · %s with %u values",
                                      (unsigned long) experiment->sweep_values->len),
                            sweep_word (experiment->sweep), experiment->sweep_values->len);
  if (experiment->repetitions > 1)
    g_string_append_printf (
        text,
        ngettext (" · %d repetition", " · %d repetitions", (unsigned long) experiment->repetitions),
        experiment->repetitions);
  return g_string_free (text, FALSE);
}
