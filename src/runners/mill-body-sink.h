/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

/* What a lane does with response bodies: nothing, append them to the lane's file, hash or
 * parse them. A lane has one sink; each request that it has in flight has a body of its own. */
typedef struct _MillBodySink MillBodySink;
typedef struct _MillBody MillBody;

MillBodySink *mill_body_sink_new (MillRun *run, guint lane);
/* Adds what the lane has hashed to the run's checksum. */
void mill_body_sink_free (MillBodySink *sink);

/**
 * mill_body_new:
 *
 * Returns: (transfer full): a body, used for one response after the other
 */
MillBody *mill_body_new (MillBodySink *sink);
void mill_body_free (MillBody *body);

/* The next response begins. */
void mill_body_begin (MillBody *body);

/**
 * mill_body_add:
 *
 * Returns: %FALSE if the body cannot be dealt with; the run has a note that says why
 */
gboolean mill_body_add (MillBody *body, const guint8 *data, gsize length);

/**
 * mill_body_end:
 * @ticket: whose response it was; the checksum takes measured requests only
 *
 * Returns: %FALSE if the whole body is not what it should be (not JSON)
 */
gboolean mill_body_end (MillBody *body, const MillTicket *ticket);

/* Bytes since mill_body_begin(). */
gint64 mill_body_get_bytes (const MillBody *body);

G_END_DECLS
