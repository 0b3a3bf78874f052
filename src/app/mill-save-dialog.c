/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-application.h"
#include "app/mill-preferences.h"
#include "app/mill-save-dialog.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-chart-content.h"
#include "app/mill-compat.h"
#include "app/mill-image-preview.h"
#include "charts/mill-chart-kind.h"
#include "experiment/mill-json.h"

#define N_SCALES 4
#define DEFAULT_SCALE 2
/* The size of the file is told once the choices have rested that long. */
#define ESTIMATE_DELAY_MS 150
/* Over a window that is narrower the choices stand below the preview. */
#define MIN_WIDE_PX 720
#define NARROW_MARGIN_PX 12

struct _MillSaveDialog {
  AdwWindow parent_instance;

  GtkToggleButton *png_button;
  GtkToggleButton *svg_button;
  GtkToggleButton *pdf_button;
  AdwComboRow *size_row;
  GtkWidget *width_row;
  GtkWidget *height_row;
  GtkSpinButton *width_spin;
  GtkSpinButton *height_spin;
  GtkWidget *scale_row;
  GtkBox *scales;
  GtkToggleButton *scale_buttons[N_SCALES];
  AdwComboRow *theme_row;
  GtkSwitch *transparent_switch;
  GtkWidget *panes;
  GtkWidget *settings;
  GtkWidget *settings_box;
  MillImagePreview *preview;
  GtkLabel *caption;
  GtkWidget *save_button;
  AdwToastOverlay *toasts;

  MillChartSpec *spec;
  MillScene *scene;
  double shown_width_px; /* 0: unknown */
  double shown_height_px;
  guint estimate_source;
  GCancellable *estimate;
};

G_DEFINE_FINAL_TYPE (MillSaveDialog, mill_save_dialog, ADW_TYPE_WINDOW)

enum { SAVED, N_SIGNALS };

static guint signals[N_SIGNALS];

static const char *const extensions[] = { ".png", ".svg", ".pdf" };

/* What a thread works on. */
typedef struct {
  MillChartSpec *spec;
  MillExportOptions options;
  MillExportFormat format;
  GFile *file; /* NULL: only its size counts */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  mill_chart_spec_unref (job->spec);
  g_clear_object (&job->file);
  g_free (job);
}

static Job *
job_new (MillSaveDialog *self, GFile *file)
{
  Job *job = g_new0 (Job, 1);

  job->spec = mill_chart_spec_ref (self->spec);
  job->format = mill_save_dialog_get_format (self);
  mill_save_dialog_get_options (self, &job->options);
  job->file = file != NULL ? g_object_ref (file) : NULL;
  return job;
}

static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = mill_chart_to_bytes (job->spec, job->format, &job->options, &error);

  if (bytes != NULL && job->file != NULL)
    mill_file_write (job->file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                     cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) g_bytes_get_size (bytes));
}

static char *
describe_dimensions (MillSaveDialog *self)
{
  MillExportOptions options;

  mill_save_dialog_get_options (self, &options);
  if (mill_save_dialog_get_format (self) == MILL_EXPORT_PNG)
    return g_strdup_printf (_ ("%.0f × %.0f pixels"), round (options.width_px * options.scale),
                            round (options.height_px * options.scale));
  return g_strdup_printf (_ ("%.0f × %.0f mm"), options.width_px / 96.0 * 25.4,
                          options.height_px / 96.0 * 25.4);
}

static void
set_caption (MillSaveDialog *self, gssize size_bytes)
{
  g_autofree char *dimensions = describe_dimensions (self);
  g_autofree char *size = size_bytes > 0 ? g_format_size ((guint64) size_bytes) : NULL;
  g_autofree char *caption = NULL;

  /* Translators: dimensions, then the size of a file, such as "84 kB" */
  if (size != NULL)
    caption = g_strdup_printf (_ ("%s · about %s · drag it out to drop a PNG"), dimensions, size);
  else
    caption = g_strdup_printf (_ ("%s · drag it out to drop a PNG"), dimensions);
  gtk_label_set_label (self->caption, caption);
}

static void
on_estimated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gssize size_bytes = g_task_propagate_int (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  MillSaveDialog *self = MILL_SAVE_DIALOG (source);

  gtk_widget_set_sensitive (self->save_button, error == NULL);
  if (error != NULL)
    gtk_label_set_label (self->caption, error->message);
  else
    set_caption (self, size_bytes);
}

static gboolean
on_estimate_due (gpointer data)
{
  MillSaveDialog *self = MILL_SAVE_DIALOG (data);
  g_autoptr (GTask) task = NULL;

  self->estimate_source = 0;
  self->estimate = g_cancellable_new ();
  task = g_task_new (self, self->estimate, on_estimated, NULL);
  g_task_set_task_data (task, job_new (self, NULL), job_free);
  g_task_run_in_thread (task, work_in_thread);
  return G_SOURCE_REMOVE;
}

static void
drop_estimate (MillSaveDialog *self)
{
  g_clear_handle_id (&self->estimate_source, g_source_remove);
  if (self->estimate != NULL)
    g_cancellable_cancel (self->estimate);
  g_clear_object (&self->estimate);
}

/* Everything follows from the choices: the preview, what can be changed, the caption. */
static void
update (MillSaveDialog *self)
{
  MillExportFormat format = mill_save_dialog_get_format (self);
  guint n_presets;
  gboolean free_size;
  MillExportOptions options;
  g_autoptr (MillTextMeasurer) measurer = NULL;

  if (self->spec == NULL)
    return;
  mill_export_presets (&n_presets);
  free_size = adw_combo_row_get_selected (self->size_row) ==
              n_presets + (self->shown_width_px > 0.0 ? 1 : 0);
  gtk_widget_set_sensitive (self->width_row, free_size);
  gtk_widget_set_sensitive (self->height_row, free_size);
  gtk_widget_set_sensitive (self->scale_row, format == MILL_EXPORT_PNG);

  mill_save_dialog_get_options (self, &options);
  measurer = mill_text_measurer_new_pango (NULL);
  g_clear_pointer (&self->scene, mill_scene_unref);
  self->scene =
      mill_chart_layout (self->spec, options.theme, options.width_px, options.height_px, measurer);
  mill_image_preview_set_scene (self->preview, self->scene, options.transparent);
  set_caption (self, 0);
  drop_estimate (self);
  self->estimate_source = g_timeout_add (ESTIMATE_DELAY_MS, on_estimate_due, self);
}

static void
on_changed (MillSaveDialog *self)
{
  update (self);
}

/* A preset writes its size into the two fields. */
static void
on_size_selected (MillSaveDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->size_row);
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);

  if (selected < n_presets) {
    gtk_spin_button_set_value (self->width_spin, round (presets[selected].width_px));
    gtk_spin_button_set_value (self->height_spin, round (presets[selected].height_px));
  } else if (self->shown_width_px > 0.0 && selected == n_presets) {
    gtk_spin_button_set_value (self->width_spin, self->shown_width_px);
    gtk_spin_button_set_value (self->height_spin, self->shown_height_px);
  }
  update (self);
}

static void
toast (MillSaveDialog *self, const char *text)
{
  AdwToast *message = mill_compat_toast_new (text);

  adw_toast_set_timeout (message, 3);
  adw_toast_overlay_add_toast (self->toasts, message);
}

static void
on_copy (MillSaveDialog *self)
{
  g_autoptr (GdkContentProvider) content = NULL;
  MillExportOptions options;

  mill_save_dialog_get_options (self, &options);
  content = mill_chart_content_new (self->spec, &options);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  toast (self, _ ("Image copied"));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  MillSaveDialog *self = MILL_SAVE_DIALOG (source);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (!mill_save_dialog_save_finish (self, result, &error)) {
    mill_compat_ask_async (GTK_WINDOW (self), _ ("The image could not be saved"), error->message,
                           NULL, MILL_ANSWER_DEFAULT, NULL, NULL);
    return;
  }
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillSaveDialog) self = MILL_SAVE_DIALOG (data);
  g_autoptr (GFile) file = mill_compat_save_file_finish (result, NULL);

  if (file == NULL)
    return;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  mill_save_dialog_save_async (self, file, on_saved, NULL);
}

static void
on_save (MillSaveDialog *self)
{
  static const char *const patterns[][2] = { { "*.png", NULL },
                                             { "*.svg", NULL },
                                             { "*.pdf", NULL } };
  const char *const names[] = { _ ("PNG image"), _ ("SVG drawing"), _ ("PDF document") };
  MillExportFormat format = mill_save_dialog_get_format (self);
  MillFileFilter filter = { names[format], patterns[format] };
  g_autofree char *name = mill_chart_file_name (self->spec, extensions[format]);

  mill_compat_save_file_async (GTK_WINDOW (self), _ ("Save Image"), name, NULL, &filter, 1,
                               on_file_chosen, g_object_ref (self));
}

static GdkContentProvider *
on_drag_prepare (MillSaveDialog *self, double x, double y)
{
  MillExportOptions options;

  mill_save_dialog_get_options (self, &options);
  return mill_chart_content_new_with_file (self->spec, &options);
}

static gboolean
on_close_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
add_scale_buttons (MillSaveDialog *self)
{
  for (int i = 0; i < N_SCALES; i++) {
    g_autofree char *label = g_strdup_printf ("%d×", i + 1);
    GtkWidget *button = gtk_toggle_button_new_with_label (label);

    self->scale_buttons[i] = GTK_TOGGLE_BUTTON (button);
    if (i > 0)
      gtk_toggle_button_set_group (self->scale_buttons[i], self->scale_buttons[0]);
    gtk_box_append (self->scales, button);
  }
  gtk_toggle_button_set_active (self->scale_buttons[DEFAULT_SCALE - 1], TRUE);
  for (int i = 0; i < N_SCALES; i++)
    g_signal_connect_swapped (self->scale_buttons[i], "toggled", G_CALLBACK (on_changed), self);
}

static void
fill_sizes (MillSaveDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    gtk_string_list_append (names, _ (presets[i].label));
  if (self->shown_width_px > 0.0)
    gtk_string_list_append (names, _ ("As shown"));
  gtk_string_list_append (names, _ ("Free"));
  adw_combo_row_set_model (self->size_row, G_LIST_MODEL (names));
}

static void
fill_themes (MillSaveDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < MILL_N_THEMES; i++)
    gtk_string_list_append (names, _ (mill_theme_get ((MillThemeId) i)->label));
  adw_combo_row_set_model (self->theme_row, G_LIST_MODEL (names));
}

static void
mill_save_dialog_dispose (GObject *object)
{
  MillSaveDialog *self = MILL_SAVE_DIALOG (object);

  drop_estimate (self);
  g_clear_pointer (&self->scene, mill_scene_unref);
  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_SAVE_DIALOG);
  G_OBJECT_CLASS (mill_save_dialog_parent_class)->dispose (object);
}

static void
mill_save_dialog_class_init (MillSaveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_save_dialog_dispose;
  g_type_ensure (MILL_TYPE_IMAGE_PREVIEW);
  signals[SAVED] = g_signal_new ("saved", MILL_TYPE_SAVE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/save-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, png_button);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, svg_button);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, pdf_button);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, size_row);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, width_row);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, height_row);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, width_spin);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, height_spin);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, scales);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, transparent_switch);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, panes);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, settings);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, settings_box);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, caption);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, MillSaveDialog, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_size_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_close_key, NULL);
}

static void
mill_save_dialog_init (MillSaveDialog *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (GTK_WIDGET (self->preview), GTK_EVENT_CONTROLLER (source));
  add_scale_buttons (self);
  fill_themes (self);
  fill_sizes (self);
}

/* As large as the narrow window below, the preview over the choices. */
static void
fit_narrow (MillSaveDialog *self, GtkWidget *parent)
{
  gtk_window_set_default_size (GTK_WINDOW (self), gtk_widget_get_width (parent),
                               gtk_widget_get_height (parent));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->panes), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (self->settings, -1, -1);
  gtk_widget_set_vexpand (self->settings, TRUE);
  gtk_widget_set_vexpand (gtk_widget_get_first_child (self->panes), FALSE);
  gtk_widget_set_margin_start (self->settings_box, NARROW_MARGIN_PX);
  gtk_widget_set_margin_end (self->settings_box, NARROW_MARGIN_PX);
}

MillSaveDialog *
mill_save_dialog_new (GtkWindow *parent, MillChartSpec *spec)
{
  MillSaveDialog *self = g_object_new (MILL_TYPE_SAVE_DIALOG, "transient-for", parent, NULL);

  self->spec = mill_chart_spec_ref (spec);
  if (parent != NULL && gtk_widget_get_mapped (GTK_WIDGET (parent)) &&
      gtk_widget_get_width (GTK_WIDGET (parent)) < MIN_WIDE_PX)
    fit_narrow (self, GTK_WIDGET (parent));
  update (self);
  return self;
}

void
mill_save_dialog_present (GtkWindow *parent, MillChartSpec *spec)
{
  MillSaveDialog *dialog = mill_save_dialog_new (parent, spec);
  GApplication *application = g_application_get_default ();

  if (MILL_IS_APPLICATION (application))
    mill_preferences_apply (mill_application_get_settings (MILL_APPLICATION (application)), dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
mill_save_dialog_set_shown_size (MillSaveDialog *dialog, double width_px, double height_px)
{
  guint selected = adw_combo_row_get_selected (dialog->size_row);

  dialog->shown_width_px = CLAMP (width_px, MILL_EXPORT_MIN_PX, MILL_EXPORT_MAX_PX);
  dialog->shown_height_px = CLAMP (height_px, MILL_EXPORT_MIN_PX, MILL_EXPORT_MAX_PX);
  fill_sizes (dialog);
  adw_combo_row_set_selected (dialog->size_row, selected);
}

MillExportFormat
mill_save_dialog_get_format (MillSaveDialog *dialog)
{
  if (gtk_toggle_button_get_active (dialog->svg_button))
    return MILL_EXPORT_SVG;
  if (gtk_toggle_button_get_active (dialog->pdf_button))
    return MILL_EXPORT_PDF;
  return MILL_EXPORT_PNG;
}

void
mill_save_dialog_set_format (MillSaveDialog *dialog, MillExportFormat format)
{
  GtkToggleButton *buttons[] = { dialog->png_button, dialog->svg_button, dialog->pdf_button };

  gtk_toggle_button_set_active (buttons[format], TRUE);
}

/* A preset has its own exact size: 85 mm are no whole number of pixels. */
void
mill_save_dialog_get_options (MillSaveDialog *dialog, MillExportOptions *options)
{
  guint selected = adw_combo_row_get_selected (dialog->size_row);
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);

  mill_export_options_init (options);
  options->width_px = selected < n_presets ? presets[selected].width_px
                                           : gtk_spin_button_get_value (dialog->width_spin);
  options->height_px = selected < n_presets ? presets[selected].height_px
                                            : gtk_spin_button_get_value (dialog->height_spin);
  for (int i = 0; i < N_SCALES; i++) {
    if (gtk_toggle_button_get_active (dialog->scale_buttons[i]))
      options->scale = i + 1;
  }
  options->theme =
      (MillThemeId) MIN (adw_combo_row_get_selected (dialog->theme_row), (guint) MILL_N_THEMES - 1);
  options->transparent = gtk_switch_get_active (dialog->transparent_switch);
}

void
mill_save_dialog_set_options (MillSaveDialog *dialog, const MillExportOptions *options)
{
  guint n_sizes = g_list_model_get_n_items (adw_combo_row_get_model (dialog->size_row));
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);
  guint selected = n_sizes - 1;
  int scale = (int) CLAMP (lround (options->scale), 1, N_SCALES);

  for (guint i = 0; i < n_presets; i++) {
    if (presets[i].width_px == options->width_px && presets[i].height_px == options->height_px)
      selected = i;
  }
  adw_combo_row_set_selected (dialog->size_row, selected);
  gtk_spin_button_set_value (dialog->width_spin, options->width_px);
  gtk_spin_button_set_value (dialog->height_spin, options->height_px);
  gtk_toggle_button_set_active (dialog->scale_buttons[scale - 1], TRUE);
  adw_combo_row_set_selected (dialog->theme_row, options->theme);
  gtk_switch_set_active (dialog->transparent_switch, options->transparent);
}

const MillScene *
mill_save_dialog_get_scene (MillSaveDialog *dialog)
{
  return dialog->scene;
}

void
mill_save_dialog_save_async (MillSaveDialog *dialog,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (dialog, NULL, callback, data);

  g_task_set_task_data (task, job_new (dialog, file), job_free);
  g_task_run_in_thread (task, work_in_thread);
}

gboolean
mill_save_dialog_save_finish (MillSaveDialog *dialog, GAsyncResult *result, GError **error)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_int (G_TASK (result), error) < 0)
    return FALSE;
  g_signal_emit (dialog, signals[SAVED], 0, job->file);
  return TRUE;
}
