/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-application.h"
#include "app/mill-compat.h"
#include "app/mill-help-window.h"
#include "app/mill-library.h"
#include "app/mill-preferences.h"
#include "app/mill-window.h"
#include "experiment/mill-preset.h"
#include "platform/mill-process.h"

struct _MillApplication {
  AdwApplication parent_instance;

  GSettings *settings;
  MillLibrary *library;
  MillHelpWindow *help; /* weak, while it is open */
};

G_DEFINE_FINAL_TYPE (MillApplication, mill_application, ADW_TYPE_APPLICATION)

/* The schema of this program: beside its data, in the build tree or in the prefix, else where the
 * system keeps all. */
static GSettings *
settings_new (void)
{
  static const char *const places[] = { "gschemas.compiled",
                                        "../glib-2.0/schemas/gschemas.compiled" };
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = mill_process_find_data (places[i], NULL);
    g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
    g_autoptr (GSettingsSchemaSource) source =
        folder != NULL ? g_settings_schema_source_new_from_directory (folder, system, TRUE, NULL)
                       : NULL;
    g_autoptr (GSettingsSchema) schema =
        source != NULL ? g_settings_schema_source_lookup (source, MILL_APP_ID, FALSE) : NULL;
    if (schema != NULL)
      return g_settings_new_full (schema, NULL, NULL);
  }
  return g_settings_new (MILL_APP_ID);
}

static MillWindow *
get_window (MillApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !MILL_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  /* The help stands beside the windows. */
  for (GList *other = gtk_application_get_windows (GTK_APPLICATION (self));
       other != NULL && window == NULL; other = other->next)
    window = MILL_IS_WINDOW (other->data) ? other->data : NULL;
  return window != NULL ? MILL_WINDOW (window) : mill_window_new (self, self->library);
}

static void
mill_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (MILL_APPLICATION (application))));
}

static void
mill_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  MillWindow *window = get_window (MILL_APPLICATION (application));

  mill_window_open_files (window, files, n_files);
  gtk_window_present (GTK_WINDOW (window));
}

/* The files of the command line; those of another folder than ours are relative to theirs. */
static GPtrArray *
get_files (GApplicationCommandLine *command_line, GVariantDict *options)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **names = NULL;

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &names))
    return files;
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (files,
                     g_application_command_line_create_file_for_arg (command_line, names[i]));
  return files;
}

static int
mill_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GPtrArray) files = get_files (command_line, options);
  MillWindow *window = get_window (MILL_APPLICATION (application));
  const char *preset = NULL;

  mill_window_open_files (window, (GFile **) files->pdata, (int) files->len);
  if (g_variant_dict_lookup (options, "preset", "&s", &preset))
    g_action_group_activate_action (G_ACTION_GROUP (window), "preset",
                                    g_variant_new_string (preset));
  gtk_window_present (GTK_WINDOW (window));
  if (g_variant_dict_contains (options, "run"))
    g_action_group_activate_action (G_ACTION_GROUP (window), "run", NULL);
  return 0;
}

/* What needs no window is answered here, with a status for scripts. */
static int
mill_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("threadmill %s\n", MILL_VERSION);
    return 0;
  }
  if (g_variant_dict_lookup (options, "preset", "&s", &id)) {
    experiment = mill_preset_load (id, &error);
    if (experiment == NULL) {
      g_printerr ("threadmill: %s\n", error->message);
      return 2;
    }
  }
  return -1;
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mill_compat_show_about (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

/* Which page of the help tells of a page of the window. */
static const struct {
  const char *page;
  const char *help;
} help_of_pages[] = {
  { "experiment", "first-steps" }, { "run", "honest-measurement" }, { "results", "reading-charts" },
  { "history", "documents" },      { "learn", "classroom" },
};

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillApplication *self = MILL_APPLICATION (data);
  MillWindow *window = get_window (self);
  const char *page = "first-steps";

  for (guint i = 0; i < G_N_ELEMENTS (help_of_pages); i++) {
    if (g_strcmp0 (mill_window_get_page (window), help_of_pages[i].page) == 0)
      page = help_of_pages[i].help;
  }
  if (self->help == NULL) {
    g_set_weak_pointer (&self->help, mill_help_window_new (GTK_APPLICATION (self)));
    mill_help_window_show_page (self->help, page);
  }
  gtk_window_present (GTK_WINDOW (self->help));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillApplication *self = MILL_APPLICATION (data);
  GtkWidget *preferences =
      mill_preferences_new (self->settings, mill_library_get_folder (self->library));

  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (get_window (self)));
  gtk_window_set_modal (GTK_WINDOW (preferences), TRUE);
  gtk_window_present (GTK_WINDOW (preferences));
}

/* Each window is closed as by its person: one that runs something asks first. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
}

static const GActionEntry actions[] = {
  { "about", about_action },
  { "help", help_action },
  { "preferences", preferences_action },
  { "quit", quit_action },
};

static const struct {
  const char *action;
  const char *accels[2];
} accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.run", { "<Control>Return" } },
  { "win.open", { "<Control>o" } },
  { "win.save-experiment", { "<Control><Shift>s" } },
  { "win.copy-command", { "<Control><Shift>c" } },
  { "win.page::experiment", { "<Alt>1" } },
  { "win.page::results", { "<Alt>2" } },
  { "win.page::history", { "<Alt>3" } },
  { "win.page::learn", { "<Alt>4" } },
  { "win.replay", { "<Control>r" } },
  { "win.present", { "F11" } },
};

static void
mill_application_startup (GApplication *application)
{
  MillApplication *self = MILL_APPLICATION (application);

  G_APPLICATION_CLASS (mill_application_parent_class)->startup (application);

  self->settings = settings_new ();
  self->library = mill_library_new (NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++) {
    const char *const keys[] = { accels[i].accels[0], NULL };
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, keys);
  }
  gtk_window_set_default_icon_name (MILL_APP_ID);
}

/* What was measured last may not be written yet; what was deleted nobody brings back any more. */
static void
mill_application_shutdown (GApplication *application)
{
  MillLibrary *library = MILL_APPLICATION (application)->library;

  /* A second process that only handed its files over has none. */
  if (library != NULL) {
    mill_library_purge (library);
    mill_library_flush (library);
  }
  G_APPLICATION_CLASS (mill_application_parent_class)->shutdown (application);
}

GSettings *
mill_application_get_settings (MillApplication *self)
{
  return self->settings;
}

static void
mill_application_finalize (GObject *object)
{
  MillApplication *self = MILL_APPLICATION (object);

  g_clear_object (&self->library);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (mill_application_parent_class)->finalize (object);
}

static void
mill_application_class_init (MillApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_application_finalize;
  application_class->startup = mill_application_startup;
  application_class->shutdown = mill_application_shutdown;
  application_class->activate = mill_application_activate;
  application_class->open = mill_application_open;
  application_class->command_line = mill_application_command_line;
  application_class->handle_local_options = mill_application_handle_local_options;
}

static void
mill_application_init (MillApplication *self)
{
  const GOptionEntry options[] = {
    { "preset", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Start from a preset"), N_ ("ID") },
    { "run", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Run the experiment at once"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

MillApplication *
mill_application_new (void)
{
  return g_object_new (MILL_TYPE_APPLICATION, "application-id", MILL_APP_ID, "resource-base-path",
                       MILL_APP_PATH, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
