/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "result/mill-findings.h"
#include "result/mill-result.h"

/* Nine significant digits hold every figure that is measured here (a microsecond of a quarter of
 * an hour), and keep the digits that only binary fractions made out of the document. */
static double
rounded (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.9g", value), NULL);
}

static void
set_double (JsonObject *object, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, member, rounded (value));
}

static void
set_count (JsonObject *object, const char *member, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, member, value);
}

static void
set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

/* The object that holds a figure's last name, made where "a.b" is the first of its "a". */
static JsonObject *
figure_parent (JsonObject *object, const char *id, const char **name)
{
  const char *dot = strchr (id, '.');

  *name = dot != NULL ? dot + 1 : id;
  if (dot == NULL)
    return object;

  g_autofree char *group = g_strndup (id, (gsize) (dot - id));

  if (!json_object_has_member (object, group))
    json_object_set_object_member (object, group, json_object_new ());
  return json_object_get_object_member (object, group);
}

static void
set_latency (JsonObject *object, const char *member, const MillLatency *latency)
{
  JsonObject *child;

  if (isnan (latency->mean))
    return;
  child = json_object_new ();
  set_double (child, "min", latency->min);
  set_double (child, "mean", latency->mean);
  set_double (child, "p50", latency->p50);
  set_double (child, "p75", latency->p75);
  set_double (child, "p90", latency->p90);
  set_double (child, "p99", latency->p99);
  set_double (child, "p999", latency->p999);
  set_double (child, "max", latency->max);
  set_double (child, "stddev", latency->stddev);
  json_object_set_object_member (object, member, child);
}

static void
set_figures (JsonObject *object, const MillTrialResult *trial)
{
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    MillFigure figure = (MillFigure) i;
    double value = mill_trial_result_get_figure (trial, figure);
    const char *name;

    if (!mill_trial_result_figure_is_stored (figure) || !isfinite (value))
      continue;

    JsonObject *parent = figure_parent (object, mill_figure_info (figure)->id, &name);

    if (mill_trial_result_figure_is_count (figure))
      json_object_set_int_member (parent, name, (gint64) value);
    else
      json_object_set_double_member (parent, name, rounded (value));
  }
}

static JsonArray *
samples_to_json (const GArray *samples)
{
  JsonArray *array = json_array_sized_new (samples->len);

  for (guint i = 0; i < samples->len; i++) {
    const MillSample *sample = &g_array_index (samples, MillSample, i);
    JsonObject *object = json_object_new ();

    set_double (object, "time_s", sample->time_s);
    set_double (object, "cpu_process_percent", sample->cpu_process_percent);
    set_double (object, "cpu_system_percent", sample->cpu_system_percent);
    set_double (object, "memory_mib", sample->memory_mib);
    set_count (object, "in_flight", sample->in_flight);
    set_count (object, "done", sample->done);
    set_count (object, "failed", sample->failed);
    set_count (object, "threads", sample->threads);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
timeline_to_json (const GArray *timeline, guint limit)
{
  guint kept = MIN (timeline->len, limit);
  JsonArray *array = json_array_sized_new (kept);

  for (guint i = 0; i < kept; i++) {
    guint index = (guint) ((guint64) i * timeline->len / kept);
    const MillTimelineEntry *entry = &g_array_index (timeline, MillTimelineEntry, index);
    JsonObject *object = json_object_new ();

    json_object_set_int_member (object, "lane", entry->lane);
    json_object_set_int_member (object, "queued_us", entry->queued_us);
    json_object_set_int_member (object, "started_us", entry->started_us);
    json_object_set_int_member (object, "sent_us", entry->sent_us);
    json_object_set_int_member (object, "first_byte_us", entry->first_byte_us);
    json_object_set_int_member (object, "done_us", entry->done_us);
    json_object_set_string_member (object, "outcome",
                                   mill_outcome_to_string ((MillOutcome) entry->outcome));
    json_object_set_boolean_member (object, "new_connection", entry->new_connection != 0);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
errors_to_json (const MillTrialResult *trial)
{
  JsonObject *errors = json_object_new ();

  for (int i = 0; i < MILL_N_OUTCOMES; i++) {
    if (i != MILL_OUTCOME_OK && trial->errors[i] > 0)
      json_object_set_int_member (errors, mill_outcome_to_string ((MillOutcome) i),
                                  trial->errors[i]);
  }
  return errors;
}

/* Microseconds, so that the clocks of several machines can be compared. */
static void
set_started (JsonObject *object, gint64 started_us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (started_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time =
      second != NULL ? g_date_time_add (second, started_us % G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  if (started_us >= 0)
    set_string (object, "started", text);
}

/* What a trial and a part of a merged one have in common. */
static JsonObject *
trial_head_to_json (const MillTrialResult *trial)
{
  JsonObject *object = json_object_new ();

  set_string (object, "model", trial->model);
  json_object_set_int_member (object, "repetition", trial->repetition);
  json_object_set_int_member (object, "order", trial->order);
  set_double (object, "sweep_value", trial->sweep_value);
  set_string (object, "status", mill_trial_status_to_string (trial->status));
  set_string (object, "reason", trial->reason);
  if (trial->verified < 0)
    json_object_set_null_member (object, "verified");
  else
    json_object_set_boolean_member (object, "verified", trial->verified != 0);
  set_string (object, "verification", trial->verification);
  set_string (object, "corresponds_to", trial->corresponds_to);
  set_count (object, "requests_asked", trial->requests_asked);
  set_count (object, "requests_planned", trial->requests_planned);
  set_started (object, trial->started_us);
  set_double (object, "projected_wall_time_s", trial->projected_wall_time_s);
  set_figures (object, trial);
  set_latency (object, "latency_uncorrected_ms", &trial->latency_uncorrected_ms);
  set_count (object, "sent_late", trial->sent_late);
  set_count (object, "cores", trial->cores);
  set_string (object, "checksum", trial->checksum);
  set_count (object, "checksum_bytes", trial->checksum_bytes);
  json_object_set_object_member (object, "errors", errors_to_json (trial));
  return object;
}

static JsonArray *
parts_to_json (const GPtrArray *parts)
{
  JsonArray *array = json_array_sized_new (parts->len);

  for (guint i = 0; i < parts->len; i++) {
    const MillTrialResult *part = g_ptr_array_index (parts, i);
    JsonObject *object = trial_head_to_json (part);

    set_string (object, "machine", part->machine);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
trial_to_json (const MillTrialResult *trial, guint timeline_limit)
{
  JsonObject *object = trial_head_to_json (trial);

  if (trial->parts != NULL)
    json_object_set_array_member (object, "parts", parts_to_json (trial->parts));
  json_object_set_array_member (object, "samples", samples_to_json (trial->samples));
  json_object_set_member (object, "histogram", mill_histogram_to_json (trial->histogram));
  if (trial->histogram_uncorrected != NULL)
    json_object_set_member (object, "histogram_uncorrected",
                            mill_histogram_to_json (trial->histogram_uncorrected));
  json_object_set_array_member (object, "timeline",
                                timeline_to_json (trial->timeline, timeline_limit));
  return object;
}

/* How many entries each trial may keep so that all together stay within the limit: short
 * timelines stay whole, and leave their share to the longer ones. */
static guint
timeline_share (const GPtrArray *trials)
{
  guint share = MILL_MAX_TIMELINE;

  for (guint64 total = G_MAXUINT64; total > MILL_MAX_DOCUMENT_TIMELINE && share > 1;) {
    total = 0;
    for (guint i = 0; i < trials->len; i++) {
      const MillTrialResult *trial = g_ptr_array_index (trials, i);

      total += MIN (trial->timeline->len, share);
    }
    if (total > MILL_MAX_DOCUMENT_TIMELINE)
      share =
          MAX (1, MIN (share - 1, (guint) (share * (guint64) MILL_MAX_DOCUMENT_TIMELINE / total)));
  }
  return share;
}

static JsonObject *
estimate_to_json (const MillEstimate *estimate)
{
  JsonObject *object = json_object_new ();

  set_double (object, "median", estimate->median);
  set_double (object, "low", estimate->low);
  set_double (object, "high", estimate->high);
  json_object_set_int_member (object, "n", estimate->n);
  if (estimate->projected)
    json_object_set_boolean_member (object, "projected", TRUE);
  if (estimate->outliers > 0)
    json_object_set_int_member (object, "outliers", estimate->outliers);
  return object;
}

static JsonObject *
model_to_json (const MillModelResult *model)
{
  JsonObject *object = json_object_new ();

  set_string (object, "model", model->model);
  set_double (object, "sweep_value", model->sweep_value);
  set_string (object, "corresponds_to", model->corresponds_to);
  if (model->copy > 0)
    json_object_set_int_member (object, "copy", model->copy);
  json_object_set_int_member (object, "trials", model->trials);
  json_object_set_int_member (object, "complete", model->complete);
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    const char *name;
    JsonObject *parent;

    if (isnan (model->figures[i].median))
      continue;
    parent = figure_parent (object, mill_figure_info ((MillFigure) i)->id, &name);
    json_object_set_object_member (parent, name, estimate_to_json (&model->figures[i]));
  }
  if (!isnan (model->speedup_vs_sync.median))
    json_object_set_object_member (object, "speedup_vs_sync",
                                   estimate_to_json (&model->speedup_vs_sync));
  return object;
}

/* What a list of documents shows, so that it need not read the rest. */
static JsonObject *
overview_to_json (const MillResult *result)
{
  JsonObject *overview = json_object_new ();
  JsonArray *models = json_array_new ();
  double sweep_value = mill_findings_sweep_value (result);
  guint partial = 0;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    const MillEstimate *wall_time = &model->figures[MILL_FIGURE_WALL_TIME];
    JsonObject *object = json_object_new ();

    set_string (object, "model", model->model);
    set_double (object, "sweep_value", model->sweep_value);
    set_string (object, "corresponds_to", model->corresponds_to);
    set_double (object, "wall_time_s", wall_time->median);
    if (wall_time->projected)
      json_object_set_boolean_member (object, "projected", TRUE);
    if (!mill_findings_compares_time (result, model, sweep_value))
      json_object_set_boolean_member (object, "incomparable", TRUE);
    json_array_add_object_element (models, object);
  }
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    partial += trial->status != MILL_TRIAL_COMPLETE;
  }
  json_object_set_int_member (overview, "warnings", result->warnings->len);
  json_object_set_int_member (overview, "trials", result->trials->len);
  json_object_set_int_member (overview, "incomplete_trials", partial);
  set_string (overview, "workload", mill_workload_to_string (result->experiment->workload));
  json_object_set_int_member (overview, "requests", result->experiment->requests);
  json_object_set_int_member (overview, "repetitions", result->experiment->repetitions);
  set_string (overview, "preset", result->experiment->preset);
  json_object_set_array_member (overview, "models", models);
  return overview;
}

static JsonArray *
warnings_to_json (const GPtrArray *warnings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (warnings, i);
    JsonObject *object = json_object_new ();

    set_string (object, "code", warning->code);
    set_string (object, "model", warning->model);
    set_string (object, "message", warning->message);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
set_node (JsonObject *object, const char *member, JsonNode *node)
{
  if (node != NULL)
    json_object_set_member (object, member, json_node_copy (node));
  else
    json_object_set_object_member (object, member, json_object_new ());
}

static JsonNode *
program_to_json (const MillResult *result)
{
  JsonNode *node;
  JsonObject *object;

  if (result->program != NULL)
    return json_node_copy (result->program);
  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_object_set_string_member (object, "name", "Threadmill");
  set_string (object, "version", result->program_version);
  json_node_take_object (node, object);
  return node;
}

JsonNode *
mill_result_to_json (const MillResult *result)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *format = json_object_new ();
  JsonArray *trials = json_array_new ();
  JsonArray *models = json_array_new ();
  guint share = timeline_share (result->trials);

  json_object_set_string_member (format, "name", MILL_RESULT_FORMAT);
  json_object_set_int_member (format, "version", MILL_RESULT_VERSION);
  json_object_set_object_member (object, "format", format);
  set_string (object, "id", result->id);
  set_string (object, "name", result->name);
  set_string (object, "notes", result->notes);
  set_string (object, "started", result->started);
  json_object_set_boolean_member (object, "published", result->published);
  set_string (object, "source", result->source);
  set_string (object, "source_url", result->source_url);
  json_object_set_member (object, "program", program_to_json (result));
  json_object_set_object_member (object, "overview", overview_to_json (result));

  json_object_set_array_member (object, "warnings", warnings_to_json (result->warnings));
  set_node (object, "environment", result->environment);
  for (guint i = 0; i < result->models->len; i++)
    json_array_add_object_element (models, model_to_json (g_ptr_array_index (result->models, i)));
  json_object_set_array_member (object, "models", models);
  json_object_set_member (object, "experiment", mill_experiment_to_json (result->experiment));
  for (guint i = 0; i < result->trials->len; i++)
    json_array_add_object_element (trials,
                                   trial_to_json (g_ptr_array_index (result->trials, i), share));
  json_object_set_array_member (object, "trials", trials);
  json_node_take_object (root, object);
  return root;
}
