/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-chart-export.h"
#include "charts/mill-replay.h"

G_BEGIN_DECLS

#define MILL_FILM_MAX_FRAMES 3000

/* Tells how many frames are written; called in the thread that writes. */
typedef void (*MillFilmProgress) (guint n_written, guint n_frames, gpointer data);

/* A replay as a series of images, which every program for films and slides reads. */
typedef struct {
  double slowness;           /* 1: as fast as it ran; 1000: a second for each millisecond */
  int frames_per_s;          /* of the film, at least 1 */
  MillFilmProgress progress; /* or NULL */
  gpointer data;
} MillFilmOptions;

/**
 * mill_replay_film_count:
 *
 * Returns: how many frames the film has: one at the begin, one at the end, and between them as
 *   many as the speed and the rate ask for; may be above %MILL_FILM_MAX_FRAMES
 */
guint64 mill_replay_film_count (const MillReplay *replay, const MillFilmOptions *film);

/**
 * mill_replay_film_save:
 * @spec: a timeline whose options carry a replay
 * @folder: must not exist; made, with frame-0001.png and so on
 * @options: of each image
 * @film: speed and rate
 *
 * Writes into a hidden folder beside, which becomes @folder when all frames are there: on an error
 * or when it is cancelled nothing stays behind. Blocks; may run in any thread that has its own
 * spec.
 *
 * Returns: FALSE with MILL_ERROR_USAGE (size, number of frames, no replay) or an error of GIO
 */
gboolean mill_replay_film_save (const MillChartSpec *spec,
                                GFile *folder,
                                const MillExportOptions *options,
                                const MillFilmOptions *film,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
