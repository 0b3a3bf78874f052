/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-server-command.h"

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

static gboolean
read_settings (JsonObject *object, MillServerSettings *settings, gint64 *seed, GError **error)
{
  g_autofree char *distribution = NULL;
  if (!mill_json_get_double (object, "delay_s", 0, MILL_SERVER_MAX_DELAY_S, &settings->delay_s,
                             error) ||
      !mill_json_get_double (object, "jitter_s", 0, MILL_SERVER_MAX_DELAY_S, &settings->jitter_s,
                             error) ||
      !mill_json_get_string (object, "distribution", 32, &distribution, error) ||
      !mill_json_get_int (object, "body_size", -1, MILL_SERVER_MAX_ANSWER_BYTES,
                          &settings->body_size_bytes, error) ||
      !mill_json_get_double (object, "error_rate", 0, 1, &settings->error_rate, error) ||
      !mill_json_get_double (object, "drop_rate", 0, 1, &settings->drop_rate, error) ||
      !mill_json_get_int (object, "seed", G_MININT64, G_MAXINT64, seed, error))
    return FALSE;
  if (distribution != NULL &&
      !mill_distribution_from_string (distribution, &settings->distribution)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID,
                 "distribution: \"%s\" is none of fixed, uniform, log-normal, pauses",
                 distribution);
    return FALSE;
  }
  return TRUE;
}

static gboolean
carry_out (MillServer *server, const char *line, JsonObject **answer, GError **error)
{
  g_autofree char *command = NULL;
  g_autoptr (JsonNode) node = mill_json_parse (line, -1, "the command", error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID, "a command is a JSON object");
    return FALSE;
  }
  JsonObject *object = json_node_get_object (node);
  if (!mill_json_get_string (object, "command", 32, &command, error))
    return FALSE;

  if (g_strcmp0 (command, "settings") == 0) {
    MillServerSettings settings;
    gint64 seed = 0;
    mill_server_get_settings (server, &settings);
    if (!read_settings (object, &settings, &seed, error))
      return FALSE;
    mill_server_configure (server, &settings, (guint64) seed);
  } else if (g_strcmp0 (command, "reset") == 0) {
    mill_server_reset (server);
  } else if (g_strcmp0 (command, "stats") == 0) {
    *answer = mill_server_stats (server);
  } else {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, "\"%s\" is none of settings, reset, stats",
                 command == NULL ? "" : command);
    return FALSE;
  }
  return TRUE;
}

char *
mill_server_command (MillServer *server, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *answer = NULL;
  gboolean done = carry_out (server, line, &answer, &error);
  const char *event = !done ? "error" : answer == NULL ? "ok" : "stats";
  if (answer == NULL)
    answer = json_object_new ();
  json_node_take_object (node, answer);
  json_object_set_string_member (answer, "event", event);
  if (!done)
    json_object_set_string_member (answer, "message", error->message);
  return mill_json_to_line (node);
}
