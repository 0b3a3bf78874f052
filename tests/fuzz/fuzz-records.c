/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record file of a worker: eight bytes that vary the trial, then records. Whatever they say,
 * there are figures, each request is counted once, and the figures can be written.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench/mill-bench-events.h"
#include "result/mill-trial-figures.h"

#include "fuzz.h"

#define HEAD_BYTES 8
#define MAX_WALL_TIME_S 1e9

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < HEAD_BYTES)
    return 0;
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillModelSpec model;
  g_assert_true (mill_model_spec_parse ("hybrid:2x8", experiment->workload, &model, NULL));
  g_autoptr (MillTrial) trial = mill_trial_new (experiment, &model);
  trial->rate = data[0] & 1 ? data[1] : 0;
  trial->duration_s = data[0] & 2 ? data[2] : 0;
  trial->requests = 1 + data[3];
  trial->requests_asked = trial->requests + (data[0] & 4 ? data[4] : 0);

  gint64 n = (gint64) ((size - HEAD_BYTES) / sizeof (MillRecord));
  g_autofree MillRecord *records = g_new0 (MillRecord, MAX (n, 1));
  memcpy (records, data + HEAD_BYTES, (gsize) n * sizeof (MillRecord));
  g_autoptr (MillTrialResult) result =
      mill_trial_result_from_records (trial, records, n, NULL, NULL);
  if (result == NULL)
    return 0;
  g_assert_cmpint (MAX (result->requests_ok, 0) + MAX (result->requests_failed, 0), <=, n);
  /* Some thirty years: a damaged record must not count for the time of a trial. */
  g_assert_false (fabs (result->wall_time_s) > MAX_WALL_TIME_S);
  g_autofree char *event = mill_event_trial_finished (result);
  g_assert_null (strchr (event, '\n'));
  return 0;
}
