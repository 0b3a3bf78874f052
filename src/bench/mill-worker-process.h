/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "experiment/mill-trial.h"

G_BEGIN_DECLS

/* What the owner of a worker hears. */
typedef struct {
  /* "ready", "progress" or "sample". */
  void (*event) (const char *event, JsonObject *object, gpointer data);
  /* The process is gone; called once. `finished` is its last report, or NULL with `error` saying
   * why there is none. */
  void (*end) (JsonObject *finished, const GError *error, gpointer data);
} MillWorkerFuncs;

#define MILL_TYPE_WORKER_PROCESS (mill_worker_process_get_type ())
G_DECLARE_FINAL_TYPE (MillWorkerProcess, mill_worker_process, MILL, WORKER_PROCESS, GObject)

/**
 * mill_worker_process_start:
 * @trial: what it runs; it waits for mill_worker_process_begin() when `await_start` is set
 * @funcs: (static): what the owner hears
 * @data: for them
 * @error: where the program could not be started
 *
 * Starts `threadmill-worker` with one trial. A worker that goes silent, or whose requests do not
 * end within their timeout, is killed: the trial is lost, the run is not.
 *
 * Returns: (transfer full): the worker; the last reference ends it
 */
MillWorkerProcess *mill_worker_process_start (const MillTrial *trial,
                                              const MillWorkerFuncs *funcs,
                                              gpointer data,
                                              GError **error);

/* The measurement may begin. */
void mill_worker_process_begin (MillWorkerProcess *self);

/* Asks it to cancel what is in flight and to report; it is killed if that takes too long. */
void mill_worker_process_stop (MillWorkerProcess *self);

/* Its process id as the system writes it, or NULL after its end. */
const char *mill_worker_process_get_identifier (MillWorkerProcess *self);

G_END_DECLS
