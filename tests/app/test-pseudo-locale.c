/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in a language whose texts are longer by two fifths, from left to right and from right
 * to left: nothing is cut off that cannot be read elsewhere, and nothing needs more than the
 * smallest width. LANGUAGE and TEXTDOMAINDIR name the language. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app-fixture.h"
#include "app-story.h"
#include "app/mill-help-window.h"
#include "app/mill-preferences.h"
#include "platform/mill-translations.h"
#include "result/mill-published.h"

#define WIDE_PX 1100
#define NARROW_PX 360

/* Whether a cut-off text can be read elsewhere: in a tooltip of its own or of what holds it, or in
 * the list of a choice. */
static gboolean
is_told_whole (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    if (gtk_widget_get_has_tooltip (widget) || ADW_IS_COMBO_ROW (widget))
      return TRUE;
  }
  return FALSE;
}

/* The labels that end in an ellipsis, one a line. */
static void
collect_cut (GtkWidget *widget, GString *cut)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) &&
      pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) &&
      !is_told_whole (widget))
    g_string_append_printf (cut, "%s in %s\n", gtk_label_get_text (GTK_LABEL (widget)),
                            G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_cut (child, cut);
}

static void
assert_whole (GtkWidget *widget, const char *what)
{
  g_autoptr (GString) cut = g_string_new (NULL);

  collect_cut (widget, cut);
  if (cut->len == 0)
    return;
  g_test_message ("%s: cut off:\n%s", what, cut->str);
  g_test_fail ();
}

static void
resize (MillWindow *window, int width_px)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, 760);
  app_fixture_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) <= width_px &&
                          mill_window_get_narrow (window) == (width_px == NARROW_PX));
}

static void
check_page (MillWindow *window, const char *what)
{
  int dpi_1024, wide_px;

  /* With larger text the layout of a wide window needs more of it. */
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi_1024, NULL);
  wide_px = WIDE_PX * dpi_1024 / (96 * 1024);
  resize (window, NARROW_PX);
  app_story_assert_fits (window, NARROW_PX);
  resize (window, wide_px);
  /* Until the pages have the layout of that width. */
  app_fixture_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) > NARROW_PX);
  for (int i = 0; i < 5; i++)
    app_fixture_turn ();
  assert_whole (GTK_WIDGET (window), what);
}

static void
activate (MillWindow *window, const char *action, const char *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action,
                                  parameter != NULL ? g_variant_new_string (parameter) : NULL);
}

static void
tell_pages (MillApplication *application, MillWindow *window)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  static const char *const published[] = { "80-requests", "sync-to-async" };

  check_page (window, "welcome");
  activate (window, "preset", "threads-sweep");
  check_page (window, "experiment");
  mill_window_show_page (window, "history");
  check_page (window, "history");
  mill_window_show_page (window, "learn");
  check_page (window, "learn");
  activate (window, "lesson", "waiting-together");
  check_page (window, "lesson");
  activate (window, "adviser", NULL);
  check_page (window, "adviser");
  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    g_ptr_array_add (results, mill_published_load (published[i], NULL));
  mill_window_show_comparison (window, results);
  check_page (window, "comparison");
}

/* The language is spoken at all. */
static void
test_spoken (void)
{
  g_assert_cmpstr (_ ("Help"), !=, "Help");
}

/* Twice as large as usual. */
static void
tell_large_text (MillApplication *application, MillWindow *window)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int usual;

  g_object_get (settings, "gtk-xft-dpi", &usual, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * usual, NULL);
  tell_pages (application, window);
}

static void
test_direction (gconstpointer data)
{
  gtk_widget_set_default_direction ((GtkTextDirection) GPOINTER_TO_INT (data));
}

int
main (int argc, char **argv)
{
  mill_translations_bind ();
  app_fixture_init (&argc, &argv);
  adw_init ();
  if (argc > 1 && g_str_equal (argv[1], "--large-text")) {
    app_story_add ("/large-text/pages", tell_large_text);
    return app_fixture_run ();
  }
  g_test_add_func ("/pseudo-locale/spoken", test_spoken);
  g_test_add_data_func ("/pseudo-locale/left-to-right", GINT_TO_POINTER (GTK_TEXT_DIR_LTR),
                        test_direction);
  app_story_add ("/pseudo-locale/left-to-right/pages", tell_pages);
  g_test_add_data_func ("/pseudo-locale/right-to-left", GINT_TO_POINTER (GTK_TEXT_DIR_RTL),
                        test_direction);
  app_story_add ("/pseudo-locale/right-to-left/pages", tell_pages);
  return app_fixture_run ();
}
