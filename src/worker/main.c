/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-translations.h"
#include "worker/mill-worker.h"

int
main (void)
{
  mill_translations_bind ();
  return mill_worker_main ();
}
