/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-admission.h"

#include "runners/mill-run-private.h"

void
mill_admission_init (MillAdmission *admission, MillRun *run, int max_in_flight, int batch)
{
  gint64 all = MIN (mill_run_get_n_tickets (run), MILL_MAX_REQUESTS);

  *admission = (MillAdmission){ .run = run, .batch = batch, .left_in_batch = batch };
  admission->max_in_flight = max_in_flight > 0 ? max_in_flight : (int) all;
  if (batch > 0)
    admission->max_in_flight = MIN (admission->max_in_flight, batch);
}

static gboolean
take (MillAdmission *admission)
{
  if (admission->has_next)
    return TRUE;
  if (admission->exhausted || (admission->batch > 0 && admission->left_in_batch == 0))
    return FALSE;

  admission->has_next = mill_run_take (admission->run, &admission->next);
  admission->exhausted = !admission->has_next;
  if (admission->has_next && admission->batch > 0)
    admission->left_in_batch--;

  return admission->has_next;
}

gboolean
mill_admission_next (MillAdmission *admission, MillTicket *ticket, gint64 *due_us)
{
  *due_us = 0;
  if (admission->in_flight == admission->max_in_flight || !take (admission))
    return FALSE;

  if (admission->next.planned_us != 0 && admission->next.planned_us > g_get_monotonic_time ()) {
    *due_us = admission->next.planned_us;
    return FALSE;
  }

  *ticket = admission->next;
  admission->has_next = FALSE;
  admission->in_flight++;

  return TRUE;
}

void
mill_admission_done (MillAdmission *admission)
{
  admission->in_flight--;
  if (admission->batch > 0 && admission->in_flight == 0 && admission->left_in_batch == 0)
    admission->left_in_batch = admission->batch;
}

void
mill_admission_close (MillAdmission *admission)
{
  admission->has_next = FALSE;
  admission->exhausted = TRUE;
}

gboolean
mill_admission_is_over (const MillAdmission *admission)
{
  return admission->in_flight == 0 && !admission->has_next;
}
