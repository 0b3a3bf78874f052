/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "experiment/mill-trial.h"

G_BEGIN_DECLS

/* A threadmill-worker, found by the environment variable MILL_TEST_WORKER. */
typedef struct {
  GSubprocess *process;
  GDataInputStream *events;
} Worker;

/* Starts one and writes the text to its standard input. */
Worker worker_new (const char *text);
Worker worker_new_for_trial (const MillTrial *trial);
void worker_send (Worker *worker, const char *text);

/* (transfer full) Reads until an event of that name; NULL at the end of the output. */
JsonNode *worker_await (Worker *worker, const char *name);

/* Awaits its end and frees it. Returns its exit status, or -1. */
int worker_wait (Worker *worker);

G_END_DECLS
