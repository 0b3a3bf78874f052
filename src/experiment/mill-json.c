/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json-scan.h"
#include "experiment/mill-json-write.h"
#include "experiment/mill-json.h"
#include "experiment/mill-number.h"

/* The largest whole number up to which a double holds every whole number. */
#define MAX_EXACT_INTEGER (G_GINT64_CONSTANT (1) << 53)

static void
set_position_error (
    GError **error, const char *where, const char *text, gsize position, const char *problem)
{
  guint line, column;

  mill_json_find_position (text, position, &line, &column);
  g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("%s, line %u, column %u: %s"), where, line,
               column, problem);
}

JsonNode *
mill_json_parse (const char *text, gssize length, const char *where, GError **error)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parser_error = NULL;
  g_autofree char *problem = NULL;
  gsize position = 0;

  if (size > MILL_JSON_MAX_BYTES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("%s: larger than %d MiB"), where,
                 MILL_JSON_MAX_BYTES / 1024 / 1024);
    return NULL;
  }
  /* Some editors put one in front. */
  if (size >= 3 && memcmp (text, byte_order_mark, 3) == 0) {
    text += 3;
    size -= 3;
  }
  problem = mill_json_scan (text, size, MILL_JSON_MAX_DEPTH, &position);
  if (problem != NULL) {
    set_position_error (error, where, text, position, problem);
    return NULL;
  }
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &parser_error)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, "%s: %s", where, parser_error->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}

JsonNode *
mill_json_load (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = mill_file_read (file, max_bytes, cancellable, error);
  g_autofree char *where = mill_file_describe (file);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return mill_json_parse (text != NULL ? text : "", (gssize) length, where, error);
}

gboolean
mill_json_save (JsonNode *node, GFile *file, GCancellable *cancellable, GError **error)
{
  GString *text = mill_json_write (node, TRUE);
  gboolean saved = mill_file_write (file, text->str, (gssize) text->len, cancellable, error);

  g_string_free (text, TRUE);
  return saved;
}

char *
mill_json_to_line (JsonNode *node)
{
  return g_string_free (mill_json_write (node, FALSE), FALSE);
}

/* The member, or NULL where it is missing or null. */
static JsonNode *
get_member (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean G_GNUC_PRINTF (3, 4)
    fail_expected (GError **error, const char *member, const char *format, ...)
{
  va_list arguments;
  g_autofree char *expected = NULL;

  va_start (arguments, format);
  expected = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“%s” must be %s"), member, expected);
  return FALSE;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
mill_json_get_int (
    JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node = get_member (object, member);
  double number;

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_INT64)) {
    gint64 integer = json_node_get_int (node);
    if (integer >= min && integer <= max) {
      *value = integer;
      return TRUE;
    }
  } else if (holds (node, G_TYPE_DOUBLE)) {
    /* 80.0 and 1e3 are whole numbers too, as far as a double is exact. */
    number = json_node_get_double (node);
    if (fabs (number) <= (double) MAX_EXACT_INTEGER && number >= trunc (number) &&
        number <= trunc (number) && (gint64) number >= min && (gint64) number <= max) {
      *value = (gint64) number;
      return TRUE;
    }
  }
  g_autofree char *low = mill_number_group (min);
  g_autofree char *high = mill_number_group (max);
  return fail_expected (error, member, _ ("a whole number from %s to %s"), low, high);
}

gboolean
mill_json_get_double (
    JsonObject *object, const char *member, double min, double max, double *value, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_INT64) || holds (node, G_TYPE_DOUBLE)) {
    double number = json_node_get_double (node);
    if (isfinite (number) && number >= min && number <= max) {
      *value = number;
      return TRUE;
    }
  }
  g_autofree char *low = mill_number_group_double (min);
  g_autofree char *high = mill_number_group_double (max);
  return fail_expected (error, member, _ ("a number from %s to %s"), low, high);
}

gboolean
mill_json_get_uint64 (JsonObject *object, const char *member, guint64 *value, GError **error)
{
  JsonNode *node = get_member (object, member);
  gint64 number = -1;

  if (node == NULL)
    return TRUE;
  if (holds (node, G_TYPE_STRING)) {
    if (mill_number_parse_uint64 (json_node_get_string (node), value, NULL))
      return TRUE;
  } else if (mill_json_get_int (object, member, 0, G_MAXINT64, &number, NULL)) {
    *value = (guint64) number;
    return TRUE;
  }
  return fail_expected (error, member, _ ("a whole number from %d to %" PRIu64), 0, G_MAXUINT64);
}

void
mill_json_set_uint64 (JsonObject *object, const char *member, guint64 value)
{
  if (value <= (guint64) MAX_EXACT_INTEGER) {
    json_object_set_int_member (object, member, (gint64) value);
  } else {
    g_autofree char *text = g_strdup_printf ("%" PRIu64, value);
    json_object_set_string_member (object, member, text);
  }
}

gboolean
mill_json_get_boolean (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_BOOLEAN))
    return fail_expected (error, member, _ ("true or false"));
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
is_string_of (JsonNode *node, gsize max_bytes)
{
  return holds (node, G_TYPE_STRING) && strlen (json_node_get_string (node)) <= max_bytes;
}

gboolean
mill_json_get_string (
    JsonObject *object, const char *member, gsize max_bytes, char **value, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!is_string_of (node, max_bytes))
    return fail_expected (error, member, _ ("a text of at most %zu bytes"), max_bytes);
  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

gboolean
mill_json_get_strings (JsonObject *object,
                       const char *member,
                       guint max_items,
                       gsize max_bytes,
                       GStrv *value,
                       GError **error)
{
  JsonArray *array = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (!mill_json_get_array (object, member, max_items, &array, error))
    return FALSE;
  if (array == NULL)
    return TRUE;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    if (!is_string_of (element, max_bytes))
      return fail_expected (error, member, _ ("a list of texts of at most %zu bytes each"),
                            max_bytes);
    g_strv_builder_add (builder, json_node_get_string (element));
  }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
  return TRUE;
}

gboolean
mill_json_get_object (JsonObject *object, const char *member, JsonObject **value, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_expected (error, member, _ ("an object"));
  *value = json_node_get_object (node);
  return TRUE;
}

gboolean
mill_json_get_array (
    JsonObject *object, const char *member, guint max_items, JsonArray **value, GError **error)
{
  JsonNode *node = get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > max_items)
    return fail_expected (error, member, _ ("a list of at most %u items"), max_items);
  *value = json_node_get_array (node);
  return TRUE;
}
