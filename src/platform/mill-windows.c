/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-windows.h"

#include <windows.h>

/* Of the text in the registry, in UTF-16. */
#define MAX_TEXT 512

char *
mill_windows_registry_text (const char *key, const char *name)
{
  g_autofree gunichar2 *wide_key = g_utf8_to_utf16 (key, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *wide_name = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  gunichar2 text[MAX_TEXT];
  DWORD size = sizeof text;
  if (RegGetValueW (HKEY_LOCAL_MACHINE, (LPCWSTR) wide_key, (LPCWSTR) wide_name, RRF_RT_REG_SZ,
                    NULL, text, &size) != ERROR_SUCCESS)
    return NULL;
  g_autofree char *utf8 = g_utf16_to_utf8 (text, -1, NULL, NULL, NULL);
  if (utf8 == NULL || *g_strstrip (utf8) == '\0')
    return NULL;
  return g_steal_pointer (&utf8);
}

gint64
mill_windows_registry_number (const char *key, const char *name)
{
  g_autofree gunichar2 *wide_key = g_utf8_to_utf16 (key, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *wide_name = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  DWORD number, size = sizeof number;
  if (RegGetValueW (HKEY_LOCAL_MACHINE, (LPCWSTR) wide_key, (LPCWSTR) wide_name, RRF_RT_REG_DWORD,
                    NULL, &number, &size) != ERROR_SUCCESS)
    return -1;
  return number;
}

GCallback
mill_windows_library_function (const char *library, const char *name)
{
  HMODULE module = GetModuleHandleA (library);
  return module == NULL ? NULL : (GCallback) GetProcAddress (module, name);
}

int
mill_windows_cores (void)
{
  return (int) GetActiveProcessorCount (ALL_PROCESSOR_GROUPS);
}

double
mill_windows_cpu_quota (void)
{
  const DWORD hard = JOB_OBJECT_CPU_RATE_CONTROL_ENABLE | JOB_OBJECT_CPU_RATE_CONTROL_HARD_CAP;
  JOBOBJECT_CPU_RATE_CONTROL_INFORMATION rate = { 0 };
  if (!QueryInformationJobObject (NULL, JobObjectCpuRateControlInformation, &rate, sizeof rate,
                                  NULL) ||
      (rate.ControlFlags & hard) != hard)
    return -1;
  /* In hundredths of a percent of the whole machine. */
  return (double) rate.CpuRate / 10000.0 * mill_windows_cores ();
}

gint64
mill_windows_memory_limit (void)
{
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
  gint64 lowest = -1;
  if (!QueryInformationJobObject (NULL, JobObjectExtendedLimitInformation, &limits, sizeof limits,
                                  NULL))
    return -1;
  if (limits.BasicLimitInformation.LimitFlags & JOB_OBJECT_LIMIT_JOB_MEMORY)
    lowest = (gint64) limits.JobMemoryLimit;
  if (limits.BasicLimitInformation.LimitFlags & JOB_OBJECT_LIMIT_PROCESS_MEMORY)
    lowest = lowest < 0 ? (gint64) limits.ProcessMemoryLimit
                        : MIN (lowest, (gint64) limits.ProcessMemoryLimit);
  return lowest;
}
