/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* What a request does, in this order. */
typedef enum {
  MILL_SPAN_CONNECTING, /* handed over, no connection yet */
  MILL_SPAN_WAITING,    /* sent, nothing came back yet */
  MILL_SPAN_RECEIVING,  /* from the first byte on */
  MILL_N_SPANS
} MillSpan;

/* A request with times that cannot contradict each other: microseconds since the trial began,
 * never falling. edges[s] to edges[s + 1] is span s. */
typedef struct {
  guint index; /* in the timeline of the trial */
  guint lane;
  gint64 edges[MILL_N_SPANS + 1];
  gboolean answered; /* a first byte arrived, or something was computed */
} MillTimelineRequest;

/* Requests that follow one another without overlap: a thread, a slot of a loop, or one request. */
typedef struct {
  guint lane;  /* index into `lanes` */
  guint first; /* index into `requests` */
  guint n;
} MillTimelineRow;

/* A thread, loop or process. */
typedef struct {
  guint number;            /* as recorded */
  guint first_row, n_rows; /* one row: it waits for one request at a time */
  guint n_requests;
} MillTimelineLane;

/* The requests of one trial, sorted for drawing. */
typedef struct {
  GArray *requests;   /* MillTimelineRequest, by row, then by time */
  GArray *rows;       /* MillTimelineRow, by lane, then by the first start */
  GArray *lanes;      /* MillTimelineLane, by number */
  gint64 end_us;      /* the last request's end */
  gboolean has_loops; /* a lane with several requests at once */
  double weight;      /* requests that each one here stands for; 1 where none was left out */
} MillTimelineData;

/**
 * mill_timeline_data_new:
 * @trial: its timeline may be unordered and, being read from a file, contradict itself
 * @by_request: one row for each request in the order of their starts, instead of packing them
 *   into as few rows per lane as do without overlap
 *
 * Returns: (transfer full): empty where the trial has no timeline
 */
MillTimelineData *mill_timeline_data_new (const MillTrialResult *trial, gboolean by_request);
void mill_timeline_data_free (MillTimelineData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTimelineData, mill_timeline_data_free)

G_END_DECLS
