/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-endpoint.h"

#include <math.h>
#include <string.h>

#include "experiment/mill-json.h"
#include "server/mill-server.h"

static gboolean
parse_integer (const char *text, gint64 min, gint64 max, gint64 *value)
{
  return g_ascii_string_to_signed (text, 10, min, max, value, NULL);
}

static gboolean
parse_seconds (const char *text, double *value)
{
  char *end = NULL;
  if (!g_ascii_isdigit (*text))
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*value) && *value <= MILL_SERVER_MAX_DELAY_S;
}

/* The rest of @path behind @prefix, or NULL. */
static const char *
behind (const char *path, const char *prefix)
{
  return g_str_has_prefix (path, prefix) ? path + strlen (prefix) : NULL;
}

void
mill_route (const char *method, const char *path, MillRoute *route)
{
  const char *number;
  gint64 code = 200;
  gboolean fits = TRUE;
  *route = (MillRoute){ MILL_ENDPOINT_UNKNOWN, -1, -1, 200 };

  if (g_str_equal (path, "/ping") || g_str_equal (path, "/")) {
    route->endpoint = MILL_ENDPOINT_PING;
  } else if ((number = behind (path, "/delay/")) != NULL) {
    route->endpoint = MILL_ENDPOINT_DELAY;
    fits = parse_seconds (number, &route->delay_s);
  } else if ((number = behind (path, "/bytes/")) != NULL) {
    route->endpoint = MILL_ENDPOINT_BYTES;
    fits = parse_integer (number, 0, MILL_SERVER_MAX_ANSWER_BYTES, &route->size_bytes);
  } else if ((number = behind (path, "/status/")) != NULL) {
    route->endpoint = MILL_ENDPOINT_STATUS;
    fits = parse_integer (number, 200, 599, &code);
    route->status = (guint) code;
  } else if (g_str_equal (path, "/json")) {
    route->endpoint = MILL_ENDPOINT_JSON;
    if (!g_str_equal (method, "POST"))
      route->endpoint = MILL_ENDPOINT_BAD_METHOD;
  } else if (g_str_equal (path, "/drop")) {
    route->endpoint = MILL_ENDPOINT_DROP;
  } else if (g_str_equal (path, "/stats")) {
    route->endpoint = MILL_ENDPOINT_STATS;
  }
  if (!fits)
    route->endpoint = MILL_ENDPOINT_BAD_REQUEST;
}

char *
mill_endpoint_answer_json (const char *body, gsize length, guint *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mill_json_parse (body, (gssize) length, "the request's body", &error);
  g_autoptr (JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  json_node_take_object (answer, object);
  json_object_set_boolean_member (object, "ok", node != NULL);
  json_object_set_int_member (object, "bytes", (gint64) length);
  if (node == NULL) {
    json_object_set_string_member (object, "error", error->message);
    *status = 400;
  } else {
    json_object_set_string_member (object, "type", json_node_type_name (node));
    if (JSON_NODE_HOLDS_OBJECT (node))
      json_object_set_int_member (object, "members",
                                  json_object_get_size (json_node_get_object (node)));
    else if (JSON_NODE_HOLDS_ARRAY (node))
      json_object_set_int_member (object, "members",
                                  json_array_get_length (json_node_get_array (node)));
    *status = 200;
  }
  return mill_json_to_line (answer);
}
