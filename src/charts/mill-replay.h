/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-spec.h"
#include "charts/mill-timeline-data.h"

G_BEGIN_DECLS

#define MILL_REPLAY_MAX_TRACKS 2
/* A loop that ran no callback for longer than this waited for its descriptors: what came after is
 * another turn. The loop's own count of its turns is not recorded. */
#define MILL_REPLAY_PAUSE_US 500

/* What was recorded of a request, in this order. */
typedef enum {
  MILL_REPLAY_STARTED,    /* handed to the library */
  MILL_REPLAY_SENT,       /* connected and being written */
  MILL_REPLAY_FIRST_BYTE, /* the answer begins */
  MILL_REPLAY_ENDED,      /* done, or failed */
} MillReplayStep;

/* One recorded instant: the callback, or the line of a thread, that ran then. */
typedef struct {
  gint64 time_us;
  guint request; /* into the timeline of the trial */
  guint lane;    /* into the lanes of the data */
  guint turn;    /* of its lane, counted by the pauses */
  MillReplayStep step;
} MillReplayEvent;

/* How many of the recorded requests are in which state. Together they are all of them. */
typedef struct {
  guint ready;   /* not begun */
  guint running; /* connecting, receiving or computing */
  guint waiting; /* sent, no answer yet */
  guint done;    /* also those that failed */
  guint failed;  /* of those done */
} MillReplayCounts;

/* What one lane does at a moment, as far as recorded. */
typedef struct {
  const MillReplayEvent *current; /* the last callback that ran; NULL: none yet */
  gboolean polling;               /* no callback runs: nothing follows without a pause */
  guint turn;                     /* counted by the pauses, from 1; 0: not begun */
  guint n_turns;
  guint n_ready; /* callbacks of this turn that ran after the moment, without a pause */
} MillReplayTurn;

/* The recorded timeline of one or two models, made ready to be shown at any moment. Nothing in it
 * is computed from a model of how things ought to run. Never changes; reference-counted; may be
 * read in any thread. */

/**
 * mill_replay_labels:
 * @spec: results
 *
 * Returns: (transfer full): the models whose timeline was recorded, in the order of the spec
 */
GStrv mill_replay_labels (const MillChartSpec *spec);

/**
 * mill_replay_new:
 * @spec: results, which the replay keeps alive by a reference to the spec
 * @first: index into mill_replay_labels()
 * @second: another one, to be shown beside it; -1: none
 *
 * Returns: (transfer full) (nullable): NULL where no such model was recorded
 */
MillReplay *mill_replay_new (const MillChartSpec *spec, guint first, int second);
MillReplay *mill_replay_ref (MillReplay *replay);
void mill_replay_unref (MillReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillReplay, mill_replay_unref)

guint mill_replay_get_n_tracks (const MillReplay *replay);
/* (transfer none): of the model. */
const char *mill_replay_get_label (const MillReplay *replay, guint track);
/* When the last recorded request of any track ends. */
gint64 mill_replay_get_end_us (const MillReplay *replay);
/* (transfer none): the recorded requests of a track, in rows. */
const MillTimelineData *
mill_replay_get_data (const MillReplay *replay, guint track, MillTimelineView view);
const MillTrialResult *mill_replay_get_trial (const MillReplay *replay, guint track);
/* Into mill_series_list() of the spec. */
guint mill_replay_get_series (const MillReplay *replay, guint track);

/**
 * mill_replay_get_events:
 * @n_events: (out): how many
 *
 * Returns: (transfer none) (array length=n_events): what was recorded, in the order of time
 */
const MillReplayEvent *
mill_replay_get_events (const MillReplay *replay, guint track, guint *n_events);

/**
 * mill_replay_count:
 * @counts: (out): the state of the track at that time
 */
void
mill_replay_count (const MillReplay *replay, guint track, gint64 time_us, MillReplayCounts *counts);

/**
 * mill_replay_next:
 * @forwards: the next recorded instant of any track; else the one before
 *
 * Returns: its time; the end, or 0, where there is none
 */
gint64 mill_replay_next (const MillReplay *replay, gint64 time_us, gboolean forwards);

/**
 * mill_replay_turn:
 * @lane: index into the lanes of the data
 * @turn: (out): what the lane does
 */
void mill_replay_turn (
    const MillReplay *replay, guint track, guint lane, gint64 time_us, MillReplayTurn *turn);

/**
 * mill_replay_ready:
 *
 * Returns: (transfer none) (nullable): the callback at @place of those that followed without a
 *   pause, in the order in which they ran
 */
const MillReplayEvent *
mill_replay_ready (const MillReplay *replay, guint track, guint lane, gint64 time_us, guint place);

/**
 * mill_replay_waiting:
 *
 * Returns: (transfer full) (element-type guint): the requests of a lane, as indices into the
 *   timeline, that are in flight and of which no callback runs in this turn any more
 */
GArray *mill_replay_waiting (const MillReplay *replay, guint track, guint lane, gint64 time_us);

/* The request that a row of the data holds at a moment; NULL: none. */
const MillTimelineRequest *
mill_replay_request_at (const MillTimelineData *data, guint row, gint64 time_us);

/**
 * mill_replay_event_text:
 *
 * Returns: (transfer full): "request 17: first byte"
 */
char *mill_replay_event_text (const MillReplay *replay, guint track, const MillReplayEvent *event);

/**
 * mill_replay_describe:
 *
 * Returns: (transfer full): the counters of every track at that time, in words
 */
char *mill_replay_describe (const MillReplay *replay, gint64 time_us);

G_END_DECLS
