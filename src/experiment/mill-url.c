/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-text.h"
#include "experiment/mill-url.h"

/* The flags that libsoup parses URLs with (SOUP_HTTP_URI_FLAGS). */
#define HTTP_URI_FLAGS                                                                             \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY |               \
   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
has_blank_or_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);
    if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
      return TRUE;
  }
  return FALSE;
}

/* Something with a dot or a port, as people write a site without its scheme. */
static gboolean
looks_like_host (const char *text)
{
  return g_ascii_isalnum (*text) && strpbrk (text, ".:") != NULL && strstr (text, "://") == NULL;
}

static char *
find_problem (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  gsize length = strlen (text);
  g_autofree char *shown = mill_text_quote (text);
  const char *scheme;

  if (length == 0)
    return g_strdup (_ ("The URL is empty; write for example http://127.0.0.1:8080/"));
  if (length > MILL_MAX_URL_BYTES)
    return g_strdup_printf (_ ("%s is longer than %d bytes"), shown, MILL_MAX_URL_BYTES);
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup_printf (_ ("%s is not UTF-8 text"), shown);
  if (has_blank_or_control (text))
    return g_strdup_printf (
        _ ("%s has a blank or a control character in it; write %%20 for a blank"), shown);
  uri = g_uri_parse (text, HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0) {
    if (looks_like_host (text)) {
      g_autofree char *with_scheme = g_strconcat ("http://", text, NULL);
      g_autofree char *suggestion = mill_text_quote (with_scheme);
      return g_strdup_printf (
          _ ("%s has no scheme; a URL begins with http:// or https://, so write %s"), shown,
          suggestion);
    }
    return g_strdup_printf (_ ("%s is no URL that begins with http:// or https://"), shown);
  }
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return g_strdup_printf (_ ("%s names no host; write for example http://127.0.0.1:8080/"),
                            shown);
  if (g_uri_get_port (uri) == 0)
    return g_strdup_printf (_ ("%s: there is no port 0"), shown);
  return NULL;
}

gboolean
mill_url_check (const char *text, GError **error)
{
  g_autofree char *problem = find_problem (text);

  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, problem);
  return FALSE;
}

char *
mill_url_get_host (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && *host != '\0' ? g_strdup (host) : NULL;
}

gboolean
mill_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *name = NULL;

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  name = g_ascii_strdown (host, -1);
  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';
  return g_str_equal (name, "localhost") || g_str_has_suffix (name, ".localhost");
}

gboolean
mill_url_is_loopback (const char *text)
{
  g_autofree char *host = mill_url_get_host (text);

  return host != NULL && mill_host_is_loopback (host);
}
