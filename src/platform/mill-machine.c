/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-machine.h"

void
mill_machine_free (MillMachine *machine)
{
  if (machine == NULL)
    return;
  g_free (machine->cpu_model);
  g_free (machine->os);
  g_free (machine->kernel);
  g_free (machine->architecture);
  g_free (machine->governor);
  g_free (machine->container);
  g_free (machine->virtualisation);
  g_free (machine);
}
