/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-bench-events.h"
#include "bench/mill-bench.h"
#include "bench/mill-environment.h"
#include "bench/mill-run-folder.h"
#include "bench/mill-server-process.h"
#include "bench/mill-trial-run.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "platform/mill-folder.h"
#include "result/mill-checks.h"
#include "result/mill-trial-figures.h"

#define MAX_RECENT 64
/* A program that measures and takes more than this of a core has moved what it measures. */
#define PARENT_CPU_LIMIT_PERCENT 5.0

struct _MillBench {
  GObject parent_instance;

  MillExperiment *experiment;
  MillPlan *plan;
  MillResult *result;

  GTask *task;     /* while it runs */
  GError *failure; /* why it ends, or NULL */
  GSource *cancel_source;
  MillServerProcess *server;
  gboolean server_is_stale; /* it still holds requests of an earlier trial */
  char *folder;
  guint next;            /* index of the next trial in the plan */
  MillTrialRun *current; /* or NULL */
  gboolean stopping;
  guint warnings_told;

  double last_elapsed_s; /* of the last progress, for the throughput */
  gint64 last_done;
};

enum { TRIAL_STARTED, PROGRESS, SAMPLE, TRIAL_FINISHED, EVENT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillBench, mill_bench, G_TYPE_OBJECT)

static void
mill_bench_dispose (GObject *object)
{
  MillBench *self = MILL_BENCH (object);

  if (self->server != NULL)
    mill_server_process_stop (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->current);

  G_OBJECT_CLASS (mill_bench_parent_class)->dispose (object);
}

static void
mill_bench_finalize (GObject *object)
{
  MillBench *self = MILL_BENCH (object);

  g_clear_pointer (&self->experiment, mill_experiment_free);
  g_clear_pointer (&self->plan, mill_plan_free);
  g_clear_pointer (&self->result, mill_result_free);
  g_free (self->folder);

  G_OBJECT_CLASS (mill_bench_parent_class)->finalize (object);
}

static guint
add_signal (MillBenchClass *klass, const char *name, guint n_arguments)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_arguments, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
mill_bench_class_init (MillBenchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_bench_dispose;
  G_OBJECT_CLASS (klass)->finalize = mill_bench_finalize;
  signals[TRIAL_STARTED] = add_signal (klass, "trial-started", 1);
  signals[PROGRESS] = add_signal (klass, "progress", 1);
  signals[SAMPLE] = add_signal (klass, "sample", 2);
  signals[TRIAL_FINISHED] = add_signal (klass, "trial-finished", 1);
  signals[EVENT] = g_signal_new ("event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mill_bench_init (MillBench *self)
{
}

MillBench *
mill_bench_new (const MillExperiment *experiment)
{
  MillBench *self = g_object_new (MILL_TYPE_BENCH, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  self->experiment = mill_experiment_copy (experiment);
  self->plan = mill_plan_new (experiment, NULL);
  self->result = mill_result_new (self->experiment);
  self->result->program_version = g_strdup (MILL_VERSION);
  self->result->started = g_date_time_format_iso8601 (now);
  return self;
}

/* Takes `line`. */
static void
emit_event (MillBench *self, char *line)
{
  g_signal_emit (self, signals[EVENT], 0, line);
  g_free (line);
}

static gboolean
somebody_hears_events (MillBench *self)
{
  return g_signal_has_handler_pending (self, signals[EVENT], 0, FALSE);
}

static void
tell_new_warnings (MillBench *self)
{
  for (; self->warnings_told < self->result->warnings->len; self->warnings_told++)
    emit_event (
        self, mill_event_warning (g_ptr_array_index (self->result->warnings, self->warnings_told)));
}

/* Does the built-in server answer this experiment? */
static gboolean
needs_server (MillBench *self)
{
  return self->experiment->workload == MILL_WORKLOAD_HTTP && self->experiment->urls == NULL;
}

static void
remove_folder_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  mill_folder_remove (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_folder_removed (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillBench) self = MILL_BENCH (data);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_autoptr (GError) error = g_steal_pointer (&self->failure);

  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  g_clear_pointer (&self->folder, g_free);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The end of every run, good or bad: takes `error`, which may be NULL. */
static void
finish (MillBench *self, GError *error)
{
  /* A thread holds no reference: it might be the last, and the bench end there. */
  g_autoptr (GTask) removal = g_task_new (NULL, NULL, on_folder_removed, g_object_ref (self));

  self->failure = error;
  if (self->server != NULL)
    mill_server_process_stop (self->server);
  g_clear_object (&self->server);
  if (error == NULL) {
    mill_checks_run (self->result);
    mill_result_summarise (self->result);
    tell_new_warnings (self);
    emit_event (self, mill_event_finished (self->result, self->stopping));
  }
  if (self->folder == NULL) {
    g_task_return_boolean (removal, TRUE);
    return;
  }
  g_task_set_task_data (removal, g_strdup (self->folder), g_free);
  g_task_run_in_thread (removal, remove_folder_in_thread);
}

static void next_trial (MillBench *self);

static void
warn_about_trial (MillBench *self, const MillTrialOutcome *outcome)
{
  const MillTrialResult *trial = outcome->result;

  if (trial->reason != NULL && !self->stopping)
    mill_result_add_warning (self->result, "trial", trial->model, _ ("%s, repetition %d: %s"),
                             trial->model, trial->repetition, trial->reason);
  if (trial->verified == 0)
    mill_result_add_warning (self->result, "verification", trial->model,
                             _ ("%s, repetition %d: %s"), trial->model, trial->repetition,
                             trial->verification);
  if (outcome->parent_cpu_percent > PARENT_CPU_LIMIT_PERCENT)
    mill_result_add_warning (
        self->result, "parent-cpu", trial->model,
        _ ("This program itself took %.0f %% of a core while %s was measured."),
        outcome->parent_cpu_percent, trial->model);
}

/* A trial that could not even be started: it stands in the document with its reason. */
static MillTrialOutcome *
outcome_of_error (const MillTrial *trial, const GError *error)
{
  MillTrialOutcome *outcome = g_new0 (MillTrialOutcome, 1);
  MillTrialResult *result = mill_trial_result_new ();

  result->model = g_strdup (trial->model_name);
  result->repetition = trial->repetition;
  result->order = trial->order;
  result->sweep_value = trial->sweep_value;
  result->requests_asked = trial->requests_asked;
  result->requests_planned = trial->requests;
  result->status = MILL_TRIAL_FAILED;
  result->reason = g_strdup (error->message);
  outcome->result = result;
  outcome->parent_cpu_percent = NAN;
  return outcome;
}

static void
on_trial_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillBench) self = data;
  g_autoptr (MillTrialRun) run = g_steal_pointer (&self->current);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillTrialOutcome) outcome = mill_trial_run_finish (run, async_result, &error);

  if (g_error_matches (error, MILL_ERROR, MILL_ERROR_STOPPED)) {
    finish (self, NULL);
    return;
  }
  if (outcome == NULL)
    outcome = outcome_of_error (mill_trial_run_get_trial (run), error);
  self->server_is_stale = outcome->left_in_flight > 0;
  warn_about_trial (self, outcome);

  MillTrialResult *trial = g_steal_pointer (&outcome->result);
  g_ptr_array_add (self->result->trials, trial);
  mill_result_summarise (self->result);
  g_signal_emit (self, signals[TRIAL_FINISHED], 0, trial);
  if (somebody_hears_events (self))
    emit_event (self, mill_event_trial_finished (trial));
  tell_new_warnings (self);
  next_trial (self);
}

/* [[lane, queued, started, sent, first_byte, done, outcome], ...]: what does not fit is left
 * out, since it is only looked at. */
static guint
read_recent (JsonObject *object, MillTimelineEntry *entries)
{
  JsonArray *array = NULL;
  guint n_entries = 0;

  if (!mill_json_get_array (object, "recent", MAX_RECENT, &array, NULL) || array == NULL)
    return 0;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonArray *fields = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    gint64 values[7];

    if (fields == NULL || json_array_get_length (fields) != G_N_ELEMENTS (values))
      continue;
    for (guint f = 0; f < G_N_ELEMENTS (values); f++) {
      JsonNode *field = json_array_get_element (fields, f);
      values[f] = JSON_NODE_HOLDS_VALUE (field) ? json_node_get_int (field) : 0;
    }
    entries[n_entries++] = (MillTimelineEntry){
      .lane = (guint32) CLAMP (values[0], 0, MILL_MAX_IN_FLIGHT),
      .queued_us = values[1],
      .started_us = values[2],
      .sent_us = values[3],
      .first_byte_us = values[4],
      .done_us = values[5],
      .outcome = (guint8) CLAMP (values[6], 0, MILL_N_OUTCOMES - 1),
    };
  }
  return n_entries;
}

static void
tell_progress (MillBench *self, JsonObject *object)
{
  MillTimelineEntry recent[MAX_RECENT];
  MillProgress progress = { .trial = mill_trial_run_get_trial (self->current), .recent = recent };

  mill_json_get_double (object, "time_s", 0, 1e9, &progress.elapsed_s, NULL);
  mill_json_get_int (object, "done", 0, G_MAXINT64, &progress.done, NULL);
  mill_json_get_int (object, "failed", 0, G_MAXINT64, &progress.failed, NULL);
  mill_json_get_int (object, "in_flight", 0, G_MAXINT64, &progress.in_flight, NULL);
  progress.n_recent = read_recent (object, recent);
  if (progress.elapsed_s > self->last_elapsed_s)
    progress.throughput_rps =
        (double) (progress.done - self->last_done) / (progress.elapsed_s - self->last_elapsed_s);
  self->last_elapsed_s = progress.elapsed_s;
  self->last_done = progress.done;
  g_signal_emit (self, signals[PROGRESS], 0, &progress);
}

static void
tell_sample (MillBench *self, JsonObject *object)
{
  g_autoptr (MillTrialResult) holder = mill_trial_result_new ();

  if (mill_trial_result_add_sample (holder, object, NULL))
    g_signal_emit (self, signals[SAMPLE], 0, mill_trial_run_get_trial (self->current),
                   &g_array_index (holder->samples, MillSample, 0));
}

static void
on_trial_event (const char *event, JsonObject *object, gpointer data)
{
  MillBench *self = data;

  if (g_str_equal (event, "progress"))
    tell_progress (self, object);
  else if (g_str_equal (event, "sample"))
    tell_sample (self, object);
  else
    return;
  if (somebody_hears_events (self))
    emit_event (self, mill_event_of_worker (mill_trial_run_get_trial (self->current), object));
}

/* How the built-in server answers in this trial: a sweep may vary it. */
static MillServerSettings
settings_of (MillBench *self, const MillTrial *trial)
{
  MillServerSettings settings = self->experiment->server;

  if (isnan (trial->sweep_value))
    return settings;
  if (self->experiment->sweep == MILL_SWEEP_DELAY)
    settings.delay_s = trial->sweep_value;
  else if (self->experiment->sweep == MILL_SWEEP_BODY_SIZE)
    settings.body_size_bytes = (gint64) trial->sweep_value;
  return settings;
}

static void
run_trial (MillBench *self)
{
  g_autoptr (MillTrial) trial =
      mill_trial_copy (g_ptr_array_index (self->plan->trials, self->next++));
  MillServerSettings settings = settings_of (self, trial);

  if (self->server != NULL) {
    g_autofree char *url = g_strconcat (mill_server_process_get_url (self->server), "/ping", NULL);
    const char *urls[] = { url, NULL };
    g_strfreev (trial->urls);
    trial->urls = g_strdupv ((GStrv) urls);
  }
  self->last_elapsed_s = 0;
  self->last_done = 0;
  self->current =
      mill_trial_run_new (trial, self->server, &settings, self->folder, on_trial_event, self);
  g_signal_emit (self, signals[TRIAL_STARTED], 0, mill_trial_run_get_trial (self->current));
  if (somebody_hears_events (self))
    emit_event (self, mill_event_trial_started (trial));
  mill_trial_run_async (self->current, on_trial_done, g_object_ref (self));
}

static void
on_server_started (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillBench) self = data;
  GError *error = NULL;

  if (mill_server_process_start_finish (MILL_SERVER_PROCESS (source), async_result, &error)) {
    if (self->stopping)
      finish (self, NULL);
    else
      run_trial (self);
    return;
  }
  finish (self, error);
}

/* A server that died, or that still holds requests of a trial that was cut off, is replaced. */
static void
start_server (MillBench *self)
{
  g_clear_object (&self->server);
  self->server_is_stale = FALSE;
  self->server = mill_server_process_new ();
  mill_server_process_start_async (self->server, 0, &self->experiment->server,
                                   self->experiment->seed, on_server_started, g_object_ref (self));
}

static void
next_trial (MillBench *self)
{
  if (self->stopping || self->next >= self->plan->trials->len)
    finish (self, NULL);
  else if (needs_server (self) && (self->server == NULL || self->server_is_stale ||
                                   !mill_server_process_is_running (self->server)))
    start_server (self);
  else
    run_trial (self);
}

/* What is read from the system before the first trial. */
typedef struct {
  JsonNode *environment;
  char *folder;
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *preparation = data;

  g_clear_pointer (&preparation->environment, json_node_unref);
  g_free (preparation->folder);
  g_free (preparation);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Preparation *preparation = g_new0 (Preparation, 1);
  GError *error = NULL;

  preparation->environment = mill_environment_to_json ();
  preparation->folder = mill_run_folder_new (&error);
  if (error != NULL) {
    preparation_free (preparation);
    g_task_return_error (task, error);
    return;
  }
  g_task_return_pointer (task, preparation, preparation_free);
}

static void
on_prepared (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillBench) self = MILL_BENCH (data);
  GError *error = NULL;
  Preparation *preparation = g_task_propagate_pointer (G_TASK (async_result), &error);

  if (preparation == NULL) {
    finish (self, error);
    return;
  }
  self->result->environment = g_steal_pointer (&preparation->environment);
  self->result->program = mill_program_to_json ();
  self->folder = g_steal_pointer (&preparation->folder);
  preparation_free (preparation);
  emit_event (self, mill_event_plan (self->plan));
  next_trial (self);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  mill_bench_stop (MILL_BENCH (data));
  return G_SOURCE_REMOVE;
}

void
mill_bench_run_async (MillBench *bench,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  GError *error = NULL;

  g_return_if_fail (bench->task == NULL && bench->next == 0);

  bench->task = g_task_new (bench, NULL, callback, data);
  g_task_set_source_tag (bench->task, mill_bench_run_async);
  if (!mill_plan_check (bench->plan, &error)) {
    finish (bench, error);
    return;
  }
  if (cancellable != NULL) {
    bench->cancel_source = g_cancellable_source_new (cancellable);
    g_source_set_callback (bench->cancel_source, G_SOURCE_FUNC (on_cancelled), bench, NULL);
    g_source_attach (bench->cancel_source, g_main_context_get_thread_default ());
  }
  g_autoptr (GTask) preparation = g_task_new (NULL, NULL, on_prepared, g_object_ref (bench));
  g_task_run_in_thread (preparation, prepare_in_thread);
}

MillResult *
mill_bench_run_finish (MillBench *bench, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_steal_pointer (&bench->result);
}

void
mill_bench_stop (MillBench *bench)
{
  if (bench->stopping)
    return;
  bench->stopping = TRUE;
  if (bench->current != NULL)
    mill_trial_run_stop (bench->current);
}

gboolean
mill_bench_was_stopped (MillBench *bench)
{
  return bench->stopping;
}

const MillPlan *
mill_bench_get_plan (MillBench *bench)
{
  return bench->plan;
}

const MillResult *
mill_bench_peek_result (MillBench *bench)
{
  return bench->result;
}

const char *
mill_bench_get_server_url (MillBench *bench)
{
  return bench->server != NULL ? mill_server_process_get_url (bench->server) : NULL;
}

const char *
mill_bench_get_server_identifier (MillBench *bench)
{
  return bench->server != NULL ? mill_server_process_get_identifier (bench->server) : NULL;
}

const char *
mill_bench_get_worker_identifier (MillBench *bench)
{
  return bench->current != NULL ? mill_trial_run_get_worker_identifier (bench->current) : NULL;
}

const char *
mill_bench_get_folder (MillBench *bench)
{
  return bench->folder;
}
