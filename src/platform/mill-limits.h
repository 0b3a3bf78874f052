/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What this machine allows one process. Negative: unknown or unlimited. */
typedef struct {
  gint64 descriptors;      /* soft limit of open files and sockets */
  gint64 descriptors_hard; /* what the soft limit can be raised to */
  gint64 ephemeral_ports;  /* local ports for outgoing connections */
  double port_reuse_s;     /* how long a closed connection keeps its port */
  gint64 threads;          /* of the user, the machine or the container, whichever is lowest */
  gint64 memory_bytes;     /* available now, container limit included */
  int cores;               /* usable by this process, container limit included */
} MillLimits;

/**
 * mill_limits_read:
 * @limits: (out): set whole
 *
 * Reads what this process is allowed.
 */
void mill_limits_read (MillLimits *limits);

/**
 * mill_limits_raise_descriptors:
 *
 * Raises the soft limit of descriptors to the hard one; child processes inherit it.
 *
 * Returns: the limit in force afterwards; negative: unlimited or unknown
 */
gint64 mill_limits_raise_descriptors (void);

G_END_DECLS
