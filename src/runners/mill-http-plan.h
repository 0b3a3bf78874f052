/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "experiment/mill-trial.h"

G_BEGIN_DECLS

/* What all requests of a run have in common, prepared once: parsed URLs, split headers, the
 * body, and how a session is set up. Read-only after it was made, so lanes share it. */
typedef struct _MillHttpPlan MillHttpPlan;

/**
 * mill_http_plan_new:
 * @trial: an HTTP trial; must outlive the plan
 * @error: MILL_ERROR_USAGE for a URL or header that cannot be, or an unreadable `ca_file`
 */
MillHttpPlan *mill_http_plan_new (const MillTrial *trial, GError **error);
void mill_http_plan_free (MillHttpPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillHttpPlan, mill_http_plan_free)

/**
 * mill_http_plan_new_session:
 * @connections: the most that it may open
 *
 * Returns: (transfer full): a session with nothing on the path of a request: no proxy lookup,
 *   no authentication, no decoder, no timeouts of its own
 */
SoupSession *mill_http_plan_new_session (const MillHttpPlan *plan, int connections);

/**
 * mill_http_plan_new_message:
 * @request: number of the request; it goes to URL @request modulo their number
 *
 * Returns: (transfer full): a message to send once. Redirects are not followed by the session.
 */
SoupMessage *mill_http_plan_new_message (const MillHttpPlan *plan, gint64 request);

/**
 * mill_http_plan_new_redirected:
 * @message: answered with a redirect
 * @forbidden: (out): set when the redirect leads nowhere, or to a host that may not be loaded
 *
 * Returns: (transfer full) (nullable): the message that follows the redirect, or %NULL when
 *   the answer is final
 */
SoupMessage *
mill_http_plan_new_redirected (const MillHttpPlan *plan, SoupMessage *message, gboolean *forbidden);

/* Bytes of the request body. */
gint64 mill_http_plan_get_body_bytes (const MillHttpPlan *plan);

G_END_DECLS
