/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the documentation of sysctl(3) of macOS. */
#pragma once
#include <stddef.h>

int sysctlbyname (const char *name, void *old, size_t *old_size, void *new, size_t new_size);
