/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "experiment/mill-json.h"
#include "experiment/mill-preset.h"
#include "random-experiment.h"

/* Writes experiment documents to standard output, one a line, for a validator that is not ours:
 * the presets as the program reads them, and random ones. */

static void
print_document (const MillExperiment *experiment)
{
  g_autoptr (JsonNode) node = mill_experiment_to_json (experiment);
  g_autofree char *line = mill_json_to_line (node);

  g_print ("%s\n", line);
}

int
main (int argc, char **argv)
{
  int n_random = argc > 1 ? atoi (argv[1]) : 0;
  g_auto (GStrv) ids = mill_preset_ids ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillExperiment) experiment = mill_preset_load (ids[i], NULL);
    print_document (experiment);
  }
  for (int i = 0; i < n_random; i++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new ((guint32) i);
    print_document (experiment);
  }
  return 0;
}
