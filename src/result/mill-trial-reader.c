/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-merge.h"
#include "result/mill-result-private.h"

#define MAX_TIME_US G_GINT64_CONSTANT (1000000000000000)

static gboolean
read_figures (MillTrialResult *trial, JsonObject *object, GError **error)
{
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    MillFigure figure = (MillFigure) i;
    JsonObject *parent;
    const char *name;
    double value = NAN;

    if (!mill_trial_result_figure_is_stored (figure))
      continue;
    if (!mill_json_figure_parent (object, mill_figure_info (figure)->id, &parent, &name, error))
      return FALSE;
    if (parent == NULL)
      continue;
    if (mill_trial_result_figure_is_count (figure)) {
      gint64 count = -1;

      if (!mill_json_get_count (parent, name, &count, error))
        return FALSE;
      value = count < 0 ? NAN : (double) count;
    } else if (!mill_json_get_figure (parent, name, &value, error)) {
      return FALSE;
    }
    mill_trial_result_set_figure (trial, figure, value);
  }
  return TRUE;
}

static gboolean
read_latency (JsonObject *object, const char *member, MillLatency *latency, GError **error)
{
  JsonObject *child = NULL;

  if (!mill_json_get_object (object, member, &child, error))
    return FALSE;
  if (child == NULL)
    return TRUE;
  return mill_json_get_figure (child, "min", &latency->min, error) &&
         mill_json_get_figure (child, "mean", &latency->mean, error) &&
         mill_json_get_figure (child, "p50", &latency->p50, error) &&
         mill_json_get_figure (child, "p75", &latency->p75, error) &&
         mill_json_get_figure (child, "p90", &latency->p90, error) &&
         mill_json_get_figure (child, "p99", &latency->p99, error) &&
         mill_json_get_figure (child, "p999", &latency->p999, error) &&
         mill_json_get_figure (child, "max", &latency->max, error) &&
         mill_json_get_figure (child, "stddev", &latency->stddev, error);
}

static MillOutcome
outcome_from_string (const char *text)
{
  for (int i = 0; i < MILL_N_OUTCOMES; i++) {
    if (g_strcmp0 (mill_outcome_to_string ((MillOutcome) i), text) == 0)
      return (MillOutcome) i;
  }
  /* A reason of a newer version is still a failure. */
  return MILL_OUTCOME_OTHER;
}

gboolean
mill_errors_from_json (JsonObject *errors, gint64 counts[MILL_N_OUTCOMES], GError **error)
{
  g_autoptr (GList) reasons = json_object_get_members (errors);

  for (GList *item = reasons; item != NULL; item = item->next) {
    gint64 count = 0;

    if (!mill_json_get_count (errors, item->data, &count, error))
      return FALSE;
    counts[outcome_from_string (item->data)] += count;
  }
  return TRUE;
}

static gboolean
read_errors (MillTrialResult *trial, JsonObject *object, GError **error)
{
  JsonObject *errors = NULL;

  if (!mill_json_get_object (object, "errors", &errors, error))
    return FALSE;
  return errors == NULL || mill_errors_from_json (errors, trial->errors, error);
}

gboolean
mill_sample_from_json (JsonObject *object, MillSample *sample, GError **error)
{
  *sample = (MillSample){ 0, NAN, NAN, NAN, -1, -1, -1, -1 };
  return mill_json_get_figure (object, "time_s", &sample->time_s, error) &&
         mill_json_get_figure (object, "cpu_process_percent", &sample->cpu_process_percent,
                               error) &&
         mill_json_get_figure (object, "cpu_system_percent", &sample->cpu_system_percent, error) &&
         mill_json_get_figure (object, "memory_mib", &sample->memory_mib, error) &&
         mill_json_get_count (object, "in_flight", &sample->in_flight, error) &&
         mill_json_get_count (object, "done", &sample->done, error) &&
         mill_json_get_count (object, "failed", &sample->failed, error) &&
         mill_json_get_small (object, "threads", &sample->threads, error);
}

static gboolean
read_samples (MillTrialResult *trial, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "samples", MILL_MAX_SAMPLES, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "samples", error);
    MillSample sample;

    if (element == NULL || !mill_sample_from_json (element, &sample, error))
      return FALSE;
    g_array_append_val (trial->samples, sample);
  }
  return TRUE;
}

static gboolean
read_entry (JsonObject *object, MillTimelineEntry *entry, GError **error)
{
  g_autofree char *outcome = NULL;
  gint64 lane = 0;
  gboolean new_connection = FALSE;

  if (!mill_json_get_int (object, "lane", 0, G_MAXUINT32, &lane, error) ||
      !mill_json_get_int (object, "queued_us", -MAX_TIME_US, MAX_TIME_US, &entry->queued_us,
                          error) ||
      !mill_json_get_int (object, "started_us", -MAX_TIME_US, MAX_TIME_US, &entry->started_us,
                          error) ||
      !mill_json_get_int (object, "sent_us", -MAX_TIME_US, MAX_TIME_US, &entry->sent_us, error) ||
      !mill_json_get_int (object, "first_byte_us", -MAX_TIME_US, MAX_TIME_US, &entry->first_byte_us,
                          error) ||
      !mill_json_get_int (object, "done_us", -MAX_TIME_US, MAX_TIME_US, &entry->done_us, error) ||
      !mill_json_get_string (object, "outcome", MILL_RESULT_MAX_NAME_BYTES, &outcome, error) ||
      !mill_json_get_boolean (object, "new_connection", &new_connection, error))
    return FALSE;

  entry->lane = (guint32) lane;
  entry->outcome = (guint8) (outcome == NULL ? MILL_OUTCOME_OK : outcome_from_string (outcome));
  entry->new_connection = new_connection != FALSE;
  return TRUE;
}

static gboolean
read_timeline (MillTrialResult *trial, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "timeline", MILL_MAX_TIMELINE, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "timeline", error);
    MillTimelineEntry entry = { 0 };

    if (element == NULL || !read_entry (element, &entry, error))
      return FALSE;
    g_array_append_val (trial->timeline, entry);
  }
  return TRUE;
}

static gboolean
read_histogram (JsonObject *object, const char *member, MillHistogram **histogram, GError **error)
{
  MillHistogram *read;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  read = mill_histogram_from_json (json_object_get_member (object, member), error);
  if (read == NULL)
    return FALSE;
  mill_histogram_free (*histogram);
  *histogram = read;
  return TRUE;
}

static gboolean
read_status (MillTrialResult *trial, JsonObject *object, GError **error)
{
  g_autofree char *status = NULL;
  gboolean verified = trial->verified;

  if (!mill_json_get_string (object, "status", MILL_RESULT_MAX_NAME_BYTES, &status, error))
    return FALSE;
  if (status != NULL && !mill_trial_status_from_string (status, &trial->status)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID,
                 _ ("“status” is “%s”, but must be complete, partial or failed."), status);
    return FALSE;
  }
  if (!mill_json_get_boolean (object, "verified", &verified, error))
    return FALSE;
  trial->verified = verified;
  return TRUE;
}

static gboolean
read_started (MillTrialResult *trial, JsonObject *object, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (!mill_json_get_string (object, "started", MILL_RESULT_MAX_NAME_BYTES, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL || g_date_time_to_unix (time) < 0) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID,
                 _ ("“started” must be a time such as 2026-11-21T09:30:00.123456Z."));
    return FALSE;
  }
  trial->started_us =
      g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}

/* What a trial and a part of a merged one have in common. */
static gboolean
read_head (MillTrialResult *trial, JsonObject *object, GError **error)
{
  if (!mill_json_get_string (object, "model", MILL_RESULT_MAX_NAME_BYTES, &trial->model, error) ||
      !mill_json_get_small (object, "repetition", &trial->repetition, error) ||
      !mill_json_get_small (object, "order", &trial->order, error) ||
      !mill_json_get_figure (object, "sweep_value", &trial->sweep_value, error) ||
      !read_status (trial, object, error) ||
      !mill_json_get_string (object, "reason", MILL_RESULT_MAX_TEXT_BYTES, &trial->reason, error) ||
      !mill_json_get_string (object, "verification", MILL_RESULT_MAX_TEXT_BYTES,
                             &trial->verification, error) ||
      !mill_json_get_string (object, "corresponds_to", MILL_RESULT_MAX_NAME_BYTES,
                             &trial->corresponds_to, error) ||
      !mill_json_get_count (object, "requests_asked", &trial->requests_asked, error) ||
      !mill_json_get_count (object, "requests_planned", &trial->requests_planned, error) ||
      !mill_json_get_figure (object, "projected_wall_time_s", &trial->projected_wall_time_s,
                             error) ||
      !read_figures (trial, object, error) ||
      !read_latency (object, "latency_uncorrected_ms", &trial->latency_uncorrected_ms, error) ||
      !mill_json_get_count (object, "sent_late", &trial->sent_late, error) ||
      !mill_json_get_small (object, "cores", &trial->cores, error) ||
      !mill_json_get_string (object, "checksum", MILL_RESULT_MAX_NAME_BYTES, &trial->checksum,
                             error) ||
      !mill_json_get_count (object, "checksum_bytes", &trial->checksum_bytes, error) ||
      !read_started (trial, object, error) || !read_errors (trial, object, error))
    return FALSE;

  if (trial->model == NULL || *trial->model == '\0') {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“model” is missing."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_parts (MillTrialResult *trial, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;

  if (!mill_json_get_array (object, "parts", MILL_MAX_MACHINES, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  trial->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_trial_result_free);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *element = mill_json_element_object (array, i, "parts", error);
    MillTrialResult *part;

    if (element == NULL)
      return FALSE;
    part = mill_trial_result_new ();
    g_ptr_array_add (trial->parts, part);
    if (!read_head (part, element, error) ||
        !mill_json_get_string (element, "machine", MILL_RESULT_MAX_NAME_BYTES, &part->machine,
                               error)) {
      g_prefix_error (error, _ ("In part %u: "), i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
mill_trial_result_read (MillTrialResult *trial, JsonObject *object, GError **error)
{
  return read_head (trial, object, error) && read_parts (trial, object, error) &&
         read_samples (trial, object, error) &&
         read_histogram (object, "histogram", &trial->histogram, error) &&
         read_histogram (object, "histogram_uncorrected", &trial->histogram_uncorrected, error) &&
         read_timeline (trial, object, error);
}
