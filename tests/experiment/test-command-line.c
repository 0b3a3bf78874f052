/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "experiment/mill-command-line.h"
#include "experiment/mill-error.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-url-list.h"
#include "random-experiment.h"

static MillExperiment *
parse (const char *line, MillRunOptions *options, GError **error)
{
  g_auto (GStrv) arguments = NULL;

  if (*line == '\0')
    arguments = g_new0 (char *, 1);
  else
    g_assert_true (g_shell_parse_argv (line, NULL, &arguments, NULL));
  return mill_experiment_from_arguments (arguments, options, error);
}

static MillExperiment *
parse_valid (const char *line)
{
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  MillExperiment *experiment = parse (line, options, &error);

  g_assert_no_error (error);
  mill_experiment_validate (experiment, &error);
  g_assert_no_error (error);
  return experiment;
}

/* Parsing or validating fails with words that hold `expected`. */
static void
assert_refused (const char *line, const char *expected)
{
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment = parse (line, options, &error);

  if (experiment != NULL)
    mill_experiment_validate (experiment, &error);
  if (!g_error_matches (error, MILL_ERROR, MILL_ERROR_USAGE) ||
      strstr (error->message, expected) == NULL)
    g_test_fail_printf ("%s: “%s” does not say “%s”", line,
                        error != NULL ? error->message : "no error", expected);
}

/* The command of an experiment, parsed again; its list of URLs lies in a file of `folder`. */
static MillExperiment *
parse_own_command (const MillExperiment *experiment, const char *folder)
{
  g_autofree char *list_path = g_build_filename (folder, "urls.txt", NULL);
  g_autofree char *line = mill_experiment_to_command_line (experiment);
  g_auto (GStrv) words = NULL;
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  MillExperiment *parsed;

  g_assert_true (g_shell_parse_argv (line, NULL, &words, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (words[0], ==, "threadmill-cli");
  g_assert_cmpstr (words[1], ==, "run");
  for (guint i = 2; words[i] != NULL; i++) {
    if (g_str_equal (words[i - 1], "--url-list")) {
      g_autofree char *text = mill_url_list_to_text (experiment->urls);
      g_assert_true (g_file_set_contents (list_path, text, -1, NULL));
      g_free (words[i]);
      words[i] = g_strdup (list_path);
    }
  }
  parsed = mill_experiment_from_arguments (words + 2, options, &error);
  if (error != NULL)
    g_error ("%s: %s", line, error->message);
  return parsed;
}

static void
test_round_trip (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mill-command-line-XXXXXX", NULL);
  g_autofree char *list_path = g_build_filename (folder, "urls.txt", NULL);

  for (guint32 seed = 0; seed < 2000; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    g_autoptr (MillExperiment) parsed = NULL;
    g_autoptr (GError) error = NULL;

    mill_experiment_validate (experiment, &error);
    g_assert_no_error (error);
    parsed = parse_own_command (experiment, folder);
    if (!mill_experiment_equal (experiment, parsed)) {
      g_autofree char *line = mill_experiment_to_command_line (experiment);
      g_error ("seed %u: not equal after %s", seed, line);
    }
    g_assert_cmpstr (experiment->name != NULL ? experiment->name : "", ==,
                     parsed->name != NULL ? parsed->name : "");
  }
  g_remove (list_path);
  g_rmdir (folder);
}

static void
test_presets_round_trip (void)
{
  g_auto (GStrv) ids = mill_preset_ids ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillExperiment) preset = mill_preset_load (ids[i], NULL);
    g_autoptr (MillExperiment) parsed = parse_own_command (preset, ".");
    g_assert_true (mill_experiment_equal (preset, parsed));
  }
}

static void
test_first_reads_like_the_window (void)
{
  g_autoptr (MillExperiment) first = mill_preset_load ("first", NULL);
  g_autofree char *line = mill_experiment_to_command_line (first);

  g_assert_cmpstr (line, ==,
                   "threadmill-cli run --requests 80 --delay 0.1 --repeat 5 "
                   "--models sync,thread-pool:20,main-loop:80,hybrid:4x20");
}

static void
test_all_options (void)
{
  g_autoptr (MillExperiment) experiment = parse_valid (
      "--models sync,hybrid:2x3 --requests 100 --delay 0.5 --jitter 0.25 --body-size 1000 "
      "--error-rate 0.1 --drop-rate 0.05 --method POST --header 'A: b' --header C:d --data 'x y' "
      "--keep-alive no --after hash --rate 50 --duration 10 --repeat 3 --warmup 4 --timeout 1.5 "
      "--seed 18446744073709551615 --sweep delay=0.3,0.5 --allow-remote-load --name 'A name'");

  g_assert_cmpint (experiment->models->len, ==, 2);
  g_assert_cmpint (experiment->requests, ==, 100);
  g_assert_true (experiment->requests_set);
  g_assert_cmpfloat (experiment->server.delay_s, ==, 0.5);
  g_assert_cmpfloat (experiment->server.jitter_s, ==, 0.25);
  g_assert_cmpint (experiment->server.distribution, ==, MILL_DISTRIBUTION_UNIFORM);
  g_assert_cmpint (experiment->server.body_size_bytes, ==, 1000);
  g_assert_cmpfloat (experiment->server.error_rate, ==, 0.1);
  g_assert_cmpfloat (experiment->server.drop_rate, ==, 0.05);
  g_assert_cmpstr (experiment->method, ==, "POST");
  g_assert_cmpuint (g_strv_length (experiment->headers), ==, 2);
  g_assert_cmpstr (experiment->headers[1], ==, "C:d");
  g_assert_cmpmem (g_bytes_get_data (experiment->body, NULL), g_bytes_get_size (experiment->body),
                   "x y", 3);
  g_assert_false (experiment->keep_alive);
  g_assert_cmpint (experiment->after, ==, MILL_AFTER_HASH);
  g_assert_cmpfloat (experiment->rate, ==, 50);
  g_assert_cmpfloat (experiment->duration_s, ==, 10);
  g_assert_cmpint (experiment->repetitions, ==, 3);
  g_assert_cmpint (experiment->warmup, ==, 4);
  g_assert_cmpfloat (experiment->timeout_s, ==, 1.5);
  g_assert_cmpuint (experiment->seed, ==, G_MAXUINT64);
  g_assert_cmpint (experiment->sweep, ==, MILL_SWEEP_DELAY);
  g_assert_cmpint (experiment->sweep_values->len, ==, 2);
  g_assert_true (experiment->allow_remote_load);
  g_assert_cmpstr (experiment->name, ==, "A name");
}

static void
test_base_is_overridden (void)
{
  g_autoptr (MillExperiment) changed = parse_valid ("--requests 40 --preset first");
  g_autoptr (MillExperiment) timed = parse_valid ("--preset first --duration 10");
  g_autoptr (MillExperiment) both = parse_valid ("--requests 5 --preset first --duration 10");
  g_autoptr (MillExperiment) unchanged = parse_valid ("--preset first");
  g_autoptr (MillExperiment) cpu =
      parse_valid ("--models sync,hybrid:4 --preset first --workload cpu");
  g_autoptr (MillExperiment) elsewhere =
      parse_valid ("--preset first --url http://127.0.0.1:1/a --url http://127.0.0.1:1/b");

  g_assert_false (mill_experiment_has_request_bound (timed));
  g_assert_true (mill_experiment_has_request_bound (both));
  g_assert_cmpint (changed->requests, ==, 40);
  g_assert_cmpint (changed->models->len, ==, 4);
  g_assert_cmpstr (changed->preset, ==, "first");
  g_assert_null (changed->name);
  g_assert_cmpstr (unchanged->name, ==, "First experiment");
  g_assert_cmpint (cpu->models->len, ==, 2);
  g_assert_cmpuint (g_strv_length (elsewhere->urls), ==, 2);
  assert_refused ("--preset first --workload cpu", "No model is chosen");
}

static void
test_other_options (void)
{
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment =
      parse ("--models sync --output a.threadmill --csv b --markdown c --html d --trace e.json "
             "--chart time=f.png --chart=latency=g.PDF --threshold 'p95<200ms' "
             "--threshold 'failed<1%' --quiet",
             options, &error);
  const MillChartOutput *chart;

  g_assert_no_error (error);
  g_assert_nonnull (experiment);
  g_assert_cmpstr (options->output_path, ==, "a.threadmill");
  g_assert_cmpstr (options->csv_path, ==, "b");
  g_assert_cmpstr (options->markdown_path, ==, "c");
  g_assert_cmpstr (options->html_path, ==, "d");
  g_assert_cmpstr (options->trace_path, ==, "e.json");
  g_assert_cmpuint (options->charts->len, ==, 2);
  chart = g_ptr_array_index (options->charts, 1);
  g_assert_cmpstr (chart->kind, ==, "latency");
  g_assert_cmpstr (chart->path, ==, "g.PDF");
  g_assert_cmpuint (options->thresholds->len, ==, 2);
  g_assert_true (options->quiet);
  g_assert_false (options->events);
  g_assert_false (options->help);
}

static void
test_help (void)
{
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (MillExperiment) experiment = parse ("--help --models nonsense", options, NULL);
  g_autofree char *help = mill_run_options_get_help ();

  g_assert_nonnull (experiment);
  g_assert_true (options->help);
  g_assert_nonnull (strstr (help, "--allow-remote-load"));
  g_assert_nonnull (strstr (help, "--requests=N"));
}

static void
test_refusals (void)
{
  static const struct {
    const char *line;
    const char *expected;
  } cases[] = {
    { "", "No model is chosen" },
    { "--models thread-pol:20", "did you mean “thread-pool”" },
    { "--models thread-pool:0", "from 1 to" },
    { "--models hybrid:4", "hybrid:TxC, for example hybrid:4x20" },
    { "--models ''", "no model is named" },
    { "--models sync,,sync", "is no model" },
    { "--models sync --requests -5", "--requests: “-5”" },
    { "--models sync --requests 0", "from 1 to 10,000,000" },
    { "--models sync --requests 1000000000000", "from 1 to 10,000,000" },
    { "--models sync --requests 99999999999999999999999", "from 1 to 10,000,000" },
    { "--models sync --requests 0x10", "--requests" },
    { "--models sync --requests 1e3", "--requests" },
    { "--models sync --requests ''", "--requests" },
    { "--models sync --requests 8.5", "--requests" },
    { "--models sync --requests", "--requests" },
    { "--models sync --delay nan", "--delay: “nan”" },
    { "--models sync --delay inf", "--delay" },
    { "--models sync --delay 1e400", "--delay" },
    { "--models sync --delay 0x1p3", "--delay" },
    { "--models sync --delay -1", "--delay" },
    { "--models sync --delay ' 1'", "--delay" },
    { "--models sync --delay 0,5", "--delay" },
    { "--models sync --delay 0.1 --jitter 0.2", "jitter must not be larger" },
    { "--models sync --delay 1 --jitter 0.2 --distribution fixed", "fixed delay has no jitter" },
    { "--models sync --jitter 0.2 --distribution log-normal", "mean delay above 0" },
    { "--models sync --distribution normal", "fixed, uniform, log-normal" },
    { "--models sync --error-rate 1.5", "--error-rate" },
    { "--models sync --drop-rate -0.1", "--drop-rate" },
    { "--models sync --url example.org/x", "write “http://example.org/x”" },
    { "--models sync --url ftp://example.org/", "http:// or https://" },
    { "--models sync --url http://", "no host" },
    { "--models sync --url http://a/ --url-list b", "--url" },
    { "--models sync --url http://127.0.0.1/ --delay 1", "setting of the built-in server" },
    { "--models sync --url-list /nonexistent/urls", "nonexistent" },
    { "--models sync --url-list /", "--url-list" },
    { "--models sync --data @/nonexistent/body", "nonexistent" },
    { "--models sync --data-base64 '*'", "Base64" },
    { "--models sync --method 'GET /'", "no HTTP method" },
    { "--models sync --method ''", "no HTTP method" },
    { "--models sync --header nothing", "NAME: VALUE" },
    { "--models sync --header 'Content-Length: 5'", "cannot be set" },
    { "--models sync --keep-alive maybe", "no, yes" },
    { "--models sync --after json --body-size 10", "no JSON" },
    { "--models sync --after json --sweep body-size=1,10", "no JSON" },
    { "--models sync --after eat", "nothing, write, hash, json" },
    { "--models sync --workload disk", "http, cpu" },
    { "--models sync --workload cpu --delay 1", "is about HTTP requests" },
    { "--models sync --workload cpu --rate 1", "is about HTTP requests" },
    { "--models main-loop-batched:1/1 --workload cpu", "does not run CPU-bound work" },
    { "--models sync --rounds 2", "add --workload cpu" },
    { "--models sync --rate 0", "above 0" },
    { "--models sync --duration 0", "longer than 0" },
    { "--models sync --duration 86401", "--duration" },
    { "--models main-loop:0 --duration 5", "set the requests too" },
    { "--models main-loop:0 --requests 100001", "at once" },
    { "--models sync --timeout 0", "longer than 0" },
    { "--models sync --repeat 0", "--repeat" },
    { "--models sync --warmup -1", "--warmup" },
    { "--models sync --seed -1", "--seed" },
    { "--models sync --seed 18446744073709551616", "--seed" },
    { "--models sync --sweep concurrency=1,2", "No model here has a concurrency" },
    { "--models hybrid:4x2 --sweep concurrency=4,10", "evenly" },
    { "--models thread-pool:1 --sweep concurrency=0", "--sweep" },
    { "--models thread-pool:1 --sweep concurrency=1.5", "whole numbers" },
    { "--models thread-pool:1 --sweep concurrency=2,2", "twice" },
    { "--models thread-pool:1 --sweep concurrency=", "--sweep" },
    { "--models thread-pool:1 --sweep weather=1", "is no sweep" },
    { "--models thread-pool:1 --sweep 5", "is no sweep" },
    { "--models sync --url http://127.0.0.1/ --sweep delay=1", "Only the built-in server" },
    { "--models sync --workload cpu --sweep delay=1", "no delay" },
    { "--models sync --project sync", "MODEL=N" },
    { "--models sync --project sync=0", "--project" },
    { "--models sync --project main-loop:5=3", "not among the models" },
    { "--models sync --project sync=81", "from 1 to 80" },
    { "--models sync --rate 5 --project sync=8", "Nothing can be projected" },
    { "--models sync --preset nonsense", "There is no preset “nonsense”; there are: first" },
    { "--models sync --experiment /nonexistent", "nonexistent" },
    { "--models sync --preset first --experiment x", "--experiment" },
    { "--models sync --ca-file /nonexistent", "nonexistent" },
    { "--models sync --chart time", "KIND=FILE" },
    { "--models sync --chart =a.png", "KIND=FILE" },
    { "--models sync --chart time=a.gif", ".png, .svg or .pdf" },
    { "--models sync --threshold p95", "no threshold" },
    { "--models sync --output ''", "--output" },
    { "--models sync --colour", "--colour" },
    { "--models sync stray", "“stray” is no option" },
    { "--models sync --proxy=yes", "--proxy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].line, cases[i].expected);
}

static void
test_line_breaks_in_headers (void)
{
  char *arguments[] = { (char *) "--models", (char *) "sync", (char *) "--header",
                        (char *) "A: b\r\nHost: elsewhere", NULL };
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (mill_experiment_from_arguments (arguments, options, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "line break"));
}

static void
test_bytes_that_are_no_text (void)
{
  static const char *const options_with_text[] = { "--name",   "--method", "--header",   "--url",
                                                   "--models", "--preset", "--threshold" };

  for (guint i = 0; i < G_N_ELEMENTS (options_with_text); i++) {
    char *arguments[] = { (char *) options_with_text[i], (char *) "\xff\xfe: \x80", NULL };
    g_autoptr (MillRunOptions) options = mill_run_options_new ();
    g_autoptr (GError) error = NULL;

    g_assert_null (mill_experiment_from_arguments (arguments, options, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

static void
test_base_from_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mill-command-line-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "an experiment.threadmill", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MillExperiment) saved = random_experiment_new (7);
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (MillExperiment) loaded = NULL;
  g_autoptr (GError) error = NULL;
  char *arguments[] = { (char *) "--experiment", path, (char *) "--repeat", (char *) "9", NULL };

  saved->allow_remote_load = FALSE;
  g_assert_true (mill_experiment_save (saved, file, NULL, &error));
  loaded = mill_experiment_from_arguments (arguments, options, &error);
  g_assert_no_error (error);
  saved->repetitions = 9;
  g_assert_true (mill_experiment_equal (saved, loaded));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command-line/round-trip", test_round_trip);
  g_test_add_func ("/command-line/presets-round-trip", test_presets_round_trip);
  g_test_add_func ("/command-line/first-reads-like-the-window", test_first_reads_like_the_window);
  g_test_add_func ("/command-line/all-options", test_all_options);
  g_test_add_func ("/command-line/base-is-overridden", test_base_is_overridden);
  g_test_add_func ("/command-line/base-from-file", test_base_from_file);
  g_test_add_func ("/command-line/other-options", test_other_options);
  g_test_add_func ("/command-line/help", test_help);
  g_test_add_func ("/command-line/refusals", test_refusals);
  g_test_add_func ("/command-line/line-breaks-in-headers", test_line_breaks_in_headers);
  g_test_add_func ("/command-line/bytes-that-are-no-text", test_bytes_that_are_no_text);
  return g_test_run ();
}
