/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-posix.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static gint64
limit_or_unlimited (rlim_t limit)
{
  return limit == RLIM_INFINITY ? -1 : (gint64) limit;
}

gint64
mill_posix_limit (int resource, gint64 *hard)
{
  struct rlimit limit;
  gboolean known = getrlimit (resource, &limit) == 0;
  if (hard != NULL)
    *hard = known ? limit_or_unlimited (limit.rlim_max) : -1;
  return known ? limit_or_unlimited (limit.rlim_cur) : -1;
}

gint64
mill_posix_lower (gint64 a, gint64 b)
{
  if (a < 0)
    return b;
  return b < 0 ? a : MIN (a, b);
}

gint64
mill_posix_raise_descriptors (gint64 most)
{
  struct rlimit limit;
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return -1;
  gint64 wanted = mill_posix_lower (limit_or_unlimited (limit.rlim_max), most);
  rlim_t before = limit.rlim_cur;
  limit.rlim_cur = wanted < 0 ? limit.rlim_max : (rlim_t) wanted;
  if (limit.rlim_cur != before && setrlimit (RLIMIT_NOFILE, &limit) != 0)
    limit.rlim_cur = before;
  return limit_or_unlimited (limit.rlim_cur);
}

static double
timeval_to_s (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

gboolean
mill_posix_usage (MillUsage *usage, gint64 *peak)
{
  struct rusage own;
  *usage = (MillUsage){
    .user_s = -1,
    .system_s = -1,
    .voluntary_switches = -1,
    .involuntary_switches = -1,
    .memory_bytes = -1,
    .memory_peak_bytes = -1,
    .threads = -1,
  };
  if (getrusage (RUSAGE_SELF, &own) != 0)
    return FALSE;
  usage->user_s = timeval_to_s (&own.ru_utime);
  usage->system_s = timeval_to_s (&own.ru_stime);
  usage->voluntary_switches = own.ru_nvcsw;
  usage->involuntary_switches = own.ru_nivcsw;
  if (peak != NULL)
    *peak = own.ru_maxrss;
  return TRUE;
}

double
mill_thread_cpu_time_s (void)
{
  struct timespec now;
  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return -1;
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

void
mill_posix_name_system (MillMachine *machine)
{
  struct utsname names;
  if (uname (&names) == 0) {
    machine->kernel = g_strdup_printf ("%s %s", names.sysname, names.release);
    machine->architecture = g_strdup (names.machine);
  }
  machine->cores_machine = (int) sysconf (_SC_NPROCESSORS_ONLN);
  if (getloadavg (&machine->load_average, 1) != 1)
    machine->load_average = -1;
}
