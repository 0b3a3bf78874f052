/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "experiment/mill-record.h"

static const char *const outcome_names[MILL_N_OUTCOMES] = {
  [MILL_OUTCOME_PENDING] = "pending",
  [MILL_OUTCOME_OK] = "ok",
  [MILL_OUTCOME_TIMEOUT] = "timeout",
  [MILL_OUTCOME_REFUSED] = "refused",
  [MILL_OUTCOME_RESET] = "reset",
  [MILL_OUTCOME_RESOLVE] = "resolve",
  [MILL_OUTCOME_TLS] = "tls",
  [MILL_OUTCOME_HTTP_4XX] = "http_4xx",
  [MILL_OUTCOME_HTTP_5XX] = "http_5xx",
  [MILL_OUTCOME_REDIRECT] = "redirect",
  [MILL_OUTCOME_RESOURCES] = "resources",
  [MILL_OUTCOME_PROTOCOL] = "protocol",
  [MILL_OUTCOME_CONTENT] = "content",
  [MILL_OUTCOME_CANCELLED] = "cancelled",
  [MILL_OUTCOME_OTHER] = "other",
};

const char *
mill_outcome_to_string (MillOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < MILL_N_OUTCOMES, "other");
  return outcome_names[outcome];
}
