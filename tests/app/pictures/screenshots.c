/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app/mill-application.h"
#include "app/mill-history-page.h"
#include "app/mill-library.h"
#include "app/mill-replay-window.h"
#include "app/mill-window.h"
#include "experiment/mill-preset.h"
#include "platform/mill-translations.h"

/* Paints every page of the real window into PNG files, for people to look at. What runs is run for
 * real; the results come from the user's folder of results. */

#define DPI_UNIT 1024
#define SETTLE_MS 900
#define RUN_MS 6000
#define WAIT_MS 60000
#define REPLAYED_US 108000

static char *out_folder;
static char *only;
static int width_px = 1100;
static int height_px = 720;
static int scale = 1;
static int text_percent = 100;
static gboolean right_to_left;
static int status;

static const GOptionEntry options[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out_folder, "Folder of the pictures", "FOLDER" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Only scenes whose name begins so", "NAME" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width_px, "Width of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height_px, "Height of the window", "PIXELS" },
  { "scale", 0, 0, G_OPTION_ARG_INT, &scale, "Device pixels per pixel", "FACTOR" },
  { "text", 0, 0, G_OPTION_ARG_INT, &text_percent, "Size of the type", "PERCENT" },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &right_to_left, "Right to left", NULL },
  { NULL }
};

typedef enum { WINDOW_ITSELF, DIALOG } Subject;

typedef struct {
  const char *name;
  void (*prepare) (MillWindow *window, const char *detail);
  const char *detail;
  Subject subject;
} Scene;

static void
turn_for (int ms)
{
  gint64 end_us = g_get_monotonic_time () + ms * (gint64) 1000;

  while (g_get_monotonic_time () < end_us) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

static void
act (MillWindow *window, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, parameter);
}

static GtkWidget *
find_type (GtkWidget *widget, const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static MillDocument *
find_document (MillWindow *window, const char *name)
{
  GListModel *library = G_LIST_MODEL (mill_window_get_library (window));
  MillDocument *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (library) && found == NULL; i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (library, i);
    if (g_strcmp0 (mill_document_get_name (document), name) == 0)
      found = document;
  }
  return found;
}

static GtkWidget *
find_dialog (MillWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *item = toplevels; item != NULL; item = item->next) {
    if (item->data != window && gtk_widget_get_mapped (item->data))
      found = item->data;
  }
  return found;
}

static void
show_page (MillWindow *window, const char *page)
{
  mill_window_show_page (window, page);
}

static void
show_preset (MillWindow *window, const char *id)
{
  act (window, "preset", g_variant_new_string (id));
}

static void
show_invalid (MillWindow *window, const char *detail)
{
  g_autoptr (MillExperiment) experiment = mill_preset_load ("first", NULL);

  experiment->repetitions = 0;
  experiment->requests = 0;
  mill_window_show_experiment (window, experiment);
}

static void
show_run (MillWindow *window, const char *detail)
{
  show_preset (window, "first");
  turn_for (SETTLE_MS);
  act (window, "run", NULL);
  turn_for (RUN_MS);
}

static void
show_result (MillWindow *window, const char *kind)
{
  gboolean swept = g_str_equal (kind, "scaling");
  MillDocument *document = find_document (window, swept ? "Threads swept" : "First experiment");

  if (document == NULL)
    return;
  if (mill_window_get_visible_document (window) != document) {
    mill_window_show_document (window, document);
    turn_for (SETTLE_MS);
  }
  act (window, "chart-kind", g_variant_new_string (kind));
}

static void
show_unreadable (MillWindow *window, const char *detail)
{
  GListModel *library = G_LIST_MODEL (mill_window_get_library (window));

  for (guint i = 0; i < g_list_model_get_n_items (library); i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (library, i);
    if (!mill_document_is_readable (document))
      mill_window_show_document (window, document);
  }
}

static void
show_published (MillWindow *window, const char *name)
{
  MillDocument *document = find_document (window, name);

  if (document != NULL)
    mill_window_show_document (window, document);
  act (window, "chart-kind", g_variant_new_string ("time"));
}

static void
show_dialog (MillWindow *window, const char *action)
{
  if (g_str_has_prefix (action, "app."))
    g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), action + 4,
                                    NULL);
  else
    act (window, action, NULL);
}

static void
show_of_result (MillWindow *window, const char *action)
{
  show_result (window, "time");
  turn_for (SETTLE_MS);
  act (window, action, NULL);
}

/* While the threads and the loop both have answers to read. */
static void
show_replay (MillWindow *window, const char *action)
{
  GtkWidget *dialog;

  show_of_result (window, action);
  dialog = find_dialog (window);
  if (dialog != NULL) {
    MillReplayView *view = mill_replay_window_get_view (MILL_REPLAY_WINDOW (dialog));

    mill_replay_view_set_models (view, "thread-pool:20", "main-loop:80");
    mill_replay_view_set_time (view, REPLAYED_US);
  }
}

static MillHistoryPage *
get_history (MillWindow *window)
{
  mill_window_show_page (window, "history");
  return (MillHistoryPage *) find_type (GTK_WIDGET (window), "MillHistoryPage");
}

static void
show_history (MillWindow *window, const char *search)
{
  MillHistoryPage *page = get_history (window);

  mill_history_page_set_search (page, search != NULL ? search : "");
  if (search == NULL && find_document (window, "First experiment") != NULL)
    mill_history_page_select (page, find_document (window, "First experiment"));
}

static void
show_pair (MillWindow *window, const char *detail)
{
  MillHistoryPage *page = get_history (window);
  MillDocument *other = find_document (window, "First experiment again");

  show_history (window, NULL);
  if (other != NULL)
    mill_history_page_toggle (page, other);
}

static void
show_comparison (MillWindow *window, const char *detail)
{
  show_pair (window, NULL);
  turn_for (SETTLE_MS);
  act (window, "compare", NULL);
}

static void
show_lesson (MillWindow *window, const char *id)
{
  act (window, "lesson", g_variant_new_string (id));
}

static const Scene scenes[] = {
  { "welcome", show_page, "experiment" },
  { "results-empty", show_page, "results" },
  { "experiment", show_preset, "first" },
  { "experiment-invalid", show_invalid, NULL },
  { "results-time", show_result, "time" },
  { "results-speedup", show_result, "speedup" },
  { "results-latency", show_result, "latency" },
  { "results-distribution", show_result, "distribution" },
  { "results-timeline", show_result, "timeline" },
  { "results-resources", show_result, "resources" },
  { "results-scaling", show_result, "scaling" },
  { "results-unreadable", show_unreadable, NULL },
  { "save-image", show_of_result, "save-chart", DIALOG },
  { "details", show_of_result, "details", DIALOG },
  { "history", show_history, NULL },
  { "history-pair", show_pair, NULL },
  { "history-no-match", show_history, "nothing of this name" },
  { "comparison", show_comparison, NULL },
  { "learn", show_page, "learn" },
  { "lesson", show_lesson, "waiting-together" },
  { "adviser", show_dialog, "adviser" },
  { "published", show_published, "80 requests of about 0.1 s" },
  { "replay", show_replay, "replay", DIALOG },
  { "presenter", show_of_result, "present", DIALOG },
  { "help", show_dialog, "app.help", DIALOG },
  { "preferences", show_dialog, "app.preferences", DIALOG },
  { "shortcuts", show_dialog, "show-help-overlay", DIALOG },
  { "about", show_dialog, "app.about", DIALOG },
  /* The last: what it leaves behind has the name of a whole result. */
  { "run", show_run, NULL },
};

static void
paint (GtkWidget *widget, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (out_folder, file, NULL);
  GskRenderNode *node;

  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL) {
    g_printerr ("%s: nothing to paint\n", name);
    status = 1;
    return;
  }
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (widget)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) (width * scale), (float) (height * scale)));
  gsk_render_node_unref (node);
  if (!gdk_texture_save_to_png (texture, path)) {
    g_printerr ("%s: cannot be written\n", path);
    status = 1;
  }
}

static void
play (MillWindow *window, const Scene *scene)
{
  MillSession *session = mill_window_get_session (window);
  GtkWidget *subject = GTK_WIDGET (window);

  scene->prepare (window, scene->detail);
  turn_for (SETTLE_MS);
  if (scene->subject == DIALOG)
    subject = find_dialog (window);
  if (subject == NULL) {
    g_printerr ("%s: did not open\n", scene->name);
    status = 1;
    return;
  }
  paint (subject, scene->name);
  if (scene->subject == DIALOG)
    gtk_window_destroy (GTK_WINDOW (subject));
  mill_session_stop (session);
  for (int waited_ms = 0; mill_session_is_running (session) && waited_ms < WAIT_MS; waited_ms += 50)
    turn_for (50);
}

static void
on_activate (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));

  g_object_set (settings, "gtk-xft-dpi", 96 * DPI_UNIT * text_percent / 100,
                "gtk-enable-animations", FALSE, NULL);
  gtk_window_set_default_size (window, width_px, height_px);
  turn_for (SETTLE_MS);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++) {
    if (only == NULL || g_str_has_prefix (scenes[i].name, only))
      play (MILL_WINDOW (window), &scenes[i]);
  }
  gtk_window_close (window);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillApplication) application = NULL;

  mill_translations_bind ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || out_folder == NULL) {
    g_printerr ("%s\n", error != NULL ? error->message : "--out is needed");
    return 2;
  }
  gtk_init ();
  if (right_to_left)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  application = mill_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), NULL);
  g_application_run (G_APPLICATION (application), 0, NULL);
  g_free (out_folder);
  g_free (only);
  return status;
}
