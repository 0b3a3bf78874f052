/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-limits.h"

#include <sys/param.h>
/* After sys/param.h, whose types it needs. */
#include <sys/cpuset.h>
#include <unistd.h>

#include "platform/mill-bsd.h"

void
mill_limits_read (MillLimits *limits)
{
  gint64 free_pages = mill_bsd_number ("vm.stats.vm.v_free_count");
  gint64 inactive_pages = mill_bsd_number ("vm.stats.vm.v_inactive_count");
  cpuset_t cores;
  mill_bsd_limits (limits);
  limits->threads = mill_bsd_number ("kern.threads.max_threads_per_proc");
  if (free_pages >= 0)
    limits->memory_bytes = (free_pages + MAX (inactive_pages, 0)) * (gint64) sysconf (_SC_PAGESIZE);
  if (cpuset_getaffinity (CPU_LEVEL_WHICH, CPU_WHICH_PID, -1, sizeof cores, &cores) == 0)
    limits->cores = (int) CPU_COUNT (&cores);
}
