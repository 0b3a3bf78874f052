/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "bench/mill-trial-run.h"
#include "bench/mill-verification.h"
#include "bench/mill-worker-process.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-record.h"
#include "platform/mill-usage.h"
#include "result/mill-trial-figures.h"

/* The server counts an answer a moment after the client has it: what differs is read again. */
#define SETTLE_MS 60
#define SETTLE_ATTEMPTS 4
/* Below this a share of a core is not worth telling: starting alone costs a few milliseconds. */
#define PARENT_CPU_MIN_S 1.0

struct _MillTrialRun {
  GObject parent_instance;

  MillTrial *trial;
  MillServerProcess *server; /* NULL: a foreign target, or none */
  MillServerSettings settings;
  MillTrialEventFunc on_event;
  gpointer data;

  GTask *task; /* while it runs */
  MillWorkerProcess *worker;
  gboolean stopping;
  gint64 begun_us;
  gint64 started_us; /* Unix time of the first measured request; -1: there was none */
  double parent_cpu_begin_s;
  double server_cpu_begin_s;
  /* What the last progress told, for a worker that dies without a report. */
  gint64 done;
  gint64 failed;
  double elapsed_s;

  MillTrialResult *heard; /* holds the samples until the result is there */
  JsonObject *finished;
  GError *worker_error;
  MillTrialOutcome *outcome;
  int settle_attempts;
};

G_DEFINE_FINAL_TYPE (MillTrialRun, mill_trial_run, G_TYPE_OBJECT)

void
mill_trial_outcome_free (MillTrialOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_clear_pointer (&outcome->result, mill_trial_result_free);
  g_free (outcome);
}

static void
mill_trial_run_finalize (GObject *object)
{
  MillTrialRun *self = MILL_TRIAL_RUN (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->server);
  g_clear_pointer (&self->heard, mill_trial_result_free);
  g_clear_pointer (&self->finished, json_object_unref);
  g_clear_error (&self->worker_error);
  g_clear_pointer (&self->outcome, mill_trial_outcome_free);
  mill_trial_free (self->trial);

  G_OBJECT_CLASS (mill_trial_run_parent_class)->finalize (object);
}

static void
mill_trial_run_class_init (MillTrialRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_trial_run_finalize;
}

static void
mill_trial_run_init (MillTrialRun *self)
{
  self->heard = mill_trial_result_new ();
  self->started_us = -1;
}

MillTrialRun *
mill_trial_run_new (const MillTrial *trial,
                    MillServerProcess *server,
                    const MillServerSettings *settings,
                    const char *folder,
                    MillTrialEventFunc on_event,
                    gpointer data)
{
  MillTrialRun *self = g_object_new (MILL_TYPE_TRIAL_RUN, NULL);
  g_autofree char *records = g_strdup_printf ("records-%d", trial->order);
  g_autofree char *scratch = g_strdup_printf ("bodies-%d", trial->order);

  self->trial = mill_trial_copy (trial);
  g_set_object (&self->server, server);
  if (settings != NULL)
    self->settings = *settings;
  self->on_event = on_event;
  self->data = data;
  self->trial->await_start = TRUE;
  g_free (self->trial->records_path);
  self->trial->records_path = g_build_filename (folder, records, NULL);
  g_free (self->trial->folder_path);
  self->trial->folder_path = g_strdup (folder);
  if (trial->after == MILL_AFTER_WRITE) {
    g_free (self->trial->scratch_path);
    self->trial->scratch_path = g_build_filename (folder, scratch, NULL);
  }
  return self;
}

static double
parent_cpu_s (void)
{
  MillUsage usage = { 0 };

  return mill_usage_read (&usage) ? usage.user_s + usage.system_s : NAN;
}

static void
complete_with_error (MillTrialRun *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_task_return_error (task, error);
}

static void
complete (MillTrialRun *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_task_return_pointer (task, g_steal_pointer (&self->outcome),
                         (GDestroyNotify) mill_trial_outcome_free);
}

/* A worker that died without a report: its last progress tells more than no records. */
static void
complete_without_report (MillTrialRun *self, MillTrialResult *result)
{
  gint64 recorded = MAX (result->requests_ok, 0) + MAX (result->requests_failed, 0);

  if (recorded < self->done) {
    result->requests_ok = self->done - self->failed;
    result->requests_failed = self->failed;
    result->errors[MILL_OUTCOME_OTHER] = self->failed;
  }
  if (recorded < self->done && self->elapsed_s > 0) {
    result->wall_time_s = self->elapsed_s;
    result->throughput_rps = (double) result->requests_ok / self->elapsed_s;
  }
  result->status = MAX (recorded, self->done) > 0 ? MILL_TRIAL_PARTIAL : MILL_TRIAL_FAILED;
  g_free (result->reason);
  result->reason = g_strdup (self->worker_error->message);
}

static void read_final_stats (MillTrialRun *self);

static gboolean
on_settled (gpointer data)
{
  read_final_stats (MILL_TRIAL_RUN (data));
  return G_SOURCE_REMOVE;
}

static void
settle (MillTrialRun *self)
{
  g_autoptr (GSource) source = g_timeout_source_new (SETTLE_MS);

  self->settle_attempts++;
  g_source_set_callback (source, on_settled, g_object_ref (self), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
on_final_stats (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillTrialRun) self = data;
  g_autoptr (GError) error = NULL;
  MillServerStats stats;
  MillTrialResult *result = self->outcome->result;

  if (!mill_server_process_stats_finish (self->server, async_result, &stats, &error)) {
    mill_verification_apply (result, self->trial, NULL, error->message);
    complete (self);
    return;
  }
  self->outcome->left_in_flight = stats.in_flight;
  if (result->wall_time_s > 0 && self->settle_attempts == 0)
    result->cpu_server_percent =
        100 * (stats.cpu_s - self->server_cpu_begin_s) / result->wall_time_s;
  if (!mill_verification_apply (result, self->trial, &stats, NULL) && !self->stopping &&
      self->settle_attempts < SETTLE_ATTEMPTS) {
    settle (self);
    return;
  }
  complete (self);
}

static void
read_final_stats (MillTrialRun *self)
{
  mill_server_process_stats_async (self->server, on_final_stats, g_object_ref (self));
}

/* In a thread: the records of a million requests take a moment to read and to summarise. */
static void
summarise_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const MillTrialRun *self = data;
  GError *error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (self->trial->records_path, FALSE, NULL);
  const MillRecord *records =
      file != NULL ? (const void *) g_mapped_file_get_contents (file) : NULL;
  gint64 n_records =
      records != NULL ? (gint64) (g_mapped_file_get_length (file) / sizeof (MillRecord)) : 0;
  MillTrialResult *result =
      mill_trial_result_from_records (self->trial, records, n_records, self->finished, &error);

  /* Some systems do not remove a file that is mapped. */
  g_clear_pointer (&file, g_mapped_file_unref);
  g_unlink (self->trial->records_path);
  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) mill_trial_result_free);
}

static void
on_summarised (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillTrialRun) self = MILL_TRIAL_RUN (data);
  GError *error = NULL;
  MillTrialResult *result = g_task_propagate_pointer (G_TASK (async_result), &error);

  if (result == NULL) {
    complete_with_error (self, error);
    return;
  }
  self->outcome->result = result;
  if (self->worker_error != NULL)
    complete_without_report (self, result);
  g_array_unref (result->samples);
  result->samples = g_array_ref (self->heard->samples);
  result->started_us = self->started_us;
  if (self->server != NULL) {
    read_final_stats (self);
    return;
  }
  mill_verification_apply (result, self->trial, NULL, NULL);
  complete (self);
}

/* The worker reports its steady clock, which is this program's too; merging results of several
 * machines needs the time of day. */
static gint64
time_of_day_us (gint64 steady_us)
{
  return g_get_real_time () - (g_get_monotonic_time () - steady_us);
}

static gint64
find_start_us (JsonObject *finished, gint64 begun_us)
{
  gint64 epoch_us = 0;

  if (finished != NULL)
    mill_json_get_int (finished, "epoch_us", 0, G_MAXINT64, &epoch_us, NULL);
  else
    epoch_us = begun_us;
  return epoch_us > 0 ? time_of_day_us (epoch_us) : -1;
}

static void
on_worker_end (JsonObject *finished, const GError *error, gpointer data)
{
  MillTrialRun *self = data;
  double parent_cpu = parent_cpu_s () - self->parent_cpu_begin_s;
  double seconds = (double) (g_get_monotonic_time () - self->begun_us) / G_USEC_PER_SEC;

  if (finished == NULL && self->stopping && self->done == 0) {
    complete_with_error (self, g_error_new_literal (MILL_ERROR, MILL_ERROR_STOPPED,
                                                    _ ("stopped before anything was measured")));
    return;
  }
  self->started_us = find_start_us (finished, self->begun_us);
  self->outcome = g_new0 (MillTrialOutcome, 1);
  self->outcome->parent_cpu_percent =
      seconds >= PARENT_CPU_MIN_S && self->begun_us > 0 ? 100 * parent_cpu / seconds : NAN;
  if (error != NULL)
    self->worker_error = g_error_copy (error);
  if (finished != NULL)
    self->finished = json_object_ref (finished);
  /* The thread holds no reference: it might be the last, and the trial end there. */
  g_autoptr (GTask) summary = g_task_new (NULL, NULL, on_summarised, g_object_ref (self));
  g_task_set_task_data (summary, self, NULL);
  g_task_run_in_thread (summary, summarise_in_thread);
}

static void
begin (MillTrialRun *self)
{
  self->begun_us = g_get_monotonic_time ();
  self->parent_cpu_begin_s = parent_cpu_s ();
  mill_worker_process_begin (self->worker);
}

static void
on_first_stats (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillTrialRun) self = data;
  MillServerStats stats;

  /* A server that is gone shows itself in every request of the trial. */
  if (mill_server_process_stats_finish (self->server, result, &stats, NULL))
    self->server_cpu_begin_s = stats.cpu_s;
  if (self->worker != NULL && self->task != NULL)
    begin (self);
}

static void
on_worker_event (const char *event, JsonObject *object, gpointer data)
{
  MillTrialRun *self = data;

  if (g_str_equal (event, "ready")) {
    if (self->server != NULL)
      mill_server_process_stats_async (self->server, on_first_stats, g_object_ref (self));
    else
      begin (self);
  } else if (g_str_equal (event, "progress")) {
    mill_json_get_int (object, "done", 0, G_MAXINT64, &self->done, NULL);
    mill_json_get_int (object, "failed", 0, self->done, &self->failed, NULL);
    mill_json_get_double (object, "time_s", 0, 1e9, &self->elapsed_s, NULL);
  } else if (g_str_equal (event, "sample")) {
    mill_trial_result_add_sample (self->heard, object, NULL);
  }
  if (self->on_event != NULL)
    self->on_event (event, object, self->data);
}

static const MillWorkerFuncs worker_funcs = { on_worker_event, on_worker_end };

static void
start_worker (MillTrialRun *self)
{
  GError *error = NULL;

  if (self->stopping) {
    complete_with_error (self, g_error_new_literal (MILL_ERROR, MILL_ERROR_STOPPED,
                                                    _ ("stopped before the trial began")));
    return;
  }
  if (self->trial->scratch_path != NULL &&
      g_mkdir_with_parents (self->trial->scratch_path, 0700) != 0)
    error = g_error_new (MILL_ERROR, MILL_ERROR_FAILED, _ ("The folder “%s” could not be made."),
                         self->trial->scratch_path);
  else
    self->worker = mill_worker_process_start (self->trial, &worker_funcs, self, &error);
  if (self->worker == NULL)
    complete_with_error (self, error);
}

static void
on_server_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillTrialRun) self = data;
  GError *error = NULL;

  if (mill_server_process_prepare_finish (self->server, result, &error))
    start_worker (self);
  else
    complete_with_error (self, error);
}

void
mill_trial_run_async (MillTrialRun *self, GAsyncReadyCallback callback, gpointer data)
{
  self->task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->task, mill_trial_run_async);
  if (self->server != NULL)
    mill_server_process_prepare_async (self->server, &self->settings, self->trial->seed,
                                       on_server_prepared, g_object_ref (self));
  else
    start_worker (self);
}

MillTrialOutcome *
mill_trial_run_finish (MillTrialRun *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mill_trial_run_stop (MillTrialRun *self)
{
  self->stopping = TRUE;
  if (self->worker != NULL)
    mill_worker_process_stop (self->worker);
}

const MillTrial *
mill_trial_run_get_trial (MillTrialRun *self)
{
  return self->trial;
}

const char *
mill_trial_run_get_worker_identifier (MillTrialRun *self)
{
  return self->worker != NULL ? mill_worker_process_get_identifier (self->worker) : NULL;
}
