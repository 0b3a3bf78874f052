/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-usage.h"

#include <libproc.h>
#include <mach/mach.h>
#include <unistd.h>

#include "platform/mill-posix.h"

gboolean
mill_usage_read (MillUsage *usage)
{
  struct proc_taskinfo task;
  struct mach_task_basic_info basic;
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  if (!mill_posix_usage (usage, NULL))
    return FALSE;
  if (task_info (mach_task_self (), MACH_TASK_BASIC_INFO, (task_info_t) &basic, &count) ==
      KERN_SUCCESS) {
    usage->memory_bytes = (gint64) basic.resident_size;
    usage->memory_peak_bytes = (gint64) basic.resident_size_max;
  }
  if (proc_pidinfo (getpid (), PROC_PIDTASKINFO, 0, &task, sizeof task) == (int) sizeof task)
    usage->threads = task.pti_threadnum;
  return TRUE;
}

gboolean
mill_system_time_read (MillSystemTime *time)
{
  host_cpu_load_info_data_t load;
  mach_msg_type_number_t count = HOST_CPU_LOAD_INFO_COUNT;
  if (host_statistics (mach_host_self (), HOST_CPU_LOAD_INFO, (host_info_t) &load, &count) !=
      KERN_SUCCESS)
    return FALSE;
  double ticks = (double) sysconf (_SC_CLK_TCK);
  time->busy_s = ((double) load.cpu_ticks[CPU_STATE_USER] + load.cpu_ticks[CPU_STATE_NICE] +
                  load.cpu_ticks[CPU_STATE_SYSTEM]) /
                 ticks;
  time->total_s = time->busy_s + (double) load.cpu_ticks[CPU_STATE_IDLE] / ticks;
  return TRUE;
}
