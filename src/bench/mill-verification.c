/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "bench/mill-verification.h"
#include "experiment/mill-number.h"
#include "experiment/mill-record.h"

/* The warm-up hands over to the measurement without a drain: both may be in flight. */
static gint64
most_in_flight (const MillTrial *trial)
{
  return mill_model_spec_concurrency (&trial->model, trial->requests + trial->warmup);
}

/* Ended with an answer that the server has counted. */
static gboolean
was_answered (MillOutcome outcome)
{
  return outcome == MILL_OUTCOME_OK || outcome == MILL_OUTCOME_HTTP_4XX ||
         outcome == MILL_OUTCOME_HTTP_5XX || outcome == MILL_OUTCOME_CONTENT;
}

/* Cannot have reached the server. */
static gboolean
was_not_sent (MillOutcome outcome)
{
  return outcome == MILL_OUTCOME_REFUSED || outcome == MILL_OUTCOME_RESOLVE ||
         outcome == MILL_OUTCOME_RESOURCES || outcome == MILL_OUTCOME_PENDING;
}

typedef struct {
  gint64 least; /* requests that the server must have seen */
  gint64 most;  /* requests that it can have seen */
} Expected;

static Expected
expected_requests (const MillTrialResult *result, const MillTrial *trial, gint64 dropped)
{
  Expected expected = { result->requests_ok, result->requests_ok };
  gboolean complete = result->status == MILL_TRIAL_COMPLETE;

  for (int outcome = 0; outcome < MILL_N_OUTCOMES; outcome++) {
    if (outcome == MILL_OUTCOME_OK)
      continue;
    if (was_answered (outcome))
      expected.least += result->errors[outcome];
    if (!was_not_sent (outcome))
      expected.most += result->errors[outcome];
  }
  /* The warm-up hands over without a drain: what was in flight then belongs to it. */
  expected.least += complete && result->requests_failed == 0 ? trial->warmup : 0;
  expected.most += trial->warmup;
  /* HTTP sends a request again when a kept connection was closed before the answer. */
  expected.most += dropped;
  /* A partial trial had requests in flight that are no result. */
  if (!complete)
    expected.most += most_in_flight (trial);
  return expected;
}

static char *
find_difference (const MillTrialResult *result,
                 const MillTrial *trial,
                 const MillServerStats *stats)
{
  Expected expected = expected_requests (result, trial, stats->dropped);
  gint64 concurrency = most_in_flight (trial);
  gint64 abandoned = result->errors[MILL_OUTCOME_TIMEOUT] + result->errors[MILL_OUTCOME_CANCELLED];
  gboolean complete = result->status == MILL_TRIAL_COMPLETE;

  if (stats->requests < expected.least || stats->requests > expected.most) {
    g_autofree char *counted = mill_number_group (stats->requests);
    g_autofree char *least = mill_number_group (expected.least);
    g_autofree char *most = mill_number_group (expected.most);
    return g_strdup_printf (_ ("the server counted %s requests, the client between %s and %s"),
                            counted, least, most);
  }
  if (complete && trial->warmup == 0 && stats->errors != result->errors[MILL_OUTCOME_HTTP_5XX] &&
      abandoned == 0) {
    g_autofree char *answered = mill_number_group (stats->errors);
    g_autofree char *seen = mill_number_group (result->errors[MILL_OUTCOME_HTTP_5XX]);
    return g_strdup_printf (_ ("the server answered %s requests with an error, the client saw %s"),
                            answered, seen);
  }
  if (abandoned == 0 && complete && stats->max_in_flight > concurrency) {
    g_autofree char *counted = mill_number_group (stats->max_in_flight);
    g_autofree char *allowed = mill_number_group (concurrency);
    return g_strdup_printf (_ ("the server had %s requests in flight, the model allows %s"),
                            counted, allowed);
  }
  return NULL;
}

gboolean
mill_verification_apply (MillTrialResult *result,
                         const MillTrial *trial,
                         const MillServerStats *stats,
                         const char *no_witness)
{
  g_clear_pointer (&result->verification, g_free);
  result->verified = -1;
  if (stats == NULL) {
    result->verification =
        g_strdup (no_witness != NULL ? no_witness
                  : trial->workload == MILL_WORKLOAD_CPU
                      ? _ ("no server takes part; the checksums of the models are compared instead")
                      : _ ("a foreign server is no witness: it does not tell what it counted"));
    return TRUE;
  }
  result->verification = find_difference (result, trial, stats);
  result->verified = result->verification == NULL;
  return result->verified == 1;
}
