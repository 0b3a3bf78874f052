/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "result/mill-merge.h"
#include "result/mill-writers.h"

/* "a" for "results/a.threadmill": the machine that measured it. */
static char *
label_of_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *label = g_filename_display_name (base);
  char *extension = strrchr (label, '.');

  if (extension != NULL && extension != label)
    *extension = '\0';
  return label;
}

/* Files of the same name lie in different folders: then the folders say which is which. */
static GStrv
choose_labels (GStrv paths)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean differ = TRUE;

  for (guint i = 0; paths[i] != NULL; i++)
    differ = g_hash_table_add (names, label_of_path (paths[i])) && differ;
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autofree char *label = differ ? label_of_path (paths[i]) : g_filename_display_name (paths[i]);
    g_strv_builder_add (builder, label);
  }
  return g_strv_builder_end (builder);
}

static GPtrArray *
load_all (GStrv paths, GError **error)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);

  for (guint i = 0; paths[i] != NULL; i++) {
    MillResult *result = mill_cli_load_result (paths[i], error);

    if (result == NULL)
      return NULL;
    g_ptr_array_add (results, result);
  }
  return g_steal_pointer (&results);
}

/* A merged document must be one that can be read again: together they may exceed a limit. */
static gboolean
check_readable (const MillResult *result, GError **error)
{
  g_autoptr (JsonNode) node = mill_result_to_json (result);
  g_autoptr (MillResult) again = mill_result_from_json (node, error);

  if (again == NULL)
    g_prefix_error (error, _ ("Together they exceed what a result can hold: "));
  return again != NULL;
}

MillExit
mill_command_merge (GStrv arguments)
{
  g_autofree char *output = NULL;
  double max_skew_s = MILL_DEFAULT_SKEW_S;
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("write the merged result"),
      N_ ("FILE.threadmill") },
    { "max-skew", 0, 0, G_OPTION_ARG_DOUBLE, &max_skew_s,
      N_ ("how far apart the machines may have started a trial (1)"), N_ ("SECONDS") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  g_auto (GStrv) labels = NULL;
  MillExit status;

  if (!mill_cli_parse (
          "merge", entries,
          N_ ("Each machine runs the same experiment at the same time and keeps its result; merge\n"
              "adds them up. Histograms are merged, so percentiles are those of all requests;\n"
              "counts, bytes, errors and throughput add. Refused are different experiments, the\n"
              "same result twice, and trials that were not measured at the same time, which the\n"
              "clocks of the machines tell: set them by NTP. docs/clusters.md explains it."),
          arguments, 2, MILL_MAX_MACHINES, &operands, &status))
    return status;
  if (!(max_skew_s >= 0 && max_skew_s <= MILL_MAX_SKEW_S))
    return mill_cli_usage_error ("merge", _ ("--max-skew must lie between 0 and %g seconds"),
                                 MILL_MAX_SKEW_S);

  if (!mill_cli_check_output ("--output", output, &error))
    return mill_cli_usage_error ("merge", "%s", error->message);

  labels = choose_labels (operands);
  g_autoptr (GPtrArray) results = load_all (operands, &error);
  g_autoptr (MillResult) merged =
      results != NULL
          ? mill_result_merge (results, (const char *const *) labels, max_skew_s, &error)
          : NULL;
  if (merged == NULL || !check_readable (merged, &error))
    return mill_cli_fail (error);
  if (output != NULL) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
    if (!mill_result_save (merged, file, NULL, &error))
      return mill_cli_fail (error);
  }
  g_autofree char *table = mill_result_to_terminal (merged);
  return mill_cli_print (table) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}
