/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "charts/mill-chart-export.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

#define PX_PER_MM (96.0 / 25.4)
#define PT_PER_PX 0.75

static const MillExportPreset presets[] = {
  { "slide", N_ ("Slide, 16:9"), 960.0, 540.0 },
  { "half-column", N_ ("Half column, 85 × 60 mm"), 85.0 * PX_PER_MM, 60.0 * PX_PER_MM },
  { "square", N_ ("Square"), 640.0, 640.0 },
};

static const struct {
  const char *extension;
  const char *media_type;
} formats[] = {
  [MILL_EXPORT_PNG] = { ".png", "image/png" },
  [MILL_EXPORT_SVG] = { ".svg", "image/svg+xml" },
  [MILL_EXPORT_PDF] = { ".pdf", "application/pdf" },
};

void
mill_export_options_init (MillExportOptions *options)
{
  *options = (MillExportOptions){ presets[0].width_px, presets[0].height_px, 1.0, MILL_THEME_LIGHT,
                                  FALSE };
}

const MillExportPreset *
mill_export_presets (guint *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);
  return presets;
}

gboolean
mill_export_format_from_name (const char *file_name, MillExportFormat *format, GError **error)
{
  g_autofree char *folded = g_ascii_strdown (file_name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    if (g_str_has_suffix (folded, formats[i].extension)) {
      *format = (MillExportFormat) i;
      return TRUE;
    }
  }
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("“%s” has no extension of an image: a chart is saved as .png, .svg or .pdf"),
               file_name);
  return FALSE;
}

const char *
mill_export_media_type (MillExportFormat format)
{
  return formats[format].media_type;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* NULL with an error when cairo could not do it. */
static GBytes *
take_bytes (GByteArray *array, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&array));
  g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED,
               _ ("The image could not be made: %s. Try a smaller size or scale"),
               cairo_status_to_string (status));
  g_byte_array_unref (array);
  return NULL;
}

static GBytes *
scene_to_png (const MillScene *scene, double scale, gboolean transparent, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_image_surface_create (transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                  (int) lround (mill_scene_get_width (scene) * scale),
                                  (int) lround (mill_scene_get_height (scene) * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  mill_scene_paint (scene, cr, !transparent);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, array);
  cairo_surface_destroy (surface);
  return take_bytes (array, status, error);
}

static GBytes *
scene_to_pdf (const MillScene *scene, gboolean transparent, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, array, mill_scene_get_width (scene) * PT_PER_PX,
      mill_scene_get_height (scene) * PT_PER_PX);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, mill_scene_get_title (scene));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT,
                                  mill_scene_get_summary (scene));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Threadmill " MILL_VERSION);
  cairo_scale (cr, PT_PER_PX, PT_PER_PX);
  mill_scene_paint (scene, cr, !transparent);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return take_bytes (array, status, error);
}

static GBytes *
scene_to_svg_file (const MillScene *scene, gboolean transparent)
{
  g_autofree char *svg = mill_scene_to_svg (scene, NULL, transparent);
  char *file = g_strconcat ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", svg, "\n", NULL);

  return g_bytes_new_take (file, strlen (file));
}

GBytes *
mill_scene_to_bytes (const MillScene *scene,
                     MillExportFormat format,
                     double scale,
                     gboolean transparent,
                     GError **error)
{
  switch (format) {
  case MILL_EXPORT_SVG:
    return scene_to_svg_file (scene, transparent);
  case MILL_EXPORT_PDF:
    return scene_to_pdf (scene, transparent, error);
  case MILL_EXPORT_PNG:
  default:
    return scene_to_png (scene, scale, transparent, error);
  }
}

static gboolean
check_options (const MillExportOptions *options, GError **error)
{
  double width = options->width_px;
  double height = options->height_px;

  if (!(width >= MILL_EXPORT_MIN_PX && width <= MILL_EXPORT_MAX_PX) ||
      !(height >= MILL_EXPORT_MIN_PX && height <= MILL_EXPORT_MAX_PX)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("An image of %g × %g pixels cannot be made: width and height go from %g to %g"),
                 width, height, MILL_EXPORT_MIN_PX, MILL_EXPORT_MAX_PX);
    return FALSE;
  }
  if (!(options->scale >= 1.0 && options->scale <= MILL_EXPORT_MAX_SCALE)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("A scale of %g cannot be used: it goes from 1 to %g"), options->scale,
                 MILL_EXPORT_MAX_SCALE);
    return FALSE;
  }
  if (width * height * options->scale * options->scale > MILL_EXPORT_MAX_PIXELS) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("An image of %g × %g pixels at scale %g is too large: take a smaller scale"),
                 width, height, options->scale);
    return FALSE;
  }
  return TRUE;
}

GBytes *
mill_chart_to_bytes (const MillChartSpec *spec,
                     MillExportFormat format,
                     const MillExportOptions *options,
                     GError **error)
{
  MillExportOptions defaults;

  mill_export_options_init (&defaults);
  options = options ? options : &defaults;
  if (!check_options (options, error))
    return NULL;
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  g_autoptr (MillScene) scene =
      mill_chart_layout (spec, options->theme, options->width_px, options->height_px, measurer);
  return mill_scene_to_bytes (scene, format, options->scale, options->transparent, error);
}

gboolean
mill_chart_save (const MillChartSpec *spec,
                 GFile *file,
                 const MillExportOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  MillExportFormat format;

  if (!mill_export_format_from_name (name ? name : "", &format, error))
    return FALSE;
  g_autoptr (GBytes) bytes = mill_chart_to_bytes (spec, format, options, error);
  if (!bytes)
    return FALSE;
  return mill_file_write (file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                          cancellable, error);
}
