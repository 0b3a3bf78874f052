/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-result-file.h"
#include "result/mill-trial-figures.h"

/* A document that must be valid. */
static MillResult *
reread (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mill_json_parse (text, -1, "test", &error);
  MillResult *result;

  g_assert_no_error (error);
  result = mill_result_from_json (node, &error);
  g_assert_no_error (error);
  if (result == NULL)
    g_error ("no result and no error");
  return result;
}

static MillResult *
parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = mill_json_parse (text, -1, "test", error);

  return node != NULL ? mill_result_from_json (node, error) : NULL;
}

static GFile *
temporary_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("threadmill-result-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "result.threadmill", NULL);

  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
remove_file (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* Everything that a document can hold. */
static MillResult *
full_result (void)
{
  MillResult *result = sample_result (5);
  MillTrialResult *trial = g_ptr_array_index (result->trials, 3);
  MillSample sample = { 0.1, 24.5, 12.25, 17.5, 80, 12, 1, 3 };

  g_free (result->name);
  result->name = g_strdup ("A \"name\" <b>with</b>\nlines, 日本 and \\");
  result->notes = g_strdup ("notes");
  result->environment = json_from_string ("{\"cores\":2,\"cpu_model\":\"x\"}", NULL);
  mill_result_add_warning (result, "noise", "sync", "%s varies", "sync");
  mill_result_add_warning (result, "work", NULL, "differs");
  trial->status = MILL_TRIAL_PARTIAL;
  trial->reason = g_strdup ("stopped");
  trial->verified = 0;
  trial->verification = g_strdup ("79 of 80");
  trial->sweep_value = 0.1;
  trial->requests_ok = 70;
  trial->requests_failed = 10;
  trial->errors[MILL_OUTCOME_TIMEOUT] = 7;
  trial->errors[MILL_OUTCOME_HTTP_5XX] = 3;
  trial->projected_wall_time_s = 12.5;
  trial->sent_late = 4;
  trial->latency_uncorrected_ms = trial->latency_ms;
  trial->histogram_uncorrected = mill_histogram_copy (trial->histogram);
  trial->checksum = g_strdup ("00ff");
  trial->checksum_bytes = 51258766;
  trial->corresponds_to = g_strdup ("main-loop");
  trial->verified = -1;
  g_array_append_val (trial->samples, sample);
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  return result;
}

static void
test_round_trip (void)
{
  g_autoptr (MillResult) result = full_result ();
  g_autofree char *first = mill_result_to_text (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (MillResult) back = parse (first, &error);
  g_autofree char *second = NULL;
  const MillTrialResult *trial;

  g_assert_no_error (error);
  second = mill_result_to_text (back);
  g_assert_cmpstr (first, ==, second);

  g_assert_cmpstr (back->name, ==, result->name);
  g_assert_cmpstr (back->program_version, ==, "0.1.0");
  g_assert_cmpuint (back->warnings->len, ==, 2);
  g_assert_cmpuint (back->models->len, ==, result->models->len);
  trial = g_ptr_array_index (back->trials, 3);
  g_assert_cmpint (trial->status, ==, MILL_TRIAL_PARTIAL);
  g_assert_cmpint (trial->verified, ==, -1);
  g_assert_cmpint (trial->errors[MILL_OUTCOME_TIMEOUT], ==, 7);
  g_assert_cmpint (trial->checksum_bytes, ==, 51258766);
  g_assert_cmpuint (trial->timeline->len, ==, 80);
  g_assert_cmpuint (trial->samples->len, ==, 1);
  g_assert_true (isnan (trial->latency_ms.p99));
  g_assert_cmpint (mill_histogram_count (trial->histogram), ==, 80);
  g_assert_cmpint (mill_histogram_count (trial->histogram_uncorrected), ==, 80);
  g_assert_cmpint (mill_result_find_model (back, "sync", NAN)->figures[0].n, ==, 5);
}

static void
test_absent_stays_absent (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync", 1);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  g_autoptr (MillResult) back = NULL;
  g_autofree char *text = NULL;
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup ("sync");
  trial->status = MILL_TRIAL_FAILED;
  g_ptr_array_add (result->trials, trial);
  mill_result_summarise (result);
  g_free (result->id);
  result->id = g_strdup ("id");
  text = mill_result_to_text (result);
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "NaN"));
  g_assert_null (strstr (text, "-1"));
  back = reread (text);
  trial = g_ptr_array_index (back->trials, 0);
  for (int i = 0; i < MILL_N_FIGURES; i++)
    g_assert_true (isnan (mill_trial_result_get_figure (trial, (MillFigure) i)));
  g_assert_cmpint (trial->requests_asked, ==, -1);
  g_assert_cmpint (trial->cores, ==, -1);
}

#define HEAD "{\"format\":{\"name\":\"threadmill-result\",\"version\":1},\"experiment\":" EXPERIMENT
#define EXPERIMENT                                                                                 \
  "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":1},\"models\":[\"sync\"]}"

static void
test_unknown_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillResult) result =
      parse (HEAD ",\"new\":[{\"a\":null}],\"trials\":[{\"model\":\"sync\",\"newer\":{},"
                  "\"wall_time_s\":1.5,\"errors\":{\"unheard\":3},\"latency_ms\":null,"
                  "\"memory_mib\":{\"avg\":null,\"more\":1}}]}",
             &error);
  const MillTrialResult *trial;

  g_assert_no_error (error);
  trial = g_ptr_array_index (result->trials, 0);
  g_assert_cmpfloat (trial->wall_time_s, ==, 1.5);
  g_assert_cmpint (trial->errors[MILL_OUTCOME_OTHER], ==, 3);
  /* Without `models` they are computed. */
  g_assert_cmpfloat (mill_result_find_model (result, "sync", NAN)->figures[0].median, ==, 1.5);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "null",
    "{}",
    "{\"format\":1}",
    "{\"format\":{\"name\":\"threadmill-result\"}}",
    "{\"format\":{\"name\":\"threadmill-result\",\"version\":0}}",
    "{\"format\":{\"name\":\"threadmill-result\",\"version\":\"1\"}}",
    "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":1}}",
    "{\"format\":{\"name\":\"threadmill-result\",\"version\":1}}",
    "{\"format\":{\"name\":\"threadmill-result\",\"version\":1},\"experiment\":[]}",
    HEAD ",\"trials\":{}}",
    HEAD ",\"trials\":[1]}",
    HEAD ",\"trials\":[null]}",
    HEAD ",\"trials\":[{}]}",
    HEAD ",\"trials\":[{\"model\":\"\"}]}",
    HEAD ",\"trials\":[{\"model\":7}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"status\":\"great\"}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"wall_time_s\":-1}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"wall_time_s\":1e300}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"requests_ok\":1.5}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"requests_ok\":-3}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"latency_ms\":3}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"errors\":[]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"errors\":{\"timeout\":\"x\"}}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"samples\":[3]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"timeline\":[[]]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"timeline\":[{\"lane\":-1}]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"timeline\":[{\"done_us\":9223372036854775807}]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"histogram\":[]}]}",
    HEAD ",\"trials\":[{\"model\":\"a\",\"verified\":\"yes\"}]}",
    HEAD ",\"models\":[{\"wall_time_s\":{}}]}",
    HEAD ",\"models\":[{\"model\":\"a\",\"wall_time_s\":[]}]}",
    HEAD ",\"models\":[{\"model\":\"a\",\"wall_time_s\":{\"n\":-1}}]}",
    HEAD ",\"warnings\":[\"x\"]}",
    HEAD ",\"environment\":[]}",
    HEAD ",\"program\":7}",
    HEAD ",\"name\":{}}",
    HEAD ",\"published\":\"no\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MillResult) result = parse (texts[i], &error);

    g_test_message ("%s", texts[i]);
    g_assert_null (result);
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
    g_assert_cmpuint (strlen (error->message), >, 5);
  }
}

/* Cut off anywhere, a document is refused and nothing else happens. */
static void
test_truncated (void)
{
  g_autoptr (MillResult) result = full_result ();
  g_autofree char *text = mill_result_to_text (result);
  gsize length = strlen (text);

  for (gsize at = 0; at + 2 < length; at += length / 97) {
    g_autofree char *cut = g_strndup (text, at);
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (cut, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
}

static void
test_newer (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (
      "{\"format\":{\"name\":\"threadmill-result\",\"version\":2},\"trials\":\"!\"}", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_VERSION);
  g_assert_nonnull (strstr (error->message, "newer"));
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ",\"trials\":[{\"model\":\"a\",\"timeline\":[");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= MILL_MAX_TIMELINE; i++)
    g_string_append (text, i > 0 ? ",{}" : "{}");
  g_string_append (text, "]}]}");
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "timeline"));
}

/* A million requests in one trial. */
static void
test_size (void)
{
  enum { N_REQUESTS = 1000000 };
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:8", 1);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  g_autoptr (MillTrial) trial =
      mill_trial_new (experiment, &g_array_index (experiment->models, MillModelSpec, 0));
  g_autofree MillRecord *records = g_new0 (MillRecord, N_REQUESTS);
  g_autofree char *text = NULL;
  MillTrialResult *figures;

  for (int i = 0; i < N_REQUESTS; i++) {
    records[i].queued_us = i * 50ll;
    records[i].done_us = (guint32) (1000 + (i * 7919ll) % 2000000);
    records[i].lane = (guint16) (i % 100);
    records[i].outcome = MILL_OUTCOME_OK;
  }
  trial->requests = trial->requests_asked = N_REQUESTS;
  figures = mill_trial_result_from_records (trial, records, N_REQUESTS, NULL, NULL);
  g_assert_nonnull (figures);
  for (int i = 0; i < MILL_MAX_SAMPLES; i++) {
    MillSample sample = { i * 0.1, 99.5, 98.25, 120.125, 100, i * 1000, 0, 12 };

    g_array_append_val (figures->samples, sample);
  }
  g_ptr_array_add (result->trials, figures);
  mill_result_summarise (result);
  text = mill_result_to_text (result);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", strlen (text));
  g_assert_cmpuint (strlen (text), <, 3 * 1000 * 1000);
}

static void
test_many_timelines_are_thinned (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:8", 30);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  g_autoptr (MillResult) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  guint total = 0;

  for (int i = 0; i < 30; i++) {
    MillTrialResult *trial = sample_add_trial (result, "main-loop:8", i + 1, 1);

    for (MillTimelineEntry entry = { 0 }; i > 0 && trial->timeline->len < MILL_MAX_TIMELINE;)
      g_array_append_val (trial->timeline, entry);
  }
  text = mill_result_to_text (result);
  back = reread (text);
  for (guint i = 0; i < back->trials->len; i++)
    total += ((MillTrialResult *) g_ptr_array_index (back->trials, i))->timeline->len;
  g_assert_cmpuint (total, <=, MILL_MAX_DOCUMENT_TIMELINE);
  g_assert_cmpuint (total, >, MILL_MAX_DOCUMENT_TIMELINE * 9 / 10);
  g_assert_cmpuint (((MillTrialResult *) g_ptr_array_index (back->trials, 0))->timeline->len, ==,
                    80);
}

static void
test_file (void)
{
  g_autoptr (MillResult) result = full_result ();
  g_autoptr (GFile) file = temporary_file ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MillResult) back = NULL;
  g_autoptr (MillResultSummary) summary = NULL;
  const MillSummaryModel *model;

  g_assert_true (mill_result_save (result, file, NULL, &error));
  g_assert_no_error (error);
  back = mill_result_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->id, ==, result->id);

  summary = mill_result_load_summary (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (summary->id, ==, result->id);
  g_assert_cmpstr (summary->name, ==, result->name);
  g_assert_cmpstr (summary->started, ==, result->started);
  g_assert_cmpint (summary->warnings, ==, 2);
  g_assert_cmpint (summary->trials, ==, 20);
  g_assert_cmpint (summary->incomplete_trials, ==, 1);
  g_assert_cmpint (summary->repetitions, ==, 5);
  g_assert_cmpuint (summary->models->len, ==, result->models->len);
  model = g_ptr_array_index (summary->models, 0);
  g_assert_cmpstr (model->model, ==, "sync");
  g_assert_cmpfloat_with_epsilon (model->wall_time_s, 8.058, 1e-9);
  remove_file (file);
}

/* A list calls no model the fastest for a time that was given, or for less work. */
static void
test_summary_comparable (void)
{
  static const struct {
    double duration_s;
    gint64 failed; /* of the second model */
    gboolean first, second;
  } cases[] = {
    { 0, 0, FALSE, FALSE },
    { 0, 3, FALSE, TRUE },
    { 5, 0, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillResult) result = sample_result (1);
    g_autoptr (GFile) file = temporary_file ();
    g_autoptr (MillResultSummary) summary = NULL;
    g_autoptr (GError) error = NULL;

    result->experiment->duration_s = cases[i].duration_s;
    ((MillModelResult *) g_ptr_array_index (result->models, 1))
        ->figures[MILL_FIGURE_REQUESTS_FAILED]
        .median = (double) cases[i].failed;
    g_assert_true (mill_result_save (result, file, NULL, &error));
    summary = mill_result_load_summary (file, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (((MillSummaryModel *) g_ptr_array_index (summary->models, 0))->incomparable,
                     ==, cases[i].first);
    g_assert_cmpint (((MillSummaryModel *) g_ptr_array_index (summary->models, 1))->incomparable,
                     ==, cases[i].second);
    remove_file (file);
  }
}

/* The summary does not read the trials: they may be garbage, but not cut off. */
static void
test_summary_reads_the_head (void)
{
  g_autoptr (MillResult) result = full_result ();
  g_autofree char *text = mill_result_to_text (result);
  g_autoptr (GFile) file = temporary_file ();
  g_autoptr (MillResultSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  char *trials = strstr (text, "\n\"trials\":");

  g_assert_nonnull (trials);
  trials[12] = '?';
  g_assert_true (mill_file_write (file, text, strlen (text), NULL, NULL));
  summary = mill_result_load_summary (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (summary->trials, ==, 20);
  g_assert_null (mill_result_load (file, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (mill_file_write (file, text, strlen (text) - 1, NULL, NULL));
  g_assert_null (mill_result_load_summary (file, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  remove_file (file);
}

/* A document that another program laid out is read whole; a broken or newer one is told. */
static void
test_summary_of_others (void)
{
  g_autoptr (GFile) file = temporary_file ();
  g_autoptr (MillResultSummary) summary = NULL;
  g_autoptr (GError) error = NULL;
  static const char other[] =
      HEAD ",\"name\":\"x\",\"trials\":[{\"model\":\"sync\",\"wall_time_s\":2}]}";
  static const char newer[] = "{\n\"format\":{\"name\":\"threadmill-result\",\"version\":9},\n"
                              "\"warnings\":7\n}";

  g_assert_true (mill_file_write (file, other, strlen (other), NULL, NULL));
  summary = mill_result_load_summary (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (summary->name, ==, "x");
  g_assert_cmpint (summary->trials, ==, 1);
  g_assert_cmpuint (summary->models->len, ==, 1);

  g_assert_true (mill_file_write (file, newer, strlen (newer), NULL, NULL));
  g_assert_null (mill_result_load_summary (file, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_VERSION);
  g_clear_error (&error);

  g_assert_true (mill_file_write (file, "{\n\"form", 8, NULL, NULL));
  g_assert_null (mill_result_load_summary (file, NULL, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  remove_file (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/result-json/round-trip", test_round_trip);
  g_test_add_func ("/result-json/absent", test_absent_stays_absent);
  g_test_add_func ("/result-json/unknown-members", test_unknown_members);
  g_test_add_func ("/result-json/hostile", test_hostile);
  g_test_add_func ("/result-json/truncated", test_truncated);
  g_test_add_func ("/result-json/newer", test_newer);
  g_test_add_func ("/result-json/too-many", test_too_many);
  g_test_add_func ("/result-json/size", test_size);
  g_test_add_func ("/result-json/thinned", test_many_timelines_are_thinned);
  g_test_add_func ("/result-json/file", test_file);
  g_test_add_func ("/result-json/summary-head-comparable", test_summary_comparable);
  g_test_add_func ("/result-json/summary-head", test_summary_reads_the_head);
  g_test_add_func ("/result-json/summary-others", test_summary_of_others);
  return g_test_run ();
}
