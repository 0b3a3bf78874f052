/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-machine.h"

#include "platform/mill-bsd.h"
#include "platform/mill-limits.h"
#include "platform/mill-posix.h"

MillMachine *
mill_machine_read (void)
{
  MillMachine *machine = g_new0 (MillMachine, 1);
  MillLimits limits;
  g_autofree char *guest = mill_bsd_text ("kern.vm_guest");
  gint64 on_mains = mill_bsd_number ("hw.acpi.acline");

  mill_limits_read (&limits);
  mill_posix_name_system (machine);
  machine->cores = limits.cores;
  machine->memory_bytes = mill_bsd_number ("hw.physmem");
  machine->cpu_model = mill_bsd_text ("hw.model");
  machine->os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  machine->turbo = -1;
  machine->on_battery = on_mains < 0 ? -1 : on_mains == 0;
  if (mill_bsd_number ("security.jail.jailed") == 1)
    machine->container = g_strdup ("jail");
  machine->cpu_quota_cores = -1;
  machine->memory_limit_bytes = -1;
  if (guest != NULL && !g_str_equal (guest, "none"))
    machine->virtualisation = g_steal_pointer (&guest);
  return machine;
}
