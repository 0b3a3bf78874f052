/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-connection-rate.h"

void
mill_connection_rate_init (MillConnectionRate *rate, double per_s, double burst)
{
  *rate = (MillConnectionRate){ .per_s = per_s, .burst = burst, .left = burst, .then_us = -1 };
}

gboolean
mill_connection_rate_admit (MillConnectionRate *rate, gint64 now_us)
{
  if (rate->then_us >= 0 && now_us > rate->then_us) {
    double refill = (double) (now_us - rate->then_us) / G_USEC_PER_SEC * rate->per_s;
    rate->left = MIN (rate->burst, rate->left + refill);
  }
  rate->then_us = MAX (rate->then_us, now_us);
  if (rate->left < 1)
    return FALSE;
  rate->left--;
  return TRUE;
}
