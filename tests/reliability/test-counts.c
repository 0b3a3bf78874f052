/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts never lie: random experiments, what the document says against what the server saw.
 * MILL_EXPERIMENTS says how many, MILL_SEED makes them the same again.
 *
 * Of every trial:   ok + failed <= planned, and the errors add up to failed.
 * Of a whole one:   ok + failed = planned.
 *
 * What the server saw, where the warm-up is w, C the most in flight, and a request that was cut
 * off by its timeout may or may not have reached the server:
 *
 *   whole:     arrived = planned + w, less at most the timeouts, those of the warm-up too
 *              answered well = ok, with an error = http_5xx, dropped = reset; a timeout may be
 *              one of any kind
 *   stopped:   ok + failed <= arrived <= ok + failed + C + w
 *
 * A request that was closed without an answer is not sent again: neither library is let to.
 */
#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "crowd.h"
#include "experiment/mill-record.h"
#include "figures.h"
#include "nginx.h"

#define DEFAULT_EXPERIMENTS 300
#define AT_ONCE 2
#define MAX_REQUESTS 200
#define MAX_IN_FLIGHT 30
#define LATEST_STOP_US (250 * 1000)
/* The server ends a request a moment after the client has. */
#define SETTLE_MS 20
#define SETTLE_ATTEMPTS 1000

typedef struct {
  Nginx *nginx; /* or NULL: the built-in server */
  guint n_trials;
  guint n_partial;
  gint64 n_requests;
} Counts;

/* What a server saw of one trial, or of all trials of an experiment. */
typedef struct {
  gint64 arrived;
  gint64 good;
  gint64 errors;
  gint64 dropped;
  gint64 unfinished; /* still in flight, or the client was gone */
} Seen;

/* What the client may claim of the same. */
typedef struct {
  gint64 planned;
  gint64 warmup;
  gint64 ok;
  gint64 failed;
  gint64 errors[MILL_N_OUTCOMES];
  gint64 in_flight; /* of all that were stopped */
  gboolean whole;
  gboolean hurried; /* the timeout ends some, of the warm-up too */
} Claimed;

static void
claim (CrowdRun *run, const MillTrialResult *trial, Claimed *claimed)
{
  const MillExperiment *experiment = run->experiment;
  gint64 ok = MAX (trial->requests_ok, 0);
  gint64 failed = MAX (trial->requests_failed, 0);
  gint64 sum = 0;
  MillModelSpec spec;

  for (int i = 0; i < MILL_N_OUTCOMES; i++) {
    if (i != MILL_OUTCOME_OK)
      sum += trial->errors[i];
    claimed->errors[i] += trial->errors[i];
  }
  crowd_expect (run, sum == failed,
                "%s: %" G_GINT64_FORMAT " failed, the reasons make %" G_GINT64_FORMAT, trial->model,
                failed, sum);
  crowd_expect (run, trial->requests_planned == experiment->requests,
                "%s: planned other than asked", trial->model);
  crowd_expect (run, trial->status != MILL_TRIAL_FAILED, "%s: %s", trial->model, trial->reason);
  crowd_expect (run, run->stopped_us > 0 || trial->status == MILL_TRIAL_COMPLETE, "%s: %s",
                trial->model, trial->reason);
  if (trial->status == MILL_TRIAL_COMPLETE)
    crowd_expect (run, ok + failed == trial->requests_planned,
                  "%s: %" G_GINT64_FORMAT " ok + %" G_GINT64_FORMAT
                  " failed are not %" G_GINT64_FORMAT,
                  trial->model, ok, failed, trial->requests_planned);
  else
    crowd_expect (run, ok + failed <= trial->requests_planned, "%s: more than asked", trial->model);
  crowd_expect (run, trial->verified != 0, "%s: %s", trial->model, trial->verification);

  claimed->planned += trial->requests_planned;
  claimed->warmup += experiment->warmup;
  claimed->hurried = experiment->timeout_s < 1;
  claimed->ok += ok;
  claimed->failed += failed;
  if (trial->status != MILL_TRIAL_COMPLETE) {
    claimed->whole = FALSE;
    g_assert_true (mill_model_spec_parse (trial->model, MILL_WORKLOAD_HTTP, &spec, NULL));
    claimed->in_flight += mill_model_spec_concurrency (&spec, experiment->requests);
  }
}

/* What is wrong, or NULL. */
static char *
compare (const Claimed *claimed, const Seen *seen)
{
  gint64 timeouts = claimed->errors[MILL_OUTCOME_TIMEOUT];
  gint64 ended = claimed->ok + claimed->failed;
  gint64 most = ended + claimed->in_flight + claimed->warmup;
  gint64 cut_off = timeouts + (claimed->hurried ? claimed->warmup : 0);
  gint64 least = ended - timeouts + (claimed->whole && !claimed->hurried ? claimed->warmup : 0);
  gint64 slack = timeouts + claimed->warmup + claimed->in_flight;

  if (seen->arrived < least || seen->arrived > most)
    return g_strdup_printf ("%" G_GINT64_FORMAT " arrived, not %" G_GINT64_FORMAT
                            " to %" G_GINT64_FORMAT,
                            seen->arrived, least, most);
  if (seen->arrived != seen->good + seen->errors + seen->dropped + seen->unfinished)
    return g_strdup ("what the server saw does not add up");
  if (seen->good < claimed->ok || seen->good > claimed->ok + slack)
    return g_strdup_printf ("%" G_GINT64_FORMAT " answered well, %" G_GINT64_FORMAT " ok",
                            seen->good, claimed->ok);
  if (seen->errors < claimed->errors[MILL_OUTCOME_HTTP_5XX] ||
      seen->errors > claimed->errors[MILL_OUTCOME_HTTP_5XX] + slack)
    return g_strdup_printf ("%" G_GINT64_FORMAT " answered with an error, %" G_GINT64_FORMAT
                            " http_5xx",
                            seen->errors, claimed->errors[MILL_OUTCOME_HTTP_5XX]);
  if (seen->dropped < claimed->errors[MILL_OUTCOME_RESET] ||
      seen->dropped > claimed->errors[MILL_OUTCOME_RESET] + slack)
    return g_strdup_printf ("%" G_GINT64_FORMAT " dropped, %" G_GINT64_FORMAT " reset",
                            seen->dropped, claimed->errors[MILL_OUTCOME_RESET]);
  if (seen->unfinished > cut_off + claimed->in_flight)
    return g_strdup_printf ("%" G_GINT64_FORMAT " unfinished", seen->unfinished);
  return NULL;
}

static void
expect_same (CrowdRun *run, const Claimed *claimed, void (*look) (CrowdRun *run, Seen *seen))
{
  g_autofree char *problem = NULL;
  Seen seen = { 0 };

  for (int i = 0; i < SETTLE_ATTEMPTS; i++) {
    g_free (problem);
    look (run, &seen);
    problem = compare (claimed, &seen);
    if (problem == NULL)
      return;
    g_usleep (SETTLE_MS * 1000);
  }
  crowd_expect (run, FALSE,
                "%s\nserver: %" G_GINT64_FORMAT " arrived, %" G_GINT64_FORMAT
                " good, %" G_GINT64_FORMAT " errors, %" G_GINT64_FORMAT
                " dropped, %" G_GINT64_FORMAT " unfinished\nclient: %" G_GINT64_FORMAT
                " planned, %" G_GINT64_FORMAT " ok, %" G_GINT64_FORMAT " failed",
                problem, seen.arrived, seen.good, seen.errors, seen.dropped, seen.unfinished,
                claimed->planned, claimed->ok, claimed->failed);
}

static void
tally (CrowdRun *run, const Claimed *claimed)
{
  Counts *counts = run->data;

  counts->n_trials++;
  counts->n_partial += !claimed->whole;
  counts->n_requests += claimed->ok + claimed->failed;
}

/* What both targets have in common. */
static void
prepare_load (CrowdRun *run)
{
  MillExperiment *experiment = mill_experiment_new ();
  int n_models = crowd_chance (run->rand, 30) ? 2 : 1;

  run->experiment = experiment;
  for (int i = 0; i < n_models; i++) {
    MillModelSpec model = crowd_random_model (run->rand, MAX_IN_FLIGHT);
    g_array_append_val (experiment->models, model);
  }
  experiment->requests = g_rand_int_range (run->rand, 1, MAX_REQUESTS + 1);
  experiment->repetitions = crowd_chance (run->rand, 20) ? 2 : 1;
  experiment->keep_alive = crowd_chance (run->rand, 70);
  experiment->seed = g_rand_int (run->rand);
  if (crowd_chance (run->rand, 15))
    experiment->rate = g_rand_double_range (run->rand, 500, 20000);
  if (crowd_chance (run->rand, 15))
    experiment->warmup = g_rand_int_range (run->rand, 1, 30);
  if (crowd_chance (run->rand, 30))
    run->stop_after_us = g_rand_int_range (run->rand, 0, LATEST_STOP_US);
}

/* The built-in server */

static void
prepare_own (CrowdRun *run)
{
  MillServerSettings *server;

  prepare_load (run);
  server = &run->experiment->server;
  if (crowd_chance (run->rand, 60))
    server->delay_s = g_rand_double_range (run->rand, 0.0005, 0.004);
  if (crowd_chance (run->rand, 30)) {
    server->jitter_s = server->delay_s;
    server->distribution = MILL_DISTRIBUTION_UNIFORM;
  }
  if (crowd_chance (run->rand, 30))
    server->error_rate = g_rand_double_range (run->rand, 0, 0.5);
  if (crowd_chance (run->rand, 30))
    server->drop_rate = g_rand_double_range (run->rand, 0, 0.5);
  if (crowd_chance (run->rand, 30))
    server->body_size_bytes = g_rand_int_range (run->rand, 0, 50000);
  if (crowd_chance (run->rand, 10)) {
    /* Some in time, some not. */
    server->delay_s = server->jitter_s = 0.1;
    server->distribution = MILL_DISTRIBUTION_UNIFORM;
    run->experiment->timeout_s = 0.1;
    run->experiment->requests = MIN (run->experiment->requests, 20);
  }
}

/* The whole answer of the server to GET /stats. */
static char *
ask_for_stats (const char *url)
{
  static const char question[] = "GET /stats HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  GString *answer = g_string_new (NULL);
  char buffer[4096];
  gssize n_read;

  connection = g_socket_client_connect_to_uri (client, url, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), question,
                             strlen (question), NULL, NULL, &error);
  g_assert_no_error (error);
  do {
    n_read = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                  sizeof buffer, NULL, &error);
    g_assert_no_error (error);
    g_string_append_len (answer, buffer, n_read);
  } while (n_read > 0);
  return g_string_free (answer, FALSE);
}

static void
look_at_own (CrowdRun *run, Seen *seen)
{
  g_autofree char *answer = ask_for_stats (mill_bench_get_server_url (run->bench));
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *body = strstr (answer, "\r\n\r\n");
  JsonObject *stats;

  g_assert_nonnull (body);
  g_assert_true (json_parser_load_from_data (parser, body, -1, NULL));
  stats = json_node_get_object (json_parser_get_root (parser));
  seen->arrived = json_object_get_int_member (stats, "requests");
  seen->errors = json_object_get_int_member (stats, "errors");
  seen->good = json_object_get_int_member (stats, "answered") - seen->errors;
  seen->dropped = json_object_get_int_member (stats, "dropped");
  seen->unfinished = json_object_get_int_member (stats, "abandoned") +
                     json_object_get_int_member (stats, "in_flight");
}

/* The server counts anew for each trial. */
static void
check_own_trial (CrowdRun *run, const MillTrialResult *trial)
{
  Claimed claimed = { .whole = TRUE };

  claim (run, trial, &claimed);
  expect_same (run, &claimed, look_at_own);
  tally (run, &claimed);
}

static void
check_nothing (CrowdRun *run)
{
}

/* nginx, whose access log is the witness */

static void
prepare_nginx (CrowdRun *run)
{
  static const char *const paths[] = { "good", "good", "mixed", "slow" };
  const Counts *counts = run->data;
  const char *path = paths[g_rand_int_range (run->rand, 0, G_N_ELEMENTS (paths))];
  g_autofree char *url =
      g_strdup_printf ("http://127.0.0.1:%u/%s/%u", counts->nginx->port, path, run->number);
  const char *const urls[] = { url, NULL };

  prepare_load (run);
  run->experiment->urls = g_strdupv ((GStrv) urls);
  if (g_str_equal (path, "slow")) {
    run->experiment->timeout_s = crowd_chance (run->rand, 50) ? 0.1 : 30;
    run->experiment->requests = MIN (run->experiment->requests, 20);
  }
}

static void
look_at_log (CrowdRun *run, Seen *seen)
{
  const Counts *counts = run->data;
  g_autofree char *end = g_strdup_printf ("/%u", run->number);
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (counts->nginx->access_log, &log, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (log, "\n", -1);
  *seen = (Seen){ 0 };
  for (int i = 0; lines[i] != NULL; i++) {
    if (!g_str_has_suffix (lines[i], end))
      continue;
    seen->arrived++;
    if (g_str_has_prefix (lines[i], "200 OK "))
      seen->good++;
    else if (g_str_has_prefix (lines[i], "503 OK "))
      seen->errors++;
    else if (g_str_has_prefix (lines[i], "444 "))
      seen->dropped++;
    else
      seen->unfinished++;
  }
}

static void
check_nginx (CrowdRun *run)
{
  Claimed claimed = { .whole = TRUE };
  gint64 n_begun;

  for (guint i = 0; i < run->result->trials->len; i++)
    claim (run, g_ptr_array_index (run->result->trials, i), &claimed);
  n_begun = mill_bench_get_plan (run->bench)->trials->len;
  /* A trial that was stopped before it measured anything is not in the document; what it had in
   * flight has been logged. */
  if (run->stopped_us > 0 && run->result->trials->len < n_begun) {
    claimed.whole = FALSE;
    claimed.in_flight += MAX_REQUESTS;
  }
  expect_same (run, &claimed, look_at_log);
  tally (run, &claimed);
}

static Nginx *
start_nginx (void)
{
  Nginx *nginx = nginx_new ();
  g_autofree char *body = g_strnfill (4000, 'x');
  g_autofree char *http = g_strdup_printf (
      "  log_format seen '$status $request_completion $request_uri'; access_log access.log seen;\n"
      "  map $request_id $fate { ~^[0-2] drop; ~^[3-5] error; default good; }\n"
      "  keepalive_requests 100;\n"
      "  server { listen 127.0.0.1:%u backlog=4096; default_type text/plain;\n"
      "    location /good/ { return 200 'hello'; }\n"
      "    location /mixed/ {\n"
      "      if ($fate = drop) { return 444; }\n"
      "      if ($fate = error) { return 503; }\n"
      "      return 200 'hello'; }\n"
      "    location /slow/ { root %s; rewrite ^ /body break; limit_rate 20000; } }",
      nginx->port, nginx->folder);
  g_autofree char *path = g_build_filename (nginx->folder, "body", NULL);

  g_assert_true (g_file_set_contents (path, body, -1, NULL));
  nginx_start (nginx, http);
  return nginx;
}

static void
run_many (const char *name, const CrowdFuncs *funcs, Counts *counts)
{
  guint n = (guint) figures_setting ("MILL_EXPERIMENTS", DEFAULT_EXPERIMENTS) / 2;
  guint32 seed = (guint32) figures_setting ("MILL_SEED", g_random_int ());
  gint64 begun_us = g_get_monotonic_time ();

  g_test_message ("MILL_SEED=%u, %u experiments", seed, n);
  crowd_run (n, AT_ONCE, seed, funcs, counts);
  g_assert_cmpuint (counts->n_trials, >=, n / 2);
  figures_write (name,
                 "{\"experiments\": %u, \"partial\": %u, \"requests\": %" G_GINT64_FORMAT
                 ", \"seconds\": %.0f}\n",
                 n, counts->n_partial, counts->n_requests,
                 (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC);
}

static void
test_own_server (void)
{
  const CrowdFuncs funcs = { prepare_own, check_own_trial, check_nothing };
  Counts counts = { 0 };

  run_many ("counts-built-in", &funcs, &counts);
}

static void
test_nginx (void)
{
  const CrowdFuncs funcs = { prepare_nginx, NULL, check_nginx };
  Counts counts = { 0 };

  if (!nginx_is_installed ()) {
    g_test_skip ("nginx is not installed");
    return;
  }
  counts.nginx = start_nginx ();
  run_many ("counts-nginx", &funcs, &counts);
  nginx_free (counts.nginx);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reliability/counts/built-in-server", test_own_server);
  g_test_add_func ("/reliability/counts/nginx", test_nginx);
  return g_test_run ();
}
