/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "bench/mill-plan-fit.h"
#include "bench/mill-plan.h"
#include "experiment/mill-error.h"

/* A machine on which nothing is short. */
static MillLimits
ample_limits (void)
{
  return (MillLimits){
    .descriptors = 1024,
    .descriptors_hard = 1000000,
    .ephemeral_ports = 28000,
    .port_reuse_s = 60,
    .threads = 30000,
    .memory_bytes = G_GINT64_CONSTANT (16) << 30,
    .cores = 2,
  };
}

static MillExperiment *
experiment_new (const char *models, gint64 requests, double delay_s, int repetitions)
{
  MillExperiment *experiment = mill_experiment_new ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&experiment->models, g_array_unref);
  experiment->models = mill_model_list_parse (models, MILL_WORKLOAD_HTTP, &error);
  g_assert_no_error (error);
  experiment->requests = requests;
  experiment->requests_set = TRUE;
  experiment->server.delay_s = delay_s;
  experiment->repetitions = repetitions;
  return experiment;
}

static MillPlan *
plan_new (const MillExperiment *experiment)
{
  MillLimits limits = ample_limits ();

  return mill_plan_new (experiment, &limits);
}

static const MillAdvice *
find_advice (const MillPlan *plan, const char *code)
{
  for (guint i = 0; i < plan->advice->len; i++) {
    const MillAdvice *advice = g_ptr_array_index (plan->advice, i);
    if (g_str_equal (advice->code, code))
      return advice;
  }
  return NULL;
}

static const MillAdvice *
require_advice (const MillPlan *plan, const char *code)
{
  const MillAdvice *advice = find_advice (plan, code);

  if (advice == NULL)
    g_error ("no advice “%s”", code);
  return advice;
}

static const MillModelEstimate *
estimate_at (const MillPlan *plan, guint index)
{
  g_assert_cmpuint (index, <, plan->estimates->len);
  return g_ptr_array_index (plan->estimates, index);
}

/* A B C, A B C: no model runs twice before every other has run. */
static void
test_order (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new ("sync,thread-pool:20,main-loop:80", 83, 0, 3);
  g_autoptr (MillPlan) plan = plan_new (experiment);
  const char *names[] = { "sync", "thread-pool:20", "main-loop:80" };

  g_assert_cmpuint (plan->trials->len, ==, 9);
  for (guint i = 0; i < plan->trials->len; i++) {
    const MillTrial *trial = g_ptr_array_index (plan->trials, i);
    g_assert_cmpstr (trial->model_name, ==, names[i % 3]);
    g_assert_cmpint (trial->repetition, ==, (int) (i / 3) + 1);
    g_assert_cmpint (trial->order, ==, (int) i + 1);
    g_assert_cmpint (trial->requests, ==, 83);
    g_assert_true (isnan (trial->sweep_value));
  }
  g_assert_cmpuint (plan->estimates->len, ==, 3);
}

static void
set_sweep (MillExperiment *experiment, MillSweep sweep, const double *values, guint n)
{
  experiment->sweep = sweep;
  g_array_set_size (experiment->sweep_values, 0);
  g_array_append_vals (experiment->sweep_values, values, n);
}

/* Each model at each value, once per round; a model without the parameter once. */
static void
test_sweep_concurrency (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync,main-loop:1", 50, 0, 2);
  const double values[] = { 1, 10, 100 };
  const char *names[] = { "sync", "main-loop:1", "main-loop:10", "main-loop:100" };

  set_sweep (experiment, MILL_SWEEP_CONCURRENCY, values, 3);
  g_autoptr (MillPlan) plan = plan_new (experiment);

  g_assert_cmpuint (plan->trials->len, ==, 8);
  for (guint i = 0; i < plan->trials->len; i++) {
    const MillTrial *trial = g_ptr_array_index (plan->trials, i);
    g_assert_cmpstr (trial->model_name, ==, names[i % 4]);
    if (i % 4 == 0)
      g_assert_true (isnan (trial->sweep_value));
    else
      g_assert_cmpfloat (trial->sweep_value, ==, values[i % 4 - 1]);
  }
}

static void
test_sweep_requests (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync,main-loop:1", 50, 0, 1);
  const double values[] = { 10, 30 };

  set_sweep (experiment, MILL_SWEEP_REQUESTS, values, 2);
  g_autoptr (MillPlan) plan = plan_new (experiment);

  g_assert_cmpuint (plan->trials->len, ==, 4);
  for (guint i = 0; i < plan->trials->len; i++) {
    const MillTrial *trial = g_ptr_array_index (plan->trials, i);
    g_assert_cmpint (trial->requests, ==, (gint64) values[i % 2]);
    g_assert_cmpint (trial->requests_asked, ==, (gint64) values[i % 2]);
  }
}

static void
test_sweep_delay_moves_the_estimate (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync", 100, 0, 1);
  const double values[] = { 0.01, 0.1 };

  set_sweep (experiment, MILL_SWEEP_DELAY, values, 2);
  g_autoptr (MillPlan) plan = plan_new (experiment);

  g_assert_cmpfloat (estimate_at (plan, 1)->trial_s, >, 5 * estimate_at (plan, 0)->trial_s);
}

/* DESIGN: sync with 10,000 requests of 200 ms is 33 minutes. */
static void
test_estimate_waiting (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new (
      "sync,thread-pool:20,main-loop:1000,main-loop-batched:100/150", 10000, 0.2, 2);
  g_autoptr (MillPlan) plan = plan_new (experiment);

  g_assert_cmpfloat (estimate_at (plan, 0)->trial_s, >, 2000);
  g_assert_cmpfloat (estimate_at (plan, 0)->trial_s, <, 2050);
  g_assert_cmpfloat (estimate_at (plan, 1)->trial_s, >, 100);
  g_assert_cmpfloat (estimate_at (plan, 1)->trial_s, <, 105);
  g_assert_cmpfloat (estimate_at (plan, 2)->trial_s, >, 2);
  g_assert_cmpfloat (estimate_at (plan, 2)->trial_s, <, 4);
  /* 66 whole batches and a rest, of two rounds each for 150 at 100 in flight; the rest of 100
   * takes one: 133 rounds of 0.2 s. */
  g_assert_cmpfloat (estimate_at (plan, 3)->trial_s, >, 133 * 0.2);
  g_assert_cmpfloat (estimate_at (plan, 3)->trial_s, <, 133 * 0.2 + 1);
  g_assert_cmpfloat_with_epsilon (estimate_at (plan, 0)->total_s,
                                  2 * estimate_at (plan, 0)->trial_s, 1e-6);
  g_assert_cmpfloat_with_epsilon (plan->total_s, 2 * plan->first_round_s, 1e-6);
}

/* A large body takes its time on both sides, however many answers are under way. */
static void
test_estimate_body (void)
{
  g_autoptr (MillExperiment) small = experiment_new ("main-loop:8", 1000, 0, 1);
  g_autoptr (MillExperiment) large = experiment_new ("main-loop:8", 1000, 0, 1);
  MillLimits limits = ample_limits ();

  large->server.body_size_bytes = 1024 * 1024;
  g_autoptr (MillPlan) small_plan = mill_plan_new (small, &limits);
  g_autoptr (MillPlan) large_plan = mill_plan_new (large, &limits);
  g_assert_cmpfloat (large_plan->total_s, >, 2 * small_plan->total_s);
}

static void
test_estimate_rate_and_duration (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:100", 1000, 0, 1);

  experiment->rate = 100;
  g_autoptr (MillPlan) open_loop = plan_new (experiment);
  g_assert_cmpfloat (estimate_at (open_loop, 0)->trial_s, >=, 10);
  g_assert_cmpfloat (estimate_at (open_loop, 0)->trial_s, <, 11);

  experiment->rate = 0;
  experiment->requests_set = FALSE;
  experiment->duration_s = 3;
  g_autoptr (MillPlan) timed = plan_new (experiment);
  g_assert_cmpfloat (estimate_at (timed, 0)->trial_s, >=, 3);
  g_assert_cmpfloat (estimate_at (timed, 0)->trial_s, <, 4);
}

static void
test_estimate_cpu_scales_with_cores (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync", 1, 0, 1);
  g_autoptr (GError) error = NULL;

  experiment->workload = MILL_WORKLOAD_CPU;
  experiment->requests = 1000000;
  g_array_unref (experiment->models);
  experiment->models =
      mill_model_list_parse ("sync,thread-pool:2,gil-thread-pool:2", MILL_WORKLOAD_CPU, &error);
  g_assert_no_error (error);
  g_autoptr (MillPlan) plan = plan_new (experiment);
  double sync_s = estimate_at (plan, 0)->trial_s;

  g_assert_cmpfloat (estimate_at (plan, 1)->trial_s, <, 0.7 * sync_s);
  /* One lock, one core. */
  g_assert_cmpfloat (estimate_at (plan, 2)->trial_s, >, 0.9 * sync_s);
}

static void
test_advice_slow_model (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync,main-loop:1000", 10000, 0.2, 1);
  g_autoptr (MillPlan) plan = plan_new (experiment);
  const MillAdvice *advice = require_advice (plan, "slow-model");

  g_assert_cmpstr (advice->model, ==, "sync");
  g_assert_cmpint (advice->level, ==, MILL_ADVICE_WARNING);
  g_assert_cmpint (advice->remedy_requests, >=, 20);
  g_assert_cmpint (advice->remedy_requests, <=, 200);

  /* Following it makes the model short, and it is not advised again. */
  mill_experiment_set_projection (experiment, "sync", advice->remedy_requests);
  g_autoptr (MillPlan) projected = plan_new (experiment);
  const MillTrial *trial = g_ptr_array_index (projected->trials, 0);
  g_assert_null (find_advice (projected, "slow-model"));
  g_assert_true (estimate_at (projected, 0)->projected);
  g_assert_false (estimate_at (projected, 1)->projected);
  g_assert_cmpint (trial->requests, ==, advice->remedy_requests);
  g_assert_cmpint (trial->requests_asked, ==, 10000);
  g_assert_cmpfloat (estimate_at (projected, 0)->trial_s, <, 60);
}

/* The first experiment is advised nothing: what everybody sees first has no warning. */
static void
test_advice_none_for_the_first_experiment (void)
{
  g_autoptr (MillExperiment) experiment =
      experiment_new ("sync,thread-pool:20,main-loop:80,hybrid:4x20", 80, 0.1, 5);
  g_autoptr (MillPlan) plan = plan_new (experiment);

  g_assert_cmpuint (plan->advice->len, ==, 0);
  g_assert_cmpfloat (plan->first_round_s, <, 12);
  g_assert_true (mill_plan_check (plan, NULL));
}

static void
test_advice_repetitions (void)
{
  g_autoptr (MillExperiment) few = experiment_new ("sync,main-loop:10", 20, 0, 3);
  g_autoptr (MillExperiment) enough = experiment_new ("sync,main-loop:10", 20, 0, 4);
  g_autoptr (MillExperiment) alone = experiment_new ("sync", 20, 0, 1);
  g_autoptr (MillPlan) few_plan = plan_new (few);
  g_autoptr (MillPlan) enough_plan = plan_new (enough);
  g_autoptr (MillPlan) alone_plan = plan_new (alone);

  g_assert_nonnull (find_advice (few_plan, "repetitions"));
  g_assert_null (find_advice (enough_plan, "repetitions"));
  g_assert_null (find_advice (alone_plan, "repetitions"));
}

static void
assert_blocked (const MillExperiment *experiment,
                const MillLimits *limits,
                const char *code,
                int error_code)
{
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, limits);
  g_autoptr (GError) error = NULL;
  const MillAdvice *advice = require_advice (plan, code);

  g_assert_cmpint (advice->level, ==, MILL_ADVICE_BLOCKER);
  g_assert_false (mill_plan_check (plan, &error));
  g_assert_error (error, MILL_ERROR, error_code);
}

static void
test_advice_descriptors (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:1000", 10000, 0, 1);
  MillLimits limits = ample_limits ();
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, &limits);

  g_assert_null (find_advice (plan, "descriptors"));
  limits.descriptors = limits.descriptors_hard = 1000;
  assert_blocked (experiment, &limits, "descriptors", MILL_ERROR_LIMIT);
}

/* A waiting thread needs three descriptors, a request in flight on a loop one. */
static void
test_advice_descriptors_of_threads (void)
{
  g_autoptr (MillExperiment) threads = experiment_new ("thread-pool:100", 200, 0, 1);
  g_autoptr (MillExperiment) loop = experiment_new ("main-loop:100", 200, 0, 1);
  MillLimits limits = ample_limits ();

  limits.descriptors = limits.descriptors_hard = 200;
  g_autoptr (MillPlan) plan = mill_plan_new (loop, &limits);
  g_assert_null (find_advice (plan, "descriptors"));
  assert_blocked (threads, &limits, "descriptors", MILL_ERROR_LIMIT);
}

/* A pool starts its threads, also those for which there is no request. */
static void
test_advice_descriptors_of_idle_threads (void)
{
  g_autoptr (MillExperiment) pool = experiment_new ("thread-pool:1000", 80, 0, 1);
  g_autoptr (MillExperiment) few = experiment_new ("thread-per-request:1000", 80, 0, 1);
  MillLimits limits = ample_limits ();

  limits.descriptors = limits.descriptors_hard = 1000;
  g_autoptr (MillPlan) plan = mill_plan_new (few, &limits);
  g_assert_null (find_advice (plan, "descriptors"));
  assert_blocked (pool, &limits, "descriptors", MILL_ERROR_LIMIT);
}

/* Large numbers are grouped, as people read them. */
static void
test_advice_groups_numbers (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:30000", 30000, 0, 1);
  MillLimits limits = ample_limits ();

  limits.descriptors = limits.descriptors_hard = 20000;
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, &limits);
  const MillAdvice *advice = find_advice (plan, "descriptors");
  if (advice == NULL)
    g_error ("nothing is foreseen");
  g_assert_nonnull (strstr (advice->message, "30,036"));
  g_assert_nonnull (strstr (advice->message, "20,000"));
}

static void
test_fit (void)
{
  static const double values[] = { 10, 100, 1000, 10000 };
  static const struct {
    gint64 descriptors;
    double largest; /* of those that fit; 0: none does, and nothing is changed */
  } cases[] = { { 40000, 10000 }, { 20000, 5000 }, { 10000, 2000 }, { 3000, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillExperiment) experiment =
        experiment_new ("thread-per-request:10000,main-loop:10000", 10, 1, 4);
    gboolean lowered = cases[i].largest > 0 && cases[i].largest < 10000;
    g_autofree char *reason = NULL;
    MillLimits limits = ample_limits ();

    limits.descriptors_hard = cases[i].descriptors;
    set_sweep (experiment, MILL_SWEEP_REQUESTS, values, G_N_ELEMENTS (values));
    g_assert_cmpint (mill_plan_fit_sweep (experiment, &limits, &reason), ==, lowered);
    g_assert_cmpint (reason != NULL, ==, lowered);
    for (guint j = 0; j < 3; j++)
      g_assert_cmpfloat (g_array_index (experiment->sweep_values, double, j), ==, values[j]);
    g_assert_cmpfloat (g_array_index (experiment->sweep_values, double, 3), ==,
                       lowered ? cases[i].largest : 10000);
  }
}

/* Where not even one request fits, nothing is changed, and the search ends. */
static void
test_fit_nothing (void)
{
  static const double values[] = { 100 };
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:100", 10, 1, 1);
  g_autofree char *reason = NULL;
  MillLimits limits = ample_limits ();

  limits.memory_bytes = 1024;
  set_sweep (experiment, MILL_SWEEP_REQUESTS, values, G_N_ELEMENTS (values));
  g_assert_false (mill_plan_fit_sweep (experiment, &limits, &reason));
  g_assert_null (reason);
  g_assert_cmpfloat (g_array_index (experiment->sweep_values, double, 0), ==, 100);
}

static void
test_advice_threads (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("thread-pool:1000", 10000, 0, 1);
  MillLimits limits = ample_limits ();

  limits.threads = 900;
  assert_blocked (experiment, &limits, "threads", MILL_ERROR_LIMIT);
}

static void
test_advice_memory (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("thread-pool:1000", 10000, 0, 1);
  MillLimits limits = ample_limits ();

  limits.memory_bytes = 64 * 1024 * 1024;
  assert_blocked (experiment, &limits, "memory", MILL_ERROR_LIMIT);
}

static void
test_advice_ports (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:100", 100000, 0, 1);
  MillLimits limits = ample_limits ();
  g_autoptr (MillPlan) kept = mill_plan_new (experiment, &limits);

  g_assert_null (find_advice (kept, "ports"));
  experiment->keep_alive = FALSE;
  g_autoptr (MillPlan) closed = mill_plan_new (experiment, &limits);
  g_assert_nonnull (find_advice (closed, "ports"));
  /* With keep-alive, too, each one in flight has a port. */
  limits.ephemeral_ports = 50;
  assert_blocked (experiment, &limits, "ports", MILL_ERROR_LIMIT);
}

static void
test_advice_backlog (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:0", 10000, 0.5, 1);
  g_autoptr (MillPlan) plan = plan_new (experiment);
  const MillAdvice *advice = require_advice (plan, "backlog");

  g_assert_cmpint (advice->level, ==, MILL_ADVICE_NOTE);
  g_assert_true (mill_plan_check (plan, NULL));
}

static void
test_advice_remote_load (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("main-loop:50", 1000, 0, 1);
  MillLimits limits = ample_limits ();
  const char *urls[] = { "http://example.com/", NULL };

  experiment->urls = g_strdupv ((GStrv) urls);
  assert_blocked (experiment, &limits, "remote-load", MILL_ERROR_PERMISSION);
  experiment->allow_remote_load = TRUE;
  g_autoptr (MillPlan) allowed = mill_plan_new (experiment, &limits);
  g_assert_null (find_advice (allowed, "remote-load"));
}

static void
test_invalid (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync", 10, 0, 1);
  MillLimits limits = ample_limits ();

  experiment->requests = -1;
  assert_blocked (experiment, &limits, "invalid", MILL_ERROR_USAGE);
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, &limits);
  g_assert_cmpuint (plan->trials->len, ==, 0);
}

/* The most serious first, whatever came first. */
static void
test_advice_order (void)
{
  g_autoptr (MillExperiment) experiment = experiment_new ("sync,thread-pool:1000", 10000, 0.2, 1);
  MillLimits limits = ample_limits ();

  limits.threads = 900;
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, &limits);
  g_assert_cmpuint (plan->advice->len, >=, 3);
  for (guint i = 1; i < plan->advice->len; i++) {
    const MillAdvice *before = g_ptr_array_index (plan->advice, i - 1);
    const MillAdvice *after = g_ptr_array_index (plan->advice, i);
    g_assert_cmpint (before->level, >=, after->level);
  }
}

static void
test_durations_in_words (void)
{
  const struct {
    double seconds;
    const char *words;
  } cases[] = {
    { 0.84, "0.8 s" },       { 12.4, "12 s" },      { 59.6, "1 min 0 s" },
    { 2000, "33 min 20 s" }, { 7500, "2 h 5 min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = mill_plan_describe_duration (cases[i].seconds);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/order", test_order);
  g_test_add_func ("/plan/sweep/concurrency", test_sweep_concurrency);
  g_test_add_func ("/plan/sweep/requests", test_sweep_requests);
  g_test_add_func ("/plan/sweep/delay", test_sweep_delay_moves_the_estimate);
  g_test_add_func ("/plan/estimate/waiting", test_estimate_waiting);
  g_test_add_func ("/plan/estimate/body", test_estimate_body);
  g_test_add_func ("/plan/estimate/rate-and-duration", test_estimate_rate_and_duration);
  g_test_add_func ("/plan/estimate/cpu", test_estimate_cpu_scales_with_cores);
  g_test_add_func ("/plan/advice/slow-model", test_advice_slow_model);
  g_test_add_func ("/plan/advice/first", test_advice_none_for_the_first_experiment);
  g_test_add_func ("/plan/advice/repetitions", test_advice_repetitions);
  g_test_add_func ("/plan/advice/descriptors", test_advice_descriptors);
  g_test_add_func ("/plan/advice/descriptors-of-threads", test_advice_descriptors_of_threads);
  g_test_add_func ("/plan/advice/descriptors-of-idle-threads",
                   test_advice_descriptors_of_idle_threads);
  g_test_add_func ("/plan/advice/grouped-numbers", test_advice_groups_numbers);
  g_test_add_func ("/plan/fit", test_fit);
  g_test_add_func ("/plan/fit-nothing", test_fit_nothing);
  g_test_add_func ("/plan/advice/threads", test_advice_threads);
  g_test_add_func ("/plan/advice/memory", test_advice_memory);
  g_test_add_func ("/plan/advice/ports", test_advice_ports);
  g_test_add_func ("/plan/advice/backlog", test_advice_backlog);
  g_test_add_func ("/plan/advice/remote-load", test_advice_remote_load);
  g_test_add_func ("/plan/advice/order", test_advice_order);
  g_test_add_func ("/plan/invalid", test_invalid);
  g_test_add_func ("/plan/durations", test_durations_in_words);
  return g_test_run ();
}
