/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-text.h"
#include "result/mill-merge-private.h"
#include "result/mill-result-private.h"

/* Names are read with at most 1,024 bytes. */
#define MAX_LABEL_BYTES 800

void
mill_merge_machine_free (MillMergeMachine *machine)
{
  if (machine == NULL)
    return;
  g_free (machine->label);
  g_free (machine->own_label);
  g_free (machine->document_id);
  g_free (machine->started);
  g_free (machine->program_version);
  g_clear_pointer (&machine->environment, json_node_unref);
  g_free (machine);
}

/* The machines of a merged document, or NULL. */
static JsonArray *
find_machines (const MillResult *result)
{
  JsonArray *machines = NULL;

  if (result->environment != NULL && JSON_NODE_HOLDS_OBJECT (result->environment))
    mill_json_get_array (json_node_get_object (result->environment), "machines", MILL_MAX_MACHINES,
                         &machines, NULL);
  return machines;
}

guint
mill_result_count_machines (const MillResult *result)
{
  JsonArray *machines = find_machines (result);

  return machines != NULL ? MAX (1, json_array_get_length (machines)) : 1;
}

static gboolean
read_machine (MillMergeMachine *machine, JsonObject *object, GError **error)
{
  JsonObject *environment = NULL;

  if (!mill_json_get_string (object, "label", MILL_RESULT_MAX_NAME_BYTES, &machine->own_label,
                             error) ||
      !mill_json_get_string (object, "document", MILL_RESULT_MAX_NAME_BYTES, &machine->document_id,
                             error) ||
      !mill_json_get_string (object, "started", MILL_RESULT_MAX_NAME_BYTES, &machine->started,
                             error) ||
      !mill_json_get_string (object, "program_version", MILL_RESULT_MAX_NAME_BYTES,
                             &machine->program_version, error) ||
      !mill_json_get_object (object, "environment", &environment, error))
    return FALSE;
  if (environment != NULL)
    machine->environment = json_node_copy (json_object_get_member (object, "environment"));
  if (machine->own_label != NULL && machine->document_id != NULL)
    return TRUE;
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                       _ ("a machine has no “label” or no “document”"));
  return FALSE;
}

static gboolean
add_machines (
    GPtrArray *machines, const MillResult *result, guint source, const char *label, GError **error)
{
  JsonArray *array = find_machines (result);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *object = mill_json_element_object (array, i, "machines", error);
    MillMergeMachine *machine = g_new0 (MillMergeMachine, 1);

    machine->source = source;
    g_ptr_array_add (machines, machine);
    if (object == NULL || !read_machine (machine, object, error)) {
      g_autofree char *quoted = mill_text_quote (label);
      g_prefix_error (error, _ ("The list of machines of %s is damaged: "), quoted);
      return FALSE;
    }
  }
  if (array != NULL && json_array_get_length (array) > 0)
    return TRUE;

  MillMergeMachine *machine = g_new0 (MillMergeMachine, 1);

  machine->source = source;
  machine->own_label = g_utf8_make_valid (label, MIN (MAX_LABEL_BYTES, (gssize) strlen (label)));
  machine->document_id = g_strdup (result->id);
  machine->started = g_strdup (result->started);
  machine->program_version = g_strdup (result->program_version);
  if (result->environment != NULL)
    machine->environment = json_node_copy (result->environment);
  g_ptr_array_add (machines, machine);
  return TRUE;
}

/* Not by the text: "12:00:00Z" comes before "12:00:00.5Z". */
static gint64
time_of_text (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL
             ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time)
             : -1;
}

static int
compare_machines (gconstpointer a, gconstpointer b)
{
  const MillMergeMachine *x = *(const MillMergeMachine *const *) a;
  const MillMergeMachine *y = *(const MillMergeMachine *const *) b;
  gint64 start_x = time_of_text (x->started);
  gint64 start_y = time_of_text (y->started);

  return start_x != start_y ? (start_x < start_y ? -1 : 1)
                            : strcmp (x->document_id, y->document_id);
}

/* Files of the same name in different folders still are different machines. */
static void
choose_labels (GPtrArray *machines)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < machines->len; i++) {
    MillMergeMachine *machine = g_ptr_array_index (machines, i);

    machine->label = g_strdup (machine->own_label);
    for (int n = 2; g_hash_table_contains (taken, machine->label); n++) {
      g_free (machine->label);
      machine->label = g_strdup_printf ("%s (%d)", machine->own_label, n);
    }
    g_hash_table_add (taken, machine->label);
  }
}

static gboolean
check_twice (const GPtrArray *machines, const char *const *labels, GError **error)
{
  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);

    for (guint j = i + 1; j < machines->len; j++) {
      const MillMergeMachine *other = g_ptr_array_index (machines, j);

      if (!g_str_equal (machine->document_id, other->document_id))
        continue;
      g_autofree char *first = mill_text_quote (labels[MIN (machine->source, other->source)]);
      g_autofree char *second = mill_text_quote (labels[MAX (machine->source, other->source)]);
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("%s and %s hold the same measurement (id %.64s): its requests would count "
                      "twice."),
                   first, second, machine->document_id);
      return FALSE;
    }
  }
  return TRUE;
}

GPtrArray *
mill_merge_gather_machines (GPtrArray *results, const char *const *labels, GError **error)
{
  g_autoptr (GPtrArray) machines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_merge_machine_free);

  for (guint i = 0; i < results->len; i++) {
    if (!add_machines (machines, g_ptr_array_index (results, i), i, labels[i], error))
      return NULL;
  }
  if (machines->len > MILL_MAX_MACHINES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("these are %u machines; at most %d can be merged"), machines->len,
                 MILL_MAX_MACHINES);
    return NULL;
  }
  g_ptr_array_sort (machines, compare_machines);
  if (!check_twice (machines, labels, error))
    return NULL;
  choose_labels (machines);
  return g_steal_pointer (&machines);
}

const MillMergeMachine *
mill_merge_find_machine (const GPtrArray *machines, guint source, const char *own_label)
{
  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);

    if (machine->source == source &&
        (own_label == NULL || g_str_equal (machine->own_label, own_label)))
      return machine;
  }
  return NULL;
}

/* A text of the environment that is the same on all machines, or NULL. */
static const char *
find_common (const GPtrArray *machines, const char *member)
{
  const char *common = NULL;

  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);
    JsonObject *object =
        machine->environment != NULL && JSON_NODE_HOLDS_OBJECT (machine->environment)
            ? json_node_get_object (machine->environment)
            : NULL;
    JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

    if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
        json_node_get_value_type (node) != G_TYPE_STRING ||
        (common != NULL && !g_str_equal (common, json_node_get_string (node))))
      return NULL;
    common = json_node_get_string (node);
  }
  return common;
}

static JsonObject *
machine_to_json (const MillMergeMachine *machine)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "label", machine->label);
  json_object_set_string_member (object, "document", machine->document_id);
  if (machine->started != NULL)
    json_object_set_string_member (object, "started", machine->started);
  if (machine->program_version != NULL)
    json_object_set_string_member (object, "program_version", machine->program_version);
  if (machine->environment != NULL)
    json_object_set_member (object, "environment", json_node_copy (machine->environment));
  return object;
}

JsonNode *
mill_merge_environment (const GPtrArray *machines, double max_skew_s, double skew_s)
{
  /* Not the number of cores nor the memory: the same number on all would read as that of all. */
  static const char *const members[] = { "cpu_model", "os", "kernel", "architecture" };
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_sized_new (machines->len);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *common = find_common (machines, members[i]);

    if (common != NULL)
      json_object_set_string_member (object, members[i], common);
  }
  json_object_set_double_member (object, "skew_accepted_s", max_skew_s);
  json_object_set_double_member (object, "skew_s", skew_s);
  for (guint i = 0; i < machines->len; i++)
    json_array_add_object_element (array, machine_to_json (g_ptr_array_index (machines, i)));
  json_object_set_array_member (object, "machines", array);
  json_node_take_object (node, object);
  return node;
}
