/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after the documentation of dyld(3) of macOS. */
#pragma once
#include <stdint.h>

int _NSGetExecutablePath (char *path, uint32_t *size);
