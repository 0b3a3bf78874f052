/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-chart-output.h"
#include "cli/mill-cli.h"

#define MAX_RESULTS 16

/* A size by its name; FALSE where there is none. */
static gboolean
size_from_name (const char *name, MillExportOptions *options)
{
  guint n_presets;
  const MillExportPreset *presets = mill_export_presets (&n_presets);

  for (guint i = 0; i < n_presets; i++) {
    if (g_str_equal (presets[i].id, name)) {
      options->width_px = presets[i].width_px;
      options->height_px = presets[i].height_px;
      return TRUE;
    }
  }
  return FALSE;
}

MillExit
mill_command_chart (GStrv arguments)
{
  MillExportOptions options;
  g_auto (MillChartOptions) chart_options;
  MillChartKind kind = MILL_N_CHART_KINDS;
  g_autofree char *kind_id = NULL;
  g_autofree char *output = NULL;
  g_autofree char *size = NULL;
  g_autofree char *theme = NULL;
  g_autofree char *figure_id = NULL;
  double width_px = NAN;
  double height_px = NAN;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillExit status;

  mill_export_options_init (&options);
  mill_chart_options_init (&chart_options);
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_id, N_ ("which chart (threadmill-cli list charts)"),
      N_ ("KIND") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("the image: .png, .svg or .pdf"),
      N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, N_ ("slide, half-column or square (slide)"),
      N_ ("NAME") },
    { "width", 0, 0, G_OPTION_ARG_DOUBLE, &width_px, N_ ("width in pixels (960)"), N_ ("W") },
    { "height", 0, 0, G_OPTION_ARG_DOUBLE, &height_px, N_ ("height in pixels (540)"), N_ ("H") },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.scale,
      N_ ("pixels of a PNG per pixel of its size, 1 to 4 (1)"), N_ ("S") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &theme,
      N_ ("light, dark, high-contrast, high-contrast-dark or print (light)"), N_ ("NAME") },
    { "figure", 0, 0, G_OPTION_ARG_STRING, &figure_id,
      N_ ("of the kind scaling: which figure, by its name in the document (throughput_rps)"),
      N_ ("NAME") },
    { "transparent", 0, 0, G_OPTION_ARG_NONE, &options.transparent, N_ ("leave the background out"),
      NULL },
    { NULL },
  };

  if (!mill_cli_parse (
          "chart", entries,
          N_ ("Further results overlay the first one, where that makes sense. A result "
              "is a file, or a\npublished one (threadmill-cli list published): "
              "published:80-requests."),
          arguments, 1, MAX_RESULTS, &operands, &status))
    return status;
  if (kind_id == NULL || output == NULL)
    return mill_cli_usage_error ("chart", _ ("--kind and --output are needed"));
  if (theme != NULL && !mill_theme_from_name (theme, &options.theme))
    return mill_cli_usage_error ("chart", _ ("there is no theme “%s”"), theme);
  if (size != NULL && !size_from_name (size, &options))
    return mill_cli_usage_error (
        "chart", _ ("there is no size “%s”; slide, half-column and square are sizes"), size);
  if (!isnan (width_px))
    options.width_px = width_px;
  if (!isnan (height_px))
    options.height_px = height_px;
  if (!mill_chart_output_check (kind_id, output, &kind, &error))
    return mill_cli_usage_error ("chart", "%s", error->message);

  if (figure_id != NULL && kind != MILL_CHART_SCALING)
    return mill_cli_usage_error ("chart", _ ("--figure belongs to --kind scaling"));
  if (!mill_cli_parse_figure ("chart", figure_id, &chart_options.figure))
    return MILL_EXIT_USAGE;

  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  for (guint i = 0; operands[i] != NULL; i++) {
    MillResult *result = mill_cli_load_result (operands[i], &error);
    if (result == NULL)
      return mill_cli_fail (error);
    g_ptr_array_add (results, result);
  }
  return mill_chart_output_write (results, kind, &chart_options, output, &options, &error)
             ? MILL_EXIT_DONE
             : mill_cli_fail (error);
}
