/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/mill-replay-view.h"

G_BEGIN_DECLS

#define MILL_TYPE_REPLAY_WINDOW (mill_replay_window_get_type ())
G_DECLARE_FINAL_TYPE (MillReplayWindow, mill_replay_window, MILL, REPLAY_WINDOW, AdwWindow)

/**
 * mill_replay_window_new:
 * @parent: (nullable): the window it stands over
 * @spec: results, of which at least one model was recorded; kept by a reference
 *
 * Plays at once, unless the interface is asked to move little.
 *
 * Returns: (transfer none): a window, owned by GTK
 */
MillReplayWindow *mill_replay_window_new (GtkWindow *parent, MillChartSpec *spec);

/* (transfer none) */
MillReplayView *mill_replay_window_get_view (MillReplayWindow *window);

/**
 * mill_replay_window_save_film_async:
 * @folder: where; must not exist
 *
 * Saves the replay of the models and at the speed that are chosen as a series of images, off the
 * main thread, with progress and a button that cancels it.
 */
void mill_replay_window_save_film_async (MillReplayWindow *window,
                                         GFile *folder,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean mill_replay_window_save_film_finish (MillReplayWindow *window,
                                              GAsyncResult *result,
                                              GError **error);
/* What the button does: nothing of the series stays behind. */
void mill_replay_window_cancel_film (MillReplayWindow *window);

G_END_DECLS
