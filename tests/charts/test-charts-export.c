/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "charts/mill-chart-export.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-report-html.h"
#include "experiment/mill-error.h"
#include "sample-results.h"

/* Other rasterisers antialias and set type their own way: compared are averages of cells of this
 * size, and the mean difference of all. */
#define CELL_PX 8
#define MAX_MEAN_DIFFERENCE 2.5
#define MAX_CELL_DIFFERENCE 70.0

typedef struct {
  char *path;
} Folder;

static void
folder_init (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  folder->path = g_dir_make_tmp ("mill-charts-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
folder_clear (Folder *folder, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (folder->path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder->path, name, NULL);

    g_remove (path);
  }
  g_rmdir (folder->path);
  g_free (folder->path);
}

static GFile *
file_in (const Folder *folder, const char *name)
{
  return g_file_new_build_filename (folder->path, name, NULL);
}

static MillResult *
sample_for_kind (MillChartKind kind)
{
  switch (kind) {
  case MILL_CHART_SCALING:
    return sample_result_sweep ();
  case MILL_CHART_FAILURES:
  case MILL_CHART_DOWNLOAD:
    return sample_result_failures ();
  case MILL_CHART_TIME:
  case MILL_CHART_SPEEDUP:
  case MILL_CHART_THROUGHPUT:
  case MILL_CHART_LATENCY:
  case MILL_CHART_DISTRIBUTION:
  case MILL_CHART_CPU:
  case MILL_CHART_MEMORY:
  case MILL_CHART_TIMELINE:
  case MILL_CHART_RESOURCES:
  case MILL_N_CHART_KINDS:
  default:
    return sample_result_first ();
  }
}

static void
save (const Folder *folder, MillChartKind kind, const char *name, const MillExportOptions *options)
{
  g_autoptr (MillResult) result = sample_for_kind (kind);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (kind, result, NULL);
  g_autoptr (GFile) file = file_in (folder, name);
  g_autoptr (GError) error = NULL;

  mill_chart_save (spec, file, options, NULL, &error);
  g_assert_no_error (error);
}

/* Runs a program that is not ours; skips with the reason where it is not installed. Returns what
 * it wrote, or NULL. */
static char *
run (const char *const *arguments)
{
  g_autofree char *program = g_find_program_in_path (arguments[0]);
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  if (!program) {
    g_autofree char *reason = g_strdup_printf ("%s is not installed", arguments[0]);

    g_test_skip (reason);
    return NULL;
  }
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s: %s", arguments[0], output);
  return output;
}

/* The mean of a cell's channels. */
static double
cell_mean (cairo_surface_t *image, int left, int top, int channel)
{
  const unsigned char *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  double sum = 0.0;

  for (int y = top; y < top + CELL_PX; y++) {
    for (int x = left; x < left + CELL_PX; x++)
      sum += data[y * stride + x * 4 + channel];
  }
  return sum / (CELL_PX * CELL_PX);
}

static void
compare_images (const char *what, const char *first_path, const char *second_path)
{
  cairo_surface_t *first = cairo_image_surface_create_from_png (first_path);
  cairo_surface_t *second = cairo_image_surface_create_from_png (second_path);
  int width = cairo_image_surface_get_width (first);
  int height = cairo_image_surface_get_height (first);
  double sum = 0.0;
  double most = 0.0;
  guint n = 0;

  g_assert_cmpint (cairo_surface_status (first), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_surface_status (second), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (abs (width - cairo_image_surface_get_width (second)), <=, 1);
  g_assert_cmpint (abs (height - cairo_image_surface_get_height (second)), <=, 1);
  width = MIN (width, cairo_image_surface_get_width (second));
  height = MIN (height, cairo_image_surface_get_height (second));
  for (int y = 0; y + CELL_PX <= height; y += CELL_PX) {
    for (int x = 0; x + CELL_PX <= width; x += CELL_PX) {
      for (int channel = 0; channel < 3; channel++) {
        double difference =
            fabs (cell_mean (first, x, y, channel) - cell_mean (second, x, y, channel));

        sum += difference;
        most = MAX (most, difference);
        n++;
      }
    }
  }
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
  g_test_message ("%s: mean difference %.3f, largest of a cell %.1f", what, sum / n, most);
  g_assert_cmpfloat (sum / n, <, MAX_MEAN_DIFFERENCE);
  g_assert_cmpfloat (most, <, MAX_CELL_DIFFERENCE);
}

static void
test_agreement (Folder *folder, gconstpointer data)
{
  MillChartKind kind = (MillChartKind) GPOINTER_TO_INT (data);
  const char *id = mill_chart_kind_info (kind)->id;
  g_autofree char *png = g_build_filename (folder->path, "chart.png", NULL);
  g_autofree char *svg = g_build_filename (folder->path, "chart.svg", NULL);
  g_autofree char *pdf = g_build_filename (folder->path, "chart.pdf", NULL);
  g_autofree char *from_svg = g_build_filename (folder->path, "svg.png", NULL);
  g_autofree char *from_pdf = g_build_filename (folder->path, "pdf", NULL);
  g_autofree char *from_pdf_png = g_build_filename (folder->path, "pdf.png", NULL);

  save (folder, kind, "chart.png", NULL);
  save (folder, kind, "chart.svg", NULL);
  save (folder, kind, "chart.pdf", NULL);
  g_autofree char *rsvg = run ((const char *const[]){ "rsvg-convert", "-o", from_svg, svg, NULL });
  if (!rsvg)
    return;
  compare_images (id, png, from_svg);
  g_autofree char *poppler = run (
      (const char *const[]){ "pdftoppm", "-png", "-singlefile", "-r", "96", pdf, from_pdf, NULL });
  if (!poppler)
    return;
  compare_images (id, png, from_pdf_png);
}

static char *
read_file (const Folder *folder, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (GError) error = NULL;
  char *content;

  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

static void
test_svg_is_text (Folder *folder, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder->path, "chart.svg", NULL);

  save (folder, MILL_CHART_TIME, "chart.svg", NULL);
  g_autofree char *svg = read_file (folder, "chart.svg", NULL);
  g_assert_nonnull (strstr (svg, ">thread-pool:20</text>"));
  g_assert_nonnull (strstr (svg, "<title>Execution time</title>"));
  g_assert_null (strstr (svg, "<image"));
  g_autofree char *output = run ((const char *const[]){ "xmllint", "--noout", path, NULL });
  if (output)
    g_assert_cmpstr (output, ==, "");
}

static void
test_svg_escapes (Folder *folder, gconstpointer data)
{
  g_autoptr (MillResult) result = sample_result_nasty (SAMPLE_LONG_NAMES);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  g_autoptr (GFile) file = file_in (folder, "nasty.svg");
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  mill_chart_save (spec, file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *output = run ((const char *const[]){ "xmllint", "--noout", path, NULL });
  if (output)
    g_assert_cmpstr (output, ==, "");
}

/* Fonts are embedded ("yes" in the column "emb"), and it is vector throughout. */
static void
test_pdf (Folder *folder, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder->path, "chart.pdf", NULL);

  save (folder, MILL_CHART_TIMELINE, "chart.pdf", NULL);
  g_autofree char *fonts = run ((const char *const[]){ "pdffonts", path, NULL });
  g_autofree char *images = run ((const char *const[]){ "pdfimages", "-list", path, NULL });
  g_autofree char *info = run ((const char *const[]){ "pdfinfo", path, NULL });
  if (!fonts || !images || !info)
    return;
  g_auto (GStrv) font_lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  g_auto (GStrv) image_lines = g_strsplit (g_strchomp (images), "\n", -1);
  g_assert_cmpuint (g_strv_length (font_lines), >=, 4);
  for (guint i = 2; font_lines[i]; i++)
    g_assert_nonnull (strstr (font_lines[i], " yes yes yes "));
  g_assert_cmpuint (g_strv_length (image_lines), ==, 2);
  g_assert_nonnull (strstr (info, "Timeline"));
}

static void
test_png_scales (Folder *folder, gconstpointer data)
{
  for (int scale = 1; scale <= 4; scale++) {
    MillExportOptions options;

    mill_export_options_init (&options);
    options.width_px = 321;
    options.height_px = 227;
    options.scale = scale;
    save (folder, MILL_CHART_TIME, "chart.png", &options);
    g_autofree char *path = g_build_filename (folder->path, "chart.png", NULL);
    cairo_surface_t *image = cairo_image_surface_create_from_png (path);
    g_assert_cmpint (cairo_image_surface_get_width (image), ==, 321 * scale);
    g_assert_cmpint (cairo_image_surface_get_height (image), ==, 227 * scale);
    cairo_surface_destroy (image);
  }
}

static void
test_transparent (Folder *folder, gconstpointer data)
{
  for (int transparent = 0; transparent < 2; transparent++) {
    MillExportOptions options;

    mill_export_options_init (&options);
    options.transparent = transparent;
    save (folder, MILL_CHART_TIME, "chart.png", &options);
    g_autofree char *path = g_build_filename (folder->path, "chart.png", NULL);
    cairo_surface_t *image = cairo_image_surface_create_from_png (path);
    g_assert_cmpint (cairo_image_surface_get_format (image), ==,
                     transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24);
    if (transparent)
      g_assert_cmpuint (cairo_image_surface_get_data (image)[3], ==, 0);
    cairo_surface_destroy (image);
  }
}

static void
test_deterministic (void)
{
  for (guint format = MILL_EXPORT_PNG; format <= MILL_EXPORT_SVG; format++) {
    g_autoptr (MillResult) result = sample_result_first ();
    g_autoptr (MillChartSpec) spec =
        mill_chart_spec_new_for_result (MILL_CHART_LATENCY, result, NULL);
    g_autoptr (GBytes) first = mill_chart_to_bytes (spec, (MillExportFormat) format, NULL, NULL);
    g_autoptr (GBytes) second = mill_chart_to_bytes (spec, (MillExportFormat) format, NULL, NULL);

    g_assert_true (g_bytes_equal (first, second));
  }
}

static void
test_wrong_options (Folder *folder, gconstpointer data)
{
  static const MillExportOptions wrong[] = {
    { 10, 540, 1, MILL_THEME_LIGHT, FALSE },    { 960, 9000, 1, MILL_THEME_LIGHT, FALSE },
    { NAN, 540, 1, MILL_THEME_LIGHT, FALSE },   { 960, 540, 0.5, MILL_THEME_LIGHT, FALSE },
    { 960, 540, NAN, MILL_THEME_LIGHT, FALSE }, { 8000, 8000, 4, MILL_THEME_LIGHT, FALSE },
  };
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  g_autoptr (GFile) png = file_in (folder, "chart.png");
  g_autoptr (GFile) gif = file_in (folder, "chart.gif");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (mill_chart_save (spec, png, &wrong[i], NULL, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
    g_clear_error (&error);
    g_assert_false (g_file_query_exists (png, NULL));
  }
  g_assert_false (mill_chart_save (spec, gif, NULL, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "chart.gif"));
}

static void
test_formats (void)
{
  MillExportFormat format;

  g_assert_true (mill_export_format_from_name ("A.PNG", &format, NULL));
  g_assert_cmpint (format, ==, MILL_EXPORT_PNG);
  g_assert_true (mill_export_format_from_name ("a.b.svg", &format, NULL));
  g_assert_cmpint (format, ==, MILL_EXPORT_SVG);
  g_assert_true (mill_export_format_from_name ("a.Pdf", &format, NULL));
  g_assert_cmpint (format, ==, MILL_EXPORT_PDF);
  g_assert_false (mill_export_format_from_name ("png", &format, NULL));
}

static void
check_html (const Folder *folder, const MillResult *result)
{
  g_autoptr (GFile) file = file_in (folder, "report.html");
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  mill_report_html_save (result, file, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *html = read_file (folder, "report.html", NULL);
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "javascript:"));
  g_assert_null (strstr (html, " src="));
  g_assert_null (strstr (html, " href="));
  g_assert_true (g_utf8_validate (html, -1, NULL));
  /* xmllint's HTML parser knows no HTML 5 names (figure, svg); all else must be in order. */
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                        "xmllint", "--html", "--noout", path, NULL);
  if (!process) {
    g_test_skip ("xmllint is not installed");
    return;
  }
  /* It quotes lines cut in the middle of a character. */
  g_autoptr (GBytes) output = NULL;
  g_subprocess_communicate (process, NULL, NULL, NULL, &output, &error);
  g_assert_no_error (error);
  g_autofree char *messages =
      g_utf8_make_valid (g_bytes_get_data (output, NULL), (gssize) g_bytes_get_size (output));
  g_auto (GStrv) lines = g_strsplit (messages, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (strstr (lines[i], "error") && !strstr (lines[i], " invalid"))
      g_error ("%s", lines[i]);
  }
}

static void
test_html (Folder *folder, gconstpointer data)
{
  g_autoptr (MillResult) result = sample_result_failures ();

  mill_result_add_warning (result, "limits", "sync", "5 < 6 & <b>bold</b>");
  check_html (folder, result);
  g_autofree char *html = mill_report_html (result, NULL);
  g_assert_nonnull (strstr (html, "5 &lt; 6 &amp; &lt;b&gt;bold&lt;/b&gt;"));
  g_assert_nonnull (strstr (html, "<figure id=\"failures\">"));
  g_assert_null (strstr (html, "<figure id=\"scaling\">"));
  g_assert_nonnull (strstr (html, "<th scope=\"row\">cores</th><td>2</td>"));
}

/* A merged result names its machines. */
static void
test_html_machines (Folder *folder, gconstpointer data)
{
  g_autoptr (MillResult) result = sample_result_failures ();

  g_clear_pointer (&result->environment, json_node_unref);
  result->environment =
      json_from_string ("{\"machines\": [{\"label\": \"left\"}, {\"label\": \"<b>\", "
                        "\"environment\": {\"cores\": 2}}, 3]}",
                        NULL);
  check_html (folder, result);
  g_autofree char *html = mill_report_html (result, NULL);
  g_assert_nonnull (strstr (html, "<th scope=\"row\">machines.1.label</th><td>left</td>"));
  g_assert_nonnull (strstr (html, "<td>&lt;b&gt;</td>"));
  g_assert_nonnull (strstr (html, "<th scope=\"row\">machines.2.environment.cores</th><td>2</td>"));
}

static void
test_html_escapes (Folder *folder, gconstpointer data)
{
  g_autoptr (MillResult) result = sample_result_nasty (SAMPLE_LONG_NAMES);

  g_free (result->name);
  result->name = g_strdup ("</title><script>alert(1)</script>");
  result->notes = g_strdup ("<img onerror=x>");
  check_html (folder, result);
  for (guint nasty = 0; nasty < SAMPLE_N_NASTY; nasty++) {
    g_autoptr (MillResult) other = sample_result_nasty ((SampleNasty) nasty);

    check_html (folder, other);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autofree char *path = g_strdup_printf ("/charts/export/agreement/%s",
                                             mill_chart_kind_info ((MillChartKind) kind)->id);

    g_test_add (path, Folder, GINT_TO_POINTER (kind), folder_init, test_agreement, folder_clear);
  }
  g_test_add ("/charts/export/svg-is-text", Folder, NULL, folder_init, test_svg_is_text,
              folder_clear);
  g_test_add ("/charts/export/svg-escapes", Folder, NULL, folder_init, test_svg_escapes,
              folder_clear);
  g_test_add ("/charts/export/pdf", Folder, NULL, folder_init, test_pdf, folder_clear);
  g_test_add ("/charts/export/png-scales", Folder, NULL, folder_init, test_png_scales,
              folder_clear);
  g_test_add ("/charts/export/transparent", Folder, NULL, folder_init, test_transparent,
              folder_clear);
  g_test_add ("/charts/export/wrong-options", Folder, NULL, folder_init, test_wrong_options,
              folder_clear);
  g_test_add_func ("/charts/export/deterministic", test_deterministic);
  g_test_add_func ("/charts/export/formats", test_formats);
  g_test_add ("/charts/html/report", Folder, NULL, folder_init, test_html, folder_clear);
  g_test_add ("/charts/html/machines", Folder, NULL, folder_init, test_html_machines, folder_clear);
  g_test_add ("/charts/html/escapes", Folder, NULL, folder_init, test_html_escapes, folder_clear);
  return g_test_run ();
}
