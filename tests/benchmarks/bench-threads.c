/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/mill-limits.h"
#include "platform/mill-usage.h"
#include "runners/mill-cpu-task.h"
#include "runners/mill-run.h"
#include "wait-server.h"

/* What `sync` and `thread-pool:20` cost beside the same work written straight on libsoup, in
 * one run and in turns; what recording costs beside the work; what 1,000 threads hold. */

#define N_PAIRS 7
#define N_REQUESTS 3000
#define MAX_RATIO 1.15
#define N_RECORDED 1000000
#define N_URLS 20000
#define N_RECORDINGS 5
#define MAX_RECORDING_SHARE 0.05
#define MAX_RECORDING_NS 100
#define N_THREADS 1000
#define MAX_THREADS_MIB 150
#define BUFFER_BYTES (64 * 1024)

typedef struct {
  GUri *uri;
} Reference;

static GPrivate session_of_thread = G_PRIVATE_INIT (g_object_unref);

/* As bare as ours: no proxy lookup, nothing decoded. */
static SoupSession *
get_session (void)
{
  SoupSession *session = g_private_get (&session_of_thread);

  if (session == NULL) {
    session = soup_session_new_with_options ("max-conns", 1, "max-conns-per-host", 1,
                                             "proxy-resolver", NULL, NULL);
    soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
    g_private_set (&session_of_thread, session);
  }
  return session;
}

static void
request_once (gpointer entry, gpointer data)
{
  Reference *reference = data;
  g_autoptr (SoupMessage) message = soup_message_new_from_uri ("GET", reference->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send (get_session (), message, NULL, &error);
  char buffer[BUFFER_BYTES];

  g_assert_no_error (error);
  while (g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error) > 0)
    continue;
  g_assert_no_error (error);
  g_input_stream_close (stream, NULL, NULL);
}

static void
run_reference (const char *url, int n_workers)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  Reference reference = { .uri = uri };
  GThreadPool *pool;

  if (n_workers == 1) {
    for (int i = 0; i < N_REQUESTS; i++)
      request_once (NULL, &reference);
    return;
  }
  pool = g_thread_pool_new (request_once, &reference, n_workers, TRUE, NULL);
  for (int i = 0; i < N_REQUESTS; i++)
    g_thread_pool_push (pool, GINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
run_model (const char *url, MillModelKind kind, int n_workers, int n_requests)
{
  char *urls[] = { (char *) url, NULL };
  char *headers[] = { NULL };
  char method[] = "GET";
  MillTrial trial = {
    .model = { .kind = kind, .workers = n_workers, .in_flight = 1 },
    .urls = urls,
    .method = method,
    .headers = headers,
    .keep_alive = TRUE,
    .timeout_s = 30,
    .rounds = 1,
    .requests = n_requests,
    .requests_asked = n_requests,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MillRun) run = mill_run_new (&trial, &error);
  MillCounters counters;

  g_assert_no_error (error);
  g_assert_true (mill_runner_for (kind)->run_http (run, &error));
  mill_run_get_counters (run, &counters);
  g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, n_requests);
}

static double
cpu_s (void)
{
  MillUsage usage;

  g_assert_true (mill_usage_read (&usage));
  return usage.user_s + usage.system_s;
}

static int
compare_doubles (const void *a, const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

static double
median (double *values, int n_values)
{
  qsort (values, (gsize) n_values, sizeof *values, compare_doubles);
  return values[n_values / 2];
}

/* CPU of both sides in turns; one pair of warm-up is thrown away. */
static gboolean
compare_with_reference (const char *url, MillModelKind kind, int n_workers)
{
  double ours_us[N_PAIRS];
  double bare_us[N_PAIRS];
  double ratio;

  for (int i = -1; i < N_PAIRS; i++) {
    double start_s = cpu_s ();
    double middle_s;

    run_reference (url, n_workers);
    middle_s = cpu_s ();
    run_model (url, kind, n_workers, N_REQUESTS);
    if (i < 0)
      continue;
    bare_us[i] = (middle_s - start_s) * G_USEC_PER_SEC / N_REQUESTS;
    ours_us[i] = (cpu_s () - middle_s) * G_USEC_PER_SEC / N_REQUESTS;
  }
  ratio = median (ours_us, N_PAIRS) / median (bare_us, N_PAIRS);
  g_print ("%s with %d: %.1f us of CPU per request, bare libsoup %.1f: ratio %.3f (at most %.2f)\n",
           mill_model_info (kind)->id, n_workers, median (ours_us, N_PAIRS),
           median (bare_us, N_PAIRS), ratio, MAX_RATIO);
  return ratio <= MAX_RATIO;
}

static double
recording_ns (void)
{
  MillTrial trial = {
    .model = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 },
    .workload = MILL_WORKLOAD_CPU,
    .rounds = 1,
    .requests = N_RECORDED,
    .requests_asked = N_RECORDED,
  };
  g_autoptr (MillRun) run = mill_run_new (&trial, NULL);
  MillTicket ticket;
  double start_s = cpu_s ();

  while (mill_run_take (run, &ticket) && mill_run_wait_until_due (run, &ticket)) {
    mill_run_begin (run, &ticket, 0);
    mill_run_end (run, &ticket, MILL_OUTCOME_OK);
  }
  return (cpu_s () - start_s) * 1e9 / N_RECORDED;
}

static double
one_url_ns (void)
{
  g_autoptr (MillCpuTask) task = mill_cpu_task_new (1, 1);
  MillCpuResult result;
  double start_s = cpu_s ();

  for (int i = 0; i < N_URLS; i++)
    mill_cpu_task_run (task, i, NULL, NULL, &result);
  return (cpu_s () - start_s) * 1e9 / N_URLS;
}

/* The smallest work there is, one URL in one round, must dwarf its own recording. Another program
 * can only lengthen the recording: the shortest of a few is its own. */
static gboolean
measure_recording (void)
{
  double url = one_url_ns ();
  double recording = recording_ns ();

  for (int i = 1; i < N_RECORDINGS; i++)
    recording = MIN (recording, recording_ns ());

  g_print ("recording: %.0f ns per request; one URL of CPU work: %.0f ns: share %.3f (at most "
           "%.2f); at most %d ns\n",
           recording, url, recording / url, MAX_RECORDING_SHARE, MAX_RECORDING_NS);
  return recording / url <= MAX_RECORDING_SHARE && recording <= MAX_RECORDING_NS;
}

static gboolean
measure_memory (const char *url)
{
  MillUsage usage;
  double peak_mib;

  run_model (url, MILL_MODEL_THREAD_POOL, N_THREADS, 3 * N_THREADS);
  g_assert_true (mill_usage_read (&usage));
  peak_mib = (double) usage.memory_peak_bytes / (1024 * 1024);
  g_print ("thread-pool:%d: at most %.1f MiB resident (at most %d)\n", N_THREADS, peak_mib,
           MAX_THREADS_MIB);
  return peak_mib <= MAX_THREADS_MIB;
}

/* The server is a process of its own: its CPU is not ours. It ends with its standard input. */
static int
serve (const char *delay_ms)
{
  g_autoptr (WaitServer) server =
      wait_server_new (g_ascii_strtoll (delay_ms, NULL, 10) * G_TIME_SPAN_MILLISECOND);

  g_print ("%s\n", wait_server_get_url (server));
  while (getchar () != EOF)
    continue;
  return 0;
}

static GSubprocess *
start_server (const char *program, const char *delay_ms, char **url)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "--serve", delay_ms, NULL);
  g_autoptr (GDataInputStream) lines = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  *url = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (*url);
  return child;
}

static void
stop_server (GSubprocess *child)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (child), NULL, NULL);
  g_subprocess_wait (child, NULL, NULL);
  g_object_unref (child);
}

int
main (int argc, char **argv)
{
  g_autofree char *slow_url = NULL;
  g_autofree char *fast_url = NULL;
  GSubprocess *server;
  gboolean good;

  mill_limits_raise_descriptors ();
  if (argc == 3 && strcmp (argv[1], "--serve") == 0)
    return serve (argv[2]);
  server = start_server (argv[0], "200", &slow_url);
  good = measure_memory (slow_url);
  stop_server (server);
  good = measure_recording () && good;
  server = start_server (argv[0], "0", &fast_url);
  good = compare_with_reference (fast_url, MILL_MODEL_SYNC, 1) && good;
  good = compare_with_reference (fast_url, MILL_MODEL_THREAD_POOL, 20) && good;
  stop_server (server);
  return good ? 0 : 1;
}
