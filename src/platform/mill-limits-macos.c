/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-limits.h"

#include <mach/mach.h>
#include <unistd.h>

#include "platform/mill-bsd.h"

/* Free pages, and those that the system takes back without writing them anywhere. */
static gint64
available_memory (void)
{
  vm_statistics64_data_t pages;
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  if (host_statistics64 (mach_host_self (), HOST_VM_INFO64, (host_info64_t) &pages, &count) !=
      KERN_SUCCESS)
    return -1;
  return ((gint64) pages.free_count + pages.inactive_count + pages.purgeable_count) *
         (gint64) sysconf (_SC_PAGESIZE);
}

void
mill_limits_read (MillLimits *limits)
{
  gint64 cores = mill_bsd_number ("hw.logicalcpu");
  mill_bsd_limits (limits);
  limits->threads = mill_bsd_number ("kern.num_taskthreads");
  limits->memory_bytes = available_memory ();
  if (cores > 0)
    limits->cores = (int) cores;
}
