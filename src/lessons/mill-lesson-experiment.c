/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-permission.h"
#include "experiment/mill-preset.h"
#include "lessons/mill-lesson-experiment.h"
#include "lessons/mill-lesson-private.h"

#define MEMBER "experiment"

/* Without "ca_file", a path on somebody's machine, and "use_proxy". */
static const char *const known_members[] = {
  "preset", "workload",   "models", "urls",        "server", "method",      "headers",
  "body",   "keep_alive", "after",  "timeout_s",   "rounds", "requests",    "duration_s",
  "rate",   "warmup",     "seed",   "repetitions", "sweep",  "projections", NULL,
};

static const char *const known_server_members[] = {
  "delay_s", "jitter_s", "distribution", "body_size_bytes", "error_rate", "drop_rate", NULL,
};

/* RFC 7386, with one level of objects inside (server), as experiments have. */
static void
merge (JsonObject *target, JsonObject *patch)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &name, &value)) {
    JsonNode *old = json_object_get_member (target, name);

    if (JSON_NODE_HOLDS_NULL (value))
      json_object_remove_member (target, name);
    else if (g_str_equal (name, "server") && old != NULL && JSON_NODE_HOLDS_OBJECT (old) &&
             JSON_NODE_HOLDS_OBJECT (value))
      merge (json_node_get_object (old), json_node_get_object (value));
    else
      json_object_set_member (target, name, json_node_copy (value));
  }
}

/* What is changed: a preset, the lesson's experiment, or nothing. */
static JsonNode *
base_document (const MillFields *changes, const MillExperiment *base)
{
  g_autofree char *id =
      mill_fields_string (changes, "preset", MILL_FIELD_OPTIONAL, MILL_MAX_NAME_BYTES);
  g_autoptr (MillExperiment) fresh = NULL;
  g_autoptr (GError) error = NULL;

  if (id != NULL) {
    fresh = mill_preset_load (id, &error);
    if (fresh == NULL) {
      mill_fields_complain (changes, "preset", "%s", error->message);
      return NULL;
    }
    return mill_experiment_to_json (fresh);
  }
  if (base == NULL)
    base = fresh = mill_experiment_new ();
  return mill_experiment_to_json (base);
}

/* The place of a fault, from the name of the member in a message or a problem. */
static char *
find_member (const MillFields *changes, const char *name)
{
  static const char *const parents[] = { "", "server.", "sweep." };
  guint line, column;

  for (guint i = 0; i < G_N_ELEMENTS (parents); i++) {
    g_autofree char *member = g_strconcat (parents[i], name, NULL);
    g_autofree char *path = mill_fields_path (changes, member);

    if (mill_json_lines_find (changes->reader->lines, path, &line, &column))
      return g_steal_pointer (&path);
  }
  return g_strdup (changes->path);
}

/* Messages name the member in quotation marks, or in front of a colon. */
static void
complain_about_error (const MillFields *changes, const GError *error)
{
  const char *open = strstr (error->message, "“");
  const char *close = open != NULL ? strstr (open, "”") : NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (close != NULL)
    name = g_strndup (open + strlen ("“"), (gsize) (close - open) - strlen ("“"));
  else
    name = g_strndup (error->message, strcspn (error->message, ": "));
  path = find_member (changes, name);
  mill_reader_complain (changes->reader, path, "%s", error->message);
}

/* Models that this program was built without are no fault of the document. */
static gboolean
check_problems (const MillFields *changes, const MillExperiment *experiment)
{
  const MillLessonStep plain = { .experiment = (MillExperiment *) experiment };
  g_autoptr (MillExperiment) runnable = mill_lesson_scale_experiment (&plain, 1);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  MillModelKind missing;
  gboolean good = TRUE;

  if (runnable->models->len > 0 && !mill_lesson_has_models (runnable, &missing))
    return TRUE;
  problems = mill_experiment_problems (runnable);
  for (guint i = 0; i < problems->len; i++) {
    const MillProblem *problem = g_ptr_array_index (problems, i);
    g_autofree char *path = find_member (changes, problem->field);

    mill_reader_complain (changes->reader, path, "%s", problem->message);
    good = FALSE;
  }
  if (good && !mill_experiment_check_permission (runnable, &error)) {
    g_autofree char *path = find_member (changes, "urls");
    mill_reader_complain (changes->reader, path, "%s", error->message);
    good = FALSE;
  }
  return good;
}

MillExperiment *
mill_lesson_read_experiment (const MillFields *fields, const MillExperiment *base)
{
  MillFieldNeed need = base == NULL ? MILL_FIELD_REQUIRED : MILL_FIELD_OPTIONAL;
  g_auto (MillFields) changes = mill_fields_object (fields, MEMBER, need);
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (MillExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;

  if (changes.object == NULL)
    return base != NULL && !mill_fields_has (fields, MEMBER) ? mill_experiment_copy (base) : NULL;
  mill_fields_known (&changes, known_members);
  {
    g_auto (MillFields) server = mill_fields_object (&changes, "server", MILL_FIELD_OPTIONAL);
    mill_fields_known (&server, known_server_members);
  }
  document = base_document (&changes, base);
  if (document == NULL)
    return NULL;
  merge (json_node_get_object (document), changes.object);
  json_object_remove_member (json_node_get_object (document), "ca_file");
  experiment = mill_experiment_from_json (document, &error);
  if (experiment == NULL) {
    complain_about_error (&changes, error);
    return NULL;
  }
  return check_problems (&changes, experiment) ? g_steal_pointer (&experiment) : NULL;
}
