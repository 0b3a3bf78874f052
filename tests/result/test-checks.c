/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "result/mill-checks.h"

static guint
count_warnings (const MillResult *result, const char *code)
{
  guint count = 0;

  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    count += g_str_equal (warning->code, code);
  }
  return count;
}

/* A result in which nothing is wrong; the trials of main-loop:80 are the third of each four. */
static MillResult *
clean_result (void)
{
  MillResult *result = sample_result (5);

  for (guint i = 0; i < result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (g_str_equal (trial->model, "sync")) {
      trial->max_in_flight = 1;
      trial->latency_ms.mean = trial->wall_time_s / 80 * 1000;
      trial->latency_ms.min = trial->latency_ms.p50 = trial->latency_ms.p75 =
          trial->latency_ms.p90 = trial->latency_ms.max = trial->latency_ms.mean;
    }
  }
  return result;
}

static MillTrialResult *
third (MillResult *result)
{
  return g_ptr_array_index (result->trials, 2);
}

static void
assert_only (MillResult *result, const char *code)
{
  mill_checks_run (result);
  mill_checks_run (result);
  for (guint i = 0; i < result->warnings->len; i++)
    g_test_message ("%s", ((MillWarning *) g_ptr_array_index (result->warnings, i))->message);
  g_assert_cmpuint (result->warnings->len, ==, code == NULL ? 0 : 1);
  if (code != NULL)
    g_assert_cmpuint (count_warnings (result, code), ==, 1);
}

static const char *
only_message (const MillResult *result)
{
  return ((const MillWarning *) g_ptr_array_index (result->warnings, 0))->message;
}

static void
test_clean (void)
{
  g_autoptr (MillResult) result = clean_result ();

  assert_only (result, NULL);
}

static void
test_keeps_others (void)
{
  g_autoptr (MillResult) result = clean_result ();

  mill_result_add_warning (result, "verification", NULL, "of the bench");
  assert_only (result, "verification");
}

static void
test_littles_law (void)
{
  g_autoptr (MillResult) result = clean_result ();
  g_autoptr (MillResult) sampled = clean_result ();
  MillSample sample = { .in_flight = 10 };

  third (result)->max_in_flight = 40;
  assert_only (result, "littles-law");

  /* 66 by Little's law, 10 by the samples. */
  for (int i = 0; i < 20; i++)
    g_array_append_val (third (sampled)->samples, sample);
  assert_only (sampled, "littles-law");
  for (int i = 0; i < 20; i++)
    g_array_index (third (sampled)->samples, MillSample, i).in_flight = 66;
  assert_only (sampled, NULL);
}

static void
test_order (void)
{
  g_autoptr (MillResult) result = clean_result ();

  third (result)->latency_ms.p90 = third (result)->latency_ms.p50 / 2;
  assert_only (result, "order");
}

static void
test_counts (void)
{
  g_autoptr (MillResult) result = clean_result ();
  g_autoptr (MillResult) reasons = clean_result ();

  third (result)->requests_ok = 79;
  third (result)->bytes_downloaded = 79 * 25;
  assert_only (result, "counts");

  third (reasons)->errors[MILL_OUTCOME_TIMEOUT] = 1;
  assert_only (reasons, "counts");
}

static void
test_failures (void)
{
  g_autoptr (MillResult) result = clean_result ();

  third (result)->requests_ok = 75;
  third (result)->requests_failed = 5;
  third (result)->errors[MILL_OUTCOME_RESET] = 5;
  assert_only (result, "failures");
  g_assert_nonnull (strstr (only_message (result), "5 of 400 requests failed, all of them by"));
  third (result)->errors[MILL_OUTCOME_RESET] = 4;
  third (result)->errors[MILL_OUTCOME_TIMEOUT] = 1;
  assert_only (result, "failures");
  g_assert_nonnull (strstr (only_message (result), "5 of 400 requests failed, most of them by"));
  /* Failures that were asked for are no news. */
  result->experiment->server.error_rate = 0.1;
  assert_only (result, NULL);
}

static void
test_server (void)
{
  g_autoptr (MillResult) result = clean_result ();

  third (result)->cpu_server_percent = 93;
  assert_only (result, "server-bottleneck");
}

static void
test_work (void)
{
  g_autoptr (MillResult) requests = clean_result ();
  g_autoptr (MillResult) bytes = clean_result ();
  g_autoptr (MillResult) checksums = clean_result ();

  third (requests)->requests_asked = 100;
  assert_only (requests, "work");
  third (bytes)->bytes_downloaded *= 2;
  assert_only (bytes, "work");
  for (guint i = 0; i < checksums->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (checksums->trials, i);

    trial->checksum = g_strdup (i == 7 ? "00fe" : "00ff");
    trial->checksum_bytes = 10;
  }
  assert_only (checksums, "work");
}

static void
test_late (void)
{
  g_autoptr (MillResult) result = clean_result ();

  result->experiment->rate = 100;
  third (result)->sent_late = 0;
  assert_only (result, NULL);
  /* Late by next to nothing. */
  third (result)->sent_late = 20;
  third (result)->latency_uncorrected_ms = third (result)->latency_ms;
  assert_only (result, NULL);
  third (result)->latency_uncorrected_ms.mean /= 2;
  third (result)->latency_uncorrected_ms.min /= 2;
  assert_only (result, "sent-late");
}

static void
test_few_samples (void)
{
  g_autoptr (MillResult) result = clean_result ();

  for (guint i = 0; i < result->trials->len; i++)
    ((MillTrialResult *) g_ptr_array_index (result->trials, i))->latency_ms.p90 = NAN;
  assert_only (result, "few-samples");
  g_assert_nonnull (strstr (only_message (result), "Ask for more requests"));
  /* What is advised gives more of them. */
  result->experiment->duration_s = 1;
  result->experiment->requests_set = FALSE;
  assert_only (result, "few-samples");
  g_assert_nonnull (strstr (only_message (result), "for a longer time"));
  result->experiment->duration_s = 0;
  result->experiment->workload = MILL_WORKLOAD_CPU;
  assert_only (result, "few-samples");
  g_assert_nonnull (strstr (only_message (result), "more URLs"));
}

static void
test_noise (void)
{
  g_autoptr (MillResult) result = clean_result ();
  const MillWarning *warning;

  third (result)->wall_time_s *= 1.5;
  third (result)->throughput_rps /= 1.5;
  result->environment =
      json_from_string ("{\"cores\":2,\"load_average\":3.5,\"governor\":\"powersave\"}", NULL);
  g_ptr_array_set_size (result->models, 0);
  mill_result_summarise (result);
  assert_only (result, "noise");
  warning = g_ptr_array_index (result->warnings, 0);
  g_assert_true (g_str_has_suffix (warning->message, "(governor powersave)."));
}

static void
test_noise_floor (void)
{
  g_autoptr (MillExperiment) experiment = sample_experiment ("main-loop:80,main-loop:80", 5);
  g_autoptr (MillResult) result = mill_result_new (experiment);

  for (int i = 1; i <= 5; i++) {
    sample_add_trial (result, "main-loop:80", i, 0.12);
    sample_add_trial (result, "main-loop:80", i, 0.14);
  }
  mill_result_summarise (result);
  assert_only (result, "noise-floor");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/clean", test_clean);
  g_test_add_func ("/checks/keeps-others", test_keeps_others);
  g_test_add_func ("/checks/littles-law", test_littles_law);
  g_test_add_func ("/checks/order", test_order);
  g_test_add_func ("/checks/counts", test_counts);
  g_test_add_func ("/checks/failures", test_failures);
  g_test_add_func ("/checks/server", test_server);
  g_test_add_func ("/checks/work", test_work);
  g_test_add_func ("/checks/late", test_late);
  g_test_add_func ("/checks/few-samples", test_few_samples);
  g_test_add_func ("/checks/noise", test_noise);
  g_test_add_func ("/checks/noise-floor", test_noise_floor);
  return g_test_run ();
}
