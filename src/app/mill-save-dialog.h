/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-export.h"

G_BEGIN_DECLS

#define MILL_TYPE_SAVE_DIALOG (mill_save_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MillSaveDialog, mill_save_dialog, MILL, SAVE_DIALOG, AdwWindow)

/* Saves a chart as an image, with a preview of exactly that image.
 *
 * Signal "saved" (GFile *): the image was written; the dialog closes itself then.
 */

/**
 * mill_save_dialog_new:
 * @parent: (nullable): the window over which it is modal
 * @spec: what is saved; its results must neither change nor go while the dialog is open
 *
 * Returns: (transfer none): a window, owned by GTK
 */
MillSaveDialog *mill_save_dialog_new (GtkWindow *parent, MillChartSpec *spec);

/* Makes the dialog and shows it. */
void mill_save_dialog_present (GtkWindow *parent, MillChartSpec *spec);

/* The size of the chart in the window: the preset "as shown". Without it there is none. */
void mill_save_dialog_set_shown_size (MillSaveDialog *dialog, double width_px, double height_px);

/* What is chosen. */
MillExportFormat mill_save_dialog_get_format (MillSaveDialog *dialog);
void mill_save_dialog_get_options (MillSaveDialog *dialog, MillExportOptions *options);
void mill_save_dialog_set_format (MillSaveDialog *dialog, MillExportFormat format);
void mill_save_dialog_set_options (MillSaveDialog *dialog, const MillExportOptions *options);

/* (transfer none): the scene that the preview paints and the file carries. */
const MillScene *mill_save_dialog_get_scene (MillSaveDialog *dialog);

/**
 * mill_save_dialog_save_async:
 * @file: where; its extension decides nothing: the chosen format is written
 *
 * What the button does after a file was chosen.
 */
void mill_save_dialog_save_async (MillSaveDialog *dialog,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean
mill_save_dialog_save_finish (MillSaveDialog *dialog, GAsyncResult *result, GError **error);

G_END_DECLS
