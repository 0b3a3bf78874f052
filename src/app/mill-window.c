/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-attention.h"
#include "app/mill-compat.h"
#include "app/mill-library.h"
#include "app/mill-last-experiment.h"
#include "app/mill-open.h"
#include "app/mill-remote-load.h"
#include "app/mill-results-page.h"
#include "app/mill-run-page.h"
#include "app/mill-welcome.h"
#include "app/mill-width-bin.h"
#include "app/mill-window-history.h"
#include "app/mill-window-learn.h"
#include "app/mill-window-published.h"
#include "app/mill-window.h"
#include "experiment/mill-permission.h"
#include "experiment/mill-preset.h"

struct _MillWindow {
  AdwApplicationWindow parent_instance;

  MillWidthBin *bin;
  GtkStack *title_stack;
  AdwWindowTitle *title;
  GtkButton *open_button;
  AdwToastOverlay *toasts;
  AdwViewStack *pages;
  AdwViewSwitcherBar *switcher_bar;
  GtkStack *experiment_stack;
  MillWelcome *welcome;
  MillExperimentPage *experiment_page;
  MillResultsPage *results_page;
  MillRunPage *run_page;
  MillHistoryPage *history_page;
  MillLearnPage *learn_page;

  GSettings *settings;
  MillLibrary *library;       /* or NULL */
  MillWindowHistory *history; /* NULL without a library */
  MillWindowLearn *learn;
  MillWindowPublished *published;
  MillSession *session;
  gboolean experiment_touched; /* the last experiment comes too late */
  gint64 run_started_us;
  gboolean is_first_run;   /* the results open by themselves after the first round */
  gboolean results_follow; /* the results show the run, not what was opened meanwhile */
  gboolean is_closing;     /* as soon as the run has ended */
};

enum { PROP_0, PROP_FOLDED, PROP_NARROW, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MillWindow, mill_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_action_enabled (MillWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
on_runnable_changed (MillWindow *self)
{
  gboolean running = self->session != NULL && mill_session_is_running (self->session);

  if (g_action_map_lookup_action (G_ACTION_MAP (self), "run") == NULL)
    return;
  set_action_enabled (self, "run",
                      !running && mill_experiment_page_get_reason (self->experiment_page) == NULL);
  set_action_enabled (self, "stop", running);
}

/* The form, or what runs in its place. */
static void
show_form (MillWindow *self)
{
  gtk_stack_set_visible_child_name (self->experiment_stack, "form");
  g_settings_set_boolean (self->settings, "welcome", FALSE);
}

static void
on_page_changed (MillWindow *self)
{
  GtkWidget *child = adw_view_stack_get_visible_child (self->pages);

  if (child != NULL)
    adw_window_title_set_title (
        self->title, adw_view_stack_page_get_title (adw_view_stack_get_page (self->pages, child)));
}

static void
on_width_changed (MillWindow *self)
{
  gboolean narrow = mill_width_bin_get_narrow (self->bin);

  gtk_stack_set_visible_child_name (self->title_stack, narrow ? "title" : "switcher");
  adw_view_switcher_bar_set_reveal (self->switcher_bar, narrow);
  if (narrow)
    gtk_button_set_icon_name (self->open_button, "document-open-symbolic");
  else
    gtk_button_set_label (self->open_button, _ ("_Open…"));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

/* Pages follow the width by the properties that they have. */
static void
follow_width (MillWindow *self, gpointer page)
{
  static const char *const names[] = { "folded", "narrow" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), names[i]) != NULL)
      g_object_bind_property (self, names[i], page, names[i], G_BINDING_SYNC_CREATE);
  }
}

static void
on_experiment_changed (MillWindow *self)
{
  self->experiment_touched = TRUE;
}

static void
start_run (MillWindow *self, const MillExperiment *experiment)
{
  show_form (self);
  mill_last_experiment_save (experiment);
  mill_session_start (self->session, experiment);
}

static void
on_permission_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  MillWindow *self = MILL_WINDOW (source);
  g_autoptr (MillExperiment) experiment = data;

  if (!mill_compat_ask_finish (result))
    return;
  experiment->allow_remote_load = TRUE;
  mill_experiment_page_set_experiment (self->experiment_page, experiment);
  start_run (self, experiment);
}

static void
run_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindow *self = MILL_WINDOW (data);
  g_autoptr (MillExperiment) experiment =
      mill_experiment_page_get_experiment (self->experiment_page);
  g_autoptr (GError) error = NULL;

  if (mill_experiment_validate (experiment, NULL) && experiment->urls != NULL &&
      !mill_experiment_check_permission (experiment, &error))
    mill_remote_load_ask_async (GTK_WINDOW (self), experiment, on_permission_answered,
                                mill_experiment_copy (experiment));
  else
    start_run (self, experiment);
}

static void
stop_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_session_stop (MILL_WINDOW (data)->session);
}

static void
page_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_window_show_page (MILL_WINDOW (data), g_variant_get_string (parameter, NULL));
}

static void
preset_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindow *self = MILL_WINDOW (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment =
      mill_preset_load (g_variant_get_string (parameter, NULL), &error);

  if (experiment == NULL) {
    mill_window_toast (self, error->message, NULL, NULL);
    return;
  }
  mill_window_show_experiment (self, experiment);
}

static void
copy_command_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindow *self = MILL_WINDOW (data);
  g_autoptr (MillExperiment) experiment =
      mill_experiment_page_get_experiment (self->experiment_page);
  g_autofree char *command = mill_experiment_to_command_line (experiment);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  mill_window_toast (self, _ ("Command copied"), NULL, NULL);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_open_choose (MILL_WINDOW (data));
}

static void
save_experiment_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_open_save_experiment (MILL_WINDOW (data));
}

static void
on_first_run (MillWindow *self)
{
  self->is_first_run = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (self), "preset", g_variant_new_string ("first"));
  run_action (NULL, NULL, self);
}

static void
on_set_up (MillWindow *self)
{
  show_form (self);
}

static void
on_run_started (MillWindow *self, MillBench *bench)
{
  self->results_follow = !mill_window_learn_owns_run (self->learn);
  self->run_started_us = g_get_monotonic_time ();
  on_runnable_changed (self);
  mill_run_page_set_bench (self->run_page, bench);
  gtk_stack_set_visible_child_name (self->experiment_stack, "run");
}

/* The chart sharpens with every round. */
static void
on_round_finished (MillWindow *self, const MillResult *result)
{
  if (self->results_follow)
    mill_results_page_set_result (self->results_page, result, TRUE);
  if (self->is_first_run && g_strcmp0 (mill_window_get_page (self), "experiment") == 0)
    mill_window_show_page (self, "results");
  self->is_first_run = FALSE;
}

/* The results open by themselves where they are awaited; whoever looks at something else is told
 * that they are there. */
static void
show_outcome (MillWindow *self, MillDocument *document)
{
  const char *page = mill_window_get_page (self);

  if (!self->results_follow) {
    mill_window_toast (self, _ ("The experiment is done"), NULL, NULL);
    return;
  }
  mill_results_page_set_document (self->results_page, document);
  if (g_strcmp0 (page, "experiment") == 0)
    mill_window_show_page (self, "results");
  else if (g_strcmp0 (page, "results") != 0)
    mill_window_toast (self, _ ("The experiment is done"), _ ("Show"), "win.page::results");
}

static void
on_run_finished (MillWindow *self, MillDocument *document, const GError *error)
{
  on_runnable_changed (self);
  show_form (self);
  mill_run_page_set_bench (self->run_page, NULL);
  self->is_first_run = FALSE;
  if (self->is_closing) {
    gtk_window_close (GTK_WINDOW (self));
    return;
  }
  mill_attention_run_finished (
      GTK_APPLICATION (g_application_get_default ()), self->settings, GTK_WINDOW (self), document,
      error, (double) (g_get_monotonic_time () - self->run_started_us) / G_USEC_PER_SEC);
  if (mill_window_learn_owns_run (self->learn))
    return;
  if (document != NULL)
    show_outcome (self, document);
  if (error != NULL)
    mill_window_show_error (self, _ ("The Experiment Could Not Be Run"), error);
}

static void
on_last_experiment (MillExperiment *experiment, gpointer data)
{
  g_autoptr (MillWindow) self = MILL_WINDOW (data);

  if (experiment != NULL && !self->experiment_touched)
    mill_experiment_page_set_experiment (self->experiment_page, experiment);
}

static void
on_close_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  MillWindow *self = MILL_WINDOW (source);

  if (!mill_compat_ask_finish (result))
    return;
  self->is_closing = TRUE;
  if (mill_session_is_running (self->session))
    mill_session_stop (self->session);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
remember (MillWindow *self)
{
  g_autoptr (MillExperiment) experiment =
      mill_experiment_page_get_experiment (self->experiment_page);
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (!maximized && width >= 360 && height >= 294) {
    g_settings_set_int (self->settings, "window-width", width);
    g_settings_set_int (self->settings, "window-height", height);
  }
  mill_last_experiment_save (experiment);
}

static gboolean
mill_window_close_request (GtkWindow *window)
{
  MillWindow *self = MILL_WINDOW (window);

  if (mill_session_is_running (self->session)) {
    mill_compat_ask_async (window, _ ("Stop the Experiment?"),
                           _ ("An experiment is running. What was measured so far is kept."),
                           _ ("_Stop and Close"), MILL_ANSWER_DESTRUCTIVE, on_close_answered, NULL);
    return GDK_EVENT_STOP;
  }
  remember (self);
  return GTK_WINDOW_CLASS (mill_window_parent_class)->close_request (window);
}

static const GActionEntry actions[] = {
  { "run", run_action },
  { "stop", stop_action },
  { "page", page_action, "s" },
  { "preset", preset_action, "s" },
  { "copy-command", copy_command_action },
  { "open", open_action },
  { "save-experiment", save_experiment_action },
};

MillWindow *
mill_window_new (MillApplication *application, MillLibrary *library)
{
  MillWindow *self = g_object_new (MILL_TYPE_WINDOW, "application", application, NULL);
  GtkWindow *window = GTK_WINDOW (self);

  self->settings = g_object_ref (mill_application_get_settings (application));
  g_set_object (&self->library, library);
  if (library != NULL)
    self->history = mill_window_history_new (self, self->history_page, library);
  self->session = mill_session_new (library);
  self->learn = mill_window_learn_new (self, self->learn_page, self->results_page, self->settings);
  g_signal_connect_object (self->session, "run-started", G_CALLBACK (on_run_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "round-finished", G_CALLBACK (on_round_finished), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "run-finished", G_CALLBACK (on_run_finished), self,
                           G_CONNECT_SWAPPED);
  self->published = mill_window_published_new (self, self->results_page);
  gtk_window_set_default_size (window, g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (window);
  if (!g_settings_get_boolean (self->settings, "welcome"))
    gtk_stack_set_visible_child_name (self->experiment_stack, "form");
  mill_last_experiment_load (on_last_experiment, g_object_ref (self));
  on_runnable_changed (self);
  return self;
}

void
mill_window_toast (MillWindow *self, const char *text, const char *button, const char *action)
{
  AdwToast *toast = mill_compat_toast_new (text);

  if (button != NULL) {
    adw_toast_set_button_label (toast, button);
    adw_toast_set_detailed_action_name (toast, action);
  }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
mill_window_show_error (MillWindow *self, const char *heading, const GError *error)
{
  mill_compat_ask_async (GTK_WINDOW (self), heading, error->message, NULL, MILL_ANSWER_DEFAULT,
                         NULL, NULL);
}

void
mill_window_show_document (MillWindow *self, MillDocument *document)
{
  self->results_follow = FALSE;
  mill_results_page_set_document (self->results_page, document);
  mill_window_show_page (self, "results");
}

MillDocument *
mill_window_get_visible_document (MillWindow *self)
{
  return g_strcmp0 (mill_window_get_page (self), "results") == 0
             ? mill_results_page_get_document (self->results_page)
             : NULL;
}

void
mill_window_show_comparison (MillWindow *self, GPtrArray *results)
{
  self->results_follow = FALSE;
  mill_results_page_compare (self->results_page, results);
  mill_window_show_page (self, "results");
}

void
mill_window_open_files (MillWindow *self, GFile **files, int n_files)
{
  for (int i = 0; i < n_files; i++)
    mill_open_file (self, files[i]);
}

void
mill_window_show_experiment (MillWindow *self, const MillExperiment *experiment)
{
  mill_experiment_page_set_experiment (self->experiment_page, experiment);
  mill_window_show_page (self, "experiment");
  if (!mill_session_is_running (self->session))
    show_form (self);
}

void
mill_window_show_page (MillWindow *self, const char *name)
{
  if (adw_view_stack_get_child_by_name (self->pages, name) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, name);
}

const char *
mill_window_get_page (MillWindow *self)
{
  return adw_view_stack_get_visible_child_name (self->pages);
}

MillSession *
mill_window_get_session (MillWindow *self)
{
  return self->session;
}

MillLibrary *
mill_window_get_library (MillWindow *self)
{
  return self->library;
}

void
mill_window_open_lesson (MillWindow *self, GFile *file)
{
  mill_window_learn_open (self->learn, file);
}

MillExperimentPage *
mill_window_get_experiment_page (MillWindow *self)
{
  return self->experiment_page;
}

gboolean
mill_window_get_narrow (MillWindow *self)
{
  return mill_width_bin_get_narrow (self->bin);
}

gboolean
mill_window_get_folded (MillWindow *self)
{
  return mill_width_bin_get_folded (self->bin);
}

static void
mill_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillWindow *self = MILL_WINDOW (object);

  switch (id) {
  case PROP_FOLDED:
    g_value_set_boolean (value, mill_window_get_folded (self));
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, mill_window_get_narrow (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_window_dispose (GObject *object)
{
  MillWindow *self = MILL_WINDOW (object);

  /* A page that still reads a document outlives the window, and its actions. */
  if (self->session != NULL)
    mill_results_page_set_document (self->results_page, NULL);
  g_clear_pointer (&self->history, mill_window_history_free);
  g_clear_pointer (&self->learn, mill_window_learn_free);
  g_clear_pointer (&self->published, mill_window_published_free);
  g_clear_object (&self->session);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (mill_window_parent_class)->dispose (object);
}

static void
mill_window_class_init (MillWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mill_window_get_property;
  object_class->dispose = mill_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mill_window_close_request;
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /* Not an accelerator: what is open above the page closes first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.stop", NULL);

  g_type_ensure (MILL_TYPE_WIDTH_BIN);
  g_type_ensure (MILL_TYPE_WELCOME);
  g_type_ensure (MILL_TYPE_EXPERIMENT_PAGE);
  g_type_ensure (MILL_TYPE_RESULTS_PAGE);
  g_type_ensure (MILL_TYPE_RUN_PAGE);
  g_type_ensure (MILL_TYPE_HISTORY_PAGE);
  g_type_ensure (MILL_TYPE_LEARN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, MillWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, title);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, experiment_stack);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, experiment_page);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, results_page);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, run_page);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, history_page);
  gtk_widget_class_bind_template_child (widget_class, MillWindow, learn_page);
  gtk_widget_class_bind_template_callback (widget_class, on_width_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_first_run);
  gtk_widget_class_bind_template_callback (widget_class, on_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_experiment_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_runnable_changed);
}

static void
mill_window_init (MillWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  follow_width (self, self->welcome);
  follow_width (self, self->experiment_page);
  follow_width (self, self->results_page);
  mill_results_page_add_actions (self->results_page, G_ACTION_MAP (self));
  follow_width (self, self->run_page);
  follow_width (self, self->history_page);
  follow_width (self, self->learn_page);
  on_width_changed (self);
  on_page_changed (self);
  self->experiment_touched = FALSE;
  mill_open_accept_drops (self);
}
