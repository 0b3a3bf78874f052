/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-command-line-private.h"
#include "experiment/mill-command-line.h"
#include "experiment/mill-error.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-text.h"

static void
chart_output_free (gpointer data)
{
  MillChartOutput *chart = data;

  g_free (chart->kind);
  g_free (chart->path);
  g_free (chart);
}

MillRunOptions *
mill_run_options_new (void)
{
  MillRunOptions *options = g_new0 (MillRunOptions, 1);

  options->charts = g_ptr_array_new_with_free_func (chart_output_free);
  options->thresholds = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_threshold_free);
  return options;
}

void
mill_run_options_free (MillRunOptions *options)
{
  g_free (options->output_path);
  g_free (options->csv_path);
  g_free (options->markdown_path);
  g_free (options->html_path);
  g_free (options->trace_path);
  g_ptr_array_unref (options->charts);
  g_ptr_array_unref (options->thresholds);
  g_free (options);
}

/* An option as it stood in the arguments. */
typedef struct {
  const MillOption *option;
  char *value; /* NULL for a flag */
} Given;

static void
given_free (gpointer data)
{
  Given *given = data;

  g_free (given->value);
  g_free (given);
}

static const MillOption *
find_option (const char *name)
{
  gsize n_options;
  const MillOption *options = mill_command_line_options (&n_options);

  for (gsize i = 0; i < n_options; i++) {
    if (g_str_equal (options[i].name, name))
      return &options[i];
  }
  return NULL;
}

static gboolean
collect (const char *name, const char *value, gpointer data, GError **error)
{
  GPtrArray *collected = data;
  Given *given = g_new0 (Given, 1);

  given->option = find_option (name + strlen ("--"));
  given->value = g_strdup (value);
  g_ptr_array_add (collected, given);
  return TRUE;
}

static GOptionContext *
context_new (GPtrArray *collected)
{
  GOptionContext *context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("run", "", "", collected, NULL);
  gsize n_options;
  const MillOption *options = mill_command_line_options (&n_options);
  g_autofree GOptionEntry *entries = g_new0 (GOptionEntry, n_options + 1);

  for (gsize i = 0; i < n_options; i++) {
    entries[i] = (GOptionEntry){
      .long_name = options[i].name,
      .arg = G_OPTION_ARG_CALLBACK,
      .arg_data = (gpointer) collect,
      /* As file names: values come as they are, whatever the locale. */
      .flags = options[i].value_name != NULL ? G_OPTION_FLAG_FILENAME : G_OPTION_FLAG_NO_ARG,
      .description = options[i].description,
      .arg_description = options[i].value_name,
    };
  }
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

/* GOption would drop the value of “--proxy=no” and take it for “--proxy”. */
static gboolean
check_flags (GStrv arguments, GError **error)
{
  for (guint i = 0; arguments[i] != NULL; i++) {
    const char *equals = strchr (arguments[i], '=');
    const MillOption *option = NULL;

    if (g_str_has_prefix (arguments[i], "--")) {
      g_autofree char *name = equals != NULL
                                  ? g_strndup (arguments[i], (gsize) (equals - arguments[i]))
                                  : g_strdup (arguments[i]);
      option = find_option (name + strlen ("--"));
    }
    if (option == NULL)
      continue;
    if (option->value_name == NULL && equals != NULL) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("--%s takes no value"), option->name);
      return FALSE;
    }
    /* The next argument is its value, whatever it looks like. */
    if (option->value_name != NULL && equals == NULL && arguments[i + 1] != NULL)
      i++;
  }
  return TRUE;
}

static GPtrArray *
collect_options (GStrv arguments, GError **error)
{
  g_autoptr (GPtrArray) collected = g_ptr_array_new_with_free_func (given_free);
  g_autoptr (GOptionContext) context = context_new (collected);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) option_error = NULL;
  g_auto (GStrv) rest = NULL;

  if (!check_flags (arguments, error))
    return NULL;
  /* GOption takes the first word for the program. */
  g_strv_builder_add (builder, "run");
  g_strv_builder_addv (builder, (const char **) arguments);
  rest = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &rest, &option_error)) {
    g_autofree char *message = g_utf8_make_valid (option_error->message, -1);
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, message);
    return NULL;
  }
  for (guint i = 1; rest[i] != NULL; i++) {
    if (g_str_equal (rest[i], "--"))
      continue;
    g_autofree char *shown = mill_text_quote (rest[i]);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no option; every option begins with --, and a value with blanks "
                    "in it needs quotation marks"),
                 shown);
    return NULL;
  }
  return g_steal_pointer (&collected);
}

static gboolean
is_given (const GPtrArray *collected, const char *name)
{
  for (guint i = 0; i < collected->len; i++) {
    const Given *given = g_ptr_array_index (collected, i);
    if (g_str_equal (given->option->name, name))
      return TRUE;
  }
  return FALSE;
}

/* Before any of them is applied: what a file holds that will not be used is no matter. */
static gboolean
check_exclusive (const GPtrArray *collected, GError **error)
{
  static const char *const pairs[][2] = {
    { "preset", "experiment" },
    { "url", "url-list" },
    { "data", "data-base64" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    if (is_given (collected, pairs[i][0]) && is_given (collected, pairs[i][1])) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("--%s and --%s exclude each other; leave one out"), pairs[i][0], pairs[i][1]);
      return FALSE;
    }
  }
  return TRUE;
}

/* Refuses options that would silently have no effect. */
static gboolean
check_effect (const GPtrArray *collected, const MillExperiment *experiment, GError **error)
{
  for (guint i = 0; i < collected->len; i++) {
    const MillOption *option = ((const Given *) g_ptr_array_index (collected, i))->option;
    gboolean of_http = option->scope == MILL_SCOPE_HTTP || option->scope == MILL_SCOPE_SERVER;

    if (of_http && experiment->workload == MILL_WORKLOAD_CPU) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("--%s is about HTTP requests, and CPU-bound work makes none; leave it out"),
                   option->name);
      return FALSE;
    }
    if (option->scope == MILL_SCOPE_CPU && experiment->workload == MILL_WORKLOAD_HTTP) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("--%s is about CPU-bound work; add --workload cpu, or leave it out"),
                   option->name);
      return FALSE;
    }
    if (option->scope == MILL_SCOPE_SERVER && experiment->urls != NULL) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("--%s is a setting of the built-in server, and another target is asked; "
                      "leave it out"),
                   option->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* Only what is in a file, or names one, may be any bytes. */
static gboolean
check_text (const Given *given, GError **error)
{
  if (given->value == NULL || strstr (given->option->value_name, "FILE") != NULL ||
      g_utf8_validate (given->value, -1, NULL))
    return TRUE;
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("the value is not UTF-8 text"));
  return FALSE;
}

static gboolean
apply_phase (GPtrArray *collected, MillOptionPhase phase, MillOptionReader *reader, GError **error)
{
  for (guint i = 0; i < collected->len; i++) {
    const Given *given = g_ptr_array_index (collected, i);

    if (given->option->phase != phase)
      continue;
    if (!check_text (given, error) || !given->option->apply (reader, given->value, error)) {
      g_prefix_error (error, "--%s: ", given->option->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* What the options mean together, once they are all read. */
static void
complete (const GPtrArray *collected, MillExperiment *experiment, gboolean base_has_duration)
{
  /* A jitter without a word on its distribution is uniform. */
  if (is_given (collected, "jitter") && !is_given (collected, "distribution") &&
      experiment->server.jitter_s > 0 && experiment->server.distribution == MILL_DISTRIBUTION_FIXED)
    experiment->server.distribution = MILL_DISTRIBUTION_UNIFORM;
  /* A duration replaces the number of requests of a base that had none. */
  if (is_given (collected, "duration") && !is_given (collected, "requests") && !base_has_duration)
    experiment->requests_set = FALSE;
}

/* A preset that was changed is no longer what its name says. */
static void
drop_name_of_preset (MillExperiment *experiment)
{
  g_autoptr (MillPreset) preset = NULL;

  if (experiment->preset == NULL || experiment->name == NULL)
    return;
  preset = mill_preset_find (experiment->preset, NULL);
  if (preset != NULL && g_str_equal (preset->name, experiment->name) &&
      !mill_experiment_equal (preset->experiment, experiment))
    g_clear_pointer (&experiment->name, g_free);
}

MillExperiment *
mill_experiment_from_arguments (GStrv arguments, MillRunOptions *other, GError **error)
{
  g_autoptr (GPtrArray) collected = collect_options (arguments, error);
  g_autoptr (MillExperiment) experiment = NULL;
  MillOptionReader reader = { .other = other };
  gboolean base_has_duration;

  if (collected == NULL)
    return NULL;
  reader.experiment = mill_experiment_new ();
  if (is_given (collected, "help")) {
    other->help = TRUE;
    return reader.experiment;
  }
  if (!check_exclusive (collected, error) ||
      !apply_phase (collected, MILL_PHASE_BASE, &reader, error)) {
    mill_experiment_free (reader.experiment);
    return NULL;
  }
  base_has_duration = reader.experiment->duration_s > 0;
  if (apply_phase (collected, MILL_PHASE_WORKLOAD, &reader, error) &&
      apply_phase (collected, MILL_PHASE_REST, &reader, error) &&
      check_effect (collected, reader.experiment, error))
    experiment = reader.experiment;
  else
    mill_experiment_free (reader.experiment);
  if (experiment == NULL)
    return NULL;
  complete (collected, experiment, base_has_duration);
  drop_name_of_preset (experiment);
  return g_steal_pointer (&experiment);
}

char *
mill_run_options_get_help (void)
{
  g_autoptr (GPtrArray) collected = g_ptr_array_new_with_free_func (given_free);
  g_autoptr (GOptionContext) context = context_new (collected);

  g_option_context_set_summary (
      context, _ ("Runs an experiment and shows its result. A preset or a document is the base; "
                  "the other options change it."));
  return g_option_context_get_help (context, FALSE, NULL);
}
