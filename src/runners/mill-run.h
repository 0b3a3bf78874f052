/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/mill-record.h"
#include "experiment/mill-trial.h"

G_BEGIN_DECLS

/* A trial while it runs, inside the worker: the requests still to be taken, the records, the
 * phase, and the one way to stop. The functions on the path of a request (take, begin, end)
 * are safe to call from every lane; none of them takes a lock or allocates. */
typedef struct _MillRun MillRun;

typedef enum {
  MILL_PHASE_PREPARE,
  MILL_PHASE_WARM_UP,
  MILL_PHASE_MEASURE,
  MILL_PHASE_DRAIN,
  MILL_PHASE_REPORT,
} MillPhase;

/* A request (or unit of CPU work) that a lane has taken. The lane owns the structure. */
typedef struct {
  gint64 index;       /* order of taking in this process from 0, warm-up included */
  gint64 request;     /* which request of the trial: goes to urls[request % n]; warm-up and
                         measured requests each count from the start */
  gint64 planned_us;  /* monotonic: when it is due; 0 in a closed loop */
  gint64 taken_us;    /* monotonic: when it was taken. A closed loop begins it at once, and the
                         clock need not be read again; a lane that does not sets it to 0 */
  MillRecord *record; /* NULL while warming up */
  guint lane;         /* set by mill_run_begin() */
} MillTicket;

/* What the lanes counted, merged. A snapshot while lanes run, exact after their join. Only
 * measured tickets count, except where said otherwise. */
typedef struct {
  gint64 outcomes[MILL_N_OUTCOMES]; /* finished, by outcome */
  gint64 done;                      /* finished, any outcome but cancelled */
  gint64 failed;                    /* of `done`, those that are not MILL_OUTCOME_OK */
  gint64 bytes_downloaded;
  gint64 bytes_uploaded;
  gint64 bytes_written;      /* by MILL_AFTER_WRITE */
  gint64 connections_opened; /* warm-up included: the server counts those too */
  gint64 sent_late;          /* open loop: more than 1 ms after the plan */
  gint64 task_creation_us;
  guint64 checksum_bytes; /* CPU work: bytes encoded or hashed */
  guint64 checksum;       /* XOR of the digests of all units, independent of their order */
} MillCounters;

/**
 * mill_run_new:
 * @trial: what to run; must outlive the run
 * @error: MILL_ERROR_LIMIT when the memory for the records cannot be had
 *
 * Prepares a run: reserves the records (committed by the system as they are written) and the
 * counters of every lane.
 *
 * Returns: (transfer full) (nullable): the run
 */
MillRun *mill_run_new (const MillTrial *trial, GError **error);
void mill_run_free (MillRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillRun, mill_run_free)

const MillTrial *mill_run_get_trial (MillRun *run);

/**
 * mill_run_get_lanes:
 *
 * Returns: the number of lanes that the counters were made for. A lane is numbered from 0 to
 *   one less than this.
 */
guint mill_run_get_lanes (MillRun *run);

/**
 * mill_run_get_cancellable:
 *
 * Returns: (transfer none): cancelled by mill_run_stop(). Lanes that wait for something other
 *   than a request wait with this.
 */
GCancellable *mill_run_get_cancellable (MillRun *run);

/**
 * mill_run_take:
 * @ticket: (out): filled in
 *
 * Takes the next request of the whole run (one atomic addition). Its record is queued now, or
 * at its planned time in an open loop. The first measured ticket starts the clock.
 *
 * Returns: %FALSE when all are taken, the duration is over or the run is stopping; then
 *   nothing was taken
 */
gboolean mill_run_take (MillRun *run, MillTicket *ticket);

/**
 * mill_run_wait_until_due:
 *
 * Closed loop: returns at once. Open loop: sleeps until the ticket is due.
 *
 * Returns: %FALSE if the run was stopped meanwhile; forget the ticket then. A record that was
 *   never begun stays MILL_OUTCOME_PENDING and is no result
 */
gboolean mill_run_wait_until_due (MillRun *run, const MillTicket *ticket);

/**
 * mill_run_begin:
 * @lane: the lane that calls, below mill_run_get_lanes()
 *
 * The request is handed over now: it counts as in flight, and its record gets its lane and
 * its start. A ticket that is begun must be ended, by the same lane.
 */
void mill_run_begin (MillRun *run, MillTicket *ticket, guint lane);

/**
 * mill_run_end:
 *
 * The request has ended now with @outcome. Every other field of the record must have been
 * written before.
 */
void mill_run_end (MillRun *run, const MillTicket *ticket, MillOutcome outcome);

/* Counting by a lane, without a lock: only the lane itself may call them. */
void mill_run_add_bytes (MillRun *run, const MillTicket *ticket, gint64 down, gint64 up);
void mill_run_add_bytes_written (MillRun *run, guint lane, gint64 bytes);
void mill_run_add_connection (MillRun *run, guint lane);

/* Time spent creating tasks (threads, queue entries, messages) before they could run, in
 * microseconds. The functions below may be called from any thread, a few times per lane. */
void mill_run_add_task_creation (MillRun *run, gint64 time_us);
/* The checksum of work done: total bytes, and digests combined by XOR. */
void mill_run_add_checksum (MillRun *run, guint64 total_bytes, guint64 digest_xor);

/**
 * mill_run_note:
 * @message: a reason for the person who reads the result, translated
 *
 * Keeps the first such message of the run (a full disk, a descriptor limit); the later ones
 * are dropped. Takes a lock: for what happens once, not on the path of every request.
 */
void mill_run_note (MillRun *run, const char *message);

/**
 * mill_run_take_note:
 *
 * Returns: (transfer full) (nullable): the message kept by mill_run_note()
 */
char *mill_run_take_note (MillRun *run);

gboolean mill_run_is_stopping (MillRun *run);

/**
 * mill_run_add_leftover:
 * @clean_up: called by mill_run_free()
 *
 * Puts off what a lane would have to tidy up, because the run was stopped and somebody waits
 * for its report: closing ten thousand connections takes a second.
 */
typedef void (*MillCleanUp) (gpointer data);
void mill_run_add_leftover (MillRun *run, MillCleanUp clean_up, gpointer data);

/* Whether mill_run_free() would have to tidy up; a process that ends anyway need not. */
gboolean mill_run_has_leftovers (MillRun *run);

/**
 * mill_run_stop:
 *
 * Asks every lane to cancel what is in flight and to return. Any thread may call it, also
 * before the run has begun.
 */
void mill_run_stop (MillRun *run);

/* For the sampler and the report. */
MillPhase mill_run_get_phase (MillRun *run);
void mill_run_set_phase (MillRun *run, MillPhase phase);
/* Monotonic, in microseconds: when the first measured ticket was taken; 0 before. */
gint64 mill_run_get_epoch_us (MillRun *run);
/* Monotonic, in microseconds: when the run began (warm-up included); 0 before. */
gint64 mill_run_get_begin_us (MillRun *run);
/* Called once, by the lane that starts the clock, before it goes on. Set before the run. */
typedef void (*MillClockFunc) (gpointer data);
void mill_run_set_clock_func (MillRun *run, MillClockFunc func, gpointer data);
gint64 mill_run_get_in_flight (MillRun *run);
gint64 mill_run_get_max_in_flight (MillRun *run);
/* How long the very first request of this process took, after the run. */
gint64 mill_run_get_cold_start_us (MillRun *run);
void mill_run_get_counters (MillRun *run, MillCounters *counters);

/**
 * mill_run_get_records:
 * @n_records: (out): how many measured tickets have been taken so far
 *
 * Returns: (transfer none): the records, in the order in which they were taken. While lanes
 *   run, a record may be read only after mill_record_load_outcome() has shown its end.
 */
MillRecord *mill_run_get_records (MillRun *run, gint64 *n_records);

/* The outcome with acquire semantics: what is not MILL_OUTCOME_PENDING is complete. */
MillOutcome mill_record_load_outcome (const MillRecord *record);

/**
 * mill_share:
 *
 * Splits @total over @parts: the remainder goes to the first parts, one each.
 *
 * Returns: the share of @part, which counts from 0
 */
gint64 mill_share (gint64 total, int parts, int part);

/* How a model runs. The function returns when every lane has been joined; it fails only where
 * the trial could not be made (failures of single requests are records). NULL where the model
 * does not run that workload, or was not built. */
typedef struct {
  gboolean (*run_http) (MillRun *run, GError **error);
  gboolean (*run_cpu) (MillRun *run, GError **error);
} MillRunner;

/**
 * mill_runner_for:
 *
 * Returns: (transfer none): the runner of a model; one whose functions are both %NULL when
 *   the model is not built in
 */
const MillRunner *mill_runner_for (MillModelKind kind);

G_END_DECLS
