/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What decides about an answer without a socket: the draws, the paths, the queue of delays.
 */
#include "config.h"

#include <math.h>

#include "server/mill-counts.h"
#include "server/mill-delay-queue.h"
#include "server/mill-endpoint.h"
#include "server/mill-fate.h"

#define N_DRAWS 20000

/* The share of N draws of probability p lies within five standard deviations. */
static void
assert_share (int hits, double p)
{
  g_assert_cmpfloat (fabs (hits / (double) N_DRAWS - p), <, 5 * sqrt (p * (1 - p) / N_DRAWS));
}

static void
test_rates (void)
{
  const MillServerSettings settings = { .error_rate = 0.2, .drop_rate = 0.05 };
  int errors = 0, drops = 0;
  for (guint64 i = 0; i < N_DRAWS; i++) {
    MillFate fate, again;
    mill_fate_draw (&settings, 7, i, &fate);
    mill_fate_draw (&settings, 7, i, &again);
    g_assert_cmpint (fate.error, ==, again.error);
    g_assert_cmpint (fate.drop, ==, again.drop);
    errors += fate.error;
    drops += fate.drop;
  }
  assert_share (errors, settings.error_rate);
  assert_share (drops, settings.drop_rate);
}

static void
test_seeds_differ (void)
{
  const MillServerSettings settings = { .error_rate = 0.5 };
  int same = 0;
  for (guint64 i = 0; i < N_DRAWS; i++) {
    MillFate one, other;
    mill_fate_draw (&settings, 1, i, &one);
    mill_fate_draw (&settings, 2, i, &other);
    same += one.error == other.error;
  }
  assert_share (same, 0.5);
}

static void
test_rates_at_their_ends (void)
{
  const MillServerSettings never = { 0 };
  const MillServerSettings always = { .error_rate = 1, .drop_rate = 1 };
  for (guint64 i = 0; i < N_DRAWS; i++) {
    MillFate fate;
    mill_fate_draw (&never, 3, i, &fate);
    g_assert_false (fate.error || fate.drop);
    mill_fate_draw (&always, 3, i, &fate);
    g_assert_true (fate.error && fate.drop);
  }
}

static void
draw_moments (const MillServerSettings *settings, double *mean, double *deviation, double *lowest)
{
  double sum = 0, squares = 0;
  *lowest = INFINITY;
  for (guint64 i = 0; i < N_DRAWS; i++) {
    MillFate fate;
    mill_fate_draw (settings, 11, i, &fate);
    sum += fate.delay_s;
    squares += fate.delay_s * fate.delay_s;
    *lowest = MIN (*lowest, fate.delay_s);
  }
  *mean = sum / N_DRAWS;
  *deviation = sqrt (MAX (0, squares / N_DRAWS - *mean * *mean));
}

static void
test_distributions (void)
{
  MillServerSettings settings = { .delay_s = 0.2, .jitter_s = 0.1 };
  double mean, deviation, lowest;

  draw_moments (&settings, &mean, &deviation, &lowest);
  g_assert_cmpfloat_with_epsilon (mean, 0.2, 1e-9);
  g_assert_cmpfloat (deviation, <, 1e-6);

  /* The deviation of a uniform draw from m - w to m + w is w / sqrt 3. */
  settings.distribution = MILL_DISTRIBUTION_UNIFORM;
  draw_moments (&settings, &mean, &deviation, &lowest);
  g_assert_cmpfloat_with_epsilon (mean, 0.2, 0.002);
  g_assert_cmpfloat_with_epsilon (deviation, 0.1 / sqrt (3), 0.002);
  g_assert_cmpfloat (lowest, >=, 0.1);

  settings.distribution = MILL_DISTRIBUTION_LOG_NORMAL;
  draw_moments (&settings, &mean, &deviation, &lowest);
  g_assert_cmpfloat_with_epsilon (mean, 0.2, 0.005);
  g_assert_cmpfloat_with_epsilon (deviation, 0.1, 0.01);
  g_assert_cmpfloat (lowest, >, 0);
}

static void
assert_route (const char *method, const char *path, MillEndpoint endpoint)
{
  MillRoute route;
  mill_route (method, path, &route);
  g_assert_cmpint (route.endpoint, ==, endpoint);
}

static void
test_paths (void)
{
  MillRoute route;
  assert_route ("GET", "/", MILL_ENDPOINT_PING);
  assert_route ("DELETE", "/ping", MILL_ENDPOINT_PING);
  assert_route ("GET", "/ping/", MILL_ENDPOINT_UNKNOWN);
  assert_route ("GET", "/stats", MILL_ENDPOINT_STATS);
  assert_route ("GET", "/drop", MILL_ENDPOINT_DROP);
  assert_route ("POST", "/json", MILL_ENDPOINT_JSON);
  assert_route ("GET", "/json", MILL_ENDPOINT_BAD_METHOD);
  assert_route ("GET", "/delay/", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/delay/-1", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/delay/1x", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/delay/1e9", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/bytes/-1", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/bytes/99999999999999999999", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/status/99", MILL_ENDPOINT_BAD_REQUEST);
  assert_route ("GET", "/status/600", MILL_ENDPOINT_BAD_REQUEST);

  mill_route ("GET", "/delay/0.25", &route);
  g_assert_cmpfloat (route.delay_s, ==, 0.25);
  mill_route ("GET", "/bytes/4096", &route);
  g_assert_cmpint (route.size_bytes, ==, 4096);
  mill_route ("GET", "/status/418", &route);
  g_assert_cmpuint (route.status, ==, 418);
}

static void
test_counts_leave_out_what_began_before_a_reset (void)
{
  MillCounts counts = { 0 };
  guint64 old_epoch = mill_counts_begin (&counts);
  mill_counts_reset (&counts);
  guint64 epoch = mill_counts_begin (&counts);
  mill_counts_end (&counts, old_epoch, MILL_END_ABANDONED, 5, 0);
  g_assert_cmpint (counts.in_flight, ==, 1);
  mill_counts_end (&counts, epoch, MILL_END_ERROR, 7, 9);
  g_assert_cmpint (counts.requests, ==, 1);
  g_assert_cmpint (counts.answered, ==, 1);
  g_assert_cmpint (counts.errors, ==, 1);
  g_assert_cmpint (counts.abandoned, ==, 0);
  g_assert_cmpint (counts.in_flight, ==, 0);
  g_assert_cmpint (counts.max_in_flight, ==, 1);
  g_assert_cmpint (counts.bytes_in, ==, 7);
  g_assert_cmpint (counts.bytes_out, ==, 9);
}

/* An item of the queue of delays. */
typedef struct {
  GAsyncQueue *done;
  gint64 due_us;
  gint64 handed_out_us;
} Waiting;

static void
take (gpointer item)
{
  Waiting *waiting = item;
  waiting->handed_out_us = g_get_monotonic_time ();
  g_async_queue_push (waiting->done, waiting);
}

static void
test_queue_hands_out_in_order_and_never_early (void)
{
  enum { N = 2000 };
  g_autoptr (GAsyncQueue) done = g_async_queue_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree Waiting *items = g_new0 (Waiting, N);
  MillDelayQueue *queue = mill_delay_queue_new (take);
  gint64 start_us = g_get_monotonic_time () + 50000;
  for (int i = 0; i < N; i++) {
    items[i].done = done;
    items[i].due_us = start_us + g_rand_int_range (rand, 0, 200000);
    mill_delay_queue_add (queue, items[i].due_us, &items[i]);
  }
  gint64 last_due_us = 0;
  for (int i = 0; i < N; i++) {
    Waiting *waiting = g_async_queue_timeout_pop (done, 10 * G_USEC_PER_SEC);
    g_assert_nonnull (waiting);
    g_assert_cmpint (waiting->due_us, >=, last_due_us);
    g_assert_cmpint (waiting->handed_out_us, >=, waiting->due_us);
    last_due_us = waiting->due_us;
  }
  mill_delay_queue_end (queue);
  mill_delay_queue_free (queue);
}

static void
test_queue_ends_with_everything_handed_out (void)
{
  enum { N = 100 };
  g_autoptr (GAsyncQueue) done = g_async_queue_new ();
  g_autofree Waiting *items = g_new0 (Waiting, N + 1);
  MillDelayQueue *queue = mill_delay_queue_new (take);
  gint64 in_an_hour_us = g_get_monotonic_time () + 3600 * (gint64) G_USEC_PER_SEC;
  for (int i = 0; i <= N; i++)
    items[i].done = done;
  for (int i = 0; i < N; i++)
    mill_delay_queue_add (queue, in_an_hour_us, &items[i]);
  mill_delay_queue_end (queue);
  g_assert_cmpint (g_async_queue_length (done), ==, N);
  mill_delay_queue_add (queue, in_an_hour_us, &items[N]);
  g_assert_cmpint (g_async_queue_length (done), ==, N + 1);
  mill_delay_queue_free (queue);
}

/* Nothing is due in the last tenth of a period; the rest of the time nothing is changed. */
static void
test_pauses (void)
{
  MillServerSettings settings = { .delay_s = 0.01,
                                  .jitter_s = 0.2,
                                  .distribution = MILL_DISTRIBUTION_PAUSES };
  MillFate fate;
  guint n_moved = 0;

  mill_fate_draw (&settings, 1, 0, &fate);
  for (gint64 now_us = 0; now_us < 4000000; now_us += 1000) {
    gint64 due_us = mill_fate_due_us (&fate, now_us);

    g_assert_cmpint (due_us % 2000000, <, 1800000);
    g_assert_cmpint (due_us, >=, now_us + 10000);
    g_assert_cmpint (due_us, <=, now_us + 210000);
    n_moved += due_us != now_us + 10000;
  }
  g_assert_cmpuint (n_moved, ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/fate/rates", test_rates);
  g_test_add_func ("/server/fate/seeds-differ", test_seeds_differ);
  g_test_add_func ("/server/fate/rates-at-their-ends", test_rates_at_their_ends);
  g_test_add_func ("/server/fate/distributions", test_distributions);
  g_test_add_func ("/server/endpoint/paths", test_paths);
  g_test_add_func ("/server/counts/epochs", test_counts_leave_out_what_began_before_a_reset);
  g_test_add_func ("/server/delay-queue/order", test_queue_hands_out_in_order_and_never_early);
  g_test_add_func ("/fate/pauses", test_pauses);
  g_test_add_func ("/server/delay-queue/end", test_queue_ends_with_everything_handed_out);
  return g_test_run ();
}
