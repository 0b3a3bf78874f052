/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/**
 * mill_remote_load_ask_async:
 * @parent: the window it belongs to
 * @experiment: loads hosts that are not this machine; only read during the call
 * @callback: mill_compat_ask_finish() tells the answer
 *
 * Asks whether the person may load the hosts of an experiment.
 */
void mill_remote_load_ask_async (GtkWindow *parent,
                                 const MillExperiment *experiment,
                                 GAsyncReadyCallback callback,
                                 gpointer data);

G_END_DECLS
