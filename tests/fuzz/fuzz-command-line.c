/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line, one argument a line. What is accepted and valid can be written as arguments
 * that mean the same.
 */
#include "config.h"

#include <string.h>

#include "experiment/mill-command-line.h"

#include "fuzz.h"

/* Options that read a file; the files have fuzz programs of their own. */
static gboolean
names_file (const char *argument)
{
  return strstr (argument, "experiment") != NULL || strstr (argument, "url-list") != NULL ||
         strstr (argument, "ca-file") != NULL || argument[0] == '@' ||
         strstr (argument, "=@") != NULL;
}

static void
check_written (const MillExperiment *experiment)
{
  if (experiment->urls != NULL && g_strv_length (experiment->urls) > 1)
    return;
  if (experiment->ca_file != NULL || !mill_experiment_validate (experiment, NULL))
    return;
  if (experiment->body != NULL)
    return;
  g_auto (GStrv) arguments = mill_experiment_to_arguments (experiment, NULL);
  g_autoptr (MillRunOptions) other = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) again = mill_experiment_from_arguments (arguments, other, &error);
  g_assert_no_error (error);
  g_assert_true (mill_experiment_equal (experiment, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) arguments = g_strsplit (text, "\n", 64);
  g_autoptr (MillRunOptions) other = mill_run_options_new ();

  for (guint i = 0; arguments[i] != NULL; i++)
    if (names_file (arguments[i]))
      return 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment = mill_experiment_from_arguments (arguments, other, &error);
  g_assert_true ((experiment == NULL) == (error != NULL));
  if (experiment == NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  else
    check_written (experiment);
  return 0;
}
