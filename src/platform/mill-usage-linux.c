/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-usage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/mill-posix.h"

/* Reads a small file of the kernel whole, without allocating: usage is sampled ten times a
 * second beside the work that is measured. */
static gboolean
read_small (const char *path, char *buffer, gsize size)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  gssize length = read (fd, buffer, size - 1);
  close (fd);
  if (length <= 0)
    return FALSE;
  buffer[length] = '\0';
  return TRUE;
}

gboolean
mill_usage_read (MillUsage *usage)
{
  char buffer[2048];
  if (!mill_posix_usage (usage, NULL))
    return FALSE;

  /* The second number of statm is the resident set in pages. */
  if (read_small ("/proc/self/statm", buffer, sizeof buffer)) {
    char *rest = NULL;
    strtoll (buffer, &rest, 10);
    usage->memory_bytes = (gint64) strtoll (rest, NULL, 10) * sysconf (_SC_PAGESIZE);
  }

  /* Not ru_maxrss: that survives exec, and a small child would report its large parent. */
  if (read_small ("/proc/self/status", buffer, sizeof buffer)) {
    char *line = strstr (buffer, "\nVmHWM:");
    if (line != NULL)
      usage->memory_peak_bytes = (gint64) strtoll (line + 7, NULL, 10) * 1024;
  }

  /* The name in field 2 of stat may hold anything, so fields are counted from its last
   * parenthesis, after which field 3 begins; num_threads is field 20 (proc(5)). */
  if (read_small ("/proc/self/stat", buffer, sizeof buffer)) {
    char *field = strrchr (buffer, ')');
    for (int i = 3; field != NULL && i <= 20; i++)
      field = strchr (field + 1, ' ');
    if (field != NULL)
      usage->threads = atoi (field + 1);
  }
  return TRUE;
}

gboolean
mill_system_time_read (MillSystemTime *time)
{
  char buffer[512];
  unsigned long long user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0;
  if (!read_small ("/proc/stat", buffer, sizeof buffer))
    return FALSE;
  int n = sscanf (buffer, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system,
                  &idle, &iowait, &irq, &softirq, &steal);
  if (n < 4)
    return FALSE;
  double ticks = (double) sysconf (_SC_CLK_TCK);
  /* Guest time is part of user time already. */
  time->busy_s = (double) (user + nice + system + irq + softirq + steal) / ticks;
  time->total_s = time->busy_s + (double) (idle + iowait) / ticks;
  return TRUE;
}
