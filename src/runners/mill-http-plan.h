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
 * mill_http_plan_follow:
 * @status: of an answer
 * @method: of the message that was answered
 * @base: its URL
 * @location: (nullable): the answer's header of that name
 * @as_get: (out): whether GET without a body is to be asked there
 * @forbidden: (out): set when the redirect leads nowhere, or to a host that may not be loaded
 *
 * Returns: (transfer full) (nullable): where a redirect leads, or %NULL when the answer is final
 */
GUri *mill_http_plan_follow (const MillHttpPlan *plan,
                             guint status,
                             const char *method,
                             GUri *base,
                             const char *location,
                             gboolean *as_get,
                             gboolean *forbidden);

/**
 * mill_http_plan_new_redirected:
 * @message: answered with a redirect
 * @uri: where it leads
 * @as_get: whether to ask by GET without a body there
 *
 * Returns: (transfer full): the message that follows the redirect
 */
SoupMessage *mill_http_plan_new_redirected (const MillHttpPlan *plan,
                                            SoupMessage *message,
                                            GUri *uri,
                                            gboolean as_get);

/* What the messages are made of, for a library that makes its own. */
guint mill_http_plan_get_n_uris (const MillHttpPlan *plan);
GUri *mill_http_plan_get_uri (const MillHttpPlan *plan, gint64 request);
guint mill_http_plan_get_n_headers (const MillHttpPlan *plan);
void mill_http_plan_get_header (const MillHttpPlan *plan,
                                guint number,
                                const char **name,
                                const char **value);

G_END_DECLS
