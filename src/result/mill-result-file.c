/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json-write.h"
#include "experiment/mill-json.h"
#include "result/mill-result-file.h"
#include "result/mill-result-private.h"

#define HEAD_BYTES (16 * 1024)
/* The first member after the head; it may be long. */
#define HEAD_END "\n\"warnings\":"
#define TAIL "\n}\n"

static void
append_node (GString *text, JsonNode *node)
{
  g_autoptr (GString) written = mill_json_write (node, FALSE);

  g_string_append_len (text, written->str, (gssize) written->len);
}

static void
append_trials (GString *text, JsonArray *trials)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (trials); i++) {
    g_string_append (text, i > 0 ? ",\n" : "\n");
    append_node (text, json_array_get_element (trials, i));
  }
  g_string_append_c (text, ']');
}

char *
mill_result_to_text (const MillResult *result)
{
  g_autoptr (JsonNode) node = mill_result_to_json (result);
  GString *text = g_string_new ("{");
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    g_string_append (text, text->len > 1 ? ",\n" : "\n");
    g_string_append_printf (text, "\"%s\":", name);
    if (g_str_equal (name, "trials"))
      append_trials (text, json_node_get_array (member));
    else
      append_node (text, member);
  }
  g_string_append (text, TAIL);
  return g_string_free (text, FALSE);
}

MillResult *
mill_result_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) node = mill_json_load (file, MILL_MAX_DOCUMENT_BYTES, cancellable, error);

  MillResult *result = node != NULL ? mill_result_from_json (node, error) : NULL;

  if (node != NULL && result == NULL) {
    g_autofree char *name = mill_file_describe (file);

    g_prefix_error (error, "%s: ", name);
  }
  return result;
}

gboolean
mill_result_save (const MillResult *result, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = mill_result_to_text (result);

  return mill_file_write (file, text, strlen (text), cancellable, error);
}

static void
summary_model_free (gpointer data)
{
  MillSummaryModel *model = data;

  g_free (model->model);
  g_free (model->corresponds_to);
  g_free (model);
}

static MillResultSummary *
summary_new (void)
{
  MillResultSummary *summary = g_new0 (MillResultSummary, 1);

  summary->models = g_ptr_array_new_with_free_func (summary_model_free);
  return summary;
}

void
mill_result_summary_free (MillResultSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->id);
  g_free (summary->name);
  g_free (summary->notes);
  g_free (summary->started);
  g_free (summary->source);
  g_free (summary->workload);
  g_free (summary->preset);
  g_ptr_array_unref (summary->models);
  g_free (summary);
}

static gboolean
read_overview_models (MillResultSummary *summary, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = mill_json_element_object (array, i, "models", error);
    MillSummaryModel *model;

    if (object == NULL)
      return FALSE;
    model = g_new0 (MillSummaryModel, 1);
    g_ptr_array_add (summary->models, model);
    model->sweep_value = NAN;
    model->wall_time_s = NAN;
    if (!mill_json_get_string (object, "model", MILL_RESULT_MAX_TEXT_BYTES, &model->model, error) ||
        !mill_json_get_figure (object, "sweep_value", &model->sweep_value, error) ||
        !mill_json_get_figure (object, "wall_time_s", &model->wall_time_s, error) ||
        !mill_json_get_boolean (object, "projected", &model->projected, error) ||
        !mill_json_get_boolean (object, "incomparable", &model->incomparable, error) ||
        !mill_json_get_string (object, "corresponds_to", MILL_RESULT_MAX_TEXT_BYTES,
                               &model->corresponds_to, error))
      return FALSE;
    if (model->model == NULL)
      model->model = g_strdup ("");
  }
  return TRUE;
}

/* Reads a head; *complete says whether it had an overview. */
static MillResultSummary *
summary_from_head (JsonObject *object, gboolean *complete, GError **error)
{
  g_autoptr (MillResultSummary) summary = summary_new ();
  JsonObject *overview = NULL;
  JsonArray *models = NULL;

  if (!mill_result_check_format (object, error) ||
      !mill_json_get_string (object, "id", MILL_RESULT_MAX_TEXT_BYTES, &summary->id, error) ||
      !mill_json_get_string (object, "name", MILL_RESULT_MAX_TEXT_BYTES, &summary->name, error) ||
      !mill_json_get_string (object, "notes", MILL_RESULT_MAX_TEXT_BYTES, &summary->notes, error) ||
      !mill_json_get_string (object, "started", MILL_RESULT_MAX_TEXT_BYTES, &summary->started,
                             error) ||
      !mill_json_get_boolean (object, "published", &summary->published, error) ||
      !mill_json_get_string (object, "source", MILL_RESULT_MAX_TEXT_BYTES, &summary->source,
                             error) ||
      !mill_json_get_object (object, "overview", &overview, error))
    return NULL;

  *complete = overview != NULL;
  if (overview == NULL)
    return g_steal_pointer (&summary);
  if (!mill_json_get_small (overview, "warnings", &summary->warnings, error) ||
      !mill_json_get_small (overview, "trials", &summary->trials, error) ||
      !mill_json_get_small (overview, "incomplete_trials", &summary->incomplete_trials, error) ||
      !mill_json_get_small (overview, "repetitions", &summary->repetitions, error) ||
      !mill_json_get_count (overview, "requests", &summary->requests, error) ||
      !mill_json_get_string (overview, "workload", MILL_RESULT_MAX_TEXT_BYTES, &summary->workload,
                             error) ||
      !mill_json_get_string (overview, "preset", MILL_RESULT_MAX_TEXT_BYTES, &summary->preset,
                             error) ||
      !mill_json_get_array (overview, "models", MILL_MAX_TRIALS, &models, error) ||
      (models != NULL && !read_overview_models (summary, models, error)))
    return NULL;
  return g_steal_pointer (&summary);
}

/* The first lines as an object of their own; NULL where the file is not laid out as ours. */
static JsonNode *
parse_head (const char *text, const char *where)
{
  const char *end = strstr (text, HEAD_END);
  g_autofree char *head = NULL;

  if (!g_str_has_prefix (text, "{\n\"format\":") || end == NULL || end[-1] != ',')
    return NULL;
  head = g_strdup_printf ("%.*s}", (int) (end - 1 - text), text);
  return mill_json_parse (head, -1, where, NULL);
}

/* Whether a file ends as ours do: one that was cut off does not. */
static gboolean
has_tail (GInputStream *stream, GCancellable *cancellable)
{
  char tail[sizeof TAIL - 1];
  gsize length = 0;

  return g_seekable_seek (G_SEEKABLE (stream), -(goffset) sizeof tail, G_SEEK_END, cancellable,
                          NULL) &&
         g_input_stream_read_all (stream, tail, sizeof tail, &length, cancellable, NULL) &&
         length == sizeof tail && memcmp (tail, TAIL, sizeof tail) == 0;
}

static MillResultSummary *
load_whole (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (MillResult) result = mill_result_load (file, cancellable, error);
  g_autoptr (JsonNode) node = NULL;
  gboolean complete;

  if (result == NULL)
    return NULL;
  node = mill_result_to_json (result);
  return summary_from_head (json_node_get_object (node), &complete, error);
}

MillResultSummary *
mill_result_load_summary (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (MillResultSummary) summary = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *head = g_malloc (HEAD_BYTES + 1);
  g_autofree char *where = mill_file_describe (file);
  gboolean complete = FALSE;
  gsize length = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_BYTES,
                                                  &length, cancellable, error))
    return NULL;
  head[length] = '\0';
  node = parse_head (head, where);
  if (node != NULL) {
    summary = summary_from_head (json_node_get_object (node), &complete, error);
    if (summary == NULL) {
      g_prefix_error (error, "%s: ", where);
      return NULL;
    }
  }
  if (complete && has_tail (G_INPUT_STREAM (stream), cancellable))
    return g_steal_pointer (&summary);
  return load_whole (file, cancellable, error);
}
