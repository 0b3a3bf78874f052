/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-machine.h"

#include <string.h>
#include <unistd.h>

#include "platform/mill-limits.h"
#include "platform/mill-linux.h"
#include "platform/mill-posix.h"

#define CPU_FOLDER "/sys/devices/system/cpu"

/* The value of the first "key : value" line of @text, or NULL. */
static char *
value_of (const char *text, const char *key)
{
  const char *line = text == NULL ? NULL : strstr (text, key);
  const char *colon = line == NULL ? NULL : strchr (line, ':');
  if (colon == NULL)
    return NULL;
  return g_strstrip (g_strndup (colon + 1, strcspn (colon + 1, "\n")));
}

static int
read_turbo (void)
{
  gint64 off = mill_linux_number (CPU_FOLDER "/intel_pstate/no_turbo");
  if (off >= 0)
    return off == 0;
  gint64 boost = mill_linux_number (CPU_FOLDER "/cpufreq/boost");
  return boost < 0 ? -1 : boost != 0;
}

/* A machine with a battery runs on it when no mains supply is online. */
static int
read_on_battery (void)
{
  static const char root[] = "/sys/class/power_supply";
  g_autoptr (GDir) supplies = g_dir_open (root, 0, NULL);
  gboolean battery = FALSE, mains = FALSE;
  const char *name;
  while (supplies != NULL && (name = g_dir_read_name (supplies)) != NULL) {
    g_autofree char *type_path = g_build_filename (root, name, "type", NULL);
    g_autofree char *online_path = g_build_filename (root, name, "online", NULL);
    g_autofree char *type = mill_linux_read (type_path);
    battery = battery || g_strcmp0 (type, "Battery") == 0;
    mains = mains || (g_strcmp0 (type, "Battery") != 0 && mill_linux_number (online_path) == 1);
  }
  if (!battery)
    return supplies == NULL ? -1 : 0;
  return !mains;
}

static char *
read_container (void)
{
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return g_strdup ("flatpak");
  if (g_file_test ("/.dockerenv", G_FILE_TEST_EXISTS))
    return g_strdup ("docker");
  if (g_file_test ("/run/.containerenv", G_FILE_TEST_EXISTS))
    return g_strdup ("podman");
  g_autofree char *manager = mill_linux_read ("/run/systemd/container");
  return manager != NULL && *manager != '\0' ? g_steal_pointer (&manager) : NULL;
}

/* What the machine's firmware calls itself, where a processor says that it is virtual. */
static char *
read_virtualisation (const char *cpuinfo)
{
  g_autofree char *product = mill_linux_read ("/sys/class/dmi/id/sys_vendor");
  g_autofree char *flags = value_of (cpuinfo, "flags");
  if (flags == NULL || strstr (flags, "hypervisor") == NULL)
    return NULL;
  if (product != NULL && *product != '\0')
    return g_steal_pointer (&product);
  return g_strdup ("virtual machine");
}

MillMachine *
mill_machine_read (void)
{
  MillMachine *machine = g_new0 (MillMachine, 1);
  MillLimits limits;
  g_autofree char *cpuinfo = mill_linux_read ("/proc/cpuinfo");

  mill_limits_read (&limits);
  mill_posix_name_system (machine);
  machine->cores = limits.cores;
  machine->memory_bytes = (gint64) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE);
  machine->cpu_model = value_of (cpuinfo, "model name");
  machine->os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  machine->governor = mill_linux_read (CPU_FOLDER "/cpu0/cpufreq/scaling_governor");
  machine->turbo = read_turbo ();
  machine->on_battery = read_on_battery ();
  machine->container = read_container ();
  machine->cpu_quota_cores = mill_linux_cpu_quota ();
  machine->memory_limit_bytes =
      mill_linux_cgroup_number ("memory.max", "memory/memory.limit_in_bytes");
  machine->virtualisation = read_virtualisation (cpuinfo);
  return machine;
}
