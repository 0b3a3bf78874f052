/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-spec.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* GTK with the same type on every machine. */
void chart_fixture_init (int *argc, char ***argv);

/* Turns the main loop for a while, so that what waits for a frame or an idle moment is done. */
void chart_fixture_settle (void);

/* (transfer none): a window of that size around `child`, shown. */
GtkWindow *chart_fixture_window_new (GtkWidget *child, int width_px, int height_px);

/* Closes a window and asserts that neither it nor `object`, where there is one, stays. */
void chart_fixture_close (GtkWindow *window, gpointer object);

/* (transfer full): a spec that owns its result. */
MillChartSpec *chart_fixture_spec_new (MillChartKind kind, MillResult *result);

/* Blocks until an asynchronous call is done: `callback` with `&result` as its data. */
void chart_fixture_on_result (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *chart_fixture_wait (GAsyncResult **result);

G_END_DECLS
