/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-http-syntax.h"
#include "experiment/mill-text.h"

#define MAX_METHOD_BYTES 32
/* tchar of RFC 9110, 5.6.2 */
#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~" G_CSET_DIGITS G_CSET_A_2_Z G_CSET_a_2_z

gboolean
mill_http_method_check (const char *method, GError **error)
{
  gsize length = strlen (method);
  g_autofree char *shown = mill_text_quote (method);

  if (length == 0 || length > MAX_METHOD_BYTES || strspn (method, TOKEN_CHARACTERS) != length) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no HTTP method; write for example GET or POST"), shown);
    return FALSE;
  }
  if (g_ascii_strcasecmp (method, "CONNECT") == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE,
                         _ ("CONNECT asks for a tunnel, not for an answer; it cannot be measured"));
    return FALSE;
  }
  return TRUE;
}

/* What to use instead of a header that decides where a message ends, or NULL. */
static const char *
reason_not_to_set (const char *name)
{
  if (g_ascii_strcasecmp (name, "Content-Length") == 0 ||
      g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
    return _ ("the program sets it from the body");
  if (g_ascii_strcasecmp (name, "Connection") == 0 || g_ascii_strcasecmp (name, "Keep-Alive") == 0)
    return _ ("use --keep-alive yes or no");
  return NULL;
}

gboolean
mill_http_header_check (const char *header, GError **error)
{
  const char *colon = strchr (header, ':');
  gsize name_length = colon != NULL ? (gsize) (colon - header) : 0;
  g_autofree char *name = g_strndup (header, name_length);
  g_autofree char *shown = mill_text_quote (name_length > 0 ? name : header);
  const char *reason;

  if (strpbrk (header, "\r\n") != NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("The header %s has a line break in it"),
                 shown);
    return FALSE;
  }
  if (name_length == 0 || strspn (name, TOKEN_CHARACTERS) != name_length) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no header; write NAME: VALUE, for example Accept: text/html"), shown);
    return FALSE;
  }
  if (strlen (header) > MILL_MAX_HEADER_BYTES || !g_utf8_validate (header, -1, NULL)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("The header %s is longer than %d bytes or not UTF-8 text"), shown,
                 MILL_MAX_HEADER_BYTES);
    return FALSE;
  }
  for (const char *c = colon; *c != '\0'; c++) {
    if ((guchar) *c < 0x20 && *c != '\t') {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("The header %s has a control character in it"), shown);
      return FALSE;
    }
  }
  reason = reason_not_to_set (name);
  if (reason != NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("The header %s cannot be set: %s"), shown,
                 reason);
    return FALSE;
  }
  return TRUE;
}
