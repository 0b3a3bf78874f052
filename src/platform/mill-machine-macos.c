/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-machine.h"

#include <CoreFoundation/CoreFoundation.h>
#include <IOKit/ps/IOPowerSources.h>

#include "platform/mill-bsd.h"
#include "platform/mill-limits.h"
#include "platform/mill-posix.h"

static int
read_on_battery (void)
{
  CFTypeRef sources = IOPSCopyPowerSourcesInfo ();
  int on_battery = -1;
  if (sources == NULL)
    return -1;
  CFStringRef providing = IOPSGetProvidingPowerSourceType (sources);
  if (providing != NULL)
    on_battery = CFStringCompare (providing, CFSTR (kIOPMBatteryPowerKey), 0) == kCFCompareEqualTo;
  CFRelease (sources);
  return on_battery;
}

MillMachine *
mill_machine_read (void)
{
  MillMachine *machine = g_new0 (MillMachine, 1);
  MillLimits limits;
  g_autofree char *version = mill_bsd_text ("kern.osproductversion");

  mill_limits_read (&limits);
  mill_posix_name_system (machine);
  machine->cores = limits.cores;
  machine->memory_bytes = mill_bsd_number ("hw.memsize");
  machine->cpu_model = mill_bsd_text ("machdep.cpu.brand_string");
  machine->os = version != NULL ? g_strdup_printf ("macOS %s", version) : NULL;
  machine->turbo = -1;
  machine->on_battery = read_on_battery ();
  machine->cpu_quota_cores = -1;
  machine->memory_limit_bytes = -1;
  if (mill_bsd_number ("kern.hv_vmm_present") == 1)
    machine->virtualisation = g_strdup ("virtual machine");
  return machine;
}
