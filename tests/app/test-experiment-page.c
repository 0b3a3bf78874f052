/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app/mill-experiment-page.h"
#include "app/mill-model-row.h"
#include "app/mill-note-row.h"
#include "app/mill-number-row.h"
#include "app/mill-work-section.h"
#include "experiment/mill-command-line.h"
#include "experiment/mill-json.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-url-list.h"
#include "app-fixture.h"
#include "random-experiment.h"

#define N_RANDOM 150

static MillExperimentPage *
page_new (void)
{
  return MILL_EXPERIMENT_PAGE (g_object_ref_sink (mill_experiment_page_new ()));
}

/* Until the plan of what the form says now is there. */
static void
await_plan (MillExperimentPage *page)
{
  while (mill_experiment_page_get_plan (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
to_text (const MillExperiment *experiment)
{
  g_autoptr (JsonNode) node = mill_experiment_to_json (experiment);

  return mill_json_to_line (node);
}

static void
assert_round_trip (MillExperimentPage *page, const MillExperiment *experiment)
{
  g_autoptr (MillExperiment) got = NULL;
  g_autofree char *wanted_text = to_text (experiment);
  g_autofree char *got_text = NULL;

  mill_experiment_page_set_experiment (page, experiment);
  got = mill_experiment_page_get_experiment (page);
  got_text = to_text (got);
  g_assert_cmpstr (got_text, ==, wanted_text);
  g_assert_true (mill_experiment_equal (got, experiment));
  g_assert_true (got->allow_remote_load == experiment->allow_remote_load);
}

static void
test_presets (void)
{
  MillExperimentPage *page = page_new ();
  g_auto (GStrv) ids = mill_preset_ids ();

  g_assert_cmpuint (g_strv_length (ids), >, 10);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillExperiment) experiment = mill_preset_load (ids[i], NULL);
    assert_round_trip (page, experiment);
    await_plan (page);
    g_assert_cmpstr (mill_experiment_page_get_reason (page), ==, NULL);
  }
  app_fixture_finalize (page);
}

static void
test_random (void)
{
  MillExperimentPage *page = page_new ();

  for (guint seed = 0; seed < N_RANDOM; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    g_test_message ("seed %u", seed);
    /* The form knows no difference between an empty name and none. */
    if (g_strcmp0 (experiment->name, "") == 0)
      g_clear_pointer (&experiment->name, g_free);
    assert_round_trip (page, experiment);
  }
  app_fixture_finalize (page);
}

/* What the plan pane shows runs the same: as a shell reads it, through the parser of the command
 * line. */
static void
assert_command (MillExperimentPage *page, const MillExperiment *experiment)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (MillExperiment) parsed = NULL;
  g_autoptr (GError) error = NULL;

  mill_experiment_page_set_experiment (page, experiment);
  await_plan (page);
  g_shell_parse_argv (mill_experiment_page_get_command (page), NULL, &words, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (words[0], ==, "threadmill-cli");
  g_assert_cmpstr (words[1], ==, "run");
  parsed = mill_experiment_from_arguments (words + 2, options, &error);
  g_assert_no_error (error);
  g_assert_true (mill_experiment_equal (parsed, experiment));
}

static void
test_command (void)
{
  MillExperimentPage *page = page_new ();
  g_auto (GStrv) ids = mill_preset_ids ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillExperiment) experiment = mill_preset_load (ids[i], NULL);
    assert_command (page, experiment);
  }
  for (guint seed = 0; seed < N_RANDOM; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    /* Several URLs stand in a file of the user, which the text only names. */
    if (experiment->urls == NULL || g_strv_length (experiment->urls) == 1)
      assert_command (page, experiment);
  }
  app_fixture_finalize (page);
}

/* The first widget of a type below `widget` that `matches`, depth first. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *title)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (title == NULL ||
       g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, title);
  return found;
}

static MillNumberRow *
find_number (MillExperimentPage *page, const char *title)
{
  GtkWidget *row = find (GTK_WIDGET (page), MILL_TYPE_NUMBER_ROW, title);

  g_assert_nonnull (row);
  return MILL_NUMBER_ROW (row);
}

static void
test_problem_in_place (void)
{
  MillExperimentPage *page = page_new ();
  MillNumberRow *requests = find_number (page, "Requests");

  await_plan (page);
  g_assert_null (mill_experiment_page_get_reason (page));
  mill_number_row_set_text (requests, "many");
  await_plan (page);
  g_assert_nonnull (mill_number_row_get_problem (requests));
  g_assert_nonnull (mill_experiment_page_get_reason (page));
  mill_number_row_set_text (requests, "40");
  await_plan (page);
  g_assert_null (mill_number_row_get_problem (requests));
  g_assert_null (mill_experiment_page_get_reason (page));
  app_fixture_finalize (page);
}

/* What only does not go together is told in place too. */
static void
test_problem_of_several_fields (void)
{
  MillExperimentPage *page = page_new ();
  g_autoptr (MillExperiment) experiment = mill_preset_load ("first", NULL);
  MillNumberRow *jitter = find_number (page, "Jitter");

  experiment->server.distribution = MILL_DISTRIBUTION_UNIFORM;
  experiment->server.jitter_s = 0.5;
  mill_experiment_page_set_experiment (page, experiment);
  await_plan (page);
  g_assert_nonnull (mill_number_row_get_problem (jitter));
  g_assert_cmpstr (mill_experiment_page_get_reason (page), ==,
                   mill_number_row_get_problem (jitter));
  mill_number_row_set_text (jitter, "0.05");
  await_plan (page);
  g_assert_null (mill_number_row_get_problem (jitter));
  g_assert_null (mill_experiment_page_get_reason (page));
  app_fixture_finalize (page);
}

static void
test_no_model (void)
{
  MillExperimentPage *page = page_new ();
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();

  mill_experiment_page_set_experiment (page, experiment);
  await_plan (page);
  g_assert_nonnull (mill_experiment_page_get_reason (page));
  app_fixture_finalize (page);
}

static void
test_bad_url (void)
{
  MillExperimentPage *page = page_new ();
  g_autoptr (MillExperiment) experiment = mill_preset_load ("first", NULL);
  GtkWidget *url = find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "URL");
  const char *const urls[] = { "htp:/nowhere", NULL };

  experiment->urls = g_strdupv ((char **) urls);
  mill_experiment_page_set_experiment (page, experiment);
  await_plan (page);
  g_assert_nonnull (mill_experiment_page_get_reason (page));
  g_assert_true (gtk_widget_has_css_class (url, "error"));
  gtk_editable_set_text (GTK_EDITABLE (url), "http://127.0.0.1:8080/");
  await_plan (page);
  g_assert_null (mill_experiment_page_get_reason (page));
  g_assert_false (gtk_widget_has_css_class (url, "error"));
  app_fixture_finalize (page);
}

static void
test_url_list (void)
{
  MillExperimentPage *page = page_new ();
  MillWorkSection *work =
      MILL_WORK_SECTION (find (GTK_WIDGET (page), MILL_TYPE_WORK_SECTION, NULL));
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "urls.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MillExperiment) experiment = NULL;
  static const char text[] = "# two\nhttp://127.0.0.1:1/a\nhttp://127.0.0.1:1/b\n";

  g_assert_true (mill_file_write (file, text, -1, NULL, NULL));
  mill_work_section_load_list (work, file);
  do {
    g_main_context_iteration (NULL, TRUE);
    g_clear_pointer (&experiment, mill_experiment_free);
    experiment = mill_experiment_page_get_experiment (page);
  } while (experiment->urls == NULL || experiment->urls[0] == NULL);
  g_assert_cmpstr (experiment->urls[0], ==, "http://127.0.0.1:1/a");
  g_assert_cmpstr (experiment->urls[1], ==, "http://127.0.0.1:1/b");
  g_assert_null (experiment->urls[2]);
  await_plan (page);
  g_assert_null (mill_experiment_page_get_reason (page));

  g_assert_true (mill_file_write (file, "not a url\n", -1, NULL, NULL));
  mill_work_section_load_list (work, file);
  while (mill_experiment_page_get_reason (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
  app_fixture_finalize (page);
}

static void
test_same_model_again (void)
{
  MillExperimentPage *page = page_new ();
  GtkWidget *pool = find (GTK_WIDGET (page), MILL_TYPE_MODEL_ROW, "thread-pool");
  MillModelSpec spec = { .kind = MILL_MODEL_THREAD_POOL, .workers = 100, .in_flight = 1 };
  g_autoptr (MillExperiment) experiment = NULL;
  const MillModelSpec *models;

  g_signal_emit_by_name (pool, "add-again", &spec);
  experiment = mill_experiment_page_get_experiment (page);
  models = &g_array_index (experiment->models, MillModelSpec, 0);
  g_assert_cmpuint (experiment->models->len, ==, 5);
  g_assert_cmpint (models[1].workers, ==, 20);
  g_assert_cmpint (models[2].kind, ==, MILL_MODEL_THREAD_POOL);
  g_assert_cmpint (models[2].workers, ==, 100);

  g_signal_emit_by_name (pool, "move", 1);
  g_clear_pointer (&experiment, mill_experiment_free);
  experiment = mill_experiment_page_get_experiment (page);
  models = &g_array_index (experiment->models, MillModelSpec, 0);
  g_assert_cmpint (models[1].workers, ==, 100);
  g_assert_cmpint (models[2].workers, ==, 20);

  g_signal_emit_by_name (pool, "remove");
  g_clear_pointer (&experiment, mill_experiment_free);
  experiment = mill_experiment_page_get_experiment (page);
  g_assert_cmpuint (experiment->models->len, ==, 4);
  app_fixture_finalize (page);
}

static void
test_remedy (void)
{
  MillExperimentPage *page = page_new ();
  g_autoptr (MillExperiment) experiment = mill_preset_load ("first", NULL);
  g_autoptr (MillExperiment) projected = NULL;
  const MillAdvice *advice;

  experiment->requests = 10000;
  experiment->server.delay_s = 0.2;
  mill_experiment_page_set_experiment (page, experiment);
  await_plan (page);
  advice = g_ptr_array_index (mill_experiment_page_get_plan (page)->advice, 0);
  g_assert_cmpstr (advice->code, ==, "slow-model");
  g_assert_cmpint (advice->remedy_requests, >, 0);
  double before_s = mill_experiment_page_get_plan (page)->total_s;

  GtkWidget *pane = find (GTK_WIDGET (page), g_type_from_name ("MillPlanPane"), NULL);
  g_signal_emit_by_name (pane, "remedy", advice);
  projected = mill_experiment_page_get_experiment (page);
  g_assert_cmpint (mill_experiment_get_projection (projected, "sync"), >, 0);
  await_plan (page);
  g_assert_cmpfloat (mill_experiment_page_get_plan (page)->total_s, <, before_s / 4);
  app_fixture_finalize (page);
}

/* The permission is for the hosts that it was given for. */
static void
test_permission_ends_with_target (void)
{
  MillExperimentPage *page = page_new ();
  g_autoptr (MillExperiment) experiment = mill_preset_load ("first", NULL);
  g_autoptr (MillExperiment) got = NULL;
  GtkWidget *url = find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "URL");
  const char *const urls[] = { "http://example.org/", NULL };

  experiment->urls = g_strdupv ((char **) urls);
  experiment->allow_remote_load = TRUE;
  mill_experiment_page_set_experiment (page, experiment);
  mill_number_row_set_text (find_number (page, "Requests"), "500");
  got = mill_experiment_page_get_experiment (page);
  g_assert_true (got->allow_remote_load);
  gtk_editable_set_text (GTK_EDITABLE (url), "http://example.com/");
  g_clear_pointer (&got, mill_experiment_free);
  got = mill_experiment_page_get_experiment (page);
  g_assert_false (got->allow_remote_load);
  app_fixture_finalize (page);
}

int
main (int argc, char *argv[])
{
  app_fixture_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/experiment-page/presets", test_presets);
  g_test_add_func ("/experiment-page/random", test_random);
  g_test_add_func ("/experiment-page/command", test_command);
  g_test_add_func ("/experiment-page/problem-in-place", test_problem_in_place);
  g_test_add_func ("/experiment-page/problem-of-several-fields", test_problem_of_several_fields);
  g_test_add_func ("/experiment-page/no-model", test_no_model);
  g_test_add_func ("/experiment-page/bad-url", test_bad_url);
  g_test_add_func ("/experiment-page/url-list", test_url_list);
  g_test_add_func ("/experiment-page/same-model-again", test_same_model_again);
  g_test_add_func ("/experiment-page/remedy", test_remedy);
  g_test_add_func ("/experiment-page/permission-ends-with-target",
                   test_permission_ends_with_target);
  return app_fixture_run ();
}
