/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "cli-fixture.h"
#include "cli/mill-progress-display.h"
#include "experiment/mill-json.h"
#include "experiment/mill-model.h"

/* A small result of two models, saved. */
static char *
make_result (Fixture *fixture, const char *name, const char *models)
{
  char *path = in_folder (fixture, name);
  g_autoptr (Call) call =
      CALL (fixture, "run", "--models", models, "--requests", "20", "--quiet", "--output", path);

  assert_status (call, MILL_EXIT_DONE);
  return path;
}

static void
test_help (Fixture *fixture, gconstpointer data)
{
  const char *commands[] = { "run", "chart", "show", "compare", "validate", "serve", "list" };
  g_autoptr (Call) version = CALL (fixture, "--version");
  g_autoptr (Call) help = CALL (fixture, "--help");

  assert_status (version, MILL_EXIT_DONE);
  g_assert_cmpstr (version->out, ==, "threadmill-cli " MILL_VERSION "\n");
  assert_status (help, MILL_EXIT_DONE);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autoptr (Call) call = CALL (fixture, commands[i], "--help");
    g_autofree char *usage = g_strdup_printf ("threadmill-cli %s", commands[i]);
    assert_contains (help->out, commands[i]);
    assert_status (call, MILL_EXIT_DONE);
    assert_contains (call->out, usage);
    g_assert_cmpstr (call->err, ==, "");
    g_assert_true (g_str_has_suffix (call->out, "\n"));
  }
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) models = CALL (fixture, "list", "models");
  g_autoptr (Call) presets = CALL (fixture, "list", "presets");
  g_autoptr (Call) charts = CALL (fixture, "list", "charts");
  g_autoptr (Call) published = CALL (fixture, "list", "published");
  g_autoptr (Call) show = CALL (fixture, "show", "published:80-requests");
  g_autoptr (Call) lessons = CALL (fixture, "list", "lessons");
  g_autoptr (Call) nothing = CALL (fixture, "list", "things");
  g_autoptr (Call) unsaid = CALL (fixture, "list");

  assert_status (models, MILL_EXIT_DONE);
  assert_contains (models->out, "main-loop-batched:C/B");
  assert_contains (models->out, "hybrid:TxC");
  assert_contains (models->out, "multiprocess:PxC");
  /* Shown also where it is not built in, and then with the reason. */
  assert_contains (models->out, "epoll-loop:C");
  g_assert_cmpint (strstr (models->out, "libcurl or libuv was missing") == NULL, ==,
                   mill_model_is_available (MILL_MODEL_EPOLL_LOOP));
  assert_status (presets, MILL_EXIT_DONE);
  assert_contains (presets->out, "first ");
  assert_status (charts, MILL_EXIT_DONE);
  assert_contains (charts->out, "timeline");
  assert_status (published, MILL_EXIT_DONE);
  assert_contains (published->out, "published:80-requests ");
  assert_status (show, MILL_EXIT_DONE);
  assert_contains (show->out, "Published by");
  assert_status (lessons, MILL_EXIT_DONE);
  assert_contains (lessons->out, "waiting-together ");
  assert_status (nothing, MILL_EXIT_USAGE);
  assert_status (unsaid, MILL_EXIT_USAGE);
  assert_contains (unsaid->err, "models|presets");
}

/* The table on standard output, all files, each of its kind. */
static void
test_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *output = in_folder (fixture, "a.threadmill");
  g_autofree char *csv = in_folder (fixture, "a.csv");
  g_autofree char *markdown = in_folder (fixture, "a.md");
  g_autofree char *trace = in_folder (fixture, "a.json");
  g_autofree char *chart = g_strdup_printf ("time=%s/a.png", fixture->folder);
  g_autofree char *second_chart = g_strdup_printf ("timeline=%s/a.svg", fixture->folder);
  g_autofree char *png = in_folder (fixture, "a.png");
  g_autofree char *svg = in_folder (fixture, "a.svg");
  g_autofree char *html = in_folder (fixture, "a.html");
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (Call) call =
      CALL (fixture, "run", "--models", "sync,main-loop:10", "--requests", "83", "--repeat", "2",
            "--output", output, "--csv", csv, "--markdown", markdown, "--trace", trace, "--chart",
            chart, "--chart", second_chart, "--html", html);

  assert_status (call, MILL_EXIT_DONE);
  assert_contains (call->out, "sync");
  assert_contains (call->out, "main-loop:10");
  assert_contains (call->err, "4 trials");
  assert_contains (call->err, "[4/4]");
  assert_contains (call->err, "83 ok");
  /* Four rows and the heading. */
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_true (g_file_test (markdown, G_FILE_TEST_IS_REGULAR));
  g_autofree char *image = NULL;
  g_assert_true (g_file_get_contents (png, &image, &length, NULL));
  g_assert_cmpuint (length, >, 1000);
  g_assert_cmpmem (image, 4, "\x89PNG", 4);
  g_assert_true (g_file_test (svg, G_FILE_TEST_IS_REGULAR));
  g_autofree char *page = NULL;
  g_assert_true (g_file_get_contents (html, &page, NULL, NULL));
  assert_contains (page, "<svg");
  assert_contains (page, "main-loop:10");
  g_assert_null (strstr (page, "<script"));
  g_autoptr (GFile) trace_file = g_file_new_for_path (trace);
  g_autoptr (JsonNode) trace_node = mill_json_load (trace_file, 1 << 24, NULL, NULL);
  g_assert_nonnull (trace_node);

  g_autoptr (Call) show = CALL (fixture, "show", output);
  assert_status (show, MILL_EXIT_DONE);
  assert_contains (show->out, "main-loop:10");
  g_autoptr (Call) validate = CALL (fixture, "validate", output);
  assert_status (validate, MILL_EXIT_DONE);
  assert_contains (validate->out, "4 trials");
}

static void
test_cpu (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = CALL (fixture, "run", "--workload", "cpu", "--models",
                                "sync,thread-pool:2", "--requests", "200", "--quiet");

  assert_status (call, MILL_EXIT_DONE);
}

/* Only errors: nothing at all when there are none. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = CALL (fixture, "run", "--models", "sync", "--requests", "5", "--quiet");

  assert_status (call, MILL_EXIT_DONE);
  g_assert_cmpstr (call->out, ==, "");
  g_assert_cmpstr (call->err, ==, "");
}

/* Every line of standard output is a JSON object with its event; no table among them. */
static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) call = CALL (fixture, "run", "--models", "sync,main-loop:4", "--requests", "40",
                                "--delay", "0.01", "--events");
  g_auto (GStrv) lines = g_strsplit (call->out, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *expected[] = { "plan",   "trial-started",  "progress",
                             "sample", "trial-finished", "finished" };

  assert_status (call, MILL_EXIT_DONE);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mill_json_parse (lines[i], -1, "events", &error);
    g_assert_no_error (error);
    char *event = NULL;
    g_assert_true (mill_json_get_string (json_node_get_object (node), "event", 64, &event, &error));
    g_assert_nonnull (event);
    g_hash_table_add (seen, event);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    if (!g_hash_table_contains (seen, expected[i]))
      g_error ("no event “%s”", expected[i]);
  }
}

/* Failed requests make status 1, unless they were asked for. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) refused =
      CALL (fixture, "run", "--models", "sync", "--requests", "3", "--url", "http://127.0.0.1:1/");
  g_autoptr (Call) asked = CALL (fixture, "run", "--models", "main-loop:4", "--requests", "60",
                                 "--error-rate", "0.5", "--quiet");

  assert_status (refused, MILL_EXIT_REQUESTS_FAILED);
  assert_contains (refused->out, "refused");
  assert_status (asked, MILL_EXIT_DONE);
}

static void
test_thresholds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) missed = CALL (fixture, "run", "--models", "sync", "--requests", "10", "--quiet",
                                  "--threshold", "p50<1us", "--threshold", "failed<1%");
  g_autoptr (Call) kept = CALL (fixture, "run", "--models", "sync", "--requests", "10", "--quiet",
                                "--threshold", "p50<60s", "--threshold", "failed<1%");

  assert_status (missed, MILL_EXIT_THRESHOLD);
  assert_contains (missed->err, "p50<1us");
  g_assert_null (strstr (missed->err, "failed<1%"));
  assert_status (kept, MILL_EXIT_DONE);
}

/* The requests of all repetitions carry a percentile together: one fewer is refused before the run,
 * by the test of wrong usage. */
static void
test_threshold_over_repetitions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) kept = CALL (fixture, "run", "--models", "main-loop:5", "--requests", "100",
                                "--repeat", "5", "--quiet", "--threshold", "p99<60s");

  assert_status (kept, MILL_EXIT_DONE);
}

/* Which trial is which, also where the model does not tell. */
static void
test_sweep_is_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Call) delay = CALL (fixture, "run", "--models", "main-loop:2", "--requests", "4",
                                 "--sweep", "delay=0,0.02");
  g_autoptr (Call) concurrency = CALL (fixture, "run", "--models", "main-loop:2", "--requests", "4",
                                       "--sweep", "concurrency=1,3");

  assert_status (delay, MILL_EXIT_DONE);
  assert_contains (delay->err, "] main-loop:2 @ 0.02, repetition 1: started");
  assert_status (concurrency, MILL_EXIT_DONE);
  assert_contains (concurrency->err, "] main-loop:3, repetition 1: started");
}

/* A full disk at the end: the table is printed, the document is somewhere else, and whole. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip ("this system has no /dev/full");
    return;
  }
  g_autoptr (Call) call =
      CALL (fixture, "run", "--models", "sync", "--requests", "5", "--output", "/dev/full");
  const char *begin;

  assert_status (call, MILL_EXIT_NOT_RUN);
  assert_contains (call->out, "sync");
  assert_contains (call->err, "/dev/full");
  assert_contains (call->err, "instead");
  begin = strstr (call->err, "saved as “");
  if (begin == NULL)
    g_error ("no other place is named: %s", call->err);
  begin += strlen ("saved as “");
  const char *end = strstr (begin, "”");
  g_autofree char *path = g_strndup (begin, end - begin);
  g_autoptr (Call) validate = CALL (fixture, "validate", path);
  assert_status (validate, MILL_EXIT_DONE);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

#ifdef G_OS_UNIX
/* A full disk behind standard output: said, and what was measured is somewhere else. */
static void
test_full_output (Fixture *fixture, gconstpointer data)
{
  const char *const commands[] = { "list models", "run --models sync --requests 5",
                                   "run --models sync --requests 5 --events" };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip ("this system has no /dev/full");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autoptr (GSubprocessLauncher) launcher =
        g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_auto (GStrv) words = g_strsplit (commands[i], " ", -1);
    g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *err = NULL;

    g_strv_builder_add (argv, fixture->program);
    g_strv_builder_addv (argv, (const char **) words);
    g_auto (GStrv) arguments = g_strv_builder_end (argv);
    g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
    g_subprocess_launcher_setenv (launcher, "TMPDIR", fixture->folder, TRUE);
    g_autoptr (GSubprocess) process =
        g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments, &error);
    g_assert_no_error (error);
    g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
    g_assert_no_error (error);
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, MILL_EXIT_NOT_RUN);
    assert_contains (err, "“stdout” was not written");
    g_assert_cmpint (strstr (err, "instead") != NULL, ==, g_str_has_prefix (commands[i], "run"));
  }
}
#endif

static void
test_compare (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = make_result (fixture, "a.threadmill", "sync,main-loop:4");
  g_autofree char *b = make_result (fixture, "b.threadmill", "main-loop:4,thread-pool:2");
  g_autofree char *c = make_result (fixture, "c.threadmill", "hybrid:2x2");
  g_autoptr (Call) common = CALL (fixture, "compare", a, b);
  g_autoptr (Call) nothing = CALL (fixture, "compare", a, c);
  g_autoptr (Call) figure = CALL (fixture, "compare", a, b, "--figure", "throughput_rps");
  g_autoptr (Call) no_figure = CALL (fixture, "compare", a, b, "--figure", "cake");

  assert_status (common, MILL_EXIT_DONE);
  assert_contains (common->out, "main-loop:4");
  assert_contains (common->out, "too few");
  g_assert_null (strstr (common->out, "thread-pool:2"));
  assert_status (nothing, MILL_EXIT_USAGE);
  assert_contains (nothing->err, "no model in common");
  assert_status (figure, MILL_EXIT_DONE);
  assert_status (no_figure, MILL_EXIT_USAGE);
}

/* A model against itself keeps its two rows apart. */
static void
test_compare_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *twice = make_result (fixture, "twice.threadmill", "sync,sync");
  g_autoptr (Call) call = CALL (fixture, "compare", twice, twice);

  assert_status (call, MILL_EXIT_DONE);
  assert_contains (call->out, "sync ");
  assert_contains (call->out, "sync (2)");
}

static void
test_chart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *result = make_result (fixture, "a.threadmill", "sync,main-loop:4");
  g_autofree char *small = in_folder (fixture, "small.png");
  g_autofree char *large = in_folder (fixture, "large.png");
  g_autoptr (Call) first = CALL (fixture, "chart", result, "--kind", "time", "--output", small);
  g_autoptr (Call) second = CALL (fixture, "chart", result, "--kind", "time", "--output", large,
                                  "--scale", "2", "--theme", "dark", "--width", "800");
  g_autoptr (Call) theme =
      CALL (fixture, "chart", result, "--kind", "time", "--output", large, "--theme", "cake");
  g_autoptr (Call) size =
      CALL (fixture, "chart", result, "--kind", "time", "--output", large, "--width", "-4");

  assert_status (first, MILL_EXIT_DONE);
  assert_status (second, MILL_EXIT_DONE);
  g_assert_true (g_file_test (small, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (large, G_FILE_TEST_IS_REGULAR));
  assert_status (theme, MILL_EXIT_USAGE);
  assert_status (size, MILL_EXIT_USAGE);
}

/* A scaling chart shows the figure that is asked for. */
static void
test_chart_figure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *result = in_folder (fixture, "sweep.threadmill");
  g_autofree char *throughput = in_folder (fixture, "throughput.svg");
  g_autofree char *cpu = in_folder (fixture, "cpu.svg");
  g_autofree char *throughput_svg = NULL;
  g_autofree char *cpu_svg = NULL;
  g_autoptr (Call) run = CALL (fixture, "run", "--models", "main-loop:1", "--requests", "20",
                               "--sweep", "concurrency=1,2", "--output", result, "--quiet");
  g_autoptr (Call) first =
      CALL (fixture, "chart", result, "--kind", "scaling", "--output", throughput);
  g_autoptr (Call) second = CALL (fixture, "chart", result, "--kind", "scaling", "--output", cpu,
                                  "--figure", "cpu_per_request_us");

  assert_status (run, MILL_EXIT_DONE);
  assert_status (first, MILL_EXIT_DONE);
  assert_status (second, MILL_EXIT_DONE);
  g_assert_true (g_file_get_contents (throughput, &throughput_svg, NULL, NULL));
  g_assert_true (g_file_get_contents (cpu, &cpu_svg, NULL, NULL));
  assert_contains (throughput_svg, "Throughput");
  assert_contains (cpu_svg, "CPU time per request");
}

/* An experiment document runs, and validates. */
static void
test_experiment_document (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_file (fixture, "mine.threadmill",
                  "{ \"format\": { \"name\": \"threadmill-experiment\", \"version\": 1 },\n"
                  "  \"workload\": \"http\", \"models\": [ \"sync\", \"main-loop:7\" ],\n"
                  "  \"requests\": 12, \"repetitions\": 1 }");
  g_autoptr (Call) validate = CALL (fixture, "validate", path);
  g_autoptr (Call) run = CALL (fixture, "run", "--experiment", path);

  assert_status (validate, MILL_EXIT_DONE);
  assert_contains (validate->out, "valid experiment");
  assert_status (run, MILL_EXIT_DONE);
  assert_contains (run->out, "main-loop:7");
}

/* As wide as asked, whatever the fraction. */
static void
test_progress_bar (void)
{
  for (int i = -1; i <= 11; i++) {
    g_autofree char *bar = mill_progress_bar (i / 10.0, 20, TRUE);
    g_autofree char *plain = mill_progress_bar (i / 10.0, 20, FALSE);
    g_assert_cmpint (g_utf8_strlen (bar, -1), ==, 20);
    g_assert_cmpuint (strlen (plain), ==, 20);
  }
  g_autofree char *half = mill_progress_bar (0.5, 8, FALSE);
  g_assert_cmpstr (half, ==, "####....");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/progress-bar", test_progress_bar);
  ADD ("/cli/help", test_help);
  ADD ("/cli/list", test_list);
  ADD ("/cli/run", test_run);
  ADD ("/cli/cpu", test_cpu);
  ADD ("/cli/quiet", test_quiet);
  ADD ("/cli/events", test_events);
  ADD ("/cli/failures", test_failures);
  ADD ("/cli/thresholds", test_thresholds);
  ADD ("/cli/thresholds/repetitions", test_threshold_over_repetitions);
  ADD ("/cli/sweep", test_sweep_is_named);
  ADD ("/cli/full-disk", test_full_disk);
#ifdef G_OS_UNIX
  ADD ("/cli/full-output", test_full_output);
#endif
  ADD ("/cli/compare", test_compare);
  ADD ("/cli/compare/copies", test_compare_copies);
  ADD ("/cli/chart", test_chart);
  ADD ("/cli/chart/figure", test_chart_figure);
  ADD ("/cli/experiment-document", test_experiment_document);
  return g_test_run ();
}
