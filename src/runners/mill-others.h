/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "runners/mill-report.h"
#include "runners/mill-sampler.h"

G_BEGIN_DECLS

/* What the other processes of a multiprocess trial report: their events (see
 * worker/mill-worker.h), added up. One thread hands events in, another may read. */
typedef struct _MillOthers MillOthers;

MillOthers *mill_others_new (guint n_processes);
void mill_others_free (MillOthers *others);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillOthers, mill_others_free)

/* Takes in a `sample`, `progress` or `finished` event of one process. */
void mill_others_add_event (MillOthers *others, guint process, JsonObject *event);

/* Adds what is running now to what this process itself has sampled, and moves the requests
 * that have ended since the last call into it. */
void mill_others_add_to_sample (MillOthers *others, MillSample *sample);

/* Adds everything that has finished. */
void mill_others_add_to_report (MillOthers *others, MillReport *report);

/* Monotonic, in microseconds: the epoch of one process that has finished, 0 before. */
gint64 mill_others_get_epoch_us (MillOthers *others, guint process);
/* The same of all: the earliest. */
gint64 mill_others_get_first_epoch_us (MillOthers *others);

G_END_DECLS
