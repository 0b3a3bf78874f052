/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/mill-record.h"

G_BEGIN_DECLS

/**
 * mill_outcome_from_error:
 * @error: from libsoup or GIO
 * @answered: whether any byte of an answer had arrived
 *
 * Returns: which kind of failure it is
 */
MillOutcome mill_outcome_from_error (const GError *error, gboolean answered);

/* 4xx and 5xx are failures; everything else that was answered is not. */
MillOutcome mill_outcome_from_status (guint status);

/* Whether a person needs the library's own words to know what to do about it. */
gboolean mill_outcome_needs_note (MillOutcome outcome);

G_END_DECLS
