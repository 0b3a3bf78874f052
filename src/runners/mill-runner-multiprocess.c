/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "platform/mill-process.h"
#include "runners/mill-others.h"
#include "runners/mill-record-merge.h"
#include "runners/mill-run-private.h"

#define WORKER_NAME "threadmill-worker"
/* A process that does not answer a stop by then is ended. */
#define STOP_PATIENCE_MS 400

typedef struct _Group Group;

/* One of the processes: the same program with a share of the trial. */
typedef struct {
  Group *group;
  guint number;
  GSubprocess *process;
  GDataInputStream *events;
  char *records_path;
  gboolean ready;
  gboolean finished;
} Member;

struct _Group {
  MillRun *run;
  MillOthers *others;
  GMainContext *context;
  Member *members;
  guint n_members;
  guint n_reading; /* members whose events have not ended */
  guint n_ready;
  GSource *patience;
  GError *error; /* the first thing that went wrong */
};

static void read_event (Member *member);

static MillTrial *
share_trial (MillRun *run, guint number, guint n_members)
{
  const MillTrial *whole = mill_run_get_trial (run);
  MillTrial *trial = mill_trial_copy (whole);
  int parts = (int) n_members;
  int part = (int) number;

  trial->model.kind = whole->workload == MILL_WORKLOAD_CPU ? MILL_MODEL_SYNC : MILL_MODEL_MAIN_LOOP;
  trial->model.workers = 1;
  g_free (trial->model_name);
  trial->model_name = mill_model_spec_to_string (&trial->model, trial->workload);
  trial->requests = mill_share (whole->requests, parts, part);
  trial->warmup = mill_share (whole->warmup, parts, part);
  trial->rate = whole->rate / parts;
  trial->await_start = TRUE;
  for (int i = 0; i < part; i++)
    trial->first_request += mill_share (whole->requests, parts, i);

  /* This process removes it, once all have ended. */
  g_clear_pointer (&trial->folder_path, g_free);
  g_free (trial->records_path);
  trial->records_path =
      whole->records_path != NULL ? g_strdup_printf ("%s.%u", whole->records_path, number) : NULL;
  if (whole->scratch_path != NULL) {
    g_autofree char *name = g_strdup_printf ("process-%u", number);

    g_free (trial->scratch_path);
    trial->scratch_path = g_build_filename (whole->scratch_path, name, NULL);
  }

  return trial;
}

static gboolean
send_line (Member *member, const char *line)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (member->process);
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  return g_output_stream_write_all (input, text, strlen (text), NULL, NULL, NULL) &&
         g_output_stream_flush (input, NULL, NULL);
}

static gboolean
send_trial (Member *member, GError **error)
{
  g_autoptr (MillTrial) trial =
      share_trial (member->group->run, member->number, member->group->n_members);
  g_autoptr (JsonNode) node = mill_trial_to_json (trial);
  g_autofree char *line = mill_json_to_line (node);

  member->records_path = g_strdup (trial->records_path);
  if (trial->scratch_path != NULL) {
    g_autoptr (GFile) folder = g_file_new_for_path (trial->scratch_path);

    if (!g_file_make_directory (folder, NULL, error))
      return FALSE;
  }
  if (!send_line (member, line)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED,
                 _ ("Process %u of %u ended before its trial began."), member->number + 1,
                 member->group->n_members);
    return FALSE;
  }

  return TRUE;
}

static gboolean
on_out_of_patience (gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].process != NULL && !group->members[i].finished)
      mill_process_kill_tree (group->members[i].process);

  return G_SOURCE_REMOVE;
}

static gboolean
on_stop (GCancellable *cancellable, gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < group->n_members; i++)
    if (group->members[i].process != NULL && !group->members[i].finished)
      send_line (&group->members[i], "{\"command\":\"stop\"}");

  group->patience = g_timeout_source_new (STOP_PATIENCE_MS);
  g_source_set_callback (group->patience, on_out_of_patience, group, NULL);
  g_source_attach (group->patience, group->context);

  return G_SOURCE_REMOVE;
}

/* Keeps the first error and stops the others. */
static void
fail (Group *group, GError *error)
{
  if (group->error == NULL && !mill_run_is_stopping (group->run))
    group->error = error;
  else
    g_error_free (error);

  mill_run_stop (group->run);
}

static MillError
code_from_string (const char *code)
{
  if (g_str_equal (code, "usage"))
    return MILL_ERROR_USAGE;
  if (g_str_equal (code, "limit"))
    return MILL_ERROR_LIMIT;

  return MILL_ERROR_FAILED;
}

/* Those of an open loop begin one after the other, so that together they keep the rate and
 * do not send in bursts. */
static void
start_all (Group *group)
{
  double rate = mill_run_get_trial (group->run)->rate;

  mill_run_begin_elsewhere (group->run);
  for (guint i = 0; i < group->n_members; i++) {
    if (rate > 0 && i > 0)
      g_usleep ((gulong) (G_USEC_PER_SEC / rate));
    send_line (&group->members[i], "{\"command\":\"start\"}");
  }
}

/* The clock of a run with a warm-up starts with the first process that measures. */
static void
note_clock (Group *group, JsonObject *event)
{
  double time_s = json_object_get_double_member_with_default (event, "time_s", 0);
  gint64 epoch_us = json_object_get_int_member_with_default (event, "epoch_us", 0);

  if (epoch_us == 0 && time_s > 0)
    epoch_us = g_get_monotonic_time () - (gint64) (time_s * G_USEC_PER_SEC);
  if (epoch_us != 0)
    mill_run_measure_elsewhere (group->run, epoch_us);
}

static void
on_event (Member *member, JsonObject *event)
{
  Group *group = member->group;
  const char *name = json_object_get_string_member_with_default (event, "event", "");

  if (g_str_equal (name, "ready")) {
    member->ready = TRUE;
    if (++group->n_ready == group->n_members && !mill_run_is_stopping (group->run))
      start_all (group);
  } else if (g_str_equal (name, "failed")) {
    member->finished = TRUE;
    fail (group,
          g_error_new_literal (MILL_ERROR,
                               (int) code_from_string (json_object_get_string_member_with_default (
                                   event, "code", "failed")),
                               json_object_get_string_member_with_default (event, "message", "")));
  } else {
    if (g_str_equal (name, "finished")) {
      const char *reason = json_object_get_string_member_with_default (event, "reason", NULL);

      member->finished = TRUE;
      if (reason != NULL)
        mill_run_note (group->run, reason);
    }
    note_clock (group, event);
    mill_others_add_event (group->others, member->number, event);
  }
}

static void
on_line (GObject *object, GAsyncResult *result, gpointer data)
{
  Member *member = data;
  Group *group = member->group;
  g_autofree char *line = g_data_input_stream_read_line_finish (member->events, result, NULL, NULL);
  g_autoptr (JsonNode) node = NULL;

  if (line == NULL) {
    group->n_reading--;
    if (!member->finished)
      fail (group,
            g_error_new (MILL_ERROR, MILL_ERROR_FAILED, _ ("Process %u of %u ended unexpectedly."),
                         member->number + 1, group->n_members));
    return;
  }

  node = mill_json_parse (line, -1, WORKER_NAME, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    on_event (member, json_node_get_object (node));
  read_event (member);
}

static void
read_event (Member *member)
{
  g_data_input_stream_read_line_async (member->events, G_PRIORITY_DEFAULT, NULL, on_line, member);
}

static gboolean
spawn_all (Group *group, GError **error)
{
  g_autofree char *program = mill_process_find_helper (WORKER_NAME, error);
  const char *const arguments[] = { program, NULL };

  for (guint i = 0; program != NULL && i < group->n_members; i++) {
    g_autoptr (GSubprocessLauncher) launcher =
        g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
    Member *member = &group->members[i];

    member->group = group;
    member->number = i;
    member->process = mill_process_spawn (launcher, arguments, error);
    if (member->process == NULL)
      return FALSE;

    member->events = g_data_input_stream_new (g_subprocess_get_stdout_pipe (member->process));
    group->n_reading++;
    read_event (member);
    if (!send_trial (member, error))
      return FALSE;
  }

  return program != NULL;
}

/* Without its records a trial has still been measured: the processes have told what they counted.
 */
static void
merge_records (Group *group)
{
  const MillTrial *trial = mill_run_get_trial (group->run);
  g_autofree MillRecordSource *sources = g_new0 (MillRecordSource, group->n_members);
  gint64 first_us = mill_others_get_first_epoch_us (group->others);
  g_autoptr (GError) error = NULL;
  guint n_sources = 0;

  for (guint i = 0; i < group->n_members; i++) {
    gint64 epoch_us = mill_others_get_epoch_us (group->others, i);

    if (group->members[i].finished && epoch_us != 0)
      sources[n_sources++] =
          (MillRecordSource){ group->members[i].records_path, epoch_us - first_us, i };
  }

  if (!mill_record_merge (sources, n_sources, trial->records_path, &error)) {
    g_autoptr (GFile) file = g_file_new_for_path (trial->records_path);

    g_file_delete (file, NULL, NULL);
    mill_run_note (group->run, error->message);
  }
}

static void
member_clear (Member *member)
{
  if (member->process != NULL) {
    g_output_stream_close (g_subprocess_get_stdin_pipe (member->process), NULL, NULL);
    g_subprocess_wait (member->process, NULL, NULL);
  }
  if (member->records_path != NULL) {
    g_autoptr (GFile) file = g_file_new_for_path (member->records_path);

    g_file_delete (file, NULL, NULL);
  }

  g_clear_object (&member->events);
  g_clear_object (&member->process);
  g_free (member->records_path);
}

static gboolean
run_processes (MillRun *run, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) stop = g_cancellable_source_new (mill_run_get_cancellable (run));
  Group group = { .run = run, .context = context, .n_members = mill_run_get_lanes (run) };
  gint64 begun_us = g_get_monotonic_time ();
  GError *spawn_error = NULL;

  g_main_context_push_thread_default (context);
  group.members = g_new0 (Member, group.n_members);
  group.others = mill_run_make_others (run, group.n_members);
  g_source_set_callback (stop, G_SOURCE_FUNC (on_stop), &group, NULL);
  g_source_attach (stop, context);

  if (!spawn_all (&group, &spawn_error))
    fail (&group, spawn_error);
  mill_run_add_task_creation (run, g_get_monotonic_time () - begun_us);

  while (group.n_reading > 0)
    g_main_context_iteration (context, TRUE);

  if (group.error == NULL && mill_run_get_trial (run)->records_path != NULL)
    merge_records (&group);

  for (guint i = 0; i < group.n_members; i++)
    member_clear (&group.members[i]);
  g_source_destroy (stop);
  if (group.patience != NULL) {
    g_source_destroy (group.patience);
    g_source_unref (group.patience);
  }
  g_main_context_pop_thread_default (context);
  g_free (group.members);

  if (group.error != NULL) {
    g_propagate_error (error, group.error);
    return FALSE;
  }

  return TRUE;
}

const MillRunner mill_runner_multiprocess = { run_processes, run_processes };
