/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-http-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/mill-error.h"

typedef struct {
  char *name;
  char *value;
} Header;

struct _MillHttpPlan {
  const MillTrial *trial;
  GPtrArray *uris;           /* GUri */
  GArray *headers;           /* Header */
  const char *method;        /* interned, as libsoup compares it */
  const char *content_type;  /* of `headers`, or NULL */
  GTlsDatabase *authorities; /* those of ca_file, or NULL */
};

static void
header_clear (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
}

static gboolean
add_header (MillHttpPlan *plan, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  Header header;

  if (colon == NULL || colon == text || strpbrk (text, "\r\n") != NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("The header “%s” is not of the form “Name: value”."), text);
    return FALSE;
  }

  header.name = g_strstrip (g_strndup (text, (gsize) (colon - text)));
  header.value = g_strstrip (g_strdup (colon + 1));
  g_array_append_val (plan->headers, header);

  return TRUE;
}

static gboolean
add_uri (MillHttpPlan *plan, const char *url, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, &parse_error);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("“%s” is not a complete http or https URL%s%s."), url,
                 parse_error != NULL ? ": " : "", parse_error != NULL ? parse_error->message : "");
    return FALSE;
  }

  g_ptr_array_add (plan->uris, g_steal_pointer (&uri));

  return TRUE;
}

MillHttpPlan *
mill_http_plan_new (const MillTrial *trial, GError **error)
{
  g_autoptr (MillHttpPlan) plan = g_new0 (MillHttpPlan, 1);

  plan->trial = trial;
  plan->method = g_intern_string (trial->method);
  plan->uris = g_ptr_array_new_with_free_func ((GDestroyNotify) g_uri_unref);
  plan->headers = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (plan->headers, header_clear);

  for (guint i = 0; trial->urls != NULL && trial->urls[i] != NULL; i++)
    if (!add_uri (plan, trial->urls[i], error))
      return NULL;

  if (plan->uris->len == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("There is no URL to request."));
    return NULL;
  }

  for (guint i = 0; trial->headers != NULL && trial->headers[i] != NULL; i++)
    if (!add_header (plan, trial->headers[i], error))
      return NULL;

  for (guint i = 0; i < plan->headers->len; i++) {
    const Header *header = &g_array_index (plan->headers, Header, i);

    if (g_ascii_strcasecmp (header->name, "Content-Type") == 0)
      plan->content_type = header->value;
  }

  if (trial->ca_file != NULL) {
    g_autoptr (GError) file_error = NULL;

    plan->authorities = g_tls_file_database_new (trial->ca_file, &file_error);
    if (plan->authorities == NULL) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("The certificate authorities in “%s” cannot be used: %s"), trial->ca_file,
                   file_error->message);
      return NULL;
    }
  }

  return g_steal_pointer (&plan);
}

void
mill_http_plan_free (MillHttpPlan *plan)
{
  g_ptr_array_unref (plan->uris);
  g_array_unref (plan->headers);
  g_clear_object (&plan->authorities);
  g_free (plan);
}

SoupSession *
mill_http_plan_new_session (const MillHttpPlan *plan, int connections)
{
  SoupSession *session = soup_session_new_with_options (
      "max-conns", connections, "max-conns-per-host", connections, "timeout", 0, "idle-timeout", 0,
      "user-agent", "threadmill/" MILL_VERSION, NULL);

  if (!plan->trial->use_proxy)
    soup_session_set_proxy_resolver (session, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);

  return session;
}

/* Asked only when the system's authorities do not vouch for the certificate. */
static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer data)
{
  const MillHttpPlan *plan = data;
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity =
      g_network_address_new (g_uri_get_host (uri), (guint16) MAX (0, g_uri_get_port (uri)));

  return g_tls_database_verify_chain (plan->authorities, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == 0;
}

static SoupMessage *
new_message (const MillHttpPlan *plan, const char *method, GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS;

  /* libsoup opens a connection of its own for each POST unless it is told that it may reuse
   * one; it never repeats such a request by itself. */
  if (plan->trial->keep_alive)
    flags |= SOUP_MESSAGE_IDEMPOTENT;
  soup_message_set_flags (message, flags);

  for (guint i = 0; i < plan->headers->len; i++) {
    const Header *header = &g_array_index (plan->headers, Header, i);

    soup_message_headers_append (headers, header->name, header->value);
  }
  if (!plan->trial->keep_alive)
    soup_message_headers_replace (headers, "Connection", "close");
  if (plan->authorities != NULL)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate),
                      (gpointer) plan);

  return message;
}

SoupMessage *
mill_http_plan_new_message (const MillHttpPlan *plan, gint64 request)
{
  SoupMessage *message = new_message (plan, plan->method, mill_http_plan_get_uri (plan, request));

  if (plan->trial->body != NULL)
    soup_message_set_request_body_from_bytes (message, plan->content_type, plan->trial->body);

  return message;
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

GUri *
mill_http_plan_follow (const MillHttpPlan *plan,
                       guint status,
                       const char *method,
                       GUri *base,
                       const char *location,
                       gboolean *as_get,
                       gboolean *forbidden)
{
  g_autoptr (GUri) uri = NULL;

  *as_get = FALSE;
  *forbidden = FALSE;
  if (!is_redirect (status))
    return NULL;

  uri = location != NULL ? g_uri_parse_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "http") &&
       !g_str_equal (g_uri_get_scheme (uri), "https")) ||
      (plan->trial->same_host_only &&
       g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (base)) != 0)) {
    *forbidden = TRUE;
    return NULL;
  }

  /* RFC 9110, 15.4: 303 is fetched by GET; 301 and 302 turn a POST into a GET. */
  *as_get = status == SOUP_STATUS_SEE_OTHER
                ? !g_str_equal (method, "HEAD")
                : (status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND) &&
                      g_str_equal (method, "POST");

  return g_steal_pointer (&uri);
}

SoupMessage *
mill_http_plan_new_redirected (const MillHttpPlan *plan,
                               SoupMessage *message,
                               GUri *uri,
                               gboolean as_get)
{
  SoupMessage *redirected =
      new_message (plan, as_get ? SOUP_METHOD_GET : soup_message_get_method (message), uri);

  if (as_get)
    soup_message_headers_remove (soup_message_get_request_headers (redirected), "Content-Type");
  else if (plan->trial->body != NULL)
    soup_message_set_request_body_from_bytes (redirected, plan->content_type, plan->trial->body);

  return redirected;
}

guint
mill_http_plan_get_n_uris (const MillHttpPlan *plan)
{
  return plan->uris->len;
}

GUri *
mill_http_plan_get_uri (const MillHttpPlan *plan, gint64 request)
{
  return g_ptr_array_index (plan->uris, (guint) (request % plan->uris->len));
}

guint
mill_http_plan_get_n_headers (const MillHttpPlan *plan)
{
  return plan->headers->len;
}

void
mill_http_plan_get_header (const MillHttpPlan *plan,
                           guint number,
                           const char **name,
                           const char **value)
{
  const Header *header = &g_array_index (plan->headers, Header, number);

  *name = header->name;
  *value = header->value;
}
