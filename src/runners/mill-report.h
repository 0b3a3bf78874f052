/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"
#include "runners/mill-sampler.h"

G_BEGIN_DECLS

/* Everything that is known of a trial after it ran, besides its records. The checksums, the
 * counts and the CPU times of the processes of multiprocess add up. */
typedef struct {
  gboolean complete;
  char *reason; /* why it is partial or why requests failed, or NULL */
  gint64 epoch_us;
  double wall_time_s;
  double cold_start_ms; /* negative: there was no request */
  MillCounters counters;
  gint64 requests; /* records in the file */
  gint64 max_in_flight;
  int processes;
  int cores;
  double cpu_total_user_s;
  double cpu_total_system_s;
  MillSamplerTotals usage; /* of the measured phase */
} MillReport;

/**
 * mill_report_make:
 * @totals: from mill_sampler_finish()
 *
 * Merges what the lanes of @run have counted, after they were joined.
 *
 * Returns: (transfer full): the report
 */
MillReport *mill_report_make (MillRun *run, const MillSamplerTotals *totals);
void mill_report_free (MillReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillReport, mill_report_free)

/**
 * mill_report_write_records:
 *
 * Writes the records of @run into the trial's records_path, unless they were taken by other
 * processes, whose records the runner has merged into that file already. Not atomic: the file is
 * the parent's scratch file, and a failed one is not used.
 *
 * Returns: %FALSE with an error that says why (a full disk)
 */
gboolean mill_report_write_records (MillRun *run, GError **error);

/**
 * mill_report_lose_records:
 * @reason: what became of them
 *
 * Says in @report that the trial has counts, but no records.
 */
void mill_report_lose_records (MillReport *report, const char *reason);

G_END_DECLS
