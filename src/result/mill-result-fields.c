/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-result-private.h"

/* Figures above this are damage: 30 years in microseconds, 800 TiB. */
#define MAX_FIGURE 1e15

gboolean
mill_json_get_figure (JsonObject *object, const char *member, double *value, GError **error)
{
  return mill_json_get_double (object, member, 0, MAX_FIGURE, value, error);
}

gboolean
mill_json_get_count (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  return mill_json_get_int (object, member, 0, (gint64) MAX_FIGURE, value, error);
}

gboolean
mill_json_get_small (JsonObject *object, const char *member, int *value, GError **error)
{
  gint64 read = *value;

  if (!mill_json_get_int (object, member, 0, G_MAXINT, &read, error))
    return FALSE;
  *value = (int) read;
  return TRUE;
}

JsonObject *
mill_json_element_object (JsonArray *array, guint index, const char *what, GError **error)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“%s” number %u is not an object."), what,
               index + 1);
  return NULL;
}

gboolean
mill_json_figure_parent (
    JsonObject *object, const char *id, JsonObject **parent, const char **name, GError **error)
{
  const char *dot = strchr (id, '.');

  *name = dot != NULL ? dot + 1 : id;
  *parent = object;
  if (dot == NULL)
    return TRUE;

  g_autofree char *group = g_strndup (id, (gsize) (dot - id));

  *parent = NULL;
  return mill_json_get_object (object, group, parent, error);
}
