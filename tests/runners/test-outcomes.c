/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "experiment/mill-error.h"
#include "run-trial.h"
#include "test-server.h"

/* How requests end, blocking and asynchronous alike. */

static const char *const models[] = { "sync", "main-loop:4",
#ifdef HAVE_EPOLL_LOOP
                                      "epoll-loop:4",
#endif
                                      NULL };

typedef struct {
  const char *path;
  MillOutcome outcome;
  int requests_seen; /* per request of ours */
} Case;

static const Case cases[] = {
  { "/ping", MILL_OUTCOME_OK, 1 },
  { "/status/204", MILL_OUTCOME_OK, 1 },
  { "/status/404", MILL_OUTCOME_HTTP_4XX, 1 },
  { "/status/503", MILL_OUTCOME_HTTP_5XX, 1 },
  { "/drop", MILL_OUTCOME_RESET, 1 },
  { "/short", MILL_OUTCOME_PROTOCOL, 1 },
  { "/garbage", MILL_OUTCOME_PROTOCOL, 1 },
  { "/hop", MILL_OUTCOME_OK, 2 },
  { "/circle", MILL_OUTCOME_REDIRECT, 21 },
  { "/away", MILL_OUTCOME_REDIRECT, 1 },
};

static void
test_case (gconstpointer data)
{
  const Case *expected = data;

  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (TestServer) server = test_server_new ();
    g_autofree char *url = test_server_url (server, expected->path);
    g_autoptr (MillTrial) trial = trial_new (models[i], url, 10);
    g_autoptr (MillRun) run = trial_run (trial);
    gint64 n_records;
    MillRecord *records = mill_run_get_records (run, &n_records);

    g_assert_cmpint (n_records, ==, 10);
    g_assert_cmpint (run_count (run, expected->outcome), ==, 10);
    g_assert_cmpint (test_server_requests (server), ==, 10 * expected->requests_seen);
    for (gint64 j = 0; j < n_records; j++) {
      g_assert_cmpint (records[j].outcome, ==, expected->outcome);
      g_assert_cmpint (records[j].started_us, <=, records[j].sent_us);
      g_assert_cmpint (records[j].sent_us, <=, records[j].done_us);
      if (records[j].first_byte_us != 0)
        g_assert_cmpint (records[j].sent_us, <=, records[j].first_byte_us);
      g_assert_cmpint (records[j].first_byte_us, <=, records[j].done_us);
    }
  }
}

/* A connection that was used before and is closed without an answer: the request is reported
 * and not sent again behind our back. */
static void
test_drop_of_reused_connection (void)
{
  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (TestServer) server = test_server_new ();
    g_autofree char *ping = test_server_url (server, "/ping");
    g_autofree char *drop = test_server_url (server, "/drop");
    g_autofree char *urls = g_strconcat (ping, " ", drop, NULL);
    g_autoptr (MillTrial) trial = trial_new (models[i], urls, 40);
    g_autoptr (MillRun) run = trial_run (trial);
    MillCounters counters;

    g_assert_cmpint (run_count (run, MILL_OUTCOME_OK), ==, 20);
    g_assert_cmpint (run_count (run, MILL_OUTCOME_RESET), ==, 20);
    g_assert_cmpint (test_server_requests (server), ==, 40);
    mill_run_get_counters (run, &counters);
    g_assert_cmpint (counters.connections_opened, ==, test_server_connections (server));
  }
}

static void
check_no_server (const char *url, MillOutcome outcome)
{
  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (MillTrial) trial = trial_new (models[i], url, 5);
    g_autoptr (MillRun) run = trial_run (trial);

    g_assert_cmpint (run_count (run, outcome), ==, 5);
  }
}

static void
test_refused (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");

  g_clear_pointer (&server, test_server_free);
  check_no_server (url, MILL_OUTCOME_REFUSED);
}

static void
test_unknown_host (void)
{
  check_no_server ("http://threadmill.invalid/", MILL_OUTCOME_RESOLVE);
}

/* The timeout is for the whole request, however busily the server trickles. */
static void
test_timeout (gconstpointer path)
{
  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (TestServer) server = test_server_new ();
    g_autofree char *slow = test_server_url (server, path);
    g_autofree char *ping = test_server_url (server, "/ping");
    g_autofree char *urls = g_strconcat (slow, " ", ping, NULL);
    g_autoptr (MillTrial) trial = trial_new (models[i], urls, 6);
    g_autoptr (MillRun) run = NULL;
    gint64 n_records;
    MillRecord *records;

    trial->timeout_s = 0.3;
    run = trial_run (trial);
    records = mill_run_get_records (run, &n_records);
    g_assert_cmpint (run_count (run, MILL_OUTCOME_TIMEOUT), ==, 3);
    g_assert_cmpint (run_count (run, MILL_OUTCOME_OK), ==, 3);
    for (gint64 j = 0; j < n_records; j += 2) {
      guint32 took_us = records[j].done_us - records[j].started_us;

      g_assert_cmpint (took_us, >=, 300000);
      /* Long before the default of 30 s; how long is the machine's business. */
      g_assert_cmpint (took_us, <, 15 * G_USEC_PER_SEC);
    }
  }
}

static gboolean
is_all_sent (MillRun *run, gpointer server)
{
  const MillTrial *trial = mill_run_get_trial (run);

  return test_server_requests (server) ==
         mill_model_spec_concurrency (&trial->model, trial->requests);
}

static void
check_stop (const char *model, const char *path, int requests)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, path);
  g_autoptr (MillTrial) trial = trial_new (model, url, requests);
  g_autoptr (MillRun) run = trial_run_and_stop (trial, is_all_sent, server);
  MillCounters counters;

  mill_run_get_counters (run, &counters);
  g_assert_cmpint (counters.outcomes[MILL_OUTCOME_CANCELLED], ==, mill_run_get_max_in_flight (run));
  g_assert_cmpint (test_server_requests (server), ==, mill_run_get_max_in_flight (run));
  g_assert_cmpint (counters.connections_opened, ==, test_server_connections (server));
  g_assert_cmpint (counters.done, ==, 0);
  g_assert_cmpint (mill_run_get_in_flight (run), ==, 0);
}

static void
test_stop (void)
{
  check_stop ("main-loop:1000", "/hang", 2000);
  check_stop ("main-loop:0", "/hang", 1000);
  check_stop ("hybrid:4x50", "/trickle", 1000);
  check_stop ("sync", "/trickle", 10);
#ifdef HAVE_EPOLL_LOOP
  check_stop ("epoll-loop:1000", "/hang", 2000);
  check_stop ("epoll-loop:0", "/hang", 1000);
  check_stop ("epoll-loop:200", "/trickle", 1000);
#endif
}

static void
test_stop_before_start (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");

  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (MillTrial) trial = trial_new (models[i], url, 100);
    g_autoptr (MillRun) run = mill_run_new (trial, NULL);

    mill_run_stop (run);
    g_assert_true (mill_runner_for (trial->model.kind)->run_http (run, NULL));
    g_assert_cmpint (test_server_requests (server), ==, 0);
  }
}

static gboolean
is_first_done (MillRun *run, gpointer data)
{
  return run_count (run, MILL_OUTCOME_OK) == 1;
}

/* Open loop: what waits for its time is not waited for at a stop. */
static void
test_stop_while_waiting (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");

  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (MillTrial) trial = trial_new (models[i], url, 100);
    g_autoptr (MillRun) run = NULL;

    trial->rate = 0.02;
    run = trial_run_and_stop (trial, is_first_done, NULL);
    g_assert_cmpint (run_count (run, MILL_OUTCOME_OK), ==, 1);
  }
}

static void
test_large_body (void)
{
  for (int i = 0; models[i] != NULL; i++) {
    g_autoptr (TestServer) server = test_server_new ();
    g_autofree char *url = test_server_url (server, "/bytes/3000000");
    g_autoptr (MillTrial) trial = trial_new (models[i], url, 5);
    g_autoptr (MillRun) run = trial_run (trial);
    MillCounters counters;

    mill_run_get_counters (run, &counters);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, 5);
    g_assert_cmpint (counters.bytes_downloaded, ==, 5 * 3000000);
  }
}

static MillCounters
run_after (
    const char *model, const char *url, MillAfter after, const char *scratch_path, char **note)
{
  g_autoptr (MillTrial) trial = trial_new (model, url, 9);
  g_autoptr (MillRun) run = NULL;
  MillCounters counters;

  trial->after = after;
  g_free (trial->scratch_path);
  trial->scratch_path = g_strdup (scratch_path);
  run = trial_run (trial);
  mill_run_get_counters (run, &counters);
  *note = mill_run_take_note (run);

  return counters;
}

static void
test_after_hash (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *small = test_server_url (server, "/bytes/1000");
  g_autofree char *large = test_server_url (server, "/bytes/100000");
  g_autofree char *urls = g_strconcat (small, " ", large, NULL);
  g_autofree char *note = NULL;
  MillCounters one = run_after ("hybrid:2x3", urls, MILL_AFTER_HASH, NULL, &note);
  MillCounters different = run_after ("sync", small, MILL_AFTER_HASH, NULL, &note);

  g_assert_cmpint (one.checksum_bytes, ==, 5 * 1000 + 4 * 100000);
  g_assert_cmphex (different.checksum, !=, one.checksum);
  for (int i = 0; models[i] != NULL; i++) {
    MillCounters other = run_after (models[i], urls, MILL_AFTER_HASH, NULL, &note);

    g_assert_cmpint (other.checksum_bytes, ==, one.checksum_bytes);
    g_assert_cmphex (other.checksum, ==, one.checksum);
  }
}

static void
test_after_json (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *good = test_server_url (server, "/ping");
  g_autofree char *bad = test_server_url (server, "/not-json");

  for (int i = 0; models[i] != NULL; i++) {
    g_autofree char *no_note = NULL;
    g_autofree char *note = NULL;

    g_assert_cmpint (
        run_after (models[i], good, MILL_AFTER_JSON, NULL, &no_note).outcomes[MILL_OUTCOME_OK], ==,
        9);
    g_assert_null (no_note);
    g_assert_cmpint (
        run_after (models[i], bad, MILL_AFTER_JSON, NULL, &note).outcomes[MILL_OUTCOME_CONTENT], ==,
        9);
    g_assert_nonnull (note);
  }
}

static void
check_after_write (const char *model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/bytes/1000");
  g_autofree char *folder = g_dir_make_tmp ("threadmill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bodies-0", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder_file = g_file_new_for_path (folder);
  g_autofree char *no_note = NULL;
  g_autofree char *note = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  MillCounters counters = run_after (model, url, MILL_AFTER_WRITE, folder, &no_note);

  g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, 9);
  g_assert_cmpint (counters.bytes_written, ==, 9000);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpint (length, ==, 9000);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder_file, NULL, NULL));
  counters = run_after (model, url, MILL_AFTER_WRITE, path, &note);
  g_assert_cmpint (counters.outcomes[MILL_OUTCOME_CONTENT], ==, 9);
  g_assert_cmpint (counters.bytes_written, ==, 0);
  g_assert_nonnull (note);
}

static void
test_after_write (void)
{
  for (int i = 0; models[i] != NULL; i++)
    check_after_write (models[i]);
}

static void
test_bad_url (void)
{
  static const char *const urls[] = { "", "no-scheme", "ftp://127.0.0.1/", "http://", NULL };

  for (int i = 0; urls[i] != NULL; i++) {
    g_autoptr (MillTrial) trial = trial_new ("sync", urls[i], 1);
    g_autoptr (GError) error = NULL;

    g_assert_null (mill_run_new (trial, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strconcat ("/outcomes", cases[i].path, NULL);

    g_test_add_data_func (name, &cases[i], test_case);
  }
  g_test_add_func ("/outcomes/drop-of-reused-connection", test_drop_of_reused_connection);
  g_test_add_func ("/outcomes/refused", test_refused);
  g_test_add_func ("/outcomes/unknown-host", test_unknown_host);
  g_test_add_data_func ("/outcomes/timeout/hang", "/hang", test_timeout);
  g_test_add_data_func ("/outcomes/timeout/trickle", "/trickle", test_timeout);
  g_test_add_func ("/outcomes/stop", test_stop);
  g_test_add_func ("/outcomes/stop-before-start", test_stop_before_start);
  g_test_add_func ("/outcomes/stop-while-waiting", test_stop_while_waiting);
  g_test_add_func ("/outcomes/large-body", test_large_body);
  g_test_add_func ("/outcomes/after-hash", test_after_hash);
  g_test_add_func ("/outcomes/after-json", test_after_json);
  g_test_add_func ("/outcomes/after-write", test_after_write);
  g_test_add_func ("/outcomes/bad-url", test_bad_url);

  return g_test_run ();
}
