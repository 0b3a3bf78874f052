/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-bench.h"

G_BEGIN_DECLS

/* Many experiments, some at a time, through real workers and servers. */

typedef struct _Crowd Crowd;

/* One of them. */
typedef struct {
  Crowd *crowd;
  guint number;
  GRand *rand; /* the same for the same seed and number */
  MillExperiment *experiment;
  gint64 stop_after_us; /* so long after its first trial has begun, it is stopped; negative: not */
  MillBench *bench;
  MillResult *result; /* once it has ended */
  gint64 stopped_us;  /* monotonic; 0: it was not stopped */
  gint64 ended_us;
  gpointer data; /* of the test, the same for all */
  GSource *stopper;
} CrowdRun;

typedef struct {
  void (*prepare) (CrowdRun *run); /* sets experiment and stop_after_us */
  /* or NULL: a trial has ended, and the server, if it is the built-in one, still runs. */
  void (*trial_ended) (CrowdRun *run, const MillTrialResult *trial);
  void (*check) (CrowdRun *run); /* it has ended */
} CrowdFuncs;

/**
 * crowd_run:
 * @n_runs: how many
 * @at_once: how many of them at a time
 * @seed: of all random numbers
 * @data: for the functions, in each run
 *
 * Runs them all, and asserts that nothing of any stays.
 */
void crowd_run (guint n_runs, guint at_once, guint32 seed, const CrowdFuncs *funcs, gpointer data);

/**
 * crowd_expect:
 * @condition: what must hold
 * @format: what it is
 *
 * Ends the test where it does not, and says which experiment that was.
 */
void crowd_expect (CrowdRun *run, gboolean condition, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* A random model that is built in, with at most @most requests in flight. */
MillModelSpec crowd_random_model (GRand *rand, int most);

/* TRUE in so many of 100 cases. */
gboolean crowd_chance (GRand *rand, int percent);

G_END_DECLS
