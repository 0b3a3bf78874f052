/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "charts/mill-timeline-data.h"
#include "charts/mill-timeline-density.h"

static MillTrialResult *
new_trial (void)
{
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup ("thread-pool:2");
  return trial;
}

static void
add_entry (MillTrialResult *trial,
           guint lane,
           gint64 start_us,
           gint64 sent_us,
           gint64 first_byte_us,
           gint64 done_us)
{
  MillTimelineEntry entry = {
    .lane = lane,
    .started_us = start_us,
    .sent_us = sent_us,
    .first_byte_us = first_byte_us,
    .done_us = done_us,
    .outcome = MILL_OUTCOME_OK,
  };

  g_array_append_val (trial->timeline, entry);
}

/* Random requests on a few lanes, in random order. */
static MillTrialResult *
random_trial (GRand *rand, guint n, guint lanes)
{
  MillTrialResult *trial = new_trial ();

  for (guint i = 0; i < n; i++) {
    gint64 start = g_rand_int_range (rand, 0, 100000);
    gint64 sent = start + g_rand_int_range (rand, 0, 50);
    gint64 first_byte = sent + g_rand_int_range (rand, 0, 5000);

    add_entry (trial, (guint) g_rand_int_range (rand, 0, (int) lanes), start, sent, first_byte,
               first_byte + g_rand_int_range (rand, 0, 500));
  }
  return trial;
}

static const MillTimelineRequest *
request_at (const MillTimelineData *data, guint index)
{
  return &g_array_index (data->requests, MillTimelineRequest, index);
}

/* The most requests at once, counted the slow way: at every start. */
static int
count_most (const MillTimelineData *data, int lane)
{
  int most = 0;

  for (guint i = 0; i < data->requests->len; i++) {
    gint64 moment = request_at (data, i)->edges[0];
    int n = 0;

    for (guint j = 0; j < data->requests->len; j++) {
      const MillTimelineRequest *other = request_at (data, j);
      gint64 end = MAX (other->edges[MILL_N_SPANS], other->edges[0] + 1);

      n += other->edges[0] <= moment && end > moment &&
           (lane < 0 || other->lane == request_at (data, i)->lane);
    }
    if (lane < 0 || request_at (data, i)->lane == (guint) lane)
      most = MAX (most, n);
  }
  return most;
}

static void
test_packing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int round = 0; round < 30; round++) {
    g_autoptr (MillTrialResult) trial = random_trial (rand, 150, 4);
    g_autoptr (MillTimelineData) data = mill_timeline_data_new (trial, FALSE);
    g_autofree gboolean *seen = g_new0 (gboolean, trial->timeline->len);

    g_assert_cmpuint (data->requests->len, ==, trial->timeline->len);
    for (guint r = 0; r < data->rows->len; r++) {
      const MillTimelineRow *row = &g_array_index (data->rows, MillTimelineRow, r);

      g_assert_cmpuint (row->n, >, 0);
      for (guint i = row->first; i < row->first + row->n; i++) {
        g_assert_false (seen[request_at (data, i)->index]);
        seen[request_at (data, i)->index] = TRUE;
        if (i > row->first)
          g_assert_cmpint (request_at (data, i)->edges[0], >=,
                           request_at (data, i - 1)->edges[MILL_N_SPANS]);
      }
    }
    /* As few rows as the requests allow. */
    for (guint l = 0; l < data->lanes->len; l++) {
      const MillTimelineLane *lane = &g_array_index (data->lanes, MillTimelineLane, l);

      g_assert_cmpint (lane->n_rows, ==, count_most (data, (int) lane->number));
    }
  }
}

static void
test_blocking_lanes (void)
{
  g_autoptr (MillTrialResult) trial = new_trial ();
  g_autoptr (MillTimelineData) data = NULL;

  for (int i = 0; i < 20; i++)
    add_entry (trial, (guint) i % 2, i / 2 * 100, i / 2 * 100 + 1, i / 2 * 100 + 90,
               i / 2 * 100 + 100);
  data = mill_timeline_data_new (trial, FALSE);
  g_assert_cmpuint (data->rows->len, ==, 2);
  g_assert_cmpuint (data->lanes->len, ==, 2);
  g_assert_false (data->has_loops);
  g_assert_cmpint (data->end_us, ==, 1000);
}

static void
test_by_request (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (MillTrialResult) trial = random_trial (rand, 100, 5);
  g_autoptr (MillTimelineData) data = mill_timeline_data_new (trial, TRUE);

  g_assert_cmpuint (data->rows->len, ==, 100);
  for (guint i = 0; i < 100; i++) {
    const MillTimelineRow *row = &g_array_index (data->rows, MillTimelineRow, i);
    const MillTimelineLane *lane = &g_array_index (data->lanes, MillTimelineLane, row->lane);

    g_assert_cmpuint (row->n, ==, 1);
    g_assert_cmpuint (lane->number, ==, request_at (data, row->first)->lane);
    if (i > 0)
      g_assert_cmpint (request_at (data, i)->edges[0], >=, request_at (data, i - 1)->edges[0]);
  }
}

static int
largest_step (const GArray *steps)
{
  int most = 0;

  for (guint i = 0; i < steps->len; i++)
    most = MAX (most, g_array_index (steps, MillInFlightStep, i).in_flight);
  return most;
}

static void
test_in_flight (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int round = 0; round < 20; round++) {
    g_autoptr (MillTrialResult) trial = random_trial (rand, 200, 1);
    g_autoptr (MillTimelineData) data = mill_timeline_data_new (trial, FALSE);
    g_autoptr (GArray) steps = mill_timeline_in_flight_new (data);

    g_assert_cmpint (largest_step (steps), ==, count_most (data, -1));
    g_assert_cmpint (g_array_index (steps, MillInFlightStep, steps->len - 1).in_flight, ==, 0);
    /* Thinned to a few columns, the peak is still there. */
    for (guint columns = 1; columns < 40; columns += 13) {
      g_autoptr (GArray) thinned = mill_timeline_thin_steps (steps, 0, 110000, columns);

      g_assert_cmpint (largest_step (thinned), ==, largest_step (steps));
      g_assert_cmpuint (thinned->len, <=, 3 * columns + 1);
    }
  }
}

static void
test_in_flight_window (void)
{
  g_autoptr (MillTrialResult) trial = new_trial ();
  g_autoptr (MillTimelineData) data = NULL;
  g_autoptr (GArray) steps = NULL, thinned = NULL;

  add_entry (trial, 0, 0, 0, 900, 1000);
  add_entry (trial, 1, 100, 100, 150, 200);
  add_entry (trial, 1, 200, 200, 250, 300);
  data = mill_timeline_data_new (trial, FALSE);
  steps = mill_timeline_in_flight_new (data);
  /* 0: 1, 100: 2, (200: still 2), 300: 1, 1000: 0 */
  g_assert_cmpuint (steps->len, ==, 5);
  g_assert_cmpint (largest_step (steps), ==, 2);
  thinned = mill_timeline_thin_steps (steps, 400, 800, 100);
  g_assert_cmpuint (thinned->len, ==, 1);
  g_assert_cmpint (g_array_index (thinned, MillInFlightStep, 0).in_flight, ==, 1);
  g_assert_cmpint (g_array_index (thinned, MillInFlightStep, 0).time_us, ==, 400);
}

static void
test_shares_conserve_time (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (int round = 0; round < 20; round++) {
    g_autoptr (MillTrialResult) trial = random_trial (rand, 120, 3);
    g_autoptr (MillTimelineData) data = mill_timeline_data_new (trial, FALSE);
    gint64 from = g_rand_int_range (rand, 0, 40000), to = from + g_rand_int_range (rand, 1, 60000);
    guint columns = (guint) g_rand_int_range (rand, 1, 50);
    g_autofree double *shares = g_new (double, columns *MILL_N_SPANS);

    for (guint r = 0; r < data->rows->len; r++) {
      const MillTimelineRow *row = &g_array_index (data->rows, MillTimelineRow, r);
      double expected_us[MILL_N_SPANS] = { 0 }, got_us[MILL_N_SPANS] = { 0 };

      for (guint i = row->first; i < row->first + row->n; i++) {
        for (guint span = 0; span < MILL_N_SPANS; span++) {
          gint64 begin = MAX (request_at (data, i)->edges[span], from);
          gint64 end = MIN (request_at (data, i)->edges[span + 1], to);

          expected_us[span] += (double) MAX (end - begin, 0);
        }
      }
      mill_timeline_row_shares (data, r, from, to, columns, shares);
      for (guint i = 0; i < columns * MILL_N_SPANS; i++) {
        g_assert_cmpfloat (shares[i], >=, 0.0);
        g_assert_cmpfloat (shares[i], <=, 1.0 + 1e-6);
        got_us[i % MILL_N_SPANS] += shares[i] * (double) (to - from) / columns;
      }
      for (guint span = 0; span < MILL_N_SPANS; span++)
        g_assert_cmpfloat_with_epsilon (got_us[span], expected_us[span], 1e-3);
    }
  }
}

static void
test_activity (void)
{
  g_autoptr (MillTrialResult) trial = new_trial ();
  g_autoptr (MillTimelineData) data = NULL;
  g_autoptr (GArray) busy = NULL, in_flight = NULL, joined = NULL;

  /* Two at once: sending 0-10 and 10-20, answers 100-110 and 105-115; then one more. */
  add_entry (trial, 7, 0, 10, 100, 110);
  add_entry (trial, 7, 10, 20, 105, 115);
  add_entry (trial, 7, 200, 210, 300, 310);
  data = mill_timeline_data_new (trial, FALSE);
  g_assert_true (data->has_loops);
  busy = mill_timeline_lane_activity (data, 0, TRUE, 0);
  g_assert_cmpuint (busy->len, ==, 4);
  g_assert_cmpint (g_array_index (busy, MillInterval, 0).to_us, ==, 20);
  g_assert_cmpint (g_array_index (busy, MillInterval, 1).from_us, ==, 100);
  g_assert_cmpint (g_array_index (busy, MillInterval, 1).to_us, ==, 115);
  in_flight = mill_timeline_lane_activity (data, 0, FALSE, 0);
  g_assert_cmpuint (in_flight->len, ==, 2);
  joined = mill_timeline_lane_activity (data, 0, FALSE, 85);
  g_assert_cmpuint (joined->len, ==, 1);
}

/* A file may say anything. */
static void
test_contradictions (void)
{
  g_autoptr (MillTrialResult) trial = new_trial ();
  g_autoptr (MillTimelineData) data = NULL;
  MillTimelineEntry pending = { .lane = 1, .started_us = 500, .outcome = MILL_OUTCOME_PENDING };

  add_entry (trial, 0, 100, 50, 20, 10);
  add_entry (trial, 0, -5, -5, -5, -5);
  add_entry (trial, G_MAXUINT32, G_MAXINT64 - 2, 0, 0, G_MAXINT64 - 1);
  add_entry (trial, 0, 100, 900, 0, 300);
  g_array_append_val (trial->timeline, pending);
  data = mill_timeline_data_new (trial, FALSE);
  g_assert_cmpuint (data->requests->len, ==, 5);
  for (guint i = 0; i < data->requests->len; i++) {
    const MillTimelineRequest *request = request_at (data, i);

    for (guint span = 0; span < MILL_N_SPANS; span++)
      g_assert_cmpint (request->edges[span], <=, request->edges[span + 1]);
  }
}

static void
test_weight (void)
{
  g_autoptr (MillTrialResult) trial = new_trial ();
  g_autoptr (MillTimelineData) data = NULL;

  for (int i = 0; i < 10; i++)
    add_entry (trial, 0, i * 10, i * 10, i * 10 + 5, i * 10 + 6);
  trial->requests_ok = 90;
  trial->requests_failed = 10;
  data = mill_timeline_data_new (trial, FALSE);
  g_assert_cmpfloat_with_epsilon (data->weight, 10.0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/timeline-data/packing", test_packing);
  g_test_add_func ("/charts/timeline-data/blocking-lanes", test_blocking_lanes);
  g_test_add_func ("/charts/timeline-data/by-request", test_by_request);
  g_test_add_func ("/charts/timeline-data/in-flight", test_in_flight);
  g_test_add_func ("/charts/timeline-data/in-flight-window", test_in_flight_window);
  g_test_add_func ("/charts/timeline-data/shares-conserve-time", test_shares_conserve_time);
  g_test_add_func ("/charts/timeline-data/activity", test_activity);
  g_test_add_func ("/charts/timeline-data/contradictions", test_contradictions);
  g_test_add_func ("/charts/timeline-data/weight", test_weight);
  return g_test_run ();
}
