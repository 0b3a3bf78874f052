/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "experiment/mill-model.h"
#include "window-bench.h"
#include "../../app/app-fixture.h"

#define PATIENCE_S 120

void
window_bench_fail (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("not measured: %s\n", text);
  exit (1);
}

static gboolean
on_late (gpointer data)
{
  window_bench_fail ("%s took longer than %d s", (const char *) data, PATIENCE_S);
}

void
window_bench_wait (WindowBenchCondition condition, gpointer data, const char *what)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, on_late, (gpointer) what);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
on_painted (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

void
window_bench_wait_for_frame (MillWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  window_bench_wait (is_true, &painted, "a frame");
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  window_bench_wait (is_mapped, window, "the window");
  window_bench_wait_for_frame (MILL_WINDOW (window));
  ((WindowBenchFunc) data) (MILL_WINDOW (window));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (window);
  window_bench_wait (is_gone, &window, "closing");
}

static void
run_application (WindowBenchFunc func)
{
  g_autoptr (MillApplication) application = mill_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), (gpointer) func);
  if (g_application_run (G_APPLICATION (application), 0, NULL) != 0)
    window_bench_fail ("the application did not run");
}

int
window_bench_run (int *argc, char ***argv, void (*prepare) (void), WindowBenchFunc func)
{
  app_fixture_init (argc, argv);
  if (prepare != NULL)
    prepare ();
  run_application (func);
  return app_fixture_run ();
}

MillExperiment *
window_bench_experiment (const char *models, gint64 requests, double delay_s)
{
  MillExperiment *experiment = mill_experiment_new ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&experiment->models, g_array_unref);
  experiment->models = mill_model_list_parse (models, MILL_WORKLOAD_HTTP, &error);
  if (experiment->models == NULL)
    window_bench_fail ("%s", error->message);
  experiment->requests = requests;
  experiment->server.delay_s = delay_s;
  return experiment;
}

static gboolean
can_run (gpointer data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (data), "run");
}

void
window_bench_start (MillWindow *window, const MillExperiment *experiment)
{
  mill_window_show_experiment (window, experiment);
  window_bench_wait (can_run, window, "the plan");
  g_action_group_activate_action (G_ACTION_GROUP (window), "run", NULL);
  if (!mill_session_is_running (mill_window_get_session (window)))
    window_bench_fail ("the experiment did not start");
}

static gboolean
has_finished (gpointer data)
{
  return !mill_session_is_running (data);
}

static void
check_complete (const MillResult *result)
{
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (trial->status != MILL_TRIAL_COMPLETE || trial->requests_failed > 0)
      window_bench_fail ("a trial of %s is not complete", trial->model);
  }
}

const MillResult *
window_bench_finish (MillWindow *window)
{
  MillSession *session = mill_window_get_session (window);
  const MillResult *result;

  window_bench_wait (has_finished, session, "the experiment");
  result = mill_session_get_result (session);
  if (result == NULL)
    window_bench_fail ("the experiment has no result");
  check_complete (result);
  return result;
}

MillResult *
window_bench_run_command (const char *models, gint64 requests, int repetitions)
{
  g_autofree char *path = g_build_filename (g_getenv ("MILL_TEST_HOME"), "cli.threadmill", NULL);
  g_autofree char *requests_text = g_strdup_printf ("%" G_GINT64_FORMAT, requests);
  g_autofree char *repetitions_text = g_strdup_printf ("%d", repetitions);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, g_getenv ("MILL_TEST_CLI"),
                        "run", "--quiet", "--models", models, "--requests", requests_text,
                        "--repeat", repetitions_text, "--output", path, NULL);
  MillResult *result = NULL;

  if (process != NULL && g_subprocess_wait_check (process, NULL, &error))
    result = mill_result_load (file, NULL, &error);
  if (result == NULL)
    window_bench_fail ("the command line: %s", error->message);
  check_complete (result);
  return result;
}

void
window_bench_at_most (const char *what, double value, double limit, const char *unit)
{
  g_print ("%s %s: %.4g%s, at most %.4g%s\n", value <= limit ? "kept  " : "MISSED", what, value,
           unit, limit, unit);
}
