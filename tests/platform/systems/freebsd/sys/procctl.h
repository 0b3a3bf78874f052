/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after procctl(2) of FreeBSD. */
#pragma once
#include <sys/wait.h>

#define PROC_PDEATHSIG_CTL 11

int procctl (idtype_t type, id_t id, int command, void *data);
