/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "mill-published-resources.h"
#include "result/mill-published.h"

#define FOLDER MILL_APP_PATH "/published"
#define SUFFIX ".json"

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
mill_published_list (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (mill_published_get_resource (), FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (files == NULL)
    return g_new0 (char *, 1);
  for (guint i = 0; files[i] != NULL; i++) {
    if (g_str_has_suffix (files[i], SUFFIX))
      files[i][strlen (files[i]) - strlen (SUFFIX)] = '\0';
  }
  qsort (files, g_strv_length (files), sizeof *files, compare_strings);
  return g_steal_pointer (&files);
}

static void
translate (JsonObject *object, const char *member)
{
  const char *text = json_object_get_string_member_with_default (object, member, "");

  if (*text != '\0')
    json_object_set_string_member (object, member, _ (text));
}

/* The words of a published result; its figures and models' ids stay. The texts reach the
 * translators through data/extract-strings.py. */
static void
translate_words (JsonObject *result)
{
  JsonArray *trials = json_object_get_array_member (result, "trials");

  translate (result, "name");
  translate (result, "notes");
  translate (result, "source");
  for (guint i = 0; i < json_array_get_length (trials); i++)
    translate (json_array_get_object_element (trials, i), "model");
}

MillResult *
mill_published_load (const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER "/", id, SUFFIX, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mill_published_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonNode) node = NULL;
  gconstpointer text;
  gsize length;

  if (bytes == NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("There is no published result “%s”."), id);
    return NULL;
  }
  text = g_bytes_get_data (bytes, &length);
  node = mill_json_parse (text, (gssize) length, id, error);
  if (node == NULL)
    return NULL;
  translate_words (json_node_get_object (node));
  return mill_result_from_json (node, error);
}

gboolean
mill_model_corresponds (const char *model, const char *published)
{
  gsize kind = strcspn (model, ":");

  if (strchr (published, ':') != NULL)
    return g_str_equal (model, published);
  return strlen (published) == kind && strncmp (model, published, kind) == 0;
}
