/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-usage.h"

#include <windows.h>
/* After windows.h, whose types they need. */
#include <psapi.h>

#include "platform/mill-windows.h"

/* From intervals of 100 ns. */
static double
seconds_of (const FILETIME *time)
{
  return ((double) time->dwHighDateTime * 4294967296.0 + (double) time->dwLowDateTime) / 1e7;
}

/* Walks the threads of this process. What Windows documents for that (toolhelp) takes a picture of
 * all processes, which costs milliseconds; this call asks for the next thread of one. */
static int
count_threads (void)
{
  typedef LONG (WINAPI * NextThreadFunc) (HANDLE, HANDLE, ACCESS_MASK, ULONG, ULONG, HANDLE *);
  NextThreadFunc next_thread =
      (NextThreadFunc) mill_windows_library_function ("ntdll.dll", "NtGetNextThread");
  HANDLE thread = NULL, next = NULL;
  int alive = 0;
  if (next_thread == NULL)
    return -1;
  while (next_thread (GetCurrentProcess (), thread, THREAD_QUERY_LIMITED_INFORMATION, 0, 0,
                      &next) >= 0) {
    DWORD code;
    if (thread != NULL)
      CloseHandle (thread);
    thread = next;
    /* A thread that has ended is there until the last handle to it is closed. */
    if (GetExitCodeThread (thread, &code) && code == STILL_ACTIVE)
      alive++;
  }
  if (thread != NULL)
    CloseHandle (thread);
  return alive > 0 ? alive : -1;
}

gboolean
mill_usage_read (MillUsage *usage)
{
  FILETIME created, ended, system, user;
  PROCESS_MEMORY_COUNTERS memory = { .cb = sizeof memory };
  *usage = (MillUsage){
    .user_s = -1,
    .system_s = -1,
    /* Windows counts the switches of a thread, forgets them at its end, and does not tell one that
     * waited from one that was pre-empted. */
    .voluntary_switches = -1,
    .involuntary_switches = -1,
    .memory_bytes = -1,
    .memory_peak_bytes = -1,
    .threads = count_threads (),
  };
  if (!GetProcessTimes (GetCurrentProcess (), &created, &ended, &system, &user))
    return FALSE;
  usage->user_s = seconds_of (&user);
  usage->system_s = seconds_of (&system);
  if (GetProcessMemoryInfo (GetCurrentProcess (), &memory, sizeof memory)) {
    usage->memory_bytes = (gint64) memory.WorkingSetSize;
    usage->memory_peak_bytes = (gint64) memory.PeakWorkingSetSize;
  }
  return TRUE;
}

gboolean
mill_system_time_read (MillSystemTime *time)
{
  FILETIME idle, kernel, user;
  /* The time of the kernel has that of the idle threads in it. */
  if (!GetSystemTimes (&idle, &kernel, &user))
    return FALSE;
  time->total_s = seconds_of (&kernel) + seconds_of (&user);
  time->busy_s = time->total_s - seconds_of (&idle);
  return TRUE;
}

double
mill_thread_cpu_time_s (void)
{
  FILETIME created, ended, system, user;
  if (!GetThreadTimes (GetCurrentThread (), &created, &ended, &system, &user))
    return -1;
  return seconds_of (&system) + seconds_of (&user);
}
