/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <limits.h>
#include <sys/types.h>
/* After sys/types.h, whose types they need. */
#include <sys/procctl.h>
#include <sys/sysctl.h>

#include "platform/mill-posix.h"
#include "platform/mill-process.h"

char *
mill_process_self_path (void)
{
  int name[] = { CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1 };
  char path[PATH_MAX];
  gsize size = sizeof path;
  if (sysctl (name, G_N_ELEMENTS (name), path, &size, NULL, 0) != 0)
    return NULL;
  return g_strdup (path);
}

void
mill_posix_signal_with_parent (int number)
{
  procctl (P_PID, 0, PROC_PDEATHSIG_CTL, &number);
}
