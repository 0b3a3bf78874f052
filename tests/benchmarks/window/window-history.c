/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-history-page.h"
#include "result/mill-statistics.h"
#include "window-bench.h"

/* A thousand results of a real run in the user's folder: how long until they are listed, until
 * the history shows them, and how fast it scrolls and searches. */

#define DOCUMENTS 1000
#define SCROLL_STEPS 100
#define LIST_LIMIT_S 1.0
#define LIMIT_MS 50.0

static GFile *
results_folder (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), "threadmill", "results", NULL);
}

static void
write_documents (void)
{
  g_autoptr (MillResult) result = window_bench_run_command ("thread-pool:20,main-loop:80", 1000, 3);
  g_autoptr (GFile) folder = results_folder ();
  g_autoptr (GError) error = NULL;

  g_autofree char *text = mill_result_to_text (result);
  g_auto (GStrv) parts = g_strsplit (text, result->id, 2);

  g_file_make_directory_with_parents (folder, NULL, NULL);
  for (guint i = 0; i < DOCUMENTS; i++) {
    g_autofree char *name = g_strdup_printf ("%u.threadmill", i);
    g_autofree char *id = g_uuid_string_random ();
    g_autofree char *copy = g_strjoinv (id, parts);
    g_autoptr (GFile) file = g_file_get_child (folder, name);

    if (!g_file_replace_contents (file, copy, strlen (copy), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  NULL, &error))
      window_bench_fail ("%s", error->message);
  }
}

static gboolean
is_listed (gpointer data)
{
  return !mill_library_is_loading (data);
}

static guint
n_measured (MillLibrary *library)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (library)); i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (G_LIST_MODEL (library), i);

    n += !mill_document_is_published (document);
  }
  return n;
}

static void
measure_listing (MillWindow *window)
{
  gint64 begun_us = g_get_monotonic_time ();
  g_autoptr (MillLibrary) library = mill_library_new (NULL);
  double seconds;

  window_bench_wait (is_listed, library, "the list");
  seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
  if (n_measured (library) != DOCUMENTS)
    window_bench_fail ("%u documents are listed", n_measured (library));
  window_bench_at_most ("a thousand documents listed", seconds, LIST_LIMIT_S, " s");
}

static double
frame_ms (MillWindow *window, gint64 begun_us)
{
  window_bench_wait_for_frame (window);
  return (double) (g_get_monotonic_time () - begun_us) / 1000;
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
measure_showing (MillWindow *window)
{
  gint64 begun_us = g_get_monotonic_time ();

  g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                  g_variant_new_string ("history"));
  window_bench_at_most ("history shown for the first time", frame_ms (window, begun_us),
                        LIST_LIMIT_S * 1000, " ms");
}

static void
measure_scrolling (MillWindow *window, GtkWidget *list)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double page = gtk_adjustment_get_page_size (adjustment);
  double length = gtk_adjustment_get_upper (adjustment) - page;
  double times_ms[SCROLL_STEPS];

  if (length < 10 * page)
    window_bench_fail ("the history is too short to scroll");
  for (int i = 0; i < SCROLL_STEPS; i++) {
    gint64 begun_us = g_get_monotonic_time ();

    gtk_adjustment_set_value (adjustment, length * (i + 1) / SCROLL_STEPS);
    times_ms[i] = frame_ms (window, begun_us);
  }
  g_print ("       scrolling by ten rows: median %.1f ms\n", mill_median (times_ms, SCROLL_STEPS));
  window_bench_at_most ("scrolling by ten rows, 99 %", mill_quantile (times_ms, SCROLL_STEPS, 0.99),
                        LIMIT_MS, " ms");
}

static void
measure_search (MillWindow *window, MillHistoryPage *page)
{
  static const char *const texts[] = { "t", "th", "thr", "thread-pool", "thread-pool:200", "" };
  double times_ms[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    gint64 begun_us = g_get_monotonic_time ();

    mill_history_page_set_search (page, texts[i]);
    times_ms[i] = frame_ms (window, begun_us);
  }
  g_print ("       searching: slowest letter %.1f ms\n",
           mill_quantile (times_ms, G_N_ELEMENTS (texts), 1));
}

static void
measure (MillWindow *window)
{
  GtkWidget *page = find_type (GTK_WIDGET (window), MILL_TYPE_HISTORY_PAGE);
  GtkWidget *list;

  window_bench_wait (is_listed, mill_window_get_library (window), "the list");
  measure_showing (window);
  measure_listing (window);
  list = find_type (page, GTK_TYPE_LIST_VIEW);
  if (list == NULL)
    window_bench_fail ("the history has no list");
  measure_scrolling (window, list);
  measure_search (window, MILL_HISTORY_PAGE (page));
}

int
main (int argc, char *argv[])
{
  return window_bench_run (&argc, &argv, write_documents, measure);
}
