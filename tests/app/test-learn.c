/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "app/mill-learn-page.h"
#include "app/mill-lesson-view.h"
#include "app/mill-presenter.h"
#include "app/mill-published-bar.h"
#include "chart-fixture.h"
#include "result/mill-published.h"
#include "sample-results.h"

/* A lesson of ten requests. */
static GFile *
example_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "example-lesson.json", NULL);

  return g_file_new_for_path (path);
}

static MillLesson *
example_new (void)
{
  g_autoptr (GFile) file = example_file ();
  g_autoptr (GPtrArray) problems = NULL;
  MillLesson *lesson = mill_lesson_load_file (file, NULL, &problems);

  for (guint i = 0; problems != NULL && i < problems->len; i++) {
    g_autofree char *text =
        mill_lesson_problem_to_string (g_ptr_array_index (problems, i), "example");

    g_test_message ("%s", text);
  }
  g_assert_nonnull (lesson);
  return lesson;
}

static MillLessonFlow *
flow_new (void)
{
  g_autoptr (MillLesson) lesson = example_new ();
  g_autoptr (MillSession) session = mill_session_new (NULL);

  return mill_lesson_flow_new (lesson, session, 1.0);
}

static void
count (int *n)
{
  (*n)++;
}

/* From the question to the reveal, a follow-up, and back. */
static void
test_flow (void)
{
  MillLessonFlow *flow = flow_new ();
  g_autofree char *reason = NULL;
  int changed = 0;

  g_signal_connect_swapped (flow, "changed", G_CALLBACK (count), &changed);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_QUESTION);
  g_assert_null (mill_lesson_flow_dup_chart (flow, FALSE));
  g_assert_true (mill_lesson_flow_can_run (flow, &reason));
  mill_lesson_flow_predict_choice (flow, "five");
  mill_lesson_flow_predict_choice (flow, "five");
  g_assert_cmpint (changed, ==, 1);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_PREDICTED);
  g_assert_true (mill_lesson_flow_run (flow));
  g_assert_false (mill_lesson_flow_run (flow));
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_RUNNING);
  g_assert_false (mill_lesson_flow_can_run (flow, NULL));
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_assert_cmpstr (mill_lesson_flow_get_failure (flow), ==, NULL);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_REVEALED);
  g_assert_true (mill_lesson_flow_is_done (flow));
  g_assert_nonnull (mill_lesson_flow_get_explanation (flow));
  g_assert_cmpuint (strlen (mill_lesson_flow_get_explanation (flow)->headline), >, 0);

  /* Too late for another prediction. */
  mill_lesson_flow_predict_choice (flow, "ten");
  g_assert_cmpstr (mill_lesson_flow_get_prediction (flow)->choice, ==, "five");
  g_autoptr (MillChartSpec) chart = mill_lesson_flow_dup_chart (flow, TRUE);
  g_assert_cmpint (mill_chart_spec_get_kind (chart), ==, MILL_CHART_TIME);
  g_assert_true (mill_chart_spec_get_options (chart)->large);

  mill_lesson_flow_set_step (flow, 1);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_PREDICTED);
  mill_lesson_flow_set_step (flow, 7);
  g_assert_cmpuint (mill_lesson_flow_get_step (flow), ==, 1);
  g_assert_true (mill_lesson_flow_run (flow));
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_assert_nonnull (mill_lesson_flow_get_result (flow));
  mill_lesson_flow_set_step (flow, 2);
  g_assert_true (mill_lesson_flow_run (flow));
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_autoptr (MillChartSpec) growth = mill_lesson_flow_dup_chart (flow, FALSE);
  g_assert_cmpint (mill_chart_spec_get_kind (growth), ==, MILL_CHART_SCALING);
  g_assert_cmpint (mill_chart_spec_get_options (growth)->figure, ==, MILL_FIGURE_MEMORY_MAX);
  mill_lesson_flow_restart (flow);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_QUESTION);
  g_assert_null (mill_lesson_flow_get_prediction (flow));
  app_fixture_finalize (flow);
}

/* A student who stops in the middle keeps what was measured, and is told that it does not
 * answer. */
static void
test_stopped (void)
{
  MillLessonFlow *flow = flow_new ();

  mill_lesson_flow_set_scale (flow, 10.0);
  mill_lesson_flow_predict_choice (flow, "two");
  g_assert_true (mill_lesson_flow_run (flow));
  app_fixture_wait_until (mill_lesson_flow_get_fraction (flow) > 0.02);
  mill_lesson_flow_stop (flow);
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_assert_false (mill_lesson_flow_is_done (flow));
  if (mill_lesson_flow_get_result (flow) != NULL)
    g_assert_true (mill_lesson_flow_get_explanation (flow)->undecided);
  else
    g_assert_nonnull (mill_lesson_flow_get_failure (flow));
  g_assert_cmpstr (mill_lesson_flow_get_prediction (flow)->choice, ==, "two");
  app_fixture_finalize (flow);
}

/* Opens a lesson as a file that is changed by `change`, and waits. */
static const char *
add_file (MillLessonShelf *shelf, GFile *file, GPtrArray **problems)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;

  mill_lesson_shelf_add_async (shelf, file, chart_fixture_on_result, &result);
  app_fixture_wait_until (result != NULL);
  id = mill_lesson_shelf_add_finish (shelf, result, problems, &error);
  g_assert_no_error (error);
  return id;
}

/* A copy of the example in which a text is another one. */
static GFile *
changed_file (const char *text, const char *other)
{
  g_autoptr (GFile) file = example_file ();
  g_autofree char *contents = NULL;
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "changed.json", NULL);

  g_assert_true (g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (contents, text, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  g_autofree char *changed = g_strjoinv (other, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  return g_file_new_for_path (path);
}

static void
test_shelf (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "own", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) good = example_file ();
  g_autoptr (GFile) bad = changed_file ("\"chart\": \"time\"", "\"chart\": \"tme\"");
  g_autoptr (GPtrArray) problems = NULL;
  MillLessonShelf *shelf = mill_lesson_shelf_new (folder);
  guint n = mill_lesson_shelf_get_n (shelf);
  int changed = 0;

  g_assert_cmpuint (n, >=, 14);
  g_assert_true (mill_lesson_file_is_lesson (good, NULL));
  g_assert_false (mill_lesson_file_is_lesson (folder, NULL));
  g_signal_connect_swapped (shelf, "changed", G_CALLBACK (count), &changed);
  /* A wrong one is told by its line, and not added. */
  g_assert_null (add_file (shelf, bad, &problems));
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpuint (((MillLessonProblem *) g_ptr_array_index (problems, 0))->line, >, 1);
  g_assert_cmpuint (mill_lesson_shelf_get_n (shelf), ==, n);
  g_clear_pointer (&problems, g_ptr_array_unref);

  g_assert_cmpstr (add_file (shelf, good, &problems), ==, "ten-at-once");
  g_assert_cmpstr (add_file (shelf, good, &problems), ==, "ten-at-once");
  g_assert_cmpint (changed, ==, 2);
  g_assert_cmpuint (mill_lesson_shelf_get_n (shelf), ==, n + 1);
  g_assert_true (mill_lesson_shelf_is_own (shelf, n));
  g_assert_false (mill_lesson_shelf_is_own (shelf, 0));
  app_fixture_finalize (shelf);

  /* It is there again the next time, until it is removed. */
  shelf = mill_lesson_shelf_new (folder);
  app_fixture_wait_until (mill_lesson_shelf_find (shelf, "ten-at-once") >= 0);
  mill_lesson_shelf_remove (shelf, (guint) mill_lesson_shelf_find (shelf, "ten-at-once"));
  g_assert_cmpint (mill_lesson_shelf_find (shelf, "ten-at-once"), ==, -1);
  g_autoptr (GFile) copy = g_file_get_child (folder, "ten-at-once.json");
  app_fixture_wait_until (!g_file_query_exists (copy, NULL));
  app_fixture_finalize (shelf);
}

static MillLearnPage *
page_new (GtkWindow **window, MillLessonShelf **shelf)
{
  MillLearnPage *page = MILL_LEARN_PAGE (mill_learn_page_new ());
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "lessons", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GSettings) settings = g_settings_new (MILL_APP_ID);
  g_autoptr (MillSession) session = mill_session_new (NULL);

  *shelf = mill_lesson_shelf_new (folder);
  mill_learn_page_set_up (page, session, NULL, settings, *shelf);
  *window = chart_fixture_window_new (GTK_WIDGET (page), 1000, 700);
  return page;
}

static void
test_page (void)
{
  GtkWindow *window;
  MillLessonShelf *shelf;
  MillLearnPage *page = page_new (&window, &shelf);
  g_autoptr (GFile) file = example_file ();
  g_autoptr (GPtrArray) problems = NULL;
  MillLessonFlow *flow;

  g_assert_cmpstr (mill_learn_page_get_visible (page), ==, "lessons");
  g_assert_false (mill_learn_page_show_lesson (page, "no-such-lesson"));
  g_assert_null (mill_learn_page_get_flow (page));
  add_file (shelf, file, &problems);
  g_assert_true (mill_learn_page_show_lesson (page, "ten-at-once"));
  g_assert_cmpstr (mill_learn_page_get_visible (page), ==, "lesson");
  flow = mill_learn_page_get_flow (page);
  mill_lesson_flow_predict_choice (flow, "two");
  /* What was done is still there after a look at something else. */
  GtkListBox *side = GTK_LIST_BOX (
      gtk_widget_get_template_child (GTK_WIDGET (page), MILL_TYPE_LEARN_PAGE, "side_list"));
  g_assert_nonnull (gtk_list_box_get_selected_row (side));
  mill_learn_page_show_adviser (page);
  g_assert_null (gtk_list_box_get_selected_row (side));
  g_assert_null (mill_learn_page_get_flow (page));
  g_assert_true (mill_learn_page_show_lesson (page, "ten-at-once"));
  g_assert_true (mill_learn_page_get_flow (page) == flow);
  g_assert_cmpint (mill_lesson_flow_get_phase (flow), ==, MILL_LESSON_PREDICTED);
  g_assert_false (mill_learn_page_is_running (page));
  mill_learn_page_show_list (page);
  g_clear_object (&shelf);
  chart_fixture_close (window, page);
}

/* A label below a widget that shows a text, or NULL. */
static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

/* The list and the button say the same time, and a lesson that was open before the scale was
 * changed names the new numbers everywhere, its follow-ups too. */
static void
test_scale (void)
{
  GtkWindow *window;
  MillLessonShelf *shelf;
  MillLearnPage *page = page_new (&window, &shelf);
  g_autoptr (GSettings) settings = g_settings_new (MILL_APP_ID);
  g_autofree char *estimate = NULL, *smaller = NULL;

  g_assert_true (mill_learn_page_show_lesson (page, "waiting-together"));
  estimate = mill_lesson_flow_dup_estimate (mill_learn_page_get_flow (page));
  g_assert_nonnull (find_label (GTK_WIDGET (page), "only 2\u00a0ms"));
  mill_learn_page_show_list (page);
  g_assert_nonnull (find_label (GTK_WIDGET (page), estimate));

  g_settings_set_double (settings, "lesson-scale", 0.1);
  g_assert_true (mill_learn_page_show_lesson (page, "waiting-together"));
  smaller = mill_lesson_flow_dup_estimate (mill_learn_page_get_flow (page));
  g_assert_cmpstr (smaller, !=, estimate);
  g_assert_nonnull (find_label (GTK_WIDGET (page), smaller));
  g_assert_nonnull (find_label (GTK_WIDGET (page), "only 0.2\u00a0ms"));
  g_assert_null (find_label (GTK_WIDGET (page), "only 2\u00a0ms"));
  g_settings_reset (settings, "lesson-scale");
  g_clear_object (&shelf);
  chart_fixture_close (window, page);
}

static void
test_problems (void)
{
  GtkWindow *window;
  MillLessonShelf *shelf;
  MillLearnPage *page = page_new (&window, &shelf);
  g_autoptr (GFile) bad = changed_file ("\"answer\": \"ten\"", "\"answer\": \"none\"");
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_null (add_file (shelf, bad, &problems));
  mill_learn_page_show_problems (page, bad, problems);
  g_assert_cmpstr (mill_learn_page_get_visible (page), ==, "problems");
  g_clear_object (&shelf);
  chart_fixture_close (window, page);
}

static void
test_adviser (void)
{
  MillAdviserView *view = MILL_ADVISER_VIEW (mill_adviser_view_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (view), 700, 700);
  g_autoptr (MillAdviser) walk = mill_adviser_new ();
  MillAdviserQuestion question;

  g_assert_false (mill_adviser_view_answer (view, "no-such-answer"));
  while (mill_adviser_get_question (walk, &question)) {
    g_assert_true (mill_adviser_answer (walk, question.answers[0].id));
    g_assert_true (mill_adviser_view_answer (view, question.answers[0].id));
  }
  app_fixture_wait_until (mill_adviser_view_get_recommendation (view) != NULL);
  /* Nothing was measured here: it must not recommend. */
  g_assert_cmpint (mill_adviser_view_get_recommendation (view)->state, ==,
                   MILL_RECOMMENDATION_UNDECIDED);
  g_assert_null (mill_adviser_view_get_recommendation (view)->model);
  g_assert_nonnull (mill_adviser_view_get_recommendation (view)->experiment);
  chart_fixture_close (window, view);
}

/* The pages of a lesson, by the keys of a clicker. */
static void
test_presenter (void)
{
  MillLessonFlow *flow = flow_new ();
  MillPresenter *presenter = mill_presenter_new_for_lesson (NULL, flow);

  gtk_window_present (GTK_WINDOW (presenter));
  app_fixture_wait_until (gtk_widget_get_mapped (GTK_WIDGET (presenter)));
  g_assert_cmpuint (mill_presenter_get_n_slides (presenter), ==, 6);
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_QUESTION);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Up));
  g_assert_cmpuint (mill_presenter_get_place (presenter), ==, 0);
  g_assert_false (mill_presenter_press (presenter, GDK_KEY_x));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_3));
  g_assert_false (mill_presenter_press (presenter, GDK_KEY_9));
  g_assert_cmpstr (mill_lesson_flow_get_prediction (flow)->choice, ==, "ten");
  /* Nothing of the answer can be reached before it was measured. */
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_End));
  g_assert_cmpuint (mill_presenter_get_place (presenter), ==, 1);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_true (mill_lesson_flow_is_running (flow));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_RUN);
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_CHART);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_autofree char *text = mill_slide_dup_text (mill_presenter_get_slide (presenter));
  g_assert_nonnull (strstr (text, mill_lesson_flow_get_explanation (flow)->headline));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_REPLAY);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Right));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_REPLAY);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_period));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_period));
  /* The lesson goes back to its question: so does the presenter. */
  mill_lesson_flow_restart (flow);
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_RUN);
  g_object_add_weak_pointer (G_OBJECT (presenter), (gpointer *) &presenter);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Escape));
  app_fixture_wait_until (presenter == NULL);
  app_fixture_finalize (flow);
}

/* Of a follow-up the choices are not shown: they answer another question. */
static void
test_present_follow_up (void)
{
  MillLessonFlow *flow = flow_new ();
  MillPresenter *presenter;

  mill_lesson_flow_set_step (flow, 1);
  presenter = mill_presenter_new_for_lesson (NULL, flow);
  gtk_window_present (GTK_WINDOW (presenter));
  app_fixture_wait_until (gtk_widget_get_mapped (GTK_WIDGET (presenter)));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_QUESTION);
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_RUN);
  app_fixture_wait_until (!mill_lesson_flow_is_running (flow));
  g_assert_nonnull (mill_lesson_flow_get_result (flow));
  g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_CHART);
  chart_fixture_close (GTK_WINDOW (presenter), NULL);
  app_fixture_finalize (flow);
}

static void
test_present_result (void)
{
  g_autoptr (MillChartSpec) spec =
      chart_fixture_spec_new (MILL_CHART_LATENCY, sample_result_first ());
  MillPresenter *presenter = mill_presenter_new_for_chart (NULL, spec, "The loop was faster.");
  guint n = mill_presenter_get_n_slides (presenter);

  gtk_window_present (GTK_WINDOW (presenter));
  app_fixture_wait_until (gtk_widget_get_mapped (GTK_WIDGET (presenter)));
  g_assert_cmpuint (n, >, 5);
  g_autofree char *text = mill_slide_dup_text (mill_presenter_get_slide (presenter));
  g_assert_nonnull (strstr (text, "The loop was faster."));
  for (guint i = 1; i < n; i++) {
    g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_CHART);
    g_assert_true (mill_presenter_press (presenter, GDK_KEY_Page_Down));
  }
  g_assert_cmpint (mill_presenter_get_kind (presenter), ==, MILL_SLIDE_REPLAY);
  mill_presenter_press (presenter, GDK_KEY_Page_Down);
  g_assert_cmpuint (mill_presenter_get_place (presenter), ==, n - 1);
  chart_fixture_close (GTK_WINDOW (presenter), NULL);
}

static void
on_run_wanted (MillPublishedBar *bar, const char *preset, const MillResult *result, char **wanted)
{
  g_assert_true (result->published);
  *wanted = g_strdup (preset);
}

static void
test_published (void)
{
  MillPublishedBar *bar = MILL_PUBLISHED_BAR (mill_published_bar_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (bar), 700, 400);
  g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;
  MillResult *published = mill_published_load ("80-requests", &error);

  g_assert_no_error (error);
  g_autoptr (MillChartSpec) alone =
      chart_fixture_spec_new (MILL_CHART_TIME, mill_result_copy (published));
  g_autoptr (MillChartSpec) measured =
      chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  g_ptr_array_add (both, sample_result_first ());
  g_ptr_array_add (both, published);
  g_autoptr (MillChartSpec) overlaid = mill_chart_spec_new (MILL_CHART_TIME, both, NULL);

  g_signal_connect (bar, "run", G_CALLBACK (on_run_wanted), &wanted);
  mill_published_bar_set_spec (bar, measured);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_false (mill_published_bar_run (bar));
  mill_published_bar_set_spec (bar, alone);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_true (mill_published_bar_run (bar));
  g_assert_nonnull (wanted);
  /* Side by side there is nothing more to run, but reasons why they differ. */
  mill_published_bar_set_spec (bar, overlaid);
  g_assert_false (mill_published_bar_run (bar));
  g_assert_cmpuint (strlen (mill_published_bar_get_text (bar)), >, 0);
  mill_published_bar_set_spec (bar, NULL);
  chart_fixture_close (window, bar);
}

int
main (int argc, char **argv)
{
  chart_fixture_init (&argc, &argv);
  g_test_add_func ("/app/learn/flow", test_flow);
  g_test_add_func ("/app/learn/stopped", test_stopped);
  g_test_add_func ("/app/learn/shelf", test_shelf);
  g_test_add_func ("/app/learn/page", test_page);
  g_test_add_func ("/app/learn/scale", test_scale);
  g_test_add_func ("/app/learn/problems", test_problems);
  g_test_add_func ("/app/learn/adviser", test_adviser);
  g_test_add_func ("/app/learn/presenter", test_presenter);
  g_test_add_func ("/app/learn/present-follow-up", test_present_follow_up);
  g_test_add_func ("/app/learn/present-result", test_present_result);
  g_test_add_func ("/app/learn/published", test_published);
  return app_fixture_run ();
}
