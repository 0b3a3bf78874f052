/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "bench/mill-bench.h"
#include "experiment/mill-error.h"
#include "platform/mill-process.h"

/* Generous for a machine that does other things, and still an end. */
#define TEST_TIMEOUT_S 60

typedef struct {
  GMainLoop *loop;
  MillBench *bench;
  MillResult *result;
  GError *error;
  char *folder; /* of the run, noted while it ran */
  guint n_started;
  guint n_finished;
  guint n_progress;
  guint n_events;
  GSourceFunc on_first_progress; /* or NULL */
} Fixture;

static void
on_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  Fixture *fixture = data;

  fixture->result = mill_bench_run_finish (fixture->bench, async_result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static gboolean
on_timeout (gpointer data)
{
  g_error ("the run did not end");
  return G_SOURCE_REMOVE;
}

static void
on_trial_started (MillBench *bench, const MillTrial *trial, gpointer data)
{
  Fixture *fixture = data;

  fixture->n_started++;
  g_assert_cmpint (trial->order, ==, (int) fixture->n_started);
  g_clear_pointer (&fixture->folder, g_free);
  fixture->folder = g_strdup (mill_bench_get_folder (bench));
  g_assert_true (g_file_test (fixture->folder, G_FILE_TEST_IS_DIR));
}

static void
on_progress (MillBench *bench, const MillProgress *progress, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpint (progress->done, <=, progress->trial->requests);
  g_assert_cmpint (progress->failed, <=, progress->done);
  g_assert_cmpuint (progress->n_recent, <=, 64);
  if (fixture->n_progress++ == 0 && fixture->on_first_progress != NULL)
    fixture->on_first_progress (fixture);
}

static void
on_trial_finished (MillBench *bench, const MillTrialResult *trial, gpointer data)
{
  Fixture *fixture = data;

  fixture->n_finished++;
  g_assert_cmpuint (mill_bench_peek_result (bench)->trials->len, ==, fixture->n_finished);
  g_assert_cmpuint (mill_bench_peek_result (bench)->models->len, >, 0);
}

static void
on_event (MillBench *bench, const char *line, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_str_has_prefix (line, "{"));
  g_assert_null (strchr (line, '\n'));
  fixture->n_events++;
}

static MillExperiment *
experiment_new (MillWorkloadKind workload, const char *models, gint64 requests, double delay_s)
{
  MillExperiment *experiment = mill_experiment_new ();
  g_autoptr (GError) error = NULL;

  experiment->workload = workload;
  g_clear_pointer (&experiment->models, g_array_unref);
  experiment->models = mill_model_list_parse (models, workload, &error);
  g_assert_no_error (error);
  experiment->requests = requests;
  experiment->requests_set = TRUE;
  experiment->server.delay_s = delay_s;
  return experiment;
}

/* Runs to the end; nothing of the run stays. */
static void
run (Fixture *fixture, const MillExperiment *experiment)
{
  guint timeout = g_timeout_add_seconds (TEST_TIMEOUT_S, on_timeout, NULL);

  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->bench = mill_bench_new (experiment);
  g_signal_connect (fixture->bench, "trial-started", G_CALLBACK (on_trial_started), fixture);
  g_signal_connect (fixture->bench, "progress", G_CALLBACK (on_progress), fixture);
  g_signal_connect (fixture->bench, "trial-finished", G_CALLBACK (on_trial_finished), fixture);
  g_signal_connect (fixture->bench, "event", G_CALLBACK (on_event), fixture);
  mill_bench_run_async (fixture->bench, NULL, on_done, fixture);
  g_main_loop_run (fixture->loop);
  g_source_remove (timeout);
  if (fixture->folder != NULL)
    g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

static void
fixture_clear (Fixture *fixture)
{
  /* Helper programs that end, and threads that have just ended, hold references for a moment. */
  g_object_add_weak_pointer (G_OBJECT (fixture->bench), (gpointer *) &fixture->bench);
  g_object_unref (fixture->bench);
  for (int i = 0; fixture->bench != NULL && i < 5000; i++) {
    while (g_main_context_iteration (NULL, FALSE))
      continue;
    g_usleep (1000);
  }
  g_assert_null (fixture->bench);
  g_clear_pointer (&fixture->result, mill_result_free);
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->loop, g_main_loop_unref);
  g_clear_pointer (&fixture->folder, g_free);
}

static const MillTrialResult *
trial_at (const Fixture *fixture, guint index)
{
  g_assert_cmpuint (index, <, fixture->result->trials->len);
  return g_ptr_array_index (fixture->result->trials, index);
}

#ifdef HAVE_EPOLL_LOOP
#define EPOLL_LOOP ",epoll-loop:20"
#else
#define EPOLL_LOOP ""
#endif

/* Every model does its 83 requests, and the server has counted the same. */
static void
test_all_models (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (
      MILL_WORKLOAD_HTTP,
      "sync,thread-per-request:10,thread-pool:20,gil-thread-pool:4,main-loop:80,main-loop:0,"
      "main-loop-batched:10/40,hybrid:4x20,multiprocess:2x10" EPOLL_LOOP,
      83, 0.005);
  const guint n_models = experiment->models->len;
  const guint n_trials = 2 * n_models;
  Fixture fixture = { 0 };

  experiment->repetitions = 2;
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->trials->len, ==, n_trials);
  g_assert_cmpuint (fixture.result->models->len, ==, n_models);
  g_assert_cmpuint (fixture.n_started, ==, n_trials);
  g_assert_cmpuint (fixture.n_finished, ==, n_trials);
  g_assert_cmpuint (fixture.n_events, >=, 2 * n_trials + 2);
  for (guint i = 0; i < n_trials; i++) {
    const MillTrialResult *trial = trial_at (&fixture, i);
    g_test_message ("%s: %s", trial->model, trial->verification);
    g_assert_cmpint (trial->status, ==, MILL_TRIAL_COMPLETE);
    g_assert_cmpint (trial->requests_ok, ==, 83);
    g_assert_cmpint (trial->requests_failed, ==, 0);
    g_assert_cmpint (trial->verified, ==, 1);
    g_assert_cmpint (trial->order, ==, (int) i + 1);
    g_assert_cmpfloat (trial->wall_time_s, >, 0);
    g_assert_false (isnan (trial->cpu_server_percent));
  }
  g_assert_nonnull (fixture.result->environment);
  g_assert_nonnull (fixture.result->program);
  fixture_clear (&fixture);
}

static void
test_cpu_models (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (
      MILL_WORKLOAD_CPU, "sync,thread-pool:2,gil-thread-pool:2,multiprocess:2", 400, 0);
  Fixture fixture = { 0 };

  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->trials->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpint (trial_at (&fixture, i)->status, ==, MILL_TRIAL_COMPLETE);
    g_assert_cmpint (trial_at (&fixture, i)->verified, ==, -1);
    g_assert_cmpint (trial_at (&fixture, i)->checksum_bytes, ==,
                     trial_at (&fixture, 0)->checksum_bytes);
  }
  g_assert_null (mill_bench_get_server_url (fixture.bench));
  fixture_clear (&fixture);
}

/* What goes wrong on purpose is counted alike by both. */
static void
test_errors_are_verified (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:5,main-loop:10", 200, 0);
  Fixture fixture = { 0 };

  experiment->server.error_rate = 0.3;
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  for (guint i = 0; i < 2; i++) {
    const MillTrialResult *trial = trial_at (&fixture, i);
    g_assert_cmpint (trial->requests_failed, >, 0);
    g_assert_cmpint (trial->requests_ok + trial->requests_failed, ==, 200);
    g_assert_cmpint (trial->errors[MILL_OUTCOME_HTTP_5XX], ==, trial->requests_failed);
    g_assert_cmpint (trial->verified, ==, 1);
  }
  fixture_clear (&fixture);
}

static gboolean
stop_now (gpointer data)
{
  Fixture *fixture = data;

  mill_bench_stop (fixture->bench);
  return G_SOURCE_REMOVE;
}

/* What was measured until then is kept, and the rest does not run. */
static void
test_stop (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:5,main-loop:50", 100000, 0.02);
  Fixture fixture = { .on_first_progress = stop_now };

  experiment->repetitions = 3;
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_true (mill_bench_was_stopped (fixture.bench));
  g_assert_cmpuint (fixture.result->trials->len, ==, 1);
  g_assert_cmpint (trial_at (&fixture, 0)->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_ok, >, 0);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_ok, <, 100000);
  g_assert_cmpint (trial_at (&fixture, 0)->verified, !=, 0);
  fixture_clear (&fixture);
}

typedef struct {
  Fixture fixture;
  gint64 stopped_us;
} StopFixture;

static gboolean
note_and_stop (gpointer data)
{
  StopFixture *stop = data;

  stop->stopped_us = g_get_monotonic_time ();
  mill_bench_stop (stop->fixture.bench);
  return G_SOURCE_REMOVE;
}

/* 20,000 in flight would take 30 s to answer; stopping does not wait for them. */
static void
test_stop_is_quick (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "main-loop:500", 5000, 20);
  StopFixture stop = { 0 };

  g_timeout_add (1500, note_and_stop, &stop);
  run (&stop.fixture, experiment);
  g_assert_no_error (stop.fixture.error);
  /* The promise is 500 ms on a quiet machine; four times that under a sanitizer. */
  g_assert_cmpint (g_get_monotonic_time () - stop.stopped_us, <, 2 * G_USEC_PER_SEC);
  fixture_clear (&stop.fixture);
}

static void
test_stop_before_start (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, "sync", 10, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture = { .loop = g_main_loop_new (NULL, FALSE) };

  fixture.bench = mill_bench_new (experiment);
  g_cancellable_cancel (cancellable);
  mill_bench_run_async (fixture.bench, cancellable, on_done, &fixture);
  g_main_loop_run (fixture.loop);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->trials->len, ==, 0);
  fixture_clear (&fixture);
}

/* Sends a signal to a process that was found by its identifier, from outside. */
static void
signal_process (const char *option, const char *identifier)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (identifier);
  /* A sanitizer's library is not for programs of the system. */
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
#ifdef G_OS_WIN32
  g_autoptr (GSubprocess) kill =
      g_subprocess_launcher_spawn (launcher, &error, "taskkill", "/f", "/pid", identifier, NULL);
#else
  g_autoptr (GSubprocess) kill =
      g_subprocess_launcher_spawn (launcher, &error, "kill", option, identifier, NULL);
#endif
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (kill, NULL, &error));
}

static gboolean
kill_worker (gpointer data)
{
  Fixture *fixture = data;

  signal_process ("-KILL", mill_bench_get_worker_identifier (fixture->bench));
  return G_SOURCE_REMOVE;
}

/* One trial is lost and says why; the next runs normally. */
static void
test_worker_killed (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:2,main-loop:5", 60, 0.02);
  Fixture fixture = { .on_first_progress = kill_worker };

  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->trials->len, ==, 2);
  g_assert_cmpint (trial_at (&fixture, 0)->status, !=, MILL_TRIAL_COMPLETE);
  g_assert_nonnull (trial_at (&fixture, 0)->reason);
#ifdef G_OS_WIN32 /* where there are no signals; taskkill leaves the status 1, under Wine 0 */
  g_assert_nonnull (strstr (trial_at (&fixture, 0)->reason, "ended with"));
#else
  g_assert_nonnull (strstr (trial_at (&fixture, 0)->reason, "signal 9"));
#endif
  g_assert_cmpint (trial_at (&fixture, 1)->status, ==, MILL_TRIAL_COMPLETE);
  g_assert_cmpint (trial_at (&fixture, 1)->requests_ok, ==, 60);
  g_assert_cmpint (trial_at (&fixture, 1)->verified, ==, 1);
  g_assert_cmpuint (fixture.result->warnings->len, >, 0);
  fixture_clear (&fixture);
}

static gboolean
kill_worker_and_stop (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *identifier = g_strdup (mill_bench_get_worker_identifier (fixture->bench));

  signal_process ("-KILL", identifier);
  /* Its end of the pipes closes before anybody can wait for it. */
  g_usleep (200 * 1000);
  mill_bench_stop (fixture->bench);
  return G_SOURCE_REMOVE;
}

/* What is written to a worker that has just gone is no end of this program. */
static void
test_stop_of_dead_worker (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:2", 60, 0.02);
  Fixture fixture = { .on_first_progress = kill_worker_and_stop };

  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (trial_at (&fixture, 0)->status, ==, MILL_TRIAL_PARTIAL);
  fixture_clear (&fixture);
}

static gboolean
kill_server (gpointer data)
{
  Fixture *fixture = data;

  signal_process ("-KILL", mill_bench_get_server_identifier (fixture->bench));
  return G_SOURCE_REMOVE;
}

/* The requests of that trial fail, with reasons; the next has a new server. */
static void
test_server_killed (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:2,main-loop:5", 60, 0.02);
  Fixture fixture = { .on_first_progress = kill_server };

  experiment->timeout_s = 2;
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->trials->len, ==, 2);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_failed, >, 0);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_ok + trial_at (&fixture, 0)->requests_failed,
                   ==, 60);
  g_assert_cmpint (trial_at (&fixture, 0)->verified, ==, -1);
  g_assert_cmpint (trial_at (&fixture, 1)->requests_ok, ==, 60);
  g_assert_cmpint (trial_at (&fixture, 1)->verified, ==, 1);
  fixture_clear (&fixture);
}

static gboolean
suspend_worker (gpointer data)
{
  Fixture *fixture = data;

  signal_process ("-STOP", mill_bench_get_worker_identifier (fixture->bench));
  return G_SOURCE_REMOVE;
}

/* A worker that says nothing any more is killed after its timeout and the grace. */
static void
test_worker_suspended (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new (MILL_WORKLOAD_HTTP, "thread-pool:2,main-loop:5", 60, 0.02);
  Fixture fixture = { .on_first_progress = suspend_worker };

  experiment->timeout_s = 1;
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (trial_at (&fixture, 0)->status, !=, MILL_TRIAL_COMPLETE);
  g_assert_nonnull (strstr (trial_at (&fixture, 0)->reason, "said nothing"));
  g_assert_cmpint (trial_at (&fixture, 1)->requests_ok, ==, 60);
  fixture_clear (&fixture);
}

/* A folder that a killed run has left is gone after the next run; one of a living process and
 * what only looks alike stay. */
static void
test_left_over_folders (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, "sync", 3, 0);
  g_autofree char *dead =
      g_build_filename (g_get_tmp_dir (), "threadmill-run-2147483646-abcdef", NULL);
  g_autofree char *living_name =
      g_strdup_printf ("threadmill-run-%" G_GINT64_FORMAT "-living", mill_process_id ());
  g_autofree char *living = g_build_filename (g_get_tmp_dir (), living_name, NULL);
  g_autofree char *alike = g_build_filename (g_get_tmp_dir (), "threadmill-run-mine", NULL);
  g_autofree char *file = g_build_filename (dead, "records-1", NULL);
  Fixture fixture = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (dead, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (living, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (alike, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  run (&fixture, experiment);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (living, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (alike, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (living), ==, 0);
  g_assert_cmpint (g_rmdir (alike), ==, 0);
  fixture_clear (&fixture);
}

/* A warm-up that takes longer than the timeout of a request is no sign of a worker that hangs. */
static void
test_long_warm_up (gconstpointer model)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, model, 5, 0.05);
  Fixture fixture = { 0 };

  experiment->timeout_s = 0.5;
  experiment->warmup = 36 * mill_model_spec_concurrency (
                                &g_array_index (experiment->models, MillModelSpec, 0), 1000);
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (trial_at (&fixture, 0)->status, ==, MILL_TRIAL_COMPLETE);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_ok + trial_at (&fixture, 0)->requests_failed,
                   ==, 5);
  fixture_clear (&fixture);
}

/* A plan that cannot be is refused before anything starts. */
static void
test_blocked (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, "sync", 1000, 0);
  const char *urls[] = { "http://example.com/", NULL };
  Fixture fixture = { 0 };

  experiment->urls = g_strdupv ((GStrv) urls);
  run (&fixture, experiment);
  g_assert_error (fixture.error, MILL_ERROR, MILL_ERROR_PERMISSION);
  g_assert_null (fixture.result);
  g_assert_cmpuint (fixture.n_started, ==, 0);
  fixture_clear (&fixture);
}

/* A host that refuses: every request fails with its reason, and the run is made. */
static void
test_refused (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, "main-loop:5", 20, 0);
  const char *urls[] = { "http://127.0.0.1:1/", NULL };
  Fixture fixture = { 0 };

  experiment->urls = g_strdupv ((GStrv) urls);
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (trial_at (&fixture, 0)->requests_failed, ==, 20);
  g_assert_cmpint (trial_at (&fixture, 0)->errors[MILL_OUTCOME_REFUSED], ==, 20);
  g_assert_cmpint (trial_at (&fixture, 0)->verified, ==, -1);
  fixture_clear (&fixture);
}

/* A swept delay reaches the server; each value is its own model in the summary. */
static void
test_sweep (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (MILL_WORKLOAD_HTTP, "sync", 10, 0);
  const double delays[] = { 0.001, 0.05 };
  Fixture fixture = { 0 };

  experiment->sweep = MILL_SWEEP_DELAY;
  g_array_append_vals (experiment->sweep_values, delays, 2);
  run (&fixture, experiment);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.result->models->len, ==, 2);
  g_assert_cmpfloat (trial_at (&fixture, 1)->wall_time_s, >=, 0.5);
  g_assert_cmpfloat (trial_at (&fixture, 0)->wall_time_s, <, 0.5);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/all-models", test_all_models);
  g_test_add_func ("/bench/cpu-models", test_cpu_models);
  g_test_add_func ("/bench/errors-are-verified", test_errors_are_verified);
  g_test_add_func ("/bench/stop", test_stop);
  g_test_add_func ("/bench/stop-is-quick", test_stop_is_quick);
  g_test_add_func ("/bench/stop-before-start", test_stop_before_start);
  g_test_add_func ("/bench/worker-killed", test_worker_killed);
  g_test_add_func ("/bench/stop-of-dead-worker", test_stop_of_dead_worker);
  g_test_add_func ("/bench/worker-suspended", test_worker_suspended);
  g_test_add_func ("/bench/server-killed", test_server_killed);
  g_test_add_func ("/bench/left-over-folders", test_left_over_folders);
  g_test_add_data_func ("/bench/long-warm-up/one-process", "sync", test_long_warm_up);
  g_test_add_data_func ("/bench/long-warm-up/processes", "multiprocess:2x1", test_long_warm_up);
  g_test_add_func ("/bench/blocked", test_blocked);
  g_test_add_func ("/bench/refused", test_refused);
  g_test_add_func ("/bench/sweep", test_sweep);
  return g_test_run ();
}
