/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the documentation of libproc.h of macOS. */
#pragma once
#include <stdint.h>

#define PROC_PIDTASKINFO 4

struct proc_taskinfo {
  uint64_t pti_resident_size;
  int32_t pti_threadnum;
};

int proc_pidinfo (int pid, int flavor, uint64_t argument, void *buffer, int size);
