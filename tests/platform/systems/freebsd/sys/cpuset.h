/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after cpuset(2) of FreeBSD. */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef int cpulevel_t;
typedef int cpuwhich_t;
typedef struct {
  unsigned long bits[16];
} cpuset_t;

#define CPU_LEVEL_WHICH 3
#define CPU_WHICH_PID 2
#define CPU_COUNT(set) ((int) (set)->bits[0])

int cpuset_getaffinity (cpulevel_t level, cpuwhich_t which, int64_t id, size_t size, cpuset_t *set);
