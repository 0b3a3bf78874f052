/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "bench/mill-bench-events.h"
#include "experiment/mill-json.h"

static JsonObject *
event_new (const char *event)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "event", event);
  return object;
}

static JsonObject *
trial_event_new (const char *event, int order, const char *model, int repetition)
{
  JsonObject *object = event_new (event);

  json_object_set_int_member (object, "order", order);
  json_object_set_string_member (object, "model", model);
  json_object_set_int_member (object, "repetition", repetition);
  return object;
}

static void
set_double (JsonObject *object, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, member, value);
}

/* Takes `object`. */
static char *
event_to_line (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return mill_json_to_line (node);
}

char *
mill_event_plan (const MillPlan *plan)
{
  JsonObject *object = event_new ("plan");

  json_object_set_int_member (object, "trials", plan->trials->len);
  set_double (object, "total_s", plan->total_s);
  set_double (object, "first_round_s", plan->first_round_s);
  return event_to_line (object);
}

char *
mill_event_trial_started (const MillTrial *trial)
{
  JsonObject *object =
      trial_event_new ("trial-started", trial->order, trial->model_name, trial->repetition);

  json_object_set_int_member (object, "requests", trial->requests);
  set_double (object, "sweep_value", trial->sweep_value);
  return event_to_line (object);
}

char *
mill_event_of_worker (const MillTrial *trial, JsonObject *object)
{
  JsonObject *event = trial_event_new ("", trial->order, trial->model_name, trial->repetition);
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (event, l->data,
                            json_node_copy (json_object_get_member (object, l->data)));
  return event_to_line (event);
}

char *
mill_event_trial_finished (const MillTrialResult *result)
{
  JsonObject *object =
      trial_event_new ("trial-finished", result->order, result->model, result->repetition);

  json_object_set_string_member (object, "status", mill_trial_status_to_string (result->status));
  if (result->verified >= 0)
    json_object_set_boolean_member (object, "verified", result->verified == 1);
  if (result->reason != NULL)
    json_object_set_string_member (object, "reason", result->reason);
  if (result->requests_ok >= 0)
    json_object_set_int_member (object, "requests_ok", result->requests_ok);
  if (result->requests_failed >= 0)
    json_object_set_int_member (object, "requests_failed", result->requests_failed);
  set_double (object, "sweep_value", result->sweep_value);
  set_double (object, "wall_time_s", result->wall_time_s);
  set_double (object, "throughput_rps", result->throughput_rps);
  return event_to_line (object);
}

char *
mill_event_warning (const MillWarning *warning)
{
  JsonObject *object = event_new ("warning");

  json_object_set_string_member (object, "code", warning->code);
  if (warning->model != NULL)
    json_object_set_string_member (object, "model", warning->model);
  json_object_set_string_member (object, "message", warning->message);
  return event_to_line (object);
}

char *
mill_event_finished (const MillResult *result, gboolean partial)
{
  JsonObject *object = event_new ("finished");

  json_object_set_int_member (object, "trials", result->trials->len);
  json_object_set_boolean_member (object, "partial", partial);
  return event_to_line (object);
}
