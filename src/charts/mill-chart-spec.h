/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-quantity.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

typedef enum {
#define MILL_CHART_KIND(KIND, ...) MILL_CHART_##KIND,
#include "charts/mill-chart-kinds.def"
#undef MILL_CHART_KIND
  MILL_N_CHART_KINDS
} MillChartKind;

typedef enum {
  MILL_TIMELINE_BY_LANE,
  MILL_TIMELINE_BY_REQUEST,
} MillTimelineView;

typedef enum {
  MILL_AXIS_AUTO, /* chosen from the data */
  MILL_AXIS_LINEAR,
  MILL_AXIS_LOG,
} MillAxisKind;

/* A value that somebody expects, drawn as a dashed line (a lesson's prediction). */
typedef struct {
  double value; /* in the kind's base unit (seconds, requests per second, ...); NAN: none */
  char *model;  /* the row it stands in, or NULL: all */
  char *label;  /* "your prediction: 5 ×, 1.6 s" */
} MillChartMark;

/* A recorded run, ready to be shown at any moment: see mill-replay.h. */
typedef struct _MillReplay MillReplay;

/* Everything that may differ between two charts of the same kind and data. */
typedef struct {
  char *title; /* NULL: the kind's own */
  MillNumberFormat numbers;
  MillTimelineView timeline_view;
  double window_start_s; /* timeline, resources: what is visible; NAN: everything */
  double window_end_s;
  MillAxisKind axis; /* scaling, latency */
  MillFigure figure; /* scaling: which figure; MILL_N_FIGURES: the throughput */
  char *model;       /* timeline, resources, distribution: only this one; NULL: all */
  gboolean right_to_left;
  gboolean plain;      /* a small preview: no text, only marks */
  gboolean large;      /* the presenter: no subtitle, larger type */
  double base_px;      /* type size; 0: 13 px at 856 px width, growing with the image */
  int selected_series; /* the datum whose readout is drawn; -1: none */
  int selected_index;
  MillChartMark mark;
  MillReplay *replay; /* timeline: a moment of the recorded run instead of the whole; or NULL */
  gint64 replay_us;   /* which moment */
} MillChartOptions;

/**
 * mill_chart_options_init:
 *
 * Plain numbers, everything visible, nothing selected.
 */
void mill_chart_options_init (MillChartOptions *options);
void mill_chart_options_clear (MillChartOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MillChartOptions, mill_chart_options_clear)

/* What to draw: a kind, one or more results and the options. Never changes; reference-counted. */
typedef struct _MillChartSpec MillChartSpec;

/**
 * mill_chart_spec_new:
 * @results: (element-type MillResult): at least one; the first is the one that is looked at, the
 *   others overlay it. A reference is taken: with a free function the array keeps them alive.
 *   Must not change until the spec was laid out for the last time.
 * @options: (nullable): copied; NULL: the defaults
 */
MillChartSpec *
mill_chart_spec_new (MillChartKind kind, GPtrArray *results, const MillChartOptions *options);
/* For one result that somebody else keeps alive. */
MillChartSpec *mill_chart_spec_new_for_result (MillChartKind kind,
                                               const MillResult *result,
                                               const MillChartOptions *options);
/* The same data under another kind or with other options. */
MillChartSpec *mill_chart_spec_with_kind (const MillChartSpec *spec, MillChartKind kind);
MillChartSpec *mill_chart_spec_with_options (const MillChartSpec *spec,
                                             const MillChartOptions *options);
MillChartSpec *mill_chart_spec_ref (MillChartSpec *spec);
void mill_chart_spec_unref (MillChartSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillChartSpec, mill_chart_spec_unref)

MillChartKind mill_chart_spec_get_kind (const MillChartSpec *spec);
guint mill_chart_spec_get_n_results (const MillChartSpec *spec);
const MillResult *mill_chart_spec_get_result (const MillChartSpec *spec, guint index);
const MillChartOptions *mill_chart_spec_get_options (const MillChartSpec *spec);
/* Whether all results are of CPU-bound work: URLs encoded instead of requests. */
gboolean mill_chart_spec_computes (const MillChartSpec *spec);
/* Whether all results were measured for a given time, which then is the time of every model. */
gboolean mill_chart_spec_is_timed (const MillChartSpec *spec);
/* Whether there are trials and none of them is complete: a run was stopped. */
gboolean mill_chart_spec_is_incomplete (const MillChartSpec *spec);

G_END_DECLS
