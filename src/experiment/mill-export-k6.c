/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "experiment/mill-export-private.h"
#include "experiment/mill-number.h"

#define COMMENT "// "
/* Without a duration only the requests end the load; k6 wants a limit nevertheless. */
#define NO_LIMIT "24h"

static const MillExportSyntax syntax = {
  mill_export_quote_javascript, "  ", "[", "]", "null", "", "encoding.b64decode",
};

static void
append_urls (GString *text, const MillExportLoad *load)
{
  if (load->experiment->urls == NULL) {
    g_string_append_printf (text,
                            "const BASE_URL = __ENV.BASE_URL || \"http://127.0.0.1:%d\";\n"
                            "const URLS = [BASE_URL + \"/ping\"];\n",
                            MILL_EXPORT_PORT);
    return;
  }
  g_string_append (text, "const URLS = [\n");
  mill_export_append_items (text, load->experiment->urls, &syntax);
  g_string_append (text, "];\n");
}

static void
append_request (GString *text, const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;
  g_autofree char *method = mill_export_quote_javascript (experiment->method);
  g_autofree char *body = mill_export_body (experiment->body, &syntax);
  gint64 timeout_ms = mill_export_milliseconds (experiment->timeout_s);

  append_urls (text, load);
  g_string_append_printf (text, "const METHOD = %s;\nconst BODY = %s;\nconst HEADERS = {\n", method,
                          body);
  mill_export_append_headers (text, experiment, &syntax);
  g_string_append_printf (
      text, "};\nconst PARAMS = {\n  headers: HEADERS,\n  timeout: %" PRId64 ",\n", timeout_ms);
  if (experiment->after == MILL_AFTER_HASH)
    g_string_append (text, "  responseType: \"binary\",\n");
  else if (experiment->after == MILL_AFTER_JSON)
    g_string_append (text, "  responseType: \"text\",\n");
  /* One name for all URLs, so that the percentiles are those of all requests. */
  g_string_append (text, "  tags: { name: \"request\" },\n};\n\n");
}

/* k6 takes whole numbers of iterations per unit of time. */
static void
append_open_loop (GString *text, const MillExportLoad *load)
{
  gboolean whole = load->rate >= 1 && floor (load->rate) >= load->rate;
  gint64 unit_s = whole ? 1 : 1000;
  gint64 by_requests_ms =
      load->requests > 0 ? mill_export_milliseconds ((double) load->requests / load->rate) : 0;
  gint64 duration_ms = load->duration_ms;

  if (duration_ms == 0 || (by_requests_ms > 0 && by_requests_ms < duration_ms))
    duration_ms = by_requests_ms;
  g_string_append_printf (text,
                          "      executor: \"constant-arrival-rate\",\n"
                          "      rate: %" PRId64 ",\n"
                          "      timeUnit: \"%" PRId64 "s\",\n"
                          "      duration: \"%" PRId64 "ms\",\n"
                          "      preAllocatedVUs: %d,\n"
                          "      maxVUs: %d,\n",
                          MAX (1, (gint64) round (load->rate * (double) unit_s)), unit_s,
                          duration_ms, load->in_flight, load->in_flight);
}

static void
append_closed_loop (GString *text, const MillExportLoad *load)
{
  if (load->requests == 0) {
    g_string_append_printf (text,
                            "      executor: \"constant-vus\",\n"
                            "      vus: %d,\n"
                            "      duration: \"%" PRId64 "ms\",\n",
                            load->in_flight, load->duration_ms);
    return;
  }
  g_string_append_printf (text,
                          "      executor: \"shared-iterations\",\n"
                          "      vus: %d,\n"
                          "      iterations: %" PRId64 ",\n",
                          load->in_flight, load->requests);
  if (load->duration_ms > 0)
    g_string_append_printf (text, "      maxDuration: \"%" PRId64 "ms\",\n", load->duration_ms);
  else
    g_string_append (text, "      maxDuration: \"" NO_LIMIT "\",\n");
}

/* The metric and the left side of a bound, or NULL where k6 has none. */
static const char *
threshold_metric (const MillThreshold *threshold, char **left)
{
  switch (threshold->figure) {
  case MILL_THRESHOLD_THROUGHPUT:
    *left = g_strdup ("rate");
    return "http_reqs";
  case MILL_THRESHOLD_FAILED:
    *left = g_strdup ("rate");
    return "http_req_failed";
  case MILL_THRESHOLD_MIN:
    *left = g_strdup ("min");
    return "http_req_duration";
  case MILL_THRESHOLD_MEAN:
    *left = g_strdup ("avg");
    return "http_req_duration";
  case MILL_THRESHOLD_MAX:
    *left = g_strdup ("max");
    return "http_req_duration";
  case MILL_THRESHOLD_PERCENTILE: {
    g_autofree char *percent = mill_number_to_string (threshold->percentile);
    *left = g_strdup_printf ("p(%s)", percent);
    return "http_req_duration";
  }
  case MILL_THRESHOLD_TIME:
  default:
    *left = NULL;
    return NULL;
  }
}

static void
append_thresholds (GString *text, const MillExportLoad *load)
{
  static const char *const metrics[] = { "http_req_duration", "http_req_failed", "http_reqs" };

  g_string_append (text, "  thresholds: {\n");
  for (guint m = 0; m < G_N_ELEMENTS (metrics); m++) {
    gboolean any = FALSE;

    for (guint i = 0; i < load->thresholds->len; i++) {
      const MillThreshold *threshold = g_ptr_array_index (load->thresholds, i);
      g_autofree char *left = NULL;
      const char *metric = threshold_metric (threshold, &left);
      gboolean share = threshold->figure == MILL_THRESHOLD_FAILED;
      g_autofree char *value = mill_number_to_string (threshold->value / (share ? 100 : 1));

      if (g_strcmp0 (metric, metrics[m]) != 0)
        continue;
      if (!any)
        g_string_append_printf (text, "    %s: [", metric);
      g_string_append_printf (text, "%s\"%s%s%s\"", any ? ", " : "", left,
                              mill_export_operator (threshold->comparison), value);
      any = TRUE;
    }
    if (any)
      g_string_append (text, "],\n");
  }
  g_string_append (text, "  },\n");
}

static void
append_options (GString *text, const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;
  gboolean reads_body =
      experiment->after == MILL_AFTER_HASH || experiment->after == MILL_AFTER_JSON;
  gint64 grace_ms = mill_export_milliseconds (experiment->timeout_s);

  g_string_append (text, "export const options = {\n  scenarios: {\n    load: {\n");
  if (load->rate > 0)
    append_open_loop (text, load);
  else
    append_closed_loop (text, load);
  g_string_append_printf (text, "      gracefulStop: \"%" PRId64 "ms\",\n    },\n  },\n", grace_ms);
  append_thresholds (text, load);
  g_string_append_printf (text,
                          "  discardResponseBodies: %s,\n"
                          "  noConnectionReuse: %s,\n"
                          "  maxRedirects: 20,\n"
                          "  summaryTrendStats: [\"min\", \"avg\", \"med\", \"p(75)\", \"p(90)\", "
                          "\"p(99)\", \"p(99.9)\", \"max\", \"count\"],\n};\n\n",
                          reads_body ? "false" : "true", experiment->keep_alive ? "false" : "true");
}

static void
append_function (GString *text, const MillExportLoad *load)
{
  MillAfter after = load->experiment->after;

  if (load->needs_permission)
    g_string_append (text,
                     "if (__ENV.ALLOW_REMOTE_LOAD !== \"yes\") {\n"
                     "  throw new Error(\"This loads a host that is not this machine. If you may "
                     "do that: k6 run -e ALLOW_REMOTE_LOAD=yes ...\");\n"
                     "}\n\n");
  g_string_append (text, "export default function () {\n"
                         "  const url = URLS[exec.scenario.iterationInTest % URLS.length];\n");
  g_string_append_printf (text, "  %shttp.request(METHOD, url, BODY, PARAMS);\n",
                          after == MILL_AFTER_HASH || after == MILL_AFTER_JSON ? "const response = "
                                                                               : "");
  if (after == MILL_AFTER_HASH)
    g_string_append (text, "  if (response.body) {\n"
                           "    crypto.sha256(response.body, \"hex\");\n"
                           "  }\n");
  else if (after == MILL_AFTER_JSON)
    g_string_append (text, "  check(response, {\n"
                           "    \"the body is JSON\": (answer) => {\n"
                           "      try {\n"
                           "        JSON.parse(answer.body);\n"
                           "        return true;\n"
                           "      } catch (error) {\n"
                           "        return false;\n"
                           "      }\n"
                           "    },\n"
                           "  });\n");
  g_string_append (text, "}\n");
}

static void
add_notes (const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;

  mill_export_add_note (load, "Latency: http_req_duration begins when the connection is there; "
                              "Threadmill's counts from\nthe moment the request is due, with "
                              "connecting (http_req_blocked, http_req_connecting).");
  if (load->rate > 0)
    mill_export_add_note (load, "Requests that cannot be sent in time are dropped "
                                "(dropped_iterations), not sent late.");
  if (experiment->after == MILL_AFTER_WRITE)
    mill_export_add_note (load, "Bodies are not written to files: k6 cannot.");
  if (experiment->after == MILL_AFTER_JSON)
    mill_export_add_note (load, "A body that is no JSON fails a check, not the request.");
  if (experiment->ca_file != NULL)
    mill_export_add_note (load, "Trust in further authorities: SSL_CERT_FILE=FILE k6 run ... on "
                                "Linux.");
  if (!experiment->use_proxy)
    mill_export_add_note (load, "Proxies: k6 takes HTTP_PROXY from the environment; unset it.");
  for (guint i = 0; i < load->thresholds->len; i++) {
    const MillThreshold *threshold = g_ptr_array_index (load->thresholds, i);

    if (threshold->figure == MILL_THRESHOLD_TIME)
      mill_export_add_bound_note (load, threshold, "k6 has none on the time of a run");
  }
}

char *
mill_export_k6 (const MillExportLoad *load)
{
  GString *text = g_string_new (NULL);
  const MillExperiment *experiment = load->experiment;

  add_notes (load);
  mill_export_append_head (text, load, COMMENT);
  g_string_append (text, "// k6 run SCRIPT\n\nimport http from \"k6/http\";\n"
                         "import exec from \"k6/execution\";\n");
  if (experiment->after == MILL_AFTER_JSON)
    g_string_append (text, "import { check } from \"k6\";\n");
  if (experiment->after == MILL_AFTER_HASH)
    g_string_append (text, "import crypto from \"k6/crypto\";\n");
  if (mill_export_body_is_binary (experiment->body))
    g_string_append (text, "import encoding from \"k6/encoding\";\n");
  g_string_append_c (text, '\n');
  append_request (text, load);
  append_options (text, load);
  append_function (text, load);
  return g_string_free (text, FALSE);
}
