/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "experiment/mill-json.h"
#include "experiment/mill-number.h"
#include "result/mill-table.h"
#include "result/mill-writers.h"

/* RFC 4180, the other way: rows of fields. */
static GPtrArray *
read_csv (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *at = text; *at != '\0'; at++) {
    if (quoted && at[0] == '"' && at[1] == '"') {
      g_string_append_c (field, '"');
      at++;
    } else if (*at == '"') {
      quoted = !quoted;
    } else if (!quoted && (*at == ',' || *at == '\r')) {
      g_ptr_array_add (row, g_strdup (field->str));
      g_string_truncate (field, 0);
    } else if (!quoted && *at == '\n') {
      g_assert_cmpint (at[-1], ==, '\r');
      g_ptr_array_add (rows, row);
      row = g_ptr_array_new_with_free_func (g_free);
    } else {
      g_string_append_c (field, *at);
    }
  }
  g_assert_false (quoted);
  g_assert_cmpuint (row->len, ==, 0);
  g_ptr_array_unref (row);
  return rows;
}

static const char *
csv_value (const GPtrArray *rows, guint row, const char *column)
{
  const GPtrArray *header = g_ptr_array_index (rows, 0);

  for (guint i = 0; i < header->len; i++) {
    if (g_strcmp0 (g_ptr_array_index (header, i), column) == 0)
      return g_ptr_array_index ((const GPtrArray *) g_ptr_array_index (rows, row), i);
  }
  g_assert_not_reached ();
}

static void
test_csv (void)
{
  g_autoptr (MillResult) result = sample_result (2);
  MillTrialResult *trial = g_ptr_array_index (result->trials, 1);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  trial->reason = g_strdup ("=HYPERLINK(\"http://x\")");
  trial->verification = g_strdup ("one, \"two\"\r\nthree");
  text = mill_result_to_csv (result);
  rows = read_csv (text);
  g_assert_cmpuint (rows->len, ==, 1 + 8);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (((GPtrArray *) g_ptr_array_index (rows, i))->len, ==,
                      ((GPtrArray *) g_ptr_array_index (rows, 0))->len);
  g_assert_cmpstr (csv_value (rows, 1, "model"), ==, "sync");
  g_assert_cmpstr (csv_value (rows, 1, "wall_time_s"), ==, "8.05");
  g_assert_cmpstr (csv_value (rows, 1, "latency_ms.p99"), ==, "");
  g_assert_cmpstr (csv_value (rows, 1, "requests_ok"), ==, "80");
  g_assert_cmpstr (csv_value (rows, 1, "errors.timeout"), ==, "0");
  g_assert_cmpstr (csv_value (rows, 1, "verified"), ==, "true");
  g_assert_cmpstr (csv_value (rows, 2, "reason"), ==, "'=HYPERLINK(\"http://x\")");
  g_assert_cmpstr (csv_value (rows, 2, "verification"), ==, "one, \"two\"\r\nthree");
  g_assert_null (strstr (text, "nan"));
}

static void
test_table (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autoptr (MillTable) table = mill_table_new (result);
  const MillTableRow *row = g_ptr_array_index (table->rows, 2);
  const MillTableCell *time = g_ptr_array_index (row->cells, 1);
  const MillTableCell *speedup = g_ptr_array_index (row->cells, 2);

  /* Model, time, speed-up, requests/s, p50, p90 (no p99), failed, CPU, memory. */
  g_assert_cmpuint (table->columns->len, ==, 9);
  g_assert_cmpuint (table->rows->len, ==, 4);
  g_assert_cmpstr (((MillTableCell *) g_ptr_array_index (row->cells, 0))->text, ==, "main-loop:80");
  g_assert_cmpstr (time->text, ==, "0.12");
  g_assert_cmpstr (time->detail, ==, "0.12–0.12");
  g_assert_cmpstr (speedup->text, ==, "65.9 ×");
  g_assert_null (mill_table_note (table));
}

/* What was measured until a run was stopped is shown, and marked; beside complete trials it does
 * not count. */
static void
test_table_of_stopped_run (void)
{
  g_autoptr (MillResult) result = sample_result (1);
  const MillModelResult *model = g_ptr_array_index (result->models, 2);
  MillTrialResult *stopped = NULL;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, model->model))
      stopped = trial;
  }
  if (stopped == NULL)
    g_error ("%s has no trial", model->model);
  stopped->status = MILL_TRIAL_PARTIAL;
  stopped->wall_time_s = 2.5;
  mill_result_summarise (result);
  g_autoptr (MillTable) table = mill_table_new (result);
  g_autofree char *note = mill_table_note (table);
  const MillTableRow *row = g_ptr_array_index (table->rows, 2);
  const MillTableCell *time = g_ptr_array_index (row->cells, 1);
  const MillTableCell *speedup = g_ptr_array_index (row->cells, 2);
  const MillTableRow *other = g_ptr_array_index (table->rows, 0);

  g_assert_cmpstr (time->text, ==, "2.50*");
  g_assert_true (time->partial);
  g_assert_cmpstr (speedup->text, ==, "–");
  g_assert_false (((MillTableCell *) g_ptr_array_index (other->cells, 1))->partial);
  g_assert_true (g_str_has_prefix (note, "* "));
}

static void
test_numbers (void)
{
  static const struct {
    double value;
    const char *text;
  } numbers[] = {
    { NAN, "–" },         { 0, "0" },
    { 1, "1" },           { 8.053, "8.05" },
    { 0.1234, "0.12" },   { 12.34, "12.3" },
    { 194.2, "194" },     { 0.0123, "0.012" },
    { 80, "80" },         { 12345.6, "12,346" },
    { 999.7, "1,000" },   { -1234, "-1,234" },
    { 0.0041, "0.0041" }, { 0.000064, "0.000064" },
    { 0.0030, "0.003" },  { 0.00995, "0.010" },
  };
  static const struct {
    double value;
    const char *text;
  } given[] = {
    { 0.5, "0.5" }, { 0.001, "0.001" }, { 1e7, "10,000,000" }, { 0, "0" }, { NAN, "–" },
  };
  static const struct {
    double value;
    const char *text;
  } ratios[] = {
    { 1, "1" }, { 1.0042, "1.004" }, { 0.9961, "0.996" }, { 1.006, "1.01" }, { 72.04, "72.0" },
  };
  g_autofree char *hundred = mill_number_group (100);
  g_autofree char *thousand = mill_number_group (1000);
  g_autofree char *millions = mill_number_group (12345678);
  g_autofree char *seconds = mill_format_duration (8.053);
  g_autofree char *milliseconds = mill_format_duration (0.0123);
  g_autofree char *microseconds = mill_format_duration (0.000035);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *text = mill_format_number (numbers[i].value);

    g_assert_cmpstr (text, ==, numbers[i].text);
  }
  for (guint i = 0; i < G_N_ELEMENTS (given); i++) {
    g_autofree char *text = mill_format_given (given[i].value);

    g_assert_cmpstr (text, ==, given[i].text);
  }
  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++) {
    g_autofree char *text = mill_format_ratio (ratios[i].value);

    g_assert_cmpstr (text, ==, ratios[i].text);
  }
  g_assert_cmpstr (thousand, ==, "1,000");
  g_assert_cmpstr (hundred, ==, "100");
  g_assert_cmpstr (millions, ==, "12,345,678");
  g_assert_cmpstr (seconds, ==, "8.05 s");
  g_assert_cmpstr (milliseconds, ==, "12.3 ms");
  g_assert_cmpstr (microseconds, ==, "35 µs");
}

/* What is done there are no requests. */
static void
test_cpu_columns (void)
{
  g_autoptr (MillResult) result = sample_result (1);

  result->experiment->workload = MILL_WORKLOAD_CPU;
  g_autoptr (MillTable) table = mill_table_new (result);
  gboolean urls = FALSE;

  for (guint i = 0; i < table->columns->len; i++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, i);

    g_assert_cmpstr (column->title, !=, "Requests/s");
    urls |= g_str_equal (column->title, "URLs/s");
  }
  g_assert_true (urls);
}

static void
test_markdown (void)
{
  g_autoptr (MillResult) result = sample_result (1);
  g_autofree char *text = NULL;

  g_free (result->name);
  result->name = g_strdup ("a|b <script>\n# c");
  mill_result_add_warning (result, "x", NULL, "warned");
  text = mill_result_to_markdown (result);
  g_assert_true (g_str_has_prefix (text, "## a\\|b &lt;script> \\# c\n"));
  g_assert_nonnull (strstr (text, "| Model | Time, s | Speed-up |"));
  g_assert_nonnull (strstr (text, "| --- | ---: |"));
  g_assert_nonnull (strstr (text, "\n- warned\n"));
  g_assert_nonnull (strstr (text, "| thread-pool:20 | 0.41 |"));
}

static void
test_terminal (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  MillModelResult *model = g_ptr_array_index (result->models, 0);

  g_free (model->model);
  model->model = g_strdup ("日本");
  model->figures[MILL_FIGURE_WALL_TIME].projected = TRUE;
  g_free (result->name);
  result->name = g_strdup ("name");
  mill_result_add_warning (result, "x", "\033[31mred", "warned");
  text = mill_result_to_terminal (result);
  lines = g_strsplit (text, "\n", -1);
  /* Two wide characters take four columns: two characters fewer than a line of narrow ones. */
  g_assert_cmpint (g_utf8_strlen (lines[2], -1) - g_utf8_strlen (lines[1], -1), ==, 2);
  g_assert_cmpint (g_utf8_strlen (lines[2], -1), ==, g_utf8_strlen (lines[3], -1));
  g_assert_cmpint (g_utf8_strlen (lines[2], -1), ==, g_utf8_strlen (lines[0], -1));
  g_assert_nonnull (strstr (lines[1], "~8.06 ("));
  g_assert_true (g_str_has_prefix (lines[5], "~ projected"));
  g_assert_null (strchr (text, '\033'));
  g_assert_nonnull (strstr (text, "Warning: "));
}

typedef struct {
  guint begins, ends, counters, names;
  GHashTable *open; /* id and name of what has begun */
  gint64 in_flight;
} TraceCheck;

/* The rules of the format: each event has its phase, process, thread and time; "b" and "e" of an
 * id and name pair up, in this order; counters carry numbers; metadata carries a name. */
static void
check_event (JsonArray *array, guint index, JsonNode *node, gpointer data)
{
  TraceCheck *check = data;
  JsonObject *event = json_node_get_object (node);
  const char *phase = json_object_get_string_member (event, "ph");
  const char *name = json_object_get_string_member (event, "name");

  g_assert_cmpint (json_object_get_int_member (event, "pid"), >, 0);
  g_assert_true (json_object_has_member (event, "tid"));
  g_assert_cmpint (json_object_get_int_member (event, "ts"), >=, 0);
  if (g_str_equal (phase, "b") || g_str_equal (phase, "e")) {
    char *key = g_strdup_printf ("%s %s", json_object_get_string_member (event, "id"), name);
    gint64 *time = g_hash_table_lookup (check->open, key);

    g_assert_cmpstr (json_object_get_string_member (event, "cat"), ==, "request");
    if (g_str_equal (phase, "b")) {
      g_assert_null (time);
      time = g_new (gint64, 1);
      *time = json_object_get_int_member (event, "ts");
      g_hash_table_insert (check->open, key, time);
      check->begins++;
      return;
    }
    g_assert_nonnull (time);
    g_assert_cmpint (json_object_get_int_member (event, "ts"), >=, *time);
    g_hash_table_remove (check->open, key);
    g_free (key);
    check->ends++;
  } else if (g_str_equal (phase, "C")) {
    JsonObject *arguments = json_object_get_object_member (event, "args");

    check->in_flight = json_object_get_int_member (arguments, "requests");
    check->counters++;
  } else {
    g_assert_cmpstr (phase, ==, "M");
    g_assert_true (g_str_equal (name, "process_name") || g_str_equal (name, "thread_name"));
    g_assert_nonnull (
        json_object_get_string_member (json_object_get_object_member (event, "args"), "name"));
    check->names++;
  }
}

static void
test_trace (void)
{
  g_autoptr (MillResult) result = sample_result (2);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  TraceCheck check = { 0 };

  /* A request that never left, and one whose name would break out of JSON. */
  g_array_index (((MillTrialResult *) g_ptr_array_index (result->trials, 0))->timeline,
                 MillTimelineEntry, 0) =
      (MillTimelineEntry){ .started_us = 50, .done_us = 40, .outcome = MILL_OUTCOME_REFUSED };
  g_free (((MillTrialResult *) g_ptr_array_index (result->trials, 3))->model);
  ((MillTrialResult *) g_ptr_array_index (result->trials, 3))->model = g_strdup ("\"}");
  mill_result_summarise (result);

  text = mill_result_to_trace (result);
  node = mill_json_parse (text, -1, "trace", &error);
  g_assert_no_error (error);
  check.open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_array_foreach_element (
      json_object_get_array_member (json_node_get_object (node), "traceEvents"), check_event,
      &check);
  g_assert_cmpuint (g_hash_table_size (check.open), ==, 0);
  g_hash_table_unref (check.open);
  g_assert_cmpuint (check.begins, ==, check.ends);
  g_assert_cmpuint (check.begins, >, 4 * 80 * 3);
  g_assert_cmpuint (check.names, ==, result->models->len * (1 + 4));
  g_assert_cmpuint (check.counters, >, 4 * 80);
  /* All that began has ended. */
  g_assert_cmpint (check.in_flight, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writers/csv", test_csv);
  g_test_add_func ("/writers/table", test_table);
  g_test_add_func ("/writers/table-of-stopped-run", test_table_of_stopped_run);
  g_test_add_func ("/writers/numbers", test_numbers);
  g_test_add_func ("/writers/cpu-columns", test_cpu_columns);
  g_test_add_func ("/writers/markdown", test_markdown);
  g_test_add_func ("/writers/terminal", test_terminal);
  g_test_add_func ("/writers/trace", test_trace);
  return g_test_run ();
}
