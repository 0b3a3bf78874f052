/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-curl-plan.h"

#include "runners/mill-run-private.h"

/* What is read in one piece. Handles keep a buffer of this size; only the part that was ever
 * filled costs memory. */
#define BUFFER_BYTES (64 * 1024)

struct _MillCurlPlan {
  const MillTrial *trial;
  const MillHttpPlan *http;
  CURLSH *share;
  GPtrArray *urls;            /* CURLU *: parsed once, and not for each request */
  GPtrArray *proxies;         /* char *, "" for none; as many as URLs, or empty */
  struct curl_slist *headers; /* of the request */
  struct curl_slist *as_get;  /* of a GET that a redirect has made of it */
};

static CURLU *
parse_uri (GUri *uri)
{
  /* Names and passwords are for who asks for authentication, and nobody does. */
  g_autofree char *text = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
  CURLU *url = curl_url ();

  curl_url_set (url, CURLUPART_URL, text, CURLU_PATH_AS_IS);

  return url;
}

/* libcurl asks the environment alone; the others ask the desktop, too. */
static char *
look_up_proxy (GUri *uri)
{
  g_autofree char *url = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO);
  g_auto (GStrv) found = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), url, NULL, NULL);

  return g_strdup (found != NULL && !g_str_has_prefix (found[0], "direct:") ? found[0] : "");
}

static void
add_header (struct curl_slist **list, const char *name, const char *value)
{
  /* To libcurl, “Name:” says that there is to be no such header. */
  g_autofree char *line =
      *value != '\0' ? g_strdup_printf ("%s: %s", name, value) : g_strdup_printf ("%s;", name);

  *list = curl_slist_append (*list, line);
}

typedef struct {
  const char *name;
  const char *value; /* NULL: not to be sent */
} Default;

/* The same headers as the other models send, and none that libcurl would add. Every line of the
 * list costs with every request. */
static struct curl_slist *
make_headers (const MillHttpPlan *http, const MillTrial *trial, gboolean with_body)
{
  const Default defaults[] = {
    { "User-Agent", "threadmill/" MILL_VERSION },
    { "Accept", NULL },
    /* libcurl adds these to a body alone. */
    { "Content-Type", NULL },
    { "Expect", NULL },
  };
  struct curl_slist *list = NULL;
  gboolean has[G_N_ELEMENTS (defaults)] = { FALSE };

  for (guint i = 0; i < mill_http_plan_get_n_headers (http); i++) {
    const char *name;
    const char *value;

    mill_http_plan_get_header (http, i, &name, &value);
    if (!with_body && g_ascii_strcasecmp (name, "Content-Type") == 0)
      continue;
    if (!trial->keep_alive && g_ascii_strcasecmp (name, "Connection") == 0)
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (defaults); j++)
      has[j] = has[j] || g_ascii_strcasecmp (name, defaults[j].name) == 0;
    add_header (&list, name, value);
  }

  for (guint j = 0; j < (with_body ? G_N_ELEMENTS (defaults) : 2); j++) {
    g_autofree char *line = g_strdup_printf (
        defaults[j].value != NULL ? "%s: %s" : "%s:", defaults[j].name, defaults[j].value);

    if (!has[j])
      list = curl_slist_append (list, line);
  }
  if (!trial->keep_alive)
    list = curl_slist_append (list, "Connection: close");

  return list;
}

/* These two tell the length of their body also where there is none. */
static gboolean
has_body (const char *method, GBytes *body)
{
  return body != NULL || g_str_equal (method, "POST") || g_str_equal (method, "PUT");
}

static void
url_free (gpointer url)
{
  curl_url_cleanup (url);
}

MillCurlPlan *
mill_curl_plan_new (MillRun *run)
{
  MillCurlPlan *plan = g_new0 (MillCurlPlan, 1);
  const MillHttpPlan *http = mill_run_get_http_plan (run);

  curl_global_init (CURL_GLOBAL_DEFAULT);
  plan->trial = mill_run_get_trial (run);
  plan->http = http;
  plan->urls = g_ptr_array_new_with_free_func (url_free);
  plan->proxies = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < mill_http_plan_get_n_uris (http); i++) {
    GUri *uri = mill_http_plan_get_uri (http, i);

    g_ptr_array_add (plan->urls, parse_uri (uri));
    if (plan->trial->use_proxy)
      g_ptr_array_add (plan->proxies, look_up_proxy (uri));
  }
  plan->headers =
      make_headers (http, plan->trial, has_body (plan->trial->method, plan->trial->body));
  plan->as_get = make_headers (http, plan->trial, FALSE);
  plan->share = curl_share_init ();
  curl_share_setopt (plan->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  curl_share_setopt (plan->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);

  return plan;
}

void
mill_curl_plan_free (MillCurlPlan *plan)
{
  curl_share_cleanup (plan->share);
  curl_slist_free_all (plan->headers);
  curl_slist_free_all (plan->as_get);
  g_ptr_array_unref (plan->urls);
  g_ptr_array_unref (plan->proxies);
  g_free (plan);
  curl_global_cleanup ();
}

void
mill_curl_plan_set_up (const MillCurlPlan *plan, CURL *easy)
{
  const MillTrial *trial = plan->trial;

  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  /* A request that ends while its name is looked up does not wait for the thread that does it. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, (long) BUFFER_BYTES);
  curl_easy_setopt (easy, CURLOPT_SHARE, plan->share);
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  /* The timeout is ours, as in the other models; libcurl's own would end a connection attempt
   * after five minutes. */
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    (long) MIN (trial->timeout_s * 1000 * 2, G_MAXINT));
  curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, trial->keep_alive ? 0L : 1L);
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, trial->keep_alive ? 0L : 1L);
  if (trial->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, trial->ca_file);
  /* Keeps it from asking the environment each time. */
  if (!trial->use_proxy)
    curl_easy_setopt (easy, CURLOPT_NOPROXY, "*");
}

/* HTTP/2 is negotiated within TLS, and then one connection serves all: they wait for the first to
 * find out. Where there is no TLS, there is nothing to wait for. */
static void
set_url (const MillCurlPlan *plan, CURL *easy, CURLU *url, GUri *uri)
{
  gboolean negotiates = g_str_equal (g_uri_get_scheme (uri), "https");

  curl_easy_setopt (easy, CURLOPT_CURLU, url);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION,
                    (long) (negotiates ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT, negotiates && plan->trial->keep_alive ? 1L : 0L);
}

static void
set_method (CURL *easy, const char *method, GBytes *body)
{
  if (g_str_equal (method, "HEAD")) {
    curl_easy_setopt (easy, CURLOPT_NOBODY, 1L);
  } else if (has_body (method, body)) {
    gsize length = 0;
    const void *data = body != NULL ? g_bytes_get_data (body, &length) : "";

    curl_easy_setopt (easy, CURLOPT_POST, 1L);
    curl_easy_setopt (easy, CURLOPT_POSTFIELDS, data != NULL ? data : "");
    curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) length);
  } else {
    curl_easy_setopt (easy, CURLOPT_HTTPGET, 1L);
  }
  curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, method);
}

void
mill_curl_plan_set_request (const MillCurlPlan *plan, CURL *easy, gint64 request)
{
  guint number = (guint) (request % plan->urls->len);

  set_url (plan, easy, g_ptr_array_index (plan->urls, number),
           mill_http_plan_get_uri (plan->http, request));
  if (plan->trial->use_proxy)
    curl_easy_setopt (easy, CURLOPT_PROXY, g_ptr_array_index (plan->proxies, number));
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, plan->headers);
  set_method (easy, plan->trial->method, plan->trial->body);
}

CURLU *
mill_curl_plan_set_redirected (const MillCurlPlan *plan, CURL *easy, GUri *uri, gboolean as_get)
{
  CURLU *url = parse_uri (uri);

  set_url (plan, easy, url, uri);
  if (plan->trial->use_proxy) {
    g_autofree char *proxy = look_up_proxy (uri);

    curl_easy_setopt (easy, CURLOPT_PROXY, proxy);
  }
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, as_get ? plan->as_get : plan->headers);
  if (as_get)
    set_method (easy, "GET", NULL);

  return url;
}

gboolean
mill_curl_plan_has_many_urls (const MillCurlPlan *plan)
{
  return plan->urls->len > 1;
}
