/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "worker/mill-worker.h"

int
main (void)
{
  return mill_worker_main ();
}
