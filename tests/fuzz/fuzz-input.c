/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two helper programs read from their pipes and the network: the trial of a worker, a
 * command of the server, a path and a body of a request.
 */
#include "config.h"

#include <string.h>

#include "experiment/mill-json.h"
#include "experiment/mill-trial.h"
#include "server/mill-endpoint.h"
#include "server/mill-server-command.h"

#include "fuzz.h"

static void
check_trial (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = mill_json_parse ((const char *) data, (gssize) size, "input", NULL);
  g_autoptr (MillTrial) trial = node != NULL ? mill_trial_from_json (node, NULL) : NULL;
  if (trial == NULL)
    return;
  g_autoptr (JsonNode) written = mill_trial_to_json (trial);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillTrial) again = mill_trial_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_cmpint (trial->requests, ==, again->requests);
  g_assert_cmpint (trial->same_host_only, ==, again->same_host_only);
}

static void
check_request (const char *text, size_t length)
{
  MillRoute route;
  guint status = 0;
  mill_route ("GET", text, &route);
  mill_route ("POST", text, &route);
  g_autofree char *answer = mill_endpoint_answer_json (text, length, &status);
  g_assert_nonnull (answer);
  g_assert_true (status == 200 || status == 400);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static MillServer *server;
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (server == NULL) {
    const MillServerSettings settings = { .body_size_bytes = -1 };
    server = mill_server_new (0, &settings, 1, NULL);
    g_assert_nonnull (server);
  }
  check_trial (data, size);
  check_request (text, strlen (text));
  g_autofree char *answer = mill_server_command (server, text);
  g_assert_null (strchr (answer, '\n'));
  return 0;
}
