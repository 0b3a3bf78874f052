/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* Which request of a run a loop may start next, and when: the limit of what is in flight, the
 * batches, and the plan of an open loop. Knows nothing of the loop or of HTTP. */
typedef struct {
  MillRun *run;
  MillTicket next; /* taken, but not due yet */
  gboolean has_next;
  gboolean exhausted; /* nothing is left to be taken */
  int in_flight;
  int max_in_flight;
  int batch;
  int left_in_batch;
} MillAdmission;

/**
 * mill_admission_init:
 * @max_in_flight: the most requests at once; 0 for all
 * @batch: requests of a batch, which ends before the next starts; 0 for none
 */
void mill_admission_init (MillAdmission *admission, MillRun *run, int max_in_flight, int batch);

/**
 * mill_admission_next:
 * @ticket: (out): taken and due
 * @due_us: (out): monotonic; when to ask again, where there is a request that is not due yet;
 *   else 0
 *
 * Returns: %TRUE if @ticket is to be started now; it counts as in flight until
 *   mill_admission_done()
 */
gboolean mill_admission_next (MillAdmission *admission, MillTicket *ticket, gint64 *due_us);

/* A request has ended. */
void mill_admission_done (MillAdmission *admission);

/* The run is stopping: nothing more is started. */
void mill_admission_close (MillAdmission *admission);

/* Whether nothing is in flight and nothing waits for its time. */
gboolean mill_admission_is_over (const MillAdmission *admission);

G_END_DECLS
