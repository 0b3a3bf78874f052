/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-story.h"

#include "app-fixture.h"

static void
on_activate (GtkApplication *application, gpointer data)
{
  AppStory story = (AppStory) data;
  MillWindow *window = MILL_WINDOW (gtk_application_get_active_window (application));

  app_fixture_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));
  story (MILL_APPLICATION (application), window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  app_fixture_wait_until (window == NULL);
}

void
app_story_run (AppStory story)
{
  MillApplication *application = mill_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), (gpointer) story);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 0, NULL), ==, 0);
  app_fixture_finalize (application);
}

static void
run (gconstpointer data)
{
  app_story_run ((AppStory) data);
}

void
app_story_add (const char *path, AppStory story)
{
  g_test_add_data_func (path, (gconstpointer) story, run);
}

/* Names what needs more than `width`, outermost first. */
static void
report_wide (GtkWidget *widget, int width, int depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= width || !gtk_widget_get_visible (widget))
    return;
  g_test_message ("%*s%s needs %d", depth, "", G_OBJECT_TYPE_NAME (widget), minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    report_wide (child, width, depth + 1);
}

void
app_story_assert_fits (MillWindow *window, int width_px)
{
  GtkWidget *content = gtk_widget_get_first_child (
      adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)));
  int minimum;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  report_wide (content, width_px, 0);
  g_assert_cmpint (minimum, <=, width_px);
}

GtkWidget *
app_story_find (GtkWidget *widget, const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = app_story_find (child, type);
  return found;
}
