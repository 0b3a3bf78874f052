/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "worker/mill-worker.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "platform/mill-folder.h"
#include "platform/mill-process.h"
#include "runners/mill-run.h"
#include "worker/mill-worker-events.h"

#define EXIT_FAILED 3
/* After the end of standard input nobody waits for an answer: lanes that do not come back are
 * left behind. */
#define FORCED_EXIT_US (G_USEC_PER_SEC * 3 / 4)
#define TIDY_ATTEMPTS 20
#define TIDY_INTERVAL_US (50 * 1000)

/* What the thread that reads standard input and the main thread share. */
typedef struct {
  GMutex mutex;
  GCond cond;
  char *trial_line;
  gboolean start;
  gboolean stop;
  gboolean end_of_input;
  gboolean reported; /* from here on, the end of standard input is no loss */
  char *folder_path; /* of the run */
  MillRun *run;      /* while it can be stopped */
} Worker;

static void
worker_clear (gpointer data)
{
  Worker *worker = data;

  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->cond);
  g_free (worker->trial_line);
  g_free (worker->folder_path);
}

static void
worker_unref (Worker *worker)
{
  g_atomic_rc_box_release_full (worker, worker_clear);
}

/* Whoever started this process is gone without having waited for the report, and cannot remove
 * what the run has written. */
static void
tidy_up (Worker *worker)
{
  g_autofree char *path = NULL;

  g_mutex_lock (&worker->mutex);
  if (worker->end_of_input && !worker->reported)
    path = g_steal_pointer (&worker->folder_path);
  g_mutex_unlock (&worker->mutex);
  /* Other processes of the trial may write into it until they have ended too. */
  for (int i = 0; path != NULL && i < TIDY_ATTEMPTS && g_file_test (path, G_FILE_TEST_EXISTS);
       i++) {
    if (i > 0)
      g_usleep (TIDY_INTERVAL_US);
    mill_folder_remove (path);
  }
}

static gpointer
force_exit (gpointer data)
{
  g_usleep (FORCED_EXIT_US);
  tidy_up (data);
  _Exit (EXIT_FAILED);
}

static const char *
parse_command (const char *line, JsonNode **node)
{
  const char *command;

  *node = mill_json_parse (line, -1, "standard input", NULL);
  if (*node == NULL || !JSON_NODE_HOLDS_OBJECT (*node))
    return NULL;

  command =
      json_object_get_string_member_with_default (json_node_get_object (*node), "command", NULL);

  return command;
}

/* With the mutex held. */
static void
ask_to_stop (Worker *worker)
{
  worker->stop = TRUE;
  if (worker->run != NULL)
    mill_run_stop (worker->run);
}

/* With the mutex held. */
static void
handle_line (Worker *worker, const char *line)
{
  g_autoptr (JsonNode) node = NULL;
  const char *command;

  if (worker->trial_line == NULL) {
    worker->trial_line = g_strdup (line);
    return;
  }

  command = parse_command (line, &node);
  if (g_strcmp0 (command, "start") == 0)
    worker->start = TRUE;
  else if (g_strcmp0 (command, "stop") == 0)
    ask_to_stop (worker);
}

static void
on_line (const char *line, gpointer data)
{
  Worker *worker = data;

  g_mutex_lock (&worker->mutex);
  if (line != NULL) {
    handle_line (worker, line);
  } else {
    worker->end_of_input = TRUE;
    ask_to_stop (worker);
    g_thread_unref (g_thread_new ("exit", force_exit, g_atomic_rc_box_acquire (worker)));
  }
  g_cond_signal (&worker->cond);
  g_mutex_unlock (&worker->mutex);

  if (line == NULL)
    worker_unref (worker);
}

static MillTrial *
read_trial (Worker *worker, GError **error)
{
  g_autofree char *line = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_mutex_lock (&worker->mutex);
  while (worker->trial_line == NULL && !worker->end_of_input)
    g_cond_wait (&worker->cond, &worker->mutex);
  line = g_strdup (worker->trial_line);
  g_mutex_unlock (&worker->mutex);

  if (line == NULL) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE,
                         _ ("threadmill-worker reads one trial as a line of JSON on its standard "
                            "input; threadmill-cli starts it."));
    return NULL;
  }

  node = mill_json_parse (line, -1, "standard input", error);

  return node != NULL ? mill_trial_from_json (node, error) : NULL;
}

/* HTTP/2 is negotiated within TLS. Where there is none, libsoup need not wait for the first
 * connection to find out what the server speaks before it opens the next. */
static void
prefer_http1_without_tls (const MillTrial *trial)
{
  for (guint i = 0; trial->urls != NULL && trial->urls[i] != NULL; i++)
    if (g_ascii_strncasecmp (trial->urls[i], "https:", 6) == 0)
      return;

  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
}

static void
set_run (Worker *worker, MillRun *run)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&worker->mutex);

  worker->run = run;
  if (worker->stop && run != NULL)
    mill_run_stop (run);
}

static void
own_folder (Worker *worker, const MillTrial *trial)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&worker->mutex);

  if (trial->folder_path == NULL)
    return;
  worker->folder_path = g_strdup (trial->folder_path);
  mill_process_outlive_parent ();
}

/* Before the last line is written: whoever reads it closes the pipe, and looks into the folder. */
static void
begin_last_line (Worker *worker)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&worker->mutex);

  worker->reported = !worker->end_of_input;
}

static void
await_start (Worker *worker)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&worker->mutex);

  while (!worker->start && !worker->stop)
    g_cond_wait (&worker->cond, &worker->mutex);
}

static void
on_sample (const MillSample *sample, gpointer data)
{
  const MillTrial *trial = data;

  mill_worker_emit_sample (sample);
  if (!trial->quiet)
    mill_worker_emit_progress (sample);
}

static gboolean
run_model (MillRun *run, GError **error)
{
  const MillTrial *trial = mill_run_get_trial (run);
  const MillRunner *runner = mill_runner_for (trial->model.kind);
  gboolean (*function) (MillRun *, GError **) =
      trial->workload == MILL_WORKLOAD_CPU ? runner->run_cpu : runner->run_http;

  if (function == NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("This program was built without the model “%s” for that workload."),
                 trial->model_name);
    return FALSE;
  }

  return function (run, error);
}

static gboolean
run_trial (Worker *worker, GError **error)
{
  g_autoptr (MillTrial) trial = read_trial (worker, error);
  g_autoptr (MillRun) run = NULL;
  g_autoptr (MillSampler) sampler = NULL;
  g_autoptr (MillReport) report = NULL;
  g_autoptr (GError) records_error = NULL;
  MillSamplerTotals totals;
  gboolean succeeded;

  if (trial == NULL)
    return FALSE;

  own_folder (worker, trial);
  prefer_http1_without_tls (trial);
  run = mill_run_new (trial, error);
  if (run == NULL)
    return FALSE;

  set_run (worker, run);
  mill_worker_emit_ready (mill_run_get_lanes (run));
  if (trial->await_start)
    await_start (worker);

  sampler = mill_sampler_new (run, on_sample, trial);
  succeeded = run_model (run, error);
  mill_sampler_end_measurement (sampler);
  mill_run_set_phase (run, MILL_PHASE_REPORT);
  mill_sampler_finish (sampler, &totals);
  report = mill_report_make (run, &totals);
  set_run (worker, NULL);

  if (!succeeded)
    return FALSE;
  if (trial->records_path != NULL && !mill_report_write_records (run, &records_error))
    mill_report_lose_records (report, records_error->message);

  begin_last_line (worker);
  mill_worker_emit_finished (report);

  /* The system takes back thousands of connections faster than we can close them. */
  if (mill_run_has_leftovers (run))
    _Exit (EXIT_SUCCESS);

  return TRUE;
}

int
mill_worker_main (void)
{
  /* Shared with the thread that reads standard input and may outlive this function. */
  Worker *worker = g_atomic_rc_box_new0 (Worker);
  g_autoptr (GError) error = NULL;
  int status = EXIT_SUCCESS;

  mill_process_setup_helper ();
  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->cond);
  mill_process_watch_stdin (on_line, g_atomic_rc_box_acquire (worker));

  if (!run_trial (worker, &error)) {
    begin_last_line (worker);
    mill_worker_emit_failed (error);
    status = EXIT_FAILED;
  }
  tidy_up (worker);
  worker_unref (worker);

  return status;
}
