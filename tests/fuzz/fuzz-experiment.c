/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An experiment document: what is accepted can be described, checked, planned, exported, and is
 * the same after it was written and read again.
 */
#include "config.h"

#include "bench/mill-plan.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-export.h"
#include "experiment/mill-json.h"
#include "experiment/mill-permission.h"
#include "platform/mill-limits.h"

#include "fuzz.h"

/* More trials than that take longer to lay out than a fuzzer has patience. */
#define MAX_TRIALS 500

static void
check_written (const MillExperiment *experiment)
{
  g_autoptr (JsonNode) node = mill_experiment_to_json (experiment);
  g_autofree char *line = mill_json_to_line (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) read = mill_json_parse (line, -1, "again", &error);
  g_assert_no_error (error);
  g_autoptr (MillExperiment) again = mill_experiment_from_json (read, &error);
  g_assert_no_error (error);
  g_assert_true (mill_experiment_equal (experiment, again));
  g_assert_false (again->allow_remote_load);
}

static void
check_valid (const MillExperiment *experiment)
{
  const MillLimits limits = {
    .descriptors = 4096,
    .descriptors_hard = 4096,
    .ephemeral_ports = 20000,
    .port_reuse_s = 60,
    .threads = 4096,
    .memory_bytes = G_GINT64_CONSTANT (4) << 30,
    .cores = 4,
  };
  g_auto (GStrv) engines = mill_export_engine_ids ();
  g_autofree char *command_line = mill_experiment_to_command_line (experiment);

  g_assert_true (g_utf8_validate (command_line, -1, NULL));
  mill_experiment_check_permission (experiment, NULL);
  for (guint i = 0; engines[i] != NULL; i++) {
    g_autofree char *script = mill_export_script (engines[i], experiment, NULL, NULL, NULL);
    g_assert_true (script == NULL || g_utf8_validate (script, -1, NULL));
  }
  gint64 n_trials = (gint64) experiment->models->len * experiment->repetitions *
                    (gint64) MAX (experiment->sweep_values->len, 1);
  if (n_trials > MAX_TRIALS)
    return;
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, &limits);
  mill_plan_check (plan, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = mill_json_parse ((const char *) data, (gssize) size, "input", NULL);
  if (node == NULL)
    return 0;
  g_autoptr (MillExperiment) experiment = mill_experiment_from_json (node, NULL);
  if (experiment == NULL)
    return 0;
  g_assert_false (experiment->allow_remote_load);
  g_autofree char *description = mill_experiment_describe (experiment);
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);
  g_assert_true (g_utf8_validate (description, -1, NULL));
  check_written (experiment);
  if (problems->len == 0)
    check_valid (experiment);
  return 0;
}
