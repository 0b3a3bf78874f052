/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-linux.h"

#include <stdio.h>
#include <string.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

/* A version 1 group without a limit answers with the largest page-aligned number. */
#define CGROUP_V1_UNLIMITED (G_MAXINT64 / 2)

char *
mill_linux_read (const char *path)
{
  char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strchomp (text);
}

static gint64
number_of (const char *text)
{
  gint64 number;
  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL))
    return -1;
  return number;
}

gint64
mill_linux_number (const char *path)
{
  g_autofree char *text = mill_linux_read (path);
  return number_of (text);
}

/* The folder of this process's version 2 group, as it is seen from inside (the root of the
 * mount where the group has a namespace of its own). */
static char *
cgroup_v2_folder (void)
{
  g_autofree char *text = mill_linux_read ("/proc/self/cgroup");
  const char *group = text == NULL ? NULL : strstr (text, "0::");
  if (group == NULL)
    return g_strdup (CGROUP_ROOT);
  g_autofree char *name = g_strndup (group + 3, strcspn (group + 3, "\n"));
  g_autofree char *folder = g_build_filename (CGROUP_ROOT, name, NULL);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&folder);
  return g_strdup (CGROUP_ROOT);
}

/* Reads @name in this process's group. */
static char *
cgroup_read (const char *name)
{
  g_autofree char *folder = cgroup_v2_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return mill_linux_read (path);
}

gint64
mill_linux_cgroup_number (const char *v2, const char *v1)
{
  g_autofree char *text = cgroup_read (v2);
  if (text == NULL) {
    g_autofree char *path = g_build_filename (CGROUP_ROOT, v1, NULL);
    text = mill_linux_read (path);
  }
  gint64 number = number_of (text);
  return number > CGROUP_V1_UNLIMITED ? -1 : number;
}

double
mill_linux_cpu_quota (void)
{
  double quota, period;
  g_autofree char *v2 = cgroup_read ("cpu.max");
  if (v2 != NULL)
    return sscanf (v2, "%lf %lf", &quota, &period) == 2 && period > 0 ? quota / period : -1;
  gint64 quota_us = mill_linux_number (CGROUP_ROOT "/cpu/cpu.cfs_quota_us");
  gint64 period_us = mill_linux_number (CGROUP_ROOT "/cpu/cpu.cfs_period_us");
  return quota_us > 0 && period_us > 0 ? (double) quota_us / (double) period_us : -1;
}
