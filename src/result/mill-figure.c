/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stddef.h>

#include "result/mill-figure.h"
#include "result/mill-result.h"

/* How a figure is stored in MillTrialResult. */
typedef enum {
  STORED_DOUBLE,
  STORED_INT64,
  STORED_INT,
  STORED_NOWHERE, /* computed from others */
} Storage;

typedef struct {
  MillFigureInfo info;
  Storage storage;
  gsize offset;
} FigureEntry;

#define FIGURE(KIND, id, label, unit, lower, storage, member)                                      \
  [MILL_FIGURE_##KIND] = { { MILL_FIGURE_##KIND, id, label, unit, lower },                         \
                           storage,                                                                \
                           G_STRUCT_OFFSET (MillTrialResult, member) }
#define REAL(KIND, id, label, unit, lower, member)                                                 \
  FIGURE (KIND, id, label, unit, lower, STORED_DOUBLE, member)
#define COUNT(KIND, id, label, unit, lower, member)                                                \
  FIGURE (KIND, id, label, unit, lower, STORED_INT64, member)

/* clang-format off */
static const FigureEntry figures[MILL_N_FIGURES] = {
  REAL (WALL_TIME, "wall_time_s", N_("Execution time"), "s", TRUE, wall_time_s),
  REAL (TASK_CREATION, "task_creation_s", N_("Task creation"), "s", TRUE, task_creation_s),
  REAL (COLD_START, "cold_start_ms", N_("Cold start"), "ms", TRUE, cold_start_ms),
  REAL (THROUGHPUT, "throughput_rps", N_("Throughput"), "requests/s", FALSE, throughput_rps),
  COUNT (REQUESTS_OK, "requests_ok", N_("Requests done"), "", FALSE, requests_ok),
  COUNT (REQUESTS_FAILED, "requests_failed", N_("Requests failed"), "", TRUE, requests_failed),
  REAL (LATENCY_MIN, "latency_ms.min", N_("Shortest latency"), "ms", TRUE, latency_ms.min),
  REAL (LATENCY_MEAN, "latency_ms.mean", N_("Mean latency"), "ms", TRUE, latency_ms.mean),
  REAL (LATENCY_P50, "latency_ms.p50", N_("Median latency"), "ms", TRUE, latency_ms.p50),
  REAL (LATENCY_P75, "latency_ms.p75", N_("75th percentile of latency"), "ms", TRUE, latency_ms.p75),
  REAL (LATENCY_P90, "latency_ms.p90", N_("90th percentile of latency"), "ms", TRUE, latency_ms.p90),
  REAL (LATENCY_P99, "latency_ms.p99", N_("99th percentile of latency"), "ms", TRUE, latency_ms.p99),
  REAL (LATENCY_P999, "latency_ms.p999", N_("99.9th percentile of latency"), "ms", TRUE, latency_ms.p999),
  REAL (LATENCY_MAX, "latency_ms.max", N_("Longest latency"), "ms", TRUE, latency_ms.max),
  REAL (LATENCY_STDDEV, "latency_ms.stddev", N_("Standard deviation of latency"), "ms", TRUE, latency_ms.stddev),
  COUNT (BYTES_DOWNLOADED, "bytes_downloaded", N_("Downloaded"), "B", FALSE, bytes_downloaded),
  COUNT (BYTES_UPLOADED, "bytes_uploaded", N_("Uploaded"), "B", FALSE, bytes_uploaded),
  COUNT (BYTES_WRITTEN, "bytes_written", N_("Written to files"), "B", FALSE, bytes_written),
  REAL (DOWNLOAD, "download_kib_s", N_("Download speed"), "KiB/s", FALSE, download_kib_s),
  REAL (UPLOAD, "upload_kib_s", N_("Upload speed"), "KiB/s", FALSE, upload_kib_s),
  REAL (CPU_PROCESS_AVG, "cpu_process_percent.avg", N_("CPU of the process"), "%", TRUE, cpu_process_avg_percent),
  REAL (CPU_PROCESS_MAX, "cpu_process_percent.max", N_("CPU of the process, highest"), "%", TRUE, cpu_process_max_percent),
  REAL (CPU_SYSTEM_AVG, "cpu_system_percent.avg", N_("CPU of the system"), "%", TRUE, cpu_system_avg_percent),
  REAL (CPU_SYSTEM_MAX, "cpu_system_percent.max", N_("CPU of the system, highest"), "%", TRUE, cpu_system_max_percent),
  REAL (CPU_SERVER, "cpu_server_percent", N_("CPU of the server"), "%", TRUE, cpu_server_percent),
  REAL (CPU_USER, "cpu_time_s.user", N_("CPU time in the program"), "s", TRUE, cpu_user_s),
  REAL (CPU_SYSTEM, "cpu_time_s.system", N_("CPU time in the kernel"), "s", TRUE, cpu_system_s),
  FIGURE (CPU_PER_REQUEST, "cpu_per_request_us", N_("CPU time per request"), "µs", TRUE, STORED_NOWHERE, cpu_user_s),
  REAL (MEMORY_AVG, "memory_mib.avg", N_("Memory"), "MiB", TRUE, memory_avg_mib),
  REAL (MEMORY_MAX, "memory_mib.max", N_("Memory, highest"), "MiB", TRUE, memory_max_mib),
  COUNT (SWITCHES_VOLUNTARY, "context_switches.voluntary", N_("Voluntary context switches"), "", TRUE, switches_voluntary),
  COUNT (SWITCHES_INVOLUNTARY, "context_switches.involuntary", N_("Involuntary context switches"), "", TRUE, switches_involuntary),
  FIGURE (THREADS, "threads", N_("Threads"), "", TRUE, STORED_INT, threads),
  FIGURE (PROCESSES, "processes", N_("Processes"), "", TRUE, STORED_INT, processes),
  COUNT (CONNECTIONS, "connections_opened", N_("Connections opened"), "", TRUE, connections_opened),
  COUNT (MAX_IN_FLIGHT, "max_in_flight", N_("Most requests in flight"), "", FALSE, max_in_flight),
};
/* clang-format on */

const MillFigureInfo *
mill_figure_info (MillFigure figure)
{
  g_return_val_if_fail ((int) figure >= 0 && figure < MILL_N_FIGURES, NULL);
  return &figures[figure].info;
}

gboolean
mill_figure_has_better (MillFigure figure)
{
  switch (figure) {
  case MILL_FIGURE_REQUESTS_OK:
  case MILL_FIGURE_BYTES_DOWNLOADED:
  case MILL_FIGURE_BYTES_UPLOADED:
  case MILL_FIGURE_BYTES_WRITTEN:
  case MILL_FIGURE_CPU_PROCESS_AVG:
  case MILL_FIGURE_CPU_PROCESS_MAX:
  case MILL_FIGURE_CPU_SYSTEM_AVG:
  case MILL_FIGURE_CPU_SYSTEM_MAX:
  case MILL_FIGURE_CPU_SERVER:
  case MILL_FIGURE_THREADS:
  case MILL_FIGURE_PROCESSES:
  case MILL_FIGURE_CONNECTIONS:
  case MILL_FIGURE_MAX_IN_FLIGHT:
    return FALSE;
  default:
    return TRUE;
  }
}

gboolean
mill_figure_from_id (const char *id, MillFigure *figure)
{
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    if (g_strcmp0 (figures[i].info.id, id) == 0) {
      *figure = (MillFigure) i;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
mill_trial_result_figure_is_count (MillFigure figure)
{
  return figures[figure].storage == STORED_INT64 || figures[figure].storage == STORED_INT;
}

gboolean
mill_trial_result_figure_is_stored (MillFigure figure)
{
  return figures[figure].storage != STORED_NOWHERE;
}

double
mill_trial_result_get_figure (const MillTrialResult *trial, MillFigure figure)
{
  g_return_val_if_fail ((int) figure >= 0 && figure < MILL_N_FIGURES, NAN);
  const FigureEntry *entry = &figures[figure];
  gint64 count;

  switch (entry->storage) {
  case STORED_DOUBLE:
    return G_STRUCT_MEMBER (double, trial, entry->offset);
  case STORED_INT64:
    count = G_STRUCT_MEMBER (gint64, trial, entry->offset);
    return count < 0 ? NAN : (double) count;
  case STORED_INT:
    count = G_STRUCT_MEMBER (int, trial, entry->offset);
    return count < 0 ? NAN : (double) count;
  case STORED_NOWHERE:
  default:
    count = MAX (trial->requests_ok, 0) + MAX (trial->requests_failed, 0);
    if (count == 0)
      return NAN;
    return (trial->cpu_user_s + trial->cpu_system_s) * 1e6 / (double) count;
  }
}

void
mill_trial_result_set_figure (MillTrialResult *trial, MillFigure figure, double value)
{
  g_return_if_fail ((int) figure >= 0 && figure < MILL_N_FIGURES);
  const FigureEntry *entry = &figures[figure];
  gint64 count = isnan (value) ? -1 : (gint64) CLAMP (value, 0.0, 9e18);

  switch (entry->storage) {
  case STORED_DOUBLE:
    G_STRUCT_MEMBER (double, trial, entry->offset) = value;
    break;
  case STORED_INT64:
    G_STRUCT_MEMBER (gint64, trial, entry->offset) = count;
    break;
  case STORED_INT:
    G_STRUCT_MEMBER (int, trial, entry->offset) = (int) MIN (count, G_MAXINT);
    break;
  case STORED_NOWHERE:
  default:
    break;
  }
}
