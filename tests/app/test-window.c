/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app/mill-application.h"
#include "app/mill-window.h"
#include "app-fixture.h"
#include "app-story.h"
#include "experiment/mill-preset.h"

static void
tell_opens_and_closes (MillApplication *application, MillWindow *window)
{

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_cmpstr (mill_window_get_page (window), ==, "experiment");
}

static void
tell_actions (MillApplication *application, MillWindow *window)
{
  static const char *const of_window[] = { "run",  "stop",         "page",           "preset",
                                           "open", "copy-command", "save-experiment" };
  static const char *const of_application[] = { "quit", "about", "help" };

  for (guint i = 0; i < G_N_ELEMENTS (of_window); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), of_window[i]));
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), "show-help-overlay"));
  for (guint i = 0; i < G_N_ELEMENTS (of_application); i++)
    g_assert_true (g_action_group_has_action (G_ACTION_GROUP (application), of_application[i]));
}

static void
tell_widths (MillApplication *application, MillWindow *window)
{
  static const struct {
    int width;
    gboolean folded;
    gboolean narrow;
  } cases[] = { { 1100, FALSE, FALSE },
                { 700, TRUE, FALSE },
                { 380, TRUE, TRUE },
                { 1000, FALSE, FALSE },
                { 380, TRUE, TRUE } };

  g_action_group_activate_action (G_ACTION_GROUP (window), "preset",
                                  g_variant_new_string ("first"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gtk_window_set_default_size (GTK_WINDOW (window), cases[i].width, 720);
    /* Nothing of the form makes the window wider than it was asked to be. */
    app_fixture_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= cases[i].width &&
                            mill_window_get_folded (window) == cases[i].folded &&
                            mill_window_get_narrow (window) == cases[i].narrow);
    if (cases[i].narrow)
      app_story_assert_fits (window, 350);
  }
}

/* Whether each part of the plan has the height that it needs, however much there is to say. */
static gboolean
rows_fit (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int beside = gtk_widget_get_margin_start (child) + gtk_widget_get_margin_end (child);
    int above = gtk_widget_get_margin_top (child) + gtk_widget_get_margin_bottom (child);
    graphene_rect_t bounds;
    int needed;
    if (!gtk_widget_get_visible (child))
      continue;
    g_assert_true (gtk_widget_compute_bounds (child, box, &bounds));
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
    if (bounds.size.width + beside < needed)
      return FALSE;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, (int) bounds.size.width + beside, &needed,
                        NULL, NULL, NULL);
    if (bounds.size.height + above < needed)
      return FALSE;
  }
  return TRUE;
}

/* Three models of it are slow, each with an advice of several lines. */
static MillExperiment *
long_experiment (void)
{
  MillExperiment *experiment = mill_preset_load ("first", NULL);

  experiment->requests = 10000;
  experiment->server.delay_s = 0.2;
  experiment->repetitions = 3;
  return experiment;
}

static void
wait_for_plan (MillWindow *window)
{
  MillExperimentPage *page = mill_window_get_experiment_page (window);

  app_fixture_wait_until (mill_experiment_page_get_plan (page) != NULL);
}

static void
assert_plan_fits (MillWindow *window)
{
  GtkWidget *pane = app_story_find (GTK_WIDGET (window), "MillPlanPane");

  wait_for_plan (window);
  app_fixture_wait_until (rows_fit (gtk_widget_get_first_child (pane)));
}

static void
tell_long_plan (MillApplication *application, MillWindow *window)
{
  g_autoptr (MillExperiment) experiment = long_experiment ();

  mill_window_show_experiment (window, experiment);
  assert_plan_fits (window);
}

typedef struct {
  guint n_rounds;
  guint n_models;
  gboolean measuring;
  gboolean finished;
  gboolean failed;
} Run;

static void
on_progress (Run *run)
{
  run->measuring = TRUE;
}

static void
on_round (MillSession *session, const MillResult *result, Run *run)
{
  run->n_rounds++;
  run->n_models = result->models->len;
}

static void
on_finished (MillSession *session, MillDocument *document, const GError *error, Run *run)
{
  run->finished = TRUE;
  run->failed = error != NULL;
}

static MillExperiment *
short_experiment (void)
{
  MillExperiment *experiment = mill_preset_load ("first", NULL);

  experiment->requests = 20;
  experiment->server.delay_s = 0.01;
  experiment->repetitions = 2;
  return experiment;
}

static void
tell_run (MillApplication *application, MillWindow *window)
{
  MillSession *session = mill_window_get_session (window);
  g_autoptr (MillExperiment) experiment = short_experiment ();
  Run run = { 0 };

  g_signal_connect (session, "round-finished", G_CALLBACK (on_round), &run);
  g_signal_connect (session, "run-finished", G_CALLBACK (on_finished), &run);
  mill_window_show_experiment (window, experiment);
  g_action_group_activate_action (G_ACTION_GROUP (window), "run", NULL);
  g_assert_true (mill_session_is_running (session));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "stop"));
  app_fixture_wait_until (run.finished);
  g_assert_false (run.failed);
  g_assert_cmpuint (run.n_rounds, ==, 2);
  g_assert_cmpuint (run.n_models, ==, 4);
  g_assert_false (mill_session_is_running (session));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "stop"));
  const MillResult *result = mill_session_get_result (session);
  g_assert_cmpuint (result->trials->len, ==, 8);
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    g_assert_cmpint (trial->status, ==, MILL_TRIAL_COMPLETE);
    g_assert_cmpint (trial->verified, ==, 1);
  }
}

static void
tell_stop (MillApplication *application, MillWindow *window)
{
  MillSession *session = mill_window_get_session (window);
  g_autoptr (MillExperiment) experiment = short_experiment ();
  Run run = { 0 };

  experiment->requests = 1000;
  experiment->server.delay_s = 1;
  g_signal_connect (session, "run-finished", G_CALLBACK (on_finished), &run);
  mill_window_show_experiment (window, experiment);
  g_action_group_activate_action (G_ACTION_GROUP (window), "run", NULL);
  g_signal_connect_swapped (mill_session_get_bench (session), "progress", G_CALLBACK (on_progress),
                            &run);
  app_fixture_wait_until (run.measuring);
  g_assert_false (run.finished);
  g_action_group_activate_action (G_ACTION_GROUP (window), "stop", NULL);
  app_fixture_wait_until (run.finished);
  g_assert_false (run.failed);
  g_assert_true (mill_bench_was_stopped (mill_session_get_bench (session)));
}

/* What is not valid is no crash, and can be set right. */
static void
tell_invalid (MillApplication *application, MillWindow *window)
{
  g_autoptr (MillExperiment) experiment = short_experiment ();

  g_array_set_size (experiment->models, 0);
  mill_window_show_experiment (window, experiment);
  wait_for_plan (window);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "preset",
                                  g_variant_new_string ("first"));
  wait_for_plan (window);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
}

static void
tell_leaves_experiment (MillApplication *application, MillWindow *window)
{
  g_autoptr (MillExperiment) experiment = long_experiment ();

  experiment->seed = 77;
  mill_window_show_experiment (window, experiment);
}

static gint64
shown_seed (MillWindow *window)
{
  g_autoptr (MillExperiment) experiment =
      mill_experiment_page_get_experiment (mill_window_get_experiment_page (window));

  return experiment->seed;
}

static void
tell_finds_experiment (MillApplication *application, MillWindow *window)
{
  app_fixture_wait_until (shown_seed (window) == 77);
  assert_plan_fits (window);
}

static void
test_remembers_experiment (void)
{
  app_story_run (tell_leaves_experiment);
  app_story_run (tell_finds_experiment);
}

int
main (int argc, char *argv[])
{
  app_fixture_init (&argc, &argv);
  app_story_add ("/window/opens-and-closes", tell_opens_and_closes);
  app_story_add ("/window/actions", tell_actions);
  app_story_add ("/window/widths", tell_widths);
  app_story_add ("/window/long-plan", tell_long_plan);
  app_story_add ("/window/run", tell_run);
  app_story_add ("/window/stop", tell_stop);
  app_story_add ("/window/invalid", tell_invalid);
  g_test_add_func ("/window/remembers-experiment", test_remembers_experiment);
  return app_fixture_run ();
}
