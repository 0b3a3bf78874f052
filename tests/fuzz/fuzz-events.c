/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a worker writes: lines, events in them, and what the bench makes of those.
 */
#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "bench/mill-bench-events.h"
#include "bench/mill-line-reader.h"
#include "experiment/mill-json.h"
#include "result/mill-trial-figures.h"

#include "fuzz.h"

typedef struct {
  MillTrial *trial;
  MillTrialResult *heard;
  gboolean ended;
} Listener;

static gboolean
on_line (const char *line, gsize length, gpointer data)
{
  Listener *listener = data;
  g_autoptr (JsonNode) node = mill_json_parse (line, (gssize) length, "worker", NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return length == 0;
  JsonObject *object = json_node_get_object (node);

  mill_trial_result_add_sample (listener->heard, object, NULL);
  g_autoptr (MillTrialResult) result =
      mill_trial_result_from_records (listener->trial, NULL, 0, object, NULL);
  if (result != NULL) {
    g_autofree char *finished = mill_event_trial_finished (result);
    g_assert_null (strchr (finished, '\n'));
  }
  g_autofree char *event = mill_event_of_worker (listener->trial, object);
  g_assert_null (strchr (event, '\n'));
  return TRUE;
}

static void
on_end (const GError *error, gpointer data)
{
  Listener *listener = data;
  listener->ended = TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillModelSpec model;
  g_assert_true (mill_model_spec_parse ("thread-pool:4", experiment->workload, &model, NULL));
  g_autoptr (MillTrial) trial = mill_trial_new (experiment, &model);
  g_autoptr (MillTrialResult) heard = mill_trial_result_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  Listener listener = { trial, heard, FALSE };

  mill_line_reader_start (stream, NULL, on_line, on_end, &listener);
  while (!listener.ended)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
