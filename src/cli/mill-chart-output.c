/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-kind.h"
#include "cli/mill-chart-output.h"
#include "experiment/mill-error.h"

gboolean
mill_chart_output_check (const char *kind_id, const char *path, MillChartKind *kind, GError **error)
{
  MillExportFormat format;

  if (!mill_chart_kind_from_id (kind_id, kind)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("“%s” is no kind of chart; “threadmill-cli list charts” shows them"), kind_id);
    return FALSE;
  }
  return mill_export_format_from_name (path, &format, error);
}

gboolean
mill_chart_output_write (GPtrArray *results,
                         MillChartKind kind,
                         const MillChartOptions *chart_options,
                         const char *path,
                         const MillExportOptions *options,
                         GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_auto (MillChartOptions) defaults;
  MillChartOptions localised;
  g_autofree char *reason = NULL;

  mill_chart_options_init (&defaults);
  localised = chart_options != NULL ? *chart_options : defaults;
  /* As the texts beside them: 13,316 is another number to a German. */
  mill_number_format_from_locale (&localised.numbers);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new (kind, results, &localised);
  if (!mill_chart_available (spec, &reason))
    fprintf (stderr, _ ("threadmill-cli: “%s” shows little: %s\n"), path, reason);
  return mill_chart_save (spec, file, options, NULL, error);
}
