/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-command-line-private.h"
#include "experiment/mill-error.h"
#include "experiment/mill-http-syntax.h"
#include "experiment/mill-json-fields.h"
#include "experiment/mill-json.h"
#include "experiment/mill-number.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-sweep.h"
#include "experiment/mill-text.h"
#include "experiment/mill-url-list.h"
#include "experiment/mill-url.h"

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
parse_int (const char *value, gint64 min, gint64 max, int *number, GError **error)
{
  gint64 wide;

  if (!mill_number_parse_int (value, min, max, &wide, error))
    return FALSE;
  *number = (int) wide;
  return TRUE;
}

static gboolean
parse_name (const char *value, const char *const *names, int *number, GError **error)
{
  g_autofree char *list = NULL;
  g_autofree char *shown = NULL;

  for (int i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], value)) {
      *number = i;
      return TRUE;
    }
  }
  list = g_strjoinv (", ", (char **) names);
  shown = mill_text_quote (value);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s must be one of: %s"), shown, list);
  return FALSE;
}

static gboolean
apply_base (MillOptionReader *reader, MillExperiment *base)
{
  if (base == NULL)
    return FALSE;
  mill_experiment_free (reader->experiment);
  reader->experiment = base;
  return TRUE;
}

static gboolean
apply_preset (MillOptionReader *reader, const char *value, GError **error)
{
  return apply_base (reader, mill_preset_load (value, error));
}

static gboolean
apply_experiment (MillOptionReader *reader, const char *value, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (value);

  return apply_base (reader, mill_experiment_load (file, NULL, error));
}

static gboolean
apply_workload (MillOptionReader *reader, const char *value, GError **error)
{
  int workload = MILL_WORKLOAD_HTTP;

  if (!parse_name (value, mill_workload_names (), &workload, error))
    return FALSE;
  /* The models of a base are written for its workload. */
  if ((MillWorkloadKind) workload != reader->experiment->workload)
    g_array_set_size (reader->experiment->models, 0);
  reader->experiment->workload = (MillWorkloadKind) workload;
  return TRUE;
}

static gboolean
apply_models (MillOptionReader *reader, const char *value, GError **error)
{
  GArray *models = mill_model_list_parse (value, reader->experiment->workload, error);

  if (models == NULL)
    return FALSE;
  g_array_unref (reader->experiment->models);
  reader->experiment->models = models;
  return TRUE;
}

static gboolean
apply_requests (MillOptionReader *reader, const char *value, GError **error)
{
  reader->experiment->requests_set = TRUE;
  return mill_number_parse_int (value, 1, MILL_MAX_REQUESTS, &reader->experiment->requests, error);
}

static gboolean
apply_duration (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_number_parse_double (value, 0, MILL_MAX_DURATION_S, &reader->experiment->duration_s,
                                 error))
    return FALSE;
  return reader->experiment->duration_s > 0 ||
         fail (error, _ ("the duration must be longer than 0 seconds"));
}

static gboolean
apply_rate (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_number_parse_double (value, 0, MILL_MAX_RATE, &reader->experiment->rate, error))
    return FALSE;
  return reader->experiment->rate > 0 ||
         fail (error, _ ("the rate must be above 0 requests per second"));
}

static gboolean
apply_delay (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_double (value, 0, MILL_MAX_DELAY_S, &reader->experiment->server.delay_s,
                                   error);
}

static gboolean
apply_jitter (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_double (value, 0, MILL_MAX_DELAY_S, &reader->experiment->server.jitter_s,
                                   error);
}

static gboolean
apply_distribution (MillOptionReader *reader, const char *value, GError **error)
{
  int distribution = MILL_DISTRIBUTION_FIXED;

  if (!parse_name (value, mill_distribution_names (), &distribution, error))
    return FALSE;
  reader->experiment->server.distribution = (MillDistribution) distribution;
  return TRUE;
}

static gboolean
apply_body_size (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_int (value, 0, MILL_MAX_ANSWER_BYTES,
                                &reader->experiment->server.body_size_bytes, error);
}

static gboolean
apply_error_rate (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_double (value, 0, 1, &reader->experiment->server.error_rate, error);
}

static gboolean
apply_drop_rate (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_double (value, 0, 1, &reader->experiment->server.drop_rate, error);
}

/* Appends to a list; the first time, the list of the base goes. */
static void
append_text (GStrv *list, gboolean *given, const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (*given && *list != NULL)
    g_strv_builder_addv (builder, (const char **) *list);
  g_strv_builder_add (builder, value);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
  *given = TRUE;
}

static gboolean
apply_url (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_url_check (value, error))
    return FALSE;
  append_text (&reader->experiment->urls, &reader->urls_given, value);
  return TRUE;
}

static gboolean
apply_url_list (MillOptionReader *reader, const char *value, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (value);
  GStrv urls = mill_url_list_load (file, NULL, error);

  if (urls == NULL)
    return FALSE;
  g_strfreev (reader->experiment->urls);
  reader->experiment->urls = urls;
  return TRUE;
}

static gboolean
apply_method (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_http_method_check (value, error))
    return FALSE;
  g_free (reader->experiment->method);
  reader->experiment->method = g_strdup (value);
  return TRUE;
}

static gboolean
apply_header (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_http_header_check (value, error))
    return FALSE;
  append_text (&reader->experiment->headers, &reader->headers_given, value);
  return TRUE;
}

static void
set_body (MillOptionReader *reader, GBytes *body)
{
  g_clear_pointer (&reader->experiment->body, g_bytes_unref);
  reader->experiment->body = body;
}

static gboolean
apply_data (MillOptionReader *reader, const char *value, GError **error)
{
  GBytes *body;

  if (value[0] == '@') {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (value + 1);
    body = mill_file_read (file, MILL_MAX_BODY_BYTES, NULL, error);
    if (body == NULL)
      return FALSE;
  } else {
    body = g_bytes_new (value, strlen (value));
  }
  set_body (reader, body);
  return TRUE;
}

static gboolean
apply_data_base64 (MillOptionReader *reader, const char *value, GError **error)
{
  GBytes *body = mill_base64_to_bytes (value);

  if (body == NULL)
    return fail (error, _ ("the value is no Base64"));
  set_body (reader, body);
  return TRUE;
}

static gboolean
apply_keep_alive (MillOptionReader *reader, const char *value, GError **error)
{
  static const char *const names[] = { "no", "yes", NULL };

  return parse_name (value, names, &reader->experiment->keep_alive, error);
}

static gboolean
apply_after (MillOptionReader *reader, const char *value, GError **error)
{
  int after = MILL_AFTER_NOTHING;

  if (!parse_name (value, mill_after_names (), &after, error))
    return FALSE;
  reader->experiment->after = (MillAfter) after;
  return TRUE;
}

static gboolean
apply_timeout (MillOptionReader *reader, const char *value, GError **error)
{
  if (!mill_number_parse_double (value, 0, MILL_MAX_TIMEOUT_S, &reader->experiment->timeout_s,
                                 error))
    return FALSE;
  return reader->experiment->timeout_s > 0 ||
         fail (error, _ ("the timeout must be longer than 0 seconds"));
}

static gboolean
apply_ca_file (MillOptionReader *reader, const char *value, GError **error)
{
  if (!g_utf8_validate (value, -1, NULL))
    return fail (error, _ ("the name of the file is not UTF-8 text"));
  if (!g_file_test (value, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("there is no file %s"), value);
    return FALSE;
  }
  g_free (reader->experiment->ca_file);
  /* Workers may run in another folder. */
  reader->experiment->ca_file = g_canonicalize_filename (value, NULL);
  return TRUE;
}

static gboolean
apply_proxy (MillOptionReader *reader, const char *value, GError **error)
{
  reader->experiment->use_proxy = TRUE;
  return TRUE;
}

static gboolean
apply_rounds (MillOptionReader *reader, const char *value, GError **error)
{
  return parse_int (value, 1, MILL_MAX_ROUNDS, &reader->experiment->rounds, error);
}

static gboolean
apply_warmup (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_int (value, 0, MILL_MAX_REQUESTS, &reader->experiment->warmup, error);
}

static gboolean
apply_repeat (MillOptionReader *reader, const char *value, GError **error)
{
  return parse_int (value, 1, MILL_MAX_REPETITIONS, &reader->experiment->repetitions, error);
}

static gboolean
apply_seed (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_number_parse_uint64 (value, &reader->experiment->seed, error);
}

static gboolean
apply_sweep (MillOptionReader *reader, const char *value, GError **error)
{
  return mill_sweep_parse (value, reader->experiment, error);
}

static gboolean
apply_project (MillOptionReader *reader, const char *value, GError **error)
{
  const char *equals = strrchr (value, '=');
  g_autofree char *text = g_strndup (value, equals != NULL ? (gsize) (equals - value) : 0);
  g_autofree char *model = NULL;
  MillModelSpec spec;
  gint64 requests;

  if (equals == NULL)
    return fail (error, _ ("write MODEL=N, for example sync=20"));
  if (!mill_model_spec_parse (text, reader->experiment->workload, &spec, error) ||
      !mill_number_parse_int (equals + 1, 1, MILL_MAX_REQUESTS, &requests, error))
    return FALSE;
  model = mill_model_spec_to_string (&spec, reader->experiment->workload);
  mill_experiment_set_projection (reader->experiment, model, requests);
  return TRUE;
}

static gboolean
apply_allow_remote_load (MillOptionReader *reader, const char *value, GError **error)
{
  reader->experiment->allow_remote_load = TRUE;
  return TRUE;
}

static gboolean
apply_name (MillOptionReader *reader, const char *value, GError **error)
{
  g_free (reader->experiment->name);
  reader->experiment->name = *value != '\0' ? g_strdup (value) : NULL;
  return TRUE;
}

static gboolean
set_path (char **path, const char *value, GError **error)
{
  if (*value == '\0')
    return fail (error, _ ("a file must be named"));
  g_free (*path);
  *path = g_strdup (value);
  return TRUE;
}

static gboolean
apply_output (MillOptionReader *reader, const char *value, GError **error)
{
  return set_path (&reader->other->output_path, value, error);
}

static gboolean
apply_csv (MillOptionReader *reader, const char *value, GError **error)
{
  return set_path (&reader->other->csv_path, value, error);
}

static gboolean
apply_markdown (MillOptionReader *reader, const char *value, GError **error)
{
  return set_path (&reader->other->markdown_path, value, error);
}

static gboolean
apply_html (MillOptionReader *reader, const char *value, GError **error)
{
  return set_path (&reader->other->html_path, value, error);
}

static gboolean
apply_trace (MillOptionReader *reader, const char *value, GError **error)
{
  return set_path (&reader->other->trace_path, value, error);
}

static gboolean
apply_chart (MillOptionReader *reader, const char *value, GError **error)
{
  const char *equals = strchr (value, '=');
  g_autofree char *ending = NULL;
  MillChartOutput *chart;

  if (equals == NULL || equals == value || equals[1] == '\0' ||
      !g_utf8_validate (value, equals - value, NULL))
    return fail (error, _ ("write KIND=FILE, for example time=time.png"));
  ending = g_ascii_strdown (equals, -1);
  if (!g_str_has_suffix (ending, ".png") && !g_str_has_suffix (ending, ".svg") &&
      !g_str_has_suffix (ending, ".pdf"))
    return fail (error, _ ("the name of the file must end in .png, .svg or .pdf"));
  chart = g_new0 (MillChartOutput, 1);
  chart->kind = g_strndup (value, (gsize) (equals - value));
  chart->path = g_strdup (equals + 1);
  g_ptr_array_add (reader->other->charts, chart);
  return TRUE;
}

static gboolean
apply_threshold (MillOptionReader *reader, const char *value, GError **error)
{
  MillThreshold *threshold = mill_threshold_parse (value, error);

  if (threshold == NULL)
    return FALSE;
  g_ptr_array_add (reader->other->thresholds, threshold);
  return TRUE;
}

static gboolean
apply_events (MillOptionReader *reader, const char *value, GError **error)
{
  reader->other->events = TRUE;
  return TRUE;
}

static gboolean
apply_quiet (MillOptionReader *reader, const char *value, GError **error)
{
  reader->other->quiet = TRUE;
  return TRUE;
}

static gboolean
apply_help (MillOptionReader *reader, const char *value, GError **error)
{
  reader->other->help = TRUE;
  return TRUE;
}

const MillOption *
mill_command_line_options (gsize *n_options)
{
  static const MillOption options[] = {
#define MILL_OPTION(name, value_name, phase, scope, apply, description)                            \
  { name, value_name, MILL_PHASE_##phase, MILL_SCOPE_##scope, apply, description },
#include "experiment/mill-command-line-options.def"
#undef MILL_OPTION
  };

  *n_options = G_N_ELEMENTS (options);
  return options;
}
