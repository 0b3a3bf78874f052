/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "experiment/mill-experiment.h"
#include "experiment/mill-number.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-sweep.h"

#define URL_LIST_PLACEHOLDER "urls.txt"

static void
add (GStrvBuilder *arguments, const char *option, const char *value)
{
  g_strv_builder_add (arguments, option);
  g_strv_builder_add (arguments, value);
}

static void
add_int (GStrvBuilder *arguments, const char *option, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" PRId64, value);

  add (arguments, option, text);
}

static void
add_positive (GStrvBuilder *arguments, const char *option, double value)
{
  g_autofree char *text = mill_number_to_string (value);

  if (value > 0)
    add (arguments, option, text);
}

GStrv
mill_server_settings_to_arguments (const MillServerSettings *server)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  MillDistribution implied =
      server->jitter_s > 0 ? MILL_DISTRIBUTION_UNIFORM : MILL_DISTRIBUTION_FIXED;

  add_positive (arguments, "--delay", server->delay_s);
  add_positive (arguments, "--jitter", server->jitter_s);
  if (server->distribution != implied)
    add (arguments, "--distribution", mill_distribution_to_string (server->distribution));
  if (server->body_size_bytes >= 0)
    add_int (arguments, "--body-size", server->body_size_bytes);
  add_positive (arguments, "--error-rate", server->error_rate);
  add_positive (arguments, "--drop-rate", server->drop_rate);
  return g_strv_builder_end (arguments);
}

static void
add_server (GStrvBuilder *arguments, const MillServerSettings *server)
{
  g_auto (GStrv) options = mill_server_settings_to_arguments (server);

  g_strv_builder_addv (arguments, (const char **) options);
}

static void
add_body (GStrvBuilder *arguments, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  /* "@" would name a file. */
  if (length == 0) {
    add (arguments, "--data", "");
  } else if (data[0] != '@' && g_utf8_validate_len (data, length, NULL)) {
    g_autofree char *text = g_strndup (data, length);
    add (arguments, "--data", text);
  } else {
    g_autofree char *text = g_base64_encode ((const guchar *) data, length);
    add (arguments, "--data-base64", text);
  }
}

static void
add_http (GStrvBuilder *arguments, const MillExperiment *experiment, const char *url_list_path)
{
  g_autofree char *timeout = mill_number_to_string (experiment->timeout_s);
  g_autofree char *default_timeout = mill_number_to_string (MILL_DEFAULT_TIMEOUT_S);

  if (experiment->urls == NULL)
    add_server (arguments, &experiment->server);
  else if (g_strv_length (experiment->urls) == 1)
    add (arguments, "--url", experiment->urls[0]);
  else
    add (arguments, "--url-list", url_list_path != NULL ? url_list_path : URL_LIST_PLACEHOLDER);
  if (!g_str_equal (experiment->method, "GET"))
    add (arguments, "--method", experiment->method);
  for (guint i = 0; experiment->headers[i] != NULL; i++)
    add (arguments, "--header", experiment->headers[i]);
  if (experiment->body != NULL)
    add_body (arguments, experiment->body);
  if (!experiment->keep_alive)
    add (arguments, "--keep-alive", "no");
  if (experiment->after != MILL_AFTER_NOTHING)
    add (arguments, "--after", mill_after_to_string (experiment->after));
  if (!g_str_equal (timeout, default_timeout))
    add (arguments, "--timeout", timeout);
  if (experiment->ca_file != NULL)
    add (arguments, "--ca-file", experiment->ca_file);
  if (experiment->use_proxy)
    g_strv_builder_add (arguments, "--proxy");
}

static void
add_measurement (GStrvBuilder *arguments, const MillExperiment *experiment)
{
  if (experiment->warmup > 0)
    add_int (arguments, "--warmup", experiment->warmup);
  if (experiment->repetitions != 1)
    add_int (arguments, "--repeat", experiment->repetitions);
  if (experiment->seed != 1) {
    g_autofree char *seed = g_strdup_printf ("%" PRIu64, experiment->seed);
    add (arguments, "--seed", seed);
  }
  if (experiment->sweep != MILL_SWEEP_NONE) {
    g_autofree char *sweep = mill_sweep_to_text (experiment);
    add (arguments, "--sweep", sweep);
  }
  for (guint i = 0; i < experiment->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (experiment->projections, i);
    g_autofree char *text =
        g_strdup_printf ("%s=%" PRId64, projection->model, projection->requests);
    add (arguments, "--project", text);
  }
  if (experiment->allow_remote_load)
    g_strv_builder_add (arguments, "--allow-remote-load");
}

/* A name of its own; that of its preset says nothing new. */
static gboolean
has_own_name (const MillExperiment *experiment)
{
  g_autoptr (MillPreset) preset = NULL;

  if (experiment->name == NULL)
    return FALSE;
  if (experiment->preset != NULL)
    preset = mill_preset_find (experiment->preset, NULL);
  return preset == NULL || !g_str_equal (preset->name, experiment->name);
}

static void
add_models (GStrvBuilder *arguments, const MillExperiment *experiment)
{
  GString *models = g_string_new (NULL);

  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);
    g_autofree char *model = mill_model_spec_to_string (spec, experiment->workload);
    if (i > 0)
      g_string_append_c (models, ',');
    g_string_append (models, model);
  }
  add (arguments, "--models", models->str);
  g_string_free (models, TRUE);
}

GStrv
mill_experiment_to_arguments (const MillExperiment *experiment, const char *url_list_path)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();

  if (experiment->workload != MILL_WORKLOAD_HTTP)
    add (arguments, "--workload", mill_workload_to_string (experiment->workload));
  if (mill_experiment_has_request_bound (experiment))
    add_int (arguments, "--requests", experiment->requests);
  add_positive (arguments, "--duration", experiment->duration_s);
  add_positive (arguments, "--rate", experiment->rate);
  if (experiment->workload == MILL_WORKLOAD_HTTP)
    add_http (arguments, experiment, url_list_path);
  else if (experiment->rounds != 1)
    add_int (arguments, "--rounds", experiment->rounds);
  add_measurement (arguments, experiment);
  if (has_own_name (experiment))
    add (arguments, "--name", experiment->name);
  add_models (arguments, experiment);
  return g_strv_builder_end (arguments);
}

/* Quotes only what a shell would read differently, so that the command stays legible. */
static void
append_quoted (GString *line, const char *argument)
{
  static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_./:=,@%+-";

  g_string_append_c (line, ' ');
  if (*argument != '\0' && strspn (argument, plain) == strlen (argument)) {
    g_string_append (line, argument);
  } else {
    g_autofree char *quoted = g_shell_quote (argument);
    g_string_append (line, quoted);
  }
}

char *
mill_experiment_to_command_line (const MillExperiment *experiment)
{
  g_auto (GStrv) arguments = mill_experiment_to_arguments (experiment, NULL);
  GString *line = g_string_new ("threadmill-cli run");

  for (guint i = 0; arguments[i] != NULL; i++)
    append_quoted (line, arguments[i]);
  return g_string_free (line, FALSE);
}
