/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the server saw since it was last reset; the witness of a trial. Whoever owns the counts
 * holds its lock around each of these calls. */
typedef struct {
  gint64 requests;    /* arrived: their header was read whole */
  gint64 answered;    /* answers sent to the last byte, whatever their status */
  gint64 errors;      /* of these, with a status made by the error rate */
  gint64 dropped;     /* closed without an answer, as asked */
  gint64 abandoned;   /* neither: the client was gone, or sent what cannot be read */
  gint64 connections; /* opened */
  gint64 in_flight;   /* arrived and neither answered nor closed */
  gint64 max_in_flight;
  gint64 bytes_in;  /* bodies */
  gint64 bytes_out; /* bodies of answers that were sent whole */
  guint64 epoch;    /* how often it was reset */
} MillCounts;

/* How a request ended. */
typedef enum {
  MILL_END_ANSWERED,
  MILL_END_ERROR, /* answered as the error rate asks */
  MILL_END_DROPPED,
  MILL_END_ABANDONED,
} MillEnd;

/**
 * mill_counts_begin:
 *
 * A request arrived.
 *
 * Returns: the epoch that it belongs to
 */
guint64 mill_counts_begin (MillCounts *counts);

/**
 * mill_counts_end:
 * @epoch: from mill_counts_begin(); a request that began before a reset is not counted
 * @bytes_in: of the request's body
 * @bytes_out: of the answer's body, when it was sent
 *
 * A request ended.
 */
void
mill_counts_end (MillCounts *counts, guint64 epoch, MillEnd end, gint64 bytes_in, gint64 bytes_out);

/**
 * mill_counts_reset:
 *
 * Everything back to zero. What a client of before left behind, a request that it gave up and
 * that still waits for its time, does not show in the counts that follow.
 */
void mill_counts_reset (MillCounts *counts);

/**
 * mill_counts_to_json:
 *
 * Returns: (transfer full): the counts, and as `cpu_s` and `memory_mib` what the process used
 */
JsonObject *mill_counts_to_json (const MillCounts *counts);

G_END_DECLS
