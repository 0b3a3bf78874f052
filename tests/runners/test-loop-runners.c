/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "run-trial.h"
#include "test-server.h"

/* What the models on main loops do, as the server sees it. */

static const char *const kinds[] = { "main-loop",
#ifdef HAVE_EPOLL_LOOP
                                     "epoll-loop",
#endif
                                     NULL };

static void
check_all_ok (MillRun *run, TestServer *server, gint64 requests)
{
  MillCounters counters;

  mill_run_get_counters (run, &counters);
  g_assert_cmpint (counters.done, ==, requests);
  g_assert_cmpint (counters.failed, ==, 0);
  g_assert_cmpint (test_server_requests (server), ==, requests);
  g_assert_cmpint (counters.connections_opened, ==, test_server_connections (server));
}

static void
test_concurrency (const char *model, int requests, int in_flight)
{
  g_autoptr (TestServer) server = test_server_new ();
  /* Answers when all are on their way, however long that takes. */
  g_autofree char *path = g_strdup_printf ("/gather/%d", in_flight);
  g_autofree char *url = test_server_url (server, path);
  g_autoptr (MillTrial) trial = trial_new (model, url, requests);
  g_autoptr (MillRun) run = trial_run (trial);

  check_all_ok (run, server, requests);
  g_assert_cmpint (test_server_max_in_flight (server), ==, in_flight);
  g_assert_cmpint (mill_run_get_max_in_flight (run), ==, in_flight);
  /* Kept alive: as many connections as are ever in flight and no more. */
  g_assert_cmpint (test_server_connections (server), ==, in_flight);
}

static void
test_main_loop (void)
{
  test_concurrency ("main-loop:20", 83, 20);
}

static void
test_main_loop_one (void)
{
  test_concurrency ("main-loop:1", 3, 1);
}

static void
test_main_loop_all_at_once (void)
{
  test_concurrency ("main-loop:0", 300, 300);
}

static void
test_more_than_requests (void)
{
  test_concurrency ("main-loop:50", 7, 7);
}

static void
test_hybrid (void)
{
  test_concurrency ("hybrid:4x20", 163, 80);
}

#ifdef HAVE_EPOLL_LOOP
static void
test_epoll_loop (void)
{
  test_concurrency ("epoll-loop:1", 3, 1);
  test_concurrency ("epoll-loop:20", 83, 20);
  test_concurrency ("epoll-loop:50", 7, 7);
  /* More than one multi handle, the last of which is not full. */
  test_concurrency ("epoll-loop:150", 400, 150);
  test_concurrency ("epoll-loop:0", 300, 300);
}
#endif

static void
test_remainder (void)
{
  test_concurrency ("hybrid:4x1", 7, 4);
}

static void
test_batches (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.02");
  g_autoptr (MillTrial) trial = trial_new ("main-loop-batched:5/10", url, 33);
  g_autoptr (MillRun) run = trial_run (trial);

  check_all_ok (run, server, 33);
  g_assert_cmpint (test_server_max_in_flight (server), ==, 5);
  /* The first of a batch comes when nothing else is in flight, the fifth when four are. */
  for (int first = 0; first < 33; first += 10)
    g_assert_cmpint (test_server_in_flight_at (server, first), ==, 1);
  g_assert_cmpint (test_server_in_flight_at (server, 14), ==, 5);
}

static void
test_connections (const char *model, gboolean keep_alive)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");
  g_autoptr (MillTrial) trial = trial_new (model, url, 600);
  g_autoptr (MillRun) run = NULL;

  trial->keep_alive = keep_alive;
  run = trial_run (trial);
  check_all_ok (run, server, 600);
  if (keep_alive)
    g_assert_cmpint (test_server_connections (server), <=, mill_run_get_max_in_flight (run));
  else
    g_assert_cmpint (test_server_connections (server), ==, 600);
}

static void
test_keep_alive (void)
{
#ifdef HAVE_EPOLL_LOOP
  test_connections ("epoll-loop:40", TRUE);
  test_connections ("epoll-loop:200", TRUE);
#endif
  test_connections ("main-loop:40", TRUE);
  test_connections ("hybrid:2x20", TRUE);
  test_connections ("sync", TRUE);
}

static void
test_no_keep_alive (void)
{
#ifdef HAVE_EPOLL_LOOP
  test_connections ("epoll-loop:40", FALSE);
#endif
  test_connections ("main-loop:40", FALSE);
  test_connections ("sync", FALSE);
}

/* A POST may use a connection again, too. */
static void
test_keep_alive_post (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");
  g_autoptr (MillTrial) trial = trial_new (model, url, 60);
  g_autoptr (MillRun) run = NULL;
  g_autofree char *head = NULL;
  MillCounters counters;

  g_free (trial->method);
  trial->method = g_strdup ("POST");
  trial->body = g_bytes_new_static ("hello", 5);
  g_strfreev (trial->headers);
  trial->headers = g_strsplit ("Content-Type: text/plain|X-Test: one two", "|", -1);
  run = trial_run (trial);
  check_all_ok (run, server, 60);
  mill_run_get_counters (run, &counters);
  g_assert_cmpint (counters.bytes_uploaded, ==, 60 * 5);
  g_assert_cmpint (test_server_connections (server), ==, 4);
  head = test_server_last_head (server);
  g_assert_true (g_str_has_prefix (head, "POST /ping HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (head, "X-Test: one two\r\n"));
  g_assert_nonnull (strstr (head, "Content-Type: text/plain\r\n"));
  g_assert_nonnull (strstr (head, "\r\n\r\nhello"));
}

static void
test_warm_up (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.05");
  g_autoptr (MillTrial) trial = trial_new (model, url, 20);
  g_autoptr (MillRun) run = NULL;
  MillCounters counters;
  gint64 n_records;
  MillRecord *records;

  trial->warmup = 7;
  run = trial_run (trial);
  mill_run_get_counters (run, &counters);
  records = mill_run_get_records (run, &n_records);
  g_assert_cmpint (counters.done, ==, 20);
  g_assert_cmpint (n_records, ==, 20);
  g_assert_cmpint (test_server_requests (server), ==, 27);
  /* Handed over without a drain: the last two of the warm-up are in flight beside the first
   * measured ones. */
  g_assert_cmpint (test_server_in_flight_at (server, 9), >=, 3);
  for (gint64 i = 0; i < n_records; i++)
    g_assert_cmpint (records[i].outcome, ==, MILL_OUTCOME_OK);
}

static void
test_open_loop (const char *model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.05");
  g_autoptr (MillTrial) trial = trial_new (model, url, 40);
  g_autoptr (MillRun) run = NULL;
  gint64 n_records;
  MillRecord *records;

  trial->rate = 100;
  run = trial_run (trial);
  check_all_ok (run, server, 40);
  records = mill_run_get_records (run, &n_records);
  for (gint64 i = 0; i < n_records; i++) {
    gboolean late = (records[i].flags & MILL_RECORD_SENT_LATE) != 0;

    /* Queued when it was planned; never handed over before that. */
    g_assert_cmpint (ABS (records[i].queued_us - i * 10000), <=, 1);
    g_assert_cmpint (records[i].done_us, >=, 50000);
    g_assert_cmpint (late, ==, records[i].started_us > 1000);
  }
}

static void
test_open_loop_in_time (void)
{
  test_open_loop ("main-loop:20");
  test_open_loop ("hybrid:2x10");
#ifdef HAVE_EPOLL_LOOP
  test_open_loop ("epoll-loop:20");
#endif
}

/* One at a time cannot keep that rate: the latency grows, and every request is late. */
static void
test_open_loop_too_fast (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.02");
  g_autoptr (MillTrial) trial = trial_new (model, url, 20);
  g_autoptr (MillRun) run = NULL;
  MillCounters counters;
  gint64 n_records;
  MillRecord *records;

  trial->rate = 1000;
  run = trial_run (trial);
  mill_run_get_counters (run, &counters);
  records = mill_run_get_records (run, &n_records);
  g_assert_cmpint (counters.sent_late, ==, 19);
  g_assert_cmpint (records[19].queued_us, ==, 19000);
  g_assert_cmpint (records[19].done_us, >, 19 * 20000 - 19000);
}

static void
test_duration (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.05");
  g_autoptr (MillTrial) trial = trial_new (model, url, 100000);
  g_autoptr (MillRun) run = NULL;
  MillCounters counters;
  gint64 n_records;
  MillRecord *records;

  trial->duration_s = 0.5;
  run = trial_run (trial);
  mill_run_get_counters (run, &counters);
  records = mill_run_get_records (run, &n_records);
  g_assert_cmpint (counters.done, ==, test_server_requests (server));
  g_assert_cmpint (counters.done, ==, n_records);
  g_assert_cmpint (counters.done, >, 4);
  /* None is begun after the end; what was in flight then is awaited. */
  for (gint64 i = 0; i < n_records; i++)
    g_assert_cmpint (records[i].queued_us, <, 500000);
}

/* A body that ends just where a turn of the loop does is read to its end. */
static void
test_large_bodies (gconstpointer model)
{
  const char *const paths[] = { "/bytes/1048576", "/bytes/2097152", "/bytes/1048577" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (TestServer) server = test_server_new ();
    g_autofree char *url = test_server_url (server, paths[i]);
    g_autoptr (MillTrial) trial = trial_new (model, url, 20);
    trial->timeout_s = 10;
    g_autoptr (MillRun) run = trial_run (trial);

    check_all_ok (run, server, 20);
  }
}

static void
test_share (void)
{
  gint64 sum = 0;

  for (int part = 0; part < 4; part++) {
    g_assert_cmpint (mill_share (83, 4, part), ==, part < 3 ? 21 : 20);
    sum += mill_share (83, 4, part);
  }
  g_assert_cmpint (sum, ==, 83);
}

static void
add (const char *name, const char *kind, int in_flight, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/loop/%s/%s", name, kind);

  g_test_add_data_func_full (path, g_strdup_printf ("%s:%d", kind, in_flight), func, g_free);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  g_test_add_func ("/loop/share", test_share);
  g_test_add_func ("/loop/main-loop", test_main_loop);
  g_test_add_func ("/loop/main-loop-one", test_main_loop_one);
  g_test_add_func ("/loop/main-loop-all-at-once", test_main_loop_all_at_once);
  g_test_add_func ("/loop/more-than-requests", test_more_than_requests);
  g_test_add_func ("/loop/hybrid", test_hybrid);
  g_test_add_func ("/loop/remainder", test_remainder);
  g_test_add_func ("/loop/batches", test_batches);
  g_test_add_func ("/loop/keep-alive", test_keep_alive);
  g_test_add_func ("/loop/no-keep-alive", test_no_keep_alive);
  g_test_add_func ("/loop/open-loop", test_open_loop_in_time);
  for (int i = 0; kinds[i] != NULL; i++) {
    add ("keep-alive-post", kinds[i], 4, test_keep_alive_post);
    add ("warm-up", kinds[i], 5, test_warm_up);
    add ("open-loop-too-fast", kinds[i], 1, test_open_loop_too_fast);
    add ("duration", kinds[i], 4, test_duration);
    add ("large-bodies", kinds[i], 2, test_large_bodies);
  }
#ifdef HAVE_EPOLL_LOOP
  g_test_add_func ("/loop/epoll-loop", test_epoll_loop);
#endif

  return g_test_run ();
}
