/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stopped at random moments, many times: MILL_CANCELS, MILL_SEED. It is the same test under
 * ThreadSanitizer, where the workers are watched too.
 */
#include "config.h"

#include "crowd.h"
#include "experiment/mill-error.h"
#include "figures.h"

#define DEFAULT_CANCELS 500
#define AT_ONCE 2
#define MAX_IN_FLIGHT 40
/* From before the first request to long after the beginning. */
#define LATEST_STOP_US (150 * 1000)
/* The promise is half a second; a machine that does other things, under a sanitizer, needs more,
 * and a worker that has to be killed takes longer than this. */
#define STOPPED_US (20 * G_USEC_PER_SEC)

typedef struct {
  guint n_stopped;
  guint n_partial;
} Tally;

static void
prepare (CrowdRun *run)
{
  MillModelSpec model = crowd_random_model (run->rand, MAX_IN_FLIGHT);

  /* Without a bound all requests start at once: more than any machine has descriptors for. */
  if (model.kind != MILL_MODEL_SYNC && model.in_flight == 0)
    model.in_flight = MAX_IN_FLIGHT;

  run->experiment = mill_experiment_new ();
  g_array_append_val (run->experiment->models, model);
  /* More than can be done before the stop. */
  run->experiment->requests = 200000;
  run->experiment->server.delay_s = crowd_chance (run->rand, 50) ? 0.002 : 0;
  run->experiment->keep_alive = crowd_chance (run->rand, 70);
  if (crowd_chance (run->rand, 20))
    run->experiment->after = MILL_AFTER_WRITE;
  if (crowd_chance (run->rand, 20))
    run->experiment->rate = 500;
  if (crowd_chance (run->rand, 20))
    run->experiment->warmup = 20;
  run->stop_after_us = g_rand_int_range (run->rand, 0, LATEST_STOP_US);
}

static void
check (CrowdRun *run)
{
  Tally *tally = run->data;

  crowd_expect (run, run->stopped_us > 0, "it ended before it was stopped");
  crowd_expect (run, run->ended_us - run->stopped_us < STOPPED_US, "it took %f s to stop",
                (double) (run->ended_us - run->stopped_us) / G_USEC_PER_SEC);
  tally->n_stopped++;
  for (guint i = 0; i < run->result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (run->result->trials, i);

    crowd_expect (run, trial->status == MILL_TRIAL_PARTIAL, "status %d, %s", trial->status,
                  trial->reason);
    crowd_expect (run, trial->reason == NULL, "it did not stop by itself: %s", trial->reason);
    crowd_expect (run, trial->requests_ok >= 0 && trial->requests_failed == 0,
                  "%" G_GINT64_FORMAT " ok, %" G_GINT64_FORMAT " failed", trial->requests_ok,
                  trial->requests_failed);
    crowd_expect (run, trial->verified != 0, "%s", trial->verification);
    tally->n_partial++;
  }
}

static void
test_cancel (void)
{
  const CrowdFuncs funcs = { prepare, NULL, check };
  guint n_cancels = (guint) figures_setting ("MILL_CANCELS", DEFAULT_CANCELS);
  guint32 seed = (guint32) figures_setting ("MILL_SEED", g_random_int ());
  gint64 begun_us = g_get_monotonic_time ();
  Tally tally = { 0 };

  g_test_message ("MILL_SEED=%u MILL_CANCELS=%u", seed, n_cancels);
  crowd_run (n_cancels, AT_ONCE, seed, &funcs, &tally);
  g_assert_cmpuint (tally.n_stopped, ==, n_cancels);
  /* Most are stopped while something is measured. */
  g_assert_cmpuint (tally.n_partial, >, n_cancels / 3);
  figures_write ("cancels", "{\"cancels\": %u, \"partial\": %u, \"seconds\": %.0f}\n", n_cancels,
                 tally.n_partial, (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reliability/cancel-at-random", test_cancel);
  return g_test_run ();
}
