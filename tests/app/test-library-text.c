/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "library-fixture.h"

static void
count_notify (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_rename (LibraryFixture *f, gconstpointer data)
{
  MillDocument *document = mill_library_add_result (f->library, example_result_new ("Old", 1));
  guint n_notified = 0;

  g_signal_connect (document, "notify::name", G_CALLBACK (count_notify), &n_notified);
  /* While it is being written for the first time. */
  mill_library_rename (f->library, document, "  New name ");
  mill_library_rename (f->library, document, "New name");
  mill_library_rename (f->library, document, "   ");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (mill_document_get_name (document), ==, "New name");
  library_settle (f);
  g_assert_cmpstr (mill_document_peek_result (document)->name, ==, "New name");

  /* Much too long, and with characters of several bytes at the cut. */
  g_autoptr (GString) text = g_string_new ("x");
  while (text->len < 100000)
    g_string_append (text, "ü\"\n");
  mill_library_set_notes (f->library, document, text->str);
  mill_library_rename (f->library, document, text->str);
  g_signal_handlers_disconnect_by_data (document, &n_notified);

  library_reopen (f);
  document = library_nth (f, 0);
  g_assert_true (mill_document_is_readable (document));
  g_assert_true (g_utf8_validate (mill_document_get_name (document), -1, NULL));
  g_assert_true (g_str_has_prefix (mill_document_get_name (document), "xü\""));
  g_assert_cmpuint (strlen (mill_document_get_notes (document)), >, 30000);
  mill_library_set_notes (f->library, document, "For Monday");
  library_reopen (f);
  g_assert_cmpstr (mill_document_get_notes (library_nth (f, 0)), ==, "For Monday");
  const MillResult *result = library_load (library_nth (f, 0), NULL);
  g_assert_cmpstr (result->notes, ==, "For Monday");
  g_assert_cmpuint (result->trials->len, ==, 10);
  g_assert_cmpuint (f->n_failed, ==, 0);
}

static void
test_search (LibraryFixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean found;
  } cases[] = {
    { "", TRUE },           { "first", TRUE },    { "main-loop", TRUE },
    { "monday", TRUE },     { "MONDAY's", TRUE }, { "ÜBUNG", TRUE },
    { "first sync", TRUE }, { "hybrid", FALSE },  { "first hybrid", FALSE },
  };
  MillDocument *document = library_add (f, "First experiment");

  mill_library_set_notes (f->library, document, "For Monday's übung");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = g_utf8_casefold (cases[i].text, -1);
    g_auto (GStrv) words = g_strsplit (folded, " ", -1);

    g_assert_cmpint (mill_document_matches (document, (const char *const *) words), ==,
                     cases[i].found);
  }
}

static void
test_file_name (LibraryFixture *f, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *file;
  } cases[] = {
    { "First experiment", "first-experiment.threadmill" },
    { "../../etc/passwd", "etc-passwd.threadmill" },
    { "CON", "result-con.threadmill" },
    { "***", "result.threadmill" },
    { "Grüße: a/b", "grusse-a-b.threadmill" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillDocument *document = library_add (f, cases[i].name);
    g_autofree char *file = mill_document_suggest_file_name (document, ".threadmill");

    g_assert_cmpstr (file, ==, cases[i].file);
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (LibraryFixture *, gconstpointer);
  } tests[] = {
    { "/library-text/rename", test_rename },
    { "/library-text/search", test_search },
    { "/library-text/file-name", test_file_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, LibraryFixture, NULL, library_set_up, tests[i].test,
                library_tear_down);
  return g_test_run ();
}
