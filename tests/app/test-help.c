/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "app/mill-help-page.h"
#include "app/mill-help-window.h"

#define FOLDER MILL_APP_PATH "/help"
#define NARROW_PX 360

static const char *const pages[] = { "first-steps",   "models",          "reading-charts",
                                     "saving-images", "classroom",       "honest-measurement",
                                     "command-line",  "troubleshooting", "documents" };

/* All texts of a widget and what it holds, in order. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static GtkWidget *
page_new (const char *xml)
{
  return g_object_ref_sink (mill_help_page_new (xml, strlen (xml), FOLDER));
}

static void
remember_link (MillHelpPage *page, const char *uri, char **link)
{
  g_free (*link);
  *link = g_strdup (uri);
}

static void
test_page_shows_what_is_written (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *page = page_new (
      "<?xml version=\"1.0\"?><!DOCTYPE document SYSTEM \"CommonMark.dtd\">"
      "<document xmlns=\"http://commonmark.org/xml/1.0\">"
      "<heading level=\"1\"><text>Loops &amp; threads</text></heading>"
      "<paragraph><text>A </text>\n<strong>\n  <text>bold</text>\n</strong><softbreak/>"
      "<code>a &lt; b</code></paragraph>"
      "<list type=\"ordered\" start=\"3\"><item><paragraph><text>three</text></paragraph></item>"
      "<item><paragraph><text>four</text></paragraph></item></list>"
      "<code_block>one\ntwo\n</code_block></document>");

  collect (page, text);
  g_assert_cmpstr (text->str, ==, "Loops & threads\nA bold a < b\n3.\nthree\n4.\nfour\none\ntwo\n");
  g_assert_cmpstr (mill_help_page_get_title (MILL_HELP_PAGE (page)), ==, "Loops & threads");
  app_fixture_finalize (page);
}

static void
test_broken_page_says_so (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *page = page_new ("<document><heading level=\"1\">");

  collect (page, text);
  g_assert_cmpstr (text->str, !=, "");
  app_fixture_finalize (page);
}

static GtkLabel *
find_link (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), "<a href") != NULL)
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkLabel *found = find_link (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_link_is_told (void)
{
  g_autofree char *link = NULL;
  gboolean handled;
  GtkWidget *page =
      page_new ("<document><paragraph><link destination=\"models.md\"><text>here</text>"
                "</link></paragraph></document>");

  g_signal_connect (page, "link-activated", G_CALLBACK (remember_link), &link);
  g_signal_emit_by_name (find_link (page), "activate-link", "models.md", &handled);
  g_assert_true (handled);
  g_assert_cmpstr (link, ==, "models.md");
  app_fixture_finalize (page);
}

/* Each picture of a page is there, and described. */
static guint
check_pictures (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_PICTURE (widget)) {
    g_assert_nonnull (gtk_picture_get_paintable (GTK_PICTURE (widget)));
    g_assert_cmpstr (gtk_picture_get_alternative_text (GTK_PICTURE (widget)), !=, "");
    app_fixture_wait_until (gtk_widget_get_height (widget) > 50);
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_pictures (child);
  return n;
}

static void
check_links (MillHelpWindow *window, const char *xml)
{
  g_autoptr (GRegex) link = g_regex_new ("<link destination=\"([^\"#:/]+)\\.md", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (link, xml, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
    g_autofree char *id = g_match_info_fetch (match, 1);

    mill_help_window_show_page (window, id);
    g_assert_cmpstr (mill_help_window_get_page (window), ==, id);
  }
}

static void
test_every_page_opens (void)
{
  MillHelpWindow *window = mill_help_window_new (NULL);
  guint n_pictures = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW_PX, 600);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *path = g_strconcat (FOLDER "/", pages[i], ".xml", NULL);
    g_autoptr (GBytes) xml = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    int min_px;

    g_assert_nonnull (xml);
    mill_help_window_show_page (window, pages[i]);
    g_assert_cmpstr (mill_help_window_get_page (window), ==, pages[i]);
    gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &min_px, NULL, NULL,
                        NULL);
    g_assert_cmpint (min_px, <=, NARROW_PX);
    n_pictures += check_pictures (GTK_WIDGET (window));
    check_links (window, g_bytes_get_data (xml, NULL));
  }
  g_assert_cmpuint (n_pictures, >=, 9);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  app_fixture_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/help/page/shows-what-is-written", test_page_shows_what_is_written);
  g_test_add_func ("/help/page/broken", test_broken_page_says_so);
  g_test_add_func ("/help/page/link", test_link_is_told);
  g_test_add_func ("/help/window/every-page", test_every_page_opens);
  return app_fixture_run ();
}
