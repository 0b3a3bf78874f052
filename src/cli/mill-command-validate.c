/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-json.h"
#include "lessons/mill-lesson.h"

/* The name in the document's "format", or NULL. */
static char *
format_name (JsonNode *node)
{
  char *name = NULL;
  JsonObject *format = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      !mill_json_get_object (json_node_get_object (node), "format", &format, NULL) ||
      format == NULL)
    return NULL;
  mill_json_get_string (format, "name", 64, &name, NULL);
  return name;
}

static MillExit
validate_result (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (MillResult) result = mill_result_from_json (node, error);

  if (result == NULL)
    return MILL_EXIT_USAGE;
  g_autofree char *trials = g_strdup_printf (
      ngettext ("%u trial", "%u trials", result->trials->len), result->trials->len);
  g_autofree char *text =
      g_strdup_printf (result->published ? _ ("%s: a valid published result with %s\n")
                                         : _ ("%s: a valid result with %s\n"),
                       path, trials);
  return mill_cli_print (text) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}

/* Each problem on a line of its own. */
static MillExit
validate_experiment (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_from_json (node, error);

  if (experiment == NULL)
    return MILL_EXIT_USAGE;
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);
  for (guint i = 0; i < problems->len; i++) {
    const MillProblem *problem = g_ptr_array_index (problems, i);
    fprintf (stderr, "%s: %s: %s\n", path, problem->field, problem->message);
  }
  if (problems->len > 0)
    return MILL_EXIT_USAGE;
  g_autofree char *description = mill_experiment_describe (experiment);
  g_autofree char *text = g_strdup_printf (_ ("%s: a valid experiment: %s\n"), path, description);
  return mill_cli_print (text) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}

/* Each problem on a line of its own, as compilers write them. */
static MillExit
validate_lesson (GFile *file, const char *path)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (MillLesson) lesson = mill_lesson_load_file (file, NULL, &problems);

  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line = mill_lesson_problem_to_string (g_ptr_array_index (problems, i), path);
    fprintf (stderr, "%s\n", line);
  }
  if (lesson == NULL)
    return MILL_EXIT_USAGE;
  g_autofree char *text =
      g_strdup_printf (_ ("%s: a valid lesson: %s\n"), path, mill_lesson_get_title (lesson));
  return mill_cli_print (text) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}

MillExit
mill_command_validate (GStrv arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillExit status;

  if (!mill_cli_parse ("validate", NULL, NULL, arguments, 1, 1, &operands, &status))
    return status;

  g_autoptr (GFile) file = g_file_new_for_commandline_arg (operands[0]);
  g_autoptr (JsonNode) node = mill_json_load (file, MILL_MAX_DOCUMENT_BYTES, NULL, &error);
  if (node == NULL)
    return mill_cli_fail (error);
  g_autofree char *name = format_name (node);
  if (g_strcmp0 (name, MILL_RESULT_FORMAT) == 0)
    status = validate_result (node, operands[0], &error);
  else if (g_strcmp0 (name, MILL_LESSON_FORMAT) == 0)
    status = validate_lesson (file, operands[0]);
  else
    status = validate_experiment (node, operands[0], &error);
  if (error == NULL)
    return status;
  g_prefix_error (&error, "%s: ", operands[0]);
  return mill_cli_fail (error);
}
