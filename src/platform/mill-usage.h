/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this process has used so far, as the operating system counts it. A figure that the
 * system does not have is negative, never zero. */
typedef struct {
  double user_s;
  double system_s;
  gint64 voluntary_switches;
  gint64 involuntary_switches;
  gint64 memory_bytes;      /* resident set now */
  gint64 memory_peak_bytes; /* highest resident set */
  int threads;              /* alive now */
} MillUsage;

/* Busy and total time of all cores since boot, in seconds. */
typedef struct {
  double busy_s;
  double total_s;
} MillSystemTime;

/**
 * mill_usage_read:
 * @usage: (out): set whole, also on failure
 *
 * What this process has used. Allocates nothing and is cheap enough for ten calls a second.
 *
 * Returns: FALSE where the system told nothing
 */
gboolean mill_usage_read (MillUsage *usage);

/**
 * mill_system_time_read:
 * @time: (out): untouched on failure
 *
 * The time of all cores together; the difference of two readings gives the system's load.
 *
 * Returns: FALSE where the system does not say
 */
gboolean mill_system_time_read (MillSystemTime *time);

/**
 * mill_thread_cpu_time_s:
 *
 * Returns: the CPU time of the calling thread in seconds, or negative where it is not known
 */
double mill_thread_cpu_time_s (void);

G_END_DECLS
