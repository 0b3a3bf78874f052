/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-bsd.h"

#include <string.h>
#include <sys/types.h>
/* After sys/types.h, whose types they need. */
#include <sys/resource.h>
#include <sys/sysctl.h>

#include "platform/mill-posix.h"

gint64
mill_bsd_number (const char *name)
{
  gint64 wide;
  gint32 narrow;
  gsize size = sizeof wide;
  if (sysctlbyname (name, &wide, &size, NULL, 0) != 0)
    return -1;
  if (size == sizeof wide)
    return wide;
  if (size != sizeof narrow)
    return -1;
  memcpy (&narrow, &wide, sizeof narrow);
  return narrow;
}

char *
mill_bsd_text (const char *name)
{
  gsize size = 0;
  if (sysctlbyname (name, NULL, &size, NULL, 0) != 0 || size == 0)
    return NULL;
  g_autofree char *text = g_malloc0 (size + 1);
  if (sysctlbyname (name, text, &size, NULL, 0) != 0 || *text == '\0')
    return NULL;
  return g_steal_pointer (&text);
}

void
mill_bsd_limits (MillLimits *limits)
{
  gint64 first = mill_bsd_number ("net.inet.ip.portrange.first");
  gint64 last = mill_bsd_number ("net.inet.ip.portrange.last");
  /* A closed connection keeps its port for twice the maximum segment lifetime (RFC 9293, 3.6.1). */
  gint64 segment_lifetime_ms = mill_bsd_number ("net.inet.tcp.msl");
  gint64 most = mill_bsd_number ("kern.maxfilesperproc");
  gint64 hard;
  *limits = (MillLimits){ .descriptors = mill_posix_limit (RLIMIT_NOFILE, &hard),
                          .ephemeral_ports = -1,
                          .port_reuse_s = -1,
                          .threads = -1,
                          .memory_bytes = -1,
                          .cores = (int) g_get_num_processors () };
  limits->descriptors_hard = mill_posix_lower (hard, most);
  limits->descriptors = mill_posix_lower (limits->descriptors, most);
  if (first > 0 && last >= first)
    limits->ephemeral_ports = last - first + 1;
  if (segment_lifetime_ms > 0)
    limits->port_reuse_s = 2.0 * (double) segment_lifetime_ms / 1000.0;
}

gint64
mill_limits_raise_descriptors (void)
{
  return mill_posix_raise_descriptors (mill_bsd_number ("kern.maxfilesperproc"));
}
