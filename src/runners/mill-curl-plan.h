/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* What all requests of a loop on libcurl have in common, prepared once: the options of a
 * handle, the header lists, and what the handles share (resolved names, TLS sessions). Used by
 * one thread. */
typedef struct _MillCurlPlan MillCurlPlan;

/**
 * mill_curl_plan_new:
 * @run: an HTTP run; must outlive the plan
 *
 * Returns: (transfer full): the plan; it must outlive the handles that it has set up
 */
MillCurlPlan *mill_curl_plan_new (MillRun *run);
void mill_curl_plan_free (MillCurlPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillCurlPlan, mill_curl_plan_free)

/* Sets what stays the same from request to request. */
void mill_curl_plan_set_up (const MillCurlPlan *plan, CURL *easy);

/**
 * mill_curl_plan_set_request:
 * @request: number of the request; it goes to URL @request modulo their number
 */
void mill_curl_plan_set_request (const MillCurlPlan *plan, CURL *easy, gint64 request);

/**
 * mill_curl_plan_set_redirected:
 *
 * Sets what follows a redirect to @uri. Before its next ticket the handle needs
 * mill_curl_plan_set_request() again, also where there is only one URL.
 *
 * Returns: (transfer full): the URL in the form that the handle uses; curl_url_cleanup() once it
 *   does no more
 */
CURLU *
mill_curl_plan_set_redirected (const MillCurlPlan *plan, CURL *easy, GUri *uri, gboolean as_get);

/* Whether one request differs from another. */
gboolean mill_curl_plan_has_many_urls (const MillCurlPlan *plan);

G_END_DECLS
