/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-chart-view.h"
#include "charts/mill-replay.h"

G_BEGIN_DECLS

#define MILL_REPLAY_MAX_SLOWNESS 1000.0

#define MILL_TYPE_REPLAY_VIEW (mill_replay_view_get_type ())
G_DECLARE_FINAL_TYPE (MillReplayView, mill_replay_view, MILL, REPLAY_VIEW, GtkWidget)

/* A recorded run that plays again, slowed down, with its controls.
 *
 * Keys: Space plays and pauses, Left and Right go to the recorded instant before and after, Home
 * and End to the begin and the end.
 *
 * Properties:
 *   "playing" (gboolean): it plays; FALSE again at the end
 *   "narrow" (gboolean): the choices stand below each other
 */

/* (transfer floating) a view of nothing. */
GtkWidget *mill_replay_view_new (void);

/**
 * mill_replay_view_set_spec:
 * @spec: (nullable): results, whose recorded models can be chosen
 *
 * Shows the begin of the first two recorded models, or of the only one.
 */
void mill_replay_view_set_spec (MillReplayView *view, MillChartSpec *spec);

/* The models by their labels, as mill_replay_labels() gives them; the second may be NULL. Unknown
 * ones change nothing. */
void mill_replay_view_set_models (MillReplayView *view, const char *first, const char *second);

/* (transfer none) (nullable): what is played. */
MillReplay *mill_replay_view_get_replay (MillReplayView *view);

/* The moment that is shown, in microseconds since the trial began. */
gint64 mill_replay_view_get_time (MillReplayView *view);
void mill_replay_view_set_time (MillReplayView *view, gint64 time_us);

/* To the recorded instant after, or before; pauses. */
void mill_replay_view_step (MillReplayView *view, gboolean forwards);

void mill_replay_view_set_playing (MillReplayView *view, gboolean playing);
gboolean mill_replay_view_get_playing (MillReplayView *view);

/* 1: as fast as it ran; up to %MILL_REPLAY_MAX_SLOWNESS. */
void mill_replay_view_set_slowness (MillReplayView *view, double slowness);
double mill_replay_view_get_slowness (MillReplayView *view);

/* Only the chart, for the presenter. */
void mill_replay_view_set_bare (MillReplayView *view, gboolean bare);

/* (transfer none) the chart: its spec is the moment that is shown. */
MillChartView *mill_replay_view_get_chart (MillReplayView *view);

G_END_DECLS
