/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "result/mill-merge-private.h"

/* How much later than the merged trial a trial began. */
static double
offset_s (const MillTrialResult *merged, const MillTrialResult *trial)
{
  return (double) (trial->started_us - merged->started_us) / G_USEC_PER_SEC;
}

/* The last sample at or before a time; NULL before the first. */
static const MillSample *
sample_at (const MillTrialResult *trial, double time_s)
{
  const MillSample *found = NULL;

  for (guint i = 0; i < trial->samples->len; i++) {
    const MillSample *sample = &g_array_index (trial->samples, MillSample, i);

    if (sample->time_s > time_s)
      break;
    found = sample;
  }
  return found;
}

/* A machine that has not begun, or is done, holds nothing in flight; what it did stays done. CPU
 * in percent is left out as in mill_result_merge(). */
static MillSample
add_up (const MillTrialResult *merged, const GArray *inputs, double time_s)
{
  MillSample sum = { time_s, NAN, NAN, 0, 0, 0, 0, 0 };

  for (guint i = 0; i < inputs->len; i++) {
    const MillTrialResult *trial = g_array_index (inputs, MillMergeInput, i).trial;
    double own_s = time_s - offset_s (merged, trial);
    const MillSample *sample = trial->status == MILL_TRIAL_FAILED ? NULL : sample_at (trial, own_s);

    if (sample == NULL)
      continue;
    sum.done += MAX (sample->done, 0);
    sum.failed += MAX (sample->failed, 0);
    if (own_s > trial->wall_time_s)
      continue;
    sum.in_flight += MAX (sample->in_flight, 0);
    sum.memory_mib += sample->memory_mib;
    sum.threads = (int) MIN ((gint64) sum.threads + MAX (sample->threads, 0), G_MAXINT);
  }
  return sum;
}

/* The trial with the most points lends its times: the others' are read at those. */
static void
merge_samples (MillTrialResult *merged, const GArray *inputs)
{
  const MillTrialResult *finest = NULL;

  for (guint i = 0; i < inputs->len; i++) {
    const MillTrialResult *trial = g_array_index (inputs, MillMergeInput, i).trial;

    if (trial->status != MILL_TRIAL_FAILED &&
        (finest == NULL || trial->samples->len > finest->samples->len))
      finest = trial;
  }
  for (guint i = 0; finest != NULL && i < finest->samples->len; i++) {
    double own_s = g_array_index (finest->samples, MillSample, i).time_s;
    MillSample sum = add_up (merged, inputs, own_s + offset_s (merged, finest));

    g_array_append_val (merged->samples, sum);
  }
}

/* Each document keeps its share of the timeline, on lanes of its own. */
static void
append_timeline (MillTrialResult *merged, const MillTrialResult *trial, guint kept, guint32 *lane)
{
  gint64 later_us = trial->started_us - merged->started_us;
  guint32 lanes = 0;

  for (guint i = 0; i < kept; i++) {
    guint index = (guint) ((guint64) i * trial->timeline->len / kept);
    MillTimelineEntry entry = g_array_index (trial->timeline, MillTimelineEntry, index);

    /* A hostile lane number must not wrap around. */
    lanes = MAX (lanes, MIN (entry.lane, MILL_MAX_IN_FLIGHT) + 1);
    entry.lane = *lane + MIN (entry.lane, MILL_MAX_IN_FLIGHT);
    entry.queued_us += later_us;
    entry.started_us += later_us;
    entry.sent_us += later_us;
    entry.first_byte_us += later_us;
    entry.done_us += later_us;
    g_array_append_val (merged->timeline, entry);
  }
  *lane += lanes;
}

static void
merge_timelines (MillTrialResult *merged, const GArray *inputs)
{
  guint64 total = 0;
  guint32 lane = 0;

  for (guint i = 0; i < inputs->len; i++)
    total += g_array_index (inputs, MillMergeInput, i).trial->timeline->len;
  for (guint i = 0; i < inputs->len; i++) {
    const MillTrialResult *trial = g_array_index (inputs, MillMergeInput, i).trial;
    guint64 kept = trial->timeline->len;

    if (total > MILL_MAX_TIMELINE)
      kept = kept * MILL_MAX_TIMELINE / total;
    if (trial->status != MILL_TRIAL_FAILED)
      append_timeline (merged, trial, (guint) kept, &lane);
  }
}

void
mill_merge_series (MillTrialResult *merged, const GArray *inputs)
{
  if (merged->started_us < 0)
    return;
  merge_samples (merged, inputs);
  merge_timelines (merged, inputs);
}
