/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-curl-exchange.h"

#include <glib/gi18n-lib.h>

#include "runners/mill-curl-outcome.h"
#include "runners/mill-http-outcome.h"
#include "runners/mill-run-private.h"

static size_t
on_body (char *data, size_t size, size_t n_items, void *user_data)
{
  MillCurlExchange *exchange = user_data;
  size_t length = size * n_items;

  /* Another number than its own ends the transfer. */
  return mill_exchange_add (&exchange->base, (const guint8 *) data, length) ? length : length + 1;
}

static size_t
on_header (char *data, size_t size, size_t n_items, void *user_data)
{
  MillCurlExchange *exchange = user_data;

  if (!exchange->answered) {
    exchange->answered = TRUE;
    mill_exchange_answered (&exchange->base, g_get_monotonic_time ());
  }

  return size * n_items;
}

/* Connected, about to write the request. */
static int
on_before_request (
    void *user_data, char *remote_address, char *local_address, int remote_port, int local_port)
{
  MillCurlExchange *exchange = user_data;

  if (exchange->asked) {
    exchange->repeated = TRUE;
    return CURL_PREREQFUNC_ABORT;
  }
  exchange->asked = TRUE;
  mill_exchange_sent (&exchange->base, g_get_monotonic_time ());

  return CURL_PREREQFUNC_OK;
}

/* A request whose connection was closed before the answer would be sent a second time, and
 * nobody would count it. A load generator reports what happened instead, before there is a
 * second connection. */
static int
on_new_socket (void *user_data, curl_socket_t socket, curlsocktype purpose)
{
  MillCurlExchange *exchange = user_data;

  mill_curl_shard_keep (exchange->shard, socket);
  exchange->has_socket = TRUE;
  exchange->repeated = exchange->asked;

  return exchange->repeated ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

void
mill_curl_exchange_init (MillCurlExchange *exchange,
                         MillRun *run,
                         MillBodySink *sink,
                         const MillCurlPlan *plan,
                         MillCurlShard *shard)
{
  CURL *easy = curl_easy_init ();

  mill_exchange_init (&exchange->base, run, sink);
  exchange->plan = plan;
  exchange->shard = shard;
  exchange->easy = easy;
  mill_curl_plan_set_up (plan, easy);
  mill_curl_shard_set_up (shard, easy);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, exchange);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, exchange->words);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_before_request);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, exchange);
  curl_easy_setopt (easy, CURLOPT_SOCKOPTFUNCTION, on_new_socket);
  curl_easy_setopt (easy, CURLOPT_SOCKOPTDATA, exchange);
}

MillCurlExchange *
mill_curl_exchange_from_easy (CURL *easy)
{
  char *exchange = NULL;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &exchange);

  return (MillCurlExchange *) (gpointer) exchange;
}

static void
forget_redirect (MillCurlExchange *exchange)
{
  g_clear_pointer (&exchange->redirected, g_uri_unref);
  g_clear_pointer (&exchange->url, curl_url_cleanup);
}

void
mill_curl_exchange_clear (MillCurlExchange *exchange)
{
  g_clear_pointer (&exchange->easy, curl_easy_cleanup);
  forget_redirect (exchange);
  mill_exchange_clear (&exchange->base);
}

static void
begin_message (MillCurlExchange *exchange)
{
  exchange->has_socket = FALSE;
  exchange->asked = FALSE;
  exchange->answered = FALSE;
}

void
mill_curl_exchange_begin (MillCurlExchange *exchange, const MillTicket *ticket, guint lane)
{
  mill_exchange_begin (&exchange->base, ticket, lane);
  exchange->repeated = FALSE;
  exchange->asked_as_get = FALSE;
  begin_message (exchange);
  if (!exchange->is_set)
    mill_curl_plan_set_request (exchange->plan, exchange->easy, ticket->request);
  exchange->is_set = !mill_curl_plan_has_many_urls (exchange->plan);
  forget_redirect (exchange);
}

/* Connections are counted where a request was about to be written on them. What would have been
 * sent again was on one that had been used before. */
static void
count_connection (MillCurlExchange *exchange)
{
  if (exchange->has_socket && exchange->asked && !exchange->repeated)
    mill_exchange_connected (&exchange->base);
}

static long
get_status (MillCurlExchange *exchange)
{
  long status = 0;

  curl_easy_getinfo (exchange->easy, CURLINFO_RESPONSE_CODE, &status);

  return status;
}

gboolean
mill_curl_exchange_redirect (MillCurlExchange *exchange, CURLcode result)
{
  const MillHttpPlan *http = mill_run_get_http_plan (exchange->base.run);
  const char *method =
      exchange->asked_as_get ? "GET" : mill_run_get_trial (exchange->base.run)->method;
  struct curl_header *location = NULL;
  long status = get_status (exchange);
  GUri *next;
  CURLU *url;
  gboolean as_get;

  if (G_LIKELY (result != CURLE_OK || status < 300 || status > 399))
    return FALSE;

  curl_easy_header (exchange->easy, "Location", 0, CURLH_HEADER, -1, &location);
  next = mill_exchange_follow (&exchange->base, (guint) status, method,
                               exchange->redirected != NULL
                                   ? exchange->redirected
                                   : mill_http_plan_get_uri (http, exchange->base.ticket.request),
                               location != NULL ? location->value : NULL, &as_get);
  if (next == NULL)
    return FALSE;

  count_connection (exchange);
  exchange->asked_as_get = exchange->asked_as_get || as_get;
  exchange->is_set = FALSE;
  url =
      mill_curl_plan_set_redirected (exchange->plan, exchange->easy, next, exchange->asked_as_get);
  forget_redirect (exchange);
  exchange->redirected = next;
  exchange->url = url;
  begin_message (exchange);

  return TRUE;
}

static MillOutcome
end_with (MillCurlExchange *exchange, MillOutcome outcome)
{
  curl_off_t bytes_up = 0;

  if (!exchange->base.ended)
    count_connection (exchange);
  if (exchange->asked && mill_run_get_trial (exchange->base.run)->body != NULL)
    curl_easy_getinfo (exchange->easy, CURLINFO_SIZE_UPLOAD_T, &bytes_up);

  return mill_exchange_end (&exchange->base, outcome, (guint) get_status (exchange), bytes_up);
}

static MillOutcome
outcome_of_result (MillCurlExchange *exchange, CURLcode result)
{
  MillOutcome outcome;
  long system_error = 0;

  if (result == CURLE_OK || exchange->base.failure != MILL_OUTCOME_PENDING)
    return MILL_OUTCOME_PENDING;
  if (mill_run_is_stopping (exchange->base.run))
    return MILL_OUTCOME_CANCELLED;
  if (exchange->repeated)
    return MILL_OUTCOME_RESET;

  curl_easy_getinfo (exchange->easy, CURLINFO_OS_ERRNO, &system_error);
  /* What libcurl cannot read, chunks or too many headers, it calls an error of receiving too; then
   * it was not the system's. */
  if (result == CURLE_RECV_ERROR && exchange->answered && system_error == 0)
    return MILL_OUTCOME_PROTOCOL;
  outcome = mill_outcome_from_curl (result, system_error, exchange->has_socket);
  if (outcome == MILL_OUTCOME_RESOURCES && !exchange->has_socket)
    mill_run_note (exchange->base.run,
                   _ ("No socket could be opened: the open files or the memory of the process "
                      "are used up."));
  else if (mill_outcome_needs_note (outcome))
    mill_run_note (exchange->base.run,
                   exchange->words[0] != '\0' ? exchange->words : curl_easy_strerror (result));

  return outcome;
}

MillOutcome
mill_curl_exchange_end (MillCurlExchange *exchange, CURLcode result)
{
  return end_with (exchange, outcome_of_result (exchange, result));
}

MillOutcome
mill_curl_exchange_abandon (MillCurlExchange *exchange, MillOutcome outcome)
{
  return end_with (exchange, outcome);
}

void
mill_curl_exchange_end_early (MillCurlExchange *exchange)
{
  if (!exchange->base.under_way || exchange->base.ended)
    return;

  count_connection (exchange);
  mill_exchange_end_early (&exchange->base);
}
