/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How one request (or one unit of CPU work) ended. The order is part of the record file. */
typedef enum {
  MILL_OUTCOME_PENDING, /* never finished: not sent, or cancelled in flight */
  MILL_OUTCOME_OK,
  MILL_OUTCOME_TIMEOUT,
  MILL_OUTCOME_REFUSED,
  MILL_OUTCOME_RESET,
  MILL_OUTCOME_RESOLVE, /* the name was not found */
  MILL_OUTCOME_TLS,     /* certificate or handshake */
  MILL_OUTCOME_HTTP_4XX,
  MILL_OUTCOME_HTTP_5XX,
  MILL_OUTCOME_REDIRECT,  /* too many, or to a host that may not be loaded */
  MILL_OUTCOME_RESOURCES, /* descriptors, ports, threads or memory ran out */
  MILL_OUTCOME_PROTOCOL,  /* the answer was not valid HTTP, or shorter than announced */
  MILL_OUTCOME_CONTENT,   /* --after failed: not JSON, could not be written */
  MILL_OUTCOME_CANCELLED, /* stopped by the user while in flight */
  MILL_OUTCOME_OTHER,
  MILL_N_OUTCOMES
} MillOutcome;

/**
 * mill_outcome_to_string:
 * @outcome: how a request ended
 *
 * Returns: (transfer none): the key in `errors` of a result document ("timeout", "http_5xx", ...)
 */
const char *mill_outcome_to_string (MillOutcome outcome);

typedef enum {
  MILL_RECORD_NEW_CONNECTION = 1 << 0, /* this request opened its connection */
  MILL_RECORD_SENT_LATE = 1 << 1,      /* open loop: handed over more than 1 ms after its plan */
} MillRecordFlags;

/* What is kept of one request: 32 bytes, written by one lane only, in preallocated memory.
 * Times are microseconds. `outcome` is stored last, with release semantics. */
typedef struct {
  gint64 queued_us;      /* since the epoch of the trial; the planned time of an open loop */
  guint32 started_us;    /* after queued: handed to the library */
  guint32 sent_us;       /* after queued: connected and being written */
  guint32 first_byte_us; /* after queued */
  guint32 done_us;       /* after queued: body read whole, and `after` done */
  guint32 bytes_down;    /* body; saturates */
  guint16 lane;          /* thread, loop or process */
  guint8 flags;          /* MillRecordFlags */
  guint8 outcome;        /* MillOutcome */
} MillRecord;

G_STATIC_ASSERT (sizeof (MillRecord) == 32);

G_END_DECLS
