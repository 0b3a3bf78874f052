/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-replay.h"
#include "charts/mill-timeline-block.h"

G_BEGIN_DECLS

/* One model at a moment of its replay. */
typedef struct {
  const MillReplay *replay;
  guint track;
  const MillTimelineModel *model;
  gint64 now_us, from_us, to_us; /* the moment, and what the time axis shows */
  MillBox box;
} MillReplayPanel;

/**
 * mill_replay_layout:
 *
 * Lays out the moment that the options `replay` and `replay_us` name: for each model its counters,
 * how many requests run, wait and are done over time, what its loop does, and its lanes, filled as
 * far as the moment has come.
 */
void mill_replay_layout (MillLayout *layout);

/* The least and the natural height of what mill_replay_loop_add() draws. */
double mill_replay_loop_min_height (const MillLayout *layout);
double mill_replay_loop_height (const MillLayout *layout);

/* Whether the lanes of a model are loops. */
gboolean mill_replay_has_loop (const MillReplayPanel *panel);

/**
 * mill_replay_loop_add:
 * @box: where
 *
 * Draws the first loop of a model: which turn it is in, the descriptors it waits for, the
 * callbacks that are ready, and the one that runs.
 */
void mill_replay_loop_add (MillLayout *layout, const MillReplayPanel *panel, const MillBox *box);

G_END_DECLS
