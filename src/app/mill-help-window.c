/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-help-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/mill-compat.h"
#include "app/mill-help-page.h"

#define FOLDER MILL_APP_PATH "/help"

/* The pages in reading order. */
static const struct {
  const char *id;
  const char *title;
} pages[] = {
  { "first-steps", N_ ("First Steps") },
  { "models", N_ ("The Models") },
  { "reading-charts", N_ ("Reading the Charts") },
  { "honest-measurement", N_ ("Honest Measurement") },
  { "saving-images", N_ ("Saving Images") },
  { "classroom", N_ ("In the Classroom") },
  { "command-line", N_ ("The Command Line") },
  { "documents", N_ ("Documents") },
  { "troubleshooting", N_ ("Troubleshooting") },
};

struct _MillHelpWindow {
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  AdwClamp *clamp;
  AdwWindowTitle *title;
  guint shown;
};

G_DEFINE_FINAL_TYPE (MillHelpWindow, mill_help_window, ADW_TYPE_WINDOW)

static guint
find_page (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_str_equal (pages[i].id, id))
      return i;
  }
  return 0;
}

/* Another page of the help by the name of its file, or something in the Web. */
static void
on_link (MillHelpWindow *self, const char *uri)
{
  const char *end = strstr (uri, ".md");

  if (g_uri_peek_scheme (uri) != NULL) {
    mill_compat_show_uri (GTK_WINDOW (self), uri);
  } else if (end != NULL && strchr (uri, '/') == NULL) {
    g_autofree char *id = g_strndup (uri, (gsize) (end - uri));

    mill_help_window_show_page (self, id);
  }
}

static void
on_row_activated (MillHelpWindow *self, GtkListBoxRow *row)
{
  mill_help_window_show_page (self, pages[gtk_list_box_row_get_index (row)].id);
}

static void
on_back (MillHelpWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
add_rows (MillHelpWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *label = gtk_label_new (_ (pages[i].title));

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_list_box_append (self->list, label);
  }
}

static void
mill_help_window_class_init (MillHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MillHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, MillHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MillHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, MillHelpWindow, clamp);
  gtk_widget_class_bind_template_child (widget_class, MillHelpWindow, title);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mill_help_window_init (MillHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
  mill_help_window_show_page (self, pages[0].id);
}

MillHelpWindow *
mill_help_window_new (GtkApplication *application)
{
  return g_object_new (MILL_TYPE_HELP_WINDOW, "application", application, NULL);
}

void
mill_help_window_show_page (MillHelpWindow *self, const char *id)
{
  guint index = find_page (id);
  g_autofree char *path = g_strconcat (FOLDER "/", pages[index].id, ".xml", NULL);
  g_autoptr (GBytes) xml = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *text = g_bytes_get_data (xml, &length);
  GtkWidget *page = mill_help_page_new (text, length, FOLDER);

  self->shown = index;
  /* The arrow keys scroll; and GTK looks for a link to focus only where something has it. */
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
  g_signal_connect_object (page, "link-activated", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (self->clamp, page);
  adw_window_title_set_title (self->title, _ (pages[index].title));
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) index));
}

const char *
mill_help_window_get_page (MillHelpWindow *self)
{
  return pages[self->shown].id;
}
