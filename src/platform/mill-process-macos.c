/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <limits.h>
#include <mach-o/dyld.h>
#include <stdlib.h>

#include "platform/mill-posix.h"
#include "platform/mill-process.h"

char *
mill_process_self_path (void)
{
  char path[PATH_MAX], resolved[PATH_MAX];
  guint32 size = sizeof path;
  if (_NSGetExecutablePath (path, &size) != 0 || realpath (path, resolved) == NULL)
    return NULL;
  return g_strdup (resolved);
}

void
mill_posix_signal_with_parent (int number)
{
  /* macOS has no such signal: the helper programs end with their standard input. */
}
