/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The figures that are summarised per model: one line each in mill-figure.c. */
typedef enum {
  MILL_FIGURE_WALL_TIME,
  MILL_FIGURE_TASK_CREATION,
  MILL_FIGURE_COLD_START,
  MILL_FIGURE_THROUGHPUT,
  MILL_FIGURE_REQUESTS_OK,
  MILL_FIGURE_REQUESTS_FAILED,
  MILL_FIGURE_LATENCY_MIN,
  MILL_FIGURE_LATENCY_MEAN,
  MILL_FIGURE_LATENCY_P50,
  MILL_FIGURE_LATENCY_P75,
  MILL_FIGURE_LATENCY_P90,
  MILL_FIGURE_LATENCY_P99,
  MILL_FIGURE_LATENCY_P999,
  MILL_FIGURE_LATENCY_MAX,
  MILL_FIGURE_LATENCY_STDDEV,
  MILL_FIGURE_BYTES_DOWNLOADED,
  MILL_FIGURE_BYTES_UPLOADED,
  MILL_FIGURE_BYTES_WRITTEN,
  MILL_FIGURE_DOWNLOAD,
  MILL_FIGURE_UPLOAD,
  MILL_FIGURE_CPU_PROCESS_AVG,
  MILL_FIGURE_CPU_PROCESS_MAX,
  MILL_FIGURE_CPU_SYSTEM_AVG,
  MILL_FIGURE_CPU_SYSTEM_MAX,
  MILL_FIGURE_CPU_SERVER,
  MILL_FIGURE_CPU_USER,
  MILL_FIGURE_CPU_SYSTEM,
  MILL_FIGURE_CPU_PER_REQUEST, /* microseconds of user and system time per request */
  MILL_FIGURE_MEMORY_AVG,
  MILL_FIGURE_MEMORY_MAX,
  MILL_FIGURE_SWITCHES_VOLUNTARY,
  MILL_FIGURE_SWITCHES_INVOLUNTARY,
  MILL_FIGURE_THREADS,
  MILL_FIGURE_PROCESSES,
  MILL_FIGURE_CONNECTIONS,
  MILL_FIGURE_MAX_IN_FLIGHT,
  MILL_N_FIGURES
} MillFigure;

/* The fixed facts of a figure. All strings are static. */
typedef struct {
  MillFigure figure;
  const char *id;    /* key in `models`: the path in a trial, dots for nesting: "latency_ms.p50" */
  const char *label; /* untranslated */
  const char *unit;  /* "s", "ms", "requests/s", "MiB", "%", "" */
  gboolean lower_is_better;
} MillFigureInfo;

/**
 * mill_figure_info:
 * @figure: a figure
 *
 * What a figure is called, where it stands in a document and what is better.
 *
 * Returns: (transfer none): static data, never NULL for a valid @figure
 */
const MillFigureInfo *mill_figure_info (MillFigure figure);

/* Whether one end of a figure is the better one. Of bytes, connections or the share of a processor,
 * more is another thing than worse. */
gboolean mill_figure_has_better (MillFigure figure);

/**
 * mill_figure_from_id:
 * @id: a path in a trial, such as "wall_time_s" or "latency_ms.p50"
 * @figure: (out): the figure of that path
 *
 * Returns: FALSE where no figure has that path; @figure is then untouched
 */
gboolean mill_figure_from_id (const char *id, MillFigure *figure);

G_END_DECLS
