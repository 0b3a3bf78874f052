/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "experiment/mill-json-write.h"
#include "experiment/mill-number.h"

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++) {
    switch (*c) {
    case '"':
    case '\\':
      g_string_append_c (out, '\\');
      g_string_append_c (out, *c);
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      if ((guchar) *c < 0x20 || *c == 0x7f)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (out, *c);
      break;
    }
  }
  g_string_append_c (out, '"');
}

static gboolean
is_scalar (JsonNode *node)
{
  return !JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node);
}

static gboolean
is_number_without_value (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE &&
         !isfinite (json_node_get_double (node));
}

static void
write_scalar (GString *out, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || is_number_without_value (node)) {
    g_string_append (out, "null");
    return;
  }
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    write_string (out, json_node_get_string (node));
    break;
  case G_TYPE_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    break;
  case G_TYPE_DOUBLE: {
    g_autofree char *number = mill_number_to_string (json_node_get_double (node));
    g_string_append (out, number);
    break;
  }
  default:
    g_string_append_printf (out, "%" PRId64, json_node_get_int (node));
    break;
  }
}

static void
new_line (GString *out, int indent)
{
  g_string_append_c (out, '\n');
  for (int i = 0; i < indent; i++)
    g_string_append (out, "  ");
}

static gboolean
object_is_flat (JsonObject *object)
{
  JsonObjectIter iter;
  const char *name; /* json-glib 1.6 writes it without asking for NULL */
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (!is_scalar (member))
      return FALSE;
  }
  return TRUE;
}

static gboolean
array_is_flat (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (!is_scalar (json_array_get_element (array, i)))
      return FALSE;
  }
  return TRUE;
}

static void write_node (GString *out, JsonNode *node, int indent, gboolean in_array);

static void
write_object (GString *out, JsonObject *object, int indent)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (is_number_without_value (member))
      continue;
    if (!first)
      g_string_append_c (out, ',');
    if (indent >= 0)
      new_line (out, indent + 1);
    write_string (out, name);
    g_string_append (out, indent >= 0 ? ": " : ":");
    write_node (out, member, indent >= 0 ? indent + 1 : -1, FALSE);
    first = FALSE;
  }
  if (indent >= 0 && !first)
    new_line (out, indent);
  g_string_append_c (out, '}');
}

static void
write_array (GString *out, JsonArray *array, int indent)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    if (indent >= 0)
      new_line (out, indent + 1);
    write_node (out, json_array_get_element (array, i), indent >= 0 ? indent + 1 : -1, TRUE);
  }
  if (indent >= 0 && length > 0)
    new_line (out, indent);
  g_string_append_c (out, ']');
}

/* `indent` is negative for one line. Rows of figures (flat objects in an array, flat arrays)
 * stay on a line of their own: a document with thousands of them stays small and legible. */
static void
write_node (GString *out, JsonNode *node, int indent, gboolean in_array)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    write_object (out, object, in_array && object_is_flat (object) ? -1 : indent);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    write_array (out, array, array_is_flat (array) ? -1 : indent);
  } else {
    write_scalar (out, node);
  }
}

GString *
mill_json_write (JsonNode *node, gboolean pretty)
{
  GString *out = g_string_new (NULL);

  write_node (out, node, pretty ? 0 : -1, FALSE);
  if (pretty)
    g_string_append_c (out, '\n');
  return out;
}
