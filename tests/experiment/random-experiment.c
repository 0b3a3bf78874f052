/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "random-experiment.h"

static gboolean
one_in (GRand *rand, int n)
{
  return g_rand_int_range (rand, 0, n) == 0;
}

/* Any number of digits, from 1 up to `max`. */
static gint64
random_count (GRand *rand, gint64 max)
{
  double exponent = g_rand_double_range (rand, 0, log10 ((double) max + 0.5));

  return CLAMP ((gint64) pow (10, exponent), 1, max);
}

static double
random_seconds (GRand *rand, double max)
{
  /* As people write them, and as they come out of a computation. */
  if (one_in (rand, 2))
    return g_rand_int_range (rand, 1, (int) (max * 100)) / 100.0;
  return g_rand_double_range (rand, 1e-9, max);
}

static char *
random_text (GRand *rand)
{
  static const char *const pieces[] = { "a",  "Z",  "0", " ", "'",  "\"",   "\\", "$(x)",
                                        "`",  "!",  "*", "ä", "世", "\t",   "=",  ",",
                                        "--", "\n", "%", "#", "~",  "{\"}", "@",  "<b>" };
  GString *text = g_string_new (NULL);
  int n_pieces = g_rand_int_range (rand, 0, 12);

  for (int i = 0; i < n_pieces; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static GBytes *
random_body (GRand *rand)
{
  char *text;
  guint8 bytes[32];

  if (one_in (rand, 2)) {
    text = random_text (rand);
    return g_bytes_new_take (text, strlen (text));
  }
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
  return g_bytes_new (bytes, (gsize) g_rand_int_range (rand, 0, G_N_ELEMENTS (bytes)));
}

static MillModelSpec
random_model (GRand *rand, MillWorkloadKind workload)
{
  MillModelSpec spec = { .kind = MILL_MODEL_SYNC };

  do
    spec.kind = (MillModelKind) g_rand_int_range (rand, 0, MILL_N_MODELS);
  while (!mill_model_is_available (spec.kind) ||
         mill_model_parameters (spec.kind, workload) == MILL_PARAMETERS_UNSUPPORTED);
  spec.workers = 1;
  spec.in_flight = 1;
  switch (mill_model_parameters (spec.kind, workload)) {
  case MILL_PARAMETERS_N:
    spec.workers = (int) random_count (rand, 256);
    if (spec.kind == MILL_MODEL_HYBRID || spec.kind == MILL_MODEL_MULTIPROCESS)
      spec.in_flight = 0;
    break;
  case MILL_PARAMETERS_C:
    spec.in_flight = (int) random_count (rand, MILL_MAX_IN_FLIGHT);
    break;
  case MILL_PARAMETERS_C_PER_B:
    spec.in_flight = (int) random_count (rand, MILL_MAX_IN_FLIGHT) - 1;
    spec.batch = (int) random_count (rand, MILL_MAX_REQUESTS);
    break;
  case MILL_PARAMETERS_T_BY_C:
    spec.workers = (int) random_count (rand, 256);
    spec.in_flight = (int) random_count (rand, MILL_MAX_IN_FLIGHT / 256);
    break;
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    break;
  }
  return spec;
}

static void
randomise_server (GRand *rand, MillServerSettings *server)
{
  server->delay_s = random_seconds (rand, 5);
  if (one_in (rand, 2)) {
    server->distribution =
        one_in (rand, 2) ? MILL_DISTRIBUTION_UNIFORM : MILL_DISTRIBUTION_LOG_NORMAL;
    server->jitter_s = one_in (rand, 5) ? 0 : server->delay_s * g_rand_double (rand);
  }
  if (one_in (rand, 3))
    server->body_size_bytes = random_count (rand, MILL_MAX_ANSWER_BYTES) - 1;
  if (one_in (rand, 3))
    server->error_rate = g_rand_double (rand);
  if (one_in (rand, 3))
    server->drop_rate = g_rand_double (rand);
}

static void
randomise_http (GRand *rand, MillExperiment *experiment)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "M-SEARCH", "!#$%&'*+.^_`|~" };
  static const char *const urls[] = { "http://127.0.0.1:8080/", "https://example.org/a?b='c'&d=%20",
                                      "http://[::1]/ä", "http://user:word@localhost:1/#x" };

  if (one_in (rand, 3)) {
    int n_urls = one_in (rand, 2) ? 1 : g_rand_int_range (rand, 2, 6);
    experiment->urls = g_new0 (char *, n_urls + 1);
    for (int i = 0; i < n_urls; i++)
      experiment->urls[i] = g_strdup (urls[g_rand_int_range (rand, 0, G_N_ELEMENTS (urls))]);
  } else {
    randomise_server (rand, &experiment->server);
  }
  g_free (experiment->method);
  experiment->method = g_strdup (methods[g_rand_int_range (rand, 0, G_N_ELEMENTS (methods))]);
  if (one_in (rand, 3)) {
    g_strfreev (experiment->headers);
    experiment->headers = g_strsplit ("X-One: it's \"1\"|X-Two:|Accept: text/html, */*;q=0.1", "|",
                                      g_rand_int_range (rand, 1, 4));
  }
  if (one_in (rand, 3))
    experiment->body = random_body (rand);
  experiment->keep_alive = !one_in (rand, 3);
  experiment->after = (MillAfter) g_rand_int_range (rand, 0, 4);
  if (experiment->after == MILL_AFTER_JSON)
    experiment->server.body_size_bytes = -1;
  if (one_in (rand, 2))
    experiment->timeout_s = random_seconds (rand, 100);
  experiment->use_proxy = one_in (rand, 4);
}

/* Values that every model of `experiment` can have. */
static void
randomise_sweep (GRand *rand, MillExperiment *experiment)
{
  gboolean server = experiment->workload == MILL_WORKLOAD_HTTP && experiment->urls == NULL;
  double value = g_rand_int_range (rand, 1, 50);

  /* Answers of a set size are no JSON. */
  server = server && experiment->after != MILL_AFTER_JSON;
  experiment->sweep = server && one_in (rand, 2) ? MILL_SWEEP_BODY_SIZE : MILL_SWEEP_REQUESTS;
  for (int i = 0; i < g_rand_int_range (rand, 1, 10); i++, value *= 2)
    g_array_append_val (experiment->sweep_values, value);
}

static void
randomise_measurement (GRand *rand, MillExperiment *experiment)
{
  experiment->requests = random_count (rand, MILL_MAX_REQUESTS);
  experiment->requests_set = one_in (rand, 2);
  if (one_in (rand, 3))
    experiment->duration_s = random_seconds (rand, 1000);
  if (one_in (rand, 4) && experiment->workload == MILL_WORKLOAD_HTTP)
    experiment->rate = random_seconds (rand, 10000);
  if (one_in (rand, 3))
    experiment->warmup = random_count (rand, 1000);
  experiment->repetitions = (int) random_count (rand, 20);
  if (one_in (rand, 2))
    experiment->seed = ((guint64) g_rand_int (rand) << 32) | g_rand_int (rand);
  if (one_in (rand, 3))
    randomise_sweep (rand, experiment);
  else if (experiment->duration_s <= 0 && experiment->rate <= 0 && one_in (rand, 3)) {
    g_autofree char *model = mill_model_spec_to_string (
        &g_array_index (experiment->models, MillModelSpec, 0), experiment->workload);
    mill_experiment_set_projection (experiment, model, random_count (rand, experiment->requests));
  }
  experiment->allow_remote_load = one_in (rand, 4);
}

MillExperiment *
random_experiment_new (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  MillExperiment *experiment = mill_experiment_new ();
  int n_models = g_rand_int_range (rand, 1, 6);

  experiment->workload = one_in (rand, 4) ? MILL_WORKLOAD_CPU : MILL_WORKLOAD_HTTP;
  for (int i = 0; i < n_models; i++) {
    MillModelSpec spec = random_model (rand, experiment->workload);
    g_array_append_val (experiment->models, spec);
  }
  if (experiment->workload == MILL_WORKLOAD_HTTP)
    randomise_http (rand, experiment);
  else
    experiment->rounds = (int) random_count (rand, MILL_MAX_ROUNDS);
  randomise_measurement (rand, experiment);
  if (one_in (rand, 3)) {
    experiment->name = random_text (rand);
    g_strdelimit (experiment->name, "\t\n", '_');
  }
  return experiment;
}
