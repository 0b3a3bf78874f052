/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "experiment/mill-export.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-text.h"

/* A preset by its name, else a document; a file of a preset's name is written "./first". */
static MillExperiment *
load_experiment (const char *name, GError **error)
{
  g_auto (GStrv) presets = mill_preset_ids ();

  if (g_strv_contains ((const char *const *) presets, name))
    return mill_preset_load (name, error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  if (!g_file_query_exists (file, NULL)) {
    g_autofree char *quoted = mill_text_quote (name);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is neither a file nor a preset; threadmill-cli list presets names those."),
                 quoted);
    return NULL;
  }
  return mill_experiment_load (file, NULL, error);
}

static GPtrArray *
parse_thresholds (GStrv texts, GError **error)
{
  g_autoptr (GPtrArray) thresholds =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_threshold_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++) {
    MillThreshold *threshold = mill_threshold_parse (texts[i], error);

    if (threshold == NULL)
      return NULL;
    g_ptr_array_add (thresholds, threshold);
  }
  return g_steal_pointer (&thresholds);
}

MillExit
mill_command_export (GStrv arguments)
{
  g_autofree char *engine = NULL;
  g_autofree char *model = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) bounds = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &engine, N_ ("for which engine"), "k6|locust" },
    { "model", 0, 0, G_OPTION_ARG_STRING, &model,
      N_ ("whose requests in flight the script has (the first that has more than one)"),
      N_ ("MODEL") },
    { "threshold", 0, 0, G_OPTION_ARG_STRING_ARRAY, &bounds,
      N_ ("a bound, as for run: p95<200ms; again for more"), N_ ("BOUND") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("write it there (standard output)"),
      N_ ("FILE") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillExit status;

  if (!mill_cli_parse (
          "export", entries,
          N_ ("EXPERIMENT is a document (of a result, its experiment) or the name of a preset. "
              "The\n"
              "script makes the same requests with as many in flight, for engines that run on\n"
              "clusters; its head says what the engine cannot do the same. A load needs\n"
              "permission: run it only against a host that you may load."),
          arguments, 1, 1, &operands, &status))
    return status;
  if (engine == NULL)
    return mill_cli_usage_error ("export", _ ("--to is needed: k6 or locust"));
  if (!mill_cli_check_output ("--output", output, &error))
    return mill_cli_usage_error ("export", "%s", error->message);

  g_autoptr (MillExperiment) experiment = load_experiment (operands[0], &error);
  g_autoptr (GPtrArray) thresholds = experiment != NULL ? parse_thresholds (bounds, &error) : NULL;
  g_autofree char *script = thresholds != NULL
                                ? mill_export_script (engine, experiment, model, thresholds, &error)
                                : NULL;
  if (script == NULL)
    return mill_cli_fail (error);
  if (output == NULL)
    return mill_cli_print (script) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  return mill_file_write (file, script, -1, NULL, &error) ? MILL_EXIT_DONE : mill_cli_fail (error);
}
