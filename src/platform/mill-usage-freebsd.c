/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-usage.h"

#include <sys/types.h>
/* After sys/types.h, whose types they need. */
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/user.h>
#include <unistd.h>

#include "platform/mill-posix.h"

gboolean
mill_usage_read (MillUsage *usage)
{
  int name[] = { CTL_KERN, KERN_PROC, KERN_PROC_PID, (int) getpid () };
  struct kinfo_proc process;
  gsize size = sizeof process;
  gint64 peak_kib;
  if (!mill_posix_usage (usage, &peak_kib))
    return FALSE;
  usage->memory_peak_bytes = peak_kib * 1024;
  if (sysctl (name, G_N_ELEMENTS (name), &process, &size, NULL, 0) == 0 && size == sizeof process) {
    usage->memory_bytes = (gint64) process.ki_rssize * (gint64) sysconf (_SC_PAGESIZE);
    usage->threads = process.ki_numthreads;
  }
  return TRUE;
}

gboolean
mill_system_time_read (MillSystemTime *time)
{
  long ticks[CPUSTATES];
  struct clockinfo clock;
  gsize size = sizeof ticks, clock_size = sizeof clock;
  if (sysctlbyname ("kern.cp_time", ticks, &size, NULL, 0) != 0 ||
      sysctlbyname ("kern.clockrate", &clock, &clock_size, NULL, 0) != 0 || clock.stathz <= 0)
    return FALSE;
  time->busy_s =
      (double) (ticks[CP_USER] + ticks[CP_NICE] + ticks[CP_SYS] + ticks[CP_INTR]) / clock.stathz;
  time->total_s = time->busy_s + (double) ticks[CP_IDLE] / clock.stathz;
  return TRUE;
}
