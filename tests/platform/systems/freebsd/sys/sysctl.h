/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after sysctl(3) of FreeBSD. */
#pragma once
#include <stddef.h>

#define CTL_KERN 1
#define KERN_PROC 14
#define KERN_PROC_PID 1
#define KERN_PROC_PATHNAME 12

int sysctl (const int *name,
            unsigned int name_length,
            void *old,
            size_t *old_size,
            const void *new,
            size_t new_size);
int sysctlbyname (const char *name, void *old, size_t *old_size, const void *new, size_t new_size);
