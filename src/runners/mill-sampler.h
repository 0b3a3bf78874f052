/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* A thread that looks at a run ten times a second and touches nothing that a lane writes. */
typedef struct _MillSampler MillSampler;

/* The most requests that one look hands on as having ended since the last. */
#define MILL_SAMPLER_RECENT 64

/* A request that has ended. Times are microseconds since the trial's epoch. */
typedef struct {
  guint32 lane;
  MillOutcome outcome;
  gint64 queued_us;
  gint64 started_us;
  gint64 sent_us;
  gint64 first_byte_us;
  gint64 done_us;
} MillRecent;

/* One look. A figure that the system does not give is negative. */
typedef struct {
  double t_s;                 /* since the trial's epoch; 0 while warming up */
  double cpu_process_percent; /* of one core, since the look before */
  double cpu_system_percent;  /* of all cores, since the look before */
  double memory_mib;          /* resident now */
  int threads;
  gint64 in_flight;
  gint64 done;
  gint64 failed;
  guint n_recent;
  MillRecent recent[MILL_SAMPLER_RECENT];
} MillSample;

/* Called in the sampler's thread. */
typedef void (*MillSampleFunc) (const MillSample *sample, gpointer data);

/* Usage of the measured phase, of this process. */
typedef struct {
  double wall_s;
  double cpu_user_s;
  double cpu_system_s;
  double cpu_process_percent_avg;
  double cpu_process_percent_max;
  double cpu_system_percent_avg;
  double cpu_system_percent_max;
  double memory_mib_avg;
  double memory_mib_max;  /* highest resident set of the process */
  double memory_mib_base; /* before the first request */
  gint64 voluntary_switches;
  gint64 involuntary_switches;
  int threads; /* most alive at a look */
} MillSamplerTotals;

/**
 * mill_sampler_new:
 * @func: called after each look
 *
 * Starts to look. The usage of the measured phase counts from when the run starts its clock,
 * which the sampler hears from the run.
 *
 * Returns: (transfer full): the sampler
 */
MillSampler *mill_sampler_new (MillRun *run, MillSampleFunc func, gpointer data);

/**
 * mill_sampler_end_measurement:
 *
 * The lanes have been joined: takes the usage at the end of the measured phase.
 */
void mill_sampler_end_measurement (MillSampler *sampler);

/**
 * mill_sampler_finish:
 * @totals: (out): of the whole measured phase
 *
 * Stops to look. @func is not called any more.
 */
void mill_sampler_finish (MillSampler *sampler, MillSamplerTotals *totals);
void mill_sampler_free (MillSampler *sampler);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillSampler, mill_sampler_free)

G_END_DECLS
