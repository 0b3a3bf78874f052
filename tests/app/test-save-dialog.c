/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "app/mill-chart-content.h"
#include "app/mill-print.h"
#include "app/mill-save-dialog.h"
#include "chart-fixture.h"
#include "sample-results.h"

static MillSaveDialog *
dialog_new (void)
{
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  MillSaveDialog *dialog = mill_save_dialog_new (NULL, spec);

  gtk_window_present (GTK_WINDOW (dialog));
  chart_fixture_settle ();
  return dialog;
}

static GFile *
temporary_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), name, NULL);

  return g_file_new_for_path (path);
}

static void
on_saved (MillSaveDialog *dialog, GFile *file, GFile **saved)
{
  g_set_object (saved, file);
}

/* The file is, byte for byte, what the previewed scene is. */
static void
save_and_compare (MillSaveDialog *dialog, MillExportFormat format, const char *name)
{
  g_autoptr (GFile) file = temporary_file (name);
  g_autoptr (GFile) saved = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) expected = NULL;
  MillExportOptions options;
  gulong handler = g_signal_connect (dialog, "saved", G_CALLBACK (on_saved), &saved);

  mill_save_dialog_set_format (dialog, format);
  g_assert_cmpint (mill_save_dialog_get_format (dialog), ==, format);
  mill_save_dialog_get_options (dialog, &options);
  mill_save_dialog_save_async (dialog, file, chart_fixture_on_result, &result);
  g_assert_true (mill_save_dialog_save_finish (dialog, chart_fixture_wait (&result), &error));
  g_assert_no_error (error);
  g_assert_true (g_file_equal (saved, file));
  g_signal_handler_disconnect (dialog, handler);

  expected = mill_scene_to_bytes (mill_save_dialog_get_scene (dialog), format, options.scale,
                                  options.transparent, NULL);
  written = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  if (format == MILL_EXPORT_PDF) /* carries the time */
    g_assert_cmpint (memcmp (g_bytes_get_data (written, NULL), "%PDF", 4), ==, 0);
  else
    g_assert_true (g_bytes_equal (written, expected));
}

static void
test_saves_what_it_shows (void)
{
  MillSaveDialog *dialog = dialog_new ();
  MillExportOptions options = { 700, 500, 3.0, MILL_THEME_PRINT, FALSE };

  save_and_compare (dialog, MILL_EXPORT_PNG, "slide.png");
  save_and_compare (dialog, MILL_EXPORT_SVG, "slide.svg");
  save_and_compare (dialog, MILL_EXPORT_PDF, "slide.pdf");
  mill_save_dialog_set_options (dialog, &options);
  g_assert_cmpfloat (mill_scene_get_width (mill_save_dialog_get_scene (dialog)), ==, 700);
  save_and_compare (dialog, MILL_EXPORT_PNG, "free.png");
  options.transparent = TRUE;
  options.theme = MILL_THEME_DARK;
  mill_save_dialog_set_options (dialog, &options);
  save_and_compare (dialog, MILL_EXPORT_PNG, "transparent.png");
  chart_fixture_close (GTK_WINDOW (dialog), NULL);
}

static void
test_cannot_write (void)
{
  MillSaveDialog *dialog = dialog_new ();
  g_autoptr (GFile) file = temporary_file ("no/such/folder/chart.png");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mill_save_dialog_save_async (dialog, file, chart_fixture_on_result, &result);
  g_assert_false (mill_save_dialog_save_finish (dialog, chart_fixture_wait (&result), &error));
  g_assert_nonnull (error);
  g_clear_object (&result); /* holds the dialog */
  chart_fixture_close (GTK_WINDOW (dialog), NULL);
}

static GtkWidget *
template_child (MillSaveDialog *dialog, const char *name)
{
  return GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), MILL_TYPE_SAVE_DIALOG, name));
}

static void
test_what_can_be_changed (void)
{
  MillSaveDialog *dialog = dialog_new ();
  AdwComboRow *size_row = ADW_COMBO_ROW (template_child (dialog, "size_row"));
  GtkWidget *width_row = template_child (dialog, "width_row");
  GtkWidget *scale_row = template_child (dialog, "scale_row");
  MillExportOptions options;

  g_assert_false (gtk_widget_get_sensitive (width_row));
  g_assert_true (gtk_widget_get_sensitive (scale_row));
  mill_save_dialog_set_format (dialog, MILL_EXPORT_SVG);
  g_assert_false (gtk_widget_get_sensitive (scale_row));
  mill_save_dialog_set_format (dialog, MILL_EXPORT_PNG);
  g_assert_true (gtk_widget_get_sensitive (scale_row));

  /* 85 x 60 mm exactly, although pixels are whole in the fields. */
  adw_combo_row_set_selected (size_row, 1);
  mill_save_dialog_get_options (dialog, &options);
  g_assert_cmpfloat_with_epsilon (options.width_px, 85 / 25.4 * 96, 1e-9);
  mill_save_dialog_set_shown_size (dialog, 856, 374);
  adw_combo_row_set_selected (size_row, 3);
  mill_save_dialog_get_options (dialog, &options);
  g_assert_cmpfloat (options.width_px, ==, 856);
  g_assert_cmpfloat (options.height_px, ==, 374);
  g_assert_false (gtk_widget_get_sensitive (width_row));
  adw_combo_row_set_selected (size_row, 4);
  g_assert_true (gtk_widget_get_sensitive (width_row));
  chart_fixture_close (GTK_WINDOW (dialog), NULL);
}

static void
test_narrow (void)
{
  GtkWindow *parent = chart_fixture_window_new (gtk_label_new ("parent"), 360, 720);
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  MillSaveDialog *dialog = mill_save_dialog_new (parent, spec);
  int minimum;

  gtk_window_present (GTK_WINDOW (dialog));
  chart_fixture_settle ();
  gtk_widget_measure (template_child (dialog, "panes"), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  chart_fixture_close (GTK_WINDOW (dialog), NULL);
  chart_fixture_close (parent, NULL);
}

static void
test_content_is_freed (void)
{
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  const MillExportOptions options = { 640, 400, 1.0, MILL_THEME_LIGHT, FALSE };
  GdkContentProvider *provider = mill_chart_content_new_with_file (spec, &options);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (provider);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  gint64 end_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_assert_true (gdk_content_provider_get_value (provider, &value, &error));
  g_assert_no_error (error);

  /* The file comes soon. */
  GSList *files = g_value_get_boxed (&value);
  g_assert_cmpuint (g_slist_length (files), ==, 1);
  while (!g_file_query_exists (files->data, NULL)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (2000);
  }
  g_assert_finalize_object (provider);
}

static void
test_prints (void)
{
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  GtkPrintOperation *operation = mill_print_operation_new (spec);
  g_autoptr (GFile) file = temporary_file ("printed.pdf");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  gtk_print_operation_set_export_filename (operation, g_file_peek_path (file));
  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, &length, NULL, &error));
  g_assert_cmpuint (length, >, 2000);
  g_assert_cmpint (memcmp (text, "%PDF", 4), ==, 0);
  g_assert_finalize_object (operation);
}

int
main (int argc, char **argv)
{
  chart_fixture_init (&argc, &argv);
  g_test_add_func ("/app/save-dialog/saves-what-it-shows", test_saves_what_it_shows);
  g_test_add_func ("/app/save-dialog/cannot-write", test_cannot_write);
  g_test_add_func ("/app/save-dialog/what-can-be-changed", test_what_can_be_changed);
  g_test_add_func ("/app/save-dialog/narrow", test_narrow);
  g_test_add_func ("/app/save-dialog/content-is-freed", test_content_is_freed);
  g_test_add_func ("/app/save-dialog/prints", test_prints);
  return app_fixture_run ();
}
