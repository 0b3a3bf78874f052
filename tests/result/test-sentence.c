/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sample-result.h"

#include "result/mill-sentence.h"

static void
assert_sentence (const MillResult *result, const char *expected)
{
  g_autofree char *text = mill_sentence_text (result);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_two_leaders (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *markup = mill_sentence_markup (result);

  assert_sentence (result, "hybrid:4x20 and main-loop:80 finished in 0.12 s, about 66 times faster "
                           "than sync (95 % interval 64.9 to 67.1); between these two there is no "
                           "clear difference.");
  g_assert_true (
      g_str_has_prefix (markup, "<b>hybrid:4x20</b> and <b>main-loop:80</b> finished in 0.12 s, "));
}

/* Two that no test tells apart need not have taken the same time. */
static void
test_leaders_apart (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("thread-pool:20,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "thread-pool:20", i, i < 3 ? 0.1 : 0.43);
    sample_add_trial (result, "main-loop:80", i, i < 4 ? 0.15 : 0.5);
  }
  mill_result_summarise (result);
  assert_sentence (result, "main-loop:80 and thread-pool:20 finished in 0.15 s to 0.43 s; between "
                           "these two there is no clear difference.");
}

/* What the best is ahead of, another that is not clearly slower may not be. */
static void
test_leaders_apart_from_sync (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,thread-pool:2,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "sync", i, 1.7 + i * 0.01);
    sample_add_trial (result, "thread-pool:2", i, 1.2);
    sample_add_trial (result, "main-loop:80", i, i < 3 ? 1.1 : 1.75);
  }
  mill_result_summarise (result);
  g_autofree char *text = mill_sentence_text (result);
  g_assert_true (g_str_has_prefix (text, "thread-pool:2 and main-loop:80 finished in 1.20 s to "
                                         "1.75 s, thread-pool:2 44 % faster than sync"));
}

/* Of a sweep one value is judged, and named. */
static void
test_sweeps (void)
{
  static const struct {
    MillSweep sweep;
    double value;
    const char *start;
  } cases[] = {
    { MILL_SWEEP_REQUESTS, 5000, "With 5,000 requests: main-loop:80 finished in 0.12 s" },
    { MILL_SWEEP_DELAY, 0.5, "With a delay of 0.5 s: main-loop:80 finished in 0.12 s" },
    { MILL_SWEEP_BODY_SIZE, 1e7, "With answers of 10,000,000 bytes: main-loop:80 finished in" },
    /* Of a rate, how fast it answers: the rate itself is given. */
    { MILL_SWEEP_RATE, 200, "At 200 requests per second: main-loop:80 answered half of the" },
    { MILL_SWEEP_CONCURRENCY, 80, "main-loop:80 finished in 0.12 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:80", 1);
    g_autoptr (MillResult) result = NULL;

    experiment->sweep = cases[i].sweep;
    g_array_append_val (experiment->sweep_values, cases[i].value);
    result = mill_result_new (experiment);
    sample_add_trial (result, "main-loop:80", 1, 0.12)->sweep_value = cases[i].value;
    mill_result_summarise (result);
    g_autofree char *text = mill_sentence_text (result);
    g_test_message ("%s", text);
    g_assert_true (g_str_has_prefix (text, cases[i].start));
  }
}

/* Of a run that was stopped, only what was measured whole was a repetition. */
static void
test_stopped (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 2; i++) {
    sample_add_trial (result, "sync", i, 8.28);
    sample_add_trial (result, "main-loop:80", i, 0.12);
  }
  sample_add_trial (result, "sync", 3, 1)->status = MILL_TRIAL_PARTIAL;
  mill_result_summarise (result);
  g_autofree char *text = mill_sentence_text (result);
  g_assert_nonnull (strstr (text, "; 2 repetitions are too few to tell"));
  g_assert_nonnull (strstr (text, " Only what is complete counts: 4 of the 5 trials that began."));
}

static void
test_one_leader (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "sync", i, 8.28 + i * 0.001);
    sample_add_trial (result, "main-loop:80", i, 0.12);
  }
  mill_result_summarise (result);
  assert_sentence (result, "main-loop:80 finished in 0.12 s, nearly 70 times faster than sync.");
}

static void
test_percent (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "sync", i, 1.4);
    sample_add_trial (result, "main-loop:80", i, 1.0 - i * 0.001);
  }
  mill_result_summarise (result);
  assert_sentence (result, "main-loop:80 finished in 1.00 s, 40 % faster than sync (95 % interval "
                           "40 % to 41 %).");
}

static void
test_too_few (void)
{
  g_autoptr (MillResult) result = sample_result (3);
  g_autoptr (MillResult) once = sample_result (1);

  assert_sentence (result, "hybrid:4x20 finished in 0.12 s, about 66 times faster than sync; 3 "
                           "repetitions are too few to tell whether the models really differ.");
  assert_sentence (once, "hybrid:4x20 finished in 0.12 s, nearly 70 times faster than sync; 1 "
                         "repetition is too few to tell whether the models really differ.");
}

/* A against A: the floor is named, and nobody is called faster. */
static void
test_noise_floor (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:80,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "main-loop:80", i, 1.0 + i * 0.1);
    sample_add_trial (result, "main-loop:80", i, 1.0 + i * 0.1 + 0.026);
  }
  mill_result_summarise (result);
  g_autofree char *text = mill_sentence_text (result);
  g_assert_nonnull (strstr (text, "there is no clear difference"));
  g_assert_true (g_str_has_suffix (text, "Compared with itself, main-loop:80 differs by 2.0 %: "
                                         "what lies within that may be this machine’s noise."));
}

static void
test_single (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  assert_sentence (result, "Nothing has been measured yet.");
  for (int i = 1; i <= 5; i++)
    sample_add_trial (result, "main-loop:80", i, 1.0 + i * 0.1);
  mill_result_summarise (result);
  assert_sentence (result, "main-loop:80 finished in 1.30 s (95 % interval 1.10 s to 1.50 s).");
}

static void
test_all_alike (void)
{
  g_autoptr (MillExperiment) experiment =
      sample_experiment ("sync,thread-pool:1,main-loop:1,hybrid:1x1,multiprocess:1x1", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  static const char *const models[] = { "sync", "thread-pool:1", "main-loop:1", "hybrid:1x1",
                                        "multiprocess:1x1" };

  for (int i = 1; i <= 5; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (models); j++)
      sample_add_trial (result, models[j], i, 1.0 + i * 0.1);
  }
  mill_result_summarise (result);
  assert_sentence (result, "sync, thread-pool:1, main-loop:1 and 2 more finished in 1.30 s; "
                           "between these 5 there is no clear difference.");
}

static void
test_failures (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *text = NULL;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, "hybrid:4x20")) {
      trial->requests_failed = 7;
      trial->requests_ok = 73;
    }
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  text = mill_sentence_text (result);
  g_assert_true (g_str_has_prefix (text, "main-loop:80 finished in"));
  g_assert_true (
      g_str_has_suffix (text, " hybrid:4x20 failed in 7 requests, so its time is not compared."));
}

static void
test_all_fail (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *as_asked = NULL;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    trial->requests_failed = g_str_equal (trial->model, "sync") ? 7 : 9;
    trial->requests_ok = 80 - trial->requests_failed;
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  assert_sentence (result,
                   "Requests failed under every model (7 to 9 of 80), so times are not compared.");
  /* The server was told to fail one request in ten. */
  result->experiment->server.error_rate = 0.1;
  as_asked = mill_sentence_text (result);
  g_assert_cmpstr (as_asked, ==,
                   "As asked for, requests failed under every model alike (7 to 9 of 80), so "
                   "times are not compared.");
  /* Of half of them it would have been fewer than asked. */
  result->experiment->server.error_rate = 0.5;
  assert_sentence (result,
                   "Requests failed under every model (7 to 9 of 80), so times are not compared.");
}

static void
test_some_fail (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *text = NULL;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, "sync") || g_str_equal (trial->model, "hybrid:4x20")) {
      trial->requests_failed = 3;
      trial->requests_ok = 77;
    }
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  text = mill_sentence_text (result);
  g_assert_true (g_str_has_prefix (text, "main-loop:80 finished in"));
  g_assert_true (g_str_has_suffix (text,
                                   " Requests failed under sync and hybrid:4x20 (3 of 80), so "
                                   "their times are not compared."));
}

static void
test_projected (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *text = NULL;

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, "sync"))
      trial->projected_wall_time_s = trial->wall_time_s * 100;
  }
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  text = mill_sentence_text (result);
  g_assert_nonnull (strstr (text, "times faster than thread-pool:20"));
  g_assert_null (strstr (text, "faster than sync"));
  g_assert_nonnull (strstr (text, "sync would take about 806 s: projected"));
}

static void
test_partial (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  sample_add_trial (result, "sync", 1, 8)->status = MILL_TRIAL_PARTIAL;
  mill_result_summarise (result);
  assert_sentence (result, "Only what is complete counts: not one trial is.");
  sample_add_trial (result, "main-loop:80", 1, 0.12);
  mill_result_summarise (result);
  assert_sentence (result, "main-loop:80 finished in 0.12 s. Only what is complete counts: 1 of "
                           "the 2 trials that began.");
}

static void
test_other_figures (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *throughput = NULL;
  g_autofree char *latency = NULL;

  result->experiment->duration_s = 5;
  throughput = mill_sentence_text (result);
  g_assert_true (
      g_str_has_prefix (throughput, "hybrid:4x20 and main-loop:80 answered 655 requests/s"));
  result->experiment->duration_s = 0;
  result->experiment->rate = 100;
  latency = mill_sentence_text (result);
  g_assert_nonnull (strstr (latency, "answered half of the requests within 101 ms"));
}

static void
test_markup_is_escaped (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("sync", 1);
  g_autoptr (MillResult) result = mill_result_new (experiment);
  g_autofree char *markup = NULL;
  g_autofree char *text = NULL;

  sample_add_trial (result, "<i>&\001\002</b>", 1, 1);
  mill_result_summarise (result);
  markup = mill_sentence_markup (result);
  text = mill_sentence_text (result);
  g_assert_true (g_str_has_prefix (markup, "<b>&lt;i&gt;&amp;  &lt;/b&gt;</b> finished in 1 s"));
  g_assert_true (g_str_has_prefix (text, "<i>&  </b> finished"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/two-leaders", test_two_leaders);
  g_test_add_func ("/sentence/leaders-apart", test_leaders_apart);
  g_test_add_func ("/sentence/leaders-apart-from-sync", test_leaders_apart_from_sync);
  g_test_add_func ("/sentence/sweeps", test_sweeps);
  g_test_add_func ("/sentence/stopped", test_stopped);
  g_test_add_func ("/sentence/one-leader", test_one_leader);
  g_test_add_func ("/sentence/percent", test_percent);
  g_test_add_func ("/sentence/too-few", test_too_few);
  g_test_add_func ("/sentence/noise-floor", test_noise_floor);
  g_test_add_func ("/sentence/single", test_single);
  g_test_add_func ("/sentence/all-alike", test_all_alike);
  g_test_add_func ("/sentence/failures", test_failures);
  g_test_add_func ("/sentence/all-fail", test_all_fail);
  g_test_add_func ("/sentence/some-fail", test_some_fail);
  g_test_add_func ("/sentence/projected", test_projected);
  g_test_add_func ("/sentence/partial", test_partial);
  g_test_add_func ("/sentence/other-figures", test_other_figures);
  g_test_add_func ("/sentence/markup", test_markup_is_escaped);
  return g_test_run ();
}
