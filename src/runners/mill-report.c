/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-report.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "platform/mill-limits.h"
#include "platform/mill-usage.h"
#include "runners/mill-others.h"
#include "runners/mill-run-private.h"

/* When the last request ended, since the epoch. */
static gint64
last_end_us (const MillRecord *records, gint64 n_records)
{
  gint64 last_us = 0;

  for (gint64 i = 0; i < n_records; i++)
    if (records[i].outcome != MILL_OUTCOME_PENDING)
      last_us = MAX (last_us, records[i].queued_us + records[i].done_us);

  return last_us;
}

MillReport *
mill_report_make (MillRun *run, const MillSamplerTotals *totals)
{
  MillReport *report = g_new0 (MillReport, 1);
  const MillTrial *trial = mill_run_get_trial (run);
  const MillRecord *records = mill_run_get_records (run, &report->requests);
  MillOthers *others = mill_run_get_others (run);
  MillLimits limits;
  MillUsage usage;

  mill_limits_read (&limits);
  mill_usage_read (&usage);
  mill_run_get_counters (run, &report->counters);
  report->reason = mill_run_take_note (run);
  report->epoch_us = mill_run_get_epoch_us (run);
  report->wall_time_s = (double) last_end_us (records, report->requests) / G_USEC_PER_SEC;
  report->max_in_flight = mill_run_get_max_in_flight (run);
  report->cold_start_ms = (double) mill_run_get_cold_start_us (run) / 1000.0;
  report->processes = 1;
  report->cores = limits.cores;
  report->cpu_total_user_s = usage.user_s;
  report->cpu_total_system_s = usage.system_s;
  report->usage = *totals;
  report->complete = !mill_run_is_stopping (run) && (others != NULL || trial->duration_s > 0 ||
                                                     report->counters.done == trial->requests);
  if (others != NULL)
    mill_others_add_to_report (others, report);

  return report;
}

void
mill_report_free (MillReport *report)
{
  g_free (report->reason);
  g_free (report);
}

gboolean
mill_report_write_records (MillRun *run, GError **error)
{
  const MillTrial *trial = mill_run_get_trial (run);
  g_autoptr (GFile) file = g_file_new_for_path (trial->records_path);
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;
  gint64 n_records;
  const MillRecord *records = mill_run_get_records (run, &n_records);

  /* The runner has merged them, or noted why it could not. */
  if (mill_run_get_others (run) != NULL) {
    if (g_file_query_exists (file, NULL))
      return TRUE;
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_FAILED,
                         _ ("The timeline and the percentiles are lost."));
    return FALSE;
  }

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &write_error);
  if (stream != NULL &&
      g_output_stream_write_all (G_OUTPUT_STREAM (stream), records,
                                 (gsize) n_records * sizeof (MillRecord), NULL, NULL,
                                 &write_error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &write_error))
    return TRUE;

  /* A part of the records would pass for all of them. */
  g_file_delete (file, NULL, NULL);
  g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED,
               _ ("The records of the trial could not be written into “%s”: %s. "
                  "The timeline and the percentiles are lost."),
               trial->records_path, write_error->message);

  return FALSE;
}

void
mill_report_lose_records (MillReport *report, const char *reason)
{
  g_autofree char *noted = g_steal_pointer (&report->reason);

  report->complete = FALSE;
  report->requests = 0;
  report->reason = noted != NULL ? g_strdup_printf ("%s. %s", noted, reason) : g_strdup (reason);
}
