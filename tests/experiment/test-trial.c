/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-trial.h"
#include "random-experiment.h"

/* As a line and back. */
static MillTrial *
pass_on (const MillTrial *trial)
{
  g_autoptr (JsonNode) node = mill_trial_to_json (trial);
  g_autofree char *line = mill_json_to_line (node);
  g_autoptr (JsonNode) parsed = NULL;
  g_autoptr (GError) error = NULL;
  MillTrial *received;

  g_assert_null (strchr (line, '\n'));
  parsed = mill_json_parse (line, -1, "trial", &error);
  g_assert_no_error (error);
  received = mill_trial_from_json (parsed, &error);
  g_assert_no_error (error);
  return received;
}

static void
assert_trials_equal (const MillTrial *a, const MillTrial *b)
{
  g_autoptr (JsonNode) first = mill_trial_to_json (a);
  g_autoptr (JsonNode) second = mill_trial_to_json (b);

  g_assert_true (json_node_equal (first, second));
  g_assert_true (mill_model_spec_equal (&a->model, &b->model));
  g_assert_cmpint (isnan (a->sweep_value), ==, isnan (b->sweep_value));
  g_assert_cmpuint (a->seed, ==, b->seed);
}

static void
test_round_trip (void)
{
  for (guint32 seed = 0; seed < 500; seed++) {
    g_autoptr (MillExperiment) experiment = random_experiment_new (seed);
    g_autoptr (MillTrial) trial =
        mill_trial_new (experiment, &g_array_index (experiment->models, MillModelSpec, 0));
    g_autoptr (MillTrial) received = NULL;
    g_autoptr (MillTrial) copy = NULL;

    if (trial->urls == NULL)
      trial->urls = g_strsplit ("http://127.0.0.1:8080/delay/0.1", " ", -1);
    trial->records_path = g_strdup ("/tmp/a folder/records");
    trial->scratch_path = seed % 2 == 0 ? g_strdup ("/tmp/ä") : NULL;
    trial->repetition = 3;
    trial->order = 12;
    trial->sweep_value = seed % 3 == 0 ? 0.1 * seed : NAN;
    trial->first_request = seed;
    trial->await_start = seed % 2 == 0;
    trial->quiet = seed % 5 == 0;
    received = pass_on (trial);
    copy = mill_trial_copy (trial);
    assert_trials_equal (trial, received);
    assert_trials_equal (trial, copy);
  }
}

static void
test_from_experiment (void)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillModelSpec sync = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 };
  MillModelSpec pool = { .kind = MILL_MODEL_THREAD_POOL, .workers = 4, .in_flight = 1 };
  g_autoptr (MillTrial) projected = NULL;
  g_autoptr (MillTrial) whole = NULL;

  experiment->requests = 100;
  mill_experiment_set_projection (experiment, "sync", 20);
  projected = mill_trial_new (experiment, &sync);
  whole = mill_trial_new (experiment, &pool);
  g_assert_cmpint (projected->requests, ==, 20);
  g_assert_cmpint (projected->requests_asked, ==, 100);
  g_assert_cmpint (whole->requests, ==, 100);
  g_assert_cmpint (whole->requests_asked, ==, 100);
  g_assert_cmpstr (whole->model_name, ==, "thread-pool:4");
  g_assert_true (isnan (whole->sweep_value));
  g_assert_true (whole->same_host_only);
}

static void
test_bound_of_a_duration (void)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillModelSpec sync = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 };

  experiment->duration_s = 2.5;
  {
    g_autoptr (MillTrial) closed = mill_trial_new (experiment, &sync);
    g_assert_cmpint (closed->requests, ==, MILL_MAX_REQUESTS);
  }
  experiment->rate = 10;
  {
    g_autoptr (MillTrial) open = mill_trial_new (experiment, &sync);
    g_assert_cmpint (open->requests, ==, 25);
  }
  experiment->requests_set = TRUE;
  {
    g_autoptr (MillTrial) bound = mill_trial_new (experiment, &sync);
    g_assert_cmpint (bound->requests, ==, MILL_DEFAULT_REQUESTS);
  }
  experiment->allow_remote_load = TRUE;
  {
    g_autoptr (MillTrial) allowed = mill_trial_new (experiment, &sync);
    g_assert_false (allowed->same_host_only);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "[]", "object" },
    { "{}", "model" },
    { "{\"model\":\"nonsense\"}", "model" },
    { "{\"model\":\"thread-pool:0\",\"urls\":[\"http://a\"]}", "model" },
    { "{\"model\":\"sync\"}", "urls" },
    { "{\"model\":\"sync\",\"urls\":[]}", "urls" },
    { "{\"model\":\"sync\",\"urls\":[1]}", "urls" },
    { "{\"model\":\"sync\",\"urls\":\"http://a\"}", "urls" },
    { "{\"model\":\"sync\",\"urls\":[\"http://a\"],\"requests\":1000000000000}", "requests" },
    { "{\"model\":\"sync\",\"urls\":[\"http://a\"],\"requests\":-1}", "requests" },
    { "{\"model\":\"sync\",\"urls\":[\"http://a\"],\"after\":\"run\"}", "after" },
    { "{\"model\":\"sync\",\"urls\":[\"http://a\"],\"timeout_s\":1e9}", "timeout_s" },
    { "{\"model\":\"sync\",\"urls\":[\"http://a\"],\"body_base64\":\"?\"}", "body_base64" },
    { "{\"model\":\"sync\",\"workload\":\"disk\"}", "workload" },
    { "{\"model\":\"sync\",\"workload\":\"cpu\",\"rounds\":0}", "rounds" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = mill_json_parse (cases[i].text, -1, "trial", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (mill_trial_from_json (node, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, cases[i].expected));
  }
}

/* A document cannot name a file that is written. */
static void
test_paths_do_not_come_from_documents (void)
{
  g_autoptr (JsonNode) node = mill_json_parse (
      "{\"format\":{\"name\":\"threadmill-experiment\",\"version\":1},\"models\":[\"sync\"],"
      "\"records_path\":\"/tmp/x\",\"scratch_path\":\"/tmp/y\",\"allow_remote_load\":true}",
      -1, "document", NULL);
  g_autoptr (MillExperiment) experiment = mill_experiment_from_json (node, NULL);
  g_autoptr (MillTrial) trial =
      mill_trial_new (experiment, &g_array_index (experiment->models, MillModelSpec, 0));

  g_assert_null (trial->records_path);
  g_assert_null (trial->scratch_path);
  g_assert_true (trial->same_host_only);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trial/round-trip", test_round_trip);
  g_test_add_func ("/trial/from-experiment", test_from_experiment);
  g_test_add_func ("/trial/bound-of-a-duration", test_bound_of_a_duration);
  g_test_add_func ("/trial/refused", test_refused);
  g_test_add_func ("/trial/paths-do-not-come-from-documents",
                   test_paths_do_not_come_from_documents);
  return g_test_run ();
}
