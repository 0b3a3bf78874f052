/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declarations that src/platform uses beside POSIX, after clocks(7) of FreeBSD. */
#pragma once
#include_next <sys/time.h>

struct clockinfo {
  int hz;
  int tick;
  int spare;
  int stathz;
  int profhz;
};
