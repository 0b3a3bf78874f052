/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-bench.h"
#include "cli/mill-cli.h"
#include "cli/mill-progress-display.h"
#include "cli/mill-run-outputs.h"
#include "cli/mill-run-thresholds.h"
#include "experiment/mill-command-line.h"
#include "experiment/mill-error.h"
#include "platform/mill-folder.h"
#include "platform/mill-process.h"
#include "result/mill-threshold-check.h"
#include "result/mill-writers.h"

/* A run of the command line while its main loop turns. */
typedef struct {
  const MillRunOptions *options;
  const MillExperiment *experiment;
  GMainLoop *loop;
  MillBench *bench;
  MillResult *result;
  GError *error;
  gboolean output_lost; /* standard output took no more */
  gboolean reporting;   /* the outputs are being written */
  MillExit status;
} Run;

/* Writing is given so long once it was to stop: a pipe that nobody reads takes nothing, for ever.
 */
#define WRITING_GRACE_S 2

static const char *
advice_label (MillAdviceLevel level)
{
  switch (level) {
  case MILL_ADVICE_BLOCKER:
    return _ ("Error");
  case MILL_ADVICE_WARNING:
    return _ ("Warning");
  case MILL_ADVICE_NOTE:
  default:
    return _ ("Note");
  }
}

/* What will run, how long it will take, and what is to be foreseen: on standard error. */
static void
print_plan (const MillExperiment *experiment, const MillPlan *plan)
{
  g_autofree char *description = mill_experiment_describe (experiment);
  g_autofree char *total = mill_plan_describe_duration (plan->total_s);

  fprintf (stderr, "%s\n", description);
  for (guint i = 0; i < plan->estimates->len && plan->estimates->len > 1; i++) {
    const MillModelEstimate *estimate = g_ptr_array_index (plan->estimates, i);
    g_autofree char *time = mill_plan_describe_duration (estimate->total_s);
    g_autofree char *name =
        mill_cli_row_name (estimate->model, experiment->sweep, estimate->sweep_value);
    fprintf (stderr, _ ("  %-24s about %s%s\n"), name, time,
             estimate->projected ? _ (" (the rest is projected)") : "");
  }
  fprintf (
      stderr,
      ngettext ("%u trial, about %s in all\n", "%u trials, about %s in all\n", plan->trials->len),
      plan->trials->len, total);
  for (guint i = 0; i < plan->advice->len; i++) {
    const MillAdvice *advice = g_ptr_array_index (plan->advice, i);
    fprintf (stderr, "%s: %s\n", advice_label (advice->level), advice->message);
  }
}

static void
on_event (MillBench *bench, const char *line, gpointer data)
{
  Run *run = data;
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  /* It does not end the run: what was measured is still written. */
  if (!run->output_lost)
    run->output_lost = !mill_cli_print (text);
}

static gboolean
on_writing_stuck (gpointer data)
{
  Run *run = data;

  mill_run_outputs_rescue (run->result);
  exit (MILL_EXIT_STOPPED);
}

static gboolean
on_interrupt (gpointer data)
{
  Run *run = data;

  if (run->reporting) {
    g_timeout_add_seconds (WRITING_GRACE_S, on_writing_stuck, run);
    return G_SOURCE_REMOVE;
  }
  /* The second time, at once: the helper programs end with this one. */
  if (mill_bench_was_stopped (run->bench)) {
    if (mill_bench_get_folder (run->bench) != NULL)
      mill_folder_remove (mill_bench_get_folder (run->bench));
    exit (MILL_EXIT_STOPPED);
  }
  fputs (_ ("\nStopping; what was measured is kept.\n"), stderr);
  mill_bench_stop (run->bench);
  return G_SOURCE_CONTINUE;
}

/* Failures that nobody asked for: a trial that was cut short, or requests of an experiment without
 * an error or drop rate. */
static gboolean
has_unasked_failures (const MillResult *result)
{
  const MillServerSettings *server = &result->experiment->server;
  gboolean asked =
      result->experiment->urls == NULL && (server->error_rate > 0 || server->drop_rate > 0);

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    if (trial->status != MILL_TRIAL_COMPLETE || (trial->requests_failed > 0 && !asked))
      return TRUE;
  }
  return FALSE;
}

/* Each threshold that was missed is a line on standard error. */
static gboolean
check_thresholds (const MillRunOptions *options, const MillResult *result)
{
  g_autoptr (GPtrArray) checks = mill_thresholds_check (result, options->thresholds);

  for (guint i = 0; i < checks->len; i++) {
    const MillThresholdCheck *check = g_ptr_array_index (checks, i);
    if (!check->holds)
      fprintf (stderr, "threadmill-cli: %s\n", check->message);
  }
  return mill_thresholds_hold (checks);
}

static MillExit
report (Run *run)
{
  const MillRunOptions *options = run->options;
  gboolean written;

  if (!options->events && !options->quiet) {
    g_autofree char *table = mill_result_to_terminal (run->result);
    run->output_lost = !mill_cli_print (table);
  }
  written = mill_run_outputs_write (options, run->result, run->output_lost);
  if (mill_bench_was_stopped (run->bench))
    return MILL_EXIT_STOPPED;
  if (!written)
    return MILL_EXIT_NOT_RUN;
  if (!check_thresholds (options, run->result))
    return MILL_EXIT_THRESHOLD;
  return has_unasked_failures (run->result) ? MILL_EXIT_REQUESTS_FAILED : MILL_EXIT_DONE;
}

static void
report_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;

  run->status = report (run);
  g_task_return_boolean (task, TRUE);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_main_loop_quit (run->loop);
}

/* The outputs are written beside the main loop, so that writing can be interrupted too. */
static void
on_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  Run *run = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_reported, run);

  run->result = mill_bench_run_finish (run->bench, async_result, &run->error);
  if (run->result == NULL) {
    g_main_loop_quit (run->loop);
    return;
  }
  run->reporting = TRUE;
  g_task_set_task_data (task, run, NULL);
  g_task_run_in_thread (task, report_in_thread);
}

static MillExit
run_bench (Run *run)
{
  const MillRunOptions *options = run->options;
  /* A terminal that cannot erase a line gets plain lines. */
  gboolean terminal =
      mill_process_stderr_is_terminal () && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  g_autoptr (MillProgressDisplay) display = NULL;

  if (!options->quiet) {
    print_plan (run->experiment, mill_bench_get_plan (run->bench));
    display = mill_progress_display_new (run->bench, run->experiment, terminal);
  }
  if (options->events)
    g_signal_connect (run->bench, "event", G_CALLBACK (on_event), run);
  mill_process_on_interrupt (on_interrupt, run);
  mill_bench_run_async (run->bench, NULL, on_done, run);
  g_main_loop_run (run->loop);
  return run->result != NULL ? run->status : mill_cli_fail (run->error);
}

MillExit
mill_command_run (GStrv arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (MillExperiment) experiment =
      mill_experiment_from_arguments (arguments, options, &error);
  MillExit status;

  if (experiment == NULL)
    return mill_cli_usage_error ("run", "%s", error->message);
  if (options->help) {
    /* The usage line begins with the name of the program. */
    g_set_prgname ("threadmill-cli run");
    g_autofree char *help = mill_run_options_get_help ();
    return mill_cli_print (help) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
  }

  Run run = { .options = options, .experiment = experiment };
  run.bench = mill_bench_new (experiment);
  if (!mill_plan_check (mill_bench_get_plan (run.bench), &error) ||
      !mill_run_thresholds_foresee (options, experiment, mill_bench_get_plan (run.bench), &error) ||
      !mill_run_outputs_check (options, &error)) {
    status = mill_cli_fail (error);
  } else {
    run.loop = g_main_loop_new (NULL, FALSE);
    status = run_bench (&run);
    g_main_loop_unref (run.loop);
  }
  g_clear_pointer (&run.result, mill_result_free);
  g_clear_error (&run.error);
  g_object_unref (run.bench);
  return status;
}
