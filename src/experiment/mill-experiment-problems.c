/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-http-syntax.h"
#include "experiment/mill-number.h"
#include "experiment/mill-sweep.h"
#include "experiment/mill-text.h"
#include "experiment/mill-url.h"

#define MAX_URL_PROBLEMS 10

static void
problem_free (gpointer data)
{
  MillProblem *problem = data;

  g_free (problem->message);
  g_free (problem);
}

/* Takes `message`. */
static void
add_problem (GPtrArray *problems, const char *field, char *message)
{
  MillProblem *problem = g_new0 (MillProblem, 1);

  problem->field = field;
  problem->message = message;
  g_ptr_array_add (problems, problem);
}

static void
add_error (GPtrArray *problems, const char *field, const GError *error)
{
  add_problem (problems, field, g_strdup (error->message));
}

/* `what` is the subject of a sentence. */
static gboolean
check_int (
    GPtrArray *problems, const char *field, const char *what, gint64 value, gint64 min, gint64 max)
{
  if (value >= min && value <= max)
    return TRUE;
  g_autofree char *low = mill_number_group (min);
  g_autofree char *high = mill_number_group (max);
  g_autofree char *given = mill_number_group (value);
  add_problem (problems, field,
               g_strdup_printf (_ ("%s must be from %s to %s, not %s"), what, low, high, given));
  return FALSE;
}

static gboolean
check_double (
    GPtrArray *problems, const char *field, const char *what, double value, double min, double max)
{
  if (value >= min && value <= max)
    return TRUE;
  g_autofree char *low = mill_number_group_double (min);
  g_autofree char *high = mill_number_group_double (max);
  g_autofree char *given = mill_number_group_double (value);
  add_problem (problems, field,
               g_strdup_printf (_ ("%s must be from %s to %s, not %s"), what, low, high, given));
  return FALSE;
}

static void
check_name (GPtrArray *problems, const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length > MILL_MAX_NAME_BYTES || (name != NULL && !g_utf8_validate (name, -1, NULL))) {
    add_problem (problems, "name",
                 g_strdup_printf (_ ("The name must be UTF-8 text of at most %d bytes"),
                                  MILL_MAX_NAME_BYTES));
    return;
  }
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_iscntrl (name[i])) {
      add_problem (problems, "name", g_strdup (_ ("The name must be one line of text")));
      return;
    }
  }
}

static void
check_urls (GPtrArray *problems, GStrv urls)
{
  guint n_urls = g_strv_length (urls);
  guint n_bad = 0;

  if (n_urls == 0)
    add_problem (problems, "urls",
                 g_strdup (_ ("The list of URLs is empty; it needs at least one URL, one a line")));
  if (n_urls > MILL_MAX_URLS) {
    g_autofree char *given = mill_number_group (n_urls);
    g_autofree char *most = mill_number_group (MILL_MAX_URLS);
    add_problem (problems, "urls",
                 g_strdup_printf (_ ("There are %s URLs; at most %s are possible"), given, most));
  }
  for (guint i = 0; i < MIN (n_urls, MILL_MAX_URLS); i++) {
    g_autoptr (GError) error = NULL;
    if (!mill_url_check (urls[i], &error) && ++n_bad <= MAX_URL_PROBLEMS)
      add_error (problems, "urls", error);
  }
}

static void
check_server (GPtrArray *problems, const MillServerSettings *server)
{
  gboolean delay_valid = check_double (problems, "delay_s", _ ("The delay in seconds"),
                                       server->delay_s, 0, MILL_MAX_DELAY_S);
  gboolean jitter_valid = check_double (problems, "jitter_s", _ ("The jitter in seconds"),
                                        server->jitter_s, 0, MILL_MAX_DELAY_S);

  if (delay_valid && jitter_valid && server->jitter_s > 0) {
    if (server->distribution == MILL_DISTRIBUTION_FIXED)
      add_problem (
          problems, "distribution",
          g_strdup (_ ("A fixed delay has no jitter; choose uniform, log-normal or pauses")));
    else if (server->distribution == MILL_DISTRIBUTION_UNIFORM &&
             server->jitter_s > server->delay_s)
      add_problem (problems, "jitter_s",
                   g_strdup (_ ("The jitter must not be larger than the delay, or answers would "
                                "come before they are asked for")));
    else if (server->distribution == MILL_DISTRIBUTION_LOG_NORMAL && server->delay_s <= 0)
      add_problem (problems, "jitter_s",
                   g_strdup (_ ("A log-normal delay needs a mean delay above 0")));
  }
  check_int (problems, "body_size_bytes", _ ("The body size in bytes"), server->body_size_bytes, -1,
             MILL_MAX_ANSWER_BYTES);
  check_double (problems, "error_rate", _ ("The share of errors"), server->error_rate, 0, 1);
  check_double (problems, "drop_rate", _ ("The share of dropped connections"), server->drop_rate, 0,
                1);
}

static void
check_request (GPtrArray *problems, const MillExperiment *experiment)
{
  guint n_headers = g_strv_length (experiment->headers);
  g_autoptr (GError) method_error = NULL;

  if (!mill_http_method_check (experiment->method, &method_error))
    add_error (problems, "method", method_error);
  if (n_headers > MILL_MAX_HEADERS)
    add_problem (problems, "headers",
                 g_strdup_printf (_ ("There are %u headers; at most %d are possible"), n_headers,
                                  MILL_MAX_HEADERS));
  for (guint i = 0; i < MIN (n_headers, MILL_MAX_HEADERS); i++) {
    g_autoptr (GError) error = NULL;
    if (!mill_http_header_check (experiment->headers[i], &error))
      add_error (problems, "headers", error);
  }
  if (experiment->body != NULL && g_bytes_get_size (experiment->body) > MILL_MAX_BODY_BYTES)
    add_problem (
        problems, "body",
        g_strdup_printf (_ ("The body is larger than %d MiB"), MILL_MAX_BODY_BYTES / 1024 / 1024));
  if (!(experiment->timeout_s > 0))
    add_problem (problems, "timeout_s", g_strdup (_ ("The timeout must be longer than 0 seconds")));
  else
    check_double (problems, "timeout_s", _ ("The timeout in seconds"), experiment->timeout_s, 0,
                  MILL_MAX_TIMEOUT_S);
  if (experiment->ca_file != NULL &&
      (*experiment->ca_file == '\0' || strlen (experiment->ca_file) > MILL_MAX_PATH_BYTES ||
       !g_utf8_validate (experiment->ca_file, -1, NULL)))
    add_problem (problems, "ca_file",
                 g_strdup (_ ("The file of certificate authorities must have a name")));
}

/* The built-in server fills answers of a set size with text. */
static void
check_after (GPtrArray *problems, const MillExperiment *experiment)
{
  if (experiment->after == MILL_AFTER_JSON && experiment->urls == NULL &&
      (experiment->server.body_size_bytes >= 0 || experiment->sweep == MILL_SWEEP_BODY_SIZE))
    add_problem (problems, "after",
                 g_strdup (_ ("Answers of a set size are no JSON, so all would fail; leave the "
                              "body size out, or hash the answers")));
}

/* A loop that starts all requests at once must know how many, and not too many. */
static void
check_all_at_once (GPtrArray *problems, const MillExperiment *experiment, const MillModelSpec *spec)
{
  const char *id = mill_model_info (spec->kind)->id;

  if (experiment->workload != MILL_WORKLOAD_HTTP || spec->in_flight != 0 || spec->batch != 0)
    return;
  if (!mill_experiment_has_request_bound (experiment))
    add_problem (problems, "models",
                 g_strdup_printf (_ ("%s:0 starts all requests at once, and a duration alone does "
                                     "not say how many; set the requests too"),
                                  id));
  else if (experiment->requests > MILL_MAX_IN_FLIGHT) {
    g_autofree char *requests = mill_number_group (experiment->requests);
    g_autofree char *most = mill_number_group (MILL_MAX_IN_FLIGHT);
    add_problem (
        problems, "models",
        g_strdup_printf (_ ("%s:0 would start %s requests at once; at most %s are possible"), id,
                         requests, most));
  }
}

static void
check_models (GPtrArray *problems, const MillExperiment *experiment)
{
  if (experiment->models->len == 0)
    add_problem (problems, "models",
                 g_strdup (_ ("No model is chosen; choose at least one, for example sync")));
  if (experiment->models->len > MILL_MAX_MODELS)
    add_problem (problems, "models",
                 g_strdup_printf (_ ("There are %u models; at most %d are possible"),
                                  experiment->models->len, MILL_MAX_MODELS));
  for (guint i = 0; i < MIN (experiment->models->len, MILL_MAX_MODELS); i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autoptr (GError) error = NULL;

    if (!mill_model_spec_check (spec, experiment->workload, &error))
      add_error (problems, "models", error);
    else if (!mill_model_is_available (spec->kind))
      add_problem (problems, "models",
                   g_strdup_printf (
                       _ ("%s is not built into this program (%s); choose another model"),
                       mill_model_info (spec->kind)->id, mill_model_why_unavailable (spec->kind)));
    else
      check_all_at_once (problems, experiment, spec);
  }
}

static void
check_duration_and_rate (GPtrArray *problems, const MillExperiment *experiment)
{
  check_double (problems, "duration_s", _ ("The duration in seconds"), experiment->duration_s, 0,
                MILL_MAX_DURATION_S);
  if (!check_double (problems, "rate", _ ("The rate in requests per second"), experiment->rate, 0,
                     MILL_MAX_RATE))
    return;
  if (experiment->rate > 0 && experiment->workload == MILL_WORKLOAD_CPU)
    add_problem (problems, "rate",
                 g_strdup (_ ("CPU-bound work has no rate; it takes what the processor gives")));
}

static void
check_trials (GPtrArray *problems, const MillExperiment *experiment)
{
  gint64 swept = experiment->sweep != MILL_SWEEP_NONE ? experiment->sweep_values->len : 1;
  gint64 trials = (gint64) experiment->models->len * swept * experiment->repetitions;

  if (check_int (problems, "repetitions", _ ("The number of repetitions"), experiment->repetitions,
                 1, MILL_MAX_REPETITIONS) &&
      trials > MILL_MAX_TRIALS_PER_RUN) {
    g_autofree char *given = mill_number_group (trials);
    g_autofree char *most = mill_number_group (MILL_MAX_TRIALS_PER_RUN);
    add_problem (
        problems, "repetitions",
        g_strdup_printf (_ ("These are %s trials in all; at most %s are possible"), given, most));
  }
}

static gboolean
has_model (const MillExperiment *experiment, const char *model)
{
  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autofree char *name = mill_model_spec_to_string (spec, experiment->workload);
    if (g_str_equal (name, model))
      return TRUE;
  }
  return FALSE;
}

static void
check_projections (GPtrArray *problems, const MillExperiment *experiment)
{
  if (experiment->projections->len == 0)
    return;
  if (experiment->duration_s > 0 || experiment->rate > 0 ||
      experiment->sweep == MILL_SWEEP_CONCURRENCY || experiment->sweep == MILL_SWEEP_REQUESTS) {
    add_problem (
        problems, "projections",
        g_strdup (_ ("Nothing can be projected where a duration, a rate or a sweep decides "
                     "how many requests there are or when they are sent")));
    return;
  }
  for (guint i = 0; i < experiment->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (experiment->projections, i);
    g_autofree char *model = mill_text_quote (projection->model);
    g_autofree char *most = mill_number_group (experiment->requests);
    g_autofree char *given = mill_number_group (projection->requests);

    if (!has_model (experiment, projection->model))
      add_problem (
          problems, "projections",
          g_strdup_printf (_ ("%s is not among the models, so it cannot be projected"), model));
    else if (projection->requests < 1 || projection->requests > experiment->requests)
      add_problem (problems, "projections",
                   g_strdup_printf (_ ("To project %s, measure from 1 to %s of its requests, "
                                       "not %s"),
                                    model, most, given));
  }
}

GPtrArray *
mill_experiment_problems (const MillExperiment *experiment)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (problem_free);
  g_autoptr (GError) sweep_error = NULL;

  check_name (problems, experiment->name);
  if (experiment->workload == MILL_WORKLOAD_HTTP) {
    if (experiment->urls != NULL)
      check_urls (problems, experiment->urls);
    else
      check_server (problems, &experiment->server);
    check_request (problems, experiment);
    check_after (problems, experiment);
  } else {
    check_int (problems, "rounds", _ ("The number of rounds"), experiment->rounds, 1,
               MILL_MAX_ROUNDS);
  }
  check_models (problems, experiment);
  if (mill_experiment_has_request_bound (experiment))
    check_int (problems, "requests", _ ("The number of requests"), experiment->requests, 1,
               MILL_MAX_REQUESTS);
  check_duration_and_rate (problems, experiment);
  check_int (problems, "warmup", _ ("The number of warm-up requests"), experiment->warmup, 0,
             MILL_MAX_REQUESTS);
  check_trials (problems, experiment);
  if (!mill_sweep_check (experiment, &sweep_error))
    add_error (problems, "sweep", sweep_error);
  check_projections (problems, experiment);
  return problems;
}

gboolean
mill_experiment_validate (const MillExperiment *experiment, GError **error)
{
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);

  if (problems->len == 0)
    return TRUE;
  const MillProblem *first = g_ptr_array_index (problems, 0);
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, first->message);
  return FALSE;
}
