/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/mill-chart-frame.h"

G_BEGIN_DECLS

/* A scene for a live view, in the theme, font and type size of the interface. */
typedef struct {
  MillLayout layout;
  MillChartOptions options;
} MillLiveLayout;

/* (transfer full) of the widget's font. */
MillTextMeasurer *mill_live_measurer_new (GtkWidget *widget);

/* For a scene as large as the widget; not to be moved in memory. */
void mill_live_layout_init (MillLiveLayout *live, GtkWidget *widget, MillTextMeasurer *measurer);
void mill_live_layout_clear (MillLiveLayout *live);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MillLiveLayout, mill_live_layout_clear)

/* Paints the scene, mirrored where the interface reads from right to left. */
void mill_live_layout_paint (MillLiveLayout *live, GtkSnapshot *snapshot);

G_END_DECLS
