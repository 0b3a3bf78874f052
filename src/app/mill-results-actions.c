/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-chart-content.h"
#include "app/mill-details.h"
#include "app/mill-print.h"
#include "app/mill-result-export.h"
#include "app/mill-results-page.h"
#include "app/mill-save-dialog.h"
#include "app/mill-window.h"

/* The clipboard's PNG is for screens of twice the density. */
#define COPY_SCALE 2.0

static GtkWindow *
get_window (MillResultsPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
toast (MillResultsPage *page, const char *text)
{
  GtkWindow *window = get_window (page);

  if (MILL_IS_WINDOW (window))
    mill_window_toast (MILL_WINDOW (window), text, NULL, NULL);
}

static void
on_image_saved (MillResultsPage *page, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  toast (page, text);
}

void
mill_results_page_save_chart (MillResultsPage *page)
{
  MillChartSpec *spec = mill_results_page_get_spec (page);
  GtkWidget *chart = GTK_WIDGET (mill_results_page_get_chart (page));
  MillSaveDialog *dialog;

  if (spec == NULL)
    return;
  dialog = mill_save_dialog_new (get_window (page), spec);
  mill_save_dialog_set_shown_size (dialog, gtk_widget_get_width (chart),
                                   gtk_widget_get_height (chart));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_image_saved), page, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mill_results_page_copy_chart (MillResultsPage *page)
{
  MillChartSpec *spec = mill_results_page_get_spec (page);
  g_autoptr (GdkContentProvider) content = NULL;
  MillExportOptions options;

  if (spec == NULL)
    return;
  mill_export_options_init (&options);
  options.scale = COPY_SCALE;
  content = mill_chart_content_new (spec, &options);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (page)), content);
  toast (page, _ ("Chart copied"));
}

void
mill_results_page_print_chart (MillResultsPage *page)
{
  MillChartSpec *spec = mill_results_page_get_spec (page);

  if (spec != NULL)
    mill_print_chart (get_window (page), spec);
}

void
mill_results_page_export (MillResultsPage *page)
{
  MillDocument *document = mill_results_page_get_document (page);

  g_autoptr (GPtrArray) documents = g_ptr_array_new ();

  if (document == NULL)
    return;
  g_ptr_array_add (documents, document);
  mill_result_export (get_window (page), documents);
}

void
mill_results_page_show_details (MillResultsPage *page)
{
  const MillResult *result = mill_results_page_get_result (page);

  if (result != NULL)
    gtk_window_present (GTK_WINDOW (mill_details_new (get_window (page), result)));
}

static const struct {
  const char *name;
  void (*run) (MillResultsPage *page);
  gboolean document; /* needs one of the library */
} commands[] = {
  { "save-chart", mill_results_page_save_chart, FALSE },
  { "copy-chart", mill_results_page_copy_chart, FALSE },
  { "print-chart", mill_results_page_print_chart, FALSE },
  { "export-result", mill_results_page_export, TRUE },
  { "details", mill_results_page_show_details, FALSE },
};

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (g_action_get_name (G_ACTION (action)), commands[i].name))
      commands[i].run (MILL_RESULTS_PAGE (data));
  }
}

static void
update_actions (MillResultsPage *page, GActionMap *actions)
{
  gboolean result = mill_results_page_get_result (page) != NULL;
  gboolean document = mill_results_page_get_document (page) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (actions, commands[i].name)),
        result && (document || !commands[i].document));
}

void
mill_results_page_add_actions (MillResultsPage *page, GActionMap *actions)
{
  static const struct {
    const char *name, *property;
  } states[] = { { "chart-kind", "kind" },
                 { "timeline-view", "timeline-view" },
                 { "show-data", "show-data" } };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autoptr (GSimpleAction) action = g_simple_action_new (commands[i].name, NULL);

    g_signal_connect_object (action, "activate", G_CALLBACK (on_action), page, 0);
    g_action_map_add_action (actions, G_ACTION (action));
  }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (GPropertyAction) action =
        g_property_action_new (states[i].name, page, states[i].property);

    g_action_map_add_action (actions, G_ACTION (action));
  }
  update_actions (page, actions);
  g_signal_connect_object (page, "result-changed", G_CALLBACK (update_actions), actions, 0);
}
