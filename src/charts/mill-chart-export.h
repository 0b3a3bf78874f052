/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "charts/mill-chart-spec.h"
#include "charts/mill-chart-theme.h"
#include "charts/mill-scene.h"

G_BEGIN_DECLS

typedef enum {
  MILL_EXPORT_PNG,
  MILL_EXPORT_SVG,
  MILL_EXPORT_PDF,
} MillExportFormat;

#define MILL_EXPORT_MIN_PX 120.0
#define MILL_EXPORT_MAX_PX 8000.0
#define MILL_EXPORT_MAX_SCALE 4.0
/* The most pixels of a PNG: width x height x scale². */
#define MILL_EXPORT_MAX_PIXELS (256.0 * 1024.0 * 1024.0 / 4.0)

/* A size that is offered by name. */
typedef struct {
  const char *id;    /* "slide", "half-column", "square" */
  const char *label; /* untranslated */
  double width_px, height_px;
} MillExportPreset;

/* How an image is saved. */
typedef struct {
  double width_px, height_px; /* at scale 1; 96 px are an inch */
  double scale;               /* PNG only, 1 to 4 */
  MillThemeId theme;
  gboolean transparent;
} MillExportOptions;

/* A slide of 960 x 540 px at scale 1 in the light theme. */
void mill_export_options_init (MillExportOptions *options);

/**
 * mill_export_presets:
 * @n_presets: (out): how many
 *
 * Returns: (transfer none): 960 x 540 px, 85 x 60 mm, 640 x 640 px
 */
const MillExportPreset *mill_export_presets (guint *n_presets);

/**
 * mill_export_format_from_name:
 * @file_name: only its extension counts, in upper or lower case
 *
 * Returns: FALSE with MILL_ERROR_USAGE where it is none of .png, .svg and .pdf
 */
gboolean
mill_export_format_from_name (const char *file_name, MillExportFormat *format, GError **error);

/* "image/png", "image/svg+xml", "application/pdf". */
const char *mill_export_media_type (MillExportFormat format);

/**
 * mill_scene_to_bytes:
 * @scene: a chart
 * @scale: PNG only
 * @transparent: leave the background out
 *
 * Returns: (transfer full): the file's content; NULL with MILL_ERROR_FAILED where memory does not
 *   suffice
 */
GBytes *mill_scene_to_bytes (const MillScene *scene,
                             MillExportFormat format,
                             double scale,
                             gboolean transparent,
                             GError **error);

/**
 * mill_scene_to_svg:
 * @id: (nullable): a prefix that makes ids unique where several images stand in one document
 *
 * Text stays text, selectable and searchable; its length is fixed, so that another font does not
 * break the layout. Title and description are for screen readers.
 *
 * Returns: (transfer full): an <svg> element without XML declaration
 */
char *mill_scene_to_svg (const MillScene *scene, const char *id, gboolean transparent);

/**
 * mill_chart_to_bytes:
 *
 * Lays out and writes a chart as mill_chart_save() does, for the clipboard and for previews.
 *
 * Returns: (transfer full): the file's content, or NULL with MILL_ERROR_USAGE for a size that
 *   cannot be
 */
GBytes *mill_chart_to_bytes (const MillChartSpec *spec,
                             MillExportFormat format,
                             const MillExportOptions *options,
                             GError **error);

/**
 * mill_chart_save:
 * @file: the format is chosen by its extension
 * @options: (nullable): NULL: the defaults
 *
 * Writes atomically. May run in any thread that has its own spec.
 *
 * Returns: FALSE with MILL_ERROR_USAGE (size, extension) or an error of GIO
 */
gboolean mill_chart_save (const MillChartSpec *spec,
                          GFile *file,
                          const MillExportOptions *options,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
