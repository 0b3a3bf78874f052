/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-report.h"
#include "runners/mill-sampler.h"

G_BEGIN_DECLS

/* Writes the events of mill-worker.h to standard output, one line each. Safe to call from
 * any thread. A parent that is gone is no error: standard input tells. */
void mill_worker_emit_ready (guint lanes);
void mill_worker_emit_progress (const MillSample *sample);
void mill_worker_emit_sample (const MillSample *sample);
void mill_worker_emit_finished (const MillReport *report);
void mill_worker_emit_failed (const GError *error);

G_END_DECLS
