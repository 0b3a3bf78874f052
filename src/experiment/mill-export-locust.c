/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "experiment/mill-export-private.h"
#include "experiment/mill-number.h"

#define COMMENT "# "

static const MillExportSyntax syntax = {
  mill_export_quote_python, "    ", "", "", "None", ".encode()", "base64.b64decode",
};

static void
append_imports (GString *text, const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;

  if (mill_export_body_is_binary (experiment->body))
    g_string_append (text, "import base64\n");
  if (experiment->after == MILL_AFTER_HASH)
    g_string_append (text, "import hashlib\n");
  g_string_append (text, "import itertools\n");
  if (experiment->after == MILL_AFTER_JSON)
    g_string_append (text, "import json\n");
  g_string_append (text, "import os\n");
  if (experiment->ca_file != NULL)
    g_string_append (text, "import ssl\n");
  if (load->needs_permission)
    g_string_append (text, "import sys\n");
  if (experiment->after == MILL_AFTER_WRITE)
    g_string_append (text, "import tempfile\n");
  g_string_append (text, "\nfrom locust import FastHttpUser, LoadTestShape, ");
  if (load->rate > 0)
    g_string_append (text, "constant_throughput, ");
  if (load->thresholds->len > 0)
    g_string_append (text, "events, ");
  g_string_append (text, "task\nfrom locust.exception import StopUser\n\n");
  if (load->needs_permission)
    g_string_append (text,
                     "if os.environ.get(\"ALLOW_REMOTE_LOAD\") != \"yes\":\n"
                     "    sys.exit(\"This loads a host that is not this machine. If you may do "
                     "that, set \"\n"
                     "             \"ALLOW_REMOTE_LOAD=yes in the environment.\")\n\n");
}

static void
append_urls (GString *text, const MillExportLoad *load)
{
  if (load->experiment->urls == NULL) {
    g_string_append_printf (text,
                            "BASE_URL = os.environ.get(\"BASE_URL\", \"http://127.0.0.1:%d\")\n"
                            "URLS = [BASE_URL + \"/ping\"]\n",
                            MILL_EXPORT_PORT);
    return;
  }
  g_string_append (text, "URLS = [\n");
  mill_export_append_items (text, load->experiment->urls, &syntax);
  g_string_append (text, "]\nBASE_URL = \"/\".join(URLS[0].split(\"/\")[:3])\n");
}

static void
append_request (GString *text, const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;
  g_autofree char *method = mill_export_quote_python (experiment->method);
  g_autofree char *body = mill_export_body (experiment->body, &syntax);
  g_autofree char *timeout = mill_number_to_string (experiment->timeout_s);
  g_autofree char *duration = mill_number_to_string ((double) load->duration_ms / 1000.0);

  append_urls (text, load);
  g_string_append_printf (text, "METHOD = %s\nBODY = %s\nHEADERS = {\n", method, body);
  mill_export_append_headers (text, experiment, &syntax);
  if (!experiment->keep_alive)
    g_string_append (text, "    \"Connection\": \"close\",\n");
  g_string_append_printf (text, "}\nTIMEOUT_S = %s\n\n", timeout);
  g_string_append_printf (text, "USERS = %d\n", load->in_flight);
  g_string_append_printf (text, "REQUESTS = %" PRId64 "  # 0: the duration alone ends it\n",
                          load->requests);
  g_string_append_printf (text, "DURATION_S = %s  # 0: the requests alone end it\n", duration);
  if (load->rate > 0) {
    g_autofree char *rate = mill_number_to_string (load->rate);
    g_string_append_printf (text, "RATE = %s  # requests per second, all users together\n", rate);
  }
  g_string_append (text, "# Each worker process makes its share: WORKERS=4 locust --worker ...\n"
                         "WORKERS = int(os.environ.get(\"WORKERS\", \"1\"))\n"
                         "SHARE = -(-REQUESTS // WORKERS)\n"
                         "numbers = itertools.count()\n\n\n");
}

static void
append_shape (GString *text)
{
  g_string_append (text,
                   "class Load(LoadTestShape):\n"
                   "    \"\"\"All users at once; the end when all requests are made or the time is "
                   "over.\"\"\"\n\n"
                   "    def tick(self):\n"
                   "        if DURATION_S and self.get_run_time() >= DURATION_S:\n"
                   "            return None\n"
                   "        if REQUESTS and self.runner.stats.total.num_requests >= REQUESTS:\n"
                   "            return None\n"
                   "        return USERS, USERS\n\n\n");
}

static void
append_user (GString *text, const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;

  g_string_append (text, "class Client(FastHttpUser):\n"
                         "    host = BASE_URL\n"
                         "    network_timeout = TIMEOUT_S\n"
                         "    connection_timeout = TIMEOUT_S\n"
                         "    max_redirects = 20\n"
                         "    insecure = False\n");
  if (load->rate > 0)
    g_string_append (text, "    wait_time = constant_throughput(RATE / USERS)\n");
  if (experiment->ca_file != NULL) {
    g_autofree char *shown = g_filename_display_name (experiment->ca_file);
    g_autofree char *path = mill_export_quote_python (shown);
    g_string_append_printf (text,
                            "    ssl_context_factory = staticmethod(\n"
                            "        lambda: ssl.create_default_context(cafile=%s))\n",
                            path);
  }
  g_string_append (
      text, "\n    @task\n"
            "    def request(self):\n"
            "        number = next(numbers)\n"
            "        if REQUESTS and number >= SHARE:\n"
            "            raise StopUser()\n"
            "        url = URLS[number % len(URLS)]\n"
            "        with self.client.request(METHOD, url, data=BODY, headers=dict(HEADERS),\n"
            "                                 name=\"request\", catch_response=True) as "
            "response:\n");
  switch (experiment->after) {
  case MILL_AFTER_HASH:
    g_string_append (text, "            hashlib.sha256(response.content or b\"\").digest()\n");
    break;
  case MILL_AFTER_JSON:
    g_string_append (text, "            try:\n"
                           "                json.loads(response.content or b\"\")\n"
                           "            except ValueError as error:\n"
                           "                response.failure(f\"the body is no JSON: {error}\")\n");
    break;
  case MILL_AFTER_WRITE:
    g_string_append (text, "            with tempfile.TemporaryFile() as file:\n"
                           "                file.write(response.content or b\"\")\n");
    break;
  case MILL_AFTER_NOTHING:
  default:
    g_string_append (text, "            response.content  # read whole\n");
    break;
  }
}

/* What Locust knows of a figure, or NULL. */
static char *
threshold_value (const MillThreshold *threshold)
{
  /* Without the digits that only binary fractions made. */
  g_autofree char *quantile = g_strdup_printf ("%.9g", threshold->percentile / 100.0);

  switch (threshold->figure) {
  case MILL_THRESHOLD_THROUGHPUT:
    return g_strdup ("total.total_rps");
  case MILL_THRESHOLD_FAILED:
    return g_strdup ("total.fail_ratio * 100");
  case MILL_THRESHOLD_MIN:
    return g_strdup ("total.min_response_time");
  case MILL_THRESHOLD_MEAN:
    return g_strdup ("total.avg_response_time");
  case MILL_THRESHOLD_MAX:
    return g_strdup ("total.max_response_time");
  case MILL_THRESHOLD_PERCENTILE:
    return g_strdup_printf ("total.get_response_time_percentile(%s)", quantile);
  case MILL_THRESHOLD_TIME:
    return g_strdup ("total.last_request_timestamp - total.start_time");
  default:
    return NULL;
  }
}

static void
append_thresholds (GString *text, const MillExportLoad *load)
{
  if (load->thresholds->len == 0)
    return;
  g_string_append (
      text, "\n\n@events.quitting.add_listener\n"
            "def check_thresholds(environment, **_):\n"
            "    \"\"\"Exit status 4 where a bound was missed, as threadmill-cli run.\"\"\"\n"
            "    total = environment.stats.total\n"
            "    kept = [\n");
  for (guint i = 0; i < load->thresholds->len; i++) {
    const MillThreshold *threshold = g_ptr_array_index (load->thresholds, i);
    g_autofree char *figure = threshold_value (threshold);
    g_autofree char *bound = mill_number_to_string (threshold->value);

    g_string_append_printf (text, "        %s %s %s,\n", figure,
                            mill_export_operator (threshold->comparison), bound);
  }
  g_string_append (text, "    ]\n"
                         "    if not all(kept):\n"
                         "        environment.process_exit_code = 4\n");
}

static void
add_notes (const MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;

  mill_export_add_note (load, "Locust rounds percentiles above 100 ms to two digits.");
  mill_export_add_note (load, "The timeout counts from the last byte, not from the start of the "
                              "request.");
  if (load->rate > 0)
    mill_export_add_note (load, "The open loop: Locust has none. Each user paces itself; a request "
                                "that waits for a slow\nanswer is sent late, and its waiting is "
                                "not in the latency.");
  if (experiment->use_proxy)
    mill_export_add_note (load, "The system's proxy: FastHttpUser does not look for it.");
}

char *
mill_export_locust (const MillExportLoad *load)
{
  GString *text = g_string_new (NULL);

  add_notes (load);
  mill_export_append_head (text, load, COMMENT);
  g_string_append (text, "# locust -f SCRIPT --headless\n\n");
  append_imports (text, load);
  append_request (text, load);
  append_shape (text);
  append_user (text, load);
  append_thresholds (text, load);
  return g_string_free (text, FALSE);
}
