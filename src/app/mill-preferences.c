/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-preferences.h"

struct _MillPreferences {
  AdwPreferencesWindow parent_instance;

  AdwComboRow *theme_row;
  AdwComboRow *size_row;
  AdwComboRow *format_row;
  GtkSwitch *notify_switch;
  AdwActionRow *folder_row;

  GSettings *settings;
  GFile *folder;
};

G_DEFINE_FINAL_TYPE (MillPreferences, mill_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* As the schema names them, in the order of the enumeration. */
static const char *const formats[] = { "png", "svg", "pdf" };
static const char *const format_labels[] = { "PNG", "SVG", "PDF" };

static const char *
theme_name (guint i)
{
  return mill_theme_get ((MillThemeId) i)->name;
}

static const char *
theme_label (guint i)
{
  return _ (mill_theme_get ((MillThemeId) i)->label);
}

static const char *
size_name (guint i)
{
  guint n_presets;

  return mill_export_presets (&n_presets)[i].id;
}

static const char *
size_label (guint i)
{
  guint n_presets;

  return _ (mill_export_presets (&n_presets)[i].label);
}

static const char *
format_name (guint i)
{
  return formats[i];
}

static const char *
format_label (guint i)
{
  return format_labels[i];
}

static guint
find_name (GSettings *settings, const char *key, const char *(*name) (guint), guint n)
{
  g_autofree char *value = g_settings_get_string (settings, key);

  for (guint i = 0; i < n; i++) {
    if (g_str_equal (value, name (i)))
      return i;
  }
  return 0;
}

static void
on_theme_selected (MillPreferences *self)
{
  g_settings_set_string (self->settings, "chart-theme",
                         theme_name (adw_combo_row_get_selected (self->theme_row)));
}

static void
on_size_selected (MillPreferences *self)
{
  g_settings_set_string (self->settings, "chart-size",
                         size_name (adw_combo_row_get_selected (self->size_row)));
}

static void
on_format_selected (MillPreferences *self)
{
  g_settings_set_string (self->settings, "chart-format",
                         format_name (adw_combo_row_get_selected (self->format_row)));
}

static void
fill (MillPreferences *self,
      AdwComboRow *row,
      const char *key,
      const char *(*name) (guint),
      const char *(*label) (guint),
      guint n,
      void (*on_selected) (MillPreferences *))
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, label (i));
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (row, find_name (self->settings, key, name, n));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_selected), self);
}

static void
on_open_folder (MillPreferences *self)
{
  g_autofree char *uri = g_file_get_uri (self->folder);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
mill_preferences_dispose (GObject *object)
{
  MillPreferences *self = MILL_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (mill_preferences_parent_class)->dispose (object);
}

static void
mill_preferences_class_init (MillPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, MillPreferences, theme_row);
  gtk_widget_class_bind_template_child (widget_class, MillPreferences, size_row);
  gtk_widget_class_bind_template_child (widget_class, MillPreferences, format_row);
  gtk_widget_class_bind_template_child (widget_class, MillPreferences, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, MillPreferences, folder_row);
  gtk_widget_class_bind_template_callback (widget_class, on_open_folder);
}

static void
mill_preferences_init (MillPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mill_preferences_new (GSettings *settings, GFile *folder)
{
  MillPreferences *self = g_object_new (MILL_TYPE_PREFERENCES, NULL);
  guint n_presets;

  mill_export_presets (&n_presets);
  g_set_object (&self->settings, settings);
  g_set_object (&self->folder, folder);
  fill (self, self->theme_row, "chart-theme", theme_name, theme_label, MILL_N_THEMES,
        on_theme_selected);
  fill (self, self->size_row, "chart-size", size_name, size_label, n_presets, on_size_selected);
  fill (self, self->format_row, "chart-format", format_name, format_label, G_N_ELEMENTS (formats),
        on_format_selected);
  g_settings_bind (settings, "notify", self->notify_switch, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), folder != NULL);
  if (folder != NULL) {
    g_autofree char *name = g_file_get_parse_name (folder);
    adw_action_row_set_subtitle (self->folder_row, name);
  }
  return GTK_WIDGET (self);
}

void
mill_preferences_apply (GSettings *settings, MillSaveDialog *dialog)
{
  MillExportOptions options;
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);
  const MillExportPreset *preset =
      &presets[find_name (settings, "chart-size", size_name, n_presets)];

  mill_save_dialog_get_options (dialog, &options);
  options.theme = (MillThemeId) find_name (settings, "chart-theme", theme_name, MILL_N_THEMES);
  options.width_px = preset->width_px;
  options.height_px = preset->height_px;
  mill_save_dialog_set_options (dialog, &options);
  mill_save_dialog_set_format (
      dialog,
      (MillExportFormat) find_name (settings, "chart-format", format_name, G_N_ELEMENTS (formats)));
}
