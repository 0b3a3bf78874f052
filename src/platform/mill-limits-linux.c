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

/* Linux keeps a closed connection's port in TIME_WAIT for a fixed minute
 * (TCP_TIMEWAIT_LEN in include/net/tcp.h). */
#define TIME_WAIT_S 60.0

static gint64
limit_or_unlimited (rlim_t limit)
{
  return limit == RLIM_INFINITY ? -1 : (gint64) limit;
}

/* The lower of two limits, where a negative one is none. */
static gint64
lower (gint64 a, gint64 b)
{
  if (a < 0)
    return b;
  return b < 0 ? a : MIN (a, b);
}

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
    available = lower (available, MAX (limit - used, 0));
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
  struct rlimit rlimit;
  *limits = (MillLimits){ .descriptors = -1,
                          .descriptors_hard = -1,
                          .ephemeral_ports = -1,
                          .port_reuse_s = TIME_WAIT_S,
                          .threads = -1,
                          .memory_bytes = available_memory (),
                          .cores = usable_cores () };
  if (getrlimit (RLIMIT_NOFILE, &rlimit) == 0) {
    limits->descriptors = limit_or_unlimited (rlimit.rlim_cur);
    limits->descriptors_hard = limit_or_unlimited (rlimit.rlim_max);
  }

  int low, high;
  g_autofree char *ports = mill_linux_read ("/proc/sys/net/ipv4/ip_local_port_range");
  if (ports != NULL && sscanf (ports, "%d %d", &low, &high) == 2 && high >= low)
    limits->ephemeral_ports = high - low + 1;

  if (getrlimit (RLIMIT_NPROC, &rlimit) == 0)
    limits->threads = limit_or_unlimited (rlimit.rlim_cur);
  limits->threads = lower (limits->threads, mill_linux_number ("/proc/sys/kernel/threads-max"));
  limits->threads = lower (limits->threads, mill_linux_cgroup_number ("pids.max", "pids/pids.max"));
  /* Each thread maps its stack and a guard page. */
  gint64 maps = mill_linux_number ("/proc/sys/vm/max_map_count");
  limits->threads = lower (limits->threads, maps < 0 ? -1 : maps / 2);
}

gint64
mill_limits_raise_descriptors (void)
{
  struct rlimit rlimit;
  if (getrlimit (RLIMIT_NOFILE, &rlimit) != 0)
    return -1;
  if (rlimit.rlim_cur != rlimit.rlim_max) {
    rlim_t before = rlimit.rlim_cur;
    rlimit.rlim_cur = rlimit.rlim_max;
    if (setrlimit (RLIMIT_NOFILE, &rlimit) != 0)
      rlimit.rlim_cur = before;
  }
  return limit_or_unlimited (rlimit.rlim_cur);
}
