/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast connections may be opened: a burst at once, and a rate that refills it (a token
 * bucket). Plain data, of one thread. */
typedef struct {
  double per_s;
  double burst;
  double left;
  gint64 then_us;
} MillConnectionRate;

/**
 * mill_connection_rate_init:
 * @per_s: connections per second, on the long run
 * @burst: so many at once
 */
void mill_connection_rate_init (MillConnectionRate *rate, double per_s, double burst);

/**
 * mill_connection_rate_admit:
 * @now_us: monotonic
 *
 * Returns: whether one more connection may be opened
 */
gboolean mill_connection_rate_admit (MillConnectionRate *rate, gint64 now_us);

G_END_DECLS
