/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A result document, whole and as a list reads it: what is accepted can be written in every
 * format, and its own format can be read again.
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "experiment/mill-json.h"
#include "result/mill-comparison.h"
#include "result/mill-result-file.h"
#include "result/mill-sentence.h"
#include "result/mill-writers.h"

#include "fuzz.h"

static void
check_summary (const uint8_t *data, size_t size)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("fuzz-XXXXXX", &stream, NULL);
  g_assert_nonnull (file);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  g_assert_true (g_output_stream_write_all (output, data, size, NULL, NULL, NULL));
  g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
  g_autoptr (MillResultSummary) summary = mill_result_load_summary (file, NULL, NULL);
  g_file_delete (file, NULL, NULL);
}

static void
check_written (const MillResult *result)
{
  g_autofree char *text = mill_result_to_text (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mill_json_parse (text, -1, "again", &error);
  g_assert_no_error (error);
  g_autoptr (MillResult) again = mill_result_from_json (node, &error);
  g_assert_no_error (error);
  g_autofree char *csv = mill_result_to_csv (again);
  g_autofree char *markdown = mill_result_to_markdown (again);
  g_autofree char *terminal = mill_result_to_terminal (again);
  g_autofree char *trace = mill_result_to_trace (again);
  g_assert_true (g_utf8_validate (csv, -1, NULL));
  g_assert_true (g_utf8_validate (markdown, -1, NULL));
  g_assert_true (g_utf8_validate (terminal, -1, NULL));
  g_assert_true (g_utf8_validate (trace, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  check_summary (data, size);
  g_autoptr (JsonNode) node = mill_json_parse ((const char *) data, (gssize) size, "input", NULL);
  if (node == NULL)
    return 0;
  g_autoptr (MillResult) result = mill_result_from_json (node, NULL);
  if (result != NULL)
    check_written (result);
  return 0;
}
