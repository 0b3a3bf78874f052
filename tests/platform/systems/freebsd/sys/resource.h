/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses beside POSIX, after sys/resource.h of FreeBSD. */
#pragma once
#include_next <sys/resource.h>

#define CP_USER 0
#define CP_NICE 1
#define CP_SYS 2
#define CP_INTR 3
#define CP_IDLE 4
#define CPUSTATES 5
