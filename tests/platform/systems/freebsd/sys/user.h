/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses, after sys/user.h of FreeBSD. */
#pragma once

struct kinfo_proc {
  long ki_rssize; /* pages */
  int ki_numthreads;
};
