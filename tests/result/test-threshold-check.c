/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sample-result.h"

#include "result/mill-threshold-check.h"

/* Checks one bound; gives the checks, and how many of them hold. */
static guint
check (const MillResult *result, const char *text, guint *n_checks, char **message)
{
  g_autoptr (GPtrArray) thresholds =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_threshold_free);
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;
  guint holding = 0;

  g_ptr_array_add (thresholds, mill_threshold_parse (text, &error));
  g_assert_no_error (error);
  checks = mill_thresholds_check (result, thresholds);
  for (guint i = 0; i < checks->len; i++)
    holding += ((MillThresholdCheck *) g_ptr_array_index (checks, i))->holds;
  g_assert_true (mill_thresholds_hold (checks) == (holding == checks->len));
  *n_checks = checks->len;
  if (message != NULL)
    *message = g_strdup (((MillThresholdCheck *) g_ptr_array_index (checks, 0))->message);
  return holding;
}

static void
test_figures (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  static const struct {
    const char *text;
    guint holding;
    guint checks;
  } cases[] = {
    { "time<1s", 3, 4 },
    { "main-loop:80.time<1s", 1, 1 },
    { "sync.time<1s", 0, 1 },
    { "throughput>100", 3, 4 },
    { "failed<1%", 4, 4 },
    { "p50<200ms", 4, 4 },
    { "p50<1ms", 0, 4 },
    { "mean>=100ms", 4, 4 },
    { "max<=0.2s", 4, 4 },
    { "min>1us", 4, 4 },
    { "multiprocess:1x1.time<1s", 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint checks;

    g_test_message ("%s", cases[i].text);
    g_assert_cmpuint (check (result, cases[i].text, &checks, NULL), ==, cases[i].holding);
    g_assert_cmpuint (checks, ==, cases[i].checks);
  }
}

/* 400 requests of five trials carry p95, not p99.9. */
static void
test_percentile_needs_samples (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *message = NULL;
  guint checks;

  g_assert_cmpuint (check (result, "p95<1s", &checks, NULL), ==, 4);
  g_assert_cmpuint (check (result, "p99.9<1s", &checks, &message), ==, 0);
  g_assert_nonnull (strstr (message, "too few requests"));
}

static void
test_projected_is_no_measurement (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *message = NULL;
  guint checks;

  ((MillModelResult *) g_ptr_array_index (result->models, 0))
      ->figures[MILL_FIGURE_WALL_TIME]
      .projected = TRUE;
  g_assert_cmpuint (check (result, "sync.time<100s", &checks, &message), ==, 0);
  g_assert_nonnull (strstr (message, "projected"));
}

static void
test_messages (void)
{
  g_autoptr (MillResult) result = sample_result (5);
  g_autofree char *holds = NULL;
  g_autofree char *missed = NULL;
  guint checks;

  check (result, "sync.time<10s", &checks, &holds);
  check (result, "sync.time<1s", &checks, &missed);
  g_assert_cmpstr (holds, ==, "sync: sync.time<10s holds: 8.06 s");
  g_assert_cmpstr (missed, ==, "sync: sync.time<1s is missed: 8.06 s");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threshold-check/figures", test_figures);
  g_test_add_func ("/threshold-check/percentile", test_percentile_needs_samples);
  g_test_add_func ("/threshold-check/projected", test_projected_is_no_measurement);
  g_test_add_func ("/threshold-check/messages", test_messages);
  return g_test_run ();
}
