/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/prctl.h>

#include "platform/mill-posix.h"
#include "platform/mill-process.h"

char *
mill_process_self_path (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

void
mill_posix_signal_with_parent (int number)
{
  prctl (PR_SET_PDEATHSIG, number);
}
