/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-text.h"
#include "result/mill-merge-private.h"
#include "result/mill-trial-figures.h"

/* Longer reasons of a machine are cut: they stand beside others. */
#define MAX_REASON_CHARACTERS 500
/* Thirty years: longer trials are damage. */
#define MAX_WALL_TIME_S 1e9

/* How the figures of several machines become one; see mill_result_merge(). */
typedef enum {
  RULE_ABSENT,
  RULE_SUM,
  RULE_HIGHEST,
  RULE_OTHERWISE, /* from the histogram, or from other figures */
} Rule;

static const Rule rules[MILL_N_FIGURES] = {
  [MILL_FIGURE_WALL_TIME] = RULE_OTHERWISE,
  [MILL_FIGURE_TASK_CREATION] = RULE_HIGHEST,
  [MILL_FIGURE_COLD_START] = RULE_HIGHEST,
  [MILL_FIGURE_THROUGHPUT] = RULE_SUM,
  [MILL_FIGURE_REQUESTS_OK] = RULE_SUM,
  [MILL_FIGURE_REQUESTS_FAILED] = RULE_SUM,
  [MILL_FIGURE_LATENCY_MIN] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_MEAN] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_P50] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_P75] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_P90] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_P99] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_P999] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_MAX] = RULE_OTHERWISE,
  [MILL_FIGURE_LATENCY_STDDEV] = RULE_OTHERWISE,
  [MILL_FIGURE_BYTES_DOWNLOADED] = RULE_SUM,
  [MILL_FIGURE_BYTES_UPLOADED] = RULE_SUM,
  [MILL_FIGURE_BYTES_WRITTEN] = RULE_SUM,
  [MILL_FIGURE_DOWNLOAD] = RULE_SUM,
  [MILL_FIGURE_UPLOAD] = RULE_SUM,
  [MILL_FIGURE_CPU_PROCESS_AVG] = RULE_ABSENT,
  [MILL_FIGURE_CPU_PROCESS_MAX] = RULE_ABSENT,
  [MILL_FIGURE_CPU_SYSTEM_AVG] = RULE_ABSENT,
  [MILL_FIGURE_CPU_SYSTEM_MAX] = RULE_ABSENT,
  [MILL_FIGURE_CPU_SERVER] = RULE_HIGHEST,
  [MILL_FIGURE_CPU_USER] = RULE_SUM,
  [MILL_FIGURE_CPU_SYSTEM] = RULE_SUM,
  [MILL_FIGURE_CPU_PER_REQUEST] = RULE_OTHERWISE,
  [MILL_FIGURE_MEMORY_AVG] = RULE_SUM,
  [MILL_FIGURE_MEMORY_MAX] = RULE_SUM,
  [MILL_FIGURE_SWITCHES_VOLUNTARY] = RULE_SUM,
  [MILL_FIGURE_SWITCHES_INVOLUNTARY] = RULE_SUM,
  [MILL_FIGURE_THREADS] = RULE_SUM,
  [MILL_FIGURE_PROCESSES] = RULE_SUM,
  [MILL_FIGURE_CONNECTIONS] = RULE_SUM,
  [MILL_FIGURE_MAX_IN_FLIGHT] = RULE_SUM,
};

static gboolean
has_measured (const MillTrialResult *part)
{
  return part->status != MILL_TRIAL_FAILED;
}

static gint64
end_us (const MillTrialResult *part)
{
  return part->started_us + (gint64) (part->wall_time_s * G_USEC_PER_SEC);
}

/* A part as it stands in the merged trial: all but the bulk. */
static MillTrialResult *
part_new (const MillTrialResult *trial, const char *machine)
{
  MillTrialResult slim = *trial;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (MillSample));
  g_autoptr (GArray) timeline = g_array_new (FALSE, FALSE, sizeof (MillTimelineEntry));
  g_autoptr (MillHistogram) histogram = mill_histogram_new ();

  slim.samples = samples;
  slim.timeline = timeline;
  slim.histogram = histogram;
  slim.histogram_uncorrected = NULL;
  slim.parts = NULL;
  slim.machine = (char *) machine;
  return mill_trial_result_copy (&slim);
}

/* What each machine did, in the order of the machines; a merged trial is taken apart. */
static GPtrArray *
gather_parts (const GArray *inputs, const GPtrArray *machines)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_trial_result_free);

  for (guint m = 0; m < machines->len; m++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, m);

    for (guint i = 0; i < inputs->len; i++) {
      const MillMergeInput *input = &g_array_index (inputs, MillMergeInput, i);
      const GPtrArray *own = input->trial->parts;

      if (input->source != machine->source)
        continue;
      if (own == NULL)
        g_ptr_array_add (parts, part_new (input->trial, machine->label));
      for (guint p = 0; own != NULL && p < own->len; p++) {
        const MillTrialResult *part = g_ptr_array_index (own, p);

        if (g_strcmp0 (part->machine, machine->own_label) == 0)
          g_ptr_array_add (parts, part_new (part, machine->label));
      }
    }
  }
  return parts;
}

static gboolean fail_time (GError **error, const MillTrialResult *trial, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
fail_time (GError **error, const MillTrialResult *trial, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s, repetition %d: %s"), trial->model,
               trial->repetition, what);
  return FALSE;
}

/* Where the machines began, and when the first of them was done. */
static gboolean
check_clocks (const GPtrArray *parts, double max_skew_s, double *skew_s, GError **error)
{
  const MillTrialResult *first = NULL;
  const MillTrialResult *last = NULL;
  const MillTrialResult *earliest_end = NULL;

  for (guint i = 0; i < parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (parts, i);
    g_autofree char *machine = mill_text_quote (part->machine);

    if (!has_measured (part))
      continue;
    if (part->started_us < 0 || !(part->wall_time_s >= 0 && part->wall_time_s <= MAX_WALL_TIME_S))
      return fail_time (error, part,
                        _ ("%s does not say when it ran (no “started” or no time); measure it with "
                           "this version of Threadmill."),
                        machine);
    if (first == NULL || part->started_us < first->started_us)
      first = part;
    if (last == NULL || part->started_us > last->started_us)
      last = part;
    if (earliest_end == NULL || end_us (part) < end_us (earliest_end))
      earliest_end = part;
  }
  if (first == NULL)
    return TRUE;

  double apart_s = (double) (last->started_us - first->started_us) / G_USEC_PER_SEC;
  double gap_s = (double) (last->started_us - end_us (earliest_end)) / G_USEC_PER_SEC;
  g_autofree char *first_machine = mill_text_quote (first->machine);
  g_autofree char *last_machine = mill_text_quote (last->machine);
  g_autofree char *ended_machine = mill_text_quote (earliest_end->machine);

  *skew_s = MAX (*skew_s, apart_s);
  if (apart_s > max_skew_s)
    return fail_time (error, first,
                      _ ("%s started %.3f s after %s, and %.3f s are accepted. Start the machines "
                         "together, with clocks set by NTP; --max-skew accepts more."),
                      last_machine, apart_s, first_machine, max_skew_s);
  if (gap_s > 0)
    return fail_time (error, first,
                      _ ("%s started %.3f s after %s had ended: they were not at work at the same "
                         "time."),
                      last_machine, gap_s, ended_machine);
  return TRUE;
}

double
mill_merge_overlap (const MillTrialResult *trial)
{
  gint64 begin = 0, end = 0, union_begin = 0, union_end = 0;
  gboolean any = FALSE;

  for (guint i = 0; trial->parts != NULL && i < trial->parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (trial->parts, i);

    if (!has_measured (part))
      continue;
    begin = any ? MAX (begin, part->started_us) : part->started_us;
    end = any ? MIN (end, end_us (part)) : end_us (part);
    union_begin = any ? MIN (union_begin, part->started_us) : part->started_us;
    union_end = any ? MAX (union_end, end_us (part)) : end_us (part);
    any = TRUE;
  }
  return union_end > union_begin
             ? (double) MAX (end - begin, 0) / (double) (union_end - union_begin)
             : 1.0;
}

/* NAN where one of the parts lacks it: a sum of some would be taken for that of all. */
static double
combine (const GPtrArray *parts, MillFigure figure)
{
  double combined = NAN;

  for (guint i = 0; i < parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (parts, i);
    double value = mill_trial_result_get_figure (part, figure);

    if (!has_measured (part))
      continue;
    if (isnan (value))
      return NAN;
    if (isnan (combined))
      combined = value;
    else
      combined = rules[figure] == RULE_SUM ? combined + value : MAX (combined, value);
  }
  return combined;
}

static gint64
add_count (gint64 sum, gint64 count)
{
  return sum < 0 || count < 0 ? -1 : sum + count;
}

/* Bodies of the same content, or the same computation, give the same checksum on each machine. */
static void
merge_checksums (MillTrialResult *merged)
{
  const MillTrialResult *first = g_ptr_array_index (merged->parts, 0);
  gint64 bytes = 0;

  for (guint i = 0; i < merged->parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (merged->parts, i);

    if (first->checksum == NULL || g_strcmp0 (part->checksum, first->checksum) != 0)
      return;
    bytes = add_count (bytes, part->checksum_bytes);
  }
  merged->checksum = g_strdup (first->checksum);
  merged->checksum_bytes = bytes;
}

/* One machine's reason or difference stands for the trial; the others have theirs in their part. */
static void
name_first (char **text, const MillTrialResult *part, const char *what)
{
  if (*text != NULL || what == NULL)
    return;
  g_autofree char *cut =
      g_utf8_substring (what, 0, MIN (MAX_REASON_CHARACTERS, g_utf8_strlen (what, -1)));
  *text = g_strdup_printf ("%s: %s", part->machine, cut);
}

static void
merge_status (MillTrialResult *merged, const GPtrArray *machines)
{
  guint complete = 0, failed = 0, verified = 0, differs = 0;

  for (guint i = 0; i < merged->parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (merged->parts, i);

    complete += part->status == MILL_TRIAL_COMPLETE;
    failed += part->status == MILL_TRIAL_FAILED;
    verified += part->verified > 0;
    differs += part->verified == 0;
    if (part->status != MILL_TRIAL_COMPLETE)
      name_first (&merged->reason, part,
                  part->reason != NULL ? part->reason : mill_trial_status_to_string (part->status));
    if (part->verified <= 0)
      name_first (&merged->verification, part, part->verification);
  }
  merged->status = complete == machines->len      ? MILL_TRIAL_COMPLETE
                   : failed == merged->parts->len ? MILL_TRIAL_FAILED
                                                  : MILL_TRIAL_PARTIAL;
  merged->verified = differs > 0 ? 0 : verified == machines->len ? 1 : -1;
  if (merged->reason == NULL && merged->parts->len < machines->len)
    merged->reason = g_strdup_printf (_ ("only %u of %u machines ran this trial"),
                                      merged->parts->len, machines->len);
}

static void
merge_counts (MillTrialResult *merged)
{
  const MillTrialResult *first = g_ptr_array_index (merged->parts, 0);
  gint64 begin = G_MAXINT64, end = -1;
  gint64 cores = 0;

  merged->model = g_strdup (first->model);
  merged->repetition = first->repetition;
  merged->order = first->order;
  merged->sweep_value = first->sweep_value;
  merged->requests_asked = merged->requests_planned = merged->sent_late = 0;
  for (guint i = 0; i < merged->parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (merged->parts, i);

    merged->requests_asked = add_count (merged->requests_asked, part->requests_asked);
    merged->requests_planned = add_count (merged->requests_planned, part->requests_planned);
    if (!has_measured (part))
      continue;
    merged->sent_late = add_count (merged->sent_late, part->sent_late);
    cores = add_count (cores, part->cores);
    for (int j = 0; j < MILL_N_OUTCOMES; j++)
      merged->errors[j] += part->errors[j];
    begin = MIN (begin, part->started_us);
    end = MAX (end, end_us (part));
    /* The slowest projection is when all would be done. */
    merged->projected_wall_time_s =
        fmax (merged->projected_wall_time_s, part->projected_wall_time_s);
  }
  if (end < 0) {
    merged->sent_late = -1;
    return;
  }
  merged->cores = (int) MIN (cores, G_MAXINT);
  merged->started_us = begin;
  merged->wall_time_s = (double) (end - begin) / G_USEC_PER_SEC;
}

static gboolean
merge_histograms (MillTrialResult *merged, const GArray *inputs, GError **error)
{
  gboolean uncorrected = TRUE;

  for (guint i = 0; i < inputs->len; i++) {
    const MillTrialResult *trial = g_array_index (inputs, MillMergeInput, i).trial;

    if (!has_measured (trial))
      continue;
    if (mill_histogram_count (trial->histogram) == 0 && !isnan (trial->latency_ms.mean))
      return fail_time (error, trial,
                        _ ("a document has latencies without a histogram; percentiles cannot be "
                           "added."));
    if (mill_histogram_count (trial->histogram) >
        MILL_HISTOGRAM_MAX_COUNT - mill_histogram_count (merged->histogram))
      return fail_time (error, trial, _ ("together these are more requests than can be."));
    mill_histogram_merge (merged->histogram, trial->histogram);
    uncorrected = uncorrected && trial->histogram_uncorrected != NULL;
  }
  merged->latency_ms = mill_latency_from_histogram (merged->histogram);
  if (!uncorrected || mill_histogram_count (merged->histogram) == 0)
    return TRUE;
  merged->histogram_uncorrected = mill_histogram_new ();
  for (guint i = 0; i < inputs->len; i++) {
    const MillTrialResult *trial = g_array_index (inputs, MillMergeInput, i).trial;

    if (has_measured (trial))
      mill_histogram_merge (merged->histogram_uncorrected, trial->histogram_uncorrected);
  }
  merged->latency_uncorrected_ms = mill_latency_from_histogram (merged->histogram_uncorrected);
  return TRUE;
}

MillTrialResult *
mill_merge_trials (const GArray *inputs,
                   const GPtrArray *machines,
                   double max_skew_s,
                   double *skew_s,
                   GError **error)
{
  g_autoptr (MillTrialResult) merged = mill_trial_result_new ();

  merged->parts = gather_parts (inputs, machines);
  if (merged->parts->len == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                         _ ("A merged trial names machines that its document does not have."));
    return NULL;
  }
  if (!check_clocks (merged->parts, max_skew_s, skew_s, error) ||
      !merge_histograms (merged, inputs, error))
    return NULL;
  merge_counts (merged);
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    if (rules[i] == RULE_SUM || rules[i] == RULE_HIGHEST)
      mill_trial_result_set_figure (merged, (MillFigure) i,
                                    combine (merged->parts, (MillFigure) i));
  }
  merge_checksums (merged);
  merge_status (merged, machines);
  mill_merge_series (merged, inputs);
  return g_steal_pointer (&merged);
}
