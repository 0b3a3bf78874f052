/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-frame.h"
#include "charts/mill-timeline-data.h"

G_BEGIN_DECLS

/* One model in the timeline: a repetition of it, prepared for drawing. */
typedef struct {
  const MillSeries *series;     /* not owned */
  const MillTrialResult *trial; /* not owned */
  MillTimelineData *data;
  GArray *in_flight;     /* MillInFlightStep */
  double most_in_flight; /* counted by the recorder where the timeline lacks some */
} MillTimelineModel;

/* Where a model's lanes are drawn. */
typedef struct {
  const MillTimelineModel *model;
  MillBox box;            /* as wide as the time axis */
  const MillScale *scale; /* seconds to x */
  gint64 from_us, to_us;  /* what is visible */
  int series;             /* for hit boxes */
  double name_width;      /* room left of the box */
  double top_y, bottom_y; /* of all lanes */
} MillTimelineBlock;

/* The fills of what a request does, in a model's colour; for mill_layout_fill(). */
void mill_timeline_span_fill (const MillLayout *layout,
                              const MillSeriesStyle *style,
                              MillSpan span,
                              MillFill *fill);

/* Whether its work is computing and not HTTP. */
gboolean mill_timeline_model_computes (const MillTimelineModel *model);
/* What a request does, translated: "waiting", "receiving", and of work on the CPU "computing". */
const char *mill_timeline_span_label (const MillTimelineModel *model, MillSpan span);

/* The fill and the outline of a failed request's end, told apart by its crosses too; for
 * mill_layout_fill() and mill_layout_stroke(). */
void mill_timeline_failed_fill (const MillLayout *layout, MillFill *fill, MillStroke *outline);

/* The mark of a failed request, or of a column of them. */
void mill_timeline_failed_add (MillLayout *layout, double from, double to, double y, double height);

/* The fill of a span of the block's model, at the layout's size. */
void mill_timeline_block_fill (const MillLayout *layout,
                               const MillTimelineBlock *block,
                               MillSpan span,
                               MillFill *fill);
/* By the index into the requests of the model's data; and what was recorded of it. */
const MillTimelineRequest *mill_timeline_block_request (const MillTimelineBlock *block,
                                                        guint index);
const MillTimelineEntry *mill_timeline_block_entry (const MillTimelineBlock *block,
                                                    const MillTimelineRequest *request);
/* Returns: (transfer full): "thread 3 of 20" */
char *mill_timeline_lane_text (const MillTimelineBlock *block, guint lane);

/* The least height in which a model's lanes can be read, and from which on they only stretch. */
double mill_timeline_block_min_height (const MillLayout *layout, const MillTimelineModel *model);
double mill_timeline_block_max_height (const MillLayout *layout, const MillTimelineModel *model);

/**
 * mill_timeline_block_add:
 *
 * Draws the lanes of a model, its name and how many of how many lanes are shown, and adds a hit
 * box with a readout for each request, or for each piece of a lane whose requests are drawn as
 * density. For loops, a bar of what the loop does stands above the requests it has in flight.
 */
void mill_timeline_block_add (MillLayout *layout, const MillTimelineBlock *block);

G_END_DECLS
