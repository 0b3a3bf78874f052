/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-limits.h"

#include <windows.h>

#include "platform/mill-windows.h"

/* Sockets and files are handles, and a table of handles ends at this many (2^24 without those that
 * the kernel keeps); there is no lower limit that could be raised. */
#define MAX_HANDLES 16711680

/* 49152 to 65535 since Windows Vista. Another range can only be seen by starting netsh. */
#define EPHEMERAL_PORTS 16384

#define TCP_KEY "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters"
#define TIME_WAIT_S 120.0 /* without a setting */

static double
read_time_wait (void)
{
  gint64 set_s = mill_windows_registry_number (TCP_KEY, "TcpTimedWaitDelay");
  return set_s > 0 ? (double) set_s : TIME_WAIT_S;
}

static gint64
available_memory (void)
{
  MEMORYSTATUSEX memory = { .dwLength = sizeof memory };
  gint64 limit = mill_windows_memory_limit ();
  if (!GlobalMemoryStatusEx (&memory))
    return limit;
  gint64 available = (gint64) MIN (memory.ullAvailPhys, memory.ullAvailPageFile);
  return limit < 0 ? available : MIN (available, limit);
}

static int
usable_cores (void)
{
  DWORD_PTR process_mask = 0, system_mask = 0;
  double quota = mill_windows_cpu_quota ();
  int cores = 0;
  /* Of a process in several processor groups the masks are zero. */
  GetProcessAffinityMask (GetCurrentProcess (), &process_mask, &system_mask);
  for (; process_mask != 0; process_mask &= process_mask - 1)
    cores++;
  if (cores == 0)
    cores = mill_windows_cores ();
  if (quota > 0 && quota < cores)
    cores = MAX (1, (int) (quota + 0.5));
  return cores;
}

void
mill_limits_read (MillLimits *limits)
{
  *limits = (MillLimits){ .descriptors = MAX_HANDLES,
                          .descriptors_hard = MAX_HANDLES,
                          .ephemeral_ports = EPHEMERAL_PORTS,
                          .port_reuse_s = read_time_wait (),
                          .threads = -1, /* memory is what bounds them */
                          .memory_bytes = available_memory (),
                          .cores = usable_cores () };
}

gint64
mill_limits_raise_descriptors (void)
{
  return MAX_HANDLES;
}
