/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "experiment/mill-command-line.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-permission.h"
#include "random-experiment.h"

#define DOCUMENT(members)                                                                          \
  "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":1},\"models\":[\"sync\"]," members  \
  "}"

static MillExperiment *
from_options (const char *line)
{
  g_autoptr (MillRunOptions) options = mill_run_options_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  MillExperiment *experiment;

  g_assert_true (g_shell_parse_argv (line, NULL, &arguments, NULL));
  experiment = mill_experiment_from_arguments (arguments, options, &error);
  g_assert_no_error (error);
  return experiment;
}

static MillExperiment *
from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = mill_json_parse (text, -1, "document", error);

  return node != NULL ? mill_experiment_from_json (node, error) : NULL;
}

static void
test_json_round_trip (void)
{
  for (guint32 seed = 0; seed < 1000; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    g_autoptr (JsonNode) node = mill_experiment_to_json (experiment);
    g_autofree char *line = mill_json_to_line (node);
    g_autoptr (GError) error = NULL;
    g_autoptr (MillExperiment) read = from_text (line, &error);

    g_assert_no_error (error);
    /* Permission is not part of a document. */
    g_assert_false (read->allow_remote_load);
    read->allow_remote_load = experiment->allow_remote_load;
    if (!mill_experiment_equal (experiment, read))
      g_error ("seed %u: not equal after %s", seed, line);
    g_assert_cmpstr (experiment->name, ==, read->name);
  }
}

static void
test_copy_is_equal_and_apart (void)
{
  for (guint32 seed = 0; seed < 200; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    g_autoptr (MillExperiment) copy = mill_experiment_copy (experiment);
    MillModelSpec sync = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 };

    g_assert_true (mill_experiment_equal (experiment, copy));
    g_array_append_val (copy->models, sync);
    g_assert_false (mill_experiment_equal (experiment, copy));
  }
}

/* Each change of what runs makes a difference. */
static void
test_equality (void)
{
  static const char *const base = "--models sync,thread-pool:2 --requests 10 --delay 1";
  static const char *const changes[] = {
    "--models sync,thread-pool:3",
    "--models thread-pool:2,sync",
    "--requests 11",
    "--duration 5",
    "--rate 4",
    "--delay 2",
    "--jitter 0.5",
    "--distribution uniform",
    "--body-size 0",
    "--error-rate 0.1",
    "--drop-rate 0.1",
    "--method HEAD",
    "--header A:b",
    "--data x",
    "--data ''",
    "--keep-alive no",
    "--after json",
    "--timeout 1",
    "--proxy",
    "--warmup 1",
    "--repeat 2",
    "--seed 2",
    "--sweep delay=1,2",
    "--project sync=5",
    "--allow-remote-load",
  };
  g_autoptr (MillExperiment) experiment = from_options (base);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *line = g_strconcat (base, " ", changes[i], NULL);
    g_autoptr (MillExperiment) changed = from_options (line);
    if (mill_experiment_equal (experiment, changed) || mill_experiment_equal (changed, experiment))
      g_test_fail_printf ("%s makes no difference", changes[i]);
  }
  {
    g_autofree char *line = g_strconcat (base, " --name other", NULL);
    g_autoptr (MillExperiment) renamed = from_options (line);
    g_assert_true (mill_experiment_equal (experiment, renamed));
  }
}

static void
test_documents (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) sparse =
      from_text (DOCUMENT ("\"requests\":5,\"something_new\":{\"a\":[1]}"), &error);
  g_autoptr (MillExperiment) defaults = mill_experiment_new ();

  g_assert_no_error (error);
  g_assert_cmpint (sparse->requests, ==, 5);
  g_assert_cmpfloat (sparse->timeout_s, ==, defaults->timeout_s);
  g_assert_cmpint (sparse->repetitions, ==, defaults->repetitions);
  g_assert_cmpstr (sparse->method, ==, "GET");
  g_assert_true (sparse->keep_alive);
}

static void
test_refused_documents (void)
{
  static const struct {
    const char *text;
    MillError code;
    const char *expected;
  } cases[] = {
    { "{}", MILL_ERROR_INVALID, "no experiment" },
    { "[]", MILL_ERROR_INVALID, "no experiment" },
    { "{\"format\":{\"name\":\"threadmill-result\",\"version\":1}}", MILL_ERROR_INVALID,
      "no experiment" },
    { "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":2}}", MILL_ERROR_VERSION,
      "newer Threadmill" },
    { "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":0}}", MILL_ERROR_INVALID,
      "version" },
    { "{\"format\":{\"name\":\"threadmill-experiment\"}}", MILL_ERROR_INVALID, "no experiment" },
    { "{\"format\":\"threadmill-experiment\"}", MILL_ERROR_INVALID, "format" },
    { DOCUMENT ("\"requests\":1000000000000"), MILL_ERROR_INVALID, "requests" },
    { DOCUMENT ("\"requests\":-1"), MILL_ERROR_INVALID, "requests" },
    { DOCUMENT ("\"requests\":1.5"), MILL_ERROR_INVALID, "requests" },
    { DOCUMENT ("\"repetitions\":\"5\""), MILL_ERROR_INVALID, "repetitions" },
    { DOCUMENT ("\"server\":[]"), MILL_ERROR_INVALID, "server" },
    { DOCUMENT ("\"server\":{\"delay_s\":-1}"), MILL_ERROR_INVALID, "delay_s" },
    { DOCUMENT ("\"server\":{\"error_rate\":2}"), MILL_ERROR_INVALID, "error_rate" },
    { DOCUMENT ("\"server\":{\"distribution\":\"odd\"}"), MILL_ERROR_INVALID, "log-normal" },
    { DOCUMENT ("\"workload\":\"disk\""), MILL_ERROR_INVALID, "http, cpu" },
    { DOCUMENT ("\"urls\":{}"), MILL_ERROR_INVALID, "urls" },
    { DOCUMENT ("\"headers\":[1]"), MILL_ERROR_INVALID, "headers" },
    { DOCUMENT ("\"body_base64\":\"a\""), MILL_ERROR_INVALID, "body_base64" },
    { DOCUMENT ("\"seed\":-1"), MILL_ERROR_INVALID, "seed" },
    { DOCUMENT ("\"seed\":\"x\""), MILL_ERROR_INVALID, "seed" },
    { DOCUMENT ("\"sweep\":{\"parameter\":\"odd\"}"), MILL_ERROR_INVALID, "parameter" },
    { DOCUMENT ("\"sweep\":{\"parameter\":\"rate\",\"values\":[\"1\"]}"), MILL_ERROR_INVALID,
      "values" },
    { DOCUMENT ("\"projections\":[5]"), MILL_ERROR_INVALID, "projections" },
    { DOCUMENT ("\"projections\":[{\"model\":\"sync\",\"requests\":0}]"), MILL_ERROR_INVALID,
      "requests" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MillExperiment) experiment = from_text (cases[i].text, &error);

    g_assert_null (experiment);
    g_assert_error (error, MILL_ERROR, (int) cases[i].code);
    if (strstr (error->message, cases[i].expected) == NULL)
      g_test_fail_printf ("%s: “%s” does not say “%s”", cases[i].text, error->message,
                          cases[i].expected);
  }
}

/* Any member of any type, cut off anywhere: an experiment or an error, and what is read can be
 * described, checked and written again. */
static void
test_hostile_documents (void)
{
  static const char *const values[] = { "null", "true",      "-1",  "1e300", "\"\"",
                                        "[]",   "[null,[]]", "{}",  "0",     "\"http\"",
                                        "[{}]", "\"cpu\"",   "[0]", "1e-300" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  guint n_read = 0;

  for (int i = 0; i < 3000; i++) {
    g_autoptr (MillExperiment) original = random_experiment_new (g_rand_int (rand));
    g_autoptr (JsonNode) node = mill_experiment_to_json (original);
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) members = json_object_get_members (object);
    const char *member = g_list_nth_data (
        members, (guint) g_rand_int_range (rand, 0, (int) g_list_length (members)));
    const char *value = values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))];
    g_autoptr (MillExperiment) read = NULL;
    g_autoptr (GError) error = NULL;

    json_object_set_member (object, member, mill_json_parse (value, -1, "value", NULL));
    read = mill_experiment_from_json (node, &error);
    g_assert_true ((read == NULL) == (error != NULL));
    if (read != NULL) {
      g_autofree char *description = mill_experiment_describe (read);
      g_autofree char *line = mill_experiment_to_command_line (read);
      g_autoptr (GPtrArray) problems = mill_experiment_problems (read);
      g_autoptr (JsonNode) again = mill_experiment_to_json (read);
      n_read++;
    }
  }
  g_assert_cmpuint (n_read, >, 100);
}

static void
test_load (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "mill-test-load-XXXXXX", NULL);
  int descriptor = g_mkstemp (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (MillExperiment) of_result = NULL;
  g_autoptr (MillExperiment) broken = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (descriptor, >=, 0);
  g_close (descriptor, NULL);
  g_file_set_contents (path,
                       "{\"format\":{\"name\":\"threadmill-result\",\"version\":1},"
                       "\"experiment\":" DOCUMENT ("\"requests\":7") "}",
                       -1, NULL);
  of_result = mill_experiment_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (of_result->requests, ==, 7);
  g_file_set_contents (path, DOCUMENT ("\"requests\":\"x\""), -1, NULL);
  broken = mill_experiment_load (file, NULL, &error);
  g_assert_null (broken);
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "mill-test-load-"));
  g_assert_nonnull (strstr (error->message, "requests"));
  g_remove (path);
}

static gboolean
has_problem (const MillExperiment *experiment, const char *field)
{
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);

  for (guint i = 0; i < problems->len; i++) {
    const MillProblem *problem = g_ptr_array_index (problems, i);
    if (g_str_equal (problem->field, field))
      return TRUE;
  }
  return FALSE;
}

/* What a form may hold that no option or document can: each has its own field. */
static void
test_problems_by_field (void)
{
  static const double bad_doubles[] = { NAN, INFINITY, -INFINITY, -0.001, 1e18 };
  static const gint64 bad_integers[] = { -2, G_MININT64, G_MAXINT64, G_GINT64_CONSTANT (1) << 40 };
  g_autoptr (MillExperiment) base = from_options ("--models sync,main-loop:5 --delay 1");

  g_assert_true (mill_experiment_validate (base, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad_doubles); i++) {
#define CHECK_DOUBLE(member, field)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (MillExperiment) bad = mill_experiment_copy (base);                                  \
    bad->member = bad_doubles[i];                                                                  \
    g_assert_true (has_problem (bad, field));                                                      \
  }                                                                                                \
  G_STMT_END
    CHECK_DOUBLE (server.delay_s, "delay_s");
    CHECK_DOUBLE (server.jitter_s, "jitter_s");
    CHECK_DOUBLE (server.error_rate, "error_rate");
    CHECK_DOUBLE (server.drop_rate, "drop_rate");
    CHECK_DOUBLE (timeout_s, "timeout_s");
    CHECK_DOUBLE (duration_s, "duration_s");
    CHECK_DOUBLE (rate, "rate");
#undef CHECK_DOUBLE
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_integers); i++) {
#define CHECK_INTEGER(member, type, field)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (MillExperiment) bad = mill_experiment_copy (base);                                  \
    bad->member = (type) CLAMP (bad_integers[i], G_MININT32, G_MAXINT64);                          \
    g_assert_true (has_problem (bad, field));                                                      \
  }                                                                                                \
  G_STMT_END
    CHECK_INTEGER (requests, gint64, "requests");
    CHECK_INTEGER (warmup, gint64, "warmup");
    CHECK_INTEGER (server.body_size_bytes, gint64, "body_size_bytes");
#undef CHECK_INTEGER
  }
}

static void
test_problems_of_other_fields (void)
{
  g_autoptr (MillExperiment) bad = from_options ("--models sync");
  MillModelSpec impossible = { .kind = MILL_MODEL_THREAD_POOL, .workers = 0, .in_flight = 1 };
  MillModelSpec unavailable = { .kind = MILL_MODEL_EPOLL_LOOP, .workers = 1, .in_flight = 5 };
  double not_a_number = NAN;

  g_array_append_val (bad->models, impossible);
  bad->urls = g_new0 (char *, 1);
  bad->name = g_strdup ("two\nlines");
  g_free (bad->method);
  bad->method = g_strdup ("G E T");
  g_strfreev (bad->headers);
  bad->headers = g_strsplit ("A: b\r\nC: d", "|", -1);
  bad->ca_file = g_strdup ("");
  bad->repetitions = 0;
  bad->sweep = MILL_SWEEP_RATE;
  g_array_append_val (bad->sweep_values, not_a_number);
  mill_experiment_set_projection (bad, "hybrid:1x1", 5);
  g_assert_true (has_problem (bad, "models"));
  g_assert_true (has_problem (bad, "urls"));
  g_assert_true (has_problem (bad, "name"));
  g_assert_true (has_problem (bad, "method"));
  g_assert_true (has_problem (bad, "headers"));
  g_assert_true (has_problem (bad, "ca_file"));
  g_assert_true (has_problem (bad, "repetitions"));
  g_assert_true (has_problem (bad, "sweep"));
  g_assert_true (has_problem (bad, "projections"));
  g_assert_false (has_problem (bad, "requests"));
  g_assert_false (mill_experiment_validate (bad, NULL));

  if (!mill_model_is_available (MILL_MODEL_EPOLL_LOOP)) {
    g_autoptr (MillExperiment) other = from_options ("--models sync");
    g_array_append_val (other->models, unavailable);
    g_assert_true (has_problem (other, "models"));
  }
}

static void
test_too_many_trials (void)
{
  g_autoptr (MillExperiment) experiment =
      from_options ("--models sync,sync,thread-pool:1,thread-pool:2 --repeat 1000 "
                    "--sweep requests=1,2,3");

  g_assert_true (has_problem (experiment, "repetitions"));
}

static void
test_descriptions (void)
{
  static const struct {
    const char *line;
    const char *expected;
  } cases[] = {
    { "--models sync --requests 1", "1 request · sync" },
    { "--models sync --delay 0.5 --repeat 2", "80 requests × 0.5 s · sync · 2 repetitions" },
    { "--models sync --duration 10", "requests for 10 s · sync" },
    { "--models sync --url https://example.org/x", "80 requests to example.org · sync" },
    { "--models sync --url http://a/ --url http://b/", "80 requests to 2 URLs · sync" },
    { "--models sync --rate 100", "80 requests, 100 per second · sync" },
    { "--models main-loop:1 --sweep concurrency=1,2,5",
      "80 requests · main-loop:1 · concurrency with 3 values" },
    { "--workload cpu --models sync,hybrid:2 --requests 1000 --rounds 3",
      "1,000 URLs to encode × 3 rounds · sync, hybrid:2" },
    { "--models sync --sweep requests=20000,1000,500",
      "500–20,000 requests · sync · requests with 3 values" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillExperiment) experiment = from_options (cases[i].line);
    g_autofree char *description = mill_experiment_describe (experiment);
    g_assert_cmpstr (description, ==, cases[i].expected);
  }
}

static void
test_permission (void)
{
  static const struct {
    const char *line;
    gboolean allowed;
  } cases[] = {
    { "--models main-loop:1000 --requests 100000", TRUE },
    { "--models main-loop:1000 --requests 100000 --url http://127.0.0.1/", TRUE },
    { "--models sync --requests 400 --url http://example.org/", TRUE },
    { "--models sync --requests 401 --url http://example.org/", FALSE },
    { "--models sync --requests 401 --url http://example.org/ --allow-remote-load", TRUE },
    { "--models sync --requests 400 --warmup 1 --url http://example.org/", FALSE },
    { "--models sync --requests 200 --repeat 2 --url http://example.org/", TRUE },
    { "--models sync --requests 200 --repeat 3 --url http://example.org/", FALSE },
    { "--models sync,sync --requests 201 --url http://example.org/", FALSE },
    { "--models thread-pool:20 --requests 100 --url http://example.org/", TRUE },
    { "--models thread-pool:21 --requests 100 --url http://example.org/", FALSE },
    { "--models hybrid:4x6 --requests 100 --url http://example.org/", FALSE },
    { "--models main-loop:0 --requests 20 --url http://example.org/", TRUE },
    { "--models main-loop:0 --requests 21 --url http://example.org/", FALSE },
    { "--models thread-pool:100 --requests 20 --url http://example.org/", TRUE },
    { "--models sync --duration 1 --url http://example.org/", FALSE },
    { "--models sync --duration 1 --requests 10 --url http://example.org/", TRUE },
    { "--models sync --requests 401 --url http://127.0.0.1/ --url http://a.example/", FALSE },
    { "--models sync --requests 401 --url http://127.0.0.1@example.org/", FALSE },
    { "--models sync --sweep requests=10,401 --url http://example.org/", FALSE },
    { "--models main-loop:1 --requests 30 --sweep concurrency=1,21 --url http://example.org/",
      FALSE },
    { "--models sync --requests 1000 --project sync=20 --url http://example.org/", TRUE },
    { "--models sync --workload cpu --requests 100000", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillExperiment) experiment = from_options (cases[i].line);
    g_autoptr (GError) error = NULL;

    if (mill_experiment_check_permission (experiment, &error) != cases[i].allowed)
      g_test_fail_printf ("%s: not %s", cases[i].line, cases[i].allowed ? "allowed" : "refused");
    if (!cases[i].allowed) {
      g_assert_error (error, MILL_ERROR, MILL_ERROR_PERMISSION);
      g_assert_nonnull (strstr (error->message, "example"));
      g_assert_nonnull (strstr (error->message, "--allow-remote-load"));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/json-round-trip", test_json_round_trip);
  g_test_add_func ("/experiment/copy-is-equal-and-apart", test_copy_is_equal_and_apart);
  g_test_add_func ("/experiment/equality", test_equality);
  g_test_add_func ("/experiment/documents", test_documents);
  g_test_add_func ("/experiment/refused-documents", test_refused_documents);
  g_test_add_func ("/experiment/hostile-documents", test_hostile_documents);
  g_test_add_func ("/experiment/load", test_load);
  g_test_add_func ("/experiment/problems-by-field", test_problems_by_field);
  g_test_add_func ("/experiment/problems-of-other-fields", test_problems_of_other_fields);
  g_test_add_func ("/experiment/too-many-trials", test_too_many_trials);
  g_test_add_func ("/experiment/descriptions", test_descriptions);
  g_test_add_func ("/experiment/permission", test_permission);
  return g_test_run ();
}
