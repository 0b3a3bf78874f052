/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "result/mill-statistics.h"
#include "window-bench.h"

/* Whether the window moves what it measures: `main-loop:50` in the window and by the command line,
 * in turns, compared by the CPU time per request of the worker. */

#define MODEL "main-loop:50"
#define REQUESTS 30000
#define PAIRS 15
#define LIMIT_PERCENT 5.0

static double
cpu_us_per_request (const MillResult *result)
{
  const MillTrialResult *trial = g_ptr_array_index (result->trials, 0);

  return (trial->cpu_user_s + trial->cpu_system_s) * G_USEC_PER_SEC / (double) trial->requests_ok;
}

static double
measure_in_window (MillWindow *window)
{
  g_autoptr (MillExperiment) experiment = window_bench_experiment (MODEL, REQUESTS, 0);

  mill_window_show_page (window, "experiment");
  window_bench_start (window, experiment);
  return cpu_us_per_request (window_bench_finish (window));
}

static double
measure_by_command (void)
{
  g_autoptr (MillResult) result = window_bench_run_command (MODEL, REQUESTS, 1);

  return cpu_us_per_request (result);
}

static void
compare (MillWindow *window)
{
  double in_window_us[PAIRS], by_command_us[PAIRS];
  double low, high, ratio;

  measure_in_window (window);
  measure_by_command ();
  for (int i = 0; i < PAIRS; i++) {
    /* Whichever comes second finds the machine as the first left it. */
    if (i % 2 == 0)
      in_window_us[i] = measure_in_window (window);
    by_command_us[i] = measure_by_command ();
    if (i % 2 == 1)
      in_window_us[i] = measure_in_window (window);
    g_print ("       window %.2f us, command line %.2f us\n", in_window_us[i], by_command_us[i]);
  }
  mill_bootstrap_ratio (in_window_us, PAIRS, by_command_us, PAIRS, &low, &high);
  ratio = mill_median (in_window_us, PAIRS) / mill_median (by_command_us, PAIRS);
  g_print ("CPU per request of " MODEL ", window to command line: %+.2f %% (95 %% of resamples: "
           "%+.2f to %+.2f %%)\n",
           (ratio - 1) * 100, (low - 1) * 100, (high - 1) * 100);
  window_bench_at_most ("difference of CPU per request", fabs (ratio - 1) * 100, LIMIT_PERCENT,
                        " %");
}

int
main (int argc, char *argv[])
{
  return window_bench_run (&argc, &argv, NULL, compare);
}
