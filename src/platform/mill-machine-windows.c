/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-machine.h"

/* The well-known identifiers of the power schemes are defined here. */
#include <initguid.h>
#include <windows.h>
/* After windows.h, whose types they need. */
#include <powrprof.h>

#include "platform/mill-limits.h"
#include "platform/mill-windows.h"

#define BIOS_KEY "HARDWARE\\DESCRIPTION\\System\\BIOS"
#define CPU_KEY "HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0"
#define CONTROL_KEY "SYSTEM\\CurrentControlSet\\Control"

/* "Windows NT 10.0.19045"; GetVersionEx() would name what the program was made for. */
static char *
read_kernel (void)
{
  typedef LONG (WINAPI * GetVersionFunc) (OSVERSIONINFOW *);
  typedef const char *(*WineVersionFunc) (void);
  GetVersionFunc get_version =
      (GetVersionFunc) mill_windows_library_function ("ntdll.dll", "RtlGetVersion");
  WineVersionFunc wine_version =
      (WineVersionFunc) mill_windows_library_function ("ntdll.dll", "wine_get_version");
  OSVERSIONINFOW version = { .dwOSVersionInfoSize = sizeof version };
  if (get_version == NULL || get_version (&version) != 0)
    return NULL;
  g_autofree char *name = g_strdup_printf ("Windows NT %lu.%lu.%lu", version.dwMajorVersion,
                                           version.dwMinorVersion, version.dwBuildNumber);
  return wine_version == NULL ? g_steal_pointer (&name)
                              : g_strdup_printf ("%s (Wine %s)", name, wine_version ());
}

static char *
read_architecture (void)
{
  SYSTEM_INFO info;
  GetNativeSystemInfo (&info);
  switch (info.wProcessorArchitecture) {
  case PROCESSOR_ARCHITECTURE_AMD64:
    return g_strdup ("x86_64");
  case PROCESSOR_ARCHITECTURE_ARM64:
    return g_strdup ("aarch64");
  case PROCESSOR_ARCHITECTURE_INTEL:
    return g_strdup ("x86");
  default:
    return NULL;
  }
}

/* What sets the clock here are power schemes; those that stand on every machine have the names of
 * the governors that do the same. */
static char *
read_governor (void)
{
  const struct {
    const GUID *scheme;
    const char *governor;
  } known[] = {
    { &GUID_MIN_POWER_SAVINGS, "performance" },
    { &GUID_TYPICAL_POWER_SAVINGS, "balanced" },
    { &GUID_MAX_POWER_SAVINGS, "powersave" },
  };
  GUID *scheme = NULL;
  const char *governor = NULL;
  if (PowerGetActiveScheme (NULL, &scheme) != ERROR_SUCCESS || scheme == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (IsEqualGUID (scheme, known[i].scheme))
      governor = known[i].governor;
  }
  LocalFree (scheme);
  return g_strdup (governor);
}

static int
read_on_battery (void)
{
  SYSTEM_POWER_STATUS power;
  if (!GetSystemPowerStatus (&power) || power.ACLineStatus > 1)
    return -1;
  return power.ACLineStatus == 0;
}

/* The processor's own flag says nothing: where Hyper-V is on, the machine itself has it too. */
static char *
read_virtualisation (void)
{
  static const char *const makers[] = { "Amazon EC2", "Google", "innotek GmbH", "Parallels",
                                        "QEMU",       "VMware", "Xen" };
  g_autofree char *maker = mill_windows_registry_text (BIOS_KEY, "SystemManufacturer");
  g_autofree char *product = mill_windows_registry_text (BIOS_KEY, "SystemProductName");
  for (guint i = 0; maker != NULL && i < G_N_ELEMENTS (makers); i++) {
    if (g_str_has_prefix (maker, makers[i]))
      return g_steal_pointer (&maker);
  }
  /* Hyper-V; its maker makes real machines too. */
  return g_strcmp0 (product, "Virtual Machine") == 0 ? g_steal_pointer (&maker) : NULL;
}

MillMachine *
mill_machine_read (void)
{
  MillMachine *machine = g_new0 (MillMachine, 1);
  MEMORYSTATUSEX memory = { .dwLength = sizeof memory };
  MillLimits limits;

  mill_limits_read (&limits);
  machine->cpu_model = mill_windows_registry_text (CPU_KEY, "ProcessorNameString");
  machine->cores = limits.cores;
  machine->cores_machine = mill_windows_cores ();
  machine->memory_bytes = GlobalMemoryStatusEx (&memory) ? (gint64) memory.ullTotalPhys : -1;
  machine->os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  machine->kernel = read_kernel ();
  machine->architecture = read_architecture ();
  machine->governor = read_governor ();
  machine->turbo = -1;
  machine->on_battery = read_on_battery ();
  machine->load_average = -1; /* Windows has none */
  if (mill_windows_registry_number (CONTROL_KEY, "ContainerType") >= 0)
    machine->container = g_strdup ("windows");
  machine->cpu_quota_cores = mill_windows_cpu_quota ();
  machine->memory_limit_bytes = mill_windows_memory_limit ();
  machine->virtualisation = read_virtualisation ();
  return machine;
}
