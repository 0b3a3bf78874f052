/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-error.h"
#include "runners/mill-run.h"
#include "wait-server.h"

#define MILLISECOND G_TIME_SPAN_MILLISECOND

typedef struct {
  MillModelKind kind;
  int workers;
  gint64 requests;
} Case;

/* What one trial left behind, seen from the client and from the server. */
typedef struct {
  MillCounters counters;
  gint64 max_in_flight;
  gint64 n_records;
  guint lanes_used;
} Outcome;

static const Case cases[] = {
  { MILL_MODEL_SYNC, 1, 10 },
  { MILL_MODEL_THREAD_PER_REQUEST, 1, 10 },
  { MILL_MODEL_THREAD_PER_REQUEST, 20, 83 },
  { MILL_MODEL_THREAD_POOL, 1, 10 },
  { MILL_MODEL_THREAD_POOL, 4, 83 },
  { MILL_MODEL_THREAD_POOL, 20, 83 },
  { MILL_MODEL_GIL_THREAD_POOL, 1, 10 },
  { MILL_MODEL_GIL_THREAD_POOL, 20, 83 },
};

static MillTrial
make_trial (const Case *test_case, GStrv urls)
{
  static char *no_headers[] = { NULL };
  static char method[] = "GET";

  return (MillTrial){
    .model = { .kind = test_case->kind, .workers = test_case->workers, .in_flight = 1 },
    .workload = MILL_WORKLOAD_HTTP,
    .repetition = 1,
    .order = 1,
    .urls = urls,
    .method = method,
    .headers = no_headers,
    .keep_alive = TRUE,
    .timeout_s = 30,
    .rounds = 1,
    .requests = test_case->requests,
    .requests_asked = test_case->requests,
    .seed = 1,
  };
}

static Outcome
read_outcome (MillRun *run)
{
  Outcome outcome = { .max_in_flight = mill_run_get_max_in_flight (run) };
  g_autoptr (GHashTable) lanes = g_hash_table_new (NULL, NULL);
  MillRecord *records = mill_run_get_records (run, &outcome.n_records);

  mill_run_get_counters (run, &outcome.counters);
  for (gint64 i = 0; i < outcome.n_records; i++) {
    if (mill_record_load_outcome (&records[i]) == MILL_OUTCOME_PENDING)
      continue;
    g_assert_cmpuint (records[i].lane, <, mill_run_get_lanes (run));
    g_assert_cmpint (records[i].queued_us, >=, 0);
    g_assert_cmpuint (records[i].started_us, <=, records[i].done_us);
    g_hash_table_add (lanes, GUINT_TO_POINTER (records[i].lane));
  }
  outcome.lanes_used = g_hash_table_size (lanes);
  g_assert_cmpint (mill_run_get_in_flight (run), ==, 0);
  return outcome;
}

static Outcome
run_trial (const MillTrial *trial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillRun) run = mill_run_new (trial, &error);

  g_assert_no_error (error);
  g_assert_true (mill_runner_for (trial->model.kind)->run_http (run, &error));
  g_assert_no_error (error);
  return read_outcome (run);
}

/* N requests in flight are reached and never exceeded, each worker keeps its connection, and
 * the remainder of 83 over 20 is not lost. That the threads under the lock reach N shows that
 * it is free while they wait. */
static void
test_in_flight (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WaitServer) server = wait_server_new (50 * MILLISECOND);
    char *urls[] = { (char *) wait_server_get_url (server), NULL };
    MillTrial trial = make_trial (&cases[i], urls);
    Outcome outcome = run_trial (&trial);

    g_test_message ("%s:%d", mill_model_info (cases[i].kind)->id, cases[i].workers);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], ==, cases[i].requests);
    g_assert_cmpint (outcome.n_records, ==, cases[i].requests);
    g_assert_cmpint (outcome.max_in_flight, ==, cases[i].workers);
    g_assert_cmpuint (outcome.lanes_used, ==, (guint) cases[i].workers);
    g_assert_cmpint (outcome.counters.connections_opened, ==, cases[i].workers);
    g_assert_cmpint (wait_server_get_requests (server), ==, cases[i].requests);
    g_assert_cmpint (wait_server_get_max_in_flight (server), ==, cases[i].workers);
    g_assert_cmpint (wait_server_get_connections (server), ==, cases[i].workers);
  }
}

/* Fewer requests than workers, and a warm-up that is no part of the result. */
static void
test_few_and_warm_up (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WaitServer) server = wait_server_new (0);
    char *urls[] = { (char *) wait_server_get_url (server), NULL };
    MillTrial trial = make_trial (&cases[i], urls);
    Outcome outcome;

    trial.requests = 3;
    outcome = run_trial (&trial);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], ==, 3);
    g_assert_cmpint (wait_server_get_requests (server), ==, 3);
    trial.warmup = 7;
    outcome = run_trial (&trial);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], ==, 3);
    g_assert_cmpint (outcome.n_records, ==, 3);
    g_assert_cmpint (wait_server_get_requests (server), ==, 3 + 10);
  }
}

static gpointer
stop_when_full (gpointer data)
{
  MillRun *run = data;

  while (mill_run_get_in_flight (run) < mill_run_get_trial (run)->model.workers)
    g_usleep (MILLISECOND);
  g_usleep (20 * MILLISECOND);
  mill_run_stop (run);
  return NULL;
}

/* Answers would take half a minute: what is in flight is cancelled, nothing more is sent, and
 * every lane is joined in a small part of that time. */
static void
test_stop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WaitServer) server = wait_server_new (30 * G_USEC_PER_SEC);
    char *urls[] = { (char *) wait_server_get_url (server), NULL };
    MillTrial trial = make_trial (&cases[i], urls);
    g_autoptr (GError) error = NULL;
    g_autoptr (MillRun) run = mill_run_new (&trial, &error);
    gint64 start_us = g_get_monotonic_time ();
    GThread *stopper;
    Outcome outcome;

    g_assert_no_error (error);
    stopper = g_thread_new ("stopper", stop_when_full, run);
    g_assert_true (mill_runner_for (cases[i].kind)->run_http (run, &error));
    g_thread_join (stopper);
    outcome = read_outcome (run);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_CANCELLED], ==, cases[i].workers);
    g_assert_cmpint (outcome.counters.done, ==, 0);
    g_assert_cmpint (wait_server_get_requests (server), <=, cases[i].workers);
    g_assert_cmpint (g_get_monotonic_time () - start_us, <, 10 * G_USEC_PER_SEC);
  }
}

/* An open loop: the plan is kept to the microsecond in the records, nothing is sent before its
 * time, and enough workers answer it with more than one in flight. */
static void
test_rate (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WaitServer) server = wait_server_new (50 * MILLISECOND);
    char *urls[] = { (char *) wait_server_get_url (server), NULL };
    MillTrial trial = make_trial (&cases[i], urls);
    g_autoptr (GError) error = NULL;
    g_autoptr (MillRun) run = NULL;
    MillRecord *records;
    gint64 n_records;

    trial.rate = 100;
    trial.requests = 12;
    run = mill_run_new (&trial, &error);
    g_assert_no_error (error);
    g_assert_true (mill_runner_for (cases[i].kind)->run_http (run, &error));
    records = mill_run_get_records (run, &n_records);
    g_assert_cmpint (n_records, ==, 12);
    for (gint64 j = 0; j < n_records; j++) {
      g_assert_cmpint (mill_record_load_outcome (&records[j]), ==, MILL_OUTCOME_OK);
      g_assert_cmpint (records[j].queued_us, ==, j * 10 * MILLISECOND);
    }
    g_assert_cmpint (wait_server_get_requests (server), ==, 12);
    if (cases[i].workers > 1)
      g_assert_cmpint (wait_server_get_max_in_flight (server), >, 1);
    else
      g_assert_cmpint (wait_server_get_max_in_flight (server), ==, 1);
  }
}

/* By duration: ends by itself, and whatever was taken was done. */
static void
test_duration (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WaitServer) server = wait_server_new (10 * MILLISECOND);
    char *urls[] = { (char *) wait_server_get_url (server), NULL };
    MillTrial trial = make_trial (&cases[i], urls);
    Outcome outcome;

    trial.requests = MILL_MAX_REQUESTS;
    trial.duration_s = 0.1;
    outcome = run_trial (&trial);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], >, 0);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], <=, 11 * cases[i].workers);
    g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], ==, outcome.n_records);
    g_assert_cmpint (wait_server_get_requests (server), ==, outcome.n_records);
  }
}

/* Runs where there is room for some threads only; see test_no_more_threads(). CPU work, because
 * a server would need threads too. */
static void
run_without_room (void)
{
  static const Case per_request = { MILL_MODEL_THREAD_PER_REQUEST, 60, 60 };
  MillTrial trial = make_trial (&per_request, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillRun) run = NULL;
  g_autofree char *note = NULL;
  Outcome outcome;

  trial.workload = MILL_WORKLOAD_CPU;
  trial.rounds = 20000;
  run = mill_run_new (&trial, &error);
  g_assert_no_error (error);
  g_assert_true (mill_runner_for (MILL_MODEL_THREAD_PER_REQUEST)->run_cpu (run, &error));
  g_assert_no_error (error);
  outcome = read_outcome (run);
  note = mill_run_take_note (run);
  g_assert_nonnull (note);
  g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_OK], >, 0);
  g_assert_cmpint (outcome.counters.outcomes[MILL_OUTCOME_RESOURCES], >, 0);
  g_assert_cmpint (outcome.counters.done, ==, 60);

  trial.model.kind = MILL_MODEL_THREAD_POOL;
  g_clear_pointer (&run, mill_run_free);
  run = mill_run_new (&trial, &error);
  g_assert_no_error (error);
  g_assert_false (mill_runner_for (MILL_MODEL_THREAD_POOL)->run_cpu (run, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_LIMIT);
}

/* Threads with a stack of 256 MB in an address space of 4 GB: about fourteen can live. */
static void
test_no_more_threads (void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(G_OS_WIN32)
  g_test_skip ("a sanitizer needs more address space than this test leaves; Windows has no limit");
#else
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  /* One heap for all threads: further ones would take 64 MB of the address space each. */
  g_subprocess_launcher_setenv (launcher, "MALLOC_ARENA_MAX", "1", TRUE);
  child = g_subprocess_launcher_spawn (
      launcher, &error, "/bin/sh", "-c",
      "ulimit -s 262144 && ulimit -v 4194304 || exit 77; exec \"$0\" --without-room",
      g_get_prgname (), NULL);
  if (child == NULL) {
    g_test_skip ("there is no /bin/sh to set limits with");
    return;
  }
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  if (g_subprocess_get_if_exited (child) && g_subprocess_get_exit_status (child) == 77) {
    g_test_skip ("the limits cannot be set");
    return;
  }
  g_assert_true (g_subprocess_get_successful (child));
#endif
}

int
main (int argc, char **argv)
{
  /* A worker process has one pool; here a pool must not get the threads of the last one, whose
   * hand-over a race detector cannot see. */
  g_thread_pool_set_max_unused_threads (0);
  g_set_prgname (argv[0]);
  if (argc == 2 && strcmp (argv[1], "--without-room") == 0) {
    run_without_room ();
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thread-runners/in-flight", test_in_flight);
  g_test_add_func ("/thread-runners/few-and-warm-up", test_few_and_warm_up);
  g_test_add_func ("/thread-runners/stop", test_stop);
  g_test_add_func ("/thread-runners/rate", test_rate);
  g_test_add_func ("/thread-runners/duration", test_duration);
  g_test_add_func ("/thread-runners/no-more-threads", test_no_more_threads);
  return g_test_run ();
}
