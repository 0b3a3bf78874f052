/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <stdlib.h>

#include "experiment/mill-json.h"
#include "platform/mill-usage.h"
#include "run-trial.h"
#include "worker-client.h"

/* What `main-loop:50` costs beside a bare asynchronous loop on libsoup, in one run and in
 * turns; how near `main-loop:1000` comes to the ideal; what it holds in memory. */

#define N_PAIRS 7
#define N_REQUESTS 4000
#define IN_FLIGHT 50
#define MAX_CPU_RATIO 1.10
#define MAX_WALL_RATIO 1.3
#define MAX_MIB 45.0
#define MAX_BYTES_PER_REQUEST 40.0

/* The built-in server: it is never what is measured. */
typedef struct {
  GSubprocess *process;
  char *url;
} Server;

static Server
server_start (void)
{
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (JsonNode) listening = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  Server server;

  server.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     &error, g_getenv ("MILL_TEST_SERVER"), NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server.process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  listening = mill_json_parse (line, -1, "server", &error);
  g_assert_no_error (error);
  server.url = g_strdup (json_object_get_string_member (json_node_get_object (listening), "url"));

  return server;
}

static void
server_stop (Server *server)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (server->process), NULL, NULL);
  g_subprocess_wait (server->process, NULL, NULL);
  g_object_unref (server->process);
  g_free (server->url);
}

typedef struct {
  SoupSession *session;
  GUri *uri;
  int left;
  int in_flight;
} Bare;

static void bare_next (Bare *bare);

static void
on_body (GObject *object, GAsyncResult *result, gpointer data)
{
  Bare *bare = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
      soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_bytes_get_size (body), >, 0);
  bare->in_flight--;
  bare_next (bare);
}

static void
bare_next (Bare *bare)
{
  while (bare->left > 0 && bare->in_flight < IN_FLIGHT) {
    g_autoptr (SoupMessage) message = soup_message_new_from_uri ("GET", bare->uri);

    bare->left--;
    bare->in_flight++;
    soup_session_send_and_read_async (bare->session, message, G_PRIORITY_DEFAULT, NULL, on_body,
                                      bare);
  }
}

/* Returns the CPU time of this thread per request, in microseconds. */
static double
run_bare (const char *url)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  Bare bare = { .uri = uri, .left = N_REQUESTS };
  double begun_s = mill_thread_cpu_time_s ();

  g_main_context_push_thread_default (context);
  bare.session =
      soup_session_new_with_options ("max-conns", IN_FLIGHT, "max-conns-per-host", IN_FLIGHT, NULL);
  soup_session_set_proxy_resolver (bare.session, NULL);
  bare_next (&bare);
  while (bare.in_flight > 0)
    g_main_context_iteration (context, TRUE);
  g_object_unref (bare.session);
  g_main_context_pop_thread_default (context);

  return (mill_thread_cpu_time_s () - begun_s) * G_USEC_PER_SEC / N_REQUESTS;
}

static double
run_ours (const char *url)
{
  g_autoptr (MillTrial) trial = trial_new ("main-loop:50", url, N_REQUESTS);
  double begun_s = mill_thread_cpu_time_s ();
  g_autoptr (MillRun) run = trial_run (trial);

  g_assert_cmpint (run_count (run, MILL_OUTCOME_OK), ==, N_REQUESTS);

  return (mill_thread_cpu_time_s () - begun_s) * G_USEC_PER_SEC / N_REQUESTS;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
test_cpu (void)
{
  Server server = server_start ();
  g_autofree char *url = g_strconcat (server.url, "/ping", NULL);
  double ratios[N_PAIRS];

  run_bare (url);
  run_ours (url);
  for (int i = 0; i < N_PAIRS; i++) {
    double bare_us = run_bare (url);
    double ours_us = run_ours (url);

    ratios[i] = ours_us / bare_us;
    g_test_message ("bare %.1f us, main-loop:50 %.1f us of CPU per request: %.2f", bare_us, ours_us,
                    ratios[i]);
  }

  qsort (ratios, N_PAIRS, sizeof (double), compare);
  g_test_minimized_result (ratios[N_PAIRS / 2],
                           "CPU per request, main-loop:50 to bare libsoup: %.2f",
                           ratios[N_PAIRS / 2]);
  g_assert_cmpfloat (ratios[N_PAIRS / 2], <=, MAX_CPU_RATIO);
  server_stop (&server);
}

/* Runs a trial in a process of its own. */
static JsonNode *
run_worker (const char *model, const char *url, gint64 requests)
{
  g_autoptr (MillTrial) trial = trial_new (model, url, requests);
  Worker worker = worker_new_for_trial (trial);
  JsonNode *finished = worker_await (&worker, "finished");

  g_assert_nonnull (finished);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (finished), "requests_ok"), ==,
                   requests);
  g_assert_cmpint (worker_wait (&worker), ==, 0);

  return finished;
}

static double
get_memory (JsonNode *finished, const char *member)
{
  return json_object_get_double_member (
      json_object_get_object_member (json_node_get_object (finished), "memory_mib"), member);
}

static void
test_thousand (void)
{
  Server server = server_start ();
  g_autofree char *url = g_strconcat (server.url, "/delay/0.2", NULL);
  g_autoptr (JsonNode) finished = run_worker ("main-loop:1000", url, 10000);
  double wall_s = json_object_get_double_member (json_node_get_object (finished), "wall_time_s");

  g_test_minimized_result (
      wall_s / 2.0, "10,000 requests of 0.2 s at main-loop:1000, to the ideal: %.2f", wall_s / 2.0);
  g_test_minimized_result (get_memory (finished, "max"), "MiB of main-loop:1000: %.1f",
                           get_memory (finished, "max"));
  g_assert_cmpfloat (wall_s / 2.0, <=, MAX_WALL_RATIO);
  g_assert_cmpfloat (get_memory (finished, "max"), <, MAX_MIB);
  server_stop (&server);
}

/* The difference between two sizes takes out what does not grow with the requests. */
static void
test_memory_per_request (void)
{
  Server server = server_start ();
  g_autofree char *url = g_strconcat (server.url, "/ping", NULL);
  g_autoptr (JsonNode) few = run_worker ("main-loop:50", url, 10000);
  g_autoptr (JsonNode) many = run_worker ("main-loop:50", url, 210000);
  double bytes =
      (get_memory (many, "max") - get_memory (few, "max")) * 1024 * 1024 / (210000 - 10000);

  g_test_minimized_result (bytes, "bytes of memory per request: %.1f", bytes);
  g_assert_cmpfloat (bytes, <=, MAX_BYTES_PER_REQUEST);
  server_stop (&server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  g_test_add_func ("/main-loop/cpu", test_cpu);
  g_test_add_func ("/main-loop/thousand", test_thousand);
  g_test_add_func ("/main-loop/memory-per-request", test_memory_per_request);

  return g_test_run ();
}
