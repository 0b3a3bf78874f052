/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "app/mill-comparison-view.h"
#include "app/mill-details.h"
#include "app/mill-figure-table.h"
#include "app/mill-kind-list.h"
#include "app/mill-library.h"
#include "app/mill-results-page.h"
#include "chart-fixture.h"
#include "charts/mill-chart-kind.h"
#include "sample-results.h"

static MillResultsPage *
page_new (MillResult *result, GtkWindow **window)
{
  MillResultsPage *page = MILL_RESULTS_PAGE (mill_results_page_new ());

  mill_results_page_set_result (page, result, FALSE);
  mill_result_free (result);
  *window = chart_fixture_window_new (GTK_WIDGET (page), 1100, 760);
  return page;
}

/* The first widget of a type below another. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_empty (void)
{
  MillResultsPage *page = MILL_RESULTS_PAGE (mill_results_page_new ());
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (page), 1100, 760);

  mill_results_page_add_actions (page, G_ACTION_MAP (actions));
  g_assert_null (mill_results_page_get_result (page));
  g_assert_null (mill_results_page_get_spec (page));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (actions), "save-chart"));
  g_assert_true (gtk_widget_get_mapped (find (GTK_WIDGET (page), ADW_TYPE_STATUS_PAGE)));
  mill_results_page_save_chart (page);
  mill_results_page_copy_chart (page);
  mill_results_page_show_details (page);
  g_clear_object (&actions);
  chart_fixture_close (window, page);
}

static void
test_kinds (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  MillKindList *kinds = MILL_KIND_LIST (find (GTK_WIDGET (page), MILL_TYPE_KIND_LIST));
  MillChartSpec *spec = mill_results_page_get_spec (page);

  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    g_autoptr (MillChartSpec) one = mill_chart_spec_with_kind (spec, (MillChartKind) i);
    g_autofree char *reason = NULL;
    gboolean available = mill_chart_available (one, &reason);

    g_assert_cmpint (mill_kind_list_is_available (kinds, (MillChartKind) i), ==, available);
    if (!available)
      g_assert_cmpstr (mill_kind_list_get_reason (kinds, (MillChartKind) i), ==, reason);
  }
  g_assert_false (mill_kind_list_is_available (kinds, MILL_CHART_SCALING));
  g_assert_false (mill_kind_list_is_available (kinds, MILL_CHART_FAILURES));
  g_assert_true (mill_kind_list_is_available (kinds, MILL_CHART_TIME));

  /* What cannot be chosen stays unchosen. */
  mill_results_page_set_kind (page, MILL_CHART_SCALING);
  g_assert_cmpint (mill_results_page_get_kind (page), ==, MILL_CHART_TIME);
  g_assert_cmpint (mill_kind_list_get_kind (kinds), ==, MILL_CHART_TIME);
  mill_results_page_set_kind (page, MILL_CHART_LATENCY);
  g_assert_cmpint (mill_kind_list_get_kind (kinds), ==, MILL_CHART_LATENCY);
  g_assert_cmpint (mill_chart_spec_get_kind (mill_results_page_get_spec (page)), ==,
                   MILL_CHART_LATENCY);
  chart_fixture_close (window, page);
}

static void
count (int *n)
{
  (*n)++;
}

static void
test_actions (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GActionGroup *group = G_ACTION_GROUP (actions);
  int notified = 0;

  mill_results_page_add_actions (page, G_ACTION_MAP (actions));
  g_signal_connect_swapped (page, "notify::kind", G_CALLBACK (count), &notified);
  g_action_group_activate_action (group, "chart-kind", g_variant_new_string ("timeline"));
  g_assert_cmpint (mill_results_page_get_kind (page), ==, MILL_CHART_TIMELINE);
  g_action_group_activate_action (group, "chart-kind", g_variant_new_string ("timeline"));
  g_assert_cmpint (notified, ==, 1);
  g_action_group_activate_action (group, "timeline-view", g_variant_new_string ("request"));
  g_assert_cmpint (mill_chart_spec_get_options (mill_results_page_get_spec (page))->timeline_view,
                   ==, MILL_TIMELINE_BY_REQUEST);
  g_assert_true (g_action_group_get_action_enabled (group, "save-chart"));
  g_assert_false (g_action_group_get_action_enabled (group, "export-result"));
  mill_results_page_set_result (page, NULL, FALSE);
  g_assert_false (g_action_group_get_action_enabled (group, "save-chart"));
  g_clear_object (&actions);
  chart_fixture_close (window, page);
}

/* The chart sharpens with each round, and what is looked at stays. */
static void
test_live (void)
{
  g_autoptr (MillResult) whole = sample_result_first ();
  g_autoptr (MillResult) growing = mill_result_copy (whole);
  MillResultsPage *page = MILL_RESULTS_PAGE (mill_results_page_new ());
  GtkWindow *window;

  g_ptr_array_set_size (growing->trials, 4);
  mill_result_summarise (growing);
  mill_results_page_set_result (page, growing, TRUE);
  window = chart_fixture_window_new (GTK_WIDGET (page), 1100, 760);
  mill_results_page_set_kind (page, MILL_CHART_LATENCY);
  g_assert_cmpuint (mill_results_page_get_result (page)->trials->len, ==, 4);

  /* The page has a copy: the document may go on growing. */
  g_ptr_array_add (growing->trials, mill_trial_result_copy (g_ptr_array_index (whole->trials, 4)));
  mill_result_summarise (growing);
  g_assert_cmpuint (mill_results_page_get_result (page)->trials->len, ==, 4);
  mill_results_page_set_result (page, whole, FALSE);
  g_assert_cmpuint (mill_results_page_get_result (page)->trials->len, ==, whole->trials->len);
  g_assert_cmpint (mill_results_page_get_kind (page), ==, MILL_CHART_LATENCY);
  chart_fixture_close (window, page);
}

/* What was to be drawn as soon as there is time may be gone by then. */
static void
test_gone (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  g_autoptr (MillResult) other = sample_result_first ();

  g_assert_true (gtk_widget_get_mapped (find (GTK_WIDGET (page), MILL_TYPE_KIND_LIST)));
  mill_results_page_set_result (page, other, FALSE);
  mill_results_page_set_result (page, NULL, FALSE);
  app_fixture_wait_until (!g_main_context_pending (NULL));
  g_assert_null (mill_results_page_get_spec (page));
  chart_fixture_close (window, page);
}

static void
test_document (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "results", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  MillLibrary *library = mill_library_new (folder);
  MillDocument *document = mill_library_add_result (library, sample_result_first ());
  MillResultsPage *page = MILL_RESULTS_PAGE (mill_results_page_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (page), 1100, 760);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  mill_results_page_add_actions (page, G_ACTION_MAP (actions));
  mill_results_page_set_document (page, document);
  app_fixture_wait_until (mill_results_page_get_result (page) != NULL);
  g_assert_true (mill_results_page_get_document (page) == document);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (actions), "export-result"));
  /* Another one comes while this is still read. */
  mill_results_page_set_document (page, document);
  mill_results_page_set_document (page, NULL);
  g_assert_null (mill_results_page_get_result (page));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (actions), "export-result"));
  chart_fixture_settle ();
  g_assert_null (mill_results_page_get_result (page));
  g_clear_object (&actions);
  chart_fixture_close (window, page);
  app_fixture_wait_until (!mill_library_is_busy (library));
  app_fixture_finalize (library);
}

static void
test_figures (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  MillFigureTable *table = MILL_FIGURE_TABLE (find (GTK_WIDGET (page), MILL_TYPE_FIGURE_TABLE));

  g_assert_cmpuint (mill_figure_table_get_n_rows (table), ==, 5);
  g_assert_cmpstr (mill_figure_table_get_cell (table, 1, 0), ==, "sync");
  g_assert_cmpstr (mill_figure_table_get_cell (table, 4, 0), ==, "hybrid:4x20");
  g_assert_null (mill_figure_table_get_cell (table, 5, 0));
  chart_fixture_close (window, page);
}

static void
test_compares (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  MillComparisonView *comparison;
  MillFigureTable *table;

  g_ptr_array_add (results, sample_result_first ());
  g_ptr_array_add (results, sample_result_first ());
  mill_results_page_compare (page, results);
  chart_fixture_settle ();
  g_assert_cmpuint (mill_chart_spec_get_n_results (mill_results_page_get_spec (page)), ==, 2);
  comparison = MILL_COMPARISON_VIEW (find (GTK_WIDGET (page), MILL_TYPE_COMPARISON_VIEW));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (comparison)));
  table = MILL_FIGURE_TABLE (find (GTK_WIDGET (comparison), MILL_TYPE_FIGURE_TABLE));
  g_assert_cmpuint (mill_figure_table_get_n_rows (table), ==, 5);
  g_assert_cmpstr (mill_figure_table_get_cell (table, 1, 3), ==, "1 ×");
  g_assert_cmpstr (mill_figure_table_get_cell (table, 1, 4), ==, "no clear difference");

  g_autofree char *sentence = mill_comparison_sentence (results);
  g_assert_true (pango_parse_markup (sentence, -1, 0, NULL, NULL, NULL, NULL));
  g_assert_nonnull (strstr (sentence, "no clear difference"));
  /* What a presentation says below the chart of both is not the sentence of the first alone. */
  g_autofree char *shown = mill_results_page_dup_sentence (page);
  g_assert_nonnull (strstr (shown, "against the first"));
  chart_fixture_close (window, page);
}

/* What is compared fits what was run, and every pair and every run is named. */
static void
test_compare_claims (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  MillResult *second, *third;

  g_ptr_array_add (results, sample_result_first ());
  g_ptr_array_add (results, second = sample_result_first ());
  g_ptr_array_add (results, third = sample_result_first ());
  second->experiment->requests = 12345;
  third->experiment->keep_alive = !third->experiment->keep_alive;
  g_autofree char *conditions = mill_comparison_conditions (results);
  g_assert_nonnull (strstr (conditions, "80 and 12,345"));
  g_assert_nonnull (strstr (conditions, "kept its connections open"));

  /* Under a given rate the time is the same whatever the model does. */
  g_autofree char *times = mill_comparison_sentence (results);
  for (guint i = 0; i < results->len; i++)
    ((MillResult *) g_ptr_array_index (results, i))->experiment->rate = 100;
  for (guint i = 0; i < second->models->len; i++) {
    MillModelResult *model = g_ptr_array_index (second->models, i);

    model->sweep_value = 0.5;
    ((MillModelResult *) g_ptr_array_index (((MillResult *) results->pdata[0])->models, i))
        ->sweep_value = 0.5;
  }
  g_autoptr (GArray) pairs =
      mill_compare_results (results->pdata[0], second, MILL_FIGURE_WALL_TIME);
  g_autofree char *label = mill_comparison_label (&g_array_index (pairs, MillModelComparison, 0));
  g_assert_true (g_str_has_suffix (label, " @ 0.5"));
  g_autofree char *rates = mill_comparison_sentence (results);
  g_assert_cmpstr (times, !=, rates);
}

/* Nothing of the page needs more than the narrowest window has. */
static void
test_narrow (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  MillKindList *kinds = MILL_KIND_LIST (find (GTK_WIDGET (page), MILL_TYPE_KIND_LIST));
  int minimum;

  g_object_set (page, "folded", TRUE, "narrow", TRUE, NULL);
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    mill_results_page_set_kind (page, (MillChartKind) i);
    gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                        NULL);
    g_test_message ("%u: %d", i, minimum);
    g_assert_cmpint (minimum, <=, 360);
  }
  /* The kinds are in the popover then, and come back. */
  g_assert_nonnull (gtk_widget_get_ancestor (GTK_WIDGET (kinds), GTK_TYPE_POPOVER));
  g_object_set (page, "folded", FALSE, "narrow", FALSE, NULL);
  chart_fixture_settle ();
  g_assert_null (gtk_widget_get_ancestor (GTK_WIDGET (kinds), GTK_TYPE_POPOVER));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (kinds)));
  chart_fixture_close (window, page);
}

static char *
read_clipboard (GdkClipboard *clipboard, const char *mime_type, gsize *length)
{
  const char *const types[] = { mime_type, NULL };
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) copied = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  gdk_clipboard_read_async (clipboard, (const char **) types, G_PRIORITY_DEFAULT, NULL,
                            chart_fixture_on_result, &opened);
  g_autoptr (GInputStream) stream =
      gdk_clipboard_read_finish (clipboard, chart_fixture_wait (&opened), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, chart_fixture_on_result, &copied);
  g_output_stream_splice_finish (memory, chart_fixture_wait (&copied), &error);
  g_assert_no_error (error);
  *length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_copy (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_first (), &window);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (page));
  gsize png_length, svg_length;

  mill_results_page_copy_chart (page);
  g_autofree char *png = read_clipboard (clipboard, "image/png", &png_length);
  g_autofree char *svg = read_clipboard (clipboard, "image/svg+xml", &svg_length);
  g_assert_cmpuint (png_length, >, 1000);
  g_assert_cmpint (memcmp (png, "\x89PNG", 4), ==, 0);
  g_assert_nonnull (g_strstr_len (svg, (gssize) svg_length, "<svg"));
  gdk_clipboard_set_content (clipboard, NULL);
  chart_fixture_close (window, page);
}

static void
test_details (void)
{
  g_autoptr (MillResult) result = sample_result_failures ();
  MillDetails *details;
  GtkWidget *row;

  mill_result_add_warning (result, "noise", "sync", "The <times> vary & more");
  details = mill_details_new (NULL, result);
  gtk_window_present (GTK_WINDOW (details));
  chart_fixture_settle ();
  row = find (GTK_WIDGET (details), ADW_TYPE_EXPANDER_ROW);
  g_assert_nonnull (row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  chart_fixture_settle ();
  chart_fixture_close (GTK_WINDOW (details), NULL);
}

static void
test_awkward_results (void)
{
  GtkWindow *window;
  MillResultsPage *page = page_new (sample_result_published (), &window);

  for (guint i = 0; i < SAMPLE_N_NASTY; i++) {
    g_autoptr (MillResult) result = sample_result_nasty ((SampleNasty) i);

    g_test_message ("%s", sample_nasty_name ((SampleNasty) i));
    mill_results_page_set_result (page, result, FALSE);
    chart_fixture_settle ();
  }
  mill_results_page_set_result (page, NULL, FALSE);
  chart_fixture_close (window, page);
}

int
main (int argc, char **argv)
{
  chart_fixture_init (&argc, &argv);
  g_test_add_func ("/app/results-page/empty", test_empty);
  g_test_add_func ("/app/results-page/kinds", test_kinds);
  g_test_add_func ("/app/results-page/actions", test_actions);
  g_test_add_func ("/app/results-page/live", test_live);
  g_test_add_func ("/app/results-page/gone", test_gone);
  g_test_add_func ("/app/results-page/document", test_document);
  g_test_add_func ("/app/results-page/figures", test_figures);
  g_test_add_func ("/app/results-page/compares", test_compares);
  g_test_add_func ("/app/results-page/compare-claims", test_compare_claims);
  g_test_add_func ("/app/results-page/narrow", test_narrow);
  g_test_add_func ("/app/results-page/copy", test_copy);
  g_test_add_func ("/app/results-page/details", test_details);
  g_test_add_func ("/app/results-page/awkward-results", test_awkward_results);
  return app_fixture_run ();
}
