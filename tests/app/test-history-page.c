/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app/mill-history-page.h"
#include "app/mill-history-row.h"
#include "app-fixture.h"
#include "example-result.h"

typedef struct {
  GFile *folder;
  MillLibrary *library;
  GtkWidget *window;
  MillHistoryPage *page;
  MillDocument *first, *second; /* not owned */
  guint n_opened;
  guint n_compared; /* documents of the last signal */
  guint n_deleted;
} Fixture;

static void
on_open (MillHistoryPage *page, MillDocument *document, Fixture *f)
{
  f->n_opened++;
}

static void
on_compare (MillHistoryPage *page, GPtrArray *documents, Fixture *f)
{
  f->n_compared = documents->len;
  g_assert_true (g_ptr_array_index (documents, 0) == f->first);
}

static void
on_deleted (MillHistoryPage *page, guint n, Fixture *f)
{
  f->n_deleted += n;
}

static gboolean
is_idle (gpointer data)
{
  return !mill_library_is_busy (data) && !g_main_context_pending (NULL);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
settle (Fixture *f)
{
  example_wait (is_idle, f->library);
}

static MillDocument *
add (Fixture *f, const char *name, double factor)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new (name, factor));

  mill_document_release (document);
  return document;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = example_folder_new ();
  f->library = mill_library_new (f->folder);
  f->first = add (f, "First experiment", 1);
  f->second = add (f, "Second experiment", 2);
  f->page = MILL_HISTORY_PAGE (mill_history_page_new ());
  g_signal_connect (f->page, "open", G_CALLBACK (on_open), f);
  g_signal_connect (f->page, "compare", G_CALLBACK (on_compare), f);
  g_signal_connect (f->page, "deleted", G_CALLBACK (on_deleted), f);
  mill_history_page_set_library (f->page, f->library);
  f->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1100, 700);
  adw_window_set_content (ADW_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_present (GTK_WINDOW (f->window));
  example_wait (is_mapped, f->page);
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (f->page), (gpointer *) &f->page);
  gtk_window_destroy (GTK_WINDOW (f->window));
  settle (f);
  g_assert_null (f->page);
  app_fixture_finalize (f->library);
  example_folder_remove (f->folder);
  g_clear_object (&f->folder);
}

static void
test_search (Fixture *f, gconstpointer data)
{
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (f->library));

  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, n_all);
  mill_history_page_set_search (f->page, "SECOND EXPERIMENT main-loop:80");
  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, 1);
  mill_history_page_set_search (f->page, "no such thing");
  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, 0);
  settle (f);
  /* Showing a document takes away what hides it. */
  mill_history_page_select (f->page, f->first);
  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, n_all);
}

static void
test_select (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) none = mill_history_page_get_selection (f->page);

  g_assert_cmpuint (none->len, ==, 0);
  mill_history_page_compare (f->page);
  g_assert_cmpuint (f->n_compared, ==, 0);
  mill_history_page_toggle (f->page, f->first);
  mill_history_page_toggle (f->page, f->second);
  settle (f);
  mill_history_page_compare (f->page);
  g_assert_cmpuint (f->n_compared, ==, 2);
  mill_history_page_toggle (f->page, f->second);
  g_autoptr (GPtrArray) one = mill_history_page_get_selection (f->page);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (g_ptr_array_index (one, 0) == f->first);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (f->library));

  mill_history_page_delete (f->page);
  g_assert_cmpuint (f->n_deleted, ==, 0);
  mill_history_page_select (f->page, f->first);
  mill_history_page_toggle (f->page, f->second);
  mill_history_page_delete (f->page);
  g_assert_cmpuint (f->n_deleted, ==, 2);
  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, n_all - 2);
  g_autoptr (GPtrArray) none = mill_history_page_get_selection (f->page);
  g_assert_cmpuint (none->len, ==, 0);
  settle (f);
  mill_library_undo_delete (f->library);
  settle (f);
  g_assert_cmpuint (mill_history_page_get_n_visible (f->page), ==, n_all);
}

/* A document that goes while it is shown, and another one selected while it is read. */
static void
test_quick (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 20; i++) {
    mill_history_page_select (f->page, i % 2 == 0 ? f->first : f->second);
    g_main_context_iteration (NULL, FALSE);
  }
  mill_history_page_delete (f->page);
  settle (f);
  g_assert_cmpuint (f->n_deleted, ==, 1);
}

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_folded (Fixture *f, gconstpointer data)
{
  guint n = 0;

  g_signal_connect (f->page, "notify::folded", G_CALLBACK (count_notify), &n);
  g_object_set (f->page, "folded", TRUE, "narrow", TRUE, NULL);
  g_object_set (f->page, "folded", TRUE, NULL);
  g_assert_cmpuint (n, ==, 1);
  mill_history_page_select (f->page, f->first);
  mill_history_page_rename (f->page);
  settle (f);
  g_object_set (f->page, "folded", FALSE, "narrow", FALSE, NULL);
  g_assert_cmpuint (n, ==, 2);
  settle (f);
}

/* A narrow row leaves out what is not the name, and asks for less. */
static void
test_narrow_row (Fixture *f, gconstpointer data)
{
  GtkWidget *row = g_object_ref_sink (mill_history_row_new ());
  guint n = 0;
  int wide_px;
  int narrow_px;

  g_signal_connect (row, "notify::narrow", G_CALLBACK (count_notify), &n);
  mill_history_row_set_document (MILL_HISTORY_ROW (row), f->first);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &wide_px, NULL, NULL, NULL);
  g_object_set (row, "narrow", TRUE, NULL);
  g_object_set (row, "narrow", TRUE, NULL);
  g_assert_cmpuint (n, ==, 1);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &narrow_px, NULL, NULL, NULL);
  g_assert_cmpint (narrow_px + 54, <=, wide_px);
  g_object_set (row, "narrow", FALSE, NULL);
  g_assert_cmpuint (n, ==, 2);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &narrow_px, NULL, NULL, NULL);
  g_assert_cmpint (narrow_px, ==, wide_px);
  g_object_unref (row);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/history/search", test_search }, { "/history/select", test_select },
    { "/history/delete", test_delete }, { "/history/quick", test_quick },
    { "/history/folded", test_folded }, { "/history/narrow-row", test_narrow_row },
  };

  app_fixture_init (&argc, &argv);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return app_fixture_run ();
}
