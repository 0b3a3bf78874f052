/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-json.h"
#include "run-trial.h"
#include "test-server.h"
#include "worker-client.h"

/* threadmill-worker as its parent sees it: lines in, lines out. */

#define MAX_START_S 60

static gint64
get_int (JsonNode *event, const char *member)
{
  return json_object_get_int_member (json_node_get_object (event), member);
}

static MillTrial *
recorded_trial (const char *model, const char *url, gint64 requests, const char *folder)
{
  MillTrial *trial = trial_new (model, url, requests);

  trial->records_path = g_build_filename (folder, "records", NULL);

  return trial;
}

/* Returns how many of the records are good; checks lanes and order. */
static gint64
check_records (const char *path, gint64 n_expected, guint32 n_lanes)
{
  g_autofree char *contents = NULL;
  gsize length;
  const MillRecord *records;
  gint64 n_ok = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpint (length, ==, n_expected * (gint64) sizeof (MillRecord));
  records = (const MillRecord *) (gpointer) contents;
  for (gint64 i = 0; i < n_expected; i++) {
    g_assert_cmpint (records[i].lane, <, n_lanes);
    n_ok += records[i].outcome == MILL_OUTCOME_OK;
  }

  return n_ok;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

    g_assert_true (g_file_delete (file, NULL, NULL));
  }
  g_assert_true (g_file_delete (g_file_new_for_path (folder), NULL, NULL));
}

static void
test_complete (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/delay/0.1");
  g_autofree char *folder = g_dir_make_tmp ("threadmill-XXXXXX", NULL);
  g_autoptr (MillTrial) trial = recorded_trial (model, url, 83, folder);
  guint32 n_lanes = (guint32) mill_model_spec_lanes (&trial->model, 83);
  int concurrency = mill_model_spec_concurrency (&trial->model, 83);
  Worker worker = worker_new_for_trial (trial);
  g_autoptr (JsonNode) ready = worker_await (&worker, "ready");
  g_autoptr (JsonNode) sample = worker_await (&worker, "sample");
  g_autoptr (JsonNode) finished = worker_await (&worker, "finished");

  g_assert_nonnull (ready);
  g_assert_nonnull (sample);
  g_assert_nonnull (finished);
  g_assert_cmpint (get_int (ready, "lanes"), ==, n_lanes);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (finished), "status"), ==,
                   "complete");
  g_assert_cmpint (get_int (finished, "requests_ok"), ==, 83);
  g_assert_cmpint (get_int (finished, "requests_failed"), ==, 0);
  g_assert_cmpint (get_int (finished, "records"), ==, 83);
  g_assert_cmpint (get_int (finished, "max_in_flight"), ==, concurrency);
  g_assert_cmpint (get_int (finished, "connections_opened"), ==, concurrency);
  g_assert_cmpint (get_int (finished, "bytes_downloaded"), ==, 2 * 83);
  g_assert_cmpint (test_server_requests (server), ==, 83);
  g_assert_cmpint (test_server_max_in_flight (server), ==, concurrency);
  g_assert_cmpint (test_server_connections (server), ==, concurrency);
  g_assert_cmpint (worker_wait (&worker), ==, 0);
  g_assert_cmpint (check_records (trial->records_path, 83, n_lanes), ==, 83);
  remove_folder (folder);
}

static void
test_await_start (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");
  g_autoptr (MillTrial) trial = trial_new ("main-loop:2", url, 10);
  Worker worker;
  g_autoptr (JsonNode) ready = NULL;
  g_autoptr (JsonNode) finished = NULL;

  trial->await_start = TRUE;
  worker = worker_new_for_trial (trial);
  ready = worker_await (&worker, "ready");
  g_usleep (200000);
  g_assert_cmpint (test_server_requests (server), ==, 0);
  worker_send (&worker, "{\"command\":\"start\"}\n");
  finished = worker_await (&worker, "finished");
  g_assert_nonnull (finished);
  g_assert_cmpint (test_server_requests (server), ==, 10);
  g_assert_cmpint (worker_wait (&worker), ==, 0);
}

static void
test_stop (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/hang");
  g_autofree char *folder = g_dir_make_tmp ("threadmill-XXXXXX", NULL);
  g_autoptr (MillTrial) trial = recorded_trial (model, url, 500, folder);
  Worker worker = worker_new_for_trial (trial);
  g_autoptr (JsonNode) sample = worker_await (&worker, "sample");
  g_autoptr (JsonNode) finished = NULL;
  gint64 give_up_us = g_get_monotonic_time () + MAX_START_S * G_USEC_PER_SEC;
  gint64 n_records;

  /* Those that the server has not seen yet when it ends would be missing in its count. */
  while (test_server_requests (server) < mill_model_spec_concurrency (&trial->model, 500)) {
    g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
    g_usleep (10000);
  }
  worker_send (&worker, "{\"command\":\"stop\"}\n");
  finished = worker_await (&worker, "finished");
  g_assert_nonnull (finished);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (finished), "status"), ==,
                   "partial");
  g_assert_cmpint (get_int (finished, "requests_failed"), ==, test_server_requests (server));
  n_records = get_int (finished, "records");
  g_assert_cmpint (worker_wait (&worker), ==, 0);
  g_assert_cmpint (check_records (trial->records_path, n_records, 500), ==, 0);
  remove_folder (folder);
}

/* The parent is gone: so is the worker, long before its requests end. */
static void
test_end_of_input (gconstpointer model)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/hang");
  g_autoptr (MillTrial) trial = trial_new (model, url, 500);
  Worker worker = worker_new_for_trial (trial);
  g_autoptr (JsonNode) sample = worker_await (&worker, "sample");
  gint64 closed_us;

  g_output_stream_close (g_subprocess_get_stdin_pipe (worker.process), NULL, NULL);
  closed_us = g_get_monotonic_time ();
  worker_wait (&worker);
  g_assert_cmpint (g_get_monotonic_time () - closed_us, <, 15 * G_USEC_PER_SEC);
}

static void
check_failed (const char *text, const char *code)
{
  Worker worker = worker_new (text);
  g_autoptr (JsonNode) failed = NULL;

  if (*text == '\0')
    g_output_stream_close (g_subprocess_get_stdin_pipe (worker.process), NULL, NULL);
  failed = worker_await (&worker, "failed");
  g_assert_nonnull (failed);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (failed), "code"), ==, code);
  g_assert_cmpint (worker_wait (&worker), ==, 3);
}

static void
test_failed (void)
{
  g_autoptr (MillTrial) trial = trial_new ("sync", "no-url", 1);
  g_autoptr (JsonNode) node = mill_trial_to_json (trial);
  g_autofree char *line = mill_json_to_line (node);
  g_autofree char *bad_url = g_strconcat (line, "\n", NULL);

  check_failed (bad_url, "usage");
  check_failed ("{}\n", "usage");
  check_failed ("not JSON\n", "usage");
  check_failed ("", "usage");
}

/* The records cannot be written: the counts are kept, and the reason names the place. */
static void
test_records_not_written (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autofree char *url = test_server_url (server, "/ping");
  g_autoptr (MillTrial) trial = recorded_trial ("main-loop:2", url, 5, "/nonexistent/folder");
  Worker worker = worker_new_for_trial (trial);
  g_autoptr (JsonNode) node = worker_await (&worker, "finished");

  g_assert_nonnull (node);
  JsonObject *finished = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (finished, "status"), ==, "partial");
  g_assert_nonnull (
      strstr (json_object_get_string_member (finished, "reason"), trial->records_path));
  g_assert_cmpint (json_object_get_int_member (finished, "requests_ok"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (finished, "records"), ==, 0);
  g_assert_cmpint (worker_wait (&worker), ==, 0);
}

static void
test_cpu (void)
{
  static const char *const specs[] = { "sync", "multiprocess:2", "hybrid:2", NULL };
  g_autofree char *checksum = NULL;

  for (int i = 0; specs[i] != NULL; i++) {
    g_autoptr (MillExperiment) experiment = mill_experiment_new ();
    g_autoptr (MillTrial) trial = NULL;
    g_autoptr (JsonNode) finished = NULL;
    const char *found;
    MillModelSpec spec;
    Worker worker;

    experiment->workload = MILL_WORKLOAD_CPU;
    experiment->rounds = 1;
    g_assert_true (mill_model_spec_parse (specs[i], MILL_WORKLOAD_CPU, &spec, NULL));
    trial = mill_trial_new (experiment, &spec);
    trial->requests = 2001;
    worker = worker_new_for_trial (trial);
    finished = worker_await (&worker, "finished");
    g_assert_nonnull (finished);
    g_assert_cmpint (get_int (finished, "requests_ok"), ==, 2001);
    found = json_object_get_string_member (json_node_get_object (finished), "checksum");
    if (checksum == NULL)
      checksum = g_strdup (found);
    g_assert_cmpstr (found, ==, checksum);
    g_assert_cmpint (worker_wait (&worker), ==, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/worker/complete/main-loop", "main-loop:20", test_complete);
  g_test_add_data_func ("/worker/complete/hybrid", "hybrid:2x10", test_complete);
  g_test_add_data_func ("/worker/complete/multiprocess", "multiprocess:4x20", test_complete);
  g_test_add_data_func ("/worker/complete/thread-pool", "thread-pool:20", test_complete);
#ifdef HAVE_EPOLL_LOOP
  g_test_add_data_func ("/worker/complete/epoll-loop", "epoll-loop:20", test_complete);
  g_test_add_data_func ("/worker/stop/epoll-loop", "epoll-loop:200", test_stop);
  g_test_add_data_func ("/worker/end-of-input/epoll-loop", "epoll-loop:200", test_end_of_input);
#endif
  g_test_add_func ("/worker/await-start", test_await_start);
  g_test_add_data_func ("/worker/stop/main-loop", "main-loop:200", test_stop);
  g_test_add_data_func ("/worker/stop/thread-pool", "thread-pool:50", test_stop);
  g_test_add_data_func ("/worker/stop/multiprocess", "multiprocess:2x100", test_stop);
  g_test_add_data_func ("/worker/end-of-input/main-loop", "main-loop:200", test_end_of_input);
  g_test_add_data_func ("/worker/end-of-input/sync", "sync", test_end_of_input);
  g_test_add_data_func ("/worker/end-of-input/multiprocess", "multiprocess:2x10",
                        test_end_of_input);
  g_test_add_func ("/worker/failed", test_failed);
  g_test_add_func ("/worker/records-not-written", test_records_not_written);
  g_test_add_func ("/worker/cpu", test_cpu);

  return g_test_run ();
}
