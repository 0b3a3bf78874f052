/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json-fields.h"
#include "experiment/mill-json.h"

void
mill_json_set_strings (JsonObject *object, const char *member, GStrv texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, member, array);
}

/* A body that is text stands as text, so that a person can read and edit it. */
static void
set_body (JsonObject *object, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (length == 0) {
    json_object_set_string_member (object, "body", "");
  } else if (g_utf8_validate_len (data, length, NULL)) {
    g_autofree char *text = g_strndup (data, length);
    json_object_set_string_member (object, "body", text);
  } else {
    g_autofree char *text = g_base64_encode ((const guchar *) data, length);
    json_object_set_string_member (object, "body_base64", text);
  }
}

void
mill_json_set_http_fields (JsonObject *object, const MillHttpFields *fields)
{
  json_object_set_string_member (object, "method", fields->method);
  mill_json_set_strings (object, "headers", fields->headers);
  if (fields->body != NULL)
    set_body (object, fields->body);
  json_object_set_boolean_member (object, "keep_alive", fields->keep_alive);
  json_object_set_string_member (object, "after", mill_after_to_string (fields->after));
  json_object_set_double_member (object, "timeout_s", fields->timeout_s);
  if (fields->ca_file != NULL)
    json_object_set_string_member (object, "ca_file", fields->ca_file);
  json_object_set_boolean_member (object, "use_proxy", fields->use_proxy);
}

GBytes *
mill_base64_to_bytes (const char *text)
{
  gsize length = strlen (text);
  gsize digits = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/");
  gsize padding = strspn (text + digits, "=");
  guchar *data;

  if (length % 4 != 0 || digits + padding != length || padding > 2)
    return NULL;
  data = g_base64_decode (text, &length);
  return g_bytes_new_take (data, length);
}

static gboolean
get_body (JsonObject *object, GBytes **body, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *base64 = NULL;
  gsize length = 0;

  if (!mill_json_get_string (object, "body", MILL_MAX_BODY_BYTES, &text, error) ||
      !mill_json_get_string (object, "body_base64", MILL_MAX_BODY_BYTES / 3 * 4 + 4, &base64,
                             error))
    return FALSE;
  if (base64 != NULL) {
    GBytes *decoded = mill_base64_to_bytes (base64);
    if (decoded == NULL) {
      g_set_error_literal (error, MILL_ERROR, MILL_ERROR_INVALID,
                           _ ("“body_base64” must be Base64"));
      return FALSE;
    }
    g_clear_pointer (body, g_bytes_unref);
    *body = decoded;
  } else if (text != NULL) {
    length = strlen (text);
    g_clear_pointer (body, g_bytes_unref);
    *body = g_bytes_new_take (g_steal_pointer (&text), length);
  }
  return TRUE;
}

gboolean
mill_json_get_http_fields (JsonObject *object, MillHttpFields *fields, GError **error)
{
  int after = (int) fields->after;

  if (!mill_json_get_string (object, "method", MILL_MAX_NAME_BYTES, &fields->method, error) ||
      !mill_json_get_strings (object, "headers", MILL_MAX_HEADERS, MILL_MAX_HEADER_BYTES,
                              &fields->headers, error) ||
      !get_body (object, &fields->body, error) ||
      !mill_json_get_boolean (object, "keep_alive", &fields->keep_alive, error) ||
      !mill_json_get_name (object, "after", mill_after_names (), &after, error) ||
      !mill_json_get_double (object, "timeout_s", 0, MILL_MAX_TIMEOUT_S, &fields->timeout_s,
                             error) ||
      !mill_json_get_string (object, "ca_file", MILL_MAX_PATH_BYTES, &fields->ca_file, error) ||
      !mill_json_get_boolean (object, "use_proxy", &fields->use_proxy, error))
    return FALSE;
  fields->after = (MillAfter) after;
  return TRUE;
}

gboolean
mill_json_get_urls (JsonObject *object, GStrv *urls, GError **error)
{
  gsize bytes = 0;

  if (!mill_json_get_strings (object, "urls", MILL_MAX_URLS, MILL_MAX_URL_BYTES, urls, error))
    return FALSE;
  for (guint i = 0; *urls != NULL && (*urls)[i] != NULL; i++)
    bytes += strlen ((*urls)[i]);
  if (bytes > MILL_MAX_URL_LIST_BYTES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“urls” has more than %d MiB in all"),
                 MILL_MAX_URL_LIST_BYTES / 1024 / 1024);
    return FALSE;
  }
  return TRUE;
}

gboolean
mill_json_get_name (
    JsonObject *object, const char *member, const char *const *names, int *value, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *list = NULL;

  if (!mill_json_get_string (object, member, MILL_MAX_NAME_BYTES, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  for (int i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], text)) {
      *value = i;
      return TRUE;
    }
  }
  list = g_strjoinv (", ", (char **) names);
  g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("“%s” must be one of: %s"), member, list);
  return FALSE;
}

void
mill_json_prefix_invalid (GError **error, const char *member)
{
  if (error == NULL || *error == NULL)
    return;
  (*error)->domain = MILL_ERROR;
  (*error)->code = MILL_ERROR_INVALID;
  g_prefix_error (error, "“%s”: ", member);
}
