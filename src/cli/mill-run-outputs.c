/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "charts/mill-report-html.h"
#include "cli/mill-chart-output.h"
#include "cli/mill-cli.h"
#include "cli/mill-run-outputs.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-writers.h"

typedef char *(*ToText) (const MillResult *result);

/* The formats that are text made of a result. */
typedef struct {
  const char *option;
  gsize offset; /* of the path in MillRunOptions */
  ToText to_text;
} TextOutput;

static char *
to_html (const MillResult *result)
{
  return mill_report_html (result, NULL);
}

static const TextOutput text_outputs[] = {
  { "--csv", G_STRUCT_OFFSET (MillRunOptions, csv_path), mill_result_to_csv },
  { "--markdown", G_STRUCT_OFFSET (MillRunOptions, markdown_path), mill_result_to_markdown },
  { "--html", G_STRUCT_OFFSET (MillRunOptions, html_path), to_html },
  { "--trace", G_STRUCT_OFFSET (MillRunOptions, trace_path), mill_result_to_trace },
};

static const char *
text_path (const MillRunOptions *options, const TextOutput *output)
{
  return G_STRUCT_MEMBER (char *, options, output->offset);
}

/* A file is replaced by a new one beside it, so the folder must be writable too. Each goes into
 * @named: a second output of that name would replace the first. */
static gboolean
check_path (GHashTable *named, const char *option, const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (path == NULL)
    return TRUE;
  if (!mill_cli_check_output (option, path, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (path);
  folder = g_file_get_parent (file);
  if (*path == '\0' || folder == NULL ||
      g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s “%s”: this is a folder; name a file in it."), option, path);
    return FALSE;
  }
  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s “%s”: its folder does not exist; make it first."), option, path);
    return FALSE;
  }
  info = g_file_query_info (folder, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE, G_FILE_QUERY_INFO_NONE, NULL,
                            NULL);
  if (info != NULL &&
      !g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s “%s”: its folder is not writable; choose another."), option, path);
    return FALSE;
  }
  /* Devices take all. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_SPECIAL &&
      !g_hash_table_add (named, g_steal_pointer (&file))) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s “%s”: another output has this name; give each its own."), option, path);
    return FALSE;
  }
  return TRUE;
}

gboolean
mill_run_outputs_check (const MillRunOptions *options, GError **error)
{
  g_autoptr (GHashTable) named =
      g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref, NULL);

  if (!check_path (named, "--output", options->output_path, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (text_outputs); i++) {
    if (!check_path (named, text_outputs[i].option, text_path (options, &text_outputs[i]), error))
      return FALSE;
  }
  for (guint i = 0; i < options->charts->len; i++) {
    const MillChartOutput *chart = g_ptr_array_index (options->charts, i);
    MillChartKind kind;
    if (!mill_chart_output_check (chart->kind, chart->path, &kind, error) ||
        !check_path (named, "--chart", chart->path, error))
      return FALSE;
  }
  return TRUE;
}

/* Says what went wrong with a file; the run is not lost by it. */
static gboolean
report_failure (const char *path, const GError *error)
{
  fprintf (stderr, _ ("threadmill-cli: “%s” was not written: %s\n"), path, error->message);
  return FALSE;
}

static gboolean
write_text (const char *path, ToText to_text, const MillResult *result)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *text = to_text (result);
  g_autoptr (GError) error = NULL;

  if (mill_file_write (file, text, strlen (text), NULL, &error))
    return TRUE;
  return report_failure (path, error);
}

static gboolean
write_document (const char *path, const MillResult *result)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;

  if (mill_result_save (result, file, NULL, &error))
    return TRUE;
  return report_failure (path, error);
}

static gboolean
write_chart (const MillChartOutput *chart, const MillResult *result)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  MillChartKind kind = MILL_CHART_TIME;

  g_ptr_array_add (results, (gpointer) result);
  if (mill_chart_output_check (chart->kind, chart->path, &kind, &error) &&
      mill_chart_output_write (results, kind, NULL, chart->path, NULL, &error))
    return TRUE;
  return report_failure (chart->path, error);
}

void
mill_run_outputs_rescue (const MillResult *result)
{
  g_autofree char *name = g_strdup_printf ("threadmill-%s.threadmill", result->id);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  if (write_document (path, result))
    fprintf (stderr, _ ("threadmill-cli: the result was saved as “%s” instead\n"), path);
}

gboolean
mill_run_outputs_write (const MillRunOptions *options,
                        const MillResult *result,
                        gboolean output_lost)
{
  gboolean document_written =
      options->output_path == NULL || write_document (options->output_path, result);
  gboolean all_written = document_written && !output_lost;

  for (gsize i = 0; i < G_N_ELEMENTS (text_outputs); i++) {
    const char *path = text_path (options, &text_outputs[i]);
    if (path != NULL && !write_text (path, text_outputs[i].to_text, result))
      all_written = FALSE;
  }
  for (guint i = 0; i < options->charts->len; i++) {
    if (!write_chart (g_ptr_array_index (options->charts, i), result))
      all_written = FALSE;
  }
  if (!all_written && (options->output_path == NULL || !document_written))
    mill_run_outputs_rescue (result);
  return all_written;
}
