/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE 1 /* sched_getaffinity */

#include "config.h"

#include "platform/mill-limits.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "platform/mill-linux.h"
#include "platform/mill-posix.h"

/* Linux keeps a closed connection's port in TIME_WAIT for a fixed minute
 * (TCP_TIMEWAIT_LEN in include/net/tcp.h). */
#define TIME_WAIT_S 60.0

static gint64
available_memory (void)
{
  g_autofree char *text = mill_linux_read ("/proc/meminfo");
  const char *field = text == NULL ? NULL : strstr (text, "MemAvailable:");
  gint64 available =
      field == NULL ? -1 : g_ascii_strtoll (field + strlen ("MemAvailable:"), NULL, 10) * 1024;
  gint64 limit = mill_linux_cgroup_number ("memory.max", "memory/memory.limit_in_bytes");
  gint64 used = mill_linux_cgroup_number ("memory.current", "memory/memory.usage_in_bytes");
  if (limit >= 0 && used >= 0)
    available = mill_posix_lower (available, MAX (limit - used, 0));
  return available;
}

static int
usable_cores (void)
{
  cpu_set_t set;
  int cores = (int) g_get_num_processors ();
  if (sched_getaffinity (0, sizeof set, &set) == 0)
    cores = CPU_COUNT (&set);
  double quota = mill_linux_cpu_quota ();
  if (quota > 0 && quota < cores)
    cores = MAX (1, (int) (quota + 0.5));
  return cores;
}

void
mill_limits_read (MillLimits *limits)
{
  gint64 hard;
  gint64 soft = mill_posix_limit (RLIMIT_NOFILE, &hard);
  *limits = (MillLimits){ .descriptors = soft,
                          .descriptors_hard = hard,
                          .ephemeral_ports = -1,
                          .port_reuse_s = TIME_WAIT_S,
                          .threads = mill_posix_limit (RLIMIT_NPROC, NULL),
                          .memory_bytes = available_memory (),
                          .cores = usable_cores () };

  int low, high;
  g_autofree char *ports = mill_linux_read ("/proc/sys/net/ipv4/ip_local_port_range");
  if (ports != NULL && sscanf (ports, "%d %d", &low, &high) == 2 && high >= low)
    limits->ephemeral_ports = high - low + 1;

  limits->threads =
      mill_posix_lower (limits->threads, mill_linux_number ("/proc/sys/kernel/threads-max"));
  limits->threads =
      mill_posix_lower (limits->threads, mill_linux_cgroup_number ("pids.max", "pids/pids.max"));
  /* Each thread maps its stack and a guard page. */
  gint64 maps = mill_linux_number ("/proc/sys/vm/max_map_count");
  limits->threads = mill_posix_lower (limits->threads, maps < 0 ? -1 : maps / 2);
}

gint64
mill_limits_raise_descriptors (void)
{
  return mill_posix_raise_descriptors (-1);
}
